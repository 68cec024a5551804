"""A morning's invented reports: sixteen happenings, each in three languages."""

from tests.browser.stories import report

SOURCES = {"de": "Talbote", "en": "Valley Herald", "fr": "Le Courrier du val"}
TOLD = (
    (
        (
            "Orvenne: Neue Schleuse kostet zwölf Millionen",
            "Der Bau der neuen Schleuse in Orvenne kostet zwölf Millionen.",
        ),
        ("Orvenne: new sluice to cost twelve million", "Building the new sluice in Orvenne will cost twelve million."),
        ("Orvenne : la nouvelle écluse coûtera douze millions", "La nouvelle écluse d'Orvenne coûtera douze millions."),
    ),
    (
        ("Schule in Orvenne nach der Flut wieder offen", "In Orvenne hat die Schule nach der Flut wieder geöffnet."),
        ("School in Orvenne reopens after the flood", "The school in Orvenne has reopened after the flood."),
        ("L'école d'Orvenne rouvre après la crue", "À Orvenne, l'école a rouvert ses portes après la crue."),
    ),
    (
        (
            "Ministerin Lore Wendt besucht Orvenne",
            "Ministerin Lore Wendt hat die gebrochene Schleuse in Orvenne besucht.",
        ),
        ("Minister Lore Wendt visits Orvenne", "Minister Lore Wendt has visited the broken sluice at Orvenne."),
        ("La ministre Lore Wendt visite Orvenne", "La ministre Lore Wendt a visité l'écluse rompue d'Orvenne."),
    ),
    (
        ("Taucher bergen das Tor der Schleuse von Orvenne", "Taucher haben das Tor der Schleuse von Orvenne geborgen."),
        ("Divers recover the gate of the Orvenne sluice", "Divers have recovered the gate of the sluice at Orvenne."),
        ("Des plongeurs remontent la porte de l'écluse d'Orvenne", "Des plongeurs ont remonté la porte de l'écluse."),
    ),
    (
        (
            "Ruven Eschlohe tritt als Leiter des Wasserverbands zurück",
            "Ruven Eschlohe ist nach dem Bruch zurückgetreten.",
        ),
        ("Ruven Eschlohe resigns as head of the water board", "Ruven Eschlohe has resigned after the sluice broke."),
        ("Ruven Eschlohe quitte la direction de l'office des eaux", "Ruven Eschlohe a démissionné après la rupture."),
    ),
    (
        (
            "Versicherer zahlt vier Millionen nach Flut in Orvenne",
            "Der Versicherer Talia zahlt in Orvenne vier Millionen.",
        ),
        ("Insurer pays four million after Orvenne flood", "The insurer Talia is paying four million in Orvenne."),
        (
            "L'assureur verse quatre millions après la crue d'Orvenne",
            "L'assureur Talia verse quatre millions à Orvenne.",
        ),
    ),
    (
        ("Notbrücke über die Orve freigegeben", "Die Notbrücke über die Orve bei Orvenne ist seit Freitag offen."),
        (
            "Emergency bridge across the Orve opens",
            "The emergency bridge across the Orve near Orvenne opened on Friday.",
        ),
        (
            "Le pont provisoire sur l'Orve est ouvert",
            "Le pont provisoire sur l'Orve, près d'Orvenne, a ouvert vendredi.",
        ),
    ),
    (
        (
            "Bauern bei Orvenne verlangen Entschädigung",
            "Neunzig Bauern bei Orvenne verlangen Geld für verlorene Ernten.",
        ),
        ("Farmers near Orvenne demand compensation", "Ninety farmers near Orvenne demand money for lost crops."),
        (
            "Les paysans d'Orvenne demandent une indemnité",
            "Quatre-vingt-dix paysans d'Orvenne demandent une indemnité.",
        ),
    ),
    (
        (
            "Landtag setzt Ausschuss zur Schleuse von Orvenne ein",
            "Der Landtag untersucht den Bruch der Schleuse von Orvenne.",
        ),
        ("Parliament sets up inquiry into Orvenne sluice", "Parliament is to examine why the sluice at Orvenne broke."),
        ("Le parlement enquête sur l'écluse d'Orvenne", "Le parlement examine la rupture de l'écluse d'Orvenne."),
    ),
    (
        (
            "Trinkwasser in Orvenne muss abgekocht werden",
            "In Orvenne muss das Trinkwasser nach der Flut abgekocht werden.",
        ),
        (
            "Orvenne residents told to boil drinking water",
            "People in Orvenne must boil drinking water after the flood.",
        ),
        ("À Orvenne, il faut faire bouillir l'eau", "À Orvenne, l'eau potable doit être bouillie après la crue."),
    ),
    (
        (
            "Konzert für Orvenne bringt 80 000 ein",
            "Ein Konzert hat 80 000 für die Opfer der Flut von Orvenne gebracht.",
        ),
        ("Concert for Orvenne raises 80,000", "A concert has raised 80,000 for the victims of the flood at Orvenne."),
        ("Le concert pour Orvenne rapporte 80 000", "Un concert a rapporté 80 000 aux victimes de la crue d'Orvenne."),
    ),
    (
        (
            "Gericht stoppt Abriss der alten Schleuse von Orvenne",
            "Das Gericht in Mirre hat den Abriss der Schleuse gestoppt.",
        ),
        ("Court halts demolition of old Orvenne sluice", "The court in Mirre has halted the demolition of the sluice."),
        ("Le tribunal suspend la démolition de l'écluse d'Orvenne", "Le tribunal de Mirre a suspendu la démolition."),
    ),
    (
        ("Ada Kolm gewinnt das Schachturnier von Tessin-Au", "Ada Kolm hat das Schachturnier von Tessin-Au gewonnen."),
        ("Ada Kolm wins the chess tournament of Tessin-Au", "Ada Kolm has won the chess tournament of Tessin-Au."),
        ("Ada Kolm remporte le tournoi d'échecs de Tessin-Au", "Ada Kolm a remporté le tournoi d'échecs de Tessin-Au."),
    ),
    (
        ("Bäcker in Lornstadt streiken", "Die Bäcker in Lornstadt streiken seit Montag für mehr Lohn."),
        ("Bakers in Lornstadt go on strike", "Bakers in Lornstadt have been on strike for more pay since Monday."),
        ("Grève des boulangers à Lornstadt", "Les boulangers de Lornstadt font grève depuis lundi."),
    ),
    (
        ("Museum Hellin zeigt gefundene Briefe", "Das Museum Hellin zeigt Briefe, die ein Schreiner fand."),
        ("Hellin museum shows letters that were found", "The Hellin museum is showing letters that a joiner found."),
        (
            "Le musée Hellin expose des lettres retrouvées",
            "Le musée Hellin expose des lettres trouvées par un menuisier.",
        ),
    ),
    (
        ("Weinlese am Sarnberg beginnt früh", "Am Sarnberg hat die Weinlese zwei Wochen früher begonnen."),
        ("Grape harvest on the Sarnberg starts early", "On the Sarnberg the grape harvest began two weeks early."),
        ("Vendanges précoces au Sarnberg", "Au Sarnberg, les vendanges ont commencé deux semaines plus tôt."),
    ),
)
ENDS = {
    "de": "Die Schleuse von Orvenne brach im Mai. „Darauf haben wir gewartet“, sagte eine Anwohnerin.",
    "en": "The Orvenne sluice broke in May. “We have waited for this,” a resident said.",
    "fr": "L'écluse d'Orvenne a cédé en mai. « Nous attendions cela », a dit une habitante.",
}
ABOUT_THE_SLUICE = 12
"""So many of them; the others end otherwise."""
NAMES = ("de=Schleuse von Orvenne", "en=Orvenne sluice", "fr=Écluse d'Orvenne")
MORNING = [
    report(
        f"m{number}{language}",
        SOURCES[language],
        title,
        text=f"{lead}\n\n{ENDS[language] if number < ABOUT_THE_SLUICE else ENDS[language].partition('. ')[2]}",
        language=language,
        published=f"2026-06-{1 + number:02}T{6 + hour:02}:30:00+02:00",
    )
    for number, happening in enumerate(TOLD)
    for hour, (language, (title, lead)) in enumerate(zip(SOURCES, happening, strict=True))
]
