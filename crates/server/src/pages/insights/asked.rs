//! What the address of a page of figures asks for.

use std::collections::BTreeMap;

use desk::insights::Span;
use desk::insights::span::Recent;
use desk::{Error, Result, insights};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use store::Id;

use super::sort::Sort;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The span that ends today, unless days of one's own are named.
    pub recent: Option<Recent>,
    /// The days.
    pub span: Span,
    /// Only this playbook.
    pub playbook: Option<String>,
    /// Only this team.
    pub team: Option<String>,
    /// Only this organization.
    pub organization: Option<Id>,
    /// How the tables are sorted.
    pub sort: Sort,
}

impl Asked {
    /// Reads the query of an address.
    ///
    /// # Errors
    /// Which of its words means nothing.
    pub fn read(query: &BTreeMap<String, String>, today: Date) -> Result<Self> {
        let given = |name: &str| query.get(name).map(String::as_str).filter(|value| !value.is_empty());
        let recent = given("span").map(str::parse::<Recent>).transpose()?;
        let (recent, span) = match (given("from"), given("to")) {
            (None, None) => {
                let recent = recent.unwrap_or_default();
                (Some(recent), recent.until(today)?)
            }
            (from, to) => (None, Span::read(from.unwrap_or_default(), to.unwrap_or_default())?),
        };
        let wrong = |_| Error::invalid_field("organization", "no-such-cut", "is the id of an organization");
        Ok(Self {
            recent,
            span,
            playbook: given("playbook").map(str::to_owned),
            team: given("team").map(str::to_owned),
            organization: given("organization").map(str::parse).transpose().map_err(wrong)?,
            sort: given("sort").map(str::parse).transpose()?.unwrap_or_default(),
        })
    }

    /// The same; days that make no sense are the usual ones, beside what is wrong with them.
    ///
    /// # Errors
    /// Which other word means nothing.
    pub fn read_leniently(query: &BTreeMap<String, String>, today: Date) -> Result<(Self, Option<Error>)> {
        match Self::read(query, today) {
            Err(error) if error.fields.iter().any(|wrong| wrong.field == "from" || wrong.field == "to") => {
                let others = query.iter().filter(|(name, _)| *name != "from" && *name != "to");
                let others = others.map(|(name, value)| (name.clone(), value.clone())).collect();
                Ok((Self::read(&others, today)?, Some(error)))
            }
            read => read.map(|asked| (asked, None)),
        }
    }

    /// The same for the desk.
    #[must_use]
    pub fn of_the_desk(&self, zone: TimeZone) -> insights::Asked {
        let Self { span, playbook, team, organization, .. } = self.clone();
        insights::Asked { span, zone, playbook, team, organization }
    }

    /// The address `path` with what is asked for.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.span_words().into_iter().chain(self.rest()) {
            query.append_pair(name, &value);
        }
        format!("{path}?{}", query.finish())
    }

    /// The address `path` with its days alone.
    #[must_use]
    pub fn address_of_days(&self, path: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.span_words());
        format!("{path}?{}", query.finish())
    }

    fn span_words(&self) -> Vec<(&'static str, String)> {
        match self.recent {
            Some(recent) => vec![("span", recent.as_str().to_owned())],
            None => vec![("from", self.span.first.to_string()), ("to", self.span.last.to_string())],
        }
    }

    /// All but the span: what a form for other days carries along.
    #[must_use]
    pub fn rest(&self) -> Vec<(&'static str, String)> {
        let sort = Some(self.sort.to_string()).filter(|_| self.sort != Sort::default());
        let words = [
            ("playbook", self.playbook.clone()),
            ("team", self.team.clone()),
            ("organization", self.organization.map(|id| id.to_string())),
            ("sort", sort),
        ];
        words.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> Result<Asked> {
        let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Asked::read(&query, jiff::civil::date(2026, 11, 17))
    }

    #[test]
    fn an_address_reads_as_it_was_written() {
        for query in [
            "span=28d",
            "span=12m&playbook=general-request&organization=12&sort=-answer",
            "from=2026-01-01&to=2026-02-03&team=customer-solutions",
        ] {
            let asked = read(query).unwrap();
            assert_eq!(asked.address("/insights"), format!("/insights?{query}"));
        }
        assert_eq!(read("from=&to=&span=").unwrap(), read("span=28d").unwrap(), "an empty field is left out");
    }

    #[test]
    fn what_means_nothing_is_refused_by_its_name() {
        for (query, field) in [
            ("span=ever", "span"),
            ("from=2026-01-01", "to"),
            ("to=2026-01-01", "from"),
            ("from=2026-02-01&to=2026-01-01", "to"),
            ("organization=x", "organization"),
            ("sort=luck", "sort"),
        ] {
            assert_eq!(read(query).unwrap_err().fields[0].field, field, "{query}");
        }
    }
}
