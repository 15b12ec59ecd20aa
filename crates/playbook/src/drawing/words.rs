//! The few words that a drawing adds to those of its playbook. A language that is not here reads English.

use jiff::SignedDuration;

use crate::definition::{Clock, WRITTEN_TO, Weekly};
use crate::fields::in_words;

/// The words of one language.
#[derive(Debug)]
pub(super) struct Words {
    is_portuguese: bool,
}

/// Units of time, longest first, so that the `day` in `days` is not taken for one.
const UNITS: [(&str, &str); 8] = [
    ("business days", "dias úteis"),
    ("business day", "dia útil"),
    ("business hours", "horas úteis"),
    ("business hour", "hora útil"),
    ("end of working day", "fim do dia útil"),
    ("days", "dias"),
    ("day", "dia"),
    ("weeks", "semanas"),
];

/// The days of a schedule, as they are written, in English and in Portuguese.
const DAY_NAMES: [(&str, &str, &str); 7] = [
    ("MO", "Mon", "seg."),
    ("TU", "Tue", "ter."),
    ("WE", "Wed", "qua."),
    ("TH", "Thu", "qui."),
    ("FR", "Fri", "sex."),
    ("SA", "Sat", "sáb."),
    ("SU", "Sun", "dom."),
];

impl Words {
    /// Those of a language tag: `pt`, `pt-BR`, `en`.
    pub(super) fn of(language: &str) -> Self {
        Self { is_portuguese: language.split('-').next() == Some("pt") }
    }

