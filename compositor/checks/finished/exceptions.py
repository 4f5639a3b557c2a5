"""Types of tokens whose words are not compared letter by letter, each with the reason: one line for each."""

from __future__ import annotations

from collections.abc import Mapping

PRINTED: Mapping[str, str] = {
    "heading_open": "the number before a heading",
    "figcaption_open": "the label before the caption of a figure or listing",
    "caption_open": "the label before the caption of a table",
    "callout_title_open": "the kind of a callout",
    "reference": "the label that a reference becomes",
    "reference_group": "the labels, titles or pages that several references become",
    "index_list": "the index of the terms in the text",
    "exercise_open": "the label of an exercise, before its title",
    "exercise_close": "the link to the answer of an exercise",
    "annotation_number": "the number before the explanation of a mark in a listing",
    "source_open": "the dash before the source of a quotation",
    "citation": "the text that the citation style gives for a key",
    "changed_section": "the section of a change, and its page",
    "works": "the bibliography of the cited works",
}
"""Token type -> what Compositor prints for it through its render rule, and no author wrote. If a type prints such text
and is not listed here, a check reports it as unknown text. A new construct that adds words is one line."""

NUMBERED: Mapping[str, str] = {"footnote_ref": "the number of a note, where it is called"}
"""Token type -> why its text is the number of its note (its rule may print the whole note there)."""

FORMULAS: Mapping[str, str] = {
    "math_block": "a formula, which is drawn; its number is compared",
    "math_source": "the number of a formula that is printed as its source",
}
"""Token type -> why its text ends with the number of the formula."""

SILENT: Mapping[str, str] = {
    "front_matter": "front matter, which is data about the file",
    "image": "the alternative text of an image, which is compared between the files",
    "picture": "the alternative text of an image, which is compared between the files",
    "softbreak": "the end of a line in the source, which is a space",
    "hardbreak": "a line break, which is a space",
    "hr": "a line between paragraphs",
    "math_inline": "a formula in a line, which is drawn; its words are an alternative text",
    "glossary_list": "the place of the glossary, whose entries are compared",
}
"""Token type -> why no letter of it has to be visible. All letters of every other token must be."""
