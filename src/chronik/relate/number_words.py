"""Numbers as words: from two to a hundred, and what multiplies the number before it (decides)."""

from __future__ import annotations

_WORDS = {
    "en": "2 two|3 three|4 four|5 five|6 six|7 seven|8 eight|9 nine|10 ten|11 eleven|12 twelve|13 thirteen|14 "
    "fourteen|"
    "15 fifteen|16 sixteen|17 seventeen|18 eighteen|19 nineteen|20 twenty|30 thirty|40 forty|50 fifty|60 sixty|"
    "70 seventy|80 eighty|90 ninety|100 hundred|3 third|4 fourth|5 fifth|6 sixth|7 seventh|8 eighth|9 ninth|10 "
    "tenth|"
    "12 dozen",
    "de": "2 zwei|3 drei|4 vier|5 fünf|6 sechs|7 sieben|8 acht|9 neun|10 zehn|11 elf|12 zwölf|13 dreizehn|14 "
    "vierzehn|"
    "15 fünfzehn|16 sechzehn|17 siebzehn|18 achtzehn|19 neunzehn|20 zwanzig|30 dreißig|40 vierzig|50 fünfzig|"
    "60 sechzig|70 siebzig|80 achtzig|90 neunzig|100 hundert|2 zweite zweiter zweiten|3 dritte dritter dritten|"
    "4 vierte vierter vierten|5 fünfte fünfter fünften|6 sechste sechster sechsten|12 Dutzend",
    "fr": "2 deux|3 trois|4 quatre|5 cinq|6 six|7 sept|8 huit|9 neuf|10 dix|11 onze|12 douze|13 treize|14 quatorze|"
    "15 quinze|16 seize|17 dix-sept|18 dix-huit|19 dix-neuf|20 vingt|30 trente|40 quarante|50 cinquante|60 "
    "soixante|"
    "70 soixante-dix septante|80 quatre-vingt quatre-vingts|90 quatre-vingt-dix nonante|100 cent cents|"
    "2 deuxième|3 troisième|4 quatrième|5 cinquième|12 douzaine",
    "es": "2 dos|3 tres|4 cuatro|5 cinco|6 seis|7 siete|8 ocho|9 nueve|10 diez|11 once|12 doce|13 trece|14 catorce|"
    "15 quince|16 dieciséis|17 diecisiete|18 dieciocho|19 diecinueve|20 veinte|30 treinta|40 cuarenta|50 cincuenta|"
    "60 sesenta|70 setenta|80 ochenta|90 noventa|100 cien ciento|3 tercera tercer tercero|4 cuarta cuarto|5 "
    "quinta quinto|"
    "12 docena",
    "pt": "2 dois duas|3 três|4 quatro|5 cinco|6 seis|7 sete|8 oito|9 nove|10 dez|11 onze|12 doze|13 treze|14 "
    "catorze "
    "quatorze|15 quinze|16 dezesseis dezasseis|17 dezessete dezassete|18 dezoito|19 dezenove dezanove|20 vinte|"
    "30 trinta|40 quarenta|50 cinquenta|60 sessenta|70 setenta|80 oitenta|90 noventa|100 cem|3 terceiro|"
    "4 quarto|5 quinto|12 dúzia",
    "it": "2 due|3 tre|4 quattro|5 cinque|6 sei|7 sette|8 otto|9 nove|10 dieci|11 undici|12 dodici|13 tredici|"
    "14 quattordici|15 quindici|16 sedici|17 diciassette|18 diciotto|19 diciannove|20 venti|30 trenta|40 quaranta|"
    "50 cinquanta|60 sessanta|70 settanta|80 ottanta|90 novanta|100 cento|3 terzo terza|4 quarto quarta",
    "nl": "2 twee|3 drie|4 vier|5 vijf|6 zes|7 zeven|8 acht|9 negen|10 tien|11 elf|12 twaalf|13 dertien|14 "
    "veertien|"
    "15 vijftien|16 zestien|17 zeventien|18 achttien|19 negentien|20 twintig|30 dertig|40 veertig|50 vijftig|"
    "60 zestig|70 zeventig|80 tachtig|90 negentig|100 honderd|3 derde|4 vierde|5 vijfde",
    "ru": "2 два две двух двум двое|3 три трех трёх трем трём трое|4 четыре четырех четырёх четырем четверо|5 "
    "пять пяти|"
    "6 шесть шести|7 семь семи|8 восемь восьми|9 девять девяти|10 десять десяти|11 одиннадцать одиннадцати|"
    "12 двенадцать двенадцати|13 тринадцать тринадцати|14 четырнадцать четырнадцати|15 пятнадцать пятнадцати|"
    "16 шестнадцать шестнадцати|17 семнадцать семнадцати|18 восемнадцать восемнадцати|19 девятнадцать девятнадцати|"
    "20 двадцать двадцати|30 тридцать тридцати|40 сорок сорока|50 пятьдесят пятидесяти|60 шестьдесят|70 семьдесят|"
    "80 восемьдесят|90 девяносто|100 сто|2 второй вторая второе вторую|3 третий третья третье третью|4 четвертый "
    "четвёртый",
    "uk": "2 два дві двох двом двоє|3 три трьох трьом троє|4 чотири чотирьох|5 п'ять п'яти|6 шість шести|7 сім "
    "семи|"
    "8 вісім восьми|9 дев'ять дев'яти|10 десять десяти|11 одинадцять|12 дванадцять|13 тринадцять|14 чотирнадцять|"
    "15 п'ятнадцять|20 двадцять|30 тридцять|40 сорок|50 п'ятдесят|60 шістдесят|100 сто|2 друга другий|3 третя "
    "третій",
    "pl": "2 dwa dwie dwóch dwaj|3 trzy trzech trzej|4 cztery czterech|5 pięć pięciu|6 sześć sześciu|7 siedem "
    "siedmiu|"
    "8 osiem ośmiu|9 dziewięć dziewięciu|10 dziesięć dziesięciu|11 jedenaście jedenastu|12 dwanaście dwunastu|"
    "13 trzynaście trzynastu|14 czternaście|15 piętnaście piętnastu|20 dwadzieścia dwudziestu|30 trzydzieści|"
    "40 czterdzieści|50 pięćdziesiąt|60 sześćdziesiąt|100 sto stu|3 trzeci trzecia|4 czwarty czwarta",
    "sl": "2 dva dve dveh|3 tri trije treh|4 štiri štirje|5 pet petih|6 šest|7 sedem|8 osem|9 devet|10 deset|11 "
    "enajst|"
    "12 dvanajst|13 trinajst|14 štirinajst|15 petnajst|20 dvajset|30 trideset|40 štirideset|50 petdeset|100 sto|"
    "2 drugi druga|3 tretji tretja tretje",
    "cs": "2 dva dvě dvou|3 tři tří|4 čtyři čtyř|5 pět pěti|6 šest šesti|7 sedm|8 osm|9 devět|10 deset|11 jedenáct|"
    "12 dvanáct|13 třináct|14 čtrnáct|15 patnáct|20 dvacet|30 třicet|40 čtyřicet|50 padesát|100 sto|3 třetí",
    "tr": "2 iki|3 üç|4 dört|5 beş|6 altı|7 yedi|8 sekiz|9 dokuz|10 on|20 yirmi|30 otuz|40 kırk|50 elli|60 altmış|"
    "70 yetmiş|80 seksen|90 doksan|100 yüz|3 üçüncü|4 dördüncü",
    "az": "2 iki|3 üç|4 dörd|5 beş|6 altı|7 yeddi|8 səkkiz|9 doqquz|20 iyirmi|30 otuz|40 qırx|50 əlli|60 altmış|"
    "70 yetmiş|80 səksən|90 doxsan|100 yüz|3 üçüncü",
    "hy": "2 երկու|3 երեք|4 չորս|5 հինգ|6 վեց|7 յոթ|8 ութ|9 ինը|10 տասը տաս|12 տասներկու|20 քսան|30 երեսուն|40 "
    "քառասուն|"
    "50 հիսուն|60 վաթսուն|100 հարյուր|3 երրորդ",
    "ar": "2 اثنان اثنين|3 ثلاث ثلاثة|4 أربع أربعة|5 خمس خمسة|6 ست ستة|7 سبع سبعة|8 ثماني ثمانية|9 تسع تسعة|10 "
    "عشر عشرة|"
    "20 عشرون عشرين|30 ثلاثون ثلاثين|40 أربعون أربعين|50 خمسون خمسين|60 ستون ستين|70 سبعون سبعين|80 ثمانون ثمانين|"
    "90 تسعون تسعين|100 مئة مائة|3 الثالثة الثالث|4 الرابعة الرابع|2 الثانية الثاني",
    "fa": "2 دو|3 سه|4 چهار|5 پنج|6 شش|7 هفت|8 هشت|9 نه|10 ده|11 یازده|12 دوازده|13 سیزده|14 چهارده|15 پانزده|20 "
    "بیست|"
    "30 سی|40 چهل|50 پنجاه|60 شصت|70 هفتاد|80 هشتاد|90 نود|100 صد|3 سوم|4 چهارم",
    "el": "2 δύο|3 τρεις τρία τριών|4 τέσσερις τέσσερα|5 πέντε|6 έξι|7 επτά εφτά|8 οκτώ οχτώ|9 εννέα|10 δέκα|11 "
    "έντεκα|"
    "12 δώδεκα|20 είκοσι|30 τριάντα|40 σαράντα|50 πενήντα|100 εκατό",
    "sv": "2 två|3 tre|4 fyra|5 fem|6 sex|7 sju|8 åtta|9 nio|10 tio|11 elva|12 tolv|13 tretton|14 fjorton|15 "
    "femton|"
    "20 tjugo|30 trettio|40 fyrtio|50 femtio|100 hundra|3 tredje|4 fjärde",
}
_TEN_THOUSANDS = 10_000
_MULTIPLIERS = {
    10**3: "thousand thousands k tausend mille mil mila mille duizend тыс тысяч тысячи тысяча тысячам тысячами "
    "тисяч тисячі "
    "тис tys tysięcy tysiące tysiąc tisoč tisíc tisíce bin min հազար ألف آلاف هزار אלף אלפים 千 千人 ათასი χιλιάδες "
    "tusen "
    "elfu हज़ार हजार ribu ngàn nghìn mii ezer tuhat tuhatta tūkst tūkstančių tūkstoši",
    _TEN_THOUSANDS: "万 萬 만",
    10**5: "lakh lakhs लाख",
    10**6: "million millions mln mn m mio million millionen millón millones milhão milhões milione milioni "
    "miljoen миллион "
    "миллиона миллионов млн мільйон мільйонів мільйони milion milionów miliony milijon milijonov milijona milionů "
    "milyon "
    "միլիոն مليون ملايين میلیون מיליון მილიონი εκατομμύρια miljoner juta triệu milioane millió miljoonaa",
    10**7: "crore crores करोड़",
    10**8: "亿 億 억",
    10**9: "billion billions bn milliard milliards milliarde milliarden mrd miliardi miliardo miljard bilhão "
    "bilhões "
    "миллиард миллиарда миллиардов млрд мільярд мільярдів miliard miliardów miliardy milijard milijarde milijardo "
    "milyar "
    "milyard միլիարդ مليار مليارات میلیارد מיליארד მილიარდი miliardů miljarder miliarde milliárd",
    10**12: "trillion trillions billionen trn трлн триллион триллионов تريليون تریلیون 兆 trilyon trilhão trilhões",
}
_TEN = 10
_JOINED = {
    "en": ("{ten}-{one}", "one"),
    "de": ("{one}und{ten}", "ein"),
    "nl": ("{one}en{ten}", "een"),
    "fr": ("{ten}-{one}", "un"),
    "sv": ("{ten}{one}", "ett"),
    "sl": ("{one}in{ten}", "ena"),
    "it": ("{ten}{one}", "uno"),
}
_LONG_SCALE = frozenset({"de", "fr", "es", "it", "nl", "pl", "sv", "da", "nb", "sl", "cs"})


