"""Makes a drawn SVG one that says what it is and needs no style of its own, so that any content policy lets it be.

Decides: bytes in, bytes out. Style becomes attributes of presentation (SVG 1.1 §6.1), which no policy forbids.
"""

from __future__ import annotations

import re

from lxml import etree

from chronik.publish.charts.shapes import DESCRIPTION_CHARACTERS_MAX, Chart, label

SVG = "{http://www.w3.org/2000/svg}"
_FONT = re.compile(r"(?:(?P<weight>bold|\d{3}) )?(?P<size>[\d.]+px) (?P<family>.+)")
_LONG_FRACTION = re.compile(r"(\d+\.\d\d)\d+")
"""A hundredth of a point is seen by nobody."""
_FAMILY = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif"
"""The reader's own letters, as on the page around it."""


def described(drawn: bytes, chart: Chart) -> bytes:
    """The drawing with its title and description, without metadata and style."""
    root = etree.fromstring(drawn, etree.XMLParser(resolve_entities=False, no_network=True))
    for gone in [*root.iter(f"{SVG}metadata", f"{SVG}style", f"{SVG}title")]:
        gone.getparent().remove(gone)
    for element in root.iter():
        if style := element.attrib.pop("style", ""):
            for name, value in _presentation(str(style)).items():
                element.set(name, value)
        if path := element.get("d"):
            element.set("d", _LONG_FRACTION.sub(r"\1", " ".join(path.split())))
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    root.set("role", "img")
    root.set("aria-labelledby", "title desc")
    texts = (
        ("desc", chart.description, DESCRIPTION_CHARACTERS_MAX),
        ("title", chart.title, DESCRIPTION_CHARACTERS_MAX),
    )
    for name, text, characters_max in texts:
        told = etree.Element(f"{SVG}{name}", id=name)
        told.text = label(text, characters_max)
        root.insert(0, told)
    etree.cleanup_namespaces(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _presentation(style: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in style.split(";"):
        name, _, value = (one.strip() for one in part.partition(":"))
        if name == "font":
            match = _FONT.match(value)
            assert match, "the library writes weight, size and family"
            found |= {"font-size": match["size"], "font-family": _FAMILY}
            if match["weight"]:
                found["font-weight"] = match["weight"]
        elif name:
            found[name] = value
    return found
