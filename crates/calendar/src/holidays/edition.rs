//! The data file: which countries there are, and when their holidays fall.
//!
//! Lines, after comments that begin with `#`:
//! - `2020-2035`: the years;
//! - `~N|DATES`: dates that several holidays share, referred to as `~N`;
//! - `@PT|Portugal|01=Aveiro;02=Beja`: a country begins, with its regions, each `CODE` or `CODE=NAME`;
//! - `NAME|LOCAL NAME|WHERE|DATES`: a holiday of that country; no local name when it is the same.
//!
//! WHERE is `*` everywhere, `*-A,B` everywhere but in these regions, `A,B` only there, `.` only with no region named.
//! DATES is `MMDD` every year, `MMDD@21-25` in these years, `=MMDD - MMDD` one for each year in order (`-` for none), or
//! `YYMMDD` and `YYMMDD+2` (with the two days that follow) separated by spaces.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Holiday, YEARS};

const TEXT: &str = include_str!("../../data/holidays.txt");
/// What the two digits of a year are counted from.
const CENTURY: i16 = 2000;

static EDITION: LazyLock<Edition> = LazyLock::new(|| Edition::read(TEXT));

/// The file, taken apart as far as the lines of each country.
#[derive(Debug, Default)]
struct Edition {
    shared: BTreeMap<&'static str, &'static str>,
    countries: BTreeMap<&'static str, Country>,
}

/// A country of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Country {
    /// ISO 3166-1, two letters.
    pub(super) code: &'static str,
    /// The English name.
    pub(super) name: &'static str,
    /// ISO 3166-2 without the country, and the name where it is known.
    pub(super) regions: Vec<(&'static str, Option<&'static str>)>,
    lines: Vec<&'static str>,
}

/// The country with that code.
pub(super) fn country(code: &str) -> Option<&'static Country> {
    EDITION.countries.get(code)
}

/// Every country, by code.
pub(super) fn countries() -> impl Iterator<Item = &'static Country> {
    EDITION.countries.values()
}

impl Edition {
    fn read(text: &'static str) -> Self {
        let mut edition = Self::default();
        let mut current: Option<Country> = None;
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some(head) = line.strip_prefix('@') {
                let finished = std::mem::replace(&mut current, Country::begin(head));
                edition.countries.extend(finished.map(|country| (country.code, country)));
            } else if let Some(country) = &mut current {
                country.lines.push(line);
            } else if line.starts_with('~') {
                edition.shared.extend(line.split_once('|'));
            }
        }
        edition.countries.extend(current.map(|country| (country.code, country)));
        edition
    }

    /// DATES of a line, with what is shared looked up.
    fn dates(&self, written: &'static str) -> &'static str {
        self.shared.get(written).copied().unwrap_or(written)
    }
}

impl Country {
    fn begin(head: &'static str) -> Option<Self> {
        let mut parts = head.split('|');
        let (code, name, regions) = (parts.next()?, parts.next()?, parts.next()?);
        let regions = regions.split(';').filter(|region| !region.is_empty());
        let regions = regions.map(|region| region.split_once('=').map_or((region, None), |(c, n)| (c, Some(n))));
        Some(Self { code, name, regions: regions.collect(), lines: Vec::new() })
    }

    /// The holidays in a region, or of the country as such.
    pub(super) fn holidays(&self, region: Option<&'static str>) -> impl Iterator<Item = Holiday> {
        self.lines.iter().flat_map(move |line| of_line(line, region).unwrap_or_default())
    }
}

/// The holidays of a line, if they are kept in the region.
fn of_line(line: &'static str, region: Option<&str>) -> Option<Vec<Holiday>> {
    let mut parts = line.split('|');
    let (name, local, place, dates) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if !is_kept(place, region) {
        return None;
    }
    let local = if local.is_empty() { name } else { local };
    let holiday = |date| Holiday { date, name: name.to_owned(), local_name: local.to_owned() };
    Some(read_dates(EDITION.dates(dates)).into_iter().map(holiday).collect())
}

