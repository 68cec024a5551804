"""How papers in Latin script word dates (decides): one entry a language, read by `wording`.

A line is a key and its phrases, with bars between. `day`, `week`, `month`, `year` with a number: that many from the one
of publication. In `ago` and `hence` a `#` stands for a number and `@` for one of the `units` (days; weeks; months;
years). `numbers` are those from one on, the forms of one with slashes. What the other keys mean says `wording.Wording`.
"""

WEST = {
    "de": """
day-2 vorgestern
day-1 gestern
day0 heute
day1 morgen
day2 übermorgen
not gestern morgen|heute morgen|vorgestern morgen|montag morgen
week-1 vergangene woche|letzte woche|vorige woche|vergangener woche|letzter woche|vergangenen woche|letzten woche
week0 diese woche|dieser woche
week1 kommende woche|nächste woche|kommender woche|nächster woche|kommenden woche|nächsten woche
month-1 vergangenen monat|letzten monat|im vormonat|im vergangenen monat|im letzten monat|vorigen monat
month0 diesen monat|diesem monat|in diesem monat
month1 kommenden monat|nächsten monat|im kommenden monat|im nächsten monat
year-2 vorletztes jahr|im vorletzten jahr
year-1 im vergangenen jahr|im letzten jahr|vergangenes jahr|letztes jahr|vergangenen jahres|letzten jahres
year-1 vorigen jahres|im vorjahr
year0 in diesem jahr|dieses jahr|dieses jahres|heuer
year1 im kommenden jahr|im nächsten jahr|kommendes jahr|nächstes jahr|kommenden jahres|nächsten jahres
ago vor # @
hence in # @
units tag|tage|tagen; woche|wochen; monat|monate|monaten; jahr|jahre|jahren
numbers einem/einer/ein/eine zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
last letzten|vergangenen|vorigen|letzter|letzte|vergangene
next kommenden|nächsten|kommende|nächste
this diesen|diesem
in im|seit|ab|bis|bis zum|anfang|mitte|ende|in|von|vom
year_in im jahr|im jahre|jahr|jahre|jahres|seit|von|ab|bis|anfang|mitte|ende|sommer|winter|herbst|frühjahr
year_in frühling|in den jahren
to bis|bis zum
and und
between zwischen|zwischen dem
from vom|von|ab
decade_after er
decade der zwanziger|der dreißiger|der vierziger|der fünfziger|der sechziger|der siebziger|der achtziger
decade der neunziger
quarter ersten quartal|zweiten quartal|dritten quartal|vierten quartal
future wird|werden|soll|sollen|sollte|will|wollen|plant|planen|möchte|angesetzt|geplant|vorgesehen|beginnt
""",
    "en": """
day-2 the day before yesterday
day-1 yesterday|last night
day0 today|tonight
day1 tomorrow
day2 the day after tomorrow
week-1 last week
week0 this week
week1 next week
month-1 last month
month0 this month
month1 next month
year-1 last year
year0 this year
year1 next year
not the last year|the last month|the last week|in last year s|the next year|the next week|the next month
ago # @ ago|# @ earlier this
hence in # @ time|# @ from now
units day|days; week|weeks; month|months; year|years
numbers one/a/an two three four five six seven eight nine ten eleven twelve
last last|past
next next|coming
this this
in in|since|until|till|by|early|late|mid|of|from|for|during|before|after|last|next|this|through|to
year_in in|since|until|by|from|during|early|late|mid|before|after|year|years|summer|winter|spring|autumn|fall
year_in summer of|winter of|spring of|autumn of|fall of|end of|beginning of|start of|in the year|back in
to to|until|till|through
and and
between between
from from
link of|the
ordinal st|nd|rd|th
decade_after s
decade the twenties|the thirties|the forties|the fifties|the sixties|the seventies|the eighties|the nineties
quarter first quarter|second quarter|third quarter|fourth quarter
future will|shall|expected|scheduled|plans|slated|upcoming|ll
capital yes
month_day yes
""",
    "fr": """
day-2 avant hier
day-1 hier
day0 aujourd hui
day1 demain
day2 après demain
week-1 la semaine dernière|la semaine passée|semaine dernière
week0 cette semaine
week1 la semaine prochaine
month-1 le mois dernier|le mois passé
month0 ce mois ci|ce mois
month1 le mois prochain
year-1 l année dernière|l an dernier|l an passé|l année passée
year0 cette année
year1 l année prochaine|l an prochain
ago il y a # @
hence dans # @
units jour|jours; semaine|semaines; mois; an|ans|année|années
numbers un/une deux trois quatre cinq six sept huit neuf dix onze douze
last dernier|passé
next prochain
in en|depuis|fin|début|mi|dès|jusqu en|depuis le mois de|au mois de|de|d|mois de|mois d|avant|après
year_in en|depuis|dès|début|fin|courant|été|hiver|automne|printemps|l été|l an|année|jusqu en|avant|après|d ici
year_in en l an
to au|à|jusqu au
and et
between entre
from du|de
link de
ordinal er|ère
decade_before années|les années
decade années vingt|années trente|années quarante|années cinquante|années soixante|années soixante dix
decade années quatre vingt|années quatre vingt dix
quarter premier trimestre|deuxième trimestre|troisième trimestre|quatrième trimestre
future doit|doivent|devrait|devraient|va|vont|prévu|prévue|prévus|prévues
future_end ront|sera|aura|ira|dra|vra|tera|rera|nera|cera|lera|gera|sera
""",
    "es": """
day-2 anteayer|antes de ayer
day-1 ayer|anoche
day0 hoy
day1 mañana
day2 pasado mañana
not la mañana|por la mañana|de la mañana|esta mañana|una mañana|cada mañana|hoy en día|de mañana
week-1 la semana pasada|la pasada semana
week0 esta semana
week1 la próxima semana|la semana próxima|la semana que viene
month-1 el mes pasado|el pasado mes
month0 este mes
month1 el próximo mes|el mes próximo|el mes que viene
year-1 el año pasado|el pasado año
year0 este año
year1 el próximo año|el año próximo|el año que viene
ago hace # @|# @ atrás
hence dentro de # @
units día|días; semana|semanas; mes|meses; año|años
numbers un/una/uno dos tres cuatro cinco seis siete ocho nueve diez once doce
last pasado
next próximo|que viene
this este
in en|desde|hasta|a finales de|a principios de|a mediados de|finales de|principios de|mediados de|de|mes de
in pasado|en el mes de|el pasado
year_in en|desde|hasta|año|años|el año|del año|verano de|invierno de|primavera de|otoño de|finales de
year_in principios de|mediados de|antes de|a partir de
to al|a|hasta|hasta el
and y
between entre|entre el
from del|de|desde|desde el
link de|del
ordinal º|o
decade_before década de|década de los|los años|años
decade los años veinte|los años treinta|los años cuarenta|los años cincuenta|los años sesenta|los años setenta
decade los años ochenta|los años noventa
quarter primer trimestre|segundo trimestre|tercer trimestre|cuarto trimestre
future va|van|debe|deberá|previsto|prevista|prevé|previstas
future_end rá|rán
lower yes
""",
    "it": """
day-2 l altroieri|l altro ieri|ieri l altro|avantieri
day-1 ieri
day0 oggi
day1 domani
day2 dopodomani
week-1 la settimana scorsa|la scorsa settimana|settimana scorsa|scorsa settimana
week0 questa settimana
week1 la settimana prossima|la prossima settimana|prossima settimana
month-1 il mese scorso|lo scorso mese|mese scorso
month0 questo mese
month1 il mese prossimo|il prossimo mese
year-1 l anno scorso|lo scorso anno|anno scorso|scorso anno
year0 quest anno
year1 l anno prossimo|il prossimo anno
ago # @ fa|# @ or sono
hence tra # @|fra # @
units giorno|giorni; settimana|settimane; mese|mesi; anno|anni
numbers un/una/uno due tre quattro cinque sei sette otto nove dieci undici dodici
last scorso|scorsa
next prossimo|prossima
in a|ad|in|da|dal|di|fine|inizio|metà|scorso|entro|nel mese di|mese di|lo scorso|fino a|nel
year_in nel|dal|del|al|dall anno|anno|anni|fino al|entro il|estate|inverno|autunno|primavera|dell estate|fine
year_in inizio|prima del
to al|a|all|fino al
and e
between tra|fra|tra il|fra il
from dal|da|dall
link del|dell|di
ordinal º
decade_before anni|gli anni
decade anni venti|anni trenta|anni quaranta|anni cinquanta|anni sessanta|anni settanta|anni ottanta|anni novanta
quarter primo trimestre|secondo trimestre|terzo trimestre|quarto trimestre
future previsto|prevista|deve|dovrebbe|dovrebbero|sta per
future_end rà|ranno
lower yes
""",
    "pt": """
day-2 anteontem
day-1 ontem
day0 hoje
day1 amanhã
day2 depois de amanhã
week-1 na semana passada|a semana passada|semana passada
week0 esta semana|nesta semana
week1 na próxima semana|a próxima semana|na semana que vem|próxima semana
month-1 no mês passado|mês passado|o mês passado
month0 este mês|neste mês
month1 no próximo mês|próximo mês|no mês que vem
year-1 no ano passado|o ano passado|ano passado
year0 este ano|neste ano
year1 no próximo ano|próximo ano|no ano que vem
ago há # @|# @ atrás
hence daqui a # @|dentro de # @
units dia|dias; semana|semanas; mês|meses; ano|anos
numbers um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze
last passado|passada|última|último
next próximo|próxima|que vem
in em|desde|até|no mês de|mês de|início de|fim de|final de|meados de|de|a partir de
year_in em|desde|até|ano|anos|ano de|verão de|inverno de|início de|fim de|final de|a partir de|no ano de
to a|ao|até
and e
between entre|entre os dias|entre o dia
from de|do|desde
link de
ordinal º|o
decade_before anos|década de|nos anos
decade anos vinte|anos trinta|anos quarenta|anos cinquenta|anos sessenta|anos setenta|anos oitenta|anos noventa
future vai|vão|deve|devem|previsto|prevista|marcada|marcado
future_end rá|rão
weekday_short segunda|terça|quarta|quinta|sexta
weekday_before na|à|da|nesta|desta|última|próxima|até
lower yes
""",
    "nl": """
day-2 eergisteren
day-1 gisteren
day0 vandaag
day1 morgen
day2 overmorgen
not morgen vroeg
week-1 vorige week|afgelopen week
week0 deze week
week1 volgende week|komende week
month-1 vorige maand|afgelopen maand
month0 deze maand
month1 volgende maand|komende maand
year-1 vorig jaar|afgelopen jaar
year0 dit jaar
year1 volgend jaar|komend jaar
ago # @ geleden
hence over # @
units dag|dagen; week|weken; maand|maanden; jaar|jaren
numbers een/één twee drie vier vijf zes zeven acht negen tien elf twaalf
last afgelopen|vorige
next komende|volgende|aanstaande
in in|sinds|vanaf|tot|begin|eind|half|medio|van|afgelopen|komende
year_in in|sinds|vanaf|tot|begin|eind|het jaar|jaar|jaren|zomer van|winter van
to tot|tot en met|t m
and en
between tussen
from van|vanaf
ordinal e|ste|de
decade_before jaren
decade jaren twintig|jaren dertig|jaren veertig|jaren vijftig|jaren zestig|jaren zeventig|jaren tachtig
decade jaren negentig
future zal|zullen|wordt|worden|gaat|gaan|moet|gepland
lower yes
""",
    "pl": """
day-2 przedwczoraj
day-1 wczoraj
day0 dziś|dzisiaj
day1 jutro
day2 pojutrze
week-1 ubiegłym tygodniu|zeszłym tygodniu|minionym tygodniu|ubiegłego tygodnia|zeszłego tygodnia
week0 tym tygodniu
week1 przyszłym tygodniu|przyszłego tygodnia
month-1 ubiegłym miesiącu|zeszłym miesiącu|ubiegłego miesiąca
month0 tym miesiącu
month1 przyszłym miesiącu
year-1 ubiegłym roku|zeszłym roku|ubiegłego roku|zeszłego roku|minionym roku
year0 tym roku|bieżącym roku|tego roku
year1 przyszłym roku|przyszłego roku
ago # @ temu
week-1 tydzień temu
month-1 miesiąc temu
year-1 rok temu
hence za # @
units dzień|dni; tydzień|tygodnie|tygodni; miesiąc|miesiące|miesięcy; rok|lata|lat
numbers jeden dwa/dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście
last ubiegły|zeszły|miniony|ubiegłą|zeszłą|minioną|ubiegłej
next przyszły|najbliższy|przyszłą|najbliższą
in w|we|od|do|na początku|pod koniec|w połowie|z
year_in w|od|do|latach|roku|rok|lata
years roku|rok|r
to do|po
and a|i
between między|pomiędzy
from od|z
decade_before lata|latach|lat
decade latach dwudziestych|latach trzydziestych|latach czterdziestych|latach pięćdziesiątych
decade latach sześćdziesiątych|latach siedemdziesiątych|latach osiemdziesiątych|latach dziewięćdziesiątych
quarter pierwszym kwartale|drugim kwartale|trzecim kwartale|czwartym kwartale
future będzie|będą|rozpocznie|rozpoczną|odbędzie|odbędą|ma|mają|planowane|zaplanowano|wyznaczono
lower yes
""",
    "tr": """
day-2 evvelsi gün|önceki gün
day-1 dün
day0 bugün
day1 yarın
day2 öbür gün
week-1 geçen hafta|geçtiğimiz hafta
week0 bu hafta
week1 gelecek hafta|önümüzdeki hafta|haftaya
month-1 geçen ay|geçtiğimiz ay
month0 bu ay
month1 gelecek ay|önümüzdeki ay
year-2 evvelki yıl
year-1 geçen yıl|geçtiğimiz yıl|geçen sene
year0 bu yıl|bu sene
year1 gelecek yıl|önümüzdeki yıl
ago # @ önce
units gün; hafta; ay; yıl|sene
numbers bir iki üç dört beş altı yedi sekiz dokuz on
last geçen|geçtiğimiz
next gelecek|önümüzdeki
this bu
month_after ayında|ayından|ayının|ayı|ayına
year_in yıl|yılı
years yılında|yılından|yılının|yılı|yılına|senesinde|de|da|te|ta|den|dan|ten|tan|deki|teki
to ile
and ile|ve
decade_after lar|ler|larda|lerde|lı|li|lu|lü|ların|lerin|lardan|lerden|lara|lere|lardaki|lerdeki|lu|lü
weekday_after günü|gecesi|sabahı|akşamı|gününe|günkü
future_end ecek|acak|ecektir|acaktır|ecekler|acaklar
future bekleniyor|planlanıyor
""",
    "az": """
day-2 srağagün
day-1 dünən
day0 bu gün|bugün
day1 sabah
not sabah saatlarında|səhər
week-1 ötən həftə|keçən həftə
week0 bu həftə
week1 gələn həftə|növbəti həftə
month-1 ötən ay|keçən ay
month0 bu ay
month1 gələn ay|növbəti ay
year-1 ötən il|keçən il|ötən ilin
year0 bu il|cari il
year1 gələn il|növbəti il
ago # @ əvvəl|# @ öncə|# @ bundan əvvəl|bundan # @ əvvəl
units gün; həftə; ay; il
numbers bir iki üç dörd beş altı yeddi səkkiz doqquz on
last ötən|keçən
next gələn|növbəti
month_after ayında|ayından|ayının|ayı|ayınadək
year_in il
years il|ildə|ildən|ilin|ilə|ilədək|ili
to dən|dan
and ilə|və
ordinal ci|cı|cu|cü|si|sı|su|sü|i|ı|u|ü|də|da|dən|dan|nə|na|ə|a|ın|in|un|ün|nin|nın|nun|nün|sində|sından|dək|dək
ordinal ndən|ində
decade_years illərdə|illər|illərin|illərdən|illəri
weekday_after günü|günündən|günündə
weekday_always çərşənbə axşamı|cümə axşamı|bazar ertəsi|çərşənbə|cümə|şənbə
future_end əcək|acaq|əcəkdir|acaqdır|əcəklər|acaqlar
future gözlənilir|planlaşdırılır
month_day yes
""",
}
