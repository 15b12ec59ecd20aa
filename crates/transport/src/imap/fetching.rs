//! Fetching what the cursor has not passed, a mail at a time.
//!
//! A round asks for the highest number there is and goes towards it in windows of numbers, so that however many mails there are, only
//! the numbers and sizes of one window and the bytes of one mail are in memory. How large a mail is is known before it is asked for.

use std::collections::BTreeMap;

use super::conversation::Command;
use super::response::{CUT, Condition, Item, Response, Status};
use super::session::{Announced, Place};
use super::{Cursor, Fetched, Session, What};
use crate::fault::{Fault, Kind, Stage};

/// How many numbers a window has at first.
const WINDOW: u32 = 256;
/// How many it may have where mails are sparse.
const WINDOW_MAX: u32 = 1 << 16;
/// How many bytes a server may take to announce one mail.
const ANNOUNCEMENT: u64 = 512;

/// The mails between two looks at how many there are.
#[derive(Debug)]
pub(super) struct Round {
    /// The highest number there was.
    top: u32,
    /// The lowest number of the next window; beyond `top` when there is none.
    next: u64,
    /// How many numbers the next window has.
    width: u32,
    announced: Announced,
}

impl Session {
    /// The next mail that the cursor comes to; nothing when all is in that was there. Marks nothing.
    ///
    /// # Errors
    /// What was wrong; then another session goes on where the stored cursor is.
    pub async fn next(&mut self) -> Result<Option<Fetched>, Fault> {
        self.conversation.at(Stage::Fetch);
        self.conversation.require_whole()?;
        loop {
            let place = self.place()?;
            let Some(round) = &mut place.round else {
                if self.begin_round().await? {
                    continue;
                }
                return Ok(None);
            };
            if let Some((uid, size)) = round.announced.pop_front() {
                self.fetching = Some(uid);
                let fetched = self.fetch(uid, size).await?;
                self.fetching = None;
                self.place()?.cursor = fetched.cursor;
                return Ok(Some(fetched));
            }
            if round.next > u64::from(round.top) {
                place.cursor.uid_next = place.cursor.uid_next.max(round.top.saturating_add(1));
                place.round = None;
                return Ok(None);
            }
            self.look().await?;
        }
    }

    /// Looks how far there is something to fetch; says whether there is.
    async fn begin_round(&mut self) -> Result<bool, Fault> {
        // What is told from here on may be beyond this round.
        self.conversation.news = false;
        let highest = self.highest().await?;
        let place = self.place()?;
        let first = place.cursor.uid_next.max(1);
        let top = highest.filter(|top| *top >= first);
        place.round = top.map(|top| Round { top, next: first.into(), width: WINDOW, announced: Announced::new() });
        Ok(top.is_some())
    }

    /// The highest number in the folder: that of its last mail.
    pub(super) async fn highest(&mut self) -> Result<Option<u32>, Fault> {
        if self.conversation.mails == 0 {
            // Another one may have come since; the server says so in its answer.
            self.conversation.must(Command::new("NOOP"), |_| {}).await?;
        }
        if self.conversation.mails == 0 {
            return Ok(None);
        }
        let mut highest = None;
        let hear = |response| {
            if let Response::Fetch(Item { uid, .. }) = response {
                highest = highest.max(uid);
            }
        };
        let status = self.conversation.run(Command::new("FETCH * (UID)"), hear).await?;
        if status.condition != Condition::Ok && self.conversation.mails > 0 {
            return Err(self.conversation.refusal(&status));
        }
        Ok(highest)
    }

    /// Has the mails of the next window announced, with their sizes.
    async fn look(&mut self) -> Result<(), Fault> {
        let Some(Place { round: Some(round), .. }) = &mut self.place else { return Ok(()) };
        let first = round.next;
        let last = (first + u64::from(round.width) - 1).min(round.top.into());
        let command = Command::new(format!("UID FETCH {first}:{last} (UID RFC822.SIZE)"));
        let mut found = BTreeMap::new();
        let hear = |response| {
            if let Response::Fetch(Item { uid: Some(uid), size, .. }) = response
                && (first..=last).contains(&uid.into())
            {
                // Flags that somebody else changes are told by number as well, without a size.
                let known = found.entry(uid).or_insert(size);
                *known = known.or(size);
            }
        };
        let allowance = u64::from(round.width).saturating_mul(ANNOUNCEMENT);
        self.conversation.must(command.allowing(allowance), hear).await?;
        round.width = match found.len() {
            0..64 => round.width.saturating_mul(4).min(WINDOW_MAX),
            _ => WINDOW,
        };
        round.next = last + 1;
        round.announced.extend(found);
        Ok(())
    }