/// Whether WHERE takes in the region.
fn is_kept(place: &str, region: Option<&str>) -> bool {
    let lists = |list: &str| region.is_some_and(|region| list.split(',').any(|listed| listed == region));
    match place.strip_prefix('*') {
        Some(but) => !but.strip_prefix('-').is_some_and(lists),
        None if place == "." => region.is_none(),
        None => lists(place),
    }
}

/// The dates that DATES means; what cannot be read is left out (a test reads the whole file strictly).
fn read_dates(written: &str) -> Vec<Date> {
    if let Some(row) = written.strip_prefix('=') {
        return YEARS.zip(row.split(' ')).filter_map(|(year, day)| month_and_day(year, day)).collect();
    }
    let (day, years) = written.split_once('@').map_or((written, None), |(day, years)| (day, Some(years)));
    if day.len() == 4 {
        let bounds = years.and_then(|years| {
            let (first, last) = years.split_once('-')?;
            Some((CENTURY + first.parse::<i16>().ok()?)..=(CENTURY + last.parse::<i16>().ok()?))
        });
        return bounds.unwrap_or(YEARS).filter_map(|year| month_and_day(year, day)).collect();
    }
    written.split(' ').flat_map(|run| read_run(run).unwrap_or_default()).collect()
}

/// Reads `YYMMDD` or `YYMMDD+N`.
fn read_run(run: &str) -> Option<Vec<Date>> {
    let (first, more) = run.split_once('+').unwrap_or((run, "0"));
    let (year, day) = first.split_at_checked(2)?;
    let first = month_and_day(CENTURY + year.parse::<i16>().ok()?, day)?;
    Some(first.series(1.day()).take(more.parse::<usize>().ok()? + 1).collect())
}

/// Reads `MMDD`.
fn month_and_day(year: i16, day: &str) -> Option<Date> {
    let (month, day) = day.split_at_checked(2)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_covers_the_years_that_the_module_says() {
        let years = TEXT.lines().find(|line| !line.starts_with('#'));
        assert_eq!(years, Some(format!("{}-{}", YEARS.start(), YEARS.end()).as_str()));
    }

    #[test]
    fn every_line_of_the_file_is_read_and_gives_a_date_within_the_years() {
        assert!(countries().count() > 200);
        for country in countries() {
            for line in &country.lines {
                let parts: Vec<&str> = line.split('|').collect();
                assert_eq!(parts.len(), 4, "{}: {line}", country.code);
                let dates = EDITION.dates(parts[3]);
                assert!(!dates.starts_with('~'), "{}: {line}", country.code);
                let found = read_dates(dates);
                let words = dates.split(' ').filter(|word| !word.ends_with('-')).count();
                assert!(found.len() >= words && !found.is_empty(), "{}: {line}", country.code);
                assert!(found.iter().all(|date| YEARS.contains(&date.year())), "{}: {line}", country.code);
                for region in parts[2].trim_start_matches("*-").split(',').filter(|word| !["*", "."].contains(word)) {
                    assert!(country.regions.iter().any(|(code, _)| *code == region), "{}: {line}", country.code);
                }
            }
        }
    }

    #[test]
    fn each_way_to_write_dates_is_read() {
        let read = |written| read_dates(written).iter().map(Date::to_string).collect::<Vec<_>>();
        assert_eq!(read("1225").len(), 16);
        assert_eq!(read("0308@23-24"), ["2023-03-08", "2024-03-08"]);
        assert_eq!(read("=- 0402 - 0407"), ["2021-04-02", "2023-04-07"]);
        assert_eq!(read("201231+2 250508"), ["2020-12-31", "2021-01-01", "2021-01-02", "2025-05-08"]);
        assert_eq!(read("nothing"), Vec::<String>::new());
    }

    #[test]
    fn where_a_holiday_is_kept_follows_the_list_of_regions() {
        let kept = |place: &str| [None, Some("A"), Some("B")].map(|region| is_kept(place, region));
        assert_eq!(kept("*"), [true, true, true]);
        assert_eq!(kept("*-A"), [true, false, true]);
        assert_eq!(kept("A,C"), [false, true, false]);
        assert_eq!(kept("."), [true, false, false]);
    }
}
