"""The lists behind the drop-downs of plan.xlsx: the naming policy of a team, ready to edit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ..core.catalogue import catalogue

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class NamedList:
    """One list: its first column feeds the drop-downs, a second one explains or gives aliases."""

    key: str
    headings: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, Rows]
    about: Mapping[str, str]
    widths: tuple[float, ...]
    example_rows: bool = False


@cache
def lists() -> tuple[NamedList, ...]:
    """Every list of the Lists tab, in order; the KPIs are those of the catalogue."""
    kpis = sorted(catalogue().kpis.values(), key=lambda kpi: kpi.id)
    names = {
        "en": tuple((kpi.id, kpi.en) for kpi in kpis),
        "fr": tuple((kpi.id, kpi.fr) for kpi in kpis),
    }
    about = ("What a target can be about.", "Ce sur quoi peut porter un objectif.")
    targets = _list("kpis", ("KPI", "Name"), ("KPI", "Nom"), names, *about, (36, 50))
    return (*_NAMING, *_CHOICES, targets)


def _list(
    key: str,
    en: tuple[str, ...],
    fr: tuple[str, ...],
    rows: Mapping[str, Rows] | Rows,
    about_en: str,
    about_fr: str,
    widths: tuple[float, ...],
    *,
    example_rows: bool = False,
) -> NamedList:
    by_lang = rows if isinstance(rows, Mapping) else {"en": rows, "fr": rows}
    return NamedList(
        key, {"en": en, "fr": fr}, by_lang, {"en": about_en, "fr": about_fr}, widths, example_rows
    )


# Sources are spelt as on Google's list of social and search sites, which decides the GA4 channel.
_NAMING = (
    _list(
        "sources", ("Source", "Also written"), ("Source", "Autres écritures"),
        (
            ("facebook", "fb, facebook.com"), ("instagram", "ig, insta"), ("linkedin", "li"),
            ("tiktok", "tt"), ("youtube", "yt"), ("twitter", "x, x.com, t.co"),
            ("pinterest", "pin"), ("google", "adwords"), ("newsletter", "nl, mailing"),
        ),
        "Spellings to replace, with a comma between them.",
        "Écritures à remplacer, séparées par une virgule.",
        (14, 22),
    ),
    _list(
        "mediums", ("Medium", "Channel in GA4"), ("Support", "Canal dans GA4"),
        {
            "en": (
                ("social", "Organic Social"), ("paid_social", "Paid Social, on a social network"),
                ("video", "Organic Video, on a video site"), ("email", "Email"),
                ("cpc", "Paid Search, on a search engine"), ("display", "Display"),
                ("affiliate", "Affiliates"), ("referral", "Referral, from other sites"),
                ("sms", "SMS"),
            ),
            "fr": (
                ("social", "Organic Social"), ("paid_social", "Paid Social, sur un réseau social"),
                ("video", "Organic Video, sur un site de vidéo"), ("email", "Email"),
                ("cpc", "Paid Search, sur un moteur"), ("display", "Display"),
                ("affiliate", "Affiliates"), ("referral", "Referral, depuis d’autres sites"),
                ("sms", "SMS"),
            ),
        },
        "Where visits land by Google’s rules, unless the campaign’s name holds the word “shop”.",
        "Le canal par défaut de Google, sauf si le nom de la campagne contient le mot « shop ».",
        (14, 30),
    ),
    _list(
        "campaigns", ("Campaign", "Meaning"), ("Campagne", "Signification"),
        {
            "en": (
                ("autumn_menu", "Example: the new menu of September"),
                ("summer_terrace", "Example: evenings outside, July and August"),
                ("loyalty_card", "Example: the card, all year"),
            ),
            "fr": (
                ("carte_automne", "Exemple : la nouvelle carte de septembre"),
                ("terrasse_ete", "Exemple : soirées dehors, juillet et août"),
                ("carte_fidelite", "Exemple : la carte, toute l’année"),
            ),
        },
        "The names you agreed on. Add yours below.",
        "Les noms convenus. Ajoutez les vôtres dessous.",
        (22, 38),
        example_rows=True,
    ),
)  # fmt: skip

_CHOICES = (
    _list(
        "channels", ("Channel", "Name"), ("Canal", "Nom"),
        (
            ("facebook", "Facebook"), ("instagram", "Instagram"), ("linkedin", "LinkedIn"),
            ("tiktok", "TikTok"), ("youtube", "YouTube"), ("x", "X"), ("pinterest", "Pinterest"),
            ("meta_ads", "Meta Ads"), ("linkedin_ads", "LinkedIn Ads"),
            ("pinterest_ads", "Pinterest Ads"), ("google_ads", "Google Ads"),
            ("web", "Google Analytics 4"), ("search", "Search Console"), ("email", "Mailchimp"),
        ),
        "As reports call them.", "Comme dans les rapports.", (15, 20),
    ),
    _list(
        "statuses", ("Status",), ("Statut",),
        {
            "en": (("requested",), ("approved",), ("built",), ("live",), ("archived",)),
            "fr": (("demandé",), ("validé",), ("préparé",), ("en ligne",), ("archivé",)),
        },
        "", "", (13,),
    ),
    _list(
        "sections", ("Section",), ("Rubrique",),
        {
            "en": (("Overview",), ("Channels",), ("Posts",), ("Campaigns",), ("Targets",)),
            "fr": (("Synthèse",), ("Canaux",), ("Publications",), ("Campagnes",), ("Objectifs",)),
        },
        "", "", (15,),
    ),
    _list("yes_no", ("Yes or no",), ("Oui ou non",),
          {"en": (("yes",), ("no",)), "fr": (("oui",), ("non",))}, "", "", (12,)),
    _list("currencies", ("Currency",), ("Devise",),
          (("EUR",), ("USD",), ("GBP",), ("CHF",), ("CAD",)), "", "", (11,)),
    _list("time_zones", ("Time zone",), ("Fuseau horaire",),
          (("Europe/Paris",), ("Europe/Brussels",), ("Europe/Zurich",), ("Europe/London",),
           ("America/Toronto",), ("America/New_York",), ("UTC",)), "", "", (20,)),
)  # fmt: skip
