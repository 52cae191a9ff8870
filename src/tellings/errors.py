"""One tree of errors; each names the input it is about, says what is wrong and what to do."""


class TellingsError(Exception):
    """Any error Tellings raises on purpose.

    Args:
        about: the input the error is about, as the user named it (a path, `-`, or `path:line`).
        problem: what is wrong, in plain words, without a full stop.
        advice: what the user can do, in plain words, without a full stop.
    """

    def __init__(self, about: str, problem: str, advice: str) -> None:
        super().__init__(about, problem, advice)
        self.about = about
        self.problem = problem
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.about}: {self.problem}; {self.advice}"


class InputError(TellingsError):
    """An input that cannot be made into an account; the other inputs go on without it."""


class SpanError(TellingsError):
    """A span that does not lead back to its text or its bytes, and so is refused."""


class NothingToCompareError(TellingsError):
    """Fewer than two accounts were left to compare."""


class ModelError(TellingsError):
    """The shipped model is missing, damaged, or of another version than the code."""


class CorpusError(TellingsError):
    """A corpus asked for is missing or not in the expected form."""


class JudgeError(TellingsError):
    """A judge named by the user that cannot be asked: a damaged folder, a server that does not answer."""


class LibraryError(TellingsError):
    """A library that cannot be opened, read or written, or a search of it that asks for nothing."""


class FrameError(TellingsError):
    """A data frame was asked for where no library that makes one is installed."""


class NotThereError(LibraryError):
    """A library does not have the account or the story that was asked for."""


class ServingError(TellingsError):
    """The server cannot be started so, or cannot do a piece of work now: too much waits, or it took too long."""
