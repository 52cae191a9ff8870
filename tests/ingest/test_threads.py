"""Forum and comment pages: one account a post, each led back to its own bytes."""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tellings.errors import InputError
from tellings.ingest.jsonscan import string_source
from tellings.ingest.threads import posts_of_page
from tellings.records import Account, Original
from tests.ingest import threads_made as made
from tests.ingest.inputs import every_run_reads_back
from tests.ingest.threads_made import ARTICLE, WORDS, html, others, page, told

if TYPE_CHECKING:
    from collections.abc import Callable

ENGINES: list[tuple[Callable[..., str], str]] = [
    (made.phpbb, "2025-11-05T10:0{}"),
    (made.xenforo, "2025-11-05T10:0{}:00+00:00"),
    (made.vbulletin, "2025-11-1{}T10:00"),
    (made.discourse, "2025-11-05T10:0{}:00Z"),
    (made.reddit, "2025-11-05T10:0{}:00+00:00"),
    (made.wordpress, "2025-11-05T10:0{}:00+00:00"),
    (made.disqus, "2025-11-05T10:0{}:00Z"),
    (made.of_no_engine, "2025-11-05T10:0{}"),
]


def accounts(found: made.Posts) -> list[Account]:
    assert found is not None
    return [one for one in found if isinstance(one, Account)]


@pytest.mark.parametrize(("engine", "when"), ENGINES, ids=lambda value: getattr(value, "__name__", ""))
def test_each_post_is_an_account_with_its_author_and_time(engine: Callable[..., str], when: str):
    names = ["Ada L.", "bram_77", "Ömer"]
    found = page(html(*(engine(n, name, f"{WORDS} So says number {n}.") for n, name in enumerate(names, 1))))

    def written(n: int) -> str:
        return when.format(n + 2 if engine is made.vbulletin else n)

    assert told(found) == [(name, written(n), f"{WORDS} So says number {n}.") for n, name in enumerate(names, 1)]
    assert {one.kind for one in accounts(found)} == {"post"}
    assert [one.id for one in accounts(found)] == ["talk-1.1", "talk-1.2", "talk-1.3"]


@pytest.mark.parametrize("engine", [made.reddit, made.wordpress])
def test_answers_inside_a_post_are_posts_of_their_own(engine: Callable[..., str]):
    inner = engine(2, "bram", "No, it was the wind alone.", engine(3, "Ada", "It was rust, they say."))
    found = page(html(engine(1, "Ada", WORDS, inner), engine(4, "Cy", "Who pays for it then?")))

    assert [(author, text) for author, _, text in told(found)] == [
        ("Ada", WORDS),
        ("bram", "No, it was the wind alone."),
        ("Ada", "It was rust, they say."),
        ("Cy", "Who pays for it then?"),
    ]


def test_a_post_has_its_heading_its_site_and_its_own_address():
    head = '<meta property="og:site_name" content="Quay Talk"><link rel="canonical" href="https://talk.example/9">'
    first, second = accounts(page(html(made.phpbb(1, "Ada", WORDS), made.phpbb(2, "bram", WORDS), head=head)))

    assert (first.title, first.outlet, first.url) == ("Re: The crane", "Quay Talk", "https://talk.example/9#p1")
    assert first.original.offset < second.original.offset
    assert first.sha256 != second.sha256


def test_paragraphs_stay_apart_and_entities_lead_to_their_bytes():
    found = accounts(
        page(html(*(made.xenforo(n, "Ada", f"Rust &amp; wind.<br>And <b>we</b> knew. {WORDS}") for n in (1, 2))))
    )

    assert found[0].text == f"Rust & wind.\n\nAnd we knew. {WORDS}"


def test_a_quoted_post_stays_in_the_text_and_is_noted():
    quote = "<blockquote><div><cite>Ada wrote:</cite>It was rust.</div></blockquote>I do not think so."
    post = accounts(page(html(made.phpbb(1, "Ada", WORDS), made.phpbb(2, "bram", quote))))[1]

    assert post.author == "bram"
    assert post.text == "Ada wrote:\n\nIt was rust.\n\nI do not think so."
    assert others(post) == ["characters 0-24 are a quoted post of another voice, by Ada"]
    assert post.text[0:24].endswith("It was rust.")


