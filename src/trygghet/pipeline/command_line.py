"""Commands that speak Swedish: their help, and what they say to a line that they do not understand."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

import click
from click.exceptions import NoArgsIsHelpError, NoSuchCommand

from trygghet.codebook.names import nearest
from trygghet.errors import Problem, ProjectError

HELP_NAMES: Final = ("-h", "--help", "--hjälp")
_PIECES: Final = {"[OPTIONS]": "[VAL]", "COMMAND [ARGS]...": "KOMMANDO …"}
_INSTEAD: Final = {"[required]": "[måste anges]", "[default: ": "[annars: "}


class Command(click.Command):
    """A command with Swedish help."""

    def get_help_option_names(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the same wherever the command stands
        """Name the options that ask for help.

        Parameters
        ----------
        ctx : Context
            Where it is.

        Returns
        -------
        list of str
            Options.
        """
        return list(HELP_NAMES)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is used.

        Parameters
        ----------
        ctx : Context
            Where it is.
        formatter : HelpFormatter
            Takes the text.
        """
        _usage(self, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what can be chosen.

        Parameters
        ----------
        ctx : Context
            Where it is.
        formatter : HelpFormatter
            Takes the text.
        """
        _options(self, ctx, formatter)


class Group(Command, click.Group):
    """Commands with Swedish help; the outermost one also turns misunderstood lines into messages."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write which commands there are, then what can be chosen.

        Parameters
        ----------
        ctx : Context
            Where they are.
        formatter : HelpFormatter
            Takes the text.
        """
        commands = [(name, self.commands[name].get_short_help_str(200)) for name in self.list_commands(ctx)]
        with formatter.section("Kommandon"):
            formatter.write_dl(commands)
        _options(self, ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which they are used.

        Parameters
        ----------
        ctx : Context
            Where they are.

        Returns
        -------
        list of str
            Their names.
        """
        del ctx
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line.

        Parameters
        ----------
        ctx : Context
            Takes what was read.
        args : list of str
            The words of the line.

        Returns
        -------
        list of str
            The words that are left for the command.
        """
        with _in_swedish():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that the line names.

        Parameters
        ----------
        ctx : Context
            What was read.

        Returns
        -------
        object
            As click wants it.
        """
        with _in_swedish():
            return super().invoke(ctx)


class _Misunderstood(click.ClickException):
    """A line that is no command, told like every other error."""

    exit_code = 2

    def __init__(self, problem: Problem) -> None:
        self.error = ProjectError(problem)
        super().__init__(str(self.error))

    def show(self, file: IO[Any] | None = None) -> None:
        from trygghet.pipeline.messages import render

        click.echo(render(self.error), file=file, err=True)


class _Stopped(_Misunderstood):
    """The analyst stopped a command, or did not answer."""

    exit_code = 1


@contextmanager
def _in_swedish() -> Iterator[None]:
    try:
        yield
    except NoArgsIsHelpError:
        raise  # it is the help itself
    except click.UsageError as wrong:
        raise _Misunderstood(_problem(wrong)) from wrong
    except click.Abort as stopped:
        problem = Problem(
            code="KOM-06",
            what="The command was stopped, or an answer was missing.",
            remedy="Give the answer as an option, see --help.",
        )
        raise _Stopped(problem) from stopped


def _problem(wrong: click.UsageError) -> Problem:
    path = wrong.ctx.command_path if wrong.ctx else "trygghet"
    facts: dict[str, Any] = {"kommando": path}
    if isinstance(wrong, NoSuchCommand):
        group = wrong.ctx.command if wrong.ctx else None
        near = nearest(wrong.command_name, list(group.commands)) if isinstance(group, click.Group) else None
        facts |= {"namn": wrong.command_name, "forslag": f" Menade du ”{near}”?" if near else ""}
        return Problem(
            code="KOM-01",
            what=f"{path} has no command {wrong.command_name}.",
            remedy=f"See {path} --help.",
            facts=facts,
        )
    if isinstance(wrong, click.NoSuchOption):
        known = [name for each in wrong.ctx.command.params for name in each.opts] if wrong.ctx else []
        near = nearest(wrong.option_name, [name for name in known if name.startswith("-")])
        facts |= {"namn": wrong.option_name, "forslag": f" Menade du ”{near}”?" if near else ""}
        return Problem(
            code="KOM-02",
            what=f"{path} has no option {wrong.option_name}.",
            remedy=f"See {path} --help.",
            facts=facts,
        )
    if isinstance(wrong, click.MissingParameter):
        facts["namn"] = _name(wrong)
        return Problem(
            code="KOM-03", what=f"{path} lacks {_name(wrong)}.", remedy=f"See {path} --help.", facts=facts
        )
    if isinstance(wrong, click.BadParameter):
        facts["namn"] = _name(wrong)
        return Problem(
            code="KOM-04",
            what=f"{path} cannot use what is given for {_name(wrong)}.",
            remedy=f"See {path} --help.",
            facts=facts,
        )
    return Problem(
        code="KOM-05",
        what=f"The line for {path} cannot be read: {wrong.message}",
        remedy="Put quotes around names with spaces.",
        facts=facts,
    )


def _name(wrong: click.BadParameter) -> str:
    """The parameter as the help calls it."""
    if wrong.param is None or wrong.ctx is None:
        return str(wrong.param_hint or "")
    return (
        wrong.param.opts[0] if isinstance(wrong.param, click.Option) else wrong.param.make_metavar(wrong.ctx)
    )


def _usage(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    for english, swedish in _PIECES.items():
        pieces = pieces.replace(english, swedish)
    formatter.write_usage(ctx.command_path, pieces, prefix="Så här: ")


def _options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    shown = [record for each in command.get_params(ctx) if (record := _record(each, ctx)) is not None]
    with formatter.section("Val"):
        formatter.write_dl(shown)


def _record(parameter: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    """One line of the help: what can be chosen, and what it does."""
    if not isinstance(parameter, click.Option):
        return None
    record = parameter.get_help_record(ctx)
    if record is None:
        return None
    names, text = record
    if set(parameter.opts) & set(HELP_NAMES):
        return names, "Visa den här hjälpen."
    for english, swedish in _INSTEAD.items():
        text = text.replace(english, swedish)
    return names, text
