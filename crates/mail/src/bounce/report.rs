//! Delivery status notifications (RFC 3464, section 2): blocks of fields, one for the mail and one for each recipient.

use super::{Bounce, Unreached, basic_status, enhanced_status, shorten};
use crate::address;
use crate::incoming::Fields;

/// More recipients than this are not told.
const MAX_RECIPIENTS: usize = 50;

pub(super) fn is_one(kind: &str) -> bool {
    matches!(kind, "message/delivery-status" | "message/global-delivery-status")
}

/// The first failed recipient counts, else the first delayed one; the others follow. A report of success is no bounce.
pub(super) fn read(status: &[u8]) -> Option<Bounce> {
    let text = String::from_utf8_lossy(status).replace("\r\n", "\n");
    let blocks = text.split("\n\n").map(|block| Fields::read(block.as_bytes(), &mut Default::default()));
    let mut unreached: Vec<Unreached> = blocks.filter_map(|block| recipient(&block)).take(MAX_RECIPIENTS).collect();
    unreached.sort_by_key(|recipient| recipient.delayed);
    let mut unreached = unreached.into_iter();
    let first = unreached.next()?;
    Some(Bounce {
        recipient: first.recipient,
        status: first.status,
        hard: first.hard,
        delayed: first.delayed,
        reason: first.reason,
        original_message_id: None,
        others: unreached.collect(),
    })
}

/// What a block says of its recipient; nothing when the mail reached them, or when it is not about one.
fn recipient(block: &Fields) -> Option<Unreached> {
    let action = block.raw("Action").unwrap_or_default().to_ascii_lowercase();
    let given = block.raw("Status").and_then(|status| enhanced_status(&status));
    let delayed = action.starts_with("delayed");
    // Some programs leave the action out.
    let failed = action.starts_with("failed") || (action.is_empty() && given.is_some());
    if !delayed && !failed {
        return None;
    }
    let reason = block.raw("Diagnostic-Code").map(|code| after_type(&code).to_owned());
    // `5.0.0` says no more than "failed"; what the other server said may say why.
    let spoken = reason.as_deref().and_then(|reason| enhanced_status(reason).or_else(|| basic_status(reason)));
    let status = match (given, spoken) {
        (Some(given), Some(spoken)) if given.ends_with(".0.0") && spoken.starts_with(&given[..1]) => Some(spoken),
        (given, spoken) => given.or(spoken),
    };
    Some(Unreached {
        recipient: ["Original-Recipient", "Final-Recipient"]
            .iter()
            .filter_map(|name| block.raw(name))
            .map(|value| after_type(&value).trim_matches(['<', '>']).to_owned())
            .find(|recipient| address::is_plausible(recipient)),
        hard: !delayed && status.as_deref().is_some_and(|status| status.starts_with('5')),
        delayed,
        reason: reason.map(|reason| shorten(&reason)).filter(|reason| !reason.is_empty()),
        status,
    })
}

/// `rfc822; a@b` or `smtp; 550 …` without its type.
fn after_type(value: &str) -> &str {
    value.split_once(';').map_or(value, |(_, rest)| rest).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_of_success_is_no_bounce() {
        let report = b"Reporting-MTA: dns; a\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n";
        assert_eq!(read(report), None);
    }

    #[test]
    fn the_failed_recipient_counts_before_the_delayed() {
        let bounce = read(
            b"Reporting-MTA: dns; a\n\nFinal-Recipient: rfc822; slow@b.example\nAction: delayed\nStatus: 4.4.1\n\n\
              Final-Recipient: rfc822; gone@b.example\nAction: failed\nDiagnostic-Code: smtp; 550 5.1.1\n  nobody here\n",
        );
        let bounce = bounce.unwrap();
        assert_eq!(
            (bounce.recipient.as_deref(), bounce.status.as_deref(), bounce.hard),
            (Some("gone@b.example"), Some("5.1.1"), true)
        );
        assert_eq!(bounce.reason.as_deref(), Some("550 5.1.1 nobody here"));
        assert_eq!(bounce.others.len(), 1);
        assert!(bounce.others[0].delayed && !bounce.others[0].hard);
    }

    #[test]
    fn what_the_other_server_said_is_more_than_a_plain_failure() {
        let report =
            b"Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 5.2.2 over quota\n";
        assert_eq!(read(report).unwrap().status.as_deref(), Some("5.2.2"));
    }
}