def test_an_article_with_ten_comments_is_an_account_and_ten_posts():
    comments = "".join(made.wordpress(n, f"Reader {n}", f"I saw it fall, and I am number {n}.") for n in range(10))
    source = f"<article>{ARTICLE}</article><div id=comments><ol>{comments}</ol></div>"
    first, *rest = accounts(page(html(source, title="Crane falls in the storm at Ostrel")))

    assert (first.kind, first.id, len(rest)) == ("article", "talk-1", 10)
    assert "I saw it fall" not in first.text
    assert "spent on the swing bridge" in first.text
    assert {one.kind for one in rest} == {"post"}
    assert rest[9].text == "I saw it fall, and I am number 9."


def test_a_sidebar_that_repeats_like_posts_is_none():
    cards = "".join(
        f'<div class="card"><h3><a href="/{n}">Another story of town {n}</a></h3><span class="author">Ann {n}</span>'
        f'<time datetime="2025-11-0{n}">x</time><p>{WORDS}</p></div>'
        for n in range(1, 7)
    )
    assert page(html(f"<article>{ARTICLE}</article><div class=column>{cards}</div>")) is None
    assert page(html(f"<article>{ARTICLE}</article><aside>{cards.replace('h3', 'p')}</aside>")) is None


@pytest.mark.parametrize(
    "source",
    [
        "",
        "no markup at all",
        html(f"<article>{ARTICLE}</article>"),
        html("<ul>" + "<li class=item><a href='/'>Home</a></li>" * 30 + "</ul>"),
        html("<div class=post id=p1>" * 3),
        "<" * 5000,
        "<div class='" * 2000,
        "<![CDATA[" * 1000,
        "</div>" * 1000,
    ],
)
def test_pages_without_posts_are_no_thread(source: str):
    assert not accounts(page(source) or [])


def test_posts_without_authors_are_posts_without_authors():
    found = page(html(*(made.discourse(n, "", f"<p>{WORDS} {n}</p>") for n in (1, 2))))

    assert [(author, when) for author, when, _ in told(found)] == [
        (None, "2025-11-05T10:01:00Z"),
        (None, "2025-11-05T10:02:00Z"),
    ]


def test_an_empty_post_is_an_error_in_its_place():
    found = page(
        html(made.phpbb(1, "Ada", WORDS), made.phpbb(2, "bram", "<img src=x>"), made.phpbb(3, "Cy", "Yes it is."))
    )

    assert found is not None
    assert [isinstance(one, InputError) for one in found] == [False, True, False]
    assert str(found[1]).startswith("talk.html:post 2: is empty")


def test_the_same_words_twice_are_two_posts():
    first, second = accounts(page(html(made.phpbb(1, "Ada", "I agree."), made.phpbb(2, "bram", "I agree."))))

    assert first.text == second.text
    assert first.sha256 != second.sha256
    assert first.id != second.id


def test_a_relative_time_is_no_date():
    one = '<div class="comment-body"><b class="fn">{}</b> <i class="time">3 hours ago</i><p class="said">{}</p></div>'
    found = accounts(page(html(one.format("Ada", WORDS), one.format("bram", WORDS))))

    assert [post.published for post in found] == [None, None]
    assert "3 hours ago" in found[0].notes[0].message


def test_times_in_seconds_are_read():
    one = '<div class="post" id="p{0}"><b class="username">u{0}</b><i data-time="1762336800">x</i>'
    one += '<div class="content">{1}</div></div>'
    found = accounts(page(html(one.format(1, WORDS), one.format(2, WORDS))))

    assert found[0].published == "2025-11-05T10:00:00Z"


def test_a_comment_is_known_by_its_label():
    one = (
        '<div class="comment"><div role="article" aria-label="Comment by {0}" class="x1">'
        '<a title="Nov 5, 2025, 10:00 AM">Nov 5</a><div class="comment-body"><p>{1}</p></div></div></div>'
    )
    found = page(
        html(f"<article>{ARTICLE}</article>", one.format("Ada L.", "Well told."), one.format("bram", "Is it so?"))
    )

    assert told(found)[1:] == [
        ("Ada L.", "2025-11-05T10:00", "Well told."),
        ("bram", "2025-11-05T10:00", "Is it so?"),
    ]


