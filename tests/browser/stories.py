"""Invented reports of one happening in several languages, a later one, and others."""

AGENCY = (
    "Die Schleuse von Orvenne ist am Montagabend gebrochen. Rund 300 Menschen mussten ihre Häuser verlassen.\n\n"
    "„Niemand wurde verletzt, aber der Damm ist nicht mehr zu retten“, sagte der Leiter des Wasserverbands, "
    "Ruven Eschlohe.\n\n"
    "Der Bürgermeister von Orvenne, Marten Uhlig, warf dem Verband vor, „seit Jahren jede Warnung überhört“ "
    "zu haben.\n\n"
    "Die Ursache ist noch unklar. Gutachter sollen am Dienstag an die Unglücksstelle kommen."
)


def report(key, source, title, *, text, language, published):
    """A line of JSONL."""
    url = f"https://{source.casefold().replace(' ', '-')}.example/{key}"
    return {
        "id": key,
        "url": url,
        "title": title,
        "text": text,
        "language": language,
        "published": published,
        "source": source,
    }


REPORTS = [
    report(
        "s1",
        "Orwepress",
        "Schleuse von Orvenne gebrochen, 300 Menschen müssen ihre Häuser verlassen",
        text=AGENCY,
        language="de",
        published="2026-05-04T18:10:00+02:00",
    ),
    report(
        "s2",
        "Talbote",
        "Schleuse von Orvenne gebrochen: 300 Menschen müssen ihre Häuser verlassen",
        text=AGENCY + "\n\n(Orwepress)",
        language="de",
        published="2026-05-04T19:00:00+02:00",
    ),
    report(
        "s3",
        "Mirrebote",
        "Schleuse von Orvenne gebrochen",
        text=AGENCY,
        language="de",
        published="2026-05-04T19:40:00+02:00",
    ),
    report(
        "s4",
        "Valley Herald",
        "Sluice at Orvenne breaks, 300 people have to leave their homes",
        text="The sluice at Orvenne broke on Monday evening. About 300 people had to leave their homes.\n\n"
        "“Nobody was hurt, but the dam is beyond saving,” said Ruven Eschlohe, head of the water board.\n\n"
        "Mayor Marten Uhlig said: “The board has ignored every warning for years.”\n\n"
        "Experts are expected at the site in Orvenne on Tuesday.",
        language="en",
        published="2026-05-04T20:15:00+02:00",
    ),
    report(
        "s5",
        "Вестник долины",
        "В Орвенне прорвало шлюз, 300 человек покинули дома",
        text="Шлюз в Орвенне прорвало в понедельник вечером. Около 300 человек были вынуждены покинуть свои дома.\n\n"
        "«Никто не пострадал, но плотину уже не спасти», — заявил глава водного союза Рувен Эшлоэ.\n\n"
        "Мэр Мартен Улиг заявил, что союз годами не слышал предупреждений.",
        language="ru",
        published="2026-05-04T21:00:00+02:00",
    ),
    report(
        "s6",
        "Le Courrier du val",
        "L'écluse d'Orvenne cède, 300 personnes évacuées",
        text="L'écluse d'Orvenne a cédé lundi soir. Environ 300 personnes ont dû quitter leurs maisons.\n\n"
        "« Personne n'a été blessé, mais la digue ne peut plus être sauvée », a déclaré Ruven Eschlohe, "
        "directeur de l'office des eaux.\n\n"
        "Le maire Marten Uhlig a affirmé que l'office avait ignoré tous les avertissements.",
        language="fr",
        published="2026-05-05T07:30:00+02:00",
    ),
    report(
        "s7",
        "نشرة الوادي",
        "انهيار هويس أورفين و300 شخص يغادرون منازلهم",
        text="انهار هويس أورفين مساء الاثنين، واضطر نحو 300 شخص إلى مغادرة منازلهم.\n\n"
        "وقال روفن إشلوه، رئيس هيئة المياه: «لم يصب أحد بأذى، لكن السد لا يمكن إنقاذه».\n\n"
        "ومن المتوقع أن يصل الخبراء إلى الموقع يوم الثلاثاء.",
        language="ar",
        published="2026-05-05T08:00:00+02:00",
    ),
    report(
        "s8",
        "Talbote",
        "Schleuse von Orvenne: Gutachter finden Risse im Tor",
        text="Nach dem Bruch der Schleuse von Orvenne haben Gutachter am Dienstag Risse im Tor gefunden.\n\n"
        "„Die Risse sind alt“, sagte der Gutachter Jorin Thale. Ruven Eschlohe vom Wasserverband widersprach: "
        "„Das Tor war im März ohne Befund.“\n\n"
        "Marten Uhlig kündigte eine Klage gegen den Wasserverband an.",
        language="de",
        published="2026-05-06T12:00:00+02:00",
    ),
    report(
        "s9",
        "Talbote",
        "Orvenne: Prozess um die gebrochene Schleuse beginnt",
        text="Vor dem Landgericht hat am Montag der Prozess um den Bruch der Schleuse von Orvenne begonnen.\n\n"
        "„Wir wollen wissen, wer die Warnungen überhört hat“, sagte Marten Uhlig.",
        language="de",
        published="2026-05-25T12:00:00+02:00",
    ),
    report(
        "s10",
        "Valley Herald",
        "Trial over broken sluice at Orvenne opens",
        text="The trial over the broken sluice at Orvenne opened on Monday.\n\n"
        "“We want to know who ignored the warnings,” said Marten Uhlig.",
        language="en",
        published="2026-05-25T14:00:00+02:00",
    ),
    report(
        "s11",
        "Talbote",
        "Musikfest in Tessin-Au zieht 4000 Gäste an",
        text="Das Musikfest in Tessin-Au hat am Wochenende 4000 Gäste angezogen. „So voll war es nie“, sagte Ida Korn.",
        language="de",
        published="2026-05-05T10:00:00+02:00",
    ),
]

SIDES = {"board": ("Water board", "Ruven Eschlohe"), "town": ("Town of Orvenne", "Marten Uhlig")}
"""Key → name in English, speaker."""
