"""What the invented café's team typed into its plan: the same rows in English and French."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from .story import BRAND, HANDLE, SITE

Cell = str | int | float | date
Row = Mapping[str, Cell]
Words = Mapping[str, str]

START: Final = date(2026, 7, 1)
QUARTER_END: Final = date(2026, 9, 30)
YEAR_END: Final = date(2026, 12, 31)
JULY, AUGUST, SEPTEMBER = (date(2026, month, 1) for month in (7, 8, 9))

_SOCIAL: Words = {"en": "Social media", "fr": "Réseaux sociaux"}
_ADS: Words = {"en": "Advertising", "fr": "Publicité"}
_SITE: Words = {"en": "Website", "fr": "Site web"}

# KPI, channel, start, end, target, owner, note
_TARGETS: Final[tuple[tuple[str, str, date, date, float | str, Words, Words], ...]] = (
    ("interactions", "", SEPTEMBER, QUARTER_END, 7000, _SOCIAL,
     {"en": "A little more than in August.", "fr": "Un peu plus qu’en août."}),
    ("new_followers", "instagram", START, QUARTER_END, 900, _SOCIAL,
     {"en": "300 a month.", "fr": "300 par mois."}),
    ("followers", "", START, YEAR_END, 26500, _SOCIAL,
     {"en": "All networks, by New Year.", "fr": "Tous réseaux réunis, d’ici le Nouvel An."}),
    ("engagement_rate_post", "", SEPTEMBER, QUARTER_END, "2 %", _SOCIAL,
     {"en": "Per post, as benchmarks are.", "fr": "Par publication, comme les repères publiés."}),
    ("conversions", "", START, YEAR_END, 560, _SITE,
     {"en": "Bookings on the website.", "fr": "Réservations sur le site."}),
    ("leads", "meta_ads", SEPTEMBER, QUARTER_END, 40, _ADS,
     {"en": "Loyalty cards asked for.", "fr": "Demandes de carte de fidélité."}),
    ("cpa", "", SEPTEMBER, QUARTER_END, 26, _ADS,
     {"en": "No more than this for a booking.", "fr": "Pas davantage par réservation."}),
    ("spend", "", SEPTEMBER, QUARTER_END, 2300, _ADS,
     {"en": "The budget of the month.", "fr": "Le budget du mois."}),
    ("roas", "google_ads", START, QUARTER_END, 1.5, _ADS,
     {"en": "On search and Performance Max.", "fr": "Recherche et Performance Max."}),
)  # fmt: skip

# Month, section, text, next step
_NOTES: Final[tuple[tuple[date, Words, Words, Words], ...]] = (
    (JULY, {"en": "Overview", "fr": "Synthèse"},
     {"en": "A quiet month: the terrace was closed for ten days.",
      "fr": "Un mois calme : la terrasse a été fermée dix jours."},
     {"en": "Show it again as soon as it reopens.",
      "fr": "La montrer de nouveau dès sa réouverture."}),
    (AUGUST, {"en": "Posts", "fr": "Publications"},
     {"en": "Short videos from behind the bar brought twice the saves of photos.",
      "fr": "Les vidéos courtes côté comptoir ont été enregistrées deux fois plus que les photos."},
     {"en": "Film two a week.", "fr": "En tourner deux par semaine."}),
    (SEPTEMBER, {"en": "Overview", "fr": "Synthèse"},
     {"en": "The autumn menu went online on the 1st and carried the month; the holidays were over, "
            "and more people looked for us around noon.",
      "fr": "La carte d’automne, en ligne le 1er, a porté le mois ; les vacances finies, on nous a "
            "davantage cherchés à midi."},
     {"en": "Keep the menu in front in October, one dish a week.",
      "fr": "Garder la carte en avant en octobre, un plat par semaine."}),
    (SEPTEMBER, {"en": "Campaigns", "fr": "Campagnes"},
     {"en": "Fewer people asked for the loyalty card than in July: the form asks for too much.",
      "fr": "Moins de demandes de carte de fidélité qu’en juillet : le formulaire est trop long."},
     {"en": "Ask for the name and the e-mail address only.",
      "fr": "Ne demander que le nom et l’adresse électronique."}),
    (SEPTEMBER, {"en": "Posts", "fr": "Publications"},
     {"en": "The posts that show how we work are saved the most.",
      "fr": "Les publications qui montrent notre travail sont les plus enregistrées."},
     {"en": "A second one on filter coffee.", "fr": "Une deuxième sur le café filtre."}),
)  # fmt: skip

# Word in the text, label
_LABELS: Final[tuple[tuple[str, Words], ...]] = (
    ("#howto", {"en": "Know-how", "fr": "Savoir-faire"}),
    ("#latteart", {"en": "Know-how", "fr": "Savoir-faire"}),
    ("#patisserie", {"en": "Menu", "fr": "La carte"}),
    ("#menu", {"en": "Menu", "fr": "La carte"}),
    ("#coldbrew", {"en": "Menu", "fr": "La carte"}),
    ("#beans", {"en": "Menu", "fr": "La carte"}),
    ("#morning", {"en": "The place", "fr": "Le lieu"}),
    ("#terrace", {"en": "The place", "fr": "Le lieu"}),
    ("#team", {"en": "The place", "fr": "Le lieu"}),
    ("#offer", {"en": "Offers", "fr": "Offres"}),
    ("#booking", {"en": "Offers", "fr": "Offres"}),
    ("#vote", {"en": "Questions", "fr": "Questions"}),
)

_YES: Words = {"en": "yes", "fr": "oui"}
_BOOSTED: Final = (
    "https://www.instagram.example/p/18911519907504507",
    "https://www.facebook.example/977254523844672",
    "https://www.facebook.example/955439521645875",
)
_LEFT_OUT: Final = "https://www.facebook.example/903281409845390"
_WHY: Words = {
    "en": "The photo was of the wrong terrace; it was taken down the same day.",
    "fr": "La photo montrait la mauvaise terrasse ; elle a été retirée le jour même.",
}

# Channel, account, currency
_ACCOUNTS: Final[tuple[tuple[str, str, str], ...]] = (
    ("instagram", HANDLE, ""), ("facebook", BRAND, ""), ("linkedin", BRAND, ""),
    ("tiktok", HANDLE, ""), ("youtube", "", ""), ("meta_ads", "", "EUR"),
    ("google_ads", "", "EUR"), ("web", "", "EUR"),
)  # fmt: skip

# Brand, date, followers, posts, interactions, mentions, positive, neutral, negative
_COMPETITORS: Final[tuple[tuple[Words, date, tuple[int, ...]], ...]] = (
    ({"en": "Sample Roasters", "fr": "Torréfaction Modèle"}, date(2026, 8, 31),
     (13900, 16, 3650, 88, 55, 27, 6)),
    ({"en": "Sample Roasters", "fr": "Torréfaction Modèle"}, date(2026, 9, 30),
     (14200, 18, 4100, 95, 60, 28, 7)),
    ({"en": "Specimen Tearoom", "fr": "Salon Spécimen"}, date(2026, 9, 30),
     (8300, 25, 2200, 51, 30, 18, 3)),
)  # fmt: skip

# Id, campaign, source, medium, content, page, start, end, budget
_PLACEMENTS: Final[tuple[tuple[str, str, str, str, str, str, date, date, float | None], ...]] = (
    ("P1", "autumn_menu", "instagram", "social", "reel", "autumn", SEPTEMBER, QUARTER_END, None),
    ("P2", "autumn_menu", "facebook", "paid_social", "carousel", "autumn", SEPTEMBER, QUARTER_END,
     850.0),
    ("P3", "loyalty_card", "facebook", "paid_social", "form", "card", START, QUARTER_END, 950.0),
    ("P4", "search_breakfast", "google", "cpc", "", "breakfast", START, YEAR_END, 1900.0),
    ("P5", "autumn_menu", "newsletter", "email", "button", "autumn", date(2026, 9, 8),
     QUARTER_END, None),
)  # fmt: skip


def plan_rows(lang: str) -> Mapping[str, Sequence[Row]]:
    """The rows of each tab of the plan, by key of the tab and of the heading."""
    return {
        "plan": [_placement(row, lang) for row in _PLACEMENTS],
        "targets": [_target(row, lang) for row in _TARGETS],
        "notes": [
            {"period": month, "section": section[lang], "text": text[lang], "next_step": then[lang]}
            for month, section, text, then in _NOTES
        ],
        "content": [
            *({"keyword": word, "label": label[lang]} for word, label in _LABELS),
            *({"post": link, "boosted": _YES[lang]} for link in _BOOSTED),
            {"post": _LEFT_OUT, "leave_out": _YES[lang], "reason": _WHY[lang]},
        ],
        "accounts": [
            _said({"brand": BRAND, "channel": channel, "account": account, "currency": currency})
            for channel, account, currency in _ACCOUNTS
        ],
        "competitors": [
            {
                "brand": brand[lang],
                "channel": "instagram",
                "date": day,
                **dict(zip(_COUNTS, counts, strict=True)),
            }
            for brand, day, counts in _COMPETITORS
        ],
    }


_COUNTS: Final = (
    "followers", "posts", "interactions", "mentions",
    "positive_mentions", "neutral_mentions", "negative_mentions",
)  # fmt: skip


def _placement(
    row: tuple[str, str, str, str, str, str, date, date, float | None], lang: str
) -> Row:
    row_id, campaign, source, medium, content, page, start, end, budget = row
    status = {"en": "approved", "fr": "validé"}[lang]
    return _said(
        {
            "row_id": row_id, "status": status, "campaign": campaign, "source": source,
            "medium": medium, "content": content, "landing_page": f"{SITE}/{page}",
            "start": start, "end": end, "budget": budget,
            "owner": (_ADS if budget is not None else _SOCIAL)[lang],
        }
    )  # fmt: skip


def _target(row: tuple[str, str, date, date, float | str, Words, Words], lang: str) -> Row:
    kpi, channel, start, end, target, owner, note = row
    return _said(
        {
            "kpi": kpi, "channel": channel, "start": start, "end": end, "target": target,
            "owner": owner[lang], "note": note[lang],
        }
    )  # fmt: skip


def _said(cells: Mapping[str, Cell | None]) -> Row:
    """The cells that something was typed into."""
    return {key: cell for key, cell in cells.items() if cell is not None and cell != ""}
