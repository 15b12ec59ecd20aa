//! The words for each kind of fault: a name for catalogues, a sentence, and what to do.

use crate::fault::Kind;

/// What is said of a fault.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Words {
    /// A name for catalogues of texts.
    pub(crate) code: &'static str,
    /// What is wrong.
    pub(crate) sentence: &'static str,
    /// What somebody can do about it.
    pub(crate) advice: &'static str,
}

/// The words for a kind.
pub(crate) fn of(kind: &Kind) -> &'static Words {
    match kind {
        Kind::NameUnknown => &NAME_UNKNOWN,
        Kind::NobodyListens => &NOBODY_LISTENS,
        Kind::Unreachable => &UNREACHABLE,
        Kind::Silent => &SILENT,
        Kind::Dropped => &DROPPED,
        Kind::NoTls => &NO_TLS,
        Kind::NoStartTls => &NO_START_TLS,
        Kind::WrongName(_) => &WRONG_NAME,
        Kind::Expired => &EXPIRED,
        Kind::NotYetValid => &NOT_YET_VALID,
        Kind::NotVouchedFor => &NOT_VOUCHED_FOR,
        Kind::BadCertificate(_) => &BAD_CERTIFICATE,
        Kind::Tls(_) => &TLS,
        Kind::Unprotected => &UNPROTECTED,
        Kind::NoMechanism => &NO_MECHANISM,
        Kind::LoginRefused => &LOGIN_REFUSED,
        Kind::NoFolder => &NO_FOLDER,
        Kind::ReadOnly => &READ_ONLY,
        Kind::SenderRefused => &SENDER_REFUSED,
        Kind::RecipientRefused => &RECIPIENT_REFUSED,
        Kind::Refused => &REFUSED,
        Kind::NotNow => &NOT_NOW,
        Kind::Unfit(_) => &UNFIT,
        Kind::Garbled => &GARBLED,
        Kind::Endless => &ENDLESS,
        Kind::GrantRefused => &GRANT_REFUSED,
        Kind::BadEndpoint => &BAD_ENDPOINT,
        Kind::NotPublic => &NOT_PUBLIC,
    }
}

const NAME_UNKNOWN: Words = Words {
    code: "name-unknown",
    sentence: "no server has this name",
    advice: "Look for a mistake in the name; your provider's help says what it is, often imap. or smtp. and the domain.",
};

const NOBODY_LISTENS: Words = Words {
    code: "nobody-listens",
    sentence: "the server is there, but nobody listens at this port",
    advice: "Look at the port: mail is fetched at 993 (TLS) or 143 (STARTTLS) and sent at 465 (TLS) or 587 (STARTTLS).",
};

const UNREACHABLE: Words = Words {
    code: "unreachable",
    sentence: "there is no way to the server",
    advice: "Look whether this machine is online and whether a firewall stands between.",
};

const SILENT: Words = Words {
    code: "silent",
    sentence: "the server did not answer in time",
    advice: "The port may be closed by a firewall, or be one for the other kind of protection: TLS at 993 and 465, STARTTLS at 143 and 587.",
};

const DROPPED: Words = Words {
    code: "dropped",
    sentence: "the server closed the connection",
    advice: "It may be restarting, or have too many connections from here; it is tried again.",
};

const NO_TLS: Words = Words {
    code: "no-tls",
    sentence: "what answers at this port does not begin with TLS",
    advice: "Choose STARTTLS, or the port for TLS: 993 to fetch, 465 to send.",
};

const NO_START_TLS: Words = Words {
    code: "no-starttls",
    sentence: "the server offers no STARTTLS, so the connection would stay unprotected",
    advice: "Choose TLS and its port (993 to fetch, 465 to send), or have STARTTLS switched on at the server.",
};

const WRONG_NAME: Words = Words {
    code: "wrong-name",
    sentence: "the server's certificate is for another name",
    advice: "Write the server's name as its certificate has it.",
};

const EXPIRED: Words = Words {
    code: "certificate-expired",
    sentence: "the server's certificate has expired",
    advice: "Whoever runs the server has to renew it. Look at this machine's clock as well.",
};

