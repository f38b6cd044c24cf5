"""The tabs where people type: their headings, explanations and examples in English and French.

One row of `TABS` per heading. The keys are what the rest of Tracksheet calls a column; the words
are what people see, in plan.xlsx as in a shared sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["text", "long", "date", "month", "money", "count", "free"]
Words = Mapping[str, str]  # by language
LANGS = ("en", "fr")

# A cell that begins so marks its whole row as an example, to be typed over or deleted.
EXAMPLE: Words = {"en": "Example:", "fr": "Exemple :"}


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: `choices` names the list of its drop-down, `width` is in characters."""

    key: str
    en: str
    fr: str
    kind: Kind
    width: float
    about_en: str
    about_fr: str
    choices: str = ""

    def words(self, lang: str) -> str:
        """The heading itself."""
        return self.fr if lang == "fr" else self.en

    def about(self, lang: str) -> str:
        """What to type under the heading."""
        return self.about_fr if lang == "fr" else self.about_en


@dataclass(frozen=True, slots=True)
class HumanTab:
    """One tab: its name, what it is for, its columns and one example row by language.

    `necessary` are the columns without which its rows mean nothing: of each group one must be
    there. `like_export` tells that a sheet with some of its headings could be taken for figures
    of one's own accounts.
    """

    key: str
    name: Words
    about: Words
    headings: tuple[Heading, ...]
    example: Mapping[str, Mapping[str, str | int | float | date]]
    necessary: tuple[tuple[str, ...], ...]
    like_export: bool = False


_CAMPAIGN_EN = "Leave empty to count all campaigns."
_CAMPAIGN_FR = "Laissez vide pour compter toutes les campagnes."

PLAN = HumanTab(
    key="plan",
    name={"en": "Plan", "fr": "Plan"},
    about={
        "en": "One row per placement: what goes online, where it leads, when, and who sees to it.",
        "fr": "Une ligne par emplacement : ce qui part en ligne, vers quelle page, quand, par qui.",
    },
    necessary=(("campaign",),),
    headings=(
        Heading("row_id", "Row ID", "ID ligne", "text", 9,
                "A short code that stays with this row when you sort: P1, P2 …",
                "Un code court qui suit la ligne quand vous triez : P1, P2…"),
        Heading("status", "Status", "Statut", "text", 11,
                "How far it is, from the list on the Lists tab.",
                "Où en est la ligne, d’après l’onglet Listes.", "statuses"),
        Heading("campaign", "Campaign", "Campagne", "text", 25,
                "Its name in the links (utm_campaign). Small letters, _ instead of spaces.",
                "Son nom dans les liens (utm_campaign). En minuscules, _ au lieu des espaces.",
                "campaigns"),
        Heading("source", "Source", "Source", "text", 12,
                "The site or newsletter that the visit comes from (utm_source).",
                "Le site ou la newsletter d’où vient la visite (utm_source).", "sources"),
        Heading("medium", "Medium", "Support", "text", 12,
                "The kind of link (utm_medium). It decides the channel in GA4: see Lists.",
                "Le type de lien (utm_medium). Il décide du canal dans GA4 : voir Listes.",
                "mediums"),
        Heading("content", "Content", "Contenu", "text", 16,
                "What tells two links of one campaign apart (utm_content): reel, story, button.",
                "Ce qui distingue deux liens d’une campagne (utm_content) : reel, story, bouton."),
        Heading("term", "Term", "Terme", "text", 11,
                "Keyword of a paid search, or audience (utm_term). Most often empty.",
                "Mot-clé d’une recherche payante, ou audience (utm_term). Souvent vide."),
        Heading("landing_page", "Landing page", "Page de destination", "text", 32,
                "The full address of the page, with https://, without any utm_ part.",
                "L’adresse complète de la page, avec https://, sans partie utm_."),
        Heading("start", "Start", "Début", "date", 11.5,
                "First day online.", "Premier jour en ligne."),
        Heading("end", "End", "Fin", "date", 11.5,
                "Last day online. Empty: no end.", "Dernier jour en ligne. Vide : sans fin."),
        Heading("budget", "Budget", "Budget", "money", 11,
                "Planned spend of this row, in the currency of the account. Empty: organic.",
                "Dépense prévue de la ligne, dans la devise du compte. Vide : sans publicité."),
        Heading("owner", "Owner", "Responsable", "text", 13,
                "Who looks after this row.", "Qui s’occupe de cette ligne."),
        Heading("note", "Note", "Note", "long", 30,
                "Anything the team should know.", "Tout ce que l’équipe doit savoir."),
    ),
    example={
        "en": {
            "row_id": "P1", "status": "approved", "campaign": "autumn_menu",
            "source": "instagram", "medium": "social", "content": "reel",
            "landing_page": "https://www.cafe.example/autumn", "start": date(2026, 9, 1),
            "end": date(2026, 9, 30), "budget": 250, "owner": "Alex",
            "note": "Example: type over this row",
        },
        "fr": {
            "row_id": "P1", "status": "validé", "campaign": "carte_automne",
            "source": "instagram", "medium": "social", "content": "reel",
            "landing_page": "https://www.cafe.example/automne", "start": date(2026, 9, 1),
            "end": date(2026, 9, 30), "budget": 250, "owner": "Camille",
            "note": "Exemple : écrivez à la place",
        },
    },
)  # fmt: skip

