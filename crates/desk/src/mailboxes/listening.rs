//! Whether the desk listened. Mail that a mail server pushes does not come in while the desk is away: the server keeps it and tries
//! again, seldomer and seldomer. So for a while after the desk is back, an answer that was given in time may still be on its way,
//! and what waits for silence waits for it.
//!
//! A process that serves says every minute that it listens, by the machine's clock; what it did not say was missed.

use jiff::{SignedDuration, Timestamp};
use store::{Id, News};

use super::queries;
use crate::{Context, Result};

/// How often a process says that it listens.
pub const BEAT: SignedDuration = SignedDuration::from_mins(1);
/// After how long without a word nobody listened, whatever other processes there are.
const SILENT: SignedDuration = SignedDuration::from_mins(3);
/// How long kept mail is waited for at least, and at most: mail servers rest from five minutes to a little over an hour.
const PATIENCE: (SignedDuration, SignedDuration) = (SignedDuration::from_mins(15), SignedDuration::from_mins(75));

/// When the desk last listened, and what it has missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listening {
    /// Until when it was heard to listen, by the machine's clock.
    pub heard_until: Timestamp,
    /// Since when it did not, the last time that it did not, by the desk's clock.
    pub missed_from: Option<Timestamp>,
    /// Until when it waits for what was kept meanwhile, by the desk's clock.
    pub patient_until: Option<Timestamp>,
}

/// Somebody listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ear {
    /// The only process that serves this desk begins: however short it was away, mail was missed.
    Only,
    /// A process begins, or goes on, beside others perhaps.
    OneOfMany,
}

/// Notes that the desk listens at `heard`, an instant of the machine's clock. What it has missed since it was last heard is waited
/// for from now on: as long as it was away and five minutes more, a quarter of an hour at least and an hour and a quarter at most.
pub async fn note(context: &mut Context<'_>, ear: Ear, heard: Timestamp) -> Result<()> {
    let before = queries::listening(context.tx).await?;
    let now = after(before, ear, heard, context.now);
    queries::keep_listening(context.tx, &now).await?;
    if before.is_some_and(|before| before.patient_until != now.patient_until) {
        context.tx.announce(News::of("timer", Id(0), 0));
    }
    Ok(())
}

fn after(before: Option<Listening>, ear: Ear, heard: Timestamp, now: Timestamp) -> Listening {
    let Some(before) = before else {
        return Listening { heard_until: heard, missed_from: None, patient_until: None };
    };
    let away = heard.duration_since(before.heard_until);
    let is_missed = match ear {
        Ear::Only => away.is_positive(),
        Ear::OneOfMany => away > SILENT,
    };
    let heard_until = before.heard_until.max(heard);
    if !is_missed {
        return Listening { heard_until, ..before };
    }
    // What is still waited for of the time before is missed from there.
    let still = before.patient_until.filter(|until| *until > now).and(before.missed_from);
    let until = now.checked_add(patience(away)).unwrap_or(now);
    Listening {
        heard_until,
        missed_from: Some(still.unwrap_or_else(|| now.checked_sub(away).unwrap_or(now))),
        patient_until: before.patient_until.max(Some(until)),
    }
}

fn patience(away: SignedDuration) -> SignedDuration {
    (away.saturating_add(SignedDuration::from_mins(5))).clamp(PATIENCE.0, PATIENCE.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        "2026-11-17T09:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_mins(minutes)
    }

    /// A desk that listens when its machine says so, minutes after nine, on a clock that nobody moved.
    fn heard(ears: &[(Ear, i64)]) -> Listening {
        let fold = |before, (ear, minutes): &(Ear, i64)| Some(after(before, *ear, at(*minutes), at(*minutes)));
        ears.iter().fold(None, fold).unwrap()
    }

    #[test]
    fn a_desk_that_always_listened_has_missed_nothing() {
        let whole = heard(&[(Ear::Only, 0), (Ear::OneOfMany, 1), (Ear::OneOfMany, 4), (Ear::OneOfMany, 3)]);
        assert_eq!(whole, Listening { heard_until: at(4), missed_from: None, patient_until: None });
    }

    #[test]
    fn what_was_missed_is_waited_for_longer_the_longer_the_desk_was_away() {
        for (ear, away, patience) in
            [(Ear::Only, 1, 15), (Ear::OneOfMany, 4, 15), (Ear::Only, 30, 35), (Ear::OneOfMany, 600, 75)]
        {
            let back = heard(&[(Ear::Only, 0), (ear, away)]);
            assert_eq!(back.missed_from, Some(at(0)), "{away}");
            assert_eq!(back.patient_until, Some(at(away + patience)), "{away}");
        }
    }

    #[test]
    fn who_goes_again_while_mail_is_still_waited_for_misses_from_the_first_time_on() {
        let twice = heard(&[(Ear::Only, 0), (Ear::Only, 60), (Ear::Only, 61)]);
        assert_eq!((twice.missed_from, twice.patient_until), (Some(at(0)), Some(at(125))), "the longer patience stays");
        let later = heard(&[(Ear::Only, 0), (Ear::Only, 60), (Ear::OneOfMany, 62), (Ear::Only, 200)]);
        assert_eq!(later.missed_from, Some(at(62)));
    }

    #[test]
    fn on_a_clock_that_was_moved_it_was_away_as_long_as_it_really_was() {
        let before = Listening { heard_until: at(0), missed_from: None, patient_until: None };
        let back = after(Some(before), Ear::Only, at(30), at(10_000));
        assert_eq!((back.missed_from, back.patient_until), (Some(at(9_970)), Some(at(10_035))));
    }
}
