//! Samples of checklists.

use super::checklist::{Checklist, Item, Mark, Proof};
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};
use crate::pages::when::When;

impl Item {
    fn sample(id: &str, label: &str) -> Self {
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            required: true,
            from: None,
            mark: None,
            evidence: Vec::new(),
            error: None,
        }
    }
}

impl Mark {
    fn sample(by: &str, proof: Option<Proof>) -> Self {
        Self {
            by: by.to_owned(),
            at: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "Tue 13:58"),
            proof,
        }
    }
}

fn evidence(item: &str, name: &str, label: &str, kind: FieldKind) -> Field {
    let mut field = Field::new(name, label, kind);
    field.id = format!("check-{item}-{name}");
    field
}

impl Checklist {
    /// A checklist half done.
    #[must_use]
    pub fn sample() -> Self {
        let proof = Proof {
            words: "https://docs.example/tests/acme".to_owned(),
            href: Some("https://docs.example/tests/acme".to_owned()),
            elsewhere: true,
        };
        let message = FieldOption {
            value: "7".to_owned(),
            label: "Maria Alves, Tue 13:58: Yes, please".to_owned(),
            chosen: false,
        };
        let asked = evidence("said", "message", "The message that shows it", FieldKind::Choice(vec![message]));
        Self {
            name: "handover".to_owned(),
            title: "Before it goes live".to_owned(),
            progress: "1 of 3 done".to_owned(),
            done: false,
            needed: true,
            items: vec![
                Item {
                    mark: Some(Mark::sample("Bo Lindqvist", Some(proof))),
                    ..Item::sample("tested", "Tried it out")
                },
                Item {
                    evidence: vec![asked],
                    from: Some("From Maria Alves".to_owned()),
                    ..Item::sample("said", "The client said yes")
                },
                Item { required: false, ..Item::sample("told", "Told the colleagues at the desk") },
            ],
        }
    }

    /// A checklist whose item came back with a mistake.
    #[must_use]
    pub fn sample_wrong() -> Self {
        let link = evidence("tested", "link", "Its address", FieldKind::Text("docs".to_owned())).optional();
        let words = evidence("tested", "text", "What shows it", FieldKind::Text(String::new())).optional();
        let item = Item {
            evidence: vec![link.wrong("This does not fit: an address is needed"), words],
            ..Item::sample("tested", "Tried it out")
        };
        Self { progress: "0 of 1 done".to_owned(), items: vec![item], ..Self::sample() }
    }

    /// A checklist that breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        let marked = |(index, word): (usize, &&str)| Item {
            mark: Some(Mark::sample(word, Some(Proof { words: word.repeat(2), href: None, elsewhere: false }))),
            ..Item::sample(&format!("marked_{index}"), word)
        };
        let open = |(index, word): (usize, &&str)| Item {
            required: false,
            from: Some((*word).to_owned()),
            error: (index == 0).then(|| (*word).to_owned()),
            evidence: vec![evidence(&format!("open_{index}"), "text", word, FieldKind::Text((*word).to_owned()))],
            ..Item::sample(&format!("open_{index}"), word)
        };
        let (marked, open) = (words.iter().enumerate().map(marked), words.iter().enumerate().map(open));
        Self {
            name: "extreme".to_owned(),
            title: format!("{LONG} {ATTACK}"),
            progress: LONG.to_owned(),
            items: marked.chain(open).collect(),
            ..Self::sample()
        }
    }
}
