//! Samples of the pages of imports.

use super::view::{Column, FateTab, ImportPage, ImportRow, ImportedRow, ImportsPage};
use crate::pages::field::FieldOption;
use crate::pages::frame::{Frame, Section};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let frame = frame.at(Section::Clients);
    let list = |sample, page: ImportsPage| Specimen::page("imports", sample, &page);
    let one = |sample, page: ImportPage| Specimen::page("import", sample, &page);
    vec![
        list("usual", ImportsPage::sample(&frame, &["people.csv"])),
        list(
            "empty",
            ImportsPage {
                of_organizations: true,
                refused: Some(ATTACK.to_owned()),
                ..ImportsPage::sample(&frame, &[])
            },
        ),
        list("extreme", ImportsPage::sample(&frame, &[ATTACK, RIGHT_TO_LEFT, LONG])),
        one("usual", ImportPage::sample(&frame, &["maria@acme.example", "rui@borealis.example"])),
        one(
            "empty",
            ImportPage {
                carries: None,
                undoes: true,
                undone: vec![("import-left", 1), ("import-removed", 4)],
                ..ImportPage::sample(&frame, &[])
            },
        ),
        one("extreme", ImportPage::sample(&frame, &[ATTACK, RIGHT_TO_LEFT, LONG])),
    ]
}

fn when() -> When {
    When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "Tue 13:58")
}

impl ImportsPage {
    /// Where a file is brought, beside these.
    #[must_use]
    pub fn sample(frame: &Frame, files: &[&str]) -> Self {
        let row = |file: &&str| ImportRow {
            href: "/imports/7".to_owned(),
            file: (*file).to_owned(),
            state: "import-done",
            by: (*file).to_owned(),
            at: when(),
        };
        Self {
            frame: frame.clone(),
            list: TicketList::sample_empty(),
            of_organizations: false,
            titles: ["email", "name"].map(str::to_owned).to_vec(),
            rows_max: 5_000,
            refused: None,
            earlier: files.iter().map(row).collect(),
        }
    }
}

impl ImportPage {
    /// A file with these rows.
    #[must_use]
    pub fn sample(frame: &Frame, keys: &[&str]) -> Self {
        let row = |key: &&str| ImportedRow {
            place: "1".to_owned(),
            key: (*key).to_owned(),
            href: Some("/contacts/21".to_owned()),
            fate: "import-changed",
            chip: "open",
            why: vec![("role".to_owned(), (*key).to_owned())],
            undone: Some("import-put-back"),
        };
        let tab = |(place, key): (usize, &'static str)| FateTab {
            key,
            count: place,
            href: "/imports/7?rows=new".to_owned(),
            current: place == 0,
        };
        let column = |title: &str, taken: Option<&str>| {
            let option = |value: &str| FieldOption {
                value: value.to_owned(),
                label: value.to_owned(),
                chosen: taken == Some(value),
            };
            let options = keys.iter().map(|key| option(key)).chain([option("language")]).collect();
            Column { title: title.to_owned(), taken: taken.map(str::to_owned), options }
        };
        let texts = ["import-rows-all", "import-new", "import-changed", "import-unchanged", "import-refused"];
        Self {
            frame: frame.clone(),
            list: TicketList::sample_empty(),
            href: "/imports/7".to_owned(),
            back: "/imports?kind=contacts".to_owned(),
            file: keys.last().unwrap_or(&"people.csv").to_string(),
            state: "import-looked-at",
            by: "Ana Lima".to_owned(),
            at: when(),
            columns: keys.iter().map(|key| column(key, Some(key))).chain([column("Shoe size", None)]).collect(),
            maps: !keys.is_empty(),
            wrong: keys.contains(&ATTACK).then(|| LONG.to_owned()),
            fates: texts.into_iter().enumerate().map(tab).collect(),
            undone: Vec::new(),
            rows: keys.iter().map(row).collect(),
            more: Some("/imports/7?after=100".to_owned()),
            carries: Some(2),
            undoes: false,
        }
    }
}
