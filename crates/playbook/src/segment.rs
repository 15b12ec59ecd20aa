//! Segments: audiences as expressions over organizations or contacts, from `segments/NAME.yaml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::calendar_file::CalendarChoice;
use crate::definition::{Opens, Playbook, Scheduled, read_language, read_name};
use crate::desk_file::DeskFile;
use crate::expression::{Expression, Wanted};
use crate::finding::Finding;
use crate::grammar;
use crate::handbook::{Handbook, single};
use crate::registry::{AttributeOwner, Registry};
use crate::run::Fault;
use crate::scope::Scope;
use crate::source::{Files, Place};
use crate::spelling;
use crate::text::Localized;
use crate::yaml::{Entries, Node, word};

/// What expressions over an organization call it.
const ORGANIZATION: &str = "organization";

/// What expressions over a contact call them.
const CONTACT: &str = "contact";

/// Some of the organizations, or of the contacts: those for which a condition holds.
#[derive(Clone, Debug)]
pub struct Segment {
    /// The name, that of its file.
    pub name: String,
    /// What people call it.
    pub title: Localized,
    /// What its members are.
    pub of: SegmentOf,
    /// Where it is declared.
    pub place: Place,
    condition: Expression,
}

/// What the members of a segment are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentOf {
    /// Organizations. Expressions read `organization`.
    Organization,
    /// Contacts. Expressions read `contact`, and their `organization`, every part of which is null where they have none.
    Contact,
}

impl SegmentOf {
    const ALL: [Self; 2] = [Self::Organization, Self::Contact];

    /// The words for both of them.
    pub(crate) const WORDS: [&'static str; 2] = [Self::Organization.word(), Self::Contact.word()];

    /// The word, as under `of`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Organization => ORGANIZATION,
            Self::Contact => CONTACT,
        }
    }

    /// What expressions over a member may refer to: what the desk knows of organizations and of who asks, under the
    /// members' own names.
    pub(crate) fn scope(self, desk: &DeskFile, registry: &Registry) -> Scope {
        let mut scope = Scope::default();
        for root in registry.roots() {
            let (name, attributes) = match root.attributes {
                Some(AttributeOwner::Organization) => (ORGANIZATION, &desk.attributes.organization),
                Some(AttributeOwner::Contact) if self == Self::Contact => (CONTACT, &desk.attributes.contact),
                _ => continue,
            };
            for (path, type_) in root.paths {
                scope.add(&format!("{name}.{path}"), *type_);
            }
            for (attribute, field) in attributes {
                scope.add(&format!("{name}.{attribute}"), &field.kind);
            }
        }
        scope
    }
}

/// Every segment of a handbook, by name.
pub(crate) fn read_segments(
    files: &Files,
    desk: &DeskFile,
    registry: &Registry,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, Segment> {
    let mut segments = BTreeMap::new();
    for (stem, path, text) in files.in_folder("segments", "yaml") {
        let node = single(path, text, findings);
        let segment = node.and_then(|node| Segment::read(stem, &node, desk, registry, findings));
        segments.extend(segment.map(|segment| (stem.to_owned(), segment)));
    }
    segments
}

impl Handbook {
    /// Every schedule that opens tickets, with its playbook and the opening that it is.
    pub fn schedules(&self) -> impl Iterator<Item = (&Arc<Playbook>, &Opens, &Scheduled)> {
        self.openings().filter_map(|(playbook, opens)| Some((playbook, opens, opens.scheduled()?)))
    }

    /// The zone of a playbook's schedules: that of the calendar it names, else the desk's.
    #[must_use]
    pub fn zone_of_schedules(&self, playbook: &Playbook) -> &TimeZone {
        let named = match playbook.calendar() {
            Some(CalendarChoice::Named(name)) => self.calendars.get(name),
            Some(CalendarChoice::Organization | CalendarChoice::Team) | None => None,
        };
        named.map_or(&self.desk.zone, |calendar| calendar.zone())
    }
}

impl Segment {
    /// Reads the segment in file `stem`.
    pub(crate) fn read(
        stem: &str,
        node: &Node,
        desk: &DeskFile,
        registry: &Registry,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let mut entries = Entries::of(node, &grammar::SEGMENT, findings)?;
        read_language(&mut entries, findings);
        let name = read_name(stem, "segment", &mut entries, findings);
        let title = match entries.get("title") {
            Some(node) => Localized::read(node, &desk.languages, findings),
            None => Some(Localized::plain(crate::fields::in_words(stem))),
        };
        let of = entries.require("of", findings).and_then(|node| read_of(node, findings));
        let mut condition = entries.require("where", findings).and_then(|node| Expression::read(node, findings));
        if let (Some(of), Some(condition)) = (of, &mut condition) {
            condition.check(&of.scope(desk, registry), Wanted::Condition, findings);
        }
        let place = entries.place().clone();
        entries.close(findings);
        Some(Self { name: name?, title: title?, of: of?, place, condition: condition? })
    }

    /// Whether a member belongs to it; `member` holds `organization`, and `contact` where its members are contacts, with
    /// every declared path, null where nothing is known.
    ///
    /// # Errors
    /// A [`Fault`] when that cannot be told, because something is null where a part of it is asked for.
    pub fn holds(&self, member: &Map<String, Value>) -> Result<bool, Fault> {
        self.condition.holds(member)
    }

    /// Whether it may depend on the organizations of its contacts.
    #[must_use]
    pub fn reads_organizations(&self) -> bool {
        self.condition
            .references()
            .iter()
            .any(|reference| reference.path.first().is_some_and(|root| root == ORGANIZATION))
    }
}

fn read_of(node: &Node, findings: &mut Vec<Finding>) -> Option<SegmentOf> {
    let chosen = word(node, "of", findings)?;
    let of = SegmentOf::ALL.into_iter().find(|of| of.word() == chosen);
    if of.is_none() {
        let message = format!("a segment is of organizations or of contacts, not of `{chosen}`");
        let finding = Finding::error("unknown-word", node.place.clone(), message);
        findings.push(finding.with_help(spelling::suggest(chosen, SegmentOf::WORDS)));
    }
    of
}
