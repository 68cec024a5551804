"""Articles that a page only hands to its scripts: read from there, and nothing else taken for one."""

import json

import pytest

from chronik.extract.article import article
from chronik.extract.states.flattened import unflattened
from chronik.model import Article, BlockKind, Failure, Page

TITLE = "Harbour town votes to rebuild its flooded library"
FIRST = (
    "The council of Brackwater voted on Tuesday night to rebuild the public library that was ruined when the river "
    "Orle broke its banks last November, ending months of argument over whether the site should be sold."
)
SECOND = (
    "“We are not going to be the generation that gave up the reading room,” said Harold Pym, the council leader, after "
    "a meeting that lasted more than five hours and drew some two hundred residents."
)
THIRD = (
    "Work is due to begin in March and to be finished before the summer of next year. Until then, a mobile library "
    "will stop in the market square on Mondays and Thursdays."
)
TEXTS = [FIRST, SECOND, THIRD]
HTML = "".join(f"<p>{text}</p>" for text in TEXTS)


def read(scripts, title=f"{TITLE} | Orle Courier", body='<div id="root"></div>'):
    page = f'<html lang="en"><head><title>{title}</title></head><body>{body}{scripts}</body></html>'
    return article(Page(url="https://courier.example/library", body=page.encode(), media_type="text/html"))


def next_data(properties):
    data = json.dumps({"props": {"pageProps": properties}, "page": "/[slug]"})
    return f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'


def assigned(value, name="window.__INITIAL_STATE__"):
    return f"<script>{name}={json.dumps(value)};(function(){{}})()</script>"


def paragraph(text):
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


