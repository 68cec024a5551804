"""Words around names of persons and places, and words that only look like names (decides).

All in small letters, by language; what is written under `*` holds for every language.
"""

from __future__ import annotations

from functools import cache

_TITLES = {
    "*": "mr mrs ms dr prof sir lord lady dame sheikh ayatollah imam",
    "en": "president minister premier chancellor chairman chairwoman secretary senator governor mayor "
    "king queen prince princess pope general colonel captain major lieutenant sergeant judge "
    "justice director professor doctor spokesman spokeswoman ambassador coach manager congressman "
    "congresswoman representative striker defender midfielder goalkeeper actor actress singer "
    "author writer journalist leader commissioner chief officer deputy detective inspector "
    "superintendent analyst lawyer attorney founder ceo miss duke duchess rabbi bishop archbishop "
    "cardinal reverend father sister constable",
    "de": "präsident präsidentin minister ministerin bundeskanzler bundeskanzlerin kanzler kanzlerin "
    "premierminister premierministerin premier ministerpräsident ministerpräsidentin außenminister "
    "außenministerin verteidigungsminister verteidigungsministerin innenminister innenministerin "
    "finanzminister finanzministerin justizminister justizministerin regierungschef "
    "regierungschefin staatschef staatspräsident bundespräsident us-präsident senator senatorin "
    "gouverneur könig königin prinz prinzessin papst general oberst professor professorin doktor "
    "herr frau sprecher sprecherin botschafter botschafterin trainer chef chefin direktor "
    "direktorin bürgermeister bürgermeisterin abgeordneter abgeordnete richter richterin autor "
    "autorin generalsekretär kardinal bischof schauspieler schauspielerin sänger sängerin "
    "journalist journalistin vorsitzender vorsitzende parteichef experte expertin",
    "fr": "président présidente ministre premier chancelier chancelière sénateur sénatrice gouverneur "
    "maire roi reine prince princesse pape général colonel capitaine commandant juge directeur "
    "directrice professeur docteur monsieur madame m mme mlle porte-parole ambassadeur ambassadrice "
    "entraîneur député députée secrétaire chef acteur actrice chanteur auteur journaliste",
    "es": "presidente presidenta ministro ministra canciller senador senadora gobernador gobernadora "
    "alcalde alcaldesa rey reina príncipe princesa papa general coronel capitán juez jueza director "
    "directora profesor profesora doctor doctora señor señora don doña portavoz embajador "
    "embajadora entrenador diputado diputada secretario secretaria líder actor actriz cantante jefe "
    "vicepresidente",
    "it": "presidente ministro ministra premier cancelliere cancelliera senatore senatrice governatore "
    "sindaco re regina principe principessa papa generale colonnello capitano giudice direttore "
    "direttrice professore professoressa dottor dottore signor signora portavoce ambasciatore "
    "ambasciatrice allenatore deputato deputata segretario leader attore attrice cantante capo",
    "pl": "prezydent prezydenta minister ministra premier premiera kanclerz senator gubernator burmistrz "
    "król królowa książę księżna papież generał pułkownik kapitan sędzia dyrektor profesor doktor "
    "pan pani rzecznik rzeczniczka ambasador trener poseł posłanka sekretarz lider przewodniczący "
    "przewodnicząca aktor aktorka szef szefowa",
    "tr": "cumhurbaşkanı başkan başkanı bakan bakanı başbakan başbakanı vali senatör kral kraliçe prens "
    "prenses papa general albay yargıç müdür müdürü profesör doktor bay bayan sözcü sözcüsü "
    "büyükelçi büyükelçisi teknik direktör milletvekili lider lideri sayın",
    "az": "prezident prezidenti nazir naziri sədr sədri general polkovnik baş səfir səfiri deputat "
    "akademik professor doktor cənab xanım lider lideri rəhbəri kral kraliça şahzadə",
    "ru": "президент президента президенту президентом министр министра премьер премьер-министр премьера "
    "канцлер канцлера сенатор губернатор мэр король королева принц принцесса папа генерал полковник "
    "капитан судья директор профессор доктор господин госпожа пресс-секретарь посол тренер депутат "
    "секретарь генсек глава лидер актер актриса певец певица председатель председателя "
    "вице-президент спикер",
    "uk": "президент президента президенту президентом міністр міністра прем’єр прем'єр-міністр "
    "прем’єр-міністр канцлер канцлера сенатор губернатор мер король королева принц принцеса папа "
    "генерал полковник капітан суддя директор професор доктор пан пані прессекретар речник посол "
    "тренер депутат секретар генсек глава лідер актор акторка голова голови співак співачка",
    "hy": "նախագահ նախագահը նախագահի վարչապետ վարչապետը վարչապետի նախարար նախարարը նախարարի գեներալ "
    "գնդապետ պարոն տիկին դեսպան պատգամավոր խոսնակ տնօրեն պրոֆեսոր դոկտոր թագավոր թագուհի արքայազն "
    "կաթողիկոս",
}
_KNOWN_PLACES = {
    "*": "nagorno_karabakh nagorno-karabakh us usa u.s. u.s.a. uk u.k. uae ussr nyc la d.c. dprk england "
    "scotland wales balkans kurdistan karabakh donbas donbass",
    "en": "united_states_of_america russian_federation middle_east crete sicily sardinia corsica bavaria "
    "saxony normandy brittany catalonia andalusia tuscany balkans scandinavia mesopotamia patagonia "
    "america crimea gaza siberia transnistria caucasus arctic antarctica kosovo transcaucasia "
    "middle-east",
    "de": "berg_karabach bergkarabach naher_osten nahen_osten vereinigte_staaten_von_amerika "
    "vereinigten_staaten vereinigten_staaten_von_amerika russische_föderation russischen_föderation "
    "vereinigte_königreich vereinigten_königreich kreta sizilien sardinien korsika katalonien "
    "andalusien toskana england schottland wales krim gaza gazastreifen sibirien kaukasus arktis "
    "kosovo nahost berg-karabach karabach donbass westjordanland ostdeutschland westdeutschland "
    "osteuropa westeuropa südkaukasus nordsee ostsee mittelmeer schwarzwald ruhrgebiet ddr brd "
    "eu-raum",
    "fr": "états-unis_d’amérique fédération_de_russie proche_orient moyen_orient crète sicile sardaigne "
    "corse bavière catalogne andalousie toscane normandie bretagne angleterre écosse crimée gaza "
    "sibérie caucase arctique kosovo haut-karabakh haut-karabagh cisjordanie proche-orient "
    "moyen-orient méditerranée urss usa",
    "es": "ee.uu. ee.uu ee._uu. ee._uu medio_oriente estados_unidos_de_américa federación_de_rusia "
    "oriente_medio creta sicilia cerdeña córcega baviera cataluña toscana inglaterra escocia crimea "
    "gaza siberia cáucaso ártico kosovo cisjordania eeuu urss mediterráneo",
    "it": "stati_uniti_d’america federazione_russa medio_oriente creta sicilia sardegna corsica baviera "
    "catalogna inghilterra scozia galles crimea gaza siberia caucaso artico kosovo cisgiordania "
    "urss mediterraneo usa",
    "pl": "anglia szkocja walia krym gaza syberia kaukaz arktyka kosowo zsrr rfn nrd",
    "tr": "abd ingiltere i̇ngiltere iskoçya i̇skoçya galler kırım gazze sibirya kafkasya kosova kktc sscb "
    "karabağ kürdistan anadolu ege akdeniz karadeniz",
    "az": "abş ingiltərə i̇ngiltərə şotlandiya krım qəzza sibir qafqaz kosovo ssri qarabağ naxçıvan",
    "ru": "российская_федерация российской_федерации соединенные_штаты соединенных_штатов "
    "нагорный_карабах нагорного_карабаха нагорном_карабахе ближний_восток ближнего_востока "
    "ближнем_востоке сша ссср рф кнр кндр фрг гдр оаэ юар англия шотландия уэльс крым газа сибирь "
    "кавказ закавказье арктика косово донбасс лнр днр карабах приднестровье урал поволжье украина "
    "прибалтика",
    "uk": "російська_федерація російської_федерації сполучене_королівство сполученого_королівства "
    "сполучені_штати сполучених_штатів сполучених_штатах нагірний_карабах нагірного_карабаху "
    "близький_схід близького_сходу близькому_сході сша срср рф кнр кндр фрн ндр оае англія "
    "шотландія уельс крим газа сибір кавказ арктика косово донбас карабах",
    "hy": "ամն խսհմ ռդ հհ լղհ անգլիա շոտլանդիա ուելս ղրիմ գազա սիբիր կովկաս կոսովո արցախ ղարաբաղ եվրոպա",
}
_PARTICLES = {
    "*": "von van der den de da di del della dos do du la le el al bin bint ibn ben abu abd ul ur zu zur ter ten af av",
    "ru": "фон ван де аль бин ибн да ди ла ле",
    "uk": "фон ван де аль бін ібн да ді ла ле",
}
_NO_NAMES = {
    "*": "ramadan ramadán islam monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december montag dienstag "
    "mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember "
    "god internet english online global solo mobile okay van von",
    "en": "armenian azerbaijani azeri georgian iranian afghan pakistani lebanese jordanian kuwaiti yemeni "
    "libyan algerian moroccan tunisian sudanese ethiopian kenyan somali congolese rwandan "
    "belarusian moldovan romanian serbian croatian bosnian albanian macedonian kosovan slovak "
    "slovenian hungarian austrian belgian portuguese icelandic estonian latvian lithuanian kazakh "
    "uzbek tajik kyrgyz turkmen bangladeshi malaysian filipino philippine vietnamese cambodian "
    "burmese taiwanese mongolian argentine chilean peruvian colombian venezuelan bolivian haitian "
    "jamaican zimbabwean ugandan ghanaian senegalese kurdish uighur tibetan catalan basque flemish "
    "sinhalese tamil briton britons scot scots the a an he she it they we i you his her its their "
    "our my your this that these those in on at by for from to of and or but if when while after "
    "before since as with without under over about not no yes there here what who how why where "
    "which new one two three man end tell nice rest reading british gold chinese american french "
    "german russian indian japanese australian canadian irish italian scottish welsh israeli polish "
    "egyptian turkish greek korean mexican dutch swiss swedish spanish ukrainian syrian palestinian "
    "brazilian nigerian iraqi cuban danish norwegian czech finnish bulgarian indonesian thai saudi "
    "soviet islamic muslim christian jewish catholic laws male males soul mary surprise iron spring "
    "sale split orange hang worldwide bath enterprise commonwealth dual oral lion lone springs pole "
    "shine buffalo norman delta indie reunion hub lime saga marsh derby paradise hail gaza's asian "
    "african european western eastern northern southern arab however meanwhile although according "
    "both many some most all other last next first second brexit christmas easter olympic olympics "
    "english marathon",
    "de": "siegen kuchen rennen team finale roman romane photo foto saison runde tabelle platz long "
    "league millionen milliarden dosen millionär los der die das ein eine er sie es wir ich ihr "
    "sein seine ihre unser dieser diese dieses in im an am auf aus bei mit nach von vor zu zum zur "
    "über unter und oder aber wenn als wie was wer wo warum nicht kein keine auch noch nur so da "
    "dann doch schon seit bis für gegen ohne um man mann end essen frankfurter zug rest gold mobile "
    "orange global solo single kanton ofen leiden landen klang halle favoriten german english "
    "american unbekannt bergen hang derby homo pole esse kita europäische deutsche deutschen wetter "
    "reisen ende mitte mai lage raum rede land stadt regen wald hof wand grund markt macht recht "
    "kraft stein krieg winter sommer herr frau stark ernst freund gang fang sang pack jung jury "
    "bill chat fan queen king west bank line major hin kam zog min ran seh back kuh sau see kurt "
    "rat hand zahl stern vogel kaiser könig zimmer schwarz weiß klein groß lang kurz hahn fuchs "
    "winkler bauer richter koch jäger schäfer müllers schulen welle kosten namen kinder leben "
    "arbeit jahr jahre tag tage woche monat zeit menschen polizei regierung präsident minister "
    "partei europäer amerikaner russe russen türken",
    "fr": "le la les un une des il elle ils elles nous vous je tu on ce cette ces son sa ses leur leurs "
    "notre mon ma mes dans en sur sous par pour de du et ou mais si quand comme avec sans après "
    "avant depuis selon pas non oui qui que quoi où comment pourquoi suis seul sol surprise mari "
    "end nom sale lit lion sucre assis orange tours nice global solo carrefour golfe dominique "
    "mobile police école état église",
    "es": "el la los las un una unos unas él ella ellos nosotros yo tú este esta estos ese esa su sus "
    "nuestro mi en de del al con sin por para según desde hasta y o pero si cuando como no sí qué "
    "quién dónde nada solo pueblo tema manos libertad vista sol sale domingo cine sala reunión "
    "chico tanta gana anda cita resistencia madera navidad salvador india plano coronel retiro "
    "colonia rosario palo salto cerro amarillo bello fortaleza milagro gama sana capas goma damas "
    "oral saga español española estado estados",
    "it": "il lo la i gli le un uno una egli lei lui loro noi voi io questo questa quello suo sua nostro "
    "mio in di del della da dal con senza per tra fra e o ma se quando come non sì chi che dove "
    "perché solo bene male siano vista bello pare pensa tema pari porto sala sale cina campi tanta "
    "beni regina liberi mobile bari esse romani angolo naso reggio riunione salto corona oro "
    "sorriso cita sana monza gold fontana pasqua italiano italiana stato stati",
    "pl": "ten ta to te ci on ona ono oni my wy ja w we z ze na do od po za przy przez dla o u pod nad "
    "bez i a ale lub czy jeśli gdy jak nie tak kto co gdzie dlaczego polska nowe sama pole boku "
    "wola man chin kara marka kina dali solo mobile homo moga gold sumy mali jego jej ich nasz "
    "jednak kiedy tym",
    "tr": "bu şu o bir ve ile ama fakat için gibi kadar sonra önce da de ki ne kim nasıl neden çok daha "
    "en ben sen biz siz onlar ise benim beni sana para varsa tane kara selam yola adalet deli kent "
    "ordu aman lira yaz bolu kasa kira marka tokat bunda masaya san van man ayrıca ancak türk rus",
    "az": "bundan qari bunun onun bunda burada orada biz bu o bir və ilə amma lakin üçün kimi qədər sonra "
    "əvvəl da də ki nə kim necə niyə çox daha ən mən sən siz onlar isə həmçinin para ordu",
    "ru": "brexit iphone ipad covid covid-19 android windows в во на с со из к ко у о об от до по за при "
    "для и а но или если когда как что кто где почему не ни да нет он она оно они мы вы я это этот "
    "эта эти его ее её их наш мой того крым-то газа мае питере восток рака мост роман вера мир час "
    "роза лев слава любовь надежда мая марта все также однако после во-первых российский российская "
    "российские",
    "uk": "brexit iphone ipad covid covid-19 android windows в у на з із зі до від по за при для і й та а "
    "але або якщо коли як що хто де чому не ні так він вона воно вони ми ви я це цей ця ці його її "
    "їх наш мій того боку мали роман віра час надія любов лев слава також однак після решт рада усі "
    "який яка",
    "hy": "brexit iphone ipad covid covid-19 android windows և եւ ու բայց կամ եթե երբ ինչպես որ ով որտեղ "
    "ինչու ոչ այո նա նրանք մենք դուք ես այս այդ այն իր նրա մեր իսկ սակայն",
}
_PLACE_HEADS = {
    "en": "city county river valley island islands mountains province oblast region district bay sea "
    "ocean peninsula desert lake falls beach creek canyon hills heights square street avenue road "
    "park border strip plateau",
    "de": "kreis landkreis bezirk provinz insel inseln see meer straße platz",
    "tr": "ili ilçesi bölgesi eyaleti adası adaları denizi gölü nehri vadisi dağı dağları boğazı köyü "
    "mahallesi caddesi yarımadası körfezi cumhuriyeti kenti",
    "az": "rayonu vilayəti bölgəsi ştatı adası adaları dənizi gölü çayı dağı dağları kəndi küçəsi "
    "respublikası şəhəri körfəzi boğazı dairəsi",
    "ru": "область области областью край края крае район района районе округ округа округе республика "
    "республики республике остров острова море моря озеро озера река реки улица улице площадь "
    "площади",
    "uk": "область області областю край краю район району районі округ округу республіка республіки "
    "острів острова море моря озеро озера річка річки вулиця вулиці площа площі",
    "hy": "մարզ մարզի մարզում շրջան շրջանի շրջանում նահանգ նահանգի նահանգում հանրապետություն "
    "հանրապետության լիճ գետ փողոց փողոցի փողոցում կղզի կղզիներ",
}
_PLACE_LEADS = {
    "en": "lake mount cape gulf strait bay isle port fort district sea",
    "de": "golf insel",
    "fr": "lac mont île golfe mer détroit cap val vallée province région département district rue place pays",
    "es": "lago monte isla golfo mar estrecho cabo valle provincia región departamento distrito calle plaza estado",
    "it": "lago monte isola golfo mare stretto capo valle provincia regione distretto via piazza",
    "pl": "jezioro wyspa zatoka morze województwo powiat dystrykt góra półwysep",
}
_COMPASS = {
    "en": "north south east west northern southern eastern western northeast northwest southeast "
    "southwest central inner outer upper lower greater",
    "de": "nord süd ost west",
    "tr": "kuzey güney doğu batı orta",
    "az": "şimali cənubi şərqi qərbi qərb şərq cənub şimal",
    "ru": "северный северная южный южная восточный восточная западный западная северной южной восточной западной",
    "uk": "північний північна південний південна східний східна західний західна північній південній східній західній",
    "hy": "հյուսիսային հարավային արևելյան արևմտյան",
}
_NEVER_ALONE = {
    "de": "tor tore chancen chance start team hearts rangers trainer sieg ball spiel star gast hans-im "
    "test post film partner mann boden karte klasse gold silber feind könige fest art marke note "
    "rolle seite pass pole plan dank glaube sage amt bein hals kopf arm held titel text wort satz "
    "bild blick mund schritt fall ort weg zeuge bote made mode wege stab stark ernst freund schwarz "
    "ding park jung stein fischer gang fan ton rose eng zimmermann richter bauer koch jäger schäfer "
    "müller weber wagner becker kaiser könig fuchs wolf vogel hahn berg busch sommer winter lang "
    "kurz klein groß neumann major oberst general house day man men queen king line bill min hin "
    "kam zog ran seh kuh sau pol zoo west pack chat jury song street band meister schneider schmied "
    "pfeiffer krieger engel herz sturm blum baum brand keller kraft macht marsch markt messer mut "
    "reich ritter roth sand schütz seidel steiner thron walter winkel zeller",
    "en": "rose grace hope faith joy may june april august summer will bill mark jack frank rich dean "
    "king queen prince duke earl pope bishop knight page baker cook hunter fisher mason brown white "
    "black green young long short hill wood stone field rivers lake bush rice bean lamb fox wolf "
    "bird major minor house day man men sun moon son song line hall park street bank cross church "
    "chase law price power love christian jesus god lord angel chance",
}