TARGETS = HumanTab(
    key="targets",
    name={"en": "Targets", "fr": "Objectifs"},
    about={
        "en": "What you want to reach, by when, and who answers for it. One row per target.",
        "fr": "Ce que vous voulez atteindre, pour quand, et qui en répond. Une ligne par objectif.",
    },
    necessary=(("kpi",), ("target",)),
    headings=(
        Heading("kpi", "KPI", "KPI", "text", 30,
                "Which KPI, by its id: the Lists tab gives the name of each.",
                "Quel KPI, par son identifiant : l’onglet Listes en donne le nom.", "kpis"),
        Heading("channel", "Channel", "Canal", "text", 14,
                "Leave empty to count all channels.",
                "Laissez vide pour compter tous les canaux.", "channels"),
        Heading("campaign", "Campaign", "Campagne", "text", 22,
                _CAMPAIGN_EN, _CAMPAIGN_FR, "campaigns"),
        Heading("brand", "Brand", "Marque", "text", 18,
                "Leave empty when the workbook is about one brand.",
                "Laissez vide si le classeur ne suit qu’une marque."),
        Heading("start", "Start", "Début", "date", 11.5,
                "First day that counts.", "Premier jour compté."),
        Heading("end", "End", "Fin", "date", 11.5,
                "The deadline. A target without one cannot be judged.",
                "L’échéance. Sans elle, l’objectif ne peut pas être jugé."),
        Heading("target", "Target", "Cible", "free", 11,
                "The number to reach by the end. Rates in percent: 3 %.",
                "Le nombre à atteindre à la fin. Les taux en pour cent : 3 %."),
        Heading("owner", "Owner", "Responsable", "text", 14,
                "Who answers for it.", "Qui en répond."),
        Heading("note", "Note", "Note", "long", 34,
                "Why this number.", "Pourquoi ce nombre."),
    ),
    example={
        "en": {"kpi": "new_followers", "channel": "instagram", "brand": "Example Coffee",
               "start": date(2026, 7, 1), "end": date(2026, 9, 30), "target": 600,
               "owner": "Alex", "note": "Example: 200 a month"},
        "fr": {"kpi": "new_followers", "channel": "instagram", "brand": "Café Exemple",
               "start": date(2026, 7, 1), "end": date(2026, 9, 30), "target": 600,
               "owner": "Camille", "note": "Exemple : 200 par mois"},
    },
)  # fmt: skip

