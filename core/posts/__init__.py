"""Posts: their figures, how they rank, and what people said of them on the Content tab."""

from .content import ContentRule, with_content
from .ranking import Rankings, rank_posts
from .table import BOOSTED, ORGANIC, known_in, post_numbers, post_table, posts_of, with_figures
from .times import with_times

__all__ = [
    "BOOSTED",
    "ORGANIC",
    "ContentRule",
    "Rankings",
    "known_in",
    "post_numbers",
    "post_table",
    "posts_of",
    "rank_posts",
    "with_content",
    "with_figures",
    "with_times",
]
