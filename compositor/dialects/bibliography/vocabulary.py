"""Types and fields of BibTeX and biblatex -> those of CSL.

Sources: the manual of biblatex, chapter 2 (types, fields, strings); CSL 1.0.2, appendices III and IV.
"""

from __future__ import annotations

TYPES = {
    "article": "article-journal", "artwork": "graphic", "audio": "song", "book": "book", "bookinbook": "chapter",
    "booklet": "pamphlet", "collection": "book", "commentary": "book", "conference": "paper-conference",
    "dataset": "dataset", "electronic": "webpage", "image": "graphic", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "paper-conference", "inreference": "entry-encyclopedia", "jurisdiction": "legal_case",
    "legal": "treaty", "legislation": "legislation", "letter": "personal_communication", "manual": "book",
    "mastersthesis": "thesis", "misc": "document", "movie": "motion_picture", "music": "song", "mvbook": "book",
    "mvcollection": "book", "mvproceedings": "book", "mvreference": "book", "online": "webpage", "patent": "patent",
    "performance": "performance", "periodical": "periodical", "phdthesis": "thesis", "proceedings": "book",
    "reference": "book", "report": "report", "review": "review", "software": "software", "standard": "standard",
    "suppbook": "chapter", "suppcollection": "chapter", "suppperiodical": "article-journal", "techreport": "report",
    "thesis": "thesis", "unpublished": "manuscript", "video": "motion_picture", "www": "webpage",
}  # fmt: skip
IN_BOOKS = frozenset(
    ("bookinbook", "inbook", "incollection", "inproceedings", "conference", "inreference", "suppbook", "suppcollection")
)
"""Parts of books: their `series` and `number` are those of the book."""
BOOKS = IN_BOOKS | {"book", "collection", "commentary", "manual", "mvbook", "mvcollection", "mvproceedings"} | {
    "mvreference", "proceedings", "reference",
}  # fmt: skip
PAPERS = frozenset(("article", "suppperiodical", "periodical", "review"))
"""Articles in journals: their `number` is an issue."""
FIELDS = {
    "abbreviation": "title-short", "bookpagination": "", "chapter": "chapter-number", "edition": "edition",
    "isan": "", "isbn": "ISBN", "ismn": "", "isrn": "", "issn": "ISSN", "iswc": "", "pages": "page",
    "pagetotal": "number-of-pages", "pmcid": "PMCID", "pmid": "PMID", "reprinttitle": "", "shorthand": "citation-label",
    "shortjournal": "container-title-short", "journalabbr": "container-title-short", "shorttitle": "title-short",
    "origpublisher": "original-publisher", "origlocation": "original-publisher-place", "origtitle": "original-title",
    "venue": "event-place", "version": "version", "volumes": "number-of-volumes", "medium": "medium",
}  # fmt: skip
"""Fields that map to one variable of CSL, or none, whatever the type."""
TITLES = {
    "title": ("title", "subtitle", "titleaddon"),
    "booktitle": ("booktitle", "booksubtitle", "booktitleaddon"),
    "maintitle": ("maintitle", "mainsubtitle", "maintitleaddon"),
    "journaltitle": ("journaltitle", "journalsubtitle", "journaltitleaddon"),
    "issuetitle": ("issuetitle", "issuesubtitle", "issuetitleaddon"),
    "eventtitle": ("eventtitle", "eventsubtitle", "eventtitleaddon"),
}
"""Title -> the fields that it is made from."""
RENAMED = {
    "address": "location", "annote": "annotation", "archiveprefix": "eprinttype", "hyphenation": "langid",
    "journal": "journaltitle", "key": "sortkey", "pdf": "file", "primaryclass": "eprintclass", "school": "institution",
    "eprintcategory": "eprintclass", "arxivid": "arxiv", "articleno": "eid", "article-number": "eid",
    "numpages": "pagetotal", "isbn-13": "isbn", "isbn13": "isbn", "lastchecked": "urldate",
    "lastaccessed": "urldate", "accessed": "urldate", "origyear": "origdate", "conference": "eventtitle",
}  # fmt: skip
"""Field names of BibTeX, and of programs that write it -> those of biblatex."""
NAMES = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
}  # fmt: skip
ROLES = {"editor": "editor", "compiler": "editor", "founder": "editor", "collaborator": "editor",
         "redactor": "editor", "reviser": "editor", "director": "author", "translator": "translator",
         "illustrator": "illustrator", "organizer": "editor"}  # fmt: skip
