"""How papers in Latin script say who said something (decides): one entry a language, read by `cues`.

A line is a key and its phrases, with bars between; a key may stand in several lines. `said` are verbs of saying as they
stand in reports, `named` those that need a quotation beside them, `particle` verbs that say something only with their
second part; `auxiliary` (with an `inversion`) and `participle` are joined with each other. `that` leads to the words
reported; `source` stands before who is named as the source, `source_after` behind. `determiner` and `pronoun` may begin
a speaker; `stop` neither begins nor goes on with one; at a `verb` a source without comma ends. `work` are words beside
which quotation marks hold a title or a name.
"""

WEST = {
    "de": """
named bezeichnete|bezeichnet|nannte|nennt|sprach|spricht|beschrieb|lobt|lobte|kritisiert|kritisierte
named kritisierten|verwies|verweist|rief|findet|fordert|forderte|forderten|verlangte
said sagt|sagte|sagten|sagen|erklärt|erklärte|erklärten|betont|betonte|betonten|meint|meinte|meinten|berichtet
said berichtete|berichteten|warnt|warnte|warnten
said behauptet|behauptete|behaupteten|versichert|versicherte|versicherten|ergänzt|ergänzte|unterstrich|unterstreicht
said äußerte|äußerten|schreibt|schrieb|schrieben|twitterte|bestätigt|teilte|teilten|teilt|gab|gaben|kündigt|kündigte
said kündigten|stellten|fügt
said bestätigte|bestätigten|antwortet|antwortete|antworteten|fragt|fragte|fragten|räumte|hob|fügte|so|heißt es|hieß es
said verkündet|verkündete|urteilt|urteilte|resümiert|resümierte|bekräftigt|bekräftigte|bekräftigten|beklagt|beklagte
said beteuert|beteuerte|vermutet|vermutete|glaubt|bilanziert|bilanzierte
said erläutert|erläuterte|erzählt|erzählte|schilderte|schildert|begründete|stellte
said mahnt|mahnte|hatte gesagt|hatte erklärt|konstatierte|konstatiert
said entgegnete
that dass|daß
particle teilte mit|teilten mit|teilt mit|gab an|gab bekannt|gab zu|kündigt an|kündigte an|kündigten an
particle räumte ein|hob hervor
particle fügte hinzu|fügte an|stellte fest|stellte klar|gaben an|gaben bekannt|stellten fest|fügt hinzu
source laut|nach angaben von|nach angaben|nach aussage von|nach aussagen von|nach aussage|nach den worten von
source nach den worten|gemäß|nach ansicht von|nach ansicht|nach meinung|nach einschätzung|nach einschätzung von
source nach darstellung|nach informationen|nach überzeugung|so heißt es bei|nach auskunft|nach auffassung
source_after zufolge
determiner der|die|das|dem|den|des|ein|eine|einer|eines|einem|sein|seine|ihr|ihre|unser|unsere|dieser|diese
pronoun er|sie|ich|wir|dieser|diese
stop am|im|in|an|auf|bei|beim|vor|nach|zu|zum|zur|gegenüber|mit|während|seit|bis|unter|über|aus|durch|ohne|wegen|laut
stop konnte|konnten|könnte|muss|müssen|musste|fühlt|ferner|natürlich|darin|demnach|insgesamt|offenbar|vielmehr
stop stattdessen|derweil|unterdessen|indes|habe|hätte
stop hätten
stop sei|seien|würde|würden|könne|müsse|man|es|und|oder|aber|doch|denn|weil|wenn|als|ob|dass|auch|noch|schon
stop dann|danach|zudem|außerdem|jedoch
stop dabei|dazu|daher
stop nun|jetzt|heute|gestern|später|zuvor|zuletzt|bereits|weiter|hier|dort|so|wie|sich|nicht|mir|uns|ihm|ihnen|mich
stop mit|deshalb|darauf|hat|haben|hatte|hatten|ist|sind|war|waren|wird|werden|wurde|wurden|soll|sollen|kann|können|wo
stop einmal|immer|wieder|allerdings|dagegen|anschließend|schließlich|ebenfalls|eben|ja|nur|sehr|per|via|kurz|es|gegen
stop zugleich|gleichzeitig|ihrerseits|seinerseits|dennoch|trotzdem|beispielsweise|einst|damals|rund|etwa|mehr|hinzu
verb wurde|wurden|ist|sind|hat|haben|war|waren|wird|werden|soll|sollen|sollte|kann|können|konnte|sei|seien|kam|kamen
verb gab|gibt|muss|müssen|hatte|hatten|starb|starben|liegt|lag|lagen|leben|lebt|droht|drohen|geht|gehen|ging|gingen
verb stieg|stiegen|sank|fiel|fielen|kommt|kommen|steht|stehen|stand|macht|will|wollen|darf|dürfen|handelt|handelte
verb befinden|befindet|brauchen|braucht|gilt|gelten|bleibt|bleiben|sieht|sehen|führt|zeigt|zeigen|fehlen|fehlt
work bericht|lagebericht|studie|artikel|gesetz|papier|autor|autorin|film|roman|buch|zeitung|zeitschrift|magazin
work blatt|operation|serie|song|lied|album|album|stück
work oper|sender|partei
work tageszeitung|wochenzeitung|titel|motto|projekt|programm|aktion|band|gruppe|schiff|sendung|dokumentation
work ausstellung
work thema|reihe|show|spiel|preis|verein|initiative|bewegung|kampagne|podcast|hotel|restaurant|sogenannte|sogenannten
work sogenannter|sogenanntes|titeln|slogan|stichwort|begriff|wort|namen|name|kategorie|unternehmen|portal|plattform
""",
    "en": """
named read|reads|called|calls|described|describes|asked|asks|suggested|suggests
said said|says|say|told|tells|stated|added|adds|explained|explains|announced|announces|claimed|claims|wrote
said writes|warned|warns|insisted|insists|argued|argues|stressed|stresses|noted|notes|replied|replies
said confirmed|confirms|declared|declares|admitted|admits|acknowledged|acknowledges|tweeted|tweets|recalled|recalls
said continued|continues|concluded|concludes|observed|observes|remarked|reported|reports|denied
said denies|vowed|vows|pledged|pledges|predicted|predicts|emphasized|emphasised|emphasizes|alleged|alleges|complained
said responded|responds|joked|testified|quipped|thinks|believes|revealed|reveals
said joked|cautioned|cautions|underlined|underscored|maintains|maintained|reiterated|commented|comments|shouted
that that
zero said|says|say
source according to|in the words of
determiner the|a|an|his|her|its|their|our|my|this|another|one|some|many|several|both
pronoun he|she|they|it|we|i|who|you
stop cited|quoted|on|in|at|to|from|by|with|after|before|during|while|when|as|because|since|until|if|although
stop though|but|and|or|so
stop that|which|whose|where|also|later|then|however|meanwhile|earlier|today|yesterday|tomorrow|now|still|once|again
stop has|have|had|is|was|were|are|be|been|would|will|could|should|may|might|did|does|do|not|never|always|often
stop recently
stop adding|speaking|referring|via|about|into|over|under|through|inside|outside|there|here|just|only|even|instead
stop previously|repeatedly|simply|reportedly|than|out|yet|per|ago|how|what|why|thus|despite|him|them|me|us|according
stop last|next|too|finally|first|further|separately|initially|eventually|perhaps|indeed|nevertheless|until|well
work author|creator|star|film|movie|book|novel|newspaper|magazine|operation|series|song|album|play|show|titled
work entitled|called|called
work so-called|dubbed|nicknamed|known as|daily|weekly|musical|opera|documentary|podcast|slogan|essay|memoir
work drama|sitcom
work hit|track|single|column|report|exhibition|episode|game|painting|poem|word|term|phrase|words|project|campaign
""",
    "fr": """
named demande|dénonce|dénoncent|lance|lâche|réagit|résume|analyse|plaide|promet
said dit|disent|disait|déclare|déclarent|déclarait|explique|expliquent|expliquait|affirme|affirment|affirmait|estime
said estiment|estimait|précise|précisent|précisait|ajoute|ajoutent|ajoutait|assure|assurent|assurait|souligne
said soulignent|soulignait|indique|indiquent|annonce|annoncent|raconte|racontent|racontait|écrit|écrivent|rappelle
said rappellent|juge|jugent|insiste|insistent|poursuit|conclut|concluent|répond|répondent|confie|confient
said demandait|demanda|prévient|prévenait|regrette|regrettent|reconnaît|reconnait|reconnaissent
said soutient|soutiennent|témoigne|confirme|confirment|observe|note|notent|rapporte
said rapportent
said répliqua|répondit|déclara|affirma|expliqua|ajouta|murmura|cria|s exclama|s exclame|s interroge|martèle|avertit
said se félicite|s inquiète|s étonne|s insurge|considère|reprend|renchérit|relève|tweete
said détaille
auxiliary a|ont|avait|avaient|aurait|auraient
inversion t il|t elle|t on|ils|elles|il|elle
participle dit|déclaré|expliqué|affirmé|estimé|précisé|ajouté|assuré|souligné|indiqué|annoncé|raconté|écrit
participle rappelé|jugé
participle insisté|poursuivi|conclu|répondu|confié|demandé|dénoncé|prévenu|regretté|reconnu|soutenu|témoigné|résumé
participle lancé|lâché|réagi|confirmé|observé|noté|rapporté|averti|martelé|plaidé|promis|tweeté|fait savoir
participle fait valoir
that que|qu
source selon|d après|de l avis de|aux yeux de|à en croire
source_post selon|d après
determiner le|la|les|l|un|une|des|son|sa|ses|leur|leurs|notre|ce|cet|cette|ces|du|plusieurs|certains
pronoun il|elle|ils|elles|je|nous|celui ci|celle ci
stop t|on|à|au|aux|dans|en|sur|sous|par|pour|avec|sans|lors|après|avant|depuis|pendant|chez|vers|dont|que|qui|où
stop quand|si
stop et|ou|mais|car|donc|alors|ensuite|aussi|également|ainsi|encore|déjà|toujours|hier|aujourd|hui|demain|puis
stop a|ont|avait|avaient|est|sont|était|étaient|sera|auprès|devant|face|comme|selon|d après|ne|pas|se|lui|leur|y
stop notamment|lesquels|lesquelles|lequel|laquelle|auxquels|auxquelles
stop cependant|toutefois|pourtant|enfin|lundi|interrogé|cité|citée|jusqu|quant|afin|tout|contre|entre|parmi|lorsque
work auteur|auteure|autrice|film|livre|roman|journal|quotidien|magazine|opération|série|chanson|album|pièce
work émission|hebdomadaire|intitulé
work intitulée|titre|site|projet|programme|baptisé|baptisée|surnommé|dit|dite|soi-disant|groupe|mouvement|association
work opéra|spectacle|revue|documentaire|exposition|mot|mots|terme|expression|slogan|label|affaire|le|la|les
""",
    "es": """
named criticó|critica|denunció|denuncian|denuncia|lamentó|lamenta|considera|considerado|cuenta|expresó|expresaron
said dice|dicen|dijo|dijeron|decía|declaró|declararon|declara|afirmó|afirmaron|afirma|afirman|aseguró|aseguraron
said asegura
said aseguran|explicó|explicaron|explica|explican|señaló|señalaron|señala|señalan|añadió|añadieron|añade|indicó
said indicaron
said indica|informó|informaron|informa|anunció|anunciaron|anuncia|subrayó|subrayaron|subraya|destacó|destacaron
said destaca
said advirtió|advirtieron|advierte|sostuvo|sostuvieron|sostiene|sostienen|manifestó|manifestaron|manifiesta|reconoció
said reconoce|admitió|admite|insistió|insiste|recordó|recuerda|concluyó|concluye|respondió|responde|preguntó|pregunta
said escribió|escribe|confirmó|confirmaron|confirma|apuntó
said apunta|comentó|comenta|relató|relata|contó|agregó|agregaron|precisó|precisa|reiteró
said reitera|cree|opina|opinó|consideró|zanja|zanjó|argumentó|argumenta|aclaró|matizó|alertó|defendió
said detalló|revela|reveló|revelan|revelaron|detalla|publica|recoge
auxiliary ha|han|había|habían
participle dicho|declarado|afirmado|asegurado|explicado|señalado|añadido|indicado|informado|anunciado|subrayado
participle destacado|advertido|sostenido|manifestado|reconocido|admitido|insistido|recordado|concluido|respondido
participle preguntado|escrito|denunciado|criticado|lamentado|confirmado|apuntado|comentado|relatado|contado|agregado
participle expresado|precisado|reiterado|argumentado|aclarado|matizado|alertado|defendido|detallado
that que
source según|de acuerdo con|a juicio de|en palabras de|en opinión de|a decir de
determiner el|la|los|las|un|una|unos|unas|su|sus|este|esta|ese|nuestro|varios|algunos
pronoun él|ella|ellos|ellas|ello|yo|nosotros
stop a|al|en|por|con|sin|sobre|tras|durante|desde|hasta|ante|para|entre|hacia|que|quien|cuando|donde|como|si|porque
stop y|o|pero|sino|también|además|luego|entonces|ayer|hoy|mañana|ya|aún|todavía|así|ha|han|había|es|son|era|fue|no|se
stop año|ahora|lo|le|les|me|nos|según|mientras|aunque|después|antes|este|tampoco|posteriormente|anteriormente|e|cuyo
stop del que
work autor|autora|película|libro|novela|diario|periódico|revista|operación|serie|canción|álbum|obra|programa
work llamada|llamado
work denominada|denominado|titulada|titulado|film|cinta|disco|tema|documental|semanario|lema|proyecto|palabra|término
work exposición|campaña|expresión|plan|caso
""",
    "it": """
named chiede|chiese|denuncia|denunciano|lamenta|attacca|domanda|commenta
said dice|dicono|disse|dichiara|dichiarano|dichiarò|afferma|affermano|affermò|spiega|spiegano|spiegò|aggiunge
said aggiungono
said aggiunse|assicura|assicurano|sottolinea|sottolineano|sottolineò|annuncia|annunciano|racconta|raccontano|scrive
said scrivono|scrisse|ricorda|ricordano|conclude|concludono|risponde|rispose|domandò
said avverte|avvertono|ammette|ammise|sostiene|sostengono|conferma|confermano|osserva|commentano
said riferisce|riferiscono|precisa|precisano|prosegue|insiste|insistono|ribadisce|ribadiscono|replica
said evidenzia|segnala|rivela|confida|tuona|chiosa|incalza|fa sapere|fanno sapere|avvisa
auxiliary ha|hanno|aveva|avevano|avrebbe|è|abbia
participle detto|dichiarato|affermato|spiegato|aggiunto|assicurato|sottolineato|annunciato|raccontato|scritto
participle ricordato
participle concluso|risposto|chiesto|domandato|denunciato|avvertito|ammesso|sostenuto|confermato|osservato|commentato
participle riferito|precisato|proseguito|insistito|ribadito|replicato|lamentato|evidenziato|segnalato|rivelato
participle fatto sapere
that che
source secondo quanto riferisce|secondo quanto riporta|secondo|stando a|a detta di|a giudizio di|a parere di
source_post secondo|stando a
determiner il|lo|la|i|gli|le|l|un|uno|una|suo|sua|loro|nostro|questo|questa|dei|alcuni
pronoun lui|lei|egli|ella|loro|essi|io|noi
stop a|ad|al|allo|alla|ai|agli|alle|in|nel|nello|nella|nei|su|sul|sulla|con|per|tra|fra|dopo|prima|durante|da
stop dal|dalla
stop che|chi|quando|dove|come|se|perché|e|ed|o|ma|anche|poi|quindi|inoltre|ieri|oggi|domani|già|ancora|così|ha|hanno
stop aveva|è|sono|era|non|si|lo|gli|ci|mentre|secondo|presso|infine|intanto|invece|però|pure|mi|davanti|verso|senza
work film|libro|romanzo|giornale|quotidiano|rivista|operazione|serie|canzone|album|opera|programma|cosiddetta
work cosiddetto
work intitolato|intitolata|settimanale|brano|disco|spettacolo|documentario|titolo|mostra|progetto|parola|termine
work slogan
work cosiddetti|cosiddette|espressione|trasmissione
""",
    "pt": """
named critica|criticou|denuncia|denunciou|defende|conta|defendeu|considera|considerou|avalia
said diz|dizem|disse|disseram|afirma|afirmam|afirmou|afirmaram|declara|declaram|declarou|declararam|explica|explicam
said explicou|explicaram|acrescenta|acrescentou|acrescentaram|garante|garantem|garantiu|garantiram|assegura|asseguram
said assegurou|sublinha|sublinhou|sublinharam|destaca|destacou|anuncia|anunciou|anunciaram|contou|escreve
said escreveu
said lembra|lembrou|recorda|recordou|conclui|concluiu|responde|respondeu|pergunta|perguntou|alerta
said alertou|admite|admitiu|sustenta|sustentou|confirma|confirmou|confirmaram|comenta|comentou|informa|informou
said informaram|revela|revelou|refere|referiu|salienta|salientou|reforça
said reforçou
said ressalta|ressaltou|avaliou|observa|observou|adianta|adiantou|reconhece|reconheceu|apontou
said relata|relatou|adverte|advertiu|argumenta|argumentou|completa|completou|indica|indicou|frisou|avisou
said lamentou|lamenta|lamentam|apontam|avisam
that que
source segundo|de acordo com|na opinião de|nas palavras de|conforme
determiner o|a|os|as|um|uma|uns|umas|seu|sua|seus|este|esta|esse|nosso|vários|alguns
pronoun ele|ela|eles|elas|eu|nós
stop à|ao|aos|às|em|no|na|nos|nas|por|pelo|pela|com|sem|sobre|após|durante|desde|até|para|entre|que|quem|quando|onde
stop como|se|porque|e|ou|mas|também|além|depois|então|ontem|hoje|amanhã|já|ainda|assim|tem|têm|é|são|era|foi|não
stop lhe|enquanto|segundo|antes|perante|num|numa|nesta|neste|nesse|porém|me|contudo|entretanto
work filme|livro|romance|jornal|revista|operação|série|canção|álbum|obra|programa|chamada|chamado|intitulado
work intitulada
work diário|música|disco|semanário|lema|projeto|palavra|termo|expressão|peça|novela|documentário|slogan|campanha
""",
    "nl": """
named noemt|noemde|vroeg|vraagt
said zegt|zei|zeggen|zeiden|verklaart|verklaarde|verklaarden|benadrukt|benadrukte|benadrukten|stelt|stelde
said stelden|meldt
said meldde|melden|meldden|vindt|vond|vertelt|vertelde|vertelden|schrijft|schreef|schreven|waarschuwt|waarschuwde
said voegt|voegde|antwoordt|antwoordde|bevestigt|bevestigde|bevestigden|verzekert|verzekerde|denkt|legt
said legde|laat weten|liet weten|lieten weten|reageert|reageerde|erkent|erkende|concludeert|concludeerde
said aldus|beweert|beweerde|aldus|kondigde|kondigt|herhaalde|klaagt|gaf|tekent
that dat
particle voegt toe|voegde toe|legt uit|legde uit|kondigde aan|kondigt aan|gaf aan|gaf toe|voegt eraan|voegde eraan
source volgens|aldus|naar het oordeel van
source_post volgens|aldus
determiner de|het|een|zijn|haar|hun|onze|deze|die|dit|dat
pronoun hij|zij|ze|ik|wij|we|men
stop in|op|aan|bij|voor|na|naar|met|tegen|tijdens|sinds|tot|onder|over|uit|door|zonder|en|of|maar|want|omdat|als|dat
stop ook|nog|dan|daarna|echter|gisteren|vandaag|morgen|eerder|later|al|weer|zo|heeft|hebben|had|is|zijn|was
stop waren|wordt
stop werd|niet|zich|eraan|toe|er|hem|vanuit|tegenover|toen|terwijl|wie|waar|daar|hier|uit|vanaf|hierover
verb raakten|raakte|kwamen|kwam|zijn|is|was|waren|werd|werden|heeft|hebben|had|wordt|worden|gaat|gaan|zal|kan|moet
verb stierven|vielen|ligt|staat|blijft|blijven|komt|zit
work film|boek|roman|krant|dagblad|tijdschrift|operatie|serie|lied|album|programma|zogenoemde|zogeheten|titel|opera
work zogenaamde|toneelstuk|documentaire|band|project|woord|term|leus
""",
    "pl": """
named jego zdaniem|jej zdaniem|ich zdaniem|moim zdaniem|naszym zdaniem|apeluje|ocenił|oceniła|ocenia|komentuje
named skomentował
said mówi|mówił|mówiła|mówią|powiedział|powiedziała|powiedzieli|powiedziało|oświadczył|oświadczyła|oświadczyli
said stwierdził
said stwierdziła|stwierdzili|twierdzi|twierdzą|podkreślił|podkreśliła|podkreślili|podkreśla|podkreślają|dodał|dodała
said dodali|dodaje|poinformował|poinformowała|poinformowali|poinformowało|informuje|informują|przekazał|przekazała
said przekazali|zapewnił|zapewniła|zapewnia|zapewniają|zaznaczył|zaznaczyła|zaznacza|wyjaśnił
said wyjaśniła|wyjaśnia|tłumaczy|tłumaczył|tłumaczyła|zapowiedział|zapowiedziała|zapowiada|podał|podała|podało|podaje
said napisał|napisała|pisze|zapytał|zapytała|pyta|odpowiedział|odpowiedziała|odpowiada|przyznał|przyznała|przyznaje
said ostrzegł|ostrzegła|ostrzega|zauważył|zauważyła|zauważa|wskazał|wskazała|wskazuje|uważa|uważają|ogłosił|ogłosiła
said ogłosili|skomentowała|potwierdził|potwierdziła|przypomniał|przypomniała|przypomina|opowiada
said zaapelował|wspomina|relacjonuje|relacjonował|alarmuje|dodawał|relacjonowała|spytał|spytała
that że|iż
source według|zdaniem|jak poinformował|jak poinformowała|jak podał|jak podała|jak podaje|jak twierdzi|jak powiedział
source jak powiedziała|jak przekazał|jak przekazała|w opinii|w ocenie|zgodnie z informacjami|jak informuje|jak dodał
pronoun on|ona|oni|one|ja|my|niego|niej|nich
stop w|we|na|do|od|po|przy|przed|przez|dla|z|ze|o|u|pod|nad|podczas|oraz|i|a|ale|lub|bo|gdy|kiedy|jak|że|który
stop która|też
stop także|również|jednak|potem|później|wczoraj|dziś|dzisiaj|jutro|już|jeszcze|tak|jest|są|był|była|było|byli
stop nie|się|mu
stop jej|im|nam|mi|w rozmowie|wobec|zdaniem|wcześniej|następnie|natomiast|zaś|więc|wśród|za|między|którzy
work film|książka|powieść|gazeta|dziennik|tygodnik|magazyn|operacja|serial|piosenka|album|program|tak zwana|tzw|filmu
work książki|gazety|operacji|serialu|programu|spektakl|portal|utwór|hasłem|projekt|pod nazwą|tytuł|kampania|słowo
""",
    "tr": """
said dedi|dediler|diyor|diye konuştu|diye konuştular|diye yazdı|ifadelerini kullandı|ifadesini kullandı|diye ekledi
said söyledi|söylediler|söylüyor|belirtti|belirttiler|açıkladı|açıkladılar|bildirdi|bildirdiler|kaydetti|kaydettiler
said vurguladı|vurguladılar|aktardı|ifade etti|ifade ettiler|dile getirdi|savundu|öne sürdü|iddia etti|duyurdu
said duyurdular
said değerlendirmesinde bulundu|açıklamasında bulundu|şunları söyledi|şöyle konuştu|şunları kaydetti|şöyle dedi
said yanıtını verdi|cevabını verdi|diye sordu|anlattı|uyardı|hatırlattı|açıklamasını yaptı|diye belirtti|diye seslendi
said ifadelerine yer verdi|şu ifadeleri kullandı|şöyle devam etti|diyen|diye tepki gösterdi|sözlerini sarf etti
said dile getirerek
source_after göre
determiner bir|bu
pronoun o|kendisi|onlar|ben|biz
stop ve|ile|ama|fakat|ancak|ise|da|de|için|gibi|kadar|sonra|önce|dün|bugün|yarın|daha|çok|ayrıca|ardından|bunun
stop konuşmasında
stop üzerine|toplantıda|açıklamada|konuşan|yaptığı|açıklamasında|twitter
work filmi|filminin|kitabı|romanı|gazetesi|dergisi|operasyonu|dizisi|şarkısı|albümü|programı|sözde|adlı|isimli
work başlıklı
work gazetesine|gazetesinin|filminde|oyunu|projesi|kampanyası|sloganı|sloganıyla|belgeseli
""",
    "az": """
said deyib|dedi|deyir|deyiblər|dedilər|bildirib|bildiriblər|bildirdi|söyləyib|söylədi|vurğulayıb|vurğuladı|açıqlayıb
said açıqladı|əlavə edib|əlavə etdi|qeyd edib|qeyd etdi|ediblər|xəbər verib|xəbər verir|yazıb|yazır|deyə|hesab edir
said iddia edib|bəyan edib|ifadə edib|xatırladıb|məlumat verib|məlumat yayıb|diqqətə çatdırıb|deyə bildirib|diyə
said təsdiqləyib|bəyan etdi|soruşub
that ki
source_after məlumatına görə|sözlərinə görə|sözlərinə əsasən|fikrincə|bildirdiyinə görə|məlumatına əsasən
source_after dediyinə görə|xəbərinə görə
determiner bir|bu
pronoun o|onlar|mən|biz
stop və|ilə|amma|lakin|isə|də|da|üçün|kimi|qədər|sonra|əvvəl|dünən|bugün|sabah|daha|çox|həmçinin|bunu|bu barədə|barədə
work filmi|kitabı|romanı|qəzeti|jurnalı|əməliyyatı|serialı|mahnısı|qondarma|adlı|adına|qəzetinin|layihəsi
work qəzetinə|verilişi
""",
}
