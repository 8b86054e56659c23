"""JUnit XML that Jenkins and GitLab read: valid, counted, inert."""

from pathlib import Path

import pytest
from gates import corpus
from lxml import etree

from toolkit.analysis.gate.judging import gate
from toolkit.analysis.gate.policy import Pin, Policy
from toolkit.model import Corpus, Document, Mention
from toolkit.rendering import render

GOLD = corpus()
SCHEMA = etree.XMLSchema(file=str(Path(__file__).parent / "junit.xsd"))
HOSTILE = "<![CDATA[]]>&a;\x00\x0b\uffff[[ATTACHMENT|/etc/passwd]]"


def suites(report):
    """The suites of a report by name, of a document that is valid."""
    root = etree.fromstring(render(report, "junit").encode())
    SCHEMA.assertValid(root)
    return {suite.get("name").split(": ")[1]: suite for suite in root}


def case(suite, name):
    (found,) = suite.xpath("testcase[@name=$name]", name=name)
    return found


def regression():
    policy = Policy(
        floors={"speaker": {"recall": 0.99}}, pinned=(Pin("d001", "s0"), Pin("d039", "s1"))
    )
    return gate(GOLD, corpus(lost=range(20), extra={30: 40}), corpus(lost={39}), policy=policy)


def hostile():
    gold = Corpus([Document(f"d{k}", mentions=(Mention("m", HOSTILE, 0, 5),)) for k in range(30)])
    return gate(gold, [Document(each.id) for each in gold], gold)


@pytest.mark.parametrize(
    "report",
    [
        regression(),
        gate(GOLD, GOLD, GOLD),
        gate(GOLD, Corpus(list(GOLD)[1:]), GOLD),
        gate(GOLD, corpus(lost={1}), GOLD),
        hostile(),
    ],
    ids=["regression", "pass", "incomplete", "inconclusive", "hostile"],
)
def test_every_report_is_valid_and_counts_what_it_holds(report):
    found = suites(report)
    tags = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    for suite in found.values():
        assert suite.get("tests") == str(len(suite))
        for count, tag in tags.items():
            assert suite.get(count) == str(len(suite.findall(f"testcase/{tag}")))
    names = [one.get("name") for one in found["figures"]]
    assert len(set(names)) == len(names)
    failed = any(suite.get(count) != "0" for suite in found.values() for count in list(tags)[:2])
    assert failed == (report.exit_code() != 0)


def test_a_failed_figure_names_what_broke_in_the_text_that_gitlab_shows():
    found = suites(regression())
    assert set(found) == {"figures", "floors", "pinned", "blow-up"}
    failure = case(found["figures"], "speaker R").find("failure")
    first, *broken = failure.text.splitlines()
    assert first == failure.get("message")
    assert "d000: newly missed: 0-5 → –" in broken
    assert broken[-1].startswith("and ")


def test_what_is_inconclusive_or_not_judged_is_skipped():
    found = suites(gate(GOLD, corpus(lost={1}), GOLD))
    assert "points" in case(found["figures"], "speaker R").find("skipped").get("message")


def test_what_is_incomplete_is_an_error():
    found = suites(gate(GOLD, Corpus(list(GOLD)[1:]), GOLD))
    (error,) = found["documents"].findall("testcase/error")
    assert error.get("message") == "predictions: no prediction for d000"
