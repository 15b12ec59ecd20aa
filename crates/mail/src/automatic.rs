//! Mail that a machine wrote: it is classified, never dropped, and never answered by a machine.
//!
//! The signs, in the order they are asked: a bounce; `Auto-Submitted` (RFC 3834, section 5); the older marks of automatic
//! answers; mailing lists (RFC 2919, RFC 2369, `Precedence`); `X-Auto-Response-Suppress`; a null return path; and last the
//! subjects that mail programs give to absence notes. An address alone (`noreply@…`) is no sign: forms write from those.

use serde::{Deserialize, Serialize};

use crate::incoming::{Fields, Incoming};

/// Which kind of machine wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AutoKind {
    /// An answer without a person: "we have received your mail".
    AutoReply,
    /// A note that a person is away.
    OutOfOffice,
    /// A mailing list or a newsletter.
    List,
    /// Any other machine: a report, a bounce, a receipt.
    Notification,
}

impl AutoKind {
    /// The name in the contract: `auto-reply`, `out-of-office`, `list`, `notification`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AutoReply => "auto-reply",
            Self::OutOfOffice => "out-of-office",
            Self::List => "list",
            Self::Notification => "notification",
        }
    }
}

/// What kind of machine wrote a mail, if one did.
pub(crate) fn kind(head: &Fields, mail: &Incoming) -> Option<AutoKind> {
    if mail.bounce.is_some() {
        return Some(AutoKind::Notification);
    }
    let subject = mail.subject.as_deref().unwrap_or("").to_lowercase();
    let answers = !mail.in_reply_to.is_empty() || !mail.references.is_empty() || subject.starts_with("re:");
    let away_or =
        |otherwise: AutoKind| Some(if speaks_of_absence(&subject) { AutoKind::OutOfOffice } else { otherwise });

    match keyword(head, "Auto-Submitted").as_deref() {
        None | Some("no") => {}
        Some("auto-replied") => return away_or(AutoKind::AutoReply),
        Some(_) => return away_or(AutoKind::Notification),
    }
    if is_marked_as_answer(head) {
        return away_or(AutoKind::AutoReply);
    }
    if is_list(head) {
        return away_or(AutoKind::List);
    }
    if suppresses_answers(head) || is_receipt(head) {
        return away_or(if answers { AutoKind::AutoReply } else { AutoKind::Notification });
    }
    if has_null_return_path(head) {
        return away_or(if answers { AutoKind::AutoReply } else { AutoKind::Notification });
    }
    is_absence_subject(&subject).then_some(AutoKind::OutOfOffice)
}

/// The first word of a field in lower case, without parameters and comments.
fn keyword(head: &Fields, name: &str) -> Option<String> {
    let value = head.raw(name)?;
    let word = value.split([';', '(', ' ', ',']).next().unwrap_or_default();
    Some(word.to_ascii_lowercase()).filter(|word| !word.is_empty())
}

fn is_marked_as_answer(head: &Fields) -> bool {
    let marks = [
        "X-Autoreply",
        "X-Autorespond",
        "X-Autoresponder",
        "X-AutoReply-From",
        "X-Auto-Reply-From",
        "X-Mail-Autoreply",
        "X-Vacation",
    ];
    marks.iter().any(|name| keyword(head, name).is_some_and(|value| value != "no" && value != "false"))
        || matches!(keyword(head, "Precedence").as_deref(), Some("auto_reply" | "auto-reply"))
        || matches!(keyword(head, "X-Precedence").as_deref(), Some("auto_reply" | "auto-reply"))
}

fn is_list(head: &Fields) -> bool {
    ["List-Id", "List-Post", "List-Unsubscribe", "X-Mailing-List"].iter().any(|name| head.count(name) > 0)
        || matches!(keyword(head, "Precedence").as_deref(), Some("list" | "bulk" | "junk"))
}

/// `X-Auto-Response-Suppress` as machines set it; values about receipts alone (`DR, RN, NRN`) are set for people too.
fn suppresses_answers(head: &Fields) -> bool {
    head.raw("X-Auto-Response-Suppress").is_some_and(|value| {
        value.split(',').any(|word| matches!(word.trim().to_ascii_lowercase().as_str(), "all" | "oof" | "autoreply"))
    })
}

/// A receipt that a mail was read (RFC 8098).
fn is_receipt(head: &Fields) -> bool {
    head.structured("Content-Type").is_some_and(|kind| {
        kind.attribute("report-type").is_some_and(|report| report.eq_ignore_ascii_case("disposition-notification"))
    })
}

/// The envelope of a mail that wants no answer at all (RFC 5321, section 4.5.5).
pub(crate) fn has_null_return_path(head: &Fields) -> bool {
    head.raw("Return-Path").is_some_and(|path| path.split_whitespace().collect::<String>() == "<>")
}

/// How mail programs begin the subject of an absence note. These alone are believed without another sign, and only before
/// a colon or as the whole subject: "Out of office mails are not sent" is a request.
const ABSENCE_PREFIXES: [&str; 22] = [
    "out of office",
    "out of the office",
    "out of office reply",
    "out of office autoreply",
    "automatic reply",
    "resposta automática",
    "resposta automatica",
    "fora do escritório",
    "fora do escritorio",
    "ausência temporária",
    "mensagem de ausência",
    "automatische antwort",
    "abwesenheitsnotiz",
    "abwesenheitsnachricht",
    "réponse automatique",
    "reponse automatique",
    "absent du bureau",
    "message d'absence",
    "respuesta automática",
    "respuesta automatica",
    "fuera de la oficina",
    "automatisch antwoord",
];

