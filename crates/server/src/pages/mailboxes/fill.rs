//! Until when the mail is in, in the viewer's words.

use desk::mailboxes::connected;
use desk::mailboxes::watch::{Behind, Watched};
use desk::timers::held::{Held, QUIET};
use jiff::Timestamp;

use super::faults;
use super::view::{HeldTicket, Mailbox, Reading};
use crate::pages::tickets::fill_list::Words;
use crate::pages::visit::Visit;
use crate::texts::Texts;

/// Why something is held, behind "Held:".
pub fn why_held(visit: &Visit, words: &Words, behind: &Behind) -> String {
    match (&behind.mailbox, behind.until) {
        (Some(name), _) => {
            let read = words.moments.when(behind.in_until).relative;
            visit.texts.with("held-mailbox", &[("name", name), ("when", &read)])
        }
        (None, Some(until)) => visit.texts.with("held-away", &[("when", &words.moments.point(until).relative)]),
        (None, None) => String::new(),
    }
}

/// One that a program fetches from, as its row shows it.
pub(super) fn reported(words: &Words, watched: &Watched) -> Mailbox {
    Mailbox {
        name: watched.name.clone(),
        address: None,
        href: None,
        reading: reading(words, watched.caught_up_until),
        trouble: None,
        unsettled: None,
        unsent: None,
        default: false,
    }
}

/// One that the desk is connected to, as its row shows it. `read`: until when it is; `unsent`: how many of its mails were refused.
pub(super) fn connected(
    texts: &Texts,
    words: &Words,
    mailbox: &connected::Mailbox,
    (read, unsent): (Option<Timestamp>, Option<(i64, String)>),
    may_change: bool,
) -> Mailbox {
    let read = read.unwrap_or(mailbox.created_at);
    let trouble = mailbox.trouble.as_ref().map(|trouble| faults::words(texts, &trouble.code, &trouble.words));
    Mailbox {
        name: mailbox.name.clone(),
        address: Some(mailbox.address.clone()),
        href: may_change.then(|| format!("/mailboxes/{}", mailbox.id)),
        reading: match (&mailbox.incoming, mailbox.paused) {
            (None, _) => Reading::Never,
            (Some(_), true) => Reading::Paused(words.moments.point(read)),
            (Some(_), false) if trouble.is_some() => Reading::Late(words.moments.point(read)),
            (Some(_), false) => reading(words, read),
        },
        trouble,
        unsettled: mailbox.unsettled.as_ref().map(|unsettled| {
            let why = faults::words(texts, &unsettled.code, &unsettled.words);
            format!("{} {why}", texts.get("mailbox-unsettled"))
        }),
        unsent: unsent.map(|(count, why)| {
            let mails = texts.count("mailbox-unsent", usize::try_from(count).unwrap_or_default());
            format!("{mails} {why}")
        }),
        default: mailbox.is_default,
    }
}

fn reading(words: &Words, read: Timestamp) -> Reading {
    let when = words.moments.point(read);
    if words.moments.now().duration_since(read) > QUIET { Reading::Late(when) } else { Reading::Until(when) }
}

/// A ticket that is held, as its row shows it.
pub(super) fn held(words: &Words, held: &Held, draft: bool) -> HeldTicket {
    HeldTicket {
        id: held.ticket.to_string(),
        href: format!("/tickets/{}", held.ticket),
        number: held.number.to_string(),
        subject: held.subject.clone(),
        draft,
        due: words.moments.when(held.due),
    }
}
