"""The arithmetic of a KPI: text to a small tree, and what can be done with the tree.

A formula is `+ - * /`, brackets, numbers, names and `abs(x)`. It is never run as Python: `parse`
keeps a whitelist of the syntax tree, and every use of a formula is a `fold` over what is left.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

MAX_LENGTH = 1000  # characters; the longest formula of the catalogue has under 150
MAX_DEPTH = 64  # nested operations; keeps every walk far from Python's recursion limit
MAX_NUMBER = 1e15  # above this Excel no longer keeps every digit of a whole number
ALLOWED = "a formula may use + - * / ( ), numbers, names and abs(x)"


class FormulaError(ValueError):
    """The text is not arithmetic; the message names what is not allowed."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula, never negative: the sign is an operation."""

    value: float


@dataclass(frozen=True, slots=True)
class Name:
    """An input, such as `likes`."""

    id: str


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation on one or two formulas: "+", "-", "*", "/", "neg" or "abs"."""

    op: str
    args: tuple[Node, ...]


Node = Number | Name | Apply

# Patterns are compiled when first used: a cell function that starts needs none of them.
_FOREIGN = r"[^A-Za-z0-9_.+\-*/() ]"
# A number that runs on into something else: 0x1f, 1_000, 2j, 1.2.3, 3or.
_GLUED = r"(?<![A-Za-z0-9_.])(?>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)[A-Za-z0-9_.]+"
_BINARY: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_NOT_ALLOWED = {
    ast.Pow: "** (a power)",
    ast.FloorDiv: "// (a division without remainder)",
    ast.Attribute: "a dot after a name",
    ast.IfExp: "if",
    ast.BoolOp: "and, or",
    ast.Not: "not",
    ast.Compare: "a comparison",
    ast.UAdd: "a plus sign in front of a value",
    ast.Tuple: "an empty pair of brackets",
    ast.Await: "await",
    ast.Starred: "a star in front of a value",
}


def parse(text: str) -> Node:
    """Read a formula.

    Raises `FormulaError` when it holds anything but arithmetic, or is too long or too deep.

    >>> to_excel(parse("(spend + other_costs) / new_customers"))
    '(spend+other_costs)/new_customers'
    """
    source = text.strip()
    if not source:
        raise FormulaError(f"the formula is empty: {ALLOWED}")
    if len(source) > MAX_LENGTH:
        raise FormulaError(f"the formula has {len(source)} characters, at most {MAX_LENGTH} fit")
    if foreign := re.search(_FOREIGN, source):
        raise _refused(f"the character {foreign.group()!r}", source)
    if glued := re.search(_GLUED, source):
        raise _refused(f"{_short(glued.group())} as a number", source)
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(f"{_short(source)} is not complete arithmetic: {ALLOWED}") from None
    return _convert(tree, source, depth=1)


def _convert(node: ast.expr, source: str, *, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise FormulaError(f"{_short(source)} nests more than {MAX_DEPTH} operations")
    match node:
        case ast.Constant(value):
            return Number(_number(value, source))
        case ast.Name(id=name):
            if name.lower() == "abs":
                raise _refused("abs without brackets", source)
            return Name(name)
        case ast.BinOp(left, op, right) if type(op) in _BINARY:
            args = tuple(_convert(side, source, depth=depth + 1) for side in (left, right))
            return Apply(_BINARY[type(op)], args)
        case ast.UnaryOp(ast.USub(), operand):
            return Apply("neg", (_convert(operand, source, depth=depth + 1),))
        case ast.Call(ast.Name(id=name), [argument], []) if name.lower() == "abs":
            return Apply("abs", (_convert(argument, source, depth=depth + 1),))
        case ast.Call():
            raise _refused("a call other than abs of one value", source)
    what = node.op if isinstance(node, ast.BinOp | ast.UnaryOp) else node
    raise _refused(_NOT_ALLOWED.get(type(what), type(what).__name__), source)


def _number(value: object, source: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):  # True, None, ...
        raise _refused(f"{value!r} as a number", source)
    if value > MAX_NUMBER:
        raise FormulaError(f"{_short(source)} holds a number above {MAX_NUMBER:g}")
    return float(value)


def _refused(what: str, source: str) -> FormulaError:
    return FormulaError(f"{what} is not allowed in {_short(source)}: {ALLOWED}")


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:57]}...")


def fold(
    node: Node,
    *,
    number: Callable[[float], T],
    name: Callable[[str], T],
    apply: Callable[[str, tuple[T, ...]], T],
) -> T:
    """Walk the tree from the leaves up; every other use of a formula is a call of this.

    `apply` receives the operation ("+", "-", "*", "/", "neg", "abs") and its folded arguments.
    """
    match node:
        case Number(value):
            return number(value)
        case Name(id):
            return name(id)
        case Apply(op, args):
            folded = tuple(fold(arg, number=number, name=name, apply=apply) for arg in args)
            return apply(op, folded)


def names(node: Node) -> tuple[str, ...]:
    """The inputs, in order of first appearance.

    >>> names(parse("(revenue - cost) / cost"))
    ('revenue', 'cost')
    """
    seen: dict[str, None] = {}  # a dict keeps the order, a set does not

    def note(id: str) -> None:
        seen.setdefault(id)

    fold(node, number=lambda _value: None, name=note, apply=lambda _op, _args: None)
    return tuple(seen)


def evaluate(node: Node, values: Mapping[str, float | None]) -> float | None:
    """The value of the formula, or `None` when an input is unknown or the result is not finite.

    Raises `ZeroDivisionError` on a zero denominator, and `KeyError` for an input that is absent.

    >>> evaluate(parse("interactions / followers"), {"interactions": 200, "followers": 10000})
    0.02
    """
    inputs = {id: values[id] for id in names(node)}
    if any(value is None for value in inputs.values()):
        return None
    return fold(node, number=float, name=lambda id: _finite(inputs[id]), apply=_compute)


def _compute(op: str, args: tuple[float | None, ...]) -> float | None:
    match op, args:
        case _ if None in args:
            return None
        case "+", (float(a), float(b)):
            return _finite(a + b)
        case "-", (float(a), float(b)):
            return _finite(a - b)
        case "*", (float(a), float(b)):
            return _finite(a * b)
        case "/", (float(a), float(b)):
            return _finite(a / b)
        case "neg", (float(a),):
            return _finite(-a)
        case "abs", (float(a),):
            return abs(a)
    raise ValueError(f"unknown operation {op!r} on {len(args)} values")


def _finite(value: float | None) -> float | None:
    try:
        known = math.nan if value is None else float(value)
    except OverflowError:  # a whole number beyond what a float holds
        return None
    return known + 0.0 if math.isfinite(known) else None  # + 0.0 turns -0.0 into 0.0


# How tightly each operation binds, the same in Excel, Python and JavaScript.
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2, "neg": 3}
_ATOM = 4


def to_excel(node: Node, *, rename: Callable[[str], str] = str) -> str:
    """The formula as Excel text without "=", with no more brackets than it needs.

    `rename` gives the spelling of each input: a cell, a range, a LAMBDA parameter.

    >>> to_excel(parse("1000 * (spend / reach)"), rename=str.upper)
    '1000*(SPEND/REACH)'
    """
    written = fold(
        node,
        number=lambda value: (_digits(value), _ATOM),
        name=lambda id: (rename(id), _ATOM),
        apply=_write,
    )
    return written[0]


def _write(op: str, args: tuple[tuple[str, int], ...]) -> tuple[str, int]:
    if op == "abs":
        return f"ABS({args[0][0]})", _ATOM
    own = _BINDS[op]
    if op == "neg":
        return f"-{_bracket(args[0], _ATOM)}", own
    left, right = args
    # A right-hand side that binds no tighter keeps its brackets: a-(b-c), and a-(-b).
    floor = _ATOM if right[0].startswith("-") else own + 1
    return f"{_bracket(left, own)}{op}{_bracket(right, floor)}", own


def _bracket(part: tuple[str, int], floor: int) -> str:
    text, binds = part
    return text if binds >= floor else f"({text})"


def _digits(value: float) -> str:
    return str(int(value)) if value.is_integer() and value < MAX_NUMBER else repr(value).upper()
