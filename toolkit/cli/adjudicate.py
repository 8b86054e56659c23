"""`toolkit adjudicate`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import line, note
from toolkit.errors import DataError, Problem, abridged, plural

if TYPE_CHECKING:
    from toolkit.analysis.adjudication.decisions import Decision
    from toolkit.analysis.adjudication.items import Case, Item
    from toolkit.analysis.adjudication.session import Session
    from toolkit.model import Document

_KEYS = "a, b, both, neither, edit, skip, back, quit; words after it are the reason"

_SHORT = {"n": "neither", "e": "edit", "s": "skip", "q": "quit", "2": "both", "<": "back"}


@click.command()
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "-o", "--output", required=True, metavar="C", help="Folder of the gold and the decisions."
)
@click.option(
    "--decisions", metavar="FILE", help="Apply the decisions recorded here, and ask nothing."
)
@options.apply(options.SIDES)
def adjudicate(
    a: str,
    b: str,
    output: str,
    decisions: str | None,
    schema: str | None,
    texts: str | None,
    **reading: Any,
) -> None:
    """Make gold of two annotators' work: decide mention by mention where they differ.

    What they agree on is accepted. Each decision is kept in C/adjudication.jsonl as it is made, so
    you may quit, or be interrupted, and go on later with the same command. Documents in which
    nothing is left to decide are written to C/documents.

    \b
    Examples:
      toolkit adjudicate gold/news/annotators/first gold/news/annotators/second -o gold/news
      toolkit adjudicate first second -o gold/mine --schema schemas/news.yaml --texts seeds
      toolkit adjudicate first second -o gold/mine --decisions decided.jsonl
    """
    from toolkit.analysis.adjudication.session import Session

    found = toolkit.read_annotators((a, b), texts=texts, **reading)
    if len(found.sets) != 2:
        what = f"{plural(len(found.sets), 'annotator')}: adjudication takes two"
        raise DataError(Problem("adjudicate", what, "name one annotator's files each"))
    note(found.sets.values())
    rules = schema or found.schema
    one, other = found.sets.values()
    both = toolkit.compare_annotators(
        one, other, toolkit.load_schema(rules) if rules else None, found.entities
    )
    for who, alone in zip(found.sets, (both.only_a, both.only_b), strict=True):
        if alone:
            names = ", ".join(alone)
            click.echo(f"note: done by {line(who)} alone, left out: {line(names)}", err=True)
    session = Session(both.cases, output)
    if decisions:
        session.apply(toolkit.read_decisions(decisions).decisions.values(), decisions)
    else:
        _ask_all(session, tuple(found.sets))
    _finish(session)


def _finish(session: Session) -> None:
    found = session.write()
    for notice in found.notices:
        click.echo(f"note: {line(notice)}", err=True)
    if found.open:
        waiting = [
            Problem(name, f"not written: {plural(left, 'mention')} to decide")
            for name, left in found.open.items()
        ]
        for problem in abridged(waiting):
            click.echo(f"note: {line(problem)}", err=True)
    click.echo(f"{plural(len(found.documents), 'document')} written to {session.folder}", err=True)


def _ask_all(session: Session, names: tuple[str, ...]) -> None:
    """Ask for each item that is not decided, and go back where that is wanted."""
    items, known = session.items, session.decisions
    todo = [k for k, item in enumerate(items) if (item.document, item.mention) not in known]
    agreed = sum(len(case.agreed) for case in session.cases)
    click.echo(
        f"{plural(agreed, 'mention')} agreed and accepted, {len(items)} to decide, "
        f"{len(items) - len(todo)} of them decided before"
    )
    cases = {case.a.id: case for case in session.cases}
    position = 0
    while position < len(todo):
        item = items[todo[position]]
        _show(item, cases[item.document], names, f"{todo[position] + 1} of {len(items)}")
        answer = _ask(item)
        if answer == "quit":
            return
        if answer == "back":
            if position:
                position -= 1
            elif todo[0]:
                todo.insert(0, todo[0] - 1)
            else:
                click.echo("this is the first")
            continue
        if answer != "skip":
            session.keep(answer)
        position += 1


def _ask(item: Item) -> Any:
    """What a person wants: a decision, or `skip`, `back` or `quit`."""
    from toolkit.analysis.adjudication.decisions import decide

    while True:
        try:
            typed = click.prompt("", prompt_suffix="> ", type=str)
        except click.exceptions.Abort:  # Ctrl-C, Ctrl-D: all that was decided is kept
            click.echo()
            return "quit"
        key, _, reason = typed.strip().partition(" ")
        key = _SHORT.get(key.lower(), key.lower())
        if key in ("skip", "back", "quit"):
            return key
        if key == "edit":
            if edited := _edit(item, reason.strip()):
                return edited
            continue
        taken = {"a": (item.a,), "b": (item.b,), "both": (item.a, item.b), "neither": ()}
        if key not in taken:
            click.echo(_KEYS)
        elif None in taken[key]:
            click.echo("there is only one version: that one, or neither")
        else:
            return decide(item, key, reason.strip())  # type: ignore[arg-type]


def _edit(item: Item, reason: str) -> Decision | None:
    """Let a person change the mention as JSON, in an editor; none where nothing was saved."""
    import msgspec

    from toolkit.analysis.adjudication.decisions import decide
    from toolkit.model import Mention

    given = item.a or item.b
    text = msgspec.json.format(msgspec.json.encode(given), indent=2).decode()
    while True:
        changed = click.edit(text + "\n", extension=".json")
        if changed is None:
            click.echo("nothing was changed")
            return None
        try:
            return decide(item, msgspec.json.decode(changed, type=Mention), reason)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            click.echo(f"no mention: {line(error)}")
            if not click.confirm("edit again?", default=True):
                return None
            text = changed.rstrip("\n")


def _show(item: Item, case: Case, names: tuple[str, ...], where: str) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    put: Callable[[str], None] = lambda words: console.print(words, soft_wrap=True)  # noqa: E731
    put(f"\n[bold]{escape(line(item.document))}  {escape(line(item.mention))}[/]  ({where})")
    differing = {name for name, _ in item.twins.differing}
    versions = zip("ab", names, (item.a, item.b), (case.a, case.b), strict=True)
    for key, name, version, document in versions:
        put(f"[bold]{key}[/] {escape(line(name))}:")
        if version is None:
            put("  [dim]nothing[/]")
            continue
        put("  " + _in_context(version, case.text))
        for field, value in version.fields.items():
            mark = "[yellow]≠[/]" if field in differing else " "
            put(f"  {mark} {escape(line(field))}: {escape(_value(value, document, case.text))}")
    put(f"[dim]{_KEYS}[/]")


def _value(value: Any, document: Document, text: str | None) -> str:
    """A field's value; of places and references also the words."""
    from toolkit.checking.structure import words
    from toolkit.rendering.wording import value_text
    from toolkit.spans import value_place

    mentions = {mention.id: mention.place for mention in document.mentions}
    shown = []
    for one in value if isinstance(value, list) else [value]:
        place = value_place(one)
        if place is None and isinstance(one, dict):
            place = mentions.get(str(one.get("ref")))
        quoted = f" «{_flat(words(place, text))}»" if place and text is not None else ""
        shown.append(value_text(one) + quoted)
    return line(", ".join(shown))


AROUND = 60
"""Characters of the text shown before and after a mention."""


def _in_context(version: Any, text: str | None) -> str:
    """The label, and the mention's words in brackets within the text around it."""
    from rich.markup import escape

    from toolkit.spans import describe

    head = f"[bold cyan]{escape(line(version.label))}[/] {describe(version.place)}"
    if text is None or not version.place:
        return head
    first, last = version.place[0].start, version.place[-1].end
    at = max(0, first - AROUND)
    shown = "…" if at else ""
    for start, end in version.place:
        shown += escape(_flat(text[at:start])) + f"[bold]«{escape(_flat(text[start:end]))}»[/]"
        at = end
    shown += escape(_flat(text[last : last + AROUND])) + ("…" if last + AROUND < len(text) else "")
    return f"{head}  {shown}"


def _flat(words: str) -> str:
    return line(words.replace("\r", " ").replace("\n", " "))
