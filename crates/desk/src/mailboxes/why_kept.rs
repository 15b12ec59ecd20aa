//! Why a mail was kept that moved nothing. What is stored, and what programs read, is its words; pages say the same in their language.

use std::fmt;

/// Why a mail was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyKept {
    /// It does not say who it is from.
    NoSender,
    /// It claims to be from the desk.
    FromItself,
    /// A bounce of no mail of the desk's.
    BounceOfNone,
    /// A bounce of a mail of the desk's.
    Bounce,
    /// A program wrote it, and it belongs nowhere.
    Program,
    /// The desk sent it.
    CameBack,
    /// It came by another address before.
    CameBefore,
    /// A colleague's answer to a notice of the desk.
    NoticeAnswered,
    /// More than the desk takes.
    TooLarge,
    /// Its server says that it has it and does not give it out.
    Withheld,
    /// Its server breaks off where it begins.
    BreaksOff,
    /// A defect.
    Failed,
}

impl WhyKept {
    /// Every reason.
    pub const ALL: [Self; 12] = [
        Self::NoSender,
        Self::FromItself,
        Self::BounceOfNone,
        Self::Bounce,
        Self::Program,
        Self::CameBack,
        Self::CameBefore,
        Self::NoticeAnswered,
        Self::TooLarge,
        Self::Withheld,
        Self::BreaksOff,
        Self::Failed,
    ];

    /// The reason in words, as it is stored.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::NoSender => "it does not say who it is from",
            Self::FromItself => "it claims to come from this desk itself",
            Self::BounceOfNone => "a bounce of no mail of ours",
            Self::Bounce => "a mail of ours came back",
            Self::Program => "a program wrote it and it belongs to no ticket",
            Self::CameBack => "a mail that this desk sent came back to it",
            Self::CameBefore => "it is on its ticket already, by another address of ours",
            Self::NoticeAnswered => "a colleague answered a notice of the desk, which nobody reads there",
            Self::TooLarge => "it is larger than the desk takes",
            Self::Withheld => "its server does not give it out; it lies in its mailbox still",
            Self::BreaksOff => "its server breaks off whenever it is asked for; it lies in its mailbox still",
            Self::Failed => "the desk failed on it",
        }
    }

    /// Reads stored words: the reason, where it is one of these, and the mailbox that it came by, where they name one.
    #[must_use]
    pub fn read(stored: &str) -> (Option<Self>, Option<&str>) {
        let named = stored.strip_suffix(')').and_then(|rest| rest.split_once(IN_MAILBOX));
        let (words, mailbox) = named.map_or((stored, None), |(words, mailbox)| (words, Some(mailbox)));
        (Self::ALL.into_iter().find(|why| why.words() == words), mailbox)
    }
}

impl fmt::Display for WhyKept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// What stands before the name of a mailbox.
const IN_MAILBOX: &str = " (mailbox ";

/// A reason with the mailbox that the mail came by, as [`WhyKept::read`] reads it.
#[must_use]
pub fn by_mailbox(reason: &str, mailbox: &str) -> String {
    format!("{reason}{IN_MAILBOX}{mailbox})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_stored_is_read_back_with_its_mailbox_and_other_words_are_left_alone() {
        for why in WhyKept::ALL {
            assert_eq!(WhyKept::read(why.words()), (Some(why), None));
            assert_eq!(WhyKept::read(&by_mailbox(why.words(), "Help (PT)")), (Some(why), Some("Help (PT)")));
        }
        assert_eq!(WhyKept::read("the disk is full"), (None, None));
        assert_eq!(WhyKept::read("the disk is full (mailbox help)"), (None, Some("help")));
    }
}
