"""Questions of invented statements."""

from __future__ import annotations

from tellings.comparing.judge import Question, Told


def told(text: str, **more: str | None) -> Told:
    known = {"sentence": text, "speaker": None, "outlet": None, "published": None} | more
    return Told(text, **known)


def question(number: int = 0) -> Question:
    return Question(told(f"{number} barges sank"), told(f"the harbour lost {number} barges"))


def questions(count: int) -> list[Question]:
    return [question(number) for number in range(count)]
