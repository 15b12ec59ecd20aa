#!/usr/bin/env python3
"""Writes crates/calendar/data/holidays.txt: the public holidays of countries and their subdivisions.

    python3 -m venv target/holidays
    target/holidays/bin/pip install --requirement scripts/requirements-holidays.txt
    target/holidays/bin/python scripts/public_holidays.py

The dates come from the package `holidays` (MIT, see crates/calendar/data/holidays.LICENSE). To move the years on, or to
take in a newer edition, change the constants here and the version in scripts/requirements-holidays.txt, and run it again;
crates/calendar/src/holidays/edition.rs reads the file and says how it is written.
"""

import re
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

import holidays
from holidays.registry import COUNTRIES
from holidays.utils import list_supported_countries

FIRST, LAST = 2020, 2035
TARGET = Path(__file__).resolve().parent.parent / "crates" / "calendar" / "data" / "holidays.txt"
HEAD = f"""\
# Public holidays by country and subdivision (ISO 3166-1 and 3166-2), {FIRST} to {LAST}; written by scripts/public_holidays.py.
# The facts are those of the Python package `holidays` {holidays.__version__}, https://github.com/vacanza/holidays, under the MIT
# licence beside this file. How a line is to be read: src/holidays/edition.rs.
{FIRST}-{LAST}
"""
# Only days off for everybody: neither bank holidays nor those that an employer may choose to give.
EVERYWHERE = "*"


def english(country):
    """The language in which the package writes a country's holidays in English, if it can."""
    known = getattr(holidays, country).supported_languages
    return next((language for language in ("en_US", "en_GB", "en") if language in known), None)


def local_language(country):
    """The language of the place: without a name the package would take that of this machine."""
    return getattr(holidays, country).default_language


def days(country, region, language):
    """The holidays of a place, by date: the list of their names."""
    found = holidays.country_holidays(country, subdiv=region, years=range(FIRST, LAST + 1), language=language)
    return {date: found.get_list(date) for date in found if FIRST <= date.year <= LAST}


def places(country, regions):
    """Yields (region or None, date, English name, local name)."""
    for region in [None, *regions]:
        local = days(country, region, local_language(country))
        translated = days(country, region, english(country)) if english(country) else local
        alone = {
            names[0]: translated[date][0]
            for date, names in local.items()
            if len(names) == 1 and len(translated[date]) == 1
        }
        for date, names in local.items():
            # Two on one day come sorted, in each language by its own words: what is known from other days is paired
            # first, the rest in order.
            rest = [name for name in translated[date] if name not in [alone.get(other) for other in names]]
            for name in names:
                yield region, date, alone.get(name) or (rest.pop(0) if rest else name), name


def written_dates(dates):
    """Dates as the file has them: `MMDD` every year, `MMDD@YY-YY` in these years, `=MMDD MMDD ...` one for each year in
    order (`-` for none), else day by day as `YYMMDD`, or `YYMMDD+2` with the two that follow."""
    dates = sorted(dates)
    years = [date.year for date in dates]
    once_a_year = len(set(years)) == len(years)
    same_day = len({(date.month, date.day) for date in dates}) == 1
    if same_day and len(dates) > 1 and years == list(range(years[0], years[-1] + 1)):
        always = (years[0], years[-1]) == (FIRST, LAST)
        return f"{dates[0]:%m%d}" + ("" if always else f"@{years[0] % 100}-{years[-1] % 100}")
    if once_a_year and len(dates) > 5:
        by_year = {date.year: f"{date:%m%d}" for date in dates}
        return "=" + " ".join(by_year.get(year, "-") for year in range(FIRST, years[-1] + 1))
    runs = []
    for date in dates:
        if runs and date - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(date)
        else:
            runs.append([date])
    return " ".join(f"{run[0]:%y%m%d}" + (f"+{len(run) - 1}" if len(run) > 1 else "") for run in runs)


def written_regions(having, regions):
    """Where a day is a holiday: `*` everywhere, `*-A,B` all but there, `A,B` only there, `.` with no region named."""
    named = [region for region in regions if region in having]
    if None not in having:
        return ",".join(named)
    missing = [region for region in regions if region not in having]
    if not missing:
        return EVERYWHERE
    return EVERYWHERE + "-" + ",".join(missing) if named else "."


def clean(name):
    return name.replace("|", "/").strip()


def section(country, title, regions):
    """The lines of one country; none when it has no holidays."""
    having = defaultdict(set)
    for region, date, name, local in places(country, regions):
        having[date, clean(name), clean(local)].add(region)
    if not having:
        return []
    grouped = defaultdict(set)
    for (date, name, local), where in having.items():
        grouped[name, local, written_regions(where, regions)].add(date)
    names = defaultdict(list)
    for name, code in getattr(holidays, country).subdivisions_aliases.items():
        names[code].append(name)
    known = [f"{region}={names[region][0]}" if names[region] else region for region in regions]
    lines = [f"@{country}|{title}|{';'.join(known)}"]

    def in_order_of_the_year(entry):
        return min((date.month, date.day) for date in entry[1]), entry[0]

    for (name, local, where), dates in sorted(grouped.items(), key=in_order_of_the_year):
        lines.append(f"{name}|{'' if local == name else local}|{where}|{written_dates(dates)}")
    return lines


def with_shared_dates(lines):
    """Rows of dates that several holidays have, such as Good Friday's, stand once at the head: `~1|0410 0402 ...`."""
    rows = Counter(line.rsplit("|", 1)[-1] for line in lines if not line.startswith("@"))
    shared = [row for row, times in sorted(rows.items()) if times > 1 and len(row) > 12]
    number = {row: f"~{position}" for position, row in enumerate(shared)}
    for row in shared:
        yield f"{number[row]}|{row}"
    for line in lines:
        before, _, row = line.rpartition("|")
        yield line if line.startswith("@") or row not in number else f"{before}|{number[row]}"


def main():
    titles = {entry[1]: re.sub(r"(?<=[a-z])(?=[A-Z])", " ", entry[0]) for entry in COUNTRIES.values()}
    lines = []
    for country, regions in sorted(list_supported_countries(include_aliases=False).items()):
        lines += section(country, titles.get(country, country), sorted(regions))
    TARGET.write_text(HEAD + "\n".join(with_shared_dates(lines)) + "\n", encoding="utf-8")
    print(f"{TARGET}: {TARGET.stat().st_size} bytes, {sum(line.startswith('@') for line in lines)} countries")


if __name__ == "__main__":
    main()
