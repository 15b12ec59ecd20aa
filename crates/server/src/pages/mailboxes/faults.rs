//! What is wrong with a mail server, in the viewer's words, and the field that it is said at.

use crate::texts::Texts;

/// What a fault is called in the catalogue, and the field of its way that most likely has to be mended.
const FAULTS: &[(&str, &str, &str)] = &[
    ("name-unknown", "fault-name-unknown", "host"),
    ("nobody-listens", "fault-nobody-listens", "port"),
    ("unreachable", "fault-unreachable", "host"),
    ("silent", "fault-silent", "port"),
    ("dropped", "fault-dropped", "host"),
    ("no-tls", "fault-no-tls", "security"),
    ("no-starttls", "fault-no-starttls", "security"),
    ("wrong-name", "fault-wrong-name", "host"),
    ("certificate-expired", "fault-certificate-expired", "host"),
    ("certificate-not-yet-valid", "fault-certificate-not-yet-valid", "host"),
    ("certificate-not-vouched-for", "fault-certificate-not-vouched-for", "host"),
    ("certificate-bad", "fault-certificate-bad", "host"),
    ("tls-failed", "fault-tls-failed", "security"),
    ("unprotected", "fault-unprotected", "security"),
    ("no-mechanism", "fault-no-mechanism", "user"),
    ("login-refused", "fault-login-refused", "password"),
    ("no-folder", "fault-no-folder", "folder"),
    ("read-only", "fault-read-only", "after"),
    ("sender-refused", "fault-sender-refused", "address"),
    ("recipient-refused", "fault-recipient-refused", "address"),
    ("refused", "fault-refused", "host"),
    ("not-now", "fault-not-now", "host"),
    ("unfit", "fault-unfit", "host"),
    ("garbled", "fault-garbled", "port"),
    ("endless", "fault-endless", "port"),
    ("grant-refused", "fault-grant-refused", "grant.refresh_token"),
    ("bad-endpoint", "fault-bad-endpoint", "grant.endpoint"),
];

/// What is wrong and what to do about it; `otherwise` for a fault that the catalogue does not know.
pub(super) fn words(texts: &Texts, code: &str, otherwise: &str) -> String {
    let known = FAULTS.iter().find(|(known, _, _)| *known == code);
    known.map_or_else(|| otherwise.to_owned(), |(_, key, _)| texts.get(key))
}

/// The field of the form that a fault of `way` (`incoming`, `outgoing`) is said at.
pub(super) fn field(way: &str, code: &str, by_grant: bool, same_login: bool) -> String {
    let field = FAULTS.iter().find(|(known, _, _)| *known == code).map_or("host", |(_, _, field)| field);
    match field {
        "address" => "address".to_owned(),
        _ if field.starts_with("grant.") => field.to_owned(),
        "password" | "user" if by_grant => "grant.refresh_token".to_owned(),
        "password" | "user" if same_login => format!("incoming.{field}"),
        _ => format!("{way}.{field}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_said_where_it_is_mended() {
        assert_eq!(field("incoming", "login-refused", false, false), "incoming.password");
        assert_eq!(field("outgoing", "login-refused", false, true), "incoming.password");
        assert_eq!(field("outgoing", "login-refused", true, false), "grant.refresh_token");
        assert_eq!(field("outgoing", "sender-refused", false, false), "address");
        assert_eq!(field("incoming", "who-knows", false, false), "incoming.host");
    }

    #[test]
    fn a_fault_that_the_catalogue_does_not_know_is_said_as_it_came() {
        let texts = Texts::for_language("pt");
        assert_eq!(words(texts, "who-knows", "the moon"), "the moon");
        assert_ne!(words(texts, "silent", "the moon"), "the moon");
    }
}
