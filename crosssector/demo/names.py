"""Invented names and sentences. None of them is about anybody."""

from typing import Final

FIRST: Final = (
    "Aksel", "Alma", "Anders", "Anja", "Arne", "Asta", "Benny", "Birgit", "Bo", "Camilla",
    "Carsten", "Dorte", "Ebbe", "Elin", "Emre", "Erik", "Esther", "Finn", "Flemming", "Frank",
    "Freja", "Gitte", "Gorm", "Hanne", "Henning", "Ida", "Ivalu", "Jannik", "Jens", "Jimmy",
    "Jonna", "Jytte", "Karen", "Karsten", "Kenneth", "Kim", "Kirsten", "Lasse", "Lene", "Liv",
    "Lone", "Malik", "Maria", "Martin", "Mette", "Michael", "Minik", "Mona", "Nadia", "Niels",
    "Nivi", "Ole", "Omar", "Paaluk", "Per", "Pia", "Poul", "Preben", "Rasmus", "Rikke", "Rosa",
    "Sanne", "Signe", "Simon", "Sofie", "Steen", "Susanne", "Tage", "Tina", "Tomasz", "Torben",
    "Ulla", "Vagn", "Vibeke", "Yrsa", "Zahra", "Åge", "Åse", "Øjvind", "Ælse",
)  # fmt: skip
LAST: Final = (
    "Aagaard Holm", "Bay Thorlund", "Birkedahl", "Brix Lund", "Dall Skaarup", "Elmegaard",
    "Fabrin", "Frost", "Grønvang", "Hasle", "Hede Kjær", "Holsbo", "Ibsen Krog", "Juhl Vang",
    "Kjærby", "Klit Sand", "Krag Elle", "Lindqvist", "Lyngbye Dam", "Munkholt", "Noorzai",
    "Nymark", "Odde", "Petrussen-Holt", "Piper", "Ravnholt", "Ravnkilde", "Riis Bakke", "Ryvang",
    "Said", "Sejr", "Skovbo", "Stadil Krog", "Stubkær", "Trads", "Ulsted", "Vejrup", "Vestermark",
    "Wendelboe", "Wilczak", "Yalin", "Ærbo", "Østen Lund", "Åkjær",
)  # fmt: skip
LANGUAGES: Final = (
    ("Dansk", False), ("Dansk", False), ("Dansk", False), ("Dansk", False), ("Dansk", False),
    ("Dansk", False), ("Dansk", False), ("Grønlandsk", True), ("Polsk", False), ("Dari", True),
    ("Arabisk", True),
)  # fmt: skip
WISHES: Final = (
    "Jeg vil have min egen dør og et køkken. Bare ikke i Nordbyen.",
    "Et sted med en altan, hvor jeg kan ryge. Gerne tæt på havnen.",
    "Jeg vil have ro. Ikke en opgang med fest.",
    "Et lille sted er nok, hvis hunden må komme med.",
    "Jeg vil bo, hvor min søn kan sove hver anden weekend.",
    "Tæt på bussen. Jeg går dårligt på trapper.",
    "Jeg vil helst have, at det er den samme, der kommer i starten.",
    "Bare en nøgle. Resten finder jeg ud af.",
    "Jeg vil gerne tilbage til Teglværket, der kender jeg folk.",
)
REASONS: Final = (
    "Sat ud af lejemål i sidste måned. Har sovet i trappeopgange siden.",
    "Måtte forlade bekendtes sofa i aftes. Ingen andre steder at gå hen.",
    "Udskrevet fra sygehus uden et sted at bo.",
    "Flyttet fra fælles bolig efter brud. Har ikke egen kontrakt.",
    "Løsladt i dag. Lejligheden blev sagt op under afsoningen.",
    "Har boet i campingvogn, som er brændt.",
    "Kom ind fra gaden med sovepose. Fryser og vil gerne have hjælp.",
)
NOTES: Final = (
    "Talt om økonomi. Ydelsen går ind den sidste bankdag. Budget lægges i næste uge.",
    "Vil gerne med til fremvisning. Aftalt at mødes ved busstoppet.",
    "Har fået nyt telefonnummer. Ringer selv fredag.",
    "Var glad for besøget. Mangler gardiner og en lampe.",
    "Tandpine. Hjulpet med at få tid hos tandlægen.",
    "Ønsker samtale om værkstedet. Vil helst begynde med en halv dag.",
    "Spurgte til ventelisten. Forklaret, hvordan rækkefølgen er.",
    "Har talt med sin søster for første gang i et år.",
)
VISITS: Final = (
    "Frisk igen. Køleskab virker nu.",
    "Drak kaffe og åbnede post sammen.",
    "Gik tur med hunden. Vil gerne have hjælp til boligstøtte.",
    "Kort besøg i døren. Alt vel.",
    "Handlet ind. Talte om naboen.",
    "Ordnede betalingsservice for huslejen.",
    "",
)
MISSED_VISITS: Final = (
    "Lagde en seddel i postkassen.",
    "Prøver igen i morgen.",
    "Ringet bagefter. Alt vel.",
    "",
)
AREAS: Final = ("Havnekvarteret", "Søkanten", "Midtbyen", "Teglværket", "Nordbyen", "Åparken")
STREETS: Final = {
    "Havnekvarteret": ("Skonnertvej", "Bådevej", "Kvartermestervej"),
    "Søkanten": ("Sivvej", "Svanestien"),
    "Midtbyen": ("Smedegade", "Kirkestræde"),
    "Teglværket": ("Teglhaven", "Lervej"),
    "Nordbyen": ("Nordparken", "Birkelunden"),
    "Åparken": ("Åstien", "Møllevænget"),
}
ORGANISATIONS: Final = (
    "Fjordbo",
    "Boligforeningen Søkanten",
    "AB Teglværket",
    "Fjordby Almene",
    "Ungdomsboligerne Kompasset",
    "Andelsboligforeningen Åen",
)
SHELTERS: Final = (
    # name, rate, resident pays, beds
    ("Kilden", "1450.00", "107.00", 20),
    ("Havnehuset", "1380.00", "107.00", 18),
    ("Fyrgården", "1684.00", "107.00", 16),
)
STAFF: Final = (
    # name, title, role, unit
    ("Line Aagaard", "Myndighedsrådgiver", "adviser", "team"),
    ("Rune Bak", "Myndighedsrådgiver", "adviser", "team"),
    ("Sidsel Hald", "Myndighedsrådgiver, Kilden onsdag", "adviser", "team"),
    ("Mads Ryvang", "Bostøttemedarbejder", "support_worker", "team"),
    ("Jimmy Ravnkilde", "Bostøttemedarbejder", "support_worker", "team"),
    ("Katja Holsbo", "Bostøttemedarbejder", "support_worker", "team"),
    ("Tine Vestermark", "Bostøttemedarbejder", "support_worker", "team"),
    ("Omar Lindqvist", "Fremskudt medarbejder", "hybrid", "team"),
    ("Hanne Grønvang", "Teamleder", "team_lead", "team"),
    ("Peter Nymark", "Boliganviser", "allocator", "allocation"),
    ("Ulla Skovbo", "Boliganviser", "allocator", "allocation"),
    ("Gitte Ravnholt", "Kontaktperson", "shelter_staff", "shelter:0"),
    ("Bjarne Odde", "Nattevagt", "shelter_staff", "shelter:0"),
    ("Kirsten Juhl", "Forstander", "shelter_leader", "shelter:0"),
    ("Mona Sejr", "Kontaktperson", "shelter_staff", "shelter:1"),
    ("Karsten Brix", "Forstander", "shelter_leader", "shelter:1"),
    ("Vibeke Dam", "Kontaktperson", "shelter_staff", "shelter:2"),
    ("Steen Hasle", "Forstander", "shelter_leader", "shelter:2"),
    ("Anja Frøslev", "Sagsbehandler", "partner", "benefits"),
    ("Dorte Piper", "Jobkonsulent", "partner", "job_centre"),
    ("Finn Klit", "Udlejer", "partner", "housing:0"),
    ("Elin Birkedahl", "Udlejer", "partner", "housing:1"),
    ("Nadia Krag", "Sygeplejerske", "partner", "psychiatry"),
    ("Jens Ærbo", "Revisor", "auditor", "administration"),
    ("Pia Lyngbye", "Systemadministrator", "administrator", "administration"),
    ("Helle Skouboe", "Afdelingsleder", "team_lead", "team"),
)
"""The first of each role is the demo login that the start page prints."""
