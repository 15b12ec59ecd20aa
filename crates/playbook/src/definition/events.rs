//! Which events there are, so that a state never waits for one that cannot come.

use super::body::Reader;
use super::header::check_known;
use super::parties::WRITTEN_TO;
use crate::finding::Finding;
use crate::registry::Ability;
use crate::source::Place;
use crate::spelling;

/// The events that come from people by themselves.
pub(crate) const FROM_PEOPLE: [&str; 3] = ["agent.replied", "requester.bounced", "requester.replied"];

/// What a party raises, after its name: somebody of it answered, and a colleague wrote to it.
const OF_A_PARTY: [&str; 2] = ["replied", WRITTEN_TO];

/// Events of the language that this version does not raise yet.
const LATER: [&str; 5] =
    ["requester.confirmed", "requester.left", "requester.returned", "secret.dropped", "secret.found"];

impl Reader<'_> {
    /// Reports an event that cannot come. Choices are looked at when all states are read.
    pub(super) fn check_event(&mut self, name: &str, place: &Place) {
        if FROM_PEOPLE.contains(&name) || self.is_emitted_by_an_action(name) {
            return;
        }
        if LATER.contains(&name) {
            self.findings.push(Finding::error(
                "later-key",
                place.clone(),
                format!("`{name}` is not yet understood by this version"),
            ));
            return;
        }
        if name == "ticket.opened" {
            self.findings.push(
                Finding::error("unknown-event", place.clone(), "`ticket.opened` is over before any state is entered")
                    .with_help("use the `entry` of the initial state"),
            );
            return;
        }
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        match first {
            "choice" if !rest.is_empty() => {}
            "reply" => {
                check_known("reply", rest, place, self.names.replies.iter().map(String::as_str), &mut self.findings);
            }
            "form" => self.check_form_event(name, rest, place),
            "opener" if self.header.is_linked() => {
                let receives = self.header.receives.iter().map(String::as_str);
                check_known("event", rest, place, receives, &mut self.findings);
            }
            party if self.header.parties.contains_key(party) => {
                check_known("event", rest, place, OF_A_PARTY, &mut self.findings);
            }
            alias => self.check_link_event(name, alias, rest, place),
        }
    }

    fn check_form_event(&mut self, name: &str, rest: &str, place: &Place) {
        match rest.rsplit_once('.') {
            Some((form, "saved")) => {
                check_known("form", form, place, self.names.forms.keys().map(String::as_str), &mut self.findings);
            }
            Some((form, "completed")) => {
                let forms = self.names.forms;
                let known = check_known("form", form, place, forms.keys().map(String::as_str), &mut self.findings);
                if known && !forms.get(form).is_some_and(|form| form.partial) {
                    let message =
                        format!("nothing raises the event `{name}`: the form is complete whenever it is saved");
                    self.findings.push(
                        Finding::error("unknown-event", place.clone(), message)
                            .with_help(format!("listen to `form.{form}.saved`, or write `partial: true` in its file")),
                    );
                }
            }
            _ => self.findings.push(
                Finding::error("unknown-event", place.clone(), format!("nothing raises the event `{name}`"))
                    .with_help("a form raises `form.NAME.saved`, and `form.NAME.completed` where it is `partial`"),
            ),
        }
    }

    fn check_link_event(&mut self, name: &str, alias: &str, rest: &str, place: &Place) {
        let Some((playbook, _)) = self.header.links.get(alias) else {
            let mut known: Vec<String> = FROM_PEOPLE.map(str::to_owned).to_vec();
            for party in self.header.parties.keys() {
                known.extend(OF_A_PARTY.map(|event| format!("{party}.{event}")));
            }
            known.extend(self.raised.iter().cloned());
            known.extend(self.header.receives.iter().map(|event| format!("opener.{event}")));
            for (alias, (playbook, _)) in &self.header.links {
                let emits = self.names.headers.get(playbook).map(|header| header.emits.as_slice());
                known.extend(emits.unwrap_or_default().iter().map(|event| format!("{alias}.{event}")));
            }
            let help = spelling::suggest(name, known.iter().map(String::as_str));
            self.findings.push(
                Finding::error("unknown-event", place.clone(), format!("nothing raises the event `{name}`"))
                    .with_help(help),
            );
            return;
        };
        let of_many = self.names.registry.has_ability(Ability::FanOut).then_some("all_ended");
        if let Some(header) = self.names.headers.get(playbook) {
            let known = header.emits.iter().map(String::as_str).chain(of_many);
            check_known("event", rest, place, known, &mut self.findings);
        }
    }

    /// Whether an action of this playbook raises it. What a canned reply raises is looked at by its name.
    fn is_emitted_by_an_action(&self, name: &str) -> bool {
        let mut plain = self.names.registry.actions().flat_map(|action| action.emits);
        self.raised.contains(name) || plain.any(|event| *event == name)
    }
}
