//! Keeping a row for every schedule of today's handbook.

use std::collections::BTreeSet;

use playbook::Files;
use store::{Id, News};

use super::queries;
use crate::handbook::{Handbooks, Published};
use crate::{Context, Error, Result};

/// Takes over the schedules of the handbook of `files`, when this transaction has published it. Those that were there
/// are looked at again, for segments may have other members now; those that are new count from now on.
pub async fn plan(
    context: &mut Context<'_>,
    handbooks: &Handbooks,
    files: &Files,
    published: &Published,
) -> Result<()> {
    if !matches!(published, Published::Revision(_)) {
        return Ok(());
    }
    let handbook = handbooks.compiled_of(files).ok_or_else(|| Error::internal("a handbook that was not compiled"))?;
    let wanted: BTreeSet<(String, String)> = handbook
        .schedules()
        .map(|(playbook, _, scheduled)| (playbook.name().to_owned(), scheduled.to_string()))
        .collect();
    for (playbook, schedule) in queries::all(context.tx).await? {
        if !wanted.contains(&(playbook.clone(), schedule.clone())) {
            queries::remove(context.tx, &playbook, &schedule).await?;
        }
    }
    for (playbook, schedule) in &wanted {
        queries::begin_again(context.tx, playbook, schedule, context.now).await?;
        context.tx.announce(News::of("timer", Id(0), 0));
    }
    Ok(())
}
