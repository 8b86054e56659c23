"""`toolkit completion`."""

from __future__ import annotations

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes toolkit's commands in a shell.

    \b
    Examples:
      eval "$(toolkit completion bash)"
      toolkit completion fish > ~/.config/fish/completions/toolkit.fish
    """
    from click.shell_completion import get_completion_class

    root = click.get_current_context().find_root().command
    if found := get_completion_class(shell):
        click.echo(found(root, {}, "toolkit", "_TOOLKIT_COMPLETE").source())
