//! Until when the mail is in, in the viewer's words.

use desk::mailboxes::watch::{Behind, Watched};
use desk::timers::held::{Held, QUIET};

use super::view::{HeldTicket, Mailbox};
use crate::pages::tickets::fill_list::Words;
use crate::pages::visit::Visit;

/// Why something is held, behind "Held:".
pub fn why_held(visit: &Visit, words: &Words, behind: &Behind) -> String {
    match (&behind.mailbox, behind.until) {
        (Some(name), _) => {
            let read = words.moments.when(behind.in_until).relative;
            visit.texts.with("held-mailbox", &[("name", name), ("when", &read)])
        }
        (None, Some(until)) => visit.texts.with("held-away", &[("when", &words.moments.when(until).relative)]),
        (None, None) => String::new(),
    }
}

/// A mailbox as its row shows it.
pub(super) fn mailbox(words: &Words, watched: &Watched) -> Mailbox {
    Mailbox {
        name: watched.name.clone(),
        read_until: words.moments.when(watched.caught_up_until),
        reported: words.moments.when(watched.reported_at),
        late: words.moments.now().duration_since(watched.caught_up_until) > QUIET,
    }
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
