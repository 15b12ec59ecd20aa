//! Tags: words that people put on tickets to find them together.

use store::Id;

use super::queries;
use crate::{Context, Error, Result};

/// The most tags a ticket may have, and the longest of them in characters.
pub const TAGS_MAX: usize = 50;

/// Checks the tags of somebody's input.
pub fn check_tags(tags: &[String]) -> Result<()> {
    let bad = tags.len() > TAGS_MAX || tags.iter().any(|tag| tag.trim().is_empty() || tag.chars().count() > TAGS_MAX);
    if bad {
        return Err(Error::invalid_field("tags", "bad-tags", "at most 50 tags of 1 to 50 characters"));
    }
    Ok(())
}

/// Makes the ticket's tags those of `wanted`; the tags of before when they were others, `None` when nothing changed.
///
/// # Errors
/// `bad-tags` when they are too many, too long or empty.
pub async fn set(context: &mut Context<'_>, ticket: Id, wanted: &[String]) -> Result<Option<Vec<String>>> {
    check_tags(wanted)?;
    let before = queries::tags(context.tx, ticket).await?;
    let wanted: Vec<&str> = wanted.iter().map(|tag| tag.trim()).collect();
    let mut changed = false;
    for gone in before.iter().filter(|tag| !wanted.contains(&tag.as_str())) {
        queries::untag(context.tx, ticket, gone).await?;
        changed = true;
    }
    for new in wanted.iter().filter(|tag| !before.iter().any(|before| before == *tag)) {
        queries::tag(context.tx, ticket, new).await?;
        changed = true;
    }
    Ok(changed.then_some(before))
}
