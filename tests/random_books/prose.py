"""Random numbers -> prose: ordinary words in sentences and paragraphs as long as those of real books."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

ENGLISH = """\
the the the the a a of of of to to and and in in is it that for on with as was by at from this or an are be not but
have which when they one all were we there can more if no out so what up into than them only some time very after
before under over between water stone river harbour engine machine question answer garden winter summer morning
evening window letter paper printer copper number measure column system server network database memory process
request response failure recovery snapshot replica transaction availability distribution configuration
responsibility understanding straightforward characteristics interoperability small large quiet heavy narrow simple
careful ordinary strange reliable writes reads keeps carries measures follows remembers forgets breaks turns waits
returns slowly often seldom together everything nothing somebody everybody perhaps therefore however although
because figure-like half-hearted well-known keeper ferry tide lamp bell quay tower bridge market carpenter baker
sailor clerk miller year hour minute century"""
GERMAN = """\
der der die die das das und und in in ist es daß dass für mit als war von zu auf ein eine nicht auch sich wird wenn
über unter zwischen Wasser Stein Fluss Hafen Maschine Frage Antwort Garten Winter Sommer Morgen Abend Fenster Brief
Papier Drucker Zahl Maß Spalte Größe Straße Übergang Änderung Höhe Gedächtnis Vorgang Anfrage Ausfall
Wiederherstellung Verfügbarkeit Verteilung Einstellungsmöglichkeiten Datenschutzgrundverordnung Silbentrennung klein
groß still schwer schmal einfach sorgfältig gewöhnlich seltsam schreibt liest hält trägt misst folgt vergisst bricht
wartet langsam oft selten zusammen alles nichts jemand vielleicht deshalb obwohl weil Fährmann Gezeiten Lampe Glocke
Kai Turm Brücke Markt"""
WORDS: Mapping[str, tuple[str, ...]] = {"en": tuple(ENGLISH.split()), "de": tuple(GERMAN.split())}
"""Frequent words occur several times in this list."""
LONG = (
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "pneumonoultramicroscopicsilicovolcanoconiosis",
    "EarlyStoppingConfigurationFactoryBeanImplementation",
    "org.example.harbour.tides.measurement.StationObservationRepository",
    "antidisestablishmentarianism",
)
TITLE_WORDS = (
    "Ferries",
    "Harbour",
    "Night",
    "Measures",
    "Failover",
    "Configuration",
    "Storage",
    "I/O",
    "of",
    "and",
    "the",
)
ENDS = (".", ".", ".", ".", ".", ".", ".", "?", "!", ":", "...")


class Prose:
    """Random words of one language."""

    def __init__(self, dice: Random, language: str) -> None:
        self._dice = dice
        self._words = WORDS.get(language.partition("-")[0], WORDS["en"])

    def word(self) -> str:
        """Return one word, usually in lower case."""
        return self._dice.choice(self._words)

    def words(self, least: int, most: int) -> str:
        """Return some words."""
        return " ".join(self.word() for _ in range(self._dice.randint(least, most)))

    def title(self) -> str:
        """Return a few words with a capital, seldom too many for a line."""
        if self._dice.random() < 0.04:
            return self._dice.choice(LONG)
        words = [
            self._dice.choice((self.word(), self._dice.choice(TITLE_WORDS))) for _ in range(self._dice.randint(1, 6))
        ]
        return capital(" ".join(words))

    def length(self) -> int:
        """Return a sentence length in words: about sixteen, seldom more than forty."""
        return max(2, min(60, round(self._dice.gammavariate(3.2, 5))))

    def sentence(self) -> str:
        """Return a sentence of plain words."""
        words = [self.word() for _ in range(self.length())]
        for at in range(4, len(words) - 2, 5):
            if self._dice.random() < 0.5:
                words[at] += self._dice.choice((",", ",", ",", ";", " --"))
        return capital(" ".join(words)) + self._dice.choice(ENDS)

    def sentences(self, least: int, most: int) -> str:
        """Return some sentences."""
        return " ".join(self.sentence() for _ in range(self._dice.randint(least, most)))


def capital(words: str) -> str:
    """Return the words with a capital at their beginning."""
    return words[:1].upper() + words[1:]
