//! A mail that cannot be had: it is asked for a few times, then noted and passed, so that it holds up no other.

use desk::handle::Fetched;
use desk::mailboxes::WhyKept;
use desk::mailboxes::connected::fetching::Lay;

/// How often a mail is asked for before it is noted and passed.
const ASKED_MAX: u32 = 3;

/// The mail that could not be had last, and how often that was in a row.
#[derive(Debug, Default)]
pub(super) struct Stuck {
    /// Its numbering and its number.
    place: Option<(u32, u32)>,
    times: u32,
}

impl Stuck {
    /// A mail could not be had; says whether that was often enough.
    pub(super) fn is_to_be_passed(&mut self, lay: &Lay) -> bool {
        let place = Some((lay.uid_validity, lay.uid));
        self.times = if self.place == place { self.times.saturating_add(1) } else { 1 };
        self.place = place;
        self.times >= ASKED_MAX
    }
}

/// What the desk keeps of it: where it lies, which tells it from others that cannot be had either.
pub(super) fn noted(lay: &Lay, why: WhyKept) -> Fetched {
    let place = format!("Mail {} of the folder {}, numbering {}.\r\n", lay.uid, lay.folder, lay.uid_validity);
    Fetched::Trouble { raw: place.into_bytes().into(), reason: why.to_string() }
}
