"""What was paid for: Meta Ads Manager by campaign and month, Google Ads campaign reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Final

from .sample import Cell, Draft, Truth, column_sums, csv_text
from .story import EXPORTED, FIRST, LAST, MONTHS, between, month_end, rng, share

META_HEADERS: Final = (
    "Reporting starts", "Reporting ends", "Month", "Campaign name", "Campaign delivery",
    "Attribution setting", "Results", "Result indicator", "Reach", "Impressions", "Frequency",
    "Cost per results", "Amount spent (EUR)", "Clicks (all)", "Link clicks", "Landing page views",
    "Purchases", "Purchases conversion value", "Leads",
)  # fmt: skip
META_METRICS: Final = {
    "reach": "Reach", "impressions": "Impressions", "spend": "Amount spent (EUR)",
    "clicks": "Clicks (all)", "link_clicks": "Link clicks",
    "landing_page_views": "Landing page views", "conversions": "Purchases",
    "revenue": "Purchases conversion value", "leads": "Leads",
}  # fmt: skip
# campaign: months, budget of a month in euros, what counts as its result
META_CAMPAIGNS: Final = {
    "summer_terrace": ((7, 8), 620, "actions:offsite_conversion.fb_pixel_purchase"),
    "neighbourhood_reach": ((7, 8, 9), 240, "reach"),  # spends and sells nothing
    "loyalty_card": ((7, 8, 9), 330, "actions:lead"),
    "autumn_menu": ((9,), 900, "actions:offsite_conversion.fb_pixel_purchase"),
}
GOOGLE_HEADERS: Final = (
    "Campaign status", "Campaign", "Budget", "Budget name", "Budget type", "Status",
    "Status reasons", "Campaign type", "Impr.", "CTR", "Currency code", "Cost", "Clicks",
    "Conv. rate", "Conversions", "Avg. CPC", "Cost / conv.", "Conv. value",
)  # fmt: skip
# campaign: type, euros a day, fewest and most impressions in a month
GOOGLE_CAMPAIGNS: Final = {
    "search_brand": ("Search", 6, 2600, 3900),
    "search_breakfast": ("Search", 11, 5200, 8400),
    "pmax_autumn": ("Performance Max", 15, 21000, 36000),
    "search_paused": ("Search", 5, 0, 0),
}
NOTHING: Final = " --"


def campaign_drafts(seed: int) -> Iterator[Draft]:
    """The Meta Ads file of the quarter and one Google Ads report a month."""
    yield _meta_ads(seed)
    for month in MONTHS:
        yield _google_ads(seed, month)


def _meta_ads(seed: int) -> Draft:
    chance = rng(seed, "meta ads")
    rows = [
        _meta_row(chance, campaign, month, budget, result)
        for campaign, (months, budget, result) in META_CAMPAIGNS.items()
        for month in months
    ]
    sums = column_sums(META_METRICS, META_HEADERS, rows)
    sums["spend"], sums["revenue"] = round(sums["spend"], 2), round(sums["revenue"], 2)
    # People who saw several campaigns count once: less than the sum, more than any one of them.
    reach = int(sums["reach"] * 0.58)
    by_header = {META_METRICS[metric]: value for metric, value in sums.items()}
    by_header |= {"Reach": reach, "Frequency": round(sums["impressions"] / reach, 6)}
    texts = {"Reporting starts": f"{FIRST}", "Reporting ends": f"{LAST}",
             "Attribution setting": "7-day click or 1-day view"}  # fmt: skip
    total = tuple(by_header.get(header, texts.get(header, "")) for header in META_HEADERS)
    truth = Truth("meta_ads_campaign", len(rows), sums, totals=1)
    text = csv_text([META_HEADERS, total, *rows])
    return Draft("meta_ads_campaigns.csv", text.encode(), EXPORTED, (truth,))


def _meta_row(
    chance: Random, campaign: str, month: int, budget: int, result: str
) -> tuple[Cell, ...]:
    first, last = date(2026, month, 1), month_end(month)
    spend = share(chance, budget * 100, 0.88, 1.0) / 100
    impressions = int(spend * between(chance, 140, 215))
    reach = int(impressions / (1.8 + chance.random() * 1.1))
    links = share(chance, impressions, 0.008, 0.016)
    views = share(chance, links, 0.68, 0.86)
    purchases: Cell = share(chance, views, 0.02, 0.045) if "purchase" in result else ""
    leads: Cell = share(chance, views, 0.05, 0.12) if "lead" in result else ""
    value = purchases * between(chance, 2400, 3900) / 100 if isinstance(purchases, int) else ""
    results = {"reach": reach, "actions:lead": leads}.get(result, purchases)
    cost = round(spend / results, 8) if isinstance(results, int) else ""
    return (
        f"{first}", f"{last}", f"{first} - {last}", campaign, "inactive",
        "7-day click or 1-day view", results, result, reach, impressions,
        round(impressions / reach, 6), cost, spend, share(chance, links, 1.2, 1.7), links, views,
        purchases, value, leads,
    )  # fmt: skip


def _google_ads(seed: int, month: int) -> Draft:
    chance = rng(seed, f"google ads {month}")
    counted = {name: _google_counts(chance, name, month) for name in GOOGLE_CAMPAIGNS}
    rows = [
        ("Paused" if not counts[0] else "Enabled", name, f"{GOOGLE_CAMPAIGNS[name][1]}.00",
         NOTHING, "Daily", "Paused" if not counts[0] else "Eligible", "",
         GOOGLE_CAMPAIGNS[name][0], *_google_numbers(counts))
        for name, counts in counted.items()
    ]  # fmt: skip
    everything = _added(list(counted.values()))
    blanks = (NOTHING,) * 5
    rows += [
        ("Total: Campaigns", *blanks, "", NOTHING, *_google_numbers(everything)),
        ("Total: Account", *("",) * 7, *_google_numbers(everything)),
    ]
    for kind in dict.fromkeys(kind for kind, *_ in GOOGLE_CAMPAIGNS.values()):
        some = [counts for name, counts in counted.items() if GOOGLE_CAMPAIGNS[name][0] == kind]
        rows.append((f"Total: {kind}", *("",) * 6, kind, *_google_numbers(_added(some))))
    first, last = date(2026, month, 1), month_end(month)
    period = f"{MONTHS[month]} {first.day}, {first.year} - {MONTHS[month]} {last.day}, {last.year}"
    text = csv_text([("Campaign report",), (period,), GOOGLE_HEADERS, *rows])
    impressions, clicks, cost, conversions, value = everything
    sums = {"impressions": impressions, "clicks": clicks, "spend": cost / 100,
            "conversions": conversions, "revenue": value / 100}  # fmt: skip
    truth = Truth("google_ads_campaigns", len(counted), sums, totals=len(rows) - len(counted))
    return Draft(f"google_ads_2026-{month:02}.csv", text.encode(), EXPORTED, (truth,))


def _google_counts(chance: Random, name: str, month: int) -> tuple[int, int, int, int, int]:
    """Impressions, clicks, cost in cents, conversions, their value in cents."""
    kind, euros, low, high = GOOGLE_CAMPAIGNS[name]
    impressions = between(chance, low, high)
    if not impressions:
        return 0, 0, 0, 0, 0
    rates = (0.05, 0.09) if kind == "Search" else (0.009, 0.016)
    clicks = share(chance, impressions, *rates)
    cost = share(chance, euros * 100 * month_end(month).day, 0.82, 0.98)
    conversions = share(chance, clicks, 0.03, 0.07)
    return impressions, clicks, cost, conversions, conversions * between(chance, 1900, 3400)


def _google_numbers(counts: Sequence[int]) -> tuple[str, ...]:
    """As Google writes them: thousands with a comma, percent signs, two decimals."""
    impressions, clicks, cost, conversions, value = counts
    return (
        f"{impressions:,}", f"{clicks / impressions:.2%}" if impressions else NOTHING, "EUR",
        f"{cost / 100:,.2f}", f"{clicks:,}",
        f"{conversions / clicks:.2%}" if clicks else "0.00%", f"{conversions}.00",
        f"{cost / clicks / 100:.2f}" if clicks else NOTHING,
        f"{cost / conversions / 100:.2f}" if conversions else "0.00", f"{value / 100:,.2f}",
    )  # fmt: skip


def _added(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))