/// Words that tell an absence note from another automatic answer, once it is known to be automatic.
const ABSENCE_WORDS: [&str; 34] = [
    "out of office",
    "out of the office",
    "out-of-office",
    "ooo",
    "vacation",
    "on holiday",
    "annual leave",
    "on leave",
    "away from",
    "automatic reply",
    "fora do escritório",
    "ausência",
    "ausencia",
    "ausente",
    "férias",
    "ferias",
    "resposta automática",
    "resposta automatica",
    "abwesen",
    "urlaub",
    "nicht im büro",
    "automatische antwort",
    "absence",
    "absent",
    "congé",
    "conge",
    "vacances",
    "réponse automatique",
    "fuera de la oficina",
    "vacaciones",
    "respuesta automática",
    "maternity",
    "parental leave",
    "licença",
];

fn is_absence_subject(subject: &str) -> bool {
    ABSENCE_PREFIXES.iter().any(|prefix| {
        subject.strip_prefix(prefix).is_some_and(|rest| {
            let rest = rest.trim();
            rest.is_empty() || rest.starts_with(':') || rest.starts_with("re:")
        })
    })
}

fn speaks_of_absence(subject: &str) -> bool {
    let is_word_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    ABSENCE_WORDS.iter().any(|word| {
        subject.match_indices(word).any(|(at, _)| {
            let ends = is_word_edge(subject[at + word.len()..].chars().next()) || *word == "abwesen";
            ends && is_word_edge(subject[..at].chars().next_back())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::AutoKind::{AutoReply, List, Notification, OutOfOffice};
    use crate::parse;

    fn kind(headers: &str) -> Option<super::AutoKind> {
        let mail = parse(
            format!("From: Maria <maria@acme.example>\r\nTo: help@desk.example\r\n{headers}\r\n\r\nText\r\n")
                .as_bytes(),
        );
        assert_eq!(mail.auto_submitted, mail.auto_kind.is_some());
        mail.auto_kind
    }

    #[test]
    fn a_person_is_no_machine() {
        assert_eq!(kind("Subject: Out of office mails are not sent"), None);
        assert_eq!(kind("Subject: Re: Automatic reply: our contract"), None);
        assert_eq!(kind("Subject: Férias: pedido de alteração"), None);
        assert_eq!(kind("Auto-Submitted: no\r\nReturn-Path: <maria@acme.example>\r\nSubject: Hello"), None);
        assert_eq!(kind("X-Auto-Response-Suppress: DR, RN, NRN\r\nSubject: Hello"), None);
        assert_eq!(kind("X-Autoreply: no\r\nSubject: Hello"), None);
    }

    #[test]
    fn an_absence_note_is_known_in_five_languages() {
        for subject in [
            "Automatic reply: Hello",
            "Out of Office: back on Monday",
            "Resposta automática: Olá",
            "Automatische Antwort: Hallo",
            "Réponse automatique : Bonjour",
            "Respuesta automática: Hola",
        ] {
            assert_eq!(kind(&format!("Subject: {subject}")), Some(OutOfOffice), "{subject}");
        }
        assert_eq!(kind("Auto-Submitted: auto-replied\r\nSubject: Estou de férias"), Some(OutOfOffice));
        assert_eq!(kind("Auto-Submitted: auto-generated\r\nSubject: Automatic reply: x"), Some(OutOfOffice));
        assert_eq!(kind("Precedence: bulk\r\nSubject: Vacation: x"), Some(OutOfOffice));
        assert_eq!(kind("Return-Path: <>\r\nSubject: Abwesenheitsnotiz"), Some(OutOfOffice));
    }

    #[test]
    fn automatic_answers_and_reports_are_told_apart() {
        assert_eq!(kind("Auto-Submitted: auto-replied (vacation)\r\nSubject: We have your mail"), Some(AutoReply));
        assert_eq!(
            kind("Auto-Submitted: auto-generated; owner-email=x\r\nSubject: Nightly report"),
            Some(Notification)
        );
        assert_eq!(kind("X-Autorespond: yes\r\nSubject: Thanks"), Some(AutoReply));
        assert_eq!(kind("Precedence: auto_reply\r\nSubject: Thanks"), Some(AutoReply));
        assert_eq!(kind("X-Auto-Response-Suppress: OOF, AutoReply\r\nSubject: Alert"), Some(Notification));
        assert_eq!(kind("Return-Path: <>\r\nIn-Reply-To: <a@b>\r\nSubject: Thanks"), Some(AutoReply));
        assert_eq!(
            kind(
                "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\r\nSubject: Read: x"
            ),
            Some(Notification)
        );
    }

    #[test]
    fn lists_are_known_by_their_fields() {
        assert_eq!(kind("List-Id: Users <users.acme.example>\r\nSubject: Hello"), Some(List));
        assert_eq!(kind("Precedence: list\r\nSubject: Hello"), Some(List));
        assert_eq!(
            kind("List-Unsubscribe: <https://acme.example/u>\r\nX-Auto-Response-Suppress: All\r\nSubject: News"),
            Some(List)
        );
    }
}