"""Value of `editortype` -> CSL's term."""
PUBLISHERS = ("institution", "organization", "publisher")
"""Who publishes a work, in order of preference."""
VERBATIM = frozenset(("doi", "url", "isbn", "issn", "eprint", "pmid", "pmcid", "arxiv"))
DATES = {"date": "issued", "urldate": "accessed", "origdate": "original-date", "eventdate": "event-date"}
_UNNEEDED = """
abstract annotation bdsk-url-1 bdsk-url-2 bookpagination cc comment crossref date-added date-modified entryset
entrysubtype eprintclass eprinttype eventtitleaddon execute file groups gsid ids indexsorttitle indextitle isan ismn
isrn iswc keywords keyword label langid language library location-url mendeley-tags nameaddon options owner
pagination presort priority qualityassured ranking read readstatus related relatedoptions relatedstring relatedtype
review-status shortauthor shorteditor shorthandintro shortseries sortkey sortname sortshorthand sorttitle sortyear
timestamp urlraw username usera userb userc userd usere userf verba verbb verbc xdata xref adsurl adsnote acmid
biburl bibsource creationdate modificationdate copyright urn x-color citeulike-article-id posted-at interhash
intrahash added-at issue_date abstractnote lccn mrnumber mrclass mrreviewer zblnumber zbl coden rating affiliation
document_type author_keywords source issn-l references publication_stage correspondence_address cited citedby
dateadded modified internal-note researchnotes notes
"""
UNNEEDED = frozenset(_UNNEEDED.split())
"""Fields that no list of works prints: private notes, and data of programs."""
ENDINGS = ("+an", "_an", "-an:")
"""Endings of the names of annotations of fields."""
LANGUAGES = {
    "american": "en-US", "australian": "en-AU", "austrian": "de-AT", "british": "en-GB", "bulgarian": "bg",
    "canadian": "en-CA", "catalan": "ca", "chinese": "zh", "croatian": "hr", "czech": "cs", "danish": "da",
    "dutch": "nl", "english": "en-US", "finnish": "fi", "francais": "fr-FR", "french": "fr-FR", "german": "de-DE",
    "germanb": "de-DE", "greek": "el", "hungarian": "hu", "italian": "it-IT", "japanese": "ja", "latin": "la",
    "naustrian": "de-AT", "newzealand": "en-NZ", "ngerman": "de-DE", "norsk": "nb-NO", "norwegian": "nb-NO",
    "nswissgerman": "de-CH", "nynorsk": "nn-NO", "polish": "pl", "portuguese": "pt-PT", "brazil": "pt-BR",
    "brazilian": "pt-BR", "romanian": "ro", "russian": "ru", "slovak": "sk", "slovene": "sl", "spanish": "es-ES",
    "swedish": "sv", "swissgerman": "de-CH", "turkish": "tr", "ukenglish": "en-GB", "ukrainian": "uk",
    "usenglish": "en-US",
}  # fmt: skip
"""Language names of babel and polyglossia -> tags."""
ARCHIVES = {
    "arxiv": ("arXiv", "https://arxiv.org/abs/"),
    "jstor": ("JSTOR", "https://www.jstor.org/stable/"),
    "pubmed": ("PubMed", "https://www.ncbi.nlm.nih.gov/pubmed/"),
    "pmid": ("PubMed", "https://www.ncbi.nlm.nih.gov/pubmed/"),
    "hdl": ("Handle", "https://hdl.handle.net/"),
    "googlebooks": ("Google Books", "https://books.google.com/books?id="),
}
"""Archives of eprints: the name, and the address before an id."""
