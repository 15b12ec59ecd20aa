//! How a ticket stands, as a chip: an icon and a word, never a colour alone.

/// The status that lists filter by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Somebody has to act.
    Open,
    /// Waiting for somebody else.
    Pending,
    /// Done, unless the client comes back.
    Solved,
    /// Ended.
    Closed,
}

/// Whom a ticket waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaitingOn {
    /// Us.
    Us,
    /// The one who asked.
    Requester,
    /// Somebody else, named by the playbook or not.
    Other(Option<String>),
}

/// Status and whom it waits for, together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The status.
    pub status: Status,
    /// Whom it waits for while it is open or pending.
    pub waiting_on: Option<WaitingOn>,
}

impl Standing {
    /// The chip's colour: the suffix of its class `chip--…`.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match (self.status, &self.waiting_on) {
            (Status::Closed, _) => "closed",
            (Status::Solved, _) => "solved",
            (_, Some(WaitingOn::Us)) => "us",
            (_, Some(_)) => "them",
            (_, None) => "open",
        }
    }

    /// The chip's icon: the suffix of its symbol `i-…`.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        match self.tone() {
            "closed" => "closed",
            "solved" => "check-circle",
            "us" => "half",
            "them" => "pause",
            _ => "circle",
        }
    }

    /// The chip's word.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match (self.status, &self.waiting_on) {
            (Status::Closed, _) => "status-closed",
            (Status::Solved, _) => "status-solved",
            (_, Some(WaitingOn::Us)) => "waiting-on-us",
            (_, Some(WaitingOn::Requester)) => "waiting-on-client",
            (_, Some(WaitingOn::Other(_))) => "waiting-on-other",
            (Status::Pending, None) => "status-pending",
            (Status::Open, None) => "status-open",
        }
    }
}
