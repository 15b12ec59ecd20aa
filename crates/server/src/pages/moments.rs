//! Instants as a viewer reads them: in their zone and language, near ones as a distance.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::when::When;
use crate::texts::Texts;

/// How near an instant must be to be told as a distance.
const NEAR: SignedDuration = SignedDuration::from_hours(12);

/// The present of a viewer: what distances are measured from.
#[derive(Debug, Clone)]
pub struct Moments {
    texts: &'static Texts,
    zone: TimeZone,
    now: Timestamp,
}

impl Moments {
    /// The present `now`, in `zone` and in the language of `texts`.
    #[must_use]
    pub fn new(texts: &'static Texts, zone: TimeZone, now: Timestamp) -> Self {
        Self { texts, zone, now }
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The present in the viewer's zone.
    #[must_use]
    pub fn here(&self) -> Zoned {
        self.now.to_zoned(self.zone.clone())
    }

    /// The viewer's zone.
    #[must_use]
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// An instant as pages show it.
    #[must_use]
    pub fn when(&self, at: Timestamp) -> When {
        let zoned = at.to_zoned(self.zone.clone());
        When::new(iso(at), self.exactly(&zoned), self.near(at, &zoned))
    }

    /// An instant as it stands after "since" and "until": never as a distance.
    #[must_use]
    pub fn point(&self, at: Timestamp) -> When {
        let zoned = at.to_zoned(self.zone.clone());
        When::new(iso(at), self.exactly(&zoned), self.far(&zoned))
    }

    /// An instant as the demo's clock shows it: weekday and time.
    #[must_use]
    pub fn clock(&self, at: Timestamp) -> When {
        let zoned = at.to_zoned(self.zone.clone());
        let short = format!("{} {}", self.weekday(&zoned), zoned.strftime("%H:%M"));
        When::new(iso(at), self.exactly(&zoned), short)
    }

    /// How long until `due`, or since: `2 h`, `3 d`.
    #[must_use]
    pub fn left(&self, due: Timestamp) -> When {
        let zoned = due.to_zoned(self.zone.clone());
        let distance = due.duration_since(self.now).abs();
        let shown = match (distance.as_hours(), distance.as_mins()) {
            (48.., _) => self.amount("when-days", distance.as_hours() / 24),
            (1.., _) => self.amount("when-hours", distance.as_hours()),
            (_, minutes) => self.amount("when-minutes", minutes.max(1)),
        };
        When::new(iso(due), self.exactly(&zoned), shown)
    }

    /// A length of time by its two greatest parts: `5 min`, `2 h 5 min`, `3 d 4 h`.
    #[must_use]
    pub fn length(&self, length: SignedDuration) -> String {
        let (minutes, hours) = (length.abs().as_mins(), length.abs().as_hours());
        let (first, second) = match hours {
            0 => return self.amount("when-minutes", minutes.max(1)),
            1..48 => (self.amount("when-hours", hours), ("when-minutes", minutes % 60)),
            _ => (self.amount("when-days", hours / 24), ("when-hours", hours % 24)),
        };
        if second.1 == 0 { first } else { format!("{first} {}", self.amount(second.0, second.1)) }
    }

    /// A length of time in hours and minutes, however many: `27 h 5 min`.
    #[must_use]
    pub fn hours(&self, length: SignedDuration) -> String {
        let (minutes, hours) = (length.abs().as_mins(), length.abs().as_hours());
        match (hours, minutes % 60) {
            (0, minutes) => self.amount("when-minutes", minutes),
            (hours, 0) => self.amount("when-hours", hours),
            (hours, minutes) => {
                format!("{} {}", self.amount("when-hours", hours), self.amount("when-minutes", minutes))
            }
        }
    }

    /// A day: `Tue 1 Dec`.
    #[must_use]
    pub fn civil_day(&self, day: Date) -> String {
        day.to_zoned(self.zone.clone()).map_or_else(|_| day.to_string(), |start| self.day(&start))
    }

    /// A day with its year: `31 Dec 2026`.
    #[must_use]
    pub fn day_of_year(&self, day: Date) -> String {
        format!("{} {}", self.short_day(day), day.year())
    }

    /// A day without its weekday: `1 Dec`.
    #[must_use]
    pub fn short_day(&self, day: Date) -> String {
        format!("{} {}", day.day(), self.month_name(day.month()))
    }

    /// A day's month: `Dec 2026`.
    #[must_use]
    pub fn short_month(&self, day: Date) -> String {
        format!("{} {}", self.month_name(day.month()), day.year())
    }

    /// `Sat 21 Nov 2026, 14:03 WET`
    fn exactly(&self, zoned: &Zoned) -> String {
        format!("{} {}, {}", self.day(zoned), zoned.year(), zoned.strftime("%H:%M %Z"))
    }

    /// `5 min ago`, `in 2 h`, `Mon 14:03`, `21 Nov`, `21 Nov 2024`.
    fn near(&self, at: Timestamp, zoned: &Zoned) -> String {
        let distance = at.duration_since(self.now);
        let (past, far) = (distance.is_negative() || distance.is_zero(), distance.abs());
        if far < SignedDuration::from_mins(1) {
            return self.texts.get("when-now");
        }
        if far < NEAR {
            let amount = match far.as_hours() {
                0 => self.amount("when-minutes", far.as_mins()),
                hours => self.amount("when-hours", hours),
            };
            let key = if past { "when-ago" } else { "when-in" };
            return self.texts.with(key, &[("amount", &amount)]);
        }
        self.far(zoned)
    }

    /// `Mon 14:03`, `21 Nov`, `21 Nov 2024`.
    fn far(&self, zoned: &Zoned) -> String {
        let today = self.now.to_zoned(self.zone.clone());
        let days = (zoned.date() - today.date()).get_days().abs();
        if days < 7 {
            format!("{} {}", self.weekday(zoned), zoned.strftime("%H:%M"))
        } else if zoned.year() == today.year() {
            format!("{} {}", zoned.day(), self.month(zoned))
        } else {
            format!("{} {} {}", zoned.day(), self.month(zoned), zoned.year())
        }
    }

    fn amount(&self, key: &str, count: i64) -> String {
        self.texts.with(key, &[("count", &count.to_string())])
    }

    fn day(&self, zoned: &Zoned) -> String {
        format!("{} {} {}", self.weekday(zoned), zoned.day(), self.month(zoned))
    }

    fn weekday(&self, zoned: &Zoned) -> String {
        let names = self.texts.get("when-weekdays");
        let position = usize::try_from(zoned.weekday().to_monday_zero_offset()).unwrap_or_default();
        names.split(' ').nth(position).unwrap_or_default().to_owned()
    }

    fn month(&self, zoned: &Zoned) -> String {
        self.month_name(zoned.month())
    }

    fn month_name(&self, month: i8) -> String {
        let names = self.texts.get("when-months");
        let position = usize::try_from(month - 1).unwrap_or_default();
        names.split(' ').nth(position).unwrap_or_default().to_owned()
    }
}

fn iso(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(language: &str, at: &str) -> String {
        let zone = TimeZone::get("Europe/Lisbon").unwrap();
        let now = "2026-11-21T14:00:00Z".parse().unwrap();
        Moments::new(Texts::for_language(language), zone, now).when(at.parse().unwrap()).relative
    }

    #[test]
    fn near_instants_are_distances_and_far_ones_are_dates() {
        assert_eq!(shown("en", "2026-11-21T13:59:40Z"), "now");
        assert_eq!(shown("en", "2026-11-21T13:55:00Z"), "5 min ago");
        assert_eq!(shown("en", "2026-11-21T16:00:00Z"), "in 2 h");
        assert_eq!(shown("en", "2026-11-23T09:30:00Z"), "Mon 09:30");
        assert_eq!(shown("en", "2026-08-02T09:30:00Z"), "2 Aug");
        assert_eq!(shown("en", "2024-08-02T09:30:00Z"), "2 Aug 2024");
        assert_eq!(shown("pt", "2026-11-21T13:55:00Z"), "há 5 min");
        assert_eq!(shown("pt", "2026-11-23T09:30:00Z"), "seg 09:30");
    }

    #[test]
    fn a_length_is_told_by_its_two_greatest_parts() {
        let moments = Moments::new(Texts::for_language("en"), TimeZone::UTC, Timestamp::UNIX_EPOCH);
        let told = [20, 5 * 60, 125 * 60, 7200, 100 * 3600].map(|s| moments.length(SignedDuration::from_secs(s)));
        assert_eq!(told, ["1 min", "5 min", "2 h 5 min", "2 h", "4 d 4 h"]);
        assert_eq!(moments.civil_day("2026-12-01".parse().unwrap()), "Tue 1 Dec");
    }

    #[test]
    fn after_since_and_until_stands_a_point_in_time() {
        let zone = TimeZone::get("Europe/Lisbon").unwrap();
        let moments = Moments::new(Texts::for_language("en"), zone, "2026-11-21T14:00:00Z".parse().unwrap());
        let point = |at: &str| moments.point(at.parse().unwrap()).relative;
        assert_eq!(point("2026-11-21T13:59:40Z"), "Sat 13:59");
        assert_eq!(point("2026-11-10T13:55:00Z"), "10 Nov");
    }

    #[test]
    fn the_exact_instant_names_its_zone() {
        let zone = TimeZone::get("Europe/Lisbon").unwrap();
        let moments = Moments::new(Texts::for_language("en"), zone, "2026-07-01T00:00:00Z".parse().unwrap());
        let when = moments.when("2026-07-03T12:00:00Z".parse().unwrap());
        assert_eq!((when.iso.as_str(), when.shown.as_str()), ("2026-07-03T12:00:00Z", "Fri 3 Jul 2026, 13:00 WEST"));
    }
}
