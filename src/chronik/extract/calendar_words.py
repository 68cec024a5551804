"""Names of months and weekdays in the languages of the press (decides).

The forms are those of CLDR (Unicode's locale data): as they stand in a date and alone, lower case and without a final
dot; after them the case forms and older names that papers use. In a list, commas separate the twelve months (from
January) or seven days (from Monday), bars the forms of one, and a slash the full forms from the short ones.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def calendar_languages() -> frozenset[str]:
    """The languages whose months and weekdays are known, by their ISO 639-1 codes."""
    return frozenset(_MONTHS)


@cache
def months(language: str, *, short: bool = True) -> Mapping[str, int]:
    """Names of the months in one language, lower case → 1 to 12; without the short ones if asked so."""
    return _numbered(_MONTHS.get(language, ""), short=short)


@cache
def weekdays(language: str) -> Mapping[str, int]:
    """Names of the days in one language, lower case → 1 (Monday) to 7, as ISO 8601 counts them."""
    return _numbered(_WEEKDAYS.get(language, ""), short=False)


def _numbered(listed: str, *, short: bool) -> Mapping[str, int]:
    named: dict[str, int] = {}
    for number, forms in enumerate(filter(None, listed.split(", ")), start=1):
        full, _, abbreviated = forms.partition("/")
        for form in (*full.split("|"), *(abbreviated.split("|") if short and abbreviated else ())):
            named.setdefault(form, number)
    return MappingProxyType(named)


_MONTHS = {
    "ar": (
        "يناير|كانون الثاني|جانفي, فبراير|شباط|فيفري, مارس|آذار|اذار, أبريل|نيسان|ابريل|أفريل, مايو|أيار|ايار|ماي, "
        "يونيو|حزيران|يونية|جوان, يوليو|تموز|يوليوز|جويلية, أغسطس|آب|اغسطس|غشت|أوت, سبتمبر|أيلول|ايلول|شتنبر, "
        "أكتوبر|تشرين الأول|تشرين الاول|اكتوبر, نوفمبر|تشرين الثاني|نونبر, ديسمبر|كانون الأول|كانون الاول|دجنبر"
    ),
    "az": (
        "yanvar/yan, fevral/fev, mart/mar, aprel/apr, may, iyun/iyn, iyul/iyl, avqust/avq, sentyabr/sen, "
        "oktyabr/okt, noyabr/noy, dekabr/dek"
    ),
    "be": (
        "студзеня|студзень|студзені/сту, лютага|люты|лютым/лют, сакавіка|сакавік|сакавіку/сак, "
        "красавіка|красавік|красавіку/кра, мая|май|маі|траўні, чэрвеня|чэрвень|чэрвені/чэр, "
        "ліпеня|ліпень|ліпені/ліп, жніўня|жнівень|жніўні/жні, верасня|верасень|верасні/вер, "
        "кастрычніка|кастрычнік|кастрычніку/кас, лістапада|лістапад|лістападзе/ліс, снежня|снежань|снежні/сне"
    ),
    "bg": (
        "януари/яну, февруари/фев, март, април/апр, май, юни, юли, август/авг, септември/сеп, октомври/окт, "
        "ноември/ное, декември/дек"
    ),
    "bs": (
        "januar/jan, februar/feb, mart/mar, april/apr, maj, juni/jun, juli/jul, august/aug, septembar/sep, "
        "oktobar/okt, novembar/nov, decembar/dec"
    ),
    "ca": (
        "gener/gen, febrer/febr, març, abril/abr, maig, juny, juliol/jul, agost/ag, setembre/set, octubre/oct, "
        "novembre/nov, desembre/des"
    ),
    "cs": (
        "ledna|leden|lednu/led, února|únor|únoru/úno, března|březen|březnu/bře, dubna|duben|dubnu/dub, "
        "května|květen|květnu/kvě, června|červen|červnu/čvn, července|červenec|červenci/čvc, srpna|srpen|srpnu/srp, "
        "září/zář, října|říjen|říjnu/říj, listopadu|listopad/lis, prosince|prosinec|prosinci/pro"
    ),
    "da": (
        "januar/jan, februar/feb, marts/mar, april/apr, maj, juni/jun, juli/jul, august/aug, september/sep, "
        "oktober/okt, november/nov, december/dec"
    ),
    "de": (
        "januar|jänner/jan, februar|feber/feb, märz/mrz, april/apr, mai, juni, juli, august/aug, september/sept, "
        "oktober/okt, november/nov, dezember/dez"
    ),
    "el": (
        "ιανουαρίου|ιανουάριος/ιαν, φεβρουαρίου|φεβρουάριος/φεβ, μαρτίου|μάρτιος/μαρ, απριλίου|απρίλιος/απρ, "
        "μαΐου|μάιος/μαΐ, ιουνίου|ιούνιος/ιουν, ιουλίου|ιούλιος/ιουλ, αυγούστου|αύγουστος/αυγ, "
        "σεπτεμβρίου|σεπτέμβριος/σεπ, οκτωβρίου|οκτώβριος/οκτ, νοεμβρίου|νοέμβριος/νοε, δεκεμβρίου|δεκέμβριος/δεκ"
    ),
    "en": (
        "january/jan, february/feb, march/mar, april/apr, may, june/jun, july/jul, august/aug, september/sep|sept, "
        "october/oct, november/nov, december/dec"
    ),
    "es": (
        "enero/ene, febrero/feb, marzo/mar, abril/abr, mayo/may, junio/jun, julio/jul, agosto/ago, "
        "septiembre|setiembre/sept|sep|set, octubre/oct, noviembre/nov, diciembre/dic"
    ),
    "et": (
        "jaanuar/jaan, veebruar/veebr, märts, aprill/apr, mai, juuni, juuli, august/aug, september/sept, "
        "oktoober/okt, november/nov, detsember/dets"
    ),
    "fa": (
        "ژانویهٔ|ژانویه, فوریهٔ|فوریه|فبروری, مارس|مارچ, آوریل|اپریل, مهٔ|مه|می, ژوئن|جون, ژوئیهٔ|ژوئیه|جولای, "
        "اوت|آگوست|اگست, سپتامبر|سپتمبر, اکتبر|اکتوبر, نوامبر|نومبر, دسامبر|دسمبر"
    ),
    "fi": (
        "tammikuuta|tammikuu/tammi, helmikuuta|helmikuu/helmi, maaliskuuta|maaliskuu/maalis, "
        "huhtikuuta|huhtikuu/huhti, toukokuuta|toukokuu/touko, kesäkuuta|kesäkuu/kesä, heinäkuuta|heinäkuu/heinä, "
        "elokuuta|elokuu/elo, syyskuuta|syyskuu/syys, lokakuuta|lokakuu/loka, marraskuuta|marraskuu/marras, "
        "joulukuuta|joulukuu/joulu"
    ),
    "fr": (
        "janvier/janv, février|fevrier/févr|fév, mars, avril/avr, mai, juin, juillet/juil, août|aout, "
        "septembre/sept, octobre/oct, novembre/nov, décembre|decembre/déc"
    ),
    "gl": (
        "xaneiro/xan, febreiro/feb, marzo/mar, abril/abr, maio, xuño, xullo/xul, agosto/ago, setembro/set, "
        "outubro/out, novembro/nov, decembro/dec"
    ),
    "he": (
        "ינואר/ינו׳, פברואר/פבר׳, מרץ, אפריל/אפר׳, מאי, יוני, יולי, אוגוסט/אוג׳, ספטמבר/ספט׳, אוקטובר/אוק׳, "
        "נובמבר/נוב׳, דצמבר/דצמ׳"
    ),
    "hi": (
        "जनवरी/जन॰, फ़रवरी/फ़र॰, मार्च, अप्रैल, मई, जून, जुलाई/जुल॰, अगस्त/अग॰, सितंबर/सित॰, अक्टूबर/अक्टू॰, नवंबर/नव॰, दिसंबर/दिस॰"
    ),
    "hr": (
        "siječnja|siječanj|siječnju/sij, veljače|veljača|veljači/velj, ožujka|ožujak|ožujku/ožu, "
        "travnja|travanj|travnju/tra, svibnja|svibanj|svibnju/svi, lipnja|lipanj|lipnju/lip, "
        "srpnja|srpanj|srpnju/srp, kolovoza|kolovoz|kolovozu/kol, rujna|rujan|rujnu/ruj, "
        "listopada|listopad|listopadu/lis, studenoga|studeni|studenom/stu, prosinca|prosinac|prosincu/pro"
    ),
    "hu": (
        "január/jan, február/febr, március/márc, április/ápr, május/máj, június/jún, július/júl, augusztus/aug, "
        "szeptember/szept, október/okt, november/nov, december/dec"
    ),
    "hy": (
        "հունվարի|հունվար/հնվ, փետրվարի|փետրվար/փտվ, մարտի|մարտ/մրտ, ապրիլի|ապրիլ/ապր, մայիսի|մայիս/մյս, "
        "հունիսի|հունիս/հնս, հուլիսի|հուլիս/հլս, օգոստոսի|օգոստոս/օգս, սեպտեմբերի|սեպտեմբեր/սեպ, "
        "հոկտեմբերի|հոկտեմբեր/հոկ, նոյեմբերի|նոյեմբեր/նոյ, դեկտեմբերի|դեկտեմբեր/դեկ"
    ),
    "id": (
        "januari/jan, februari/feb, maret/mar, april/apr, mei, juni/jun, juli/jul, agustus/agu, september/sep, "
        "oktober/okt, november/nov, desember/des"
    ),
    "it": (
        "gennaio/gen, febbraio/feb, marzo/mar, aprile/apr, maggio/mag, giugno/giu, luglio/lug, agosto/ago, "
        "settembre/set, ottobre/ott, novembre/nov, dicembre/dic"
    ),
    "ka": (
        "იანვარი/იან, თებერვალი/თებ, მარტი/მარ, აპრილი/აპრ, მაისი/მაი, ივნისი/ივნ, ივლისი/ივლ, აგვისტო/აგვ, "
        "სექტემბერი/სექ, ოქტომბერი/ოქტ, ნოემბერი/ნოე, დეკემბერი/დეკ"
    ),
    "kk": (
        "қаңтар/қаң, ақпан/ақп, наурыз/нау, сәуір/сәу, мамыр/мам, маусым/мау, шілде/шіл, тамыз/там, қыркүйек/қыр, "
        "қазан/қаз, қараша/қар, желтоқсан/жел"
    ),
    "lt": (
        "sausio|sausis/saus, vasario|vasaris/vas, kovo|kovas/kov, balandžio|balandis/bal, gegužės|gegužė/geg, "
        "birželio|birželis/birž, liepos|liepa/liep, rugpjūčio|rugpjūtis/rugp, rugsėjo|rugsėjis/rugs, "
        "spalio|spalis/spal, lapkričio|lapkritis/lapkr, gruodžio|gruodis/gruod"
    ),
    "lv": (
        "janvāris/janv, februāris/febr, marts, aprīlis/apr, maijs, jūnijs/jūn, jūlijs/jūl, augusts/aug, "
        "septembris/sept, oktobris/okt, novembris/nov, decembris/dec"
    ),
    "mk": (
        "јануари/јан, февруари/фев, март/мар, април/апр, мај, јуни/јун, јули/јул, август/авг, септември/сеп, "
        "октомври/окт, ноември/ное, декември/дек"
    ),
    "nb": (
        "januar/jan, februar/feb, mars, april/apr, mai, juni, juli, august/aug, september/sep, oktober/okt, "
        "november/nov, desember/des"
    ),
    "nl": (
        "januari/jan, februari/feb, maart/mrt, april/apr, mei, juni/jun, juli/jul, augustus/aug, september/sep, "
        "oktober/okt, november/nov, december/dec"
    ),
    "pl": (
        "stycznia|styczeń|styczniu/sty, lutego|luty|lutym/lut, marca|marzec|marcu/mar, "
        "kwietnia|kwiecień|kwietniu/kwi, maja|maj|maju, czerwca|czerwiec|czerwcu/cze, lipca|lipiec|lipcu/lip, "
        "sierpnia|sierpień|sierpniu/sie, września|wrzesień|wrześniu/wrz, października|październik|październiku/paź, "
        "listopada|listopad|listopadzie/lis, grudnia|grudzień|grudniu/gru"
    ),
    "pt": (
        "janeiro/jan, fevereiro/fev, março|marco/mar, abril/abr, maio/mai, junho/jun, julho/jul, agosto/ago, "
        "setembro/set, outubro/out, novembro/nov, dezembro/dez"
    ),
    "ro": (
        "ianuarie/ian, februarie/feb, martie/mar, aprilie/apr, mai, iunie/iun, iulie/iul, august/aug, "
        "septembrie/sept, octombrie/oct, noiembrie/nov, decembrie/dec"
    ),
    "ru": (
        "января|январь|январе/янв, февраля|февраль|феврале/февр|фев, марта|март|марте/мар, "
        "апреля|апрель|апреле/апр, мая|май|мае, июня|июнь|июне/июн, июля|июль|июле/июл, августа|август|августе/авг, "
        "сентября|сентябрь|сентябре/сент|сен, октября|октябрь|октябре/окт, ноября|ноябрь|ноябре/нояб|ноя, "
        "декабря|декабрь|декабре/дек"
    ),
    "sk": (
        "januára|január|januári/jan, februára|február|februári/feb, marca|marec|marci/mar, apríla|apríl|apríli/apr, "
        "mája|máj|máji, júna|jún|júni, júla|júl|júli, augusta|august|auguste/aug, "
        "septembra|september|septembri/sep, októbra|október|októbri/okt, novembra|november|novembri/nov, "
        "decembra|december|decembri/dec"
    ),
    "sl": (
        "januar/jan, februar/feb, marec/mar, april/apr, maj, junij/jun, julij/jul, avgust/avg, september/sep, "
        "oktober/okt, november/nov, december/dec"
    ),
    "sq": (
        "janar/jan, shkurt/shk, mars/mar, prill/pri, maj, qershor/qer, korrik/korr, gusht/gush, shtator/sht, "
        "tetor/tet, nëntor/nën, dhjetor/dhj"
    ),
    "sr": (
        "јануар|januar/јан, фебруар|februar/феб, март|mart/мар, април|april/апр, мај|maj, јун|jun, јул|jul, "
        "август|avgust/авг, септембар|septembar/сеп, октобар|oktobar/окт, новембар|novembar/нов, "
        "децембар|decembar/дец"
    ),
    "sv": (
        "januari/jan, februari/feb, mars, april/apr, maj, juni, juli, augusti/aug, september/sep, oktober/okt, "
        "november/nov, december/dec"
    ),
    "tr": (
        "ocak/oca, şubat/şub, mart/mar, nisan/nis, mayıs/may, haziran/haz, temmuz/tem, ağustos/ağu, eylül/eyl, "
        "ekim/eki, kasım/kas, aralık/ara"
    ),
    "uk": (
        "січня|січень|січні/січ, лютого|лютий|лютому/лют, березня|березень|березні/бер, квітня|квітень|квітні/квіт, "
        "травня|травень|травні/трав, червня|червень|червні/черв, липня|липень|липні/лип, "
        "серпня|серпень|серпні/серп, вересня|вересень|вересні/вер, жовтня|жовтень|жовтні/жовт, "
        "листопада|листопад|листопаді/лист, грудня|грудень|грудні/груд"
    ),
    "zh": "一月, 二月, 三月, 四月, 五月, 六月, 七月, 八月, 九月, 十月, 十一月, 十二月",
    "ja": "1月, 2月, 3月, 4月, 5月, 6月, 7月, 8月, 9月, 10月, 11月, 12月",
    "ko": "1월, 2월, 3월, 4월, 5월, 6월, 7월, 8월, 9월, 10월, 11월, 12월",
}

_WEEKDAYS = {
    "ar": "الاثنين|الإثنين, الثلاثاء|الثلثاء, الأربعاء|الاربعاء, الخميس, الجمعة, السبت, الأحد|الاحد",
    "az": "bazar ertəsi, çərşənbə axşamı, çərşənbə, cümə axşamı, cümə, şənbə, bazar",
    "be": "панядзелак, аўторак, серада|сераду, чацвер, пятніца|пятніцу, субота|суботу, нядзеля|нядзелю",
    "bg": "понеделник, вторник, сряда, четвъртък, петък, събота, неделя",
    "bs": "ponedjeljak, utorak, srijeda|srijedu, četvrtak, petak, subota|subotu, nedjelja|nedjelju",
    "ca": "dilluns, dimarts, dimecres, dijous, divendres, dissabte, diumenge",
    "cs": (
        "pondělí|pondělka, úterý|úterka, středa|středu|středy, čtvrtek|čtvrtka, pátek|pátku, sobota|sobotu|soboty, "
        "neděle|neděli"
    ),
    "da": "mandag, tirsdag, onsdag, torsdag, fredag, lørdag, søndag",
    "de": "montag, dienstag, mittwoch, donnerstag, freitag, samstag|sonnabend, sonntag",
    "el": "δευτέρα, τρίτη, τετάρτη, πέμπτη, παρασκευή, σάββατο, κυριακή",
    "en": "monday, tuesday, wednesday, thursday, friday, saturday, sunday",
    "es": "lunes, martes, miércoles|miercoles, jueves, viernes, sábado|sabado, domingo",
    "et": "esmaspäev, teisipäev, kolmapäev, neljapäev, reede, laupäev, pühapäev",
    "fa": "دوشنبه, سه‌شنبه|سه شنبه, چهارشنبه|چهار شنبه, پنجشنبه|پنج شنبه, جمعه, شنبه, یکشنبه|یک شنبه",
    "fi": (
        "maanantaina|maanantai, tiistaina|tiistai, keskiviikkona|keskiviikko, torstaina|torstai, "
        "perjantaina|perjantai, lauantaina|lauantai, sunnuntai"
    ),
    "fr": "lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche",
    "gl": "luns, martes, mércores, xoves, venres, sábado, domingo",
    "he": "יום שני, יום שלישי, יום רביעי, יום חמישי, יום שישי, יום שבת, יום ראשון",
    "hi": "सोमवार, मंगलवार, बुधवार, गुरुवार, शुक्रवार, शनिवार, रविवार",
    "hr": "ponedjeljak, utorak, srijeda|srijedu, četvrtak, petak, subota|subotu, nedjelja|nedjelju",
    "hu": "hétfő, kedd, szerda, csütörtök, péntek, szombat, vasárnap",
    "hy": "երկուշաբթի, երեքշաբթի, չորեքշաբթի, հինգշաբթի, ուրբաթ, շաբաթ, կիրակի",
    "id": "senin, selasa, rabu, kamis, jumat, sabtu, minggu",
    "it": "lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica",
    "ka": "ორშაბათი, სამშაბათი, ოთხშაბათი, ხუთშაბათი, პარასკევი, შაბათი, კვირა",
    "kk": "дүйсенбі, сейсенбі, сәрсенбі, бейсенбі, жұма, сенбі, жексенбі",
    "lt": "pirmadienis, antradienis, trečiadienis, ketvirtadienis, penktadienis, šeštadienis, sekmadienis",
    "lv": "pirmdiena, otrdiena, trešdiena, ceturtdiena, piektdiena, sestdiena, svētdiena",
    "mk": "понеделник, вторник, среда, четврток, петок, сабота, недела",
    "nb": "mandag, tirsdag, onsdag, torsdag, fredag, lørdag, søndag",
    "nl": "maandag, dinsdag, woensdag, donderdag, vrijdag, zaterdag, zondag",
    "pl": (
        "poniedziałek|poniedziałku, wtorek|wtorku, środa|środę|środy, czwartek|czwartku, piątek|piątku, "
        "sobota|sobotę|soboty, niedziela|niedzielę|niedzieli"
    ),
    "pt": (
        "segunda-feira|segunda, terça-feira|terça, quarta-feira|quarta, quinta-feira|quinta, sexta-feira|sexta, "
        "sábado, domingo"
    ),
    "ro": "luni, marți, miercuri, joi, vineri, sâmbătă, duminică",
    "ru": (
        "понедельник|понедельника|понедельнику, вторник|вторника|вторнику, среда|среду|среды|среде, "
        "четверг|четверга|четвергу, пятница|пятницу|пятницы|пятнице, суббота|субботу|субботы|субботе, "
        "воскресенье|воскресенья"
    ),
    "sk": "pondelok, utorok, streda|stredu, štvrtok, piatok, sobota|sobotu, nedeľa|nedeľu",
    "sl": "ponedeljek, torek, sreda, četrtek, petek, sobota, nedelja",
    "sq": "e hënë, e martë, e mërkurë, e enjte, e premte, e shtunë, e diel",
    "sr": (
        "понедељак|ponedeljak, уторак|utorak, среда|sreda|sredu|среду, четвртак|četvrtak, петак|petak, "
        "субота|subota|subotu|суботу, недеља|nedelja|nedelju|недељу"
    ),
    "sv": "måndag, tisdag, onsdag, torsdag, fredag, lördag, söndag",
    "tr": "pazartesi, salı, çarşamba, perşembe, cuma, cumartesi, pazar",
    "uk": (
        "понеділок|понеділка|понеділку, вівторок|вівторка|вівторку, середа|середу|середи|середі, четвер|четверга, "
        "пʼятниця|п'ятниця|п'ятницю|п'ятниці, субота|суботу|суботи|суботі, неділя|неділю|неділі"
    ),
    "zh": (
        "星期一|周一|週一|礼拜一|禮拜一, 星期二|周二|週二|礼拜二|禮拜二, "
        "星期三|周三|週三|礼拜三|禮拜三, 星期四|周四|週四|礼拜四|禮拜四, "
        "星期五|周五|週五|礼拜五|禮拜五, "
        "星期六|周六|週六|礼拜六|禮拜六, 星期日|周日|週日|礼拜日|禮拜日|周天|星期天|礼拜天"
    ),
    "ja": "月曜日, 火曜日, 水曜日, 木曜日, 金曜日, 土曜日, 日曜日",
    "ko": "월요일, 화요일, 수요일, 목요일, 금요일, 토요일, 일요일",
}
