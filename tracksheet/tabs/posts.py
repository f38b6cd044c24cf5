"""The tab of posts: the best and the weakest, what they have in common, and all of them."""

from __future__ import annotations

from ..core.posts import posts_of
from ..core.report import Tab
from ..labels import label
from .focus import focus_name
from .intro import opening
from .material import Material
from .post_best import best_posts, ranking_tables, rankings
from .post_groups import group_tables
from .post_list import left_out_list, post_list
from .post_words import word

__all__ = ["best_posts", "post_list_tab", "posts_page"]


def posts_page(material: Material) -> Tab | None:
    """The best and weakest posts of the period, groups of all posts, and those left out.

    None where no export lists posts.
    """
    lang = material.lang
    posts = posts_of(material.dataset.rows)
    left_out = left_out_list(material)
    tables = () if left_out is None else (left_out,)
    intro = opening(material)
    if len(posts):
        ranked = rankings(material)
        if period := focus_name(material):
            some = "intro.scope" if ranked.channels or ranked.boosted else "intro.none"
            intro = (*intro, word(some, lang, period=period))
        tables = (*ranking_tables(ranked, material), *group_tables(posts, lang), *tables)
    elif left_out is None:
        return None
    return Tab(label("tab", "posts", lang), word("title.page", lang), intro, tables)


def post_list_tab(material: Material) -> Tab | None:
    """Every post with its figures; None where no export lists posts."""
    if posts_of(material.dataset.rows).empty:
        return None
    lang = material.lang
    title = word("title.list_tab", lang)
    return Tab(word("tab.list", lang), title, opening(material), (post_list(material),))
