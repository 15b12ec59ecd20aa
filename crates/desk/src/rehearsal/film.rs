//! A rehearsal to be looked at step by step: within bounds, with whatever was sent.

use std::time::Duration;

use jiff::Timestamp;
use playbook::{Files, Scenario, Trace};
use store::Location;
use tokio::time::timeout;

use super::stage::Stage;
use super::{Failure, Moment, timeline};
use crate::outbox::catcher;
use crate::page::Page;
use crate::{Error, Result};

/// The most steps that a film has.
pub const SHOTS_MAX: usize = 1_000;
/// The most mails.
const MAILS_MAX: usize = 200;
/// How many pages of the catcher are read for them; it has the newest first.
const PAGES_MAX: usize = 10;
/// The longest text of a mail, and the longest reason, in characters.
const TEXT_MAX: usize = 20_000;
const REASON_MAX: usize = 2_000;
/// How many reasons are told.
const REASONS_MAX: usize = 100;

/// What came of a scenario, step by step.
#[derive(Clone, Debug)]
pub struct Film {
    /// What happened, in order.
    pub shots: Vec<Shot>,
    /// Every mail that was sent, in order.
    pub mails: Vec<Mail>,
    /// How many expectations were met.
    pub passed: usize,
    /// Those that were not, and whatever else went wrong.
    pub failed: Vec<Failure>,
    /// Whether there was more than is told.
    pub is_cut: bool,
}

/// A step.
#[derive(Clone, Debug)]
pub struct Shot {
    /// What happened.
    pub moment: Moment,
    /// How it came about.
    pub trace: Option<Trace>,
}

/// A mail that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// When.
    pub at: Timestamp,
    /// To whom.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
}

/// Plays a scenario with the handbook of `files` on a stage of its own in memory, which is gone afterwards. What goes on beyond
/// `within` is given up, and so is what does not fit into the stage's memory; what happened until then is told.
pub async fn film(files: &Files, scenario: &Scenario, within: Duration) -> Result<Film> {
    let too_long = || Error::conflict("too-long", format!("This takes more than {} seconds.", within.as_secs()));
    let setting = timeout(within, Stage::set(files, scenario, Location::Memory)).await;
    let mut stage = setting.map_err(|_| too_long())??;
    match timeout(within, stage.play(scenario)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => stage.give_up(scenario, error.to_string()),
        Err(_) => stage.give_up(
            scenario,
            format!("the story goes on for more than {} seconds and was given up", within.as_secs()),
        ),
    }
    let developed = timeout(within, develop(&stage)).await;
    stage.strike().await?;
    developed.map_err(|_| too_long())?
}

async fn develop(stage: &Stage) -> Result<Film> {
    let mut told = timeline::with_traces(stage, 2 * SHOTS_MAX).await?;
    let mut mails = mails(stage).await?;
    let (passed, mut failed) = stage.verdict();
    let is_cut = told.len() > SHOTS_MAX || mails.len() > MAILS_MAX || failed.len() > REASONS_MAX;
    told.truncate(SHOTS_MAX);
    mails.truncate(MAILS_MAX);
    failed.truncate(REASONS_MAX);
    for failure in &mut failed {
        failure.message = shortened(&failure.message, REASON_MAX);
    }
    let shots = told.into_iter().map(|(moment, trace)| Shot { moment, trace }).collect();
    Ok(Film { shots, mails, passed, failed, is_cut })
}

/// What was sent, in order.
async fn mails(stage: &Stage) -> Result<Vec<Mail>> {
    let (onlooker, mut conn) = (Stage::onlooker(), stage.desk.read().await?);
    let mut page = Page { after: None, limit: 200 };
    let mut caught = Vec::new();
    for _ in 0..PAGES_MAX {
        let listed = catcher::list(&mut conn, &onlooker, page).await?;
        caught.extend(listed.items);
        match listed.next {
            Some(next) => page.after = Some(next),
            None => break,
        }
    }
    let mut mails = Vec::new();
    // One more than are told, so that it is known that there are more.
    for found in caught.into_iter().rev().take(MAILS_MAX + 1) {
        let raw = catcher::show(&mut conn, &onlooker, found.id).await?.1;
        let text = mail::parse(&raw).text.unwrap_or_default();
        let text = shortened(&text, TEXT_MAX);
        mails.push(Mail { at: found.caught_at, to: found.recipient, subject: found.subject, text });
    }
    Ok(mails)
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