def _listed() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for language, text in _WORDS.items():
        rows = (row.split(" ") for row in text.split("|"))
        plain = {word.lower(): int(value) for value, *words in rows for word in words}
        found[language] = {**_joined(plain, language), **plain}
    return found


def _joined(words: dict[str, int], language: str) -> dict[str, int]:
    """Tens and ones in one word, where they are written so: twenty-one, einundzwanzig, eenentwintig."""
    pattern, one = _JOINED.get(language, ("", ""))
    if not pattern:
        return {}
    ones = {one: 1} | {word: value for word, value in words.items() if value < _TEN}
    tens = {word: value for word, value in words.items() if value in range(20, 100, _TEN)}
    pairs = ((ten, unit) for ten in tens for unit in ones)
    return {pattern.format(ten=ten, one=unit): tens[ten] + ones[unit] for ten, unit in pairs}


WORDS = _listed()
"""Language → word → value."""
MULTIPLIERS = {word: value for value, words in _MULTIPLIERS.items() for word in words.split()}


def multiplier(word: str, language: str) -> int:
    """What a word after a number multiplies it with; 0 where it is no such word."""
    plain = word.lower().rstrip(".")
    if plain in {"billion", "billón", "billones", "bilion"} and language in _LONG_SCALE:
        return 10**12
    if plain == "min" and language != "az":
        return 0
    if plain == "bin" and language != "tr":
        return 0
    return MULTIPLIERS.get(plain, 0)
