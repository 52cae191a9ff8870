"""`tellings serve`: the web application and the HTTP interface over a library."""

from __future__ import annotations

from pathlib import Path

import click

from tellings.cli import library as shared
from tellings.cli.say import say
from tellings.errors import ServingError

_GRACE = 5  # seconds that requests have to end when the server is stopped
_KEPT_OPEN = 60  # seconds that a connection may wait for its next request; a shorter wait cuts slow askers off


@click.command("serve")
@shared.option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 for any free one."
)
@click.option("--name", "names", multiple=True, help="Another name by which browsers reach this server.")
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Lines of `read TOKEN` and `write TOKEN`; needed as soon as other machines can reach the server.",
)
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), help="Keep comparisons in this folder.")
@click.option(
    "--time", type=click.FloatRange(1), default=300, show_default=True, help="Most seconds of one comparison."
)
def command(  # noqa: PLR0913 - each is an option of the command
    where: str,
    host: str,
    port: int,
    names: tuple[str, ...],
    token_file: Path | None,
    cache: Path | None,
    time: float,
) -> None:
    """Serve a library in the browser and as an HTTP interface (/docs); stop it with Ctrl-C.

    The library is made where there is none. Only this machine can reach the server unless --host says otherwise.
    """
    from tellings.library import open_library
    from tellings.serve import Settings, application
    from tellings.serve.settings import hosts_of, is_loopback, tokens_in

    if not is_loopback(host) and token_file is None:
        advice = "name a file of tokens with --token-file, or listen at 127.0.0.1"
        raise ServingError(f"--host {host}", "can be reached by other machines", advice)
    tokens = tokens_in(token_file) if token_file is not None else None
    with open_library(where):  # what is wrong with it is said before anything listens
        pass
    settings = Settings(where, hosts=hosts_of(host, names), tokens=tokens, cache=cache, time=time)
    app = application(settings)
    import uvicorn

    shown = f"[{host}]" if ":" in host else host
    say(f"serving {where} at http://{shown}:{port}/ - stop with Ctrl-C")
    uvicorn.run(
        app, host=host, port=port, log_level="warning", access_log=False, server_header=False,
        proxy_headers=False,
        timeout_keep_alive=_KEPT_OPEN, timeout_graceful_shutdown=_GRACE, limit_concurrency=256,
    )  # fmt: skip