@cache
def _words(table: str, language: str) -> frozenset[str]:
    tables = {
        "titles": _TITLES,
        "places": _KNOWN_PLACES,
        "alone": _NEVER_ALONE,
        "place_heads": _PLACE_HEADS,
        "place_leads": _PLACE_LEADS,
        "compass": _COMPASS,
        "particles": _PARTICLES,
        "no_names": _NO_NAMES,
    }
    rows = tables[table]
    return frozenset(f"{rows.get('*', '')} {rows.get(language, '')}".split())


def titles(language: str) -> frozenset[str]:
    """Words after which a person's name stands."""
    return _words("titles", language)


def particles(language: str) -> frozenset[str]:
    """Small words inside the name of a person."""
    return _words("particles", language)


def no_names(language: str) -> frozenset[str]:
    """Words with a capital that are no names by themselves."""
    return _words("no_names", language)


def known_places(language: str) -> frozenset[str]:
    """Countries by their initials, and parts of the world that no list of cities or states has."""
    return _words("places", language)


def never_alone(language: str) -> frozenset[str]:
    """Words that are a person's name only beside another."""
    return _words("alone", language)


def place_heads(language: str) -> frozenset[str]:
    """Words that make a place of the name before them."""
    return _words("place_heads", language)


def place_leads(language: str) -> frozenset[str]:
    """Words that make a place of the name behind them."""
    return _words("place_leads", language)


def compass(language: str) -> frozenset[str]:
    """Words that make a part of a place of the place behind them."""
    return _words("compass", language)