SHAPES = {
    "one piece of HTML": HTML,
    "plain text": "\n\n".join(TEXTS),
    "a list of texts": TEXTS,
    "ProseMirror": {"type": "doc", "content": [paragraph(text) for text in TEXTS]},
    "Contentful": {
        "nodeType": "document",
        "data": {},
        "content": [
            {"nodeType": "paragraph", "data": {}, "content": [{"nodeType": "text", "value": text, "marks": []}]}
            for text in TEXTS
        ],
    },
    "Portable Text": [
        {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": text}]} for text in TEXTS
    ],
    "Draft.js": {"blocks": [{"key": "a", "type": "unstyled", "text": text} for text in TEXTS], "entityMap": {}},
    "Editor.js": {"time": 1, "blocks": [{"type": "paragraph", "data": {"text": text}} for text in TEXTS]},
    "Arc": [{"_id": "X", "type": "text", "content": text} for text in TEXTS],
    "Gutenberg": [{"name": "core/paragraph", "attributes": {"content": text}} for text in TEXTS],
    "hast": {
        "type": "root",
        "children": [
            {"type": "element", "tagName": "p", "children": [{"type": "text", "value": text}]} for text in TEXTS
        ],
    },
    "blocks in models": [
        {
            "type": "text",
            "model": {
                "blocks": [
                    {
                        "type": "paragraph",
                        "model": {"text": text, "blocks": [{"type": "fragment", "model": {"text": text}}]},
                    }
                ]
            },
        }
        for text in TEXTS
    ],
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_text_is_read_in_every_form_that_content_systems_keep(shape):
    found = read(next_data({"story": {"title": TITLE, "body": SHAPES[shape]}}))
    assert isinstance(found, Article), found
    assert found.paragraphs == tuple(TEXTS)
    assert found.title == TITLE
    assert "text from data of scripts (__NEXT_DATA__)" in found.made_by


def test_headings_lists_quotations_and_links_keep_their_form():
    blocks = [
        paragraph(FIRST),
        {"type": "heading", "attrs": {"level": 3}, "content": [{"type": "text", "text": "What comes next"}]},
        {
            "type": "bulletList",
            "content": [{"type": "listItem", "content": [paragraph("A mobile library in the square")]}],
        },
        {"type": "blockquote", "content": [paragraph(SECOND)]},
        {
            "type": "paragraph",
            "content": [
                {"type": "text", "text": "Read the "},
                {"type": "link", "url": "https://courier.example/plan", "children": [{"text": "whole plan"}]},
                {"type": "text", "text": " that the council published on Friday afternoon."},
            ],
        },
        {"type": "image", "caption": "A caption that is no text of the article"},
    ]
    found = read(next_data({"story": {"headline": TITLE, "content": blocks}}))
    kinds = [block.kind for block in found.blocks]
    assert kinds == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.ITEM,
        BlockKind.QUOTE,
        BlockKind.PARAGRAPH,
    ]
    assert found.blocks[1].level == 3
    assert [found.text[link.start : link.end] for link in found.links] == ["whole plan"]


def test_authors_and_day_are_taken_from_beside_the_text():
    story = {
        "headlines": {"basic": TITLE},
        "credits": {"by": [{"name": "Martha Ellingworth", "type": "author"}]},
        "first_publish_date": "2022-12-06T22:41:09.311Z",
        "content_elements": SHAPES["Arc"],
    }
    found = read(f"<script>window.Fusion=window.Fusion||{{}};Fusion.globalContent={json.dumps(story)};x=1</script>")
    assert (found.title, found.authors) == (TITLE, ("Martha Ellingworth",))
    assert found.published == "2022-12-06T22:41:09+00:00"


def test_a_state_handed_over_as_a_string_is_read():
    state = json.dumps(json.dumps({"story": {"headline": TITLE, "bodyHtml": HTML}}))
    assert read(f"<script>window.__PRELOADED_STATE__ = JSON.parse({state});</script>").paragraphs == tuple(TEXTS)


def test_what_javascript_writes_otherwise_than_json_is_mended():
    state = json.dumps({"a": 1, "story": {"headline": TITLE, "html": HTML}})
    state = state.replace('"a": 1', '"a":undefined,"b":new Date("2024-01-02T03:04:05Z")').replace("<", "\\x3C")
    assert read(f"<script>window.__INITIAL_STATE__ = {state};</script>").paragraphs == tuple(TEXTS)


def test_a_state_built_by_a_function_is_read_out_of_its_strings():
    call = (
        f"(function(a,b){{return {{data:[{{title:a,body:{json.dumps(HTML)},draft:b}}]}}}}({json.dumps(TITLE)},false))"
    )
    found = read(f"<script>window.__NUXT__={call};</script>")
    assert found.paragraphs == tuple(TEXTS)
    assert "data of scripts (__NUXT__)" in found.made_by


def test_a_row_in_which_places_stand_for_parts_is_read():
    row = [["Reactive", 1], {"article": 2}, {"title": 3, "body": 4, "n": -1}, TITLE, HTML]
    assert unflattened(row) == {"article": {"title": TITLE, "body": HTML, "n": None}}
    found = read(f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(row)}</script>')
    assert found.paragraphs == tuple(TEXTS)


def test_the_rows_of_server_components_are_read():
    elements = ",".join(f'["$","p",null,{{"children":{json.dumps(text)}}}]' for text in TEXTS)
    title = json.dumps(TITLE)
    rows = f'2:["$","article",null,{{"children":[["$","h1",null,{{"children":{title}}}],{elements}]}}]\n'
    pushes = "".join(
        f"<script>self.__next_f.push([1,{json.dumps(part)}])</script>" for part in (rows[:100], rows[100:])
    )
    assert read(pushes).paragraphs == tuple(TEXTS)


def test_a_row_of_text_is_found_by_the_value_that_refers_to_it():
    html = HTML.replace("Brackwater", "Bräckwåter")  # its length counts bytes
    rows = f"3:T{len(html.encode()):x},{html}" + f'1:{{"title":{json.dumps(TITLE)},"body":"$3"}}\n'
    found = read(f"<script>self.__next_f.push([1,{json.dumps(rows)}])</script>")
    assert found.paragraphs[1:] == tuple(TEXTS[1:])


def test_references_within_a_cache_are_followed():
    cache = {
        "Article:9": {"headline": TITLE, "blocks": [{"__ref": f"Paragraph:{n}"} for n in range(3)]},
        **{f"Paragraph:{n}": {"__typename": "Paragraph", "html": f"<p>{text}</p>"} for n, text in enumerate(TEXTS)},
        "Article:10": {"headline": "Another story", "intro": "About the harbour, in a sentence that is no part of it."},
    }
    assert read(assigned(cache, "window.__APOLLO_STATE__")).paragraphs == tuple(TEXTS)


def test_an_article_for_those_without_scripts_is_read():
    found = read("", body=f"<div id=app></div><noscript><h1>{TITLE}</h1>{HTML}</noscript>")
    assert found.paragraphs == tuple(TEXTS)
    assert "text from noscript" in found.made_by


def test_a_text_on_the_page_itself_goes_before_its_data():
    shown = "".join(f"<p>{text}</p>" for text in (SECOND, THIRD, FIRST))
    found = read(next_data({"title": TITLE, "body": HTML}), body=f"<article><h1>{TITLE}</h1>{shown}</article>")
    assert found.paragraphs == (SECOND, THIRD, FIRST)


@pytest.mark.parametrize(
    "properties",
    [
        {"items": [{"title": f"Report {n}", "teaser": f"A teaser of report {n}, a sentence long."} for n in range(40)]},
        {"consent": {"title": TITLE, "text": " ".join(["We and our partners store and access data."] * 20)}},
        {"story": {"title": "Another article altogether, of another day", "body": HTML}},
        {"story": {"title": TITLE, "body": "Short."}},
    ],
)
def test_data_without_a_text_under_the_pages_own_title_are_no_article(properties):
    assert isinstance(read(next_data(properties)), Failure)


def nested(depth):
    value = {"title": TITLE}
    for _ in range(depth):
        value = {"children": [value, value]}
    return value


@pytest.mark.parametrize(
    "script",
    [
        '<script type="application/json">' + "[" * 100_000 + "</script>",
        "<script>x=" + '{"a":' * 50_000 + "</script>",
        "<script>" + "={" * 100_000 + "</script>",
        "<script>JSON.parse('" + "\\'" * 100_000 + "</script>",
        f'<script type="application/json" id="__NUXT_DATA__">{json.dumps([{"a": 1}, {"b": 0}, [0, 1, 2], "x", 1])}'
        + " " * 400
        + "</script>",
        '<script>self.__next_f.push([1,"1:[\\"$1\\",\\"$1\\"]\\n2:Tffffffff,x"])</script>',
        next_data({"body": ["$1", "$L1", {"__ref": "a"}] * 10_000, "title": TITLE}),
        assigned({"a": {"__ref": "a", "title": TITLE, "blocks": [{"__ref": "a"}] * 3}, "filler": "x" * 400}),
        next_data({"title": TITLE, "body": [[["x " * 40] * 30] * 30] * 30}),
    ],
)
def test_hostile_data_end_in_an_answer(script):
    assert isinstance(read(script), Failure | Article)


def test_shared_values_are_looked_at_once():
    row = [{"title": 1, "b": 2}, TITLE, *([n + 1, n + 1, n + 1] for n in range(2, 60)), "end " * 100]
    found = read(f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(row)}</script>')
    assert isinstance(found, Failure | Article)


def test_an_apostrophe_that_is_never_closed_does_not_hold_the_reader_up():
    script = "window.__INITIAL_STATE__ = 'it" + "\\\\x \\' y" * 20_000
    assert isinstance(read(f"<script>{script}</script>"), Failure)
