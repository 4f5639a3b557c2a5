"""The text of a CSL style + Language -> the style as citeproc takes it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from lxml import etree

from compositor.language import Language

LOCALES = {"en": "en-US", "de": "de-DE", "de-AT": "de-AT", "de-CH": "de-CH", "en-GB": "en-GB"}
CSL = "{http://purl.org/net/xbiblio/csl}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def load_style(text: str, words: Language) -> Any:
    """citeproc's own object of a style, with the terms of our language."""
    from citeproc import CitationStylesStyle

    _mend_substitutes()
    language = words.tag.split("-")[0]
    locale = LOCALES.get(words.hyphenation) or LOCALES.get(language, "en-US")
    return CitationStylesStyle(BytesIO(_with_terms(text, language, words)), locale=locale, validate=False)


@cache
def _mend_substitutes() -> None:
    """Have citeproc print once what stands for an author: it forgets that for names, and for what macros print.

    Source: CSL 1.0.2, section Substitute.
    """
    from citeproc import model
    from citeproc.source import VariableError

    def names(self: Any, item: Any, names_context: Any = None, context: Any = None, **options: Any) -> Any:
        layouts = (self if context is None else context).xpath_search("./ancestor-or-self::cs:layout[1]")
        gone = layouts[0].repressed.get(self.tag, []) if layouts else []
        given = self.get("variable")
        left = [role for role in given.split() if role not in gone]
        if not left:
            raise VariableError
        self.set("variable", " ".join(left))
        try:
            return process(self, item, names_context, context, **options)
        finally:
            self.set("variable", given)

    def substitute(self: Any, item: Any, context: Any = None, **options: Any) -> Any:
        items.append(item)
        try:
            return render(self, item, context, **options)
        finally:
            items.pop()

    def remember(self: Any, child: Any, context: Any) -> None:
        gone = context.get_layout().repressed
        text = "" if child.tag == f"{CSL}names" else str(child.render(items[-1], context=context))
        for element in _called(child):
            for name in element.get("variable", "").split():
                said = str(items[-1].reference.get(name.replace("-", "_"), ""))
                if element.tag == f"{CSL}names" or (said and said in text):
                    gone.setdefault(element.tag, []).append(name)

    items: list[Any] = []
    process, render = model.Names.process, model.Substitute.render
    model.Names.process, model.Substitute.render = names, substitute
    model.Substitute.add_to_repressed_list = remember


def _called(element: Any) -> Iterator[Any]:
    """What prints variables in an element and in the macros that it calls."""
    for one in element.iter(f"{CSL}text", f"{CSL}names", f"{CSL}number"):
        yield one
        if one.get("macro"):
            yield from _called(one.get_macro(one.get("macro")))


def _with_terms(text: str, language: str, words: Language) -> bytes:
    """The style with our words where those of CSL's table would not be understood; the style's own come first."""
    root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    locale = next((one for one in root.iterfind(f"{CSL}locale") if one.get(XML_LANG) == language), None)
    if locale is None:
        locale = etree.SubElement(root, f"{CSL}locale", {XML_LANG: language})
    terms = locale.find(f"{CSL}terms")
    terms = etree.SubElement(locale, f"{CSL}terms") if terms is None else terms
    known = {term.get("name") for term in terms}
    for name, forms in words.locator_terms.items():
        for form, (one, several) in zip(("long", "short"), forms, strict=True) if name not in known else ():
            term = etree.SubElement(terms, f"{CSL}term", {"name": name, "form": form})
            etree.SubElement(term, f"{CSL}single").text = one
            etree.SubElement(term, f"{CSL}multiple").text = several
    return etree.tostring(root)