COMPETITORS = HumanTab(
    key="competitors",
    name={"en": "Competitors", "fr": "Concurrents"},
    about={
        "en": "What you read on competitors’ public profiles. One row per brand, channel and date.",
        "fr": "Ce que vous lisez sur les profils publics. Une ligne par marque, canal et date.",
    },
    necessary=(("brand",), ("followers", "posts", "interactions", "mentions")),
    like_export=True,
    headings=(
        Heading("brand", "Brand", "Marque", "text", 22, "Whose profile.", "De qui est le profil."),
        Heading("channel", "Channel", "Canal", "text", 14,
                "On which network.", "Sur quel réseau.", "channels"),
        Heading("date", "Date", "Date", "date", 11.5,
                "The day you looked.", "Le jour du relevé."),
        Heading("followers", "Followers", "Abonnés", "count", 12,
                "As shown on the profile that day.", "Affichés sur le profil ce jour-là."),
        Heading("posts", "Posts", "Publications", "count", 13,
                "Posts since your last row for this brand.",
                "Publications depuis votre dernier relevé."),
        Heading("interactions", "Interactions", "Interactions", "count", 13,
                "Likes, comments and shares of those posts together.",
                "J’aime, commentaires et partages de ces publications, additionnés."),
        Heading("mentions", "Mentions", "Mentions", "count", 11,
                "How often others named the brand, from your listening tool.",
                "Combien de fois la marque est citée, d’après votre outil de veille."),
        Heading("positive_mentions", "Positive", "Positives", "count", 11,
                "Mentions in a positive tone.", "Mentions de ton positif."),
        Heading("neutral_mentions", "Neutral", "Neutres", "count", 11,
                "Mentions in a neutral tone.", "Mentions de ton neutre."),
        Heading("negative_mentions", "Negative", "Négatives", "count", 11,
                "Mentions in a negative tone.", "Mentions de ton négatif."),
        Heading("note", "Note", "Note", "long", 32, "Where you looked.", "Où vous avez regardé."),
    ),
    example={
        "en": {"brand": "Sample Roasters", "channel": "instagram", "date": date(2026, 9, 30),
               "followers": 14200, "posts": 18, "interactions": 4100, "mentions": 95,
               "positive_mentions": 60, "neutral_mentions": 28, "negative_mentions": 7,
               "note": "Example: an invented brand"},
        "fr": {"brand": "Torréfaction Modèle", "channel": "instagram", "date": date(2026, 9, 30),
               "followers": 14200, "posts": 18, "interactions": 4100, "mentions": 95,
               "positive_mentions": 60, "neutral_mentions": 28, "negative_mentions": 7,
               "note": "Exemple : une marque inventée"},
    },
)  # fmt: skip

NOTES = HumanTab(
    key="notes",
    name={"en": "Notes", "fr": "Commentaires"},
    about={
        "en": "Your own words about a month: what explains the numbers, and what comes next.",
        "fr": "Vos mots sur un mois : ce qui explique les chiffres, et la suite.",
    },
    necessary=(("period",), ("text", "next_step")),
    headings=(
        Heading("period", "Period", "Période", "month", 12,
                "Any day of the month you write about.",
                "N’importe quel jour du mois commenté."),
        Heading("section", "Section", "Rubrique", "text", 18,
                "What it is about, from the list on the Lists tab.",
                "Le sujet, d’après l’onglet Listes.", "sections"),
        Heading("text", "Text", "Texte", "long", 66,
                "One or two sentences, as a client should read them.",
                "Une ou deux phrases, telles qu’un client les lirait."),
        Heading("next_step", "Next step", "Prochaine étape", "long", 44,
                "What you will do about it.", "Ce que vous allez faire."),
    ),
    example={
        "en": {"period": date(2026, 9, 1), "section": "Posts",
               "text": "Example: the latte art reel brought a third of the month’s interactions.",
               "next_step": "Film two more with the barista."},
        "fr": {"period": date(2026, 9, 1), "section": "Publications",
               "text": "Exemple : le reel latte art a fait un tiers des interactions du mois.",
               "next_step": "En tourner deux autres avec le barista."},
    },
)  # fmt: skip

