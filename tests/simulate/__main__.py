"""`make simulate`: the tables of docs/statistics.md, measured anew."""

import argparse

from simulate import coverage, gates, pairs
from simulate.worlds import WORLDS


def main():
    """Print each table in Markdown."""
    parser = argparse.ArgumentParser(prog="make simulate", description=main.__doc__)
    parser.add_argument("--simulations", type=int, default=5_000, metavar="N")
    n = parser.parse_args().simulations
    error = 100 * (0.95 * 0.05 / n) ** 0.5
    print(f"{n} simulations a cell, standard error {error:.1f} points.\n")
    print(f"Coverage in percent at {_slashed(coverage.DOCUMENTS)} documents:\n")
    _print(("figure", *WORLDS), [(name, *row.values()) for name, row in coverage.table(n).items()])
    means = (f"{100 * coverage.mean_coverage(of, n):.1f}" for of in coverage.DOCUMENTS)
    print(f"\nOf the mean F1 over {', '.join(coverage.MIXED)}: {_slashed(means)}")
    print(f"\nTold apart at 5 %, in percent, at {_slashed(pairs.DOCUMENTS)} documents:\n")
    _print(("systems", "told apart", "interval of the difference holds"), pairs.table(n))
    print("\nPlanned for 80 % power:\n")
    _print(("drop of F1 in points", "documents", "power in percent"), pairs.plans(n))
    few = max(n // 5, 1)
    print(f"\nThe same from pilots, for a tenth of recall lost, {few} plans a row:\n")
    head = ("pilot", "documents, median", "power in percent", "range holds, in percent")
    _print(head, pairs.pilot_table(few))
    print(f"\nRed with no real change, in percent, at {_slashed(gates.DOCUMENTS)} documents, {few}")
    print("simulations a cell, eight fields in three metrics each:\n")
    red = gates.table(few)
    _print(("gate", *next(iter(red.values()))), [(name, *of.values()) for name, of in red.items()])
    print(f"\nRed where one field lost five points: {_slashed(gates.power(few))} percent.")
    documents, share = gates.planned_power(few)
    print(f"Planned for that: {documents} documents, then red in {share} percent.")


def _print(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        cells = (cell if isinstance(cell, str) else _slashed(cell) for cell in row)
        print("| " + " | ".join(cells) + " |", flush=True)


def _slashed(items):
    return "/".join(map(str, items))


if __name__ == "__main__":
    main()
