"""Dates of biblatex (EDTF) and of BibTeX (year, month, day) -> CSL's: date parts, ranges, about, or words.

Source: Extended Date/Time Format, levels 0 and 1 (https://www.loc.gov/standards/datetime/); biblatex, section 2.3.8.
"""

from __future__ import annotations

import re
from typing import Any

MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar mär mrz", "apr", "may mai", "jun", "jul", "aug", "sep", "oct okt", "nov", "dec dez"), 1
    )
    for name in names.split()
}
"""The first letters of a month, in English and German."""
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
OPEN = ("", "..", "open", "unknown")
_POINT = re.compile(
    r"(?P<year>[yY]?-?\d{1,7}|-?\d{2,3}[uUxX]{1,2})"
    r"(?:-(?P<month>\d\d?|[uUxX]{2})(?:-(?P<day>\d\d?|[uUxX]{2}))?)?(?:[T ][\d:.Z+-]+)?(?P<about>[?~%]*)"
)
_YEARS = re.compile(r"(\d{4})\s*(?:-{1,3}|[–—/])\s*(\d{4}|\d\d)")
_ABOUT = re.compile(r"\[?\s*(?:(?:c|ca|circa|um)\b\.?\s*(\d{3,4})|(\d{3,4})\s*\??)\s*\]?", re.IGNORECASE)
Date = dict[str, Any]


def written_date(text: str) -> Date | None:
    """Return the date in `2017-05-14`, `1990/2000`, `1990/`, `1850~`, `2001-21`; None for anything else."""
    begin, slash, end = text.strip().partition("/")
    if not slash:
        return _one(begin)
    first, last = (_one(one.strip()) for one in (begin, end))
    if first is not None and last is not None:
        return _range(first, last)
    if first is not None and end.strip() in OPEN:
        return {**first, "date-parts": [first["date-parts"][0], [0]]}
    if last is not None and begin.strip() in OPEN:
        return {"literal": f"–{last['date-parts'][0][0]}"}
    return None


def _one(text: str) -> Date | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    year = match["year"].lstrip("yY")
    about: Date = {"circa": True} if match["about"] else {}
    if re.search("[uUxX]", year):
        return {"date-parts": [[int(re.sub("[uUxX]", "0", year))], [int(re.sub("[uUxX]", "9", year))]], **about}
    parts = [int(year) if int(year) > 0 else int(year) - 1]
    month, day = (int(said) if said and said.isdigit() else 0 for said in (match["month"], match["day"]))
    if 21 <= month <= 24:
        return {"date-parts": [parts], "season": month - 20, **about}
    if month > 12 or day > 31:
        return None
    parts += [month, day][: (month > 0) + (month > 0 and day > 0)]
    return {"date-parts": [parts], **about}


def _range(first: Date, last: Date) -> Date:
    """Return the range between two dates; equal ones are a single date."""
    begin, end = first["date-parts"][0], last["date-parts"][-1]
    about = {"circa": True} if first.get("circa") or last.get("circa") else {}
    if begin == end or (begin[0] == end[0] and min(len(begin), len(end)) == 1):
        return {"date-parts": [min(begin, end, key=len)], **about}
    return {"date-parts": [begin, end], **about}


def dated(year: str, month: str, day: str) -> tuple[Date | None, bool]:
    """Return a year with a month (name, macro or number) and a day, and whether all of it was understood.

    Two years are a range if they are in order: `2019-13` is printed as it stands.
    """
    months, said = _months(month)
    whole = written_date(year)
    if whole is None and (years := _YEARS.fullmatch(year)):
        first, last = years[1], years[2] if len(years[2]) == 4 else years[1][:2] + years[2]
        if first <= last:
            return _range({"date-parts": [[int(first)]]}, {"date-parts": [[int(last)]]}), not month
    if whole is None and (about := _ABOUT.fullmatch(year)):
        whole = {"date-parts": [[int(about[1] or about[2])]], "circa": True}
    if whole is None:
        return ({"literal": year} if year else None), not month
    if len(whole["date-parts"]) > 1 or len(whole["date-parts"][0]) > 1 or not month:
        return whole, True
    return _with_months(whole, months, day or said), bool(months) or month.lower() in SEASONS


def _with_months(whole: Date, months: list[int], day: str) -> Date:
    first = whole["date-parts"][0]
    if months and months[0] < 0:
        return {**whole, "season": -months[0]}
    ends = [[*first, month] for month in months] or [first]
    days = re.fullmatch(r"(\d{1,2})(?:\s*[-–/]+\s*(\d{1,2}))?", day.strip())
    if len(ends) == 1 and months and days:
        ends = [[*ends[0], int(number)] for number in days.groups() if number and 1 <= int(number) <= 31] or ends
    return {**whole, "date-parts": ends}


def _months(text: str) -> tuple[list[int], str]:
    """Return the months that a text names, at most two, and the days next to a single one; a season is negative."""
    found, day = [], ""
    for word in re.findall(r"[^\W\d_]+|\d+(?:\s*[-–]+\s*\d+)?", text.lower()):
        if word[:3] in MONTHS:
            found.append(MONTHS[word[:3]])
        elif word in SEASONS:
            found.append(-SEASONS[word])
        elif word.isdigit() and 1 <= int(word) <= 12 and not re.search(r"[^\W\d_]", text):
            found.append(int(word))
        else:
            day = word
    if re.fullmatch(r"\s*\d+\s*[-–/]+\s*\d+\s*", text):
        found = [int(number) for number in re.findall(r"\d+", text) if 1 <= int(number) <= 12]
    return found[:2], day
