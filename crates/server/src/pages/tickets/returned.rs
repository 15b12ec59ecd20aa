//! What came back of a message that went out: who was not reached, why, and whether anything is lost.

use desk::messages::bounces::Bounced;

use super::conversation::{Delivery, Message};
use super::fill_list::Words;
use crate::pages::when::When;

/// A report that a message was not delivered.
#[derive(Debug, Clone)]
pub struct Returned {
    /// The text that says it.
    pub key: &'static str,
    /// Who was not reached.
    pub whom: String,
    /// What the other server said.
    pub reason: Option<String>,
    /// When the report came.
    pub at: When,
}

impl Returned {
    /// Whether the message is lost to them: a server that goes on trying, and a report that proves nothing, are no loss yet.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        matches!(self.key, "returned-hard" | "returned-soft")
    }
}

/// Puts what came back on its message. A message that bounced says so there, and not by its delivery too.
pub fn show_on(message: &mut Message, reports: &[Bounced], words: &Words) {
    let returned = |report: &Bounced| Returned {
        key: match (report.proved, report.delayed, report.hard) {
            (false, ..) => "returned-unproved",
            (true, true, _) => "returned-delayed",
            (true, false, true) => "returned-hard",
            (true, false, false) => "returned-soft",
        },
        whom: report.recipient.clone().or_else(|| message.to.clone()).unwrap_or_default(),
        reason: report.reason.clone(),
        at: words.moments.when(report.received_at),
    };
    let returned: Vec<Returned> = reports.iter().map(returned).collect();
    if returned.iter().any(Returned::is_lost) && matches!(message.delivery, Some(Delivery::Failed(_))) {
        message.delivery = None;
    }
    message.returned = returned;
}
