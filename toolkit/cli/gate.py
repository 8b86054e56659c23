"""`toolkit gate`."""

from __future__ import annotations

from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import line, write, write_report
from toolkit.cli.sides import read_sides
from toolkit.rendering import GATE_FORMATS


@click.command(cls=options.Command)
@click.argument("gold", metavar="GOLD", required=False)
@click.argument("predicted", metavar="PRED...", nargs=-1)
@click.option(
    "--baseline",
    default="reports/baseline",
    show_default=True,
    metavar="BASE",
    help="A folder that `toolkit baseline accept` wrote, or a file of predictions.",
)
@click.option("--policy", metavar="FILE", help="What is asked for; see --init.")
@options.apply(options.SIDES)
@click.option("--explain", is_flag=True, help="Also split changes into extractor, gold and scorer.")
@click.option(
    "--self-test", "self_test_", is_flag=True, help="Print the gate's own false-alarm rate instead."
)
@click.option("--init", is_flag=True, help="Print a policy with every key explained instead.")
@click.option("--require-evidence", is_flag=True, help="Exit 4 where nothing could be shown.")
@click.option("--json", "json_file", metavar="FILE", help="Also write the report as JSON here.")
@click.option("--junit", "junit_file", metavar="FILE", help="Also write JUnit XML here.")
@click.option("--markdown", "markdown_file", metavar="FILE", help="Also write Markdown here.")
@options.html
@click.option("--format", "format_", type=click.Choice(GATE_FORMATS), default="terminal")
@options.output
def gate(
    gold: str | None,
    predicted: tuple[str, ...],
    baseline: str,
    policy: str | None,
    schema: str | None,
    texts: str | None,
    explain: bool,
    self_test_: bool,
    init: bool,
    require_evidence: bool,
    json_file: str | None,
    junit_file: str | None,
    markdown_file: str | None,
    html: str | None,
    format_: Any,
    output: str | None,
    **reading: Any,
) -> None:
    """Judge predictions against a baseline: regression, pass, or inconclusive.

    Several PRED are runs of one extractor that does not always answer alike. Both sides are scored
    now, so that a change of the gold, the schema or the scorer is none of the extractor.

    Exit codes: 0 pass, also inconclusive; 1 regression; 2 usage or bad input; 3 incomplete or not
    comparable; 4 inconclusive under --require-evidence.

    \b
    Examples:
      toolkit gate gold/news new.jsonl --baseline old.jsonl
      toolkit gate gold/news new.jsonl --policy gate.yaml --junit gate.xml --explain
      toolkit gate gold/news run1.jsonl run2.jsonl run3.jsonl
      toolkit gate gold/news new.jsonl --html gate.html
      toolkit gate --init -o gate.yaml
    """
    if init:
        from toolkit.analysis.gate.policy import TEMPLATE

        return write(TEMPLATE, output)
    if gold is None or not (predicted or self_test_):
        raise click.UsageError(f"Missing argument '{'PRED...' if gold else 'GOLD'}'.")
    try:
        accepted = toolkit.load_baseline(baseline)
        rules = toolkit.load_schema(schema) if schema else None
        expected, found_runs = read_sides(gold, predicted, texts, reading, rules)
        runs = found_runs or accepted.runs
        asked = toolkit.load_policy(policy) if policy else None
        if self_test_:
            found = toolkit.gate_self_test(expected, runs, accepted, rules, asked)
            return write(_alarms(found), output)
        report = toolkit.gate(expected, runs, accepted, rules, asked)
        if explain:
            changes = toolkit.explain_change(expected, runs, accepted, rules, asked)
            report = report._replace(changes=changes)
    except toolkit.MismatchError as error:
        for problem in error.problems:
            click.echo(f"not comparable: {line(problem)}", err=True)
        raise SystemExit(3) from None
    files = {"json": json_file, "junit": junit_file, "markdown": markdown_file}
    for kind, file in files.items():
        if file:
            write(toolkit.render(report, kind), file)  # type: ignore[arg-type]

    def page() -> str:
        # The first run of each side stands for it: a page shows one set of spans.
        shown = {"baseline": accepted.runs[0], "predictions": runs[0]}
        cards = {name: toolkit.score(expected, run, rules) for name, run in shown.items()}
        return toolkit.html_report(cards, expected, shown, rules, judged=report)

    write_report(format_, output, html, lambda: toolkit.render(report, format_), page)
    raise SystemExit(report.exit_code(require_evidence=require_evidence))


def _alarms(found: Any) -> str:
    return "".join(
        f"{one.what}: {one.alarms} false alarms in {one.comparisons} ({100 * one.rate:.1f} %)\n"
        for one in found
    )
