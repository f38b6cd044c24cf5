"""Formulas: what is arithmetic and what is not, values, and the way to Excel and back."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tracksheet.core.formula import (
    MAX_DEPTH,
    MAX_LENGTH,
    Apply,
    FormulaError,
    Name,
    Node,
    Number,
    evaluate,
    fold,
    names,
    parse,
    to_excel,
)

a, b, c = Name("a"), Name("b"), Name("c")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("likes", Name("likes")),
        ("  a  ", a),
        ("((a))", a),
        ("1000", Number(1000.0)),
        (".5", Number(0.5)),
        ("1.5e3", Number(1500.0)),
        ("a+b*c", Apply("+", (a, Apply("*", (b, c))))),
        ("(a+b)*c", Apply("*", (Apply("+", (a, b)), c))),
        ("a-b-c", Apply("-", (Apply("-", (a, b)), c))),
        ("-a/b", Apply("/", (Apply("neg", (a,)), b))),
        ("abs(a-b)", Apply("abs", (Apply("-", (a, b)),))),
        ("ABS(a)", Apply("abs", (a,))),
    ],
)
def test_reads_arithmetic(text: str, tree: Node) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("a**b", r"\*\* \(a power\)"),
        ("9**9**9**9", r"\*\* \(a power\)"),
        ("a//b", "// "),
        ("a%b", "the character '%'"),
        ("a^b", r"the character '\^'"),
        ("a@b", "the character '@'"),
        ("a==b", "the character '='"),
        ("a<b", "the character '<'"),
        ("a,b", "the character ','"),
        ("a[0]", r"the character '\['"),
        ("'a'", 'the character "\'"'),
        ("a\nb", r"the character '\\n'"),
        ("a\x00", r"the character '\\x00'"),
        ("dépenses/clics", "the character 'é'"),
        ("a.b", "a dot after a name"),
        ("a.__class__", "a dot after a name"),
        ("+a", "a plus sign"),
        ("~a", "the character '~'"),
        ("not a", "not "),
        ("a and b", "and, or"),
        ("a if b else c", "if "),
        ("a is b", "a comparison"),
        ("a in b", "a comparison"),
        ("lambda", "not complete arithmetic"),
        ("await a", "await"),
        ("()", "an empty pair of brackets"),
        ("True", "True as a number"),
        ("None", "None as a number"),
        ("...", "Ellipsis as a number"),
        ("abs", "abs without brackets"),
        ("abs()", "a call other than abs of one value"),
        ("abs(*a)", "a star"),
        ("sum(a)", "a call other than abs"),
        ("__import__(a)", "a call other than abs"),
        ("abs(a)(b)", "a call other than abs"),
        ("0x1f", "'0x1f' as a number"),
        ("1_000", "'1_000' as a number"),
        ("2j", "'2j' as a number"),
        ("1.2.3", "'1.2.3' as a number"),
        ("1or 2", "'1or' as a number"),
        ("3if 2else 1", "'3if' as a number"),
        ("0777", "not complete arithmetic"),
        ("a b", "not complete arithmetic"),
        ("a+", "not complete arithmetic"),
        ("(a", "not complete arithmetic"),
        ("a)", "not complete arithmetic"),
        ("1e999", "a number above 1e"),
        ("9" * 900, "a number above 1e"),
        ("a+" * MAX_LENGTH + "a", "characters"),
        ("a+" * MAX_DEPTH + "a", "nests more than"),
        ("-" * (MAX_LENGTH - 1) + "a", "nests more than"),
        ("(" * 400 + "a" + ")" * 400, "not complete arithmetic"),
    ],
)
def test_refuses_all_else(text: str, named: str) -> None:
    with pytest.raises(FormulaError, match=named):
        parse(text)


def test_error_quotes_a_long_formula_briefly() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("a+" * 40 + "b**2")
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("formula", "values", "result"),
    [
        ("interactions / followers", {"interactions": 200, "followers": 10000}, 0.02),
        ("1 - engaged / sessions", {"engaged": 60, "sessions": 100}, 0.4),
        ("(value - previous) / abs(previous)", {"value": 2, "previous": -4}, 1.5),
        ("-a", {"a": 0}, 0.0),
        ("a / b", {"a": None, "b": 2}, None),
        ("a / b", {"a": 1, "b": None}, None),
        ("a / b", {"a": None, "b": 0}, None),
        ("a / b", {"a": math.nan, "b": 2}, None),
        ("a / b", {"a": 1, "b": math.inf}, None),
        ("a * a", {"a": 1e200}, None),
        ("1 / (a * a)", {"a": 1e200}, None),
        ("a", {"a": 10**400}, None),
        ("a", {"a": 3, "unused": None}, 3.0),
    ],
)
def test_values(formula: str, values: dict[str, float | None], result: float | None) -> None:
    assert evaluate(parse(formula), values) == result


def test_zero_gives_no_minus_sign() -> None:
    assert math.copysign(1, evaluate(parse("-a"), {"a": 0.0}) or 0.0) == 1.0


@pytest.mark.parametrize("formula", ["a / b", "a / (b - b)", "a / -b", "0 / b"])
def test_zero_denominator_is_an_error_not_zero(formula: str) -> None:
    with pytest.raises(ZeroDivisionError):
        evaluate(parse(formula), {"a": 5, "b": 0})


def test_absent_input_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError, match="b"):
        evaluate(parse("a / b"), {"a": None})


def test_names_in_order_of_appearance() -> None:
    assert names(parse("(b - a) / b * c")) == ("b", "a", "c")


@pytest.mark.parametrize(
    ("formula", "excel"),
    [
        ("((a + b)) / c", "(a+b)/c"),
        ("1000.0 * a / b", "1000*a/b"),
        ("(a * b) / c", "a*b/c"),
        ("a * (b / c)", "a*(b/c)"),
        ("a - (b + c)", "a-(b+c)"),
        ("a - (-b)", "a-(-b)"),
        ("a - (-b) * c", "a-(-b*c)"),
        ("-(a + b)", "-(a+b)"),
        ("(-a) * b", "-a*b"),
        ("-(-a)", "-(-a)"),
        ("abs(a - b) / b", "ABS(a-b)/b"),
        ("a * 0.0000001", "a*1E-07"),
    ],
)
def test_excel_text_has_no_needless_brackets(formula: str, excel: str) -> None:
    assert to_excel(parse(formula)) == excel


def test_excel_text_with_other_names() -> None:
    cells = {"spend": "B2", "clicks": "SUM(C2:C9)"}
    assert to_excel(parse("spend / clicks"), rename=cells.__getitem__) == "B2/SUM(C2:C9)"


def test_fold_serves_any_language() -> None:
    words = {"+": "plus", "/": "over", "neg": "minus", "abs": "size of"}
    spoken = fold(
        parse("(a + 2) / abs(-b)"),
        number=lambda value: f"{value:g}",
        name=str.upper,
        apply=lambda op, args: (
            f" {words[op]} ".join(args) if args[1:] else f"{words[op]} {args[0]}"
        ),
    )
    assert spoken == "A plus 2 over size of minus B"


leaves = st.one_of(
    st.floats(min_value=0, max_value=1e15).map(lambda value: Number(value + 0.0)),
    st.sampled_from([a, b, c]),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Apply, st.sampled_from("+-*/"), st.tuples(inner, inner)),
        st.builds(Apply, st.sampled_from(["neg", "abs"]), st.tuples(inner)),
    ),
    max_leaves=20,
)


def depth(tree: Node) -> int:
    return fold(tree, number=lambda _: 1, name=lambda _: 1, apply=lambda _, args: 1 + max(args))


def result(tree: Node, values: dict[str, float | None]) -> float | str | None:
    try:
        return evaluate(tree, values)
    except ZeroDivisionError:
        return "#DIV/0!"


@given(trees, st.fixed_dictionaries({name: st.none() | st.floats() for name in "abc"}))
def test_excel_text_reads_back_as_the_same_formula(
    tree: Node, values: dict[str, float | None]
) -> None:
    text = to_excel(tree)
    assume(len(text) <= MAX_LENGTH and depth(tree) <= MAX_DEPTH)
    back = parse(text)
    assert back == tree
    assert result(back, values) == result(tree, values)


@given(trees, st.fixed_dictionaries({name: st.floats() for name in "abc"}))
def test_a_value_is_finite_or_unknown(tree: Node, values: dict[str, float | None]) -> None:
    value = result(tree, values)
    assert value is None or value == "#DIV/0!" or math.isfinite(float(value))


@given(st.text() | st.text(alphabet="ab1.9e+-*/() \t_xjJ", max_size=MAX_LENGTH + 10))
def test_any_text_is_a_formula_or_refused(text: str) -> None:
    try:
        tree = parse(text)
    except FormulaError:
        return
    assert parse(to_excel(tree)) == tree