@pytest.mark.parametrize(("kind", "count"), [("FAQPage", 0), ("QAPage", 3)])
def test_questions_that_people_asked_are_posts_and_those_of_a_page_are_none(kind: str, count: int):
    asked = "<div itemscope itemtype='https://schema.org/Question'><h2 itemprop=name>Why?</h2><p itemprop=text>Why?</p>"
    answer = "<div itemscope itemtype='https://schema.org/Answer'><p itemprop=text>Rust, {}.</p></div>"
    source = (
        f"<div itemscope itemtype='https://schema.org/{kind}'>{asked}{answer.format(1)}{answer.format(2)}</div></div>"
    )

    assert len(page(html(source)) or []) == count


def test_a_page_inside_a_line_of_json_leads_to_the_bytes_of_the_line():
    source = html(*(made.phpbb(n, "Zoë", f"“Rust,” they say.\n{WORDS}") for n in (1, 2)))
    line = json.dumps({"html": source, "n": 1}).encode()
    read = string_source(line, "html")
    assert read is not None
    original = Original("talk.jsonl", "0" * 64, len(line), "utf-8", 100)
    found = accounts(posts_of_page("talk.jsonl:2", read, original, line, given_id="talk"))

    assert [one.author for one in found] == ["Zoë", "Zoë"]
    for one in found:
        at = one.original.offset - 100
        part = line[at : at + one.original.size]
        assert hashlib.sha256(part).hexdigest() == one.sha256
        assert part.startswith(b'<div id=\\"p')
        assert every_run_reads_back(one, part)
        assert one.text.startswith("“Rust,” they say.")


class TestData:
    def data(self, *posts: tuple[str, str], kind: str = "Comment") -> str:
        nodes = [
            {"@type": kind, "author": {"name": name}, "datePublished": f"2025-11-05T10:0{n}:00Z", "text": words}
            for n, (name, words) in enumerate(posts)
        ]
        root = {"@context": "https://schema.org", "@type": "DiscussionForumPosting", "comment": nodes}
        return f'<script type="application/ld+json">{json.dumps(root)}</script>'

    def test_posts_that_the_data_alone_tell_apart_are_placed_on_the_page(self):
        words = [f"{WORDS} {n}" for n in range(3)]
        source = html(*(f"<p>{one}</p>" for one in words), head=self.data(*zip("abc", words, strict=True)))

        assert told(page(source)) == [(name, f"2025-11-05T10:0{n}:00Z", words[n]) for n, name in enumerate("abc")]

    def test_what_the_page_does_not_show_is_an_error_in_its_place(self):
        source = html(f"<p>{WORDS}</p>", head=self.data(("Ada", WORDS), ("bram", "Nowhere to be seen here.")))
        found = page(source)

        assert found is not None
        assert "not shown on the page" in str(found[1])

    def test_data_name_the_author_of_a_post_the_page_marks_without_one(self):
        posts = [made.discourse(n, "", f"<p>{WORDS} {n}</p>") for n in (1, 2)]
        source = html(*posts, head=self.data(("Ada", f"{WORDS} 1"), ("bram", f"{WORDS} 2")))

        assert [author for author, _, _ in told(page(source))] == ["Ada", "bram"] or told(page(source))[0][0] == "Ada"

    @pytest.mark.parametrize(
        "data", ["{", "[" * 100_000, "null", '{"@type": ["Comment", 3], "author": [[1]], "text": 7}']
    )
    def test_broken_data_tell_nothing(self, data: str):
        assert page(html(f"<p>{WORDS}</p>", head=f'<script type="application/ld+json">{data}</script>')) is None


