"""What sounds the letters of each script stand for, as tables (decides).

Sounds are written with one letter each: `S` as in ship, `Z` as in vision, `C` as in church, `J` as in John, `c` as in
bits, `x` as in loch, `w` as in we, `y` as in yes; the rest as in Spanish. Where a letter stands for several sounds,
the likelier one comes first. A space in a table separates rules, a colon the letters from their sounds, a comma the
sounds from each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Sounds = tuple[str, ...]


def table(rules: str) -> Mapping[str, Sounds]:
    """Rules as a mapping from letters to the sounds that they may stand for."""
    pairs = (rule.split(":") for rule in rules.split())
    return {letters: tuple(sounds.split(",")) for letters, sounds in pairs}


CYRILLIC = table(
    "а:a б:b в:v г:g,h ґ:g д:d е:e ё:o є:e ж:Z з:z и:i і:i ї:i й:y ј:y к:k л:l љ:l м:m н:n њ:n о:o п:p р:r с:s т:t "
    "у:u ў:w ф:f х:x ц:c ч:C ћ:C ш:S щ:S ъ: ы:i ь: э:e ю:u я:a џ:J ђ:J ѓ:J ќ:C ѕ:z дж:J дз:z тс:c "
    "қ:k ғ:g,x ң:n ө:o ү:u ұ:u һ:h ә:a җ:J ҷ:J ӣ:i ӯ:u ҳ:h ӧ:o ӱ:u"
)
GREEK = table(
    "α:a β:v γ:g δ:d ε:e ζ:z η:i θ:t ι:i κ:k λ:l μ:m ν:n ξ:ks ο:o π:p ρ:r σ:s ς:s τ:t υ:i φ:f χ:x ψ:ps ω:o "
    "ου:u μπ:b,mp ντ:d,nd γκ:g,nk γγ:ng γχ:nx τσ:c τς:c ντσ:nc,C τζ:J ντζ:J,nJ αυ:av ευ:ev αι:e ει:i οι:i"
)
ARMENIAN = table(
    "ա:a բ:b գ:g դ:d ե:e զ:z է:e ը:e թ:t ժ:Z ի:i լ:l խ:x ծ:c կ:k հ:h ձ:z ղ:x,g,l ճ:C մ:m յ:y ն:n շ:S ո:o չ:C պ:p "
    "ջ:J ռ:r ս:s վ:v տ:t ր:r ց:c ւ:v փ:p ք:k օ:o ֆ:f և:ev ու:u"
)
GEORGIAN = table(
    "ა:a ბ:b გ:g დ:d ე:e ვ:v ზ:z თ:t ი:i კ:k ლ:l მ:m ნ:n ო:o პ:p ჟ:Z რ:r ს:s ტ:t უ:u ფ:p,f ქ:k ღ:g,x ყ:k შ:S ჩ:C "
    "ც:c ძ:z წ:c ჭ:C ხ:x ჯ:J ჰ:h ჲ:y ჳ:v ჱ:e"
)
HEBREW = table(
    "א: ב:b,v ג:g ד:d ה:h ו:o,v ז:z ח:x ט:t י:i כ:k,x ך:x,k ל:l מ:m ם:m נ:n ן:n ס:s ע: פ:p,f ף:f,p צ:c ץ:c ק:k ר:r "
    "ש:S ת:t ג':J צ':C ז':Z ץ':C וו:v יי:y"
)
ARABIC = table(
    "ا:a آ:a أ:a إ:i ب:b ة:a ت:t ث:t ج:J,g ح:h خ:x د:d ذ:d ر:r ز:z س:s ش:S ص:s ض:d ط:t ظ:z ع: غ:g,x ف:f ق:k ك:k ل:l "
    "م:m ن:n ه:h و:o ي:i ى:a ء: ئ: ؤ:o پ:p چ:C ژ:Z گ:g ک:k ی:i ڤ:v ۋ:v ڭ:n ں:n ے:i ہ:h ھ:h ٹ:t ڈ:d ڑ:r ە:a ێ:e ۆ:o "
    "ڕ:r ڵ:l تش:C تس:c دج:J تز:c"
)
PERSIAN = {**ARABIC, **table("و:o,v ث:s ذ:z ض:z ج:J غ:g ه:h,e تش:tS دج:dJ")}
"""Arabic letters as Persian, Urdu and Kurdish sound them."""
HAN_INITIALS = table(
    "zh:J ch:C sh:S b:b p:p m:m f:f d:d t:t n:n l:l,r g:g k:k h:x j:J,k q:C x:S,x r:r,Z z:z c:c s:s y:y w:w,v"
)
"""Beginnings of syllables in pinyin, as they write foreign names."""
HAN_SIGNS = table(
    "什:S 斯:s 尔:r,l 爾:r,l 特:t 夫:f 克:k 格:g 德:d 普:p 布:b 姆:m 恩:en 茨:c 兹:z,c 茲:z,c 约:yo,Jo 約:yo,Jo "
    "乔:Jo 喬:Jo 华:wa 華:wa 逊:son 遜:son 顿:ton 頓:ton 伯:be 勒:le,re 鲁:ru,lu 魯:ru,lu 古:gu 吉:gi,Ji 加:ga,ka "
    "基:ki,gi 金:kin,gin 杰:Je,ge 夏:Sa,xa 希:xi,Si 休:xu,Su 莎:Sa 丝:s 絲:s 奇:ki,Ci 切:Ce 戈:go 哥:ko,go 乌:u "
    "烏:u 沃:vo 瓦:va 维:vi 維:vi 威:vi 韦:ve 韋:ve 默:mer,mo 珀:per"
)
"""Signs that write foreign names otherwise than they are read."""
KANA = table(
    "ア:a イ:i ウ:u,v エ:e オ:o カ:ka キ:ki ク:ku ケ:ke コ:ko ガ:ga ギ:gi グ:gu ゲ:ge ゴ:go サ:sa シ:Si ス:su セ:se "
    "ソ:so ザ:za ジ:Ji ズ:zu ゼ:ze ゾ:zo タ:ta チ:Ci ツ:cu テ:te ト:to ダ:da ヂ:Ji ヅ:zu デ:de ド:do ナ:na ニ:ni "
    "ヌ:nu ネ:ne ノ:no ハ:ha ヒ:hi フ:fu ヘ:he ホ:ho バ:ba,va ビ:bi,vi ブ:bu,vu ベ:be,ve ボ:bo,vo パ:pa ピ:pi "
    "プ:pu ペ:pe ポ:po マ:ma ミ:mi ム:mu メ:me モ:mo ヤ:ya ユ:yu ヨ:yo ラ:ra,la リ:ri,li ル:ru,lu レ:re,le "
    "ロ:ro,lo ワ:wa ヲ:o ン:n ヴ:vu ァ:a ィ:i ゥ:u ェ:e ォ:o ャ:ya ュ:yu ョ:yo ッ: ー:,r シャ:Sa シュ:Su ショ:So "
    "シェ:Se ジャ:Ja ジュ:Ju ジョ:Jo ジェ:Je チャ:Ca チュ:Cu,tu チョ:Co チェ:Ce ティ:ti ディ:di ファ:fa フィ:fi "
    "フェ:fe フォ:fo ヴァ:va ヴィ:vi ヴェ:ve ヴォ:vo ウィ:wi,vi ウェ:we,ve ウォ:wo,vo ツァ:ca ツィ:ci ツェ:ce "
    "ツォ:co トゥ:tu ドゥ:du デュ:du クァ:kva グァ:gva"
)
_FIRST = "g k n d t l,r m b,v p s s _ J J C k t p,f h"
_VOWELS = "a e a e o e o e o a e e o u o e i u u i i"
_LAST = "_ k k k n n n t l k m l l l p l m p p t t n t t k t p t"
HANGUL_FIRST = tuple(tuple(sounds.split(",")) for sounds in _FIRST.split())
HANGUL_VOWELS = tuple(_VOWELS.split())
HANGUL_LAST = tuple(_LAST.split())
"""Parts of a Hangul syllable in the order of Unicode; `_` is none."""
