//! The tables as files for spreadsheets; lengths of time are in seconds.

use desk::insights::{Insights, Pair};

use super::sort::Column;
use crate::pages::csv::{self, field};

/// What came in and went out, part by part.
#[must_use]
pub fn volume(insights: &Insights) -> String {
    let mut lines = vec!["from,to,opened,closed,reopened,open".to_owned()];
    lines.extend(insights.parts.iter().map(|part| {
        let (first, last) = (part.days.first, part.days.last);
        format!("{first},{last},{},{},{},{}", part.opened, part.closed, part.reopened, part.open)
    }));
    csv::file(&lines)
}

/// Figures by what tickets are cut by, which `cut` is called: its name, and what people call it.
#[must_use]
pub fn table(cut: &str, rows: impl Iterator<Item = ((String, String), Pair)>) -> String {
    let columns = || Column::ALL.into_iter().skip(1);
    let heading = |column: Column| match column {
        Column::Answer => "first_answer_median_seconds",
        Column::Ninetieth => "first_answer_90th_seconds",
        Column::Us => "waited_us_seconds",
        Column::Them => "waited_them_seconds",
        other => other.word(),
    };
    let now = columns().map(|column| heading(column).to_owned());
    let before = columns().map(|column| format!("before_{}", heading(column)));
    let mut lines =
        vec![[cut.to_owned(), "title".to_owned()].into_iter().chain(now).chain(before).collect::<Vec<_>>().join(",")];
    for ((key, title), figures) in rows {
        let of = |column: Column, before: bool| {
            let figures = if before { &figures.before } else { &figures.now };
            column.of(figures).map(|value| value.to_string()).unwrap_or_default()
        };
        let cells = columns().map(|column| of(column, false)).chain(columns().map(|column| of(column, true)));
        lines.push([field(&key), field(&title)].into_iter().chain(cells).collect::<Vec<_>>().join(","));
    }
    csv::file(&lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use desk::insights::{Figures, FirstAnswer};

    #[test]
    fn a_name_that_would_be_a_formula_is_text_and_what_is_not_known_is_empty() {
        let first_answer = Some(FirstAnswer { median: 60, ninetieth: 90 });
        let figures =
            Pair { now: Figures { opened: 3, first_answer, ..Figures::default() }, before: Figures::default() };
        let csv = table("organization", [(("7".to_owned(), "=cmd, \"x\"".to_owned()), figures)].into_iter());
        let lines: Vec<&str> = csv.split("\r\n").collect();
        assert!(
            lines[0].starts_with("\u{feff}organization,title,opened,closed,reopened,open,first_answer_median_seconds,"),
            "{csv}"
        );
        assert_eq!(lines[1], "7,\"'=cmd, \"\"x\"\"\",3,0,0,0,60,90,0,0,0,0,0,0,,,0,0");
        assert_eq!(lines[0].split(',').count(), 18);
    }
}