CONTENT = HumanTab(
    key="content",
    name={"en": "Content", "fr": "Contenus"},
    about={
        "en": "What the platforms do not know about your posts. Name a post, or a word they share.",
        "fr": "Ce que les plateformes ignorent de vos publications, une à une ou par mot commun.",
    },
    necessary=(("post", "keyword"), ("label", "boosted", "leave_out")),
    headings=(
        Heading("post", "Post", "Publication", "text", 40,
                "Its link, or its id from the export. Empty when a word decides.",
                "Son lien, ou son identifiant dans l’export. Vide si un mot décide."),
        Heading("keyword", "Hashtag or word", "Hashtag ou mot", "text", 20,
                "All posts whose text holds it, such as #recipe.",
                "Toutes les publications dont le texte le contient : #recette."),
        Heading("label", "Label", "Étiquette", "text", 20,
                "The theme it belongs to, in your words.", "Son thème, avec vos mots."),
        Heading("boosted", "Boosted", "Boostée", "text", 11,
                "Whether money was behind it.", "S’il y a eu de l’argent derrière.", "yes_no"),
        Heading("leave_out", "Leave out", "À exclure", "text", 11,
                "Yes: it should not count.", "Oui : elle ne doit pas compter.", "yes_no"),
        Heading("reason", "Reason", "Raison", "long", 42,
                "Why it is left out, for whoever asks later.",
                "Pourquoi elle est exclue, pour qui le demandera."),
    ),
    example={
        "en": {"keyword": "#latteart", "label": "Behind the bar", "boosted": "no",
               "leave_out": "no", "reason": "Example: every post with this hashtag"},
        "fr": {"keyword": "#latteart", "label": "Côté comptoir", "boosted": "non",
               "leave_out": "non", "reason": "Exemple : toutes les publications avec ce hashtag"},
    },
)  # fmt: skip

ACCOUNTS = HumanTab(
    key="accounts",
    name={"en": "Accounts", "fr": "Comptes"},
    about={
        "en": "The accounts you report on, and whose they are. One row per account.",
        "fr": "Les comptes que vous suivez, et à qui ils sont. Une ligne par compte.",
    },
    necessary=(("channel", "account"), ("brand", "currency", "time_zone")),
    headings=(
        Heading("brand", "Brand", "Marque", "text", 24,
                "Brand or client that the account belongs to.",
                "Marque ou client à qui est le compte."),
        Heading("channel", "Channel", "Canal", "text", 16,
                "The network or tool.", "Le réseau ou l’outil.", "channels"),
        Heading("account", "Account", "Compte", "text", 26,
                "Its name, handle or number, as the exports show it.",
                "Son nom, son @ ou son numéro, comme dans les exports."),
        Heading("currency", "Currency", "Devise", "text", 11,
                "Code of three letters: EUR.", "Code de trois lettres : EUR.", "currencies"),
        Heading("time_zone", "Time zone", "Fuseau horaire", "text", 22,
                "Where the account’s days begin and end.",
                "Là où commencent et finissent les journées du compte.", "time_zones"),
        Heading("note", "Note", "Note", "long", 40,
                "Who has access, for instance.", "Qui y a accès, par exemple."),
    ),
    example={
        "en": {"brand": "Example Coffee", "channel": "instagram", "account": "cafe.exemple",
               "currency": "EUR", "time_zone": "Europe/Paris",
               "note": "Example: an invented account"},
        "fr": {"brand": "Café Exemple", "channel": "instagram", "account": "cafe.exemple",
               "currency": "EUR", "time_zone": "Europe/Paris",
               "note": "Exemple : un compte inventé"},
    },
)  # fmt: skip

READ_ME: Words = {"en": "Read me", "fr": "Lisez-moi"}
LISTS: Words = {"en": "Lists", "fr": "Listes"}
TABS = (PLAN, TARGETS, COMPETITORS, NOTES, CONTENT, ACCOUNTS)
