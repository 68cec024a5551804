"""How the months begin in the languages that feeds are written in.

Decides. A server writes dates in the words of its own country, though the standards of feeds ask for English.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

WORD_CHARACTERS_MAX = 20

# One line a language, January to December (Arabic names them in three ways); several beginnings of one month are joined
# by a stroke. A beginning that another language gives to another month is written out until the two differ; Croatian
# `listopad` (October) is left to Polish and Czech, where it is November.
_BEGINNINGS = """
en jan feb mar apr may jun jul aug sep oct nov dec
de jan|jän feb|febr mär|maer|mrz apr mai jun jul aug sep okt nov dez
fr janv fév|fev mars avr mai juin juil août|aout sept oct nov déc
es ene feb mar abr may jun jul ago sep|set oct nov dic
pt jan fev mar abr mai jun jul ago set out nov dez
it gen feb mar apr mag giu lug ago set ott nov dic
nl jan feb maa|mrt apr mei jun jul aug sep okt nov dec
sv jan feb mars apr maj jun jul aug sep okt nov dec
ro ian feb mar apr mai iun iul aug sep|sept oct|oc noi|noie dec
pl sty lut marz kwi maj|maja cze lip|lipi sie wrz paź|pazd lis gru
cs led úno|unor bře|brez dub kvě|kvet červen|červn|čvn červenec|července|čvc srp zář|zari říj|rijn lis pro|prosin
hu jan feb már ápr máj jún júl aug szep okt nov dec
tr oca şub|sub mar nis mayı|mayi haz tem ağu|agu eyl eki kas ara
az yan fev mart apr may iyun|iyn iyul|iyl avq|avg sent|sen okt noy dek
fi tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu
et jaan veeb märts apr mai juuni juuli aug sept okt nov dets
lv janv febr mart apr maij jūn jūl aug sept okt nov dec
hr sij velj ožu trav svib lipanj|lipnj srpan|srpnj kolov ruj listopadaa stud prosinac
ru янв фев мар апр май|мая|мае июн июл авг сен окт ноя дек
uk січ лют бер|берез квіт трав черв|чер лип серп верес|вер жовт листоп|лист груд
be студ|сту лют сак крас|кра траў|мая|май|маі чэрв|чэр ліп жні вер каст|кас ліст|ліс снеж|сне
bg яну фев март апр май юни|юн юли|юл авг сеп окт ное дек
sr јан феб мар апр мај јун јул авг сеп окт нов дец
el ιαν|γεναρ φεβ μαρ|μαώ απρ μάι|μαΐ|μαι ιούν|ιουν|ιον ιούλ|ιουλ|ιολ αύγ|αυγ σεπ οκτ νοέ|νοε δεκ
hy հունվ|հնվ փետ|փտվ մար|մրտ ապր մայ|մյս հունիս|հնս հուլ|հլս օգոս|օգս սեպ հոկ նոյ դեկ
ka იან თებ მარ აპრ მაი ივნ ივლ აგვ სექ ოქტ ნოე დეკ
ar ينا فبر مار أبر ماي يوني يولي أغس سبت أكت نوف ديس
ar كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين نونبر دجنبر
ar جانفي فيفري مارس أفر ماي جوان جويل أوت|غشت شتنبر أكت نوف ديس
fa ژانو فور مارس|مارچ آور|اپری مه|می ژوئن|جون ژوئی|جولای اوت|آگوست|اگست سپت اکت نوام|نومبر دسا|دسمبر
he ינו פבר מרץ|מרס אפר מאי יונ יול אוג ספט אוק נוב דצמ
hi जन फ़र|फर मार्च अप्रै मई जून जुला अग सित अक्|अक्तू नव दिस
id jan feb mar apr mei jun jul agu|agt|ag sep okt nov des
lt saus vas kov bal geg birž liep rugp rugs spal lapkr grd
sq janar shk mars pri maj qer korr gush sht tet nën dhj
kk қаң ақп нау сәу мам мау шіл там қыр қаз қар жел
ca gen febr març abr maig juny jul ag set oct nov des
gl xan feb mar abr mai xuñ xul ago set out nov dec
"""


def folded(word: str) -> str:
    """A word as it is looked up: lower case, without accents, the Turkish dotless i as i."""
    apart = unicodedata.normalize("NFD", word[:WORD_CHARACTERS_MAX].casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).replace("ı", "i")


def _table() -> dict[str, int]:
    beginnings: dict[str, int] = {}
    for line in _BEGINNINGS.strip().splitlines():
        for month, several in enumerate(line.split()[1:], 1):
            for beginning in several.split("|"):
                beginnings.setdefault(folded(beginning), month)
    return beginnings


_MONTHS = _table()
_LENGTHS = sorted({len(beginning) for beginning in _MONTHS}, reverse=True)


@lru_cache(maxsize=1_000)
def month(word: str) -> int:
    """The month that a word names, 1 to 12; 0 for a word that names none. The longest known beginning decides."""
    looked_up = folded(word)
    found = (_MONTHS.get(looked_up[:length]) for length in _LENGTHS if length <= len(looked_up))
    return next((number for number in found if number), 0)