class TestLive:
    def entry(self, number: int, when: str) -> str:
        return f"<div class='entry'>{when}<h2>Hour {number}</h2><p>{WORDS} This was hour {number}.</p></div>"

    def test_each_entry_is_an_article_with_its_own_time(self):
        entries = [self.entry(n, f"<time datetime='2025-11-05T1{n}:00:00Z'>1{n}:00</time>") for n in range(3)]
        found = accounts(page(html(f"<div class='live-blog'>{''.join(entries)}</div>"), entries=True))

        assert [(one.kind, one.title, one.published) for one in found] == [
            ("article", f"Hour {n}", f"2025-11-05T1{n}:00:00Z") for n in range(3)
        ]
        assert found[2].text == f"{WORDS} This was hour 2."

    def test_a_clock_without_a_day_is_no_date(self):
        entries = [self.entry(n, f"<span class='time'>1{n}:00</span>") for n in range(3)]
        found = accounts(page(html(f"<div class='live-blog'>{''.join(entries)}</div>"), entries=True))

        assert [one.published for one in found] == [None] * 3
        assert "10:00" in found[0].notes[0].message

    def test_microdata_are_read_first(self):
        one = (
            "<div itemprop=liveBlogUpdate itemscope itemtype='https://schema.org/BlogPosting'>"
            "<h3 itemprop=headline>{0}</h3><time itemprop=datePublished datetime='2025-11-05T1{0}:00'></time>"
            "<div itemprop=articleBody><p>{1}</p></div></div>"
        )
        both = one.format(1, WORDS) + one.format(2, WORDS)
        source = f"<div itemscope itemtype='https://schema.org/LiveBlogPosting'>{both}</div>"
        found = accounts(page(html(source), entries=True))

        assert [(post.title, post.published, post.text) for post in found] == [
            ("1", "2025-11-05T11:00", WORDS),
            ("2", "2025-11-05T12:00", WORDS),
        ]

    def test_a_list_of_stories_with_times_is_no_live_blog(self):
        entries = [self.entry(n, f"<time datetime='2025-11-05T1{n}:00:00Z'>1{n}:00</time>") for n in range(3)]
        assert page(html(made.joined(entries)), entries=True) is None


class TestBounds:
    @pytest.mark.parametrize(
        "tag",
        [
            "<div>",
            "<div class=post id=p1>",
            "<li class=comment id=comment-1>",
            "<p>",
            "<blockquote>",
            "<b class=author>",
            "<time>",
            "<cite>",
        ],
    )
    def test_a_hundred_thousand_nested_tags(self, tag: str):
        start = time.process_time()
        page(tag * 100_000 + WORDS)
        page("<div class=post id=p1>" * 2 + tag * 40_000 + WORDS)
        assert time.process_time() - start < 30

    @pytest.mark.parametrize("nested", [False, True])
    def test_many_posts_take_time_in_step_with_their_number(self, nested: bool):
        def taken(count: int) -> float:
            posts = [made.reddit(n % 10, f"user{n}", f"I saw number {n}.") for n in range(count)]
            source = html(*((post.removesuffix("</div></div>") if nested else post) for post in posts))
            start = time.process_time()
            assert len(page(source) or []) == count
            return time.process_time() - start

        few = min(taken(1000), taken(1000))
        assert taken(8000) < 8 * few * 3 + 1


PARTS = st.text(st.sampled_from("abc é“”&<>;'\"\n\u00a0—"), max_size=40)


@settings(max_examples=60, deadline=None)
@given(bodies=st.lists(PARTS, min_size=2, max_size=5), engine=st.sampled_from([one for one, _ in ENGINES]))
def test_every_run_of_every_post_reads_back(bodies: list[str], engine: Callable[..., str]):
    found = page(html(*(engine(n, "Ada", f"{WORDS} {body} <i>so</i>") for n, body in enumerate(bodies))))
    assert found is None or len(found) <= len(bodies) + 1  # page() has checked all that was placed


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<div class=post id=p1>",
                "</div>",
                "<li class=comment>",
                "</li>",
                "<p>",
                "<b class=fn>",
                "</b>",
                "<time datetime=2025-11-05>",
                "</time>",
                "<blockquote>",
                "words of somebody",
                "<",
                "&amp;",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "<script>",
                "</script>",
                "<div itemscope itemtype=http://schema.org/Comment>",
                "<span itemprop=text>",
            ]
        ),
        max_size=60,
    )
)
def test_any_markup_gives_posts_that_read_back_or_none(parts: list[str]):
    page(" ".join(parts))
    page(" ".join(parts), entries=True)
