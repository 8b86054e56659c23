"""The command `toolkit`: thin commands, each one public function of the package.

Exit codes: 0 good, 1 judged bad (by `check` and `gate`) or done in part (`extract`), 2 usage or bad
input, 130 interrupted; `gate` has more. Results go to standard output, all else to standard error.
"""

from __future__ import annotations

import sys

import click

from toolkit.cli import (
    adjudicate,
    agreement,
    baseline,
    check,
    compare,
    completion,
    convert,
    extract,
    gate,
    labelstudio,
    plan,
    schema,
    score,
    suspects,
    thresholds,
)
from toolkit.cli.showing import line
from toolkit.errors import ToolkitError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="extraction-toolkit", prog_name="toolkit")
def cli() -> None:
    """How good is an extractor? Score what it finds in news against gold annotations.

    \b
    Examples:
      toolkit extract rules seeds -o predictions.jsonl
      toolkit score gold/news predictions.jsonl -o card.json
      toolkit show card.json --format markdown -o report.md
      toolkit compare gold/news old.jsonl new.jsonl
      toolkit gate gold/news new.jsonl --baseline old.jsonl

    Exit codes: 0 good, 1 problems found by check, regressions by gate or documents that failed in
    extract, 2 usage or bad input, 130 interrupted.
    """


for command in (
    adjudicate.adjudicate,
    agreement.agreement,
    baseline.baseline,
    check.check,
    compare.compare,
    completion.completion,
    convert.convert,
    extract.extract,
    gate.gate,
    labelstudio.labelstudio,
    plan.plan,
    schema.schema,
    score.score,
    score.show,
    suspects.suspects,
    thresholds.thresholds,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; bad input ends in one line a problem on standard error, never in a
    traceback.
    """
    if "" not in sys.path:
        sys.path.append("")  # a reader or an extractor of one's own may stand in the current folder
    try:
        code = cli.main(standalone_mode=False, prog_name="toolkit")
    except ToolkitError as error:
        for problem in error.problems:
            click.echo(f"error: {line(problem)}", err=True)
        code = 2
    except click.exceptions.Abort:
        click.echo("interrupted; nothing was left half-written", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    sys.exit(code if isinstance(code, int) else 0)
