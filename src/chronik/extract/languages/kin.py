"""Words that tell languages of near kin apart (decides).

Two libraries of letter sequences tell Serbian in Latin letters from Croatian, or Malay from Indonesian, little better
than a coin. A reader does it by a few words that the one has and the other has not: those stand here.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_A_WORD = 2.0
"""What one telling word adds to a language's score."""
_A_FORM = 1.5
"""What one telling form of a word adds."""
_STEM_LETTERS = range(3, 9)
_UNHEARD = 2.0
"""How far a language that no library named stands behind the last that one did."""
_WORDS_MAX = 400
_WORD = re.compile(r"[^\W\d_]+(?:['’\u0900-\u0963\u200c\u200d][^\W\d_]*)*")

_GROUPS: tuple[Mapping[str, str], ...] = (
    {
        "bs": "histori- sedmic- lahko mehko hljeb- saopć- vjerovatn- tokom sistem- avgust- august- januar- "
        "februar- mart marta maja juna jula septemb- oktob- novemb- decemb- hiljad- evrop- milion- "
        "također općin- opći- opće sigurnos- savjet vijeć- uslov- šta ko neko niko porodic- fudbal- "
        "naučni- saradnj- kompanij- univerzitet- sudij- kafa plata plate plaće tačn- hemij- špan- uopće "
        "tužilac tužilaštv- tužilaštvo ponovo saobraćaj- hapšen- hapsi uhapšen- glasnogovor- stepen- "
        "takmičen- takmič- podrška podršku voz vozom avion- deviz- procenat",
        "hr": "tko netko nitko što tijekom tjed- tisuć- glede siječ- veljač- ožuj- travnj- svib- lipnj- srpnj- "
        "kolovoz- rujn- listopad- studen- prosin- europ- milijun- također općin- opći- opće sigurnos- "
        "savjet vijeć- uvjet- gospodar- sveučili- povijes- glazb- izvješ- priopć- tvrtk- redatel- "
        "znanstv- obitelj- suradn- točn- plać- sustav- zaslon- računal- momčad- natjec- dužnosni- "
        "veleposl- nogomet- vlak- zrakopl- kruh promet- putovn- kazao kazala zasad nazočn- ravnatel- "
        "izborni- postrojb- uporab- ozljed- ozlije- kolodvor- unatoč vjerojatn- španjol- kemij- uopće "
        "odvjetni- proračun- zaklad- ročišt- tužitel- ponovno ponovo uhićen- uhiti- stupanj stupnj- "
        "potpor- sukladno skladatel- žurno inozem- posebice potom prvenst- postotak netom naposlj- otok- "
        "dionic-",
        "sr": "vreme- ovde gde mesto mesta mestu mest pre posle reč reči rečima deo dela delu delov- dve svet- "
        "ceo celo lep- uvek nedelj- predsed- posled- dete dece deca pobed- hteti videti videla cena cene "
        "cenu ceni celog celi celu celom belo bela bele beli veru vere verovati sredu sreda levo leva "
        "levi devojk- dečak- hteo žele- rešen- zahtev- mere mera sledeć- verovatn- bezbedn- sednic- "
        "saopšt- vest vesti uspeh- uspe- napred- istorij- opštin- opšt- hiljad- evrop- fudbal- avgust- "
        "januar- februar- mart marta maja juna jula septemb- oktob- novemb- decemb- ko neko niko šta "
        "sistem- univerzitet- naučni- takođe tokom plata plate voz vozom kompanij- saradnj- milion- "
        "porodic- hleb- tačn- uslov- savet- čovek- ponedelj- primer- promen- leto lekar- nemač- nemc- "
        "reke reka zvezd- vera razume- žive- izvešt- obavešt- sever- posetil- poset- nameravaj- namer- "
        "zamen- odbran- uopšte hemij- špan- tužilac tužilašt- ponovo saobraćaj- hapšen- uhapšen- stepen- "
        "takmič- avion- procenat odelj- telo tela seća- sme smeo smeju vek veka veku umetn- dodel- podel- "
        "rasprav- sveč- delimič- nasled- mesec- usled smer- izmen- zvanič- mešovit- menja- sprov- razmen- "
        "beležni- beleži- vred- smeš- deluj- cvet-",
    },
    {
        "id": "bahwa karena bisa uang kantor mobil polisi inggris rusia prancis jerman tiongkok minggu kamis "
        "jumat perusahaan serikat butuh berbeda mencoba bicara teman sepak tim pelatih pertandingan warga "
        "usai soal tapi maupun saat anda agar pemerintah mengatakan tewas setelah kota provinsi distrik "
        "kelompok maret juli juni desember agustus universitas ekonomi politik kebijakan upaya rp "
        "kendaraan wakil sebut menyebut tersebut lalu kata sekitar ujar ingin harus dapat tahu coba beda "
        "kemarin masalah bahkan namun kebutuhan berusia meski meskipun tentang usulan sistem presiden "
        "petugas aksi pejabat menyatakan jadi nilai hari rabu selasa",
        "ms": "bahawa kerana boleh wang kereta polis inggeris perancis ahad khamis jumaat isnin syarikat "
        "berbeza cuba bercakap kawan pasukan jurulatih perlawanan manakala mahu sahaja selepas semalam "
        "turut iaitu ialah daripada beliau kerajaan berkata apabila susulan menerusi hospital bandar "
        "ramai ogos mac julai jun disember universiti cukai semasa lelaki amerika timbalan perkara kesan "
        "sekiranya seterusnya jika perdana mesyuarat pilihan raya malah isu menyebabkan mendakwa hendak "
        "kemudahan sebarang bilangan berusia datuk rakyat seramai kempen bukti tunjuk anggota sudah "
        "terdapat dijangka presiden hari rabu selasa satu wilayah negara kita lebih kemudiannya akhbar "
        "tersebut dapat ingin harus namun tentang",
    },
    {
        "no": "ikke jeg fra noen noe hvordan hva hvor mye mer bare være også av uten nå gjør sier hun deg meg "
        "seg blir ble selv opp hadde vært kanskje penger siden første annen tredje millioner hvem hvorfor "
        "skal kunne skulle etter et en og å på mot fordi flere noenting sa mellom både ifølge politiet",
        "nn": "ikkje eg frå nokon noko korleis kva kvar mykje meir berre vere òg og av utan no gjer seier ho "
        "dei deg meg seg blir vart sjølv ein eit heim kven kvifor skal sidan hadde vore kanskje pengar "
        "første tredje millionar etter mot fordi fleire sa å på mellom både ifølgje politiet dykk hjå "
        "kunne skulle",
        "da": "ikke jeg fra nogle noget nogen hvordan hvad hvor meget mere kun efter være også af uden nu gør "
        "siger hun dig mig sig bliver blev selv op havde været måske penge siden første anden tredje "
        "millioner hvem hvorfor skal kunne skulle et en og at på mod fordi flere sagde mellem både ifølge "
        "politiet hjem deres vores ud",
        "sv": "inte jag från någon något några hur vad mycket mer bara efter vara också av utan nu gör säger "
        "hon sig blir blev själv upp hade varit kanske pengar sedan första andra tredje miljoner vem "
        "varför ska skall kunde skulle ett en och att på mot därför flera sade mellan både enligt polisen "
        "är som för",
    },
    {
        "cs": "se jsem byl byla bylo byli nebo když jak pro podle který která které ve ze při není také co si "
        "jeho jejich ještě před však jako více než kteří jsou být aby už roku let bude tak jen až",
        "sk": "sa som bol bola bolo boli alebo keď ako pre podľa ktorý ktorá ktoré vo zo pri nie tiež čo si "
        "jeho ich ešte pred však viac než ktorí sú byť aby už roku rokov bude tak len až",
    },
    {
        "gl": "unha unhas non ao aos da das do dos máis foi tamén moi ata despois dende só xa xente segundo o a "
        "os as e pola polo polos polas nunha nun onde seu súa coa co cos coas eran está estaba haxa dixo "
        "un ten teñen home",
        "pt": "uma umas não ao aos da das do dos mais foi também muito até depois desde só já gente segundo o a "
        "os as e pela pelo pelos pelas numa num onde seu sua com em são está estava haja disse um tem têm "
        "homem à às",
        "es": "una unas no al del de la las el los más fue también muy hasta después desde solo ya gente según "
        "y por para donde su con en son está estaba haya dijo un tiene tienen hombre lo",
        "ca": "una unes no al als del dels de la les el els més va també molt fins després des només ja gent "
        "segons i pel pels per on seu seva amb en són està estava digué un té tenen home aquest aquesta "
        "ha és que",
    },
    {
        "mk": "на во од и да се со за дека што беше е како тој таа тие кој која кои до по при веќе само ќе не ги го ја",
        "bg": "на в във от и да се с със за че което беше е как той тя те кой която които до по при вече само "
        "ще не ги го я тази този това са като",
        "sr": "на у од и да се са за што је био била као он она они који која које до по при већ само ће не их "
        "га ју су или али",
    },
    {
        "hi": "है हैं के की का में से को ने और पर यह कि था थे थी नहीं एक हो लिए गया कर भी",
        "mr": "आहे आहेत या हे ते व आणि मध्ये च्या होते होता होती नाही एक करून म्हणून त्यांनी केले असे की ही तो",
        "ne": "छ छन् छैन को मा ले लाई र भएको गरेको हुन् पनि यो थियो थिए एक भने गर्न गरे हुने उनले उनी",
    },
    {
        "ba": "һәм менән өсөн булған ул был тип итеп буйынса ла лә тигән кеше",
        "tt": "һәм белән өчен булган ул бу дип итеп буенча да дә дигән кеше",
        "kk": "және мен үшін болған ол бұл деп бойынша да де деген адам бен пен",
        "ky": "жана менен үчүн болгон ал бул деп боюнча да де деген адам",
    },
    {
        "af": "die 'n is nie het van en wat vir hulle sy hy ons om te deur maar ook ’n was hul gaan sê kan word",
        "nl": "de het een is niet van en wat voor hun zijn hij zij ons om te door maar ook was gaan zegt kan wordt dat",
    },
    {
        "lb": "an ass de déi den dat vun fir mat net och si hunn huet gëtt sinn awer nëmmen wéi op bei e en eng der",
        "de": "und ist der die das den von für mit nicht auch sie haben hat wird sind aber nur wie auf bei ein "
        "eine dass",
    },
    {
        "fo": "og at er á í til við ikki eitt ein ið sum frá hevur hava skal tað teir nakað fyri av um eftir men",
        "is": "og að er á í til við ekki eitt einn sem frá hefur hafa skal það þeir eitthvað fyrir af um eftir en",
    },
    {
        "xh": "kwaye ukuba kunye nge yaye ngokuba kodwa xa le kule kwi eli apho abantu ngexesha uthe ukuze okanye",
        "zu": "futhi ukuthi kanye nge ngoba kodwa uma lo kule ku leli lapho abantu ngesikhathi uthe ukuze noma",
    },
    {
        "am": "ነው ላይ እና ውስጥ ነበር ጋር ወደ ነበሩ አንድ እንደ ሲሆን ግን",
        "ti": "እዩ ኣብ ናይ ካብ ድማ ከም ናብ ምስ ነቲ ኣሎ ነበረ ዝነበረ ግን",
    },
    {
        "ga": "an na agus ar ag bhí tá go i le sé sí ach seo chun nach leis bhfuil",
        "gd": "an na agus air aig bha tha gu ann le e i ach seo chaidh nach leis bheil a’ tha’n",
    },
)