    /// Fetches one mail, or only its header if it is too large.
    async fn fetch(&mut self, uid: u32, size: Option<u64>) -> Result<Fetched, Fault> {
        let too_large = size.filter(|size| *size > self.limits.mail);
        let part = if too_large.is_some() { format!("BODY.PEEK[HEADER]<0.{CUT}>") } else { "BODY.PEEK[]".to_owned() };
        let mut item: Option<Item> = None;
        let hear = |response| {
            if let Response::Fetch(told) = response {
                take_in(&mut item, told, uid);
            }
        };
        let command =
            Command::new(format!("UID FETCH {uid} (UID INTERNALDATE {part})")).with_literals(self.limits.mail);
        let outcome = self.conversation.run(command, hear).await;
        let Item { received_at, body, .. } = item.unwrap_or_default();
        let cursor = Cursor { uid_next: uid.saturating_add(1), ..self.place()?.cursor };
        let what = match (outcome, body, too_large) {
            (Ok(_), Some(header), Some(size)) => What::TooLarge { size, header: header_of(header.bytes) },
            (_, Some(body), _) if body.is_cut() => What::TooLarge { size: body.size, header: header_of(body.bytes) },
            (Err(fault), ..) => return Err(fault),
            (Ok(status), Some(body), None) if status.condition == Condition::Ok => What::Mail(body.bytes),
            (Ok(status), None, Some(size)) if status.condition == Condition::Ok => {
                What::TooLarge { size, header: Vec::new() }
            }
            (Ok(status), _, _) => self.missing(uid, &status).await?,
        };
        Ok(Fetched { uid, cursor, received_at, what })
    }

    /// A mail that was announced and is not given out: gone, or withheld.
    async fn missing(&mut self, uid: u32, status: &Status) -> Result<What, Fault> {
        let mut is_there = false;
        let hear =
            |response| is_there |= matches!(response, Response::Fetch(Item { uid: Some(told), .. }) if told == uid);
        self.conversation.run(Command::new(format!("UID FETCH {uid} (UID)")), hear).await?;
        let said = Fault::saying(Stage::Fetch, Kind::Refused, &status.text).said.unwrap_or_default();
        Ok(if is_there { What::Withheld { said } } else { What::Gone })
    }
}

/// Takes in what was told of the mail that was asked for. A cut literal may have come before the number was told.
fn take_in(item: &mut Option<Item>, told: Item, uid: u32) {
    let is_cut = told.body.as_ref().is_some_and(super::response::Literal::is_cut);
    if told.uid != Some(uid) && !(told.uid.is_none() && is_cut) {
        return;
    }
    let known = item.get_or_insert_default();
    known.uid = Some(uid);
    known.received_at = known.received_at.or(told.received_at);
    known.body = known.body.take().or(told.body);
}

/// The header of a mail of which perhaps more was read.
fn header_of(mut bytes: Vec<u8>) -> Vec<u8> {
    let ends = [(b"\r\n\r\n".as_slice(), 2), (b"\n\n".as_slice(), 1)];
    let end = ends.iter().filter_map(|(mark, kept)| {
        bytes.windows(mark.len()).position(|window| window == *mark).map(|index| index + kept)
    });
    if let Some(end) = end.min() {
        bytes.truncate(end);
    }
    bytes.truncate(CUT);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_ends_before_the_empty_line() {
        assert_eq!(header_of(b"A: b\r\nC: d\r\n\r\nbody\n\n".to_vec()), b"A: b\r\nC: d\r\n");
        assert_eq!(header_of(b"A: b\n\nbody".to_vec()), b"A: b\n");
        assert_eq!(header_of(b"A: b\r\n".to_vec()), b"A: b\r\n");
    }
}
