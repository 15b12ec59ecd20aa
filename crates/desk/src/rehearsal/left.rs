//! What a story leaves undone when it ends.

use jiff::{SignedDuration, Timestamp};

use super::stage::Stage;
use crate::{Result, lookups, outbox};

/// What has begun and is not done, in words: mails that have not left, and look-ups that have no answer. A story that ends so does
/// not show what comes of them.
pub(super) async fn undone(stage: &Stage) -> Result<Vec<String>> {
    let mut conn = stage.desk.read().await?;
    let mut undone = Vec::new();
    let mails = outbox::count_waiting(&mut conn).await?;
    if mails > 0 {
        let again = outbox::next_due(&mut conn).await?;
        undone.push(format!("{mails} mails have not left{}", tried(stage, again)));
    }
    for asking in lookups::waiting(&mut conn).await? {
        let (name, lookup) = (&asking.name, &asking.lookup);
        let again = tried(stage, Some(asking.due));
        undone.push(format!("the look-up `{lookup}` has not answered as `{name}`{again}"));
    }
    Ok(undone)
}

fn tried(stage: &Stage, again: Option<Timestamp>) -> String {
    let again = again.map(|at| format!(", and is tried again at {}", offset(at.duration_since(stage.starts))));
    again.unwrap_or_default()
}

/// A time of the story as its author writes it: `+3d4h`. Less than a second counts as a whole one.
fn offset(since: SignedDuration) -> String {
    let seconds = since.as_secs() + i64::from(since.subsec_nanos() > 0);
    let mut text = "+".to_owned();
    for (unit, length, within) in [("d", 86_400, i64::MAX), ("h", 3_600, 24), ("m", 60, 60), ("s", 1, 60)] {
        let count = seconds / length % within;
        if count > 0 {
            text.push_str(&format!("{count}{unit}"));
        }
    }
    if text.len() == 1 { "+0h".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_stories_write_them() {
        assert_eq!(offset(SignedDuration::from_secs(0)), "+0h");
        assert_eq!(offset(SignedDuration::from_secs(3 * 86_400 + 4 * 3_600)), "+3d4h");
        assert_eq!(offset(SignedDuration::from_millis(7_205_500)), "+2h6s");
    }
}