# In Bosnian and Croatian an old yat is "ije" or "je", in Serbian "e"; a word shows it in every twelfth place or so.
_YAT = re.compile(r"\b\w*(?:[bcčdghlmnpsštvzžr]ije(?=[cčdghklmsštvzž])|[dmpstvb]je(?=[cčdhlmnrstšvz]))\w+")
_NO_YAT = re.compile(
    r"klijen|pacijen|orijen|hijer|gradijen|dobijen|ubijen|vijetn|objek|subjek|objav|sjedinj|podjed|odjed"
)
_WITHOUT_YAT = 0.07
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("bs hr", re.compile(r"\b\w{2,}(?:irao|irala|irali|irati|iran[aoie]?)\b")),
    ("bs sr", re.compile(r"\b\w{2,}(?:isao|isala|isali|isati|ovao|ovala|ovali|ovati)\b|\bda li\b")),
)


def by_words(sample: str, scores: Mapping[str, float], *, allowed: frozenset[str] | None) -> Mapping[str, float]:
    """The scores with what telling words say, where the likeliest language has near kin among those allowed."""
    if not scores:
        return scores
    group = _kin_of(max(scores, key=lambda tag: (scores[tag], tag)))
    if not group:
        return scores
    kin = [tag for tag in group if allowed is None or tag in allowed]
    lower = sample.lower()
    words = _WORD.findall(lower)[:_WORDS_MAX]
    least = min(scores.values()) - _UNHEARD
    told = {tag: scores.get(tag, least) + _A_WORD * _telling(words, group[tag]) for tag in kin}
    if "bs" in told:
        for tag, weight in _yat(lower, words).items():
            told[tag] += weight
    return {**scores, **told}


