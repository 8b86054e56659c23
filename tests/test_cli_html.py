"""The commands that write the HTML report."""

import pytest
from click.testing import CliRunner

import toolkit
from toolkit import Document, Mention
from toolkit.cli import cli


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    documents = [
        Document(f"d{k}", text="Ana said no.", mentions=(Mention("a", "speaker", 0, 3),))
        for k in range(24)
    ]
    toolkit.write(toolkit.Corpus(documents), "gold.jsonl")
    toolkit.write(toolkit.Corpus(documents), "same.jsonl")
    toolkit.write(toolkit.Corpus([Document(d.id) for d in documents]), "none.jsonl")
    return tmp_path


def run(*arguments, code=0):
    done = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def page(place, name="report.html"):
    text = (place / name).read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.endswith("</html>\n")
    return text


def test_score_writes_the_page_and_still_prints_the_tables(place):
    said = run("score", "gold.jsonl", "none.jsonl", "--html", "report.html")
    assert "MENTIONS" in said
    assert "<b>none</b>" in page(place)


def test_score_prints_the_page(place):
    run("score", "gold.jsonl", "none.jsonl", "--html", "report.html")
    assert run("score", "gold.jsonl", "none.jsonl", "--format", "html") == page(place)


def test_show_makes_the_same_page_of_a_saved_card(place):
    run("score", "gold.jsonl", "none.jsonl", "-o", "card.json", "--html", "report.html")
    sides = ("--gold", "gold.jsonl", "--predictions", "none.jsonl")
    run("show", "card.json", "--format", "html", *sides, "-o", "again.html")
    assert page(place, "again.html") == page(place)


def test_show_makes_a_page_of_a_card_alone(place):
    run("score", "gold.jsonl", "none.jsonl", "-o", "card.json")
    run("show", "card.json", "--format", "html", "-o", "report.html")
    assert "Made from a scorecard alone" in page(place)


def test_show_refuses_one_side_or_another_format(place):
    run("score", "gold.jsonl", "none.jsonl", "-o", "card.json")
    for arguments in (
        ("--gold", "gold.jsonl", "--format", "html"),
        ("--gold", "gold.jsonl", "--predictions", "none.jsonl"),
    ):
        done = CliRunner().invoke(cli, ["show", "card.json", *arguments])
        assert done.exit_code == 2
        assert "go together, with --format html" in done.output


def test_compare_and_gate_write_the_page_of_both_sides(place):
    run("compare", "gold.jsonl", "same.jsonl", "none.jsonl", "--html", "report.html")
    text = page(place)
    assert "same beside none" in text
    assert "only same right" in text
    run(
        "gate",
        "gold.jsonl",
        "none.jsonl",
        "--baseline",
        "same.jsonl",
        "--html",
        "gate.html",
        code=1,
    )
    text = page(place, "gate.html")
    assert 'class="verdict regression"' in text
    assert "baseline beside predictions" in text


def test_compare_marks_people_in_its_page_alone(place):
    sides = ("gold.jsonl", "same.jsonl", "none.jsonl")
    run("agreement", *sides[:2], "--format", "json", "-o", "agreement.json")
    run("compare", *sides, "--html", "report.html", "--ceiling", "agreement.json")
    assert "people 100.0" in page(place)
    said = run("compare", *sides, "--ceiling", "agreement.json", code=2)
    assert "give --html or --format html" in said


def test_agreement_writes_the_page_and_prints_it(place):
    said = run("agreement", "gold.jsonl", "none.jsonl", "--html", "report.html")
    assert "AGREEMENT ON PLACES" in said
    assert "against <b>gold</b>" in page(place)
    assert run("agreement", "gold.jsonl", "none.jsonl", "--format", "html") == page(place)
    run("agreement", "b=none.jsonl", "a=gold.jsonl", "--html", "report.html")
    assert "against <b>b</b>" in page(place)


def test_a_page_that_cannot_be_written_leaves_nothing(place):
    (place / "taken").write_text("a file")
    with pytest.raises(toolkit.WriteError):
        run("score", "gold.jsonl", "none.jsonl", "--html", "taken/report.html")
    assert (place / "taken").read_text() == "a file"
