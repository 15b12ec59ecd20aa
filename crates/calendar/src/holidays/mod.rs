//! Public holidays by country and region, for [`YEARS`].
//!
//! Days off for everybody, as known when the data was written: a holiday that a government proclaims later is not among
//! them, and those that follow the moon are marked `(estimated)`. The data are those of the Python package `holidays`
//! (MIT licence, `data/holidays.LICENSE`); `scripts/public_holidays.py` writes them.

mod edition;

use std::ops::RangeInclusive;

use jiff::civil::Date;

use edition::{Country, countries, country};

/// The years that the data cover.
pub const YEARS: RangeInclusive<i16> = 2020..=2035;

/// How many regions are listed when none is alike.
const LISTED: usize = 24;

/// A public holiday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// What it is called in English.
    pub name: String,
    /// What it is called there.
    pub local_name: String,
}

/// A country, or one of its regions, whose holidays are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    country: &'static Country,
    region: Option<&'static str>,
}

/// A country or region that the data do not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownPlace {
    /// There is no such country.
    #[error("the holidays of `{name}` are not known; {advice}")]
    Country {
        /// What was asked for.
        name: String,
        /// What was probably meant.
        advice: String,
    },
    /// The country has no such region.
    #[error("{country} has no region `{name}`; {advice}")]
    Region {
        /// The country's English name.
        country: &'static str,
        /// What was asked for.
        name: String,
        /// What was probably meant, or which there are.
        advice: String,
    },
}

impl UnknownPlace {
    /// What was probably meant, or which there are.
    #[must_use]
    pub fn advice(&self) -> &str {
        match self {
            Self::Country { advice, .. } | Self::Region { advice, .. } => advice,
        }
    }
}

impl Place {
    /// The country with this ISO 3166-1 code (`PT`) or its region with this ISO 3166-2 code (`20` or `PT-20`; a few
    /// places that have holidays of their own without being a subdivision have a name instead).
    ///
    /// # Errors
    /// [`UnknownPlace`], with what was probably meant: a code for a name, or the nearest code.
    pub fn find(country_code: &str, region: Option<&str>) -> Result<Self, UnknownPlace> {
        let Some(country) = country(country_code) else {
            let known = countries().map(|country| (country.code, Some(country.name)));
            let advice = advise(country_code, known).unwrap_or_else(|| {
                "write the two letters of ISO 3166-1, for example `PT`, or name the dates one by one".to_owned()
            });
            return Err(UnknownPlace::Country { name: country_code.to_owned(), advice });
        };
        let Some(name) = region else { return Ok(Self { country, region: None }) };
        let short = name.strip_prefix(country.code).and_then(|rest| rest.strip_prefix('-')).unwrap_or(name);
        match country.regions.iter().find(|(code, _)| *code == short) {
            Some((code, _)) => Ok(Self { country, region: Some(code) }),
            None => {
                let advice = advise(short, country.regions.iter().copied()).unwrap_or_else(|| list(country));
                Err(UnknownPlace::Region { country: country.name, name: name.to_owned(), advice })
            }
        }
    }

    /// The country's English name.
    #[must_use]
    pub fn country_name(&self) -> &'static str {
        self.country.name
    }

    /// Its holidays in [`YEARS`], by date; several may share one.
    #[must_use]
    pub fn holidays(&self) -> Vec<Holiday> {
        let mut found: Vec<Holiday> = self.country.holidays(self.region).collect();
        found.sort_by(|a, b| (a.date, &a.name).cmp(&(b.date, &b.name)));
        found
    }
}

/// What somebody probably meant who wrote `name`: the one that is called so, or whose code differs in case or, when it is
/// long enough to tell, by a letter.
fn advise<'k>(name: &str, known: impl Iterator<Item = (&'k str, Option<&'k str>)>) -> Option<String> {
    let wanted = name.to_lowercase();
    let alike = known.filter_map(|(code, title)| {
        let far = |other: &str| strsim::osa_distance(&wanted, &other.to_lowercase());
        let title_far = title.map(far).filter(|distance| *distance <= wanted.chars().count() / 4);
        let code_far =
            Some(far(code)).filter(|distance| *distance == 0 || (*distance == 1 && code.chars().count() > 2));
        let nearest = title_far.into_iter().chain(code_far).min()?;
        Some((nearest, code, title))
    });
    let (_, code, title) = alike.min()?;
    Some(match title {
        Some(title) => format!("did you mean `{code}` ({title})?"),
        None => format!("did you mean `{code}`?"),
    })
}

/// The regions of a country, in words.
fn list(country: &Country) -> String {
    if country.regions.is_empty() {
        return "its holidays are the same everywhere, leave `region` out".to_owned();
    }
    let codes: Vec<String> = country.regions.iter().take(LISTED).map(|(code, _)| format!("`{code}`")).collect();
    let more = country.regions.len() - codes.len();
    format!("there is {}{}", codes.join(", "), if more > 0 { format!(" and {more} more") } else { String::new() })
}

#[cfg(test)]
mod tests;