def _telling(words: Sequence[str], own: frozenset[str]) -> int:
    """How many of the words are among a language's own; a stem ends with a hyphen there."""
    lengths = _stem_lengths(own)
    return sum(word in own or any(word[:length] + "-" in own for length in lengths) for word in words)


@cache
def _stem_lengths(own: frozenset[str]) -> frozenset[int]:
    """How long the stems are that stand among some words."""
    return frozenset(len(word) - 1 for word in own if word.endswith("-")) & frozenset(_STEM_LETTERS)


def _yat(lower: str, words: Sequence[str]) -> Mapping[str, float]:
    """What the forms of words say for Bosnian, Croatian or Serbian."""
    shown = sum(not _NO_YAT.search(word) for word in _YAT.findall(lower))
    added = {"bs": _A_WORD * shown, "hr": _A_WORD * shown, "sr": _WITHOUT_YAT * len(words)}
    for tags, form in _FORMS:
        for tag in tags.split():
            added[tag] += _A_FORM * len(form.findall(lower))
    return added


@cache
def _kin_of(tag: str) -> Mapping[str, frozenset[str]]:
    """The words of a language and of its kin, but for those that all of them have."""
    found: dict[str, frozenset[str]] = {}
    for group in (group for group in _GROUPS if tag in group):
        words = {kin: frozenset(group[kin].split()) for kin in group}
        shared = frozenset.intersection(*words.values())
        for kin, own in words.items():
            found[kin] = found.get(kin, frozenset()) | (own - shared)
    return found
