from __future__ import annotations

import pytest

from tellings.ingest.thread_hints import may_hold_parts
from tests.ingest import threads_made as made

# That every page with posts or entries is among those that may have them is checked in `threads_made.page`.


def test_an_article_is_not_looked_through_for_posts():
    head = '<link rel="author" href="/ada"><meta name="keywords" content="comment, post">'
    byline = '<span class="byline author">Ada Kroll</span><time datetime="2024-03-04">4 March</time>'
    assert not may_hold_parts(made.html(byline, made.ARTICLE, '<a id="top">Comments</a>', head=head))


def test_a_post_of_a_blog_is_an_article():
    assert not may_hold_parts(f'<article id="post-12" class="post type-post">{made.ARTICLE}</article>')


@pytest.mark.parametrize(
    "mark",
    [
        "<div class='comment-body'>",
        '<DIV CLASS="X Comment-Body">',
        "<li id=post-3>",
        "<div id = 'p12'>",
        '<div itemtype="https://schema.org/Comment">',
        '<script type="application/ld+json">{"@type": "http://schema.org/LiveBlogPosting"}</script>',
        '<script type="application/ld+json">{"@type": "Comment"}</script>',
        '<p class="&#99;omment-body">',
        "<i class=byline>Ada</i><i class=byline>Bo</i><i class=date>1</i><time>2</time>",
        "<section class='live-blog'><time>1</time><time>2</time>",
    ],
)
def test_what_marks_posts_has_a_page_looked_through(mark: str):
    assert may_hold_parts(made.html(mark))