    /// The language that they are in.
    pub(super) fn tag(&self) -> &'static str {
        self.pick("en", "pt")
    }

    fn pick<'t>(&self, english: &'t str, portuguese: &'t str) -> &'t str {
        if self.is_portuguese { portuguese } else { english }
    }

    /// Whom a state waits for.
    pub(super) fn waiting_on(&self, party: &str) -> String {
        match party {
            "us" => self.pick("waits for us", "espera por nós").to_owned(),
            "requester" => self.pick("waits for the client", "espera pelo cliente").to_owned(),
            "third_party" => self.pick("waits for others", "espera por terceiros").to_owned(),
            other => format!("{} {}", self.pick("waits for", "espera por"), in_words(other).to_lowercase()),
        }
    }

    /// How long a timer waits, from how the handbook writes it.
    pub(super) fn after(&self, span: &str) -> String {
        format!("{} {}", self.pick("after", "após"), self.span(span))
    }

    /// A length of time, from how the handbook writes it.
    fn span(&self, span: &str) -> String {
        let said = UNITS.iter().find(|(english, _)| span.ends_with(english) && self.is_portuguese);
        said.map_or_else(|| span.to_owned(), |(english, other)| span.replace(english, other))
    }

    /// An instant that an expression gives.
    pub(super) fn at(&self, time: &str) -> String {
        format!("{} {time}", self.pick("at", "em"))
    }

    /// Each time of a schedule: `every Mon, Wed 16:00`.
    pub(super) fn every(&self, weekly: &Weekly) -> String {
        let (days, time) = weekly.parts();
        if days.is_empty() {
            return format!("{} {time}", self.pick("every day", "todos os dias,"));
        }
        let names: Vec<&str> = days.into_iter().map(|day| self.day(day)).collect();
        format!("{} {} {time}", self.pick("every", "cada"), names.join(", "))
    }

    fn day(&self, word: &'static str) -> &'static str {
        let named = DAY_NAMES.iter().find(|(known, ..)| *known == word);
        named.map_or(word, |(_, english, portuguese)| if self.is_portuguese { portuguese } else { english })
    }

    /// What brings a ticket back that was over.
    pub(super) fn reopened(&self, within: &str) -> String {
        format!("{}, {} {}", self.event("requester.replied"), self.pick("within", "em"), self.span(within))
    }

    /// A clock: from what until what, and for how long.
    pub(super) fn clock(&self, clock: &Clock) -> String {
        let named = |events: &[String]| {
            let said: Vec<String> = events.iter().map(|event| self.event(event)).collect();
            said.join(self.pick(" or ", " ou "))
        };
        let length = if clock.repeats { self.pick("every", "cada") } else { self.pick("within", "em") };
        let still = clock.pause.iter().flat_map(|pause| {
            let for_whom = pause.waiting_on.iter().map(|(who, _)| {
                format!("{} {}", self.pick("while waiting on", "enquanto se espera por"), self.party(who))
            });
            let states = pause.states.iter().map(|(path, _)| format!("{} {path}", self.pick("in", "em")));
            for_whom.chain(states)
        });
        let still: Vec<String> = still.collect();
        let still = match still.is_empty() {
            true => String::new(),
            false => format!(", {} {}", self.pick("stands still", "parado"), still.join(self.pick(" and ", " e "))),
        };
        format!(
            "{}: {} {} → {}, {length} {}{still}",
            self.pick("clock", "relógio"),
            in_words(&clock.name).to_lowercase(),
            named(&clock.start),
            named(&clock.stop),
            self.span(&clock.span.to_string()),
        )
    }

    /// What happened, from an event's name.
    pub(super) fn event(&self, name: &str) -> String {
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        match (first, rest) {
            ("ticket", "opened") => self.pick("ticket opened", "pedido aberto").to_owned(),
            ("agent", "replied") => self.pick("we reply", "respondemos").to_owned(),
            (party, WRITTEN_TO) => format!("{} {}", self.pick("we write to", "escrevemos a"), self.party(party)),
            ("requester", "replied") => self.pick("client replies", "cliente responde").to_owned(),
            ("requester", "bounced") => self.pick("mail bounces", "mensagem devolvida").to_owned(),
            ("reply", reply) => format!("{} {reply}", self.pick("sent:", "enviado:")),
            ("form", rest) => {
                let form = rest.rsplit_once('.').map_or(rest, |(form, _)| form);
                format!("{} {form}", self.pick("form", "formulário"))
            }
            (_, "") => in_words(name),
            (who, what) => format!("{}: {}", self.party(who), in_words(what).to_lowercase()),
        }
    }

    fn party(&self, alias: &str) -> String {
        if alias == "opener" { self.pick("opener", "origem").to_owned() } else { in_words(alias).to_lowercase() }
    }

    /// Before a guard.
    pub(super) fn when(&self, guard: &str) -> String {
        format!("{} {guard}", self.pick("if", "se"))
    }

    /// What is taken when no guard before it held.
    pub(super) fn otherwise(&self) -> &'static str {
        self.pick("otherwise", "senão")
    }

    /// What is taken without any event or guard.
    pub(super) fn at_once(&self) -> &'static str {
        self.pick("at once", "de imediato")
    }

    /// The text alternative's first sentence.
    pub(super) fn summary(&self, states: usize, arrows: usize) -> String {
        if self.is_portuguese {
            format!("Diagrama de estados: {states} estados, {arrows} transições.")
        } else {
            format!("Statechart: {states} states, {arrows} transitions.")
        }
    }

    /// Of a state that no ticket came to.
    pub(super) fn never(&self) -> &'static str {
        self.pick("never", "nunca")
    }

    /// How long half of the stays were at most: minutes below an hour, hours below two days, then days.
    pub(super) fn half_within(&self, length: SignedDuration) -> String {
        let (minutes, hours) = (length.as_mins(), length.as_hours());
        match hours {
            0 => format!("{minutes} min"),
            1..48 => format!("{hours} h"),
            _ => format!("{} d", hours / 24),
        }
    }

    /// Where the ticket is.
    pub(super) fn present(&self, title: &str) -> String {
        format!("{} {title}.", self.pick("Present state:", "Estado atual:"))
    }

    /// Of a transition that leaves its state and enters it again.
    pub(super) fn again(&self) -> &'static str {
        self.pick("starts over", "recomeça")
    }
}
