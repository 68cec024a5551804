"""Words in names of organisations: what makes a name one, what joins its words, and the ones that all name (decides).

All in small letters, by language; what is written under `*` holds for every language.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ORGANISATION_HEADS = {
    "*": "vision international watch inc ltd llc plc gmbh ag corp corporation group holding bank fc "
    "united university football club airlines motors times post guardian telegraph reuters news "
    "media tv",
    "en": "cross crescent ministry department agency commission committee council parliament congress "
    "senate assembly university college institute school academy hospital company organisation "
    "organization association union federation party court bureau office authority service services "
    "police force forces army navy foundation society league fund board trust center centre "
    "institution museum administration church alliance network corporation laboratory team olympics "
    "championship cup premiership guard brigade front movement exchange industries newspaper "
    "magazine journal herald tribune treasury cabinet house",
    "de": "team racing kreuz kreuzes ministerium bundestag bundesrat bundesregierung bundeswehr "
    "bundesbank kommission parlament universität hochschule institut verband verein partei "
    "außenministerium innenministerium verteidigungsministerium finanzministerium justizministerium "
    "gesundheitsministerium auswärtiges union stiftung gesellschaft gericht gerichtshof behörde "
    "agentur polizei armee marine zentralbank bundesamt bundespolizei bundeskriminalamt rat "
    "sicherheitsrat klinik krankenhaus akademie liga föderation organisation senat kongress kirche "
    "zeitung nachrichtenagentur bundesverfassungsgericht",
    "fr": "croissant-rouge croix croissant croix-rouge ministère commission parlement sénat assemblée "
    "université institut école académie hôpital société organisation association union fédération "
    "parti cour tribunal bureau autorité agence police armée fondation ligue conseil banque comité "
    "gendarmerie église",
    "es": "roja ministerio comisión parlamento senado congreso asamblea universidad instituto escuela "
    "academia hospital sociedad organización asociación unión federación partido corte tribunal "
    "oficina autoridad agencia policía ejército fundación liga consejo banco comité departamento "
    "guardia iglesia fiscalía",
    "it": "rossa ministero commissione parlamento senato camera università istituto scuola accademia "
    "ospedale società organizzazione associazione unione federazione partito corte tribunale "
    "ufficio autorità agenzia polizia esercito fondazione lega consiglio banca comitato "
    "dipartimento chiesa",
    "pl": "krzyż krzyża krzyżem ministerstwo komisja parlament senat sejm uniwersytet instytut szkoła "
    "akademia szpital organizacja stowarzyszenie unia federacja partia sąd trybunał biuro agencja "
    "policja armia fundacja liga rada bank komitet kościół departament kongres ministerstwa komisji "
    "unii rady uniwersytetu partii",
    "tr": "bakanlığı komisyonu parlamentosu meclisi üniversitesi enstitüsü okulu akademisi hastanesi "
    "şirketi örgütü derneği birliği federasyonu partisi mahkemesi bürosu ajansı polisi ordusu vakfı "
    "ligi konseyi bankası komitesi kurumu kurulu kulübü gazetesi senatosu kongresi holding "
    "teşkilatı merkezi kilisesi departmanı",
    "az": "nazirliyi komissiyası parlamenti məclisi universiteti institutu məktəbi akademiyası "
    "xəstəxanası şirkəti təşkilatı assosiasiyası ittifaqı birliyi federasiyası partiyası məhkəməsi "
    "bürosu agentliyi polisi ordusu fondu liqası şurası bankı komitəsi idarəsi xidməti klubu qəzeti "
    "senatı konqresi departamenti agentliyinin",
    "ru": "крест креста крестом министерство министерства министерстве мид минобороны комиссия комиссии "
    "парламент парламента сенат конгресс госдума госдумы дума думы университет университета "
    "институт института академия академии организация организации ассоциация союз союза федерация "
    "партия партии суд суда трибунал агентство агентства полиция армия фонд фонда лига лиги совет "
    "совета банк банка комитет комитета центр служба роскосмос газпром верховный госдепартамент "
    "кремль кремля клуб палата церковь следственный",
    "uk": "хрест хреста хрестом міністерство міністерства мзс міноборони комісія комісії парламент "
    "парламенту сенат конгрес рада ради університет університету інститут академія організація "
    "організації асоціація союз союзу федерація партія партії суд суду трибунал агентство агенція "
    "поліція армія фонд ліга ліги банк банку комітет центр служба клуб палата церква кремль",
    "hy": "նախարարություն նախարարության նախարարությունը հանձնաժողով հանձնաժողովի խորհրդարան խորհրդարանի "
    "համալսարան համալսարանի ինստիտուտ կազմակերպություն կազմակերպության միություն միության "
    "կուսակցություն կուսակցության դատարան գործակալություն ոստիկանություն բանակ հիմնադրամ խորհուրդ "
    "խորհրդի բանկ կոմիտե ժողով ասոցիացիա ակումբ սենատ կոնգրես",
}
_KNOWN_ORGANISATIONS = {
    "*": "mercedes honda ford opel renault peugeot citroën fiat chrysler nissan mazda audi porsche "
    "jaguar volvo skoda lufthansa chelsea juventus arsenal everton videoton bayern werder schalke "
    "borussia benfica galatasaray fenerbahçe beşiktaş trabzonspor qarabağ barcelona-fc spartak "
    "dynamo zenit nato otan un onu eu ue osce usaid unicef unesco imf who opec bbc cnn nbc abc cbs "
    "fbi cia nsa fda nasa nhs afp dpa ap itar-tass tass fifa uefa nba nfl nhl nato's google "
    "facebook twitter microsoft apple amazon netflix boeing airbus toyota volkswagen bmw daimler "
    "siemens samsung huawei tesla uber reuters bloomberg gazprom rosneft lukoil interpol europol "
    "kreml kremlin pentagon hisbollah hezbollah hizbollah hamas taliban al-qaida al-kaida al-qaeda "
    "isis isil whatsapp instagram youtube interfax spacex disney wikileaks greenpeace nike adidas "
    "ikea pfizer biontech moderna astrazeneca sony nintendo intel ibm nvidia openai goldman "
    "alphabet meta",
    "de": "uno eu osze iwf who nato bundestag bundesregierung bundesrat bundeswehr bundesbank spd cdu csu "
    "fdp afd linke grüne bundespolizei bka bnd ezb zdf ard spiegel dpa",
    "en": "u.n. e.u. congress parliament senate kremlin pentagon ukip snp tory tories labour",
    "fr": "onu ue otan osce fmi oms sénat élysée bce sncf insee pcf",
    "es": "onu ue otan osce fmi oms psoe pp vox senado bce dea",
    "it": "onu ue nato osce fmi oms pd m5s lega bce rai quirinale",
    "pl": "onz ue nato obwe mfw who pis po sejm senat tvn kreml pkp",
    "tr": "bm ab nato agit imf dsö akp chp mhp hdp pkk tsk tbmm mit fetö",
    "az": "bmt ai nato atət bvf üst",
    "ru": "мерседес хонда форд опель рено пежо фиат ниссан ауди порше вольво ювентус челси арсенал "
    "спартак динамо зенит оон ес нато обсе мвф воз мид фсб мвд цру фбр цик снг одкб фифа уефа "
    "газпром роснефть роскосмос рбк тасс интерфакс минобороны минфин госдума кремль сбербанк яндекс "
    "евросоюз роскомнадзор госдеп пентагон нью-йорк-таймс",
    "uk": "мерседес хонда форд опель рено ніссан ауді порше ювентус челсі арсенал шахтар динамо конгрес "
    "оон єс нато обсє мвф мзс воз сбу мвс цру фбр фіфа уєфа нбу дтек укрінформ газпром кремль "
    "євросоюз цвк дбр набу пентагон",
    "hy": "մակ եմ նատօ եահկ եատմ հապկ արժհ ապհ գազպրոմ",
}
_QUIET_STEMS = {
    "ru": "национальн центральн верховн европейск всемирн международн государственн федеральн конституционн следственн",
    "uk": "національн центральн верховн європейськ світов міжнародн державн федеральн конституційн антикорупційн",
    "hy": "կենտրոնական ազգային պետական միջազգային եվրոպական համաշխարհային գերագույն սահմանադրական",
}
"""How the first words of long names begin, where the others are written small: "Национальный банк"."""
_CONNECTORS = {
    "en": "of for the",
    "de": "für der des",
    "fr": "de du des la le les pour d l",
    "es": "de del la las los para el",
    "it": "di del della dello dei degli delle per d",
    "pl": "ds do",
    "ru": "по",
    "uk": "з",
}


@cache
def organisation_heads(language: str) -> frozenset[str]:
    """Words that make the name they stand in an organisation's."""
    return _words(_ORGANISATION_HEADS, language)


@cache
def known_organisations(language: str) -> frozenset[str]:
    """Organisations of one word that every newspaper names."""
    return _words(_KNOWN_ORGANISATIONS, language)


@cache
def connectors(language: str) -> frozenset[str]:
    """Small words inside the name of an organisation."""
    return _words(_CONNECTORS, language)


@cache
def quiet_stems(language: str) -> tuple[str, ...]:
    """The beginnings of words with which an organisation's name begins whose other words are small."""
    return tuple(_QUIET_STEMS.get(language, "").split())


def _words(table: Mapping[str, str], language: str) -> frozenset[str]:
    return frozenset(f"{table.get('*', '')} {table.get(language, '')}".split())