const NOT_YET_VALID: Words = Words {
    code: "certificate-not-yet-valid",
    sentence: "the server's certificate is not valid yet",
    advice: "Look at this machine's clock.",
};

const NOT_VOUCHED_FOR: Words = Words {
    code: "certificate-not-vouched-for",
    sentence: "nobody whom this machine believes vouches for the server's certificate: it is self-signed, or signed by a company's own authority",
    advice: "If the server is your company's, give the desk the certificate of its authority (a PEM file).",
};

const BAD_CERTIFICATE: Words = Words {
    code: "certificate-bad",
    sentence: "the server's certificate is not in order",
    advice: "Whoever runs the server has to replace it.",
};

const TLS: Words = Words {
    code: "tls-failed",
    sentence: "server and desk found no way to protect the connection",
    advice: "The server needs TLS 1.2 or later; if this machine believes no certificate at all, install ca-certificates.",
};

const UNPROTECTED: Words = Words {
    code: "unprotected",
    sentence: "a password would travel unprotected",
    advice: "Choose TLS or STARTTLS. Only a server on this machine is signed in to without.",
};

const NO_MECHANISM: Words = Words {
    code: "no-mechanism",
    sentence: "the server offers no way to sign in that fits",
    advice: "Look whether it wants a password or OAuth, and whether sign-in is switched on at this port.",
};

const LOGIN_REFUSED: Words = Words {
    code: "login-refused",
    sentence: "the server does not take this name and password, or this token",
    advice: "Many providers want a password made for this program (an app password), and fetching by IMAP switched on first.",
};

const NO_FOLDER: Words = Words {
    code: "no-folder",
    sentence: "there is no such folder",
    advice: "Choose one that is there; capitals count.",
};

const READ_ONLY: Words = Words {
    code: "read-only",
    sentence: "the folder can be read, but not changed",
    advice: "Leave its mails as they are, or have this login given the right to change them.",
};

const SENDER_REFUSED: Words = Words {
    code: "sender-refused",
    sentence: "the server does not let this login send as that address",
    advice: "Sign in as the address, or have the login allowed to send as it.",
};

const RECIPIENT_REFUSED: Words = Words {
    code: "recipient-refused",
    sentence: "the server does not take mail for the recipient",
    advice: "Look for a mistake in the address; the server's words say more.",
};

const REFUSED: Words =
    Words { code: "refused", sentence: "the server refuses this", advice: "The server's words say why." };

const NOT_NOW: Words =
    Words { code: "not-now", sentence: "the server does not do this now", advice: "It is tried again by itself." };

const UNFIT: Words = Words {
    code: "unfit",
    sentence: "the server cannot take this mail as it is",
    advice: "Have the server's limits raised, or send through another one.",
};

const GARBLED: Words = Words {
    code: "garbled",
    sentence: "what the server says cannot be understood",
    advice: "Look whether it is a mail server that listens at this port, and whether of the right kind.",
};

const ENDLESS: Words = Words {
    code: "endless",
    sentence: "the server says more than can be borne",
    advice: "Look whether it is a mail server that listens at this port; if it is, it is not well.",
};

const GRANT_REFUSED: Words = Words {
    code: "grant-refused",
    sentence: "the permission to use the mailbox has ended",
    advice: "Sign in to the mailbox again to renew it.",
};

const BAD_ENDPOINT: Words = Words {
    code: "bad-endpoint",
    sentence: "the address for tokens is none",
    advice: "Write an address that begins with https://.",
};

const NOT_PUBLIC: Words = Words {
    code: "not-public",
    sentence: "the address leads to this machine or into a network of its own",
    advice: "Use an address of the internet, or start the desk so that it may post to others.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_that_catalogues_of_texts_know() {
        assert_eq!(of(&Kind::LoginRefused).code, "login-refused");
        assert_eq!(of(&Kind::Unfit("x")).code, "unfit");
        assert!(!of(&Kind::WrongName(Vec::new())).advice.is_empty());
    }
}
