//! Commands and replies (RFC 5321, section 4.2), and what the server can do.

use std::net::IpAddr;

use crate::fault::{Fault, Kind, Stage};
use crate::wire::Wire;
use crate::{Limits, Security, Server};

/// The most bytes of a line of a reply, and the most lines. RFC 5321 has 512 bytes; some say more.
const LINE_MAX: usize = 4096;
const LINES_MAX: usize = 100;
/// What a server may say in reply to one command.
const REPLY_MAX: u64 = 64 * 1024;

/// What a server replied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) lines: Vec<Vec<u8>>,
}

impl Reply {
    /// Its words, with the code before them.
    fn words(&self) -> Vec<u8> {
        let mut words = self.code.to_string().into_bytes();
        for line in &self.lines {
            words.push(b' ');
            words.extend_from_slice(line);
        }
        words
    }

    /// Whether it is the sender that is refused: most servers say so only when they have heard the recipients or the mail.
    fn is_about_sender(&self) -> bool {
        let words = String::from_utf8_lossy(&self.words()).to_ascii_lowercase();
        ["sender address rejected", "not owned by user", "send as this sender", "sendasdenied"]
            .iter()
            .any(|phrase| words.contains(phrase))
    }

    /// What a refusal means at a stage (RFC 5321, section 4.2.1; RFC 4954, section 6).
    pub(super) fn fault(&self, stage: Stage) -> Fault {
        let kind = match self.code {
            // It closes the connection.
            421 => Kind::Dropped,
            // It wants us to sign in, or does not take our password.
            530 | 534 | 535 | 538 => Kind::LoginRefused,
            500..=599 => match stage {
                Stage::SignIn => Kind::LoginRefused,
                Stage::Sender => Kind::SenderRefused,
                Stage::Recipient | Stage::HandOver if self.is_about_sender() => Kind::SenderRefused,
                Stage::Recipient => Kind::RecipientRefused,
                _ => Kind::Refused,
            },
            400..=499 => Kind::NotNow,
            _ => Kind::Garbled,
        };
        Fault::saying(stage, kind, &self.words())
    }
}

/// What a server can do, as it says in reply to EHLO.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Abilities {
    pub(super) start_tls: bool,
    pub(super) pipelining: bool,
    pub(super) eight_bit: bool,
    pub(super) utf8: bool,
    /// Whether a mail's size can be said beforehand, and the largest that is taken; 0 when the server names none.
    pub(super) size: Option<u64>,
    /// The ways to sign in, in capitals.
    pub(super) mechanisms: Vec<String>,
}

impl Abilities {
    fn read(reply: &Reply) -> Self {
        let mut abilities = Self::default();
        for line in reply.lines.iter().skip(1) {
            let line = String::from_utf8_lossy(line).to_ascii_uppercase();
            // `AUTH=PLAIN` is how servers of the last century say it.
            let mut words = line.split([' ', '=']).filter(|word| !word.is_empty());
            match words.next() {
                Some("STARTTLS") => abilities.start_tls = true,
                Some("PIPELINING") => abilities.pipelining = true,
                Some("8BITMIME") => abilities.eight_bit = true,
                Some("SMTPUTF8") => abilities.utf8 = true,
                Some("SIZE") => abilities.size = Some(words.next().and_then(|size| size.parse().ok()).unwrap_or(0)),
                Some("AUTH") => abilities.mechanisms.extend(words.map(String::from)),
                _ => {}
            }
        }
        abilities
    }
}

/// A connection that has said hello.
#[derive(Debug)]
pub(super) struct Conversation {
    pub(super) wire: Wire,
    pub(super) abilities: Abilities,
}

impl Conversation {
    /// Connects, protects the connection and says hello.
    pub(super) async fn open(server: &Server, limits: &Limits) -> Result<Self, Fault> {
        let wire = Wire::open(server, limits).await?;
        let mut conversation = Self { wire, abilities: Abilities::default() };
        conversation.expect(220).await?;
        conversation.hello().await?;
        if server.security != Security::StartTls {
            return Ok(conversation);
        }
        conversation.wire.stage = Stage::Protect;
        if !conversation.abilities.start_tls {
            return Err(Fault::new(Stage::Protect, Kind::NoStartTls));
        }
        let reply = conversation.ask("STARTTLS").await?;
        if reply.code != 220 {
            return Err(Fault { kind: Kind::NoStartTls, ..reply.fault(Stage::Protect) });
        }
        let wire = conversation.wire.protect(server, limits).await?;
        conversation = Self { wire, abilities: Abilities::default() };
        conversation.hello().await?;
        Ok(conversation)
    }

    /// Says hello, and learns what the server can do; of one that does not know EHLO, nothing.
    async fn hello(&mut self) -> Result<(), Fault> {
        // An address in brackets is always true (RFC 5321, section 4.1.3); a name of ours may not be.
        let name = match self.wire.local() {
            Some(IpAddr::V4(ip)) => format!("[{ip}]"),
            Some(IpAddr::V6(ip)) => format!("[IPv6:{ip}]"),
            None => "[127.0.0.1]".to_owned(),
        };
        let reply = self.ask(&format!("EHLO {name}")).await?;
        match reply.code {
            250 => self.abilities = Abilities::read(&reply),
            500 | 502 | 504 | 550 => {
                self.say(&format!("HELO {name}")).await?;
                self.expect(250).await?;
            }
            _ => return Err(reply.fault(self.wire.stage)),
        }
        Ok(())
    }

    /// Gives a command and reads the reply.
    pub(super) async fn ask(&mut self, command: &str) -> Result<Reply, Fault> {
        self.say(command).await?;
        self.reply().await
    }

    /// Gives a command without reading the reply.
    pub(super) async fn say(&mut self, command: &str) -> Result<(), Fault> {
        self.wire.say(format!("{command}\r\n").as_bytes()).await
    }

    /// Reads a reply that has to have this code.
    pub(super) async fn expect(&mut self, code: u16) -> Result<(), Fault> {
        let reply = self.reply().await?;
        if reply.code == code { Ok(()) } else { Err(reply.fault(self.wire.stage)) }
    }

    /// Reads a reply.
    pub(super) async fn reply(&mut self) -> Result<Reply, Fault> {
        self.wire.allow(REPLY_MAX);
        let mut reply: Option<Reply> = None;
        for _ in 0..LINES_MAX {
            let line = self.wire.line(LINE_MAX).await?;
            let (code, is_last, text) = parts(&line).ok_or_else(|| self.wire.fault(Kind::Garbled))?;
            let known = reply.get_or_insert(Reply { code, lines: Vec::new() });
            known.lines.push(text.to_vec());
            if known.code != code {
                return Err(self.wire.fault(Kind::Garbled));
            }
            if is_last && let Some(reply) = reply {
                return Ok(reply);
            }
        }
        Err(self.wire.fault(Kind::Endless))
    }
}

/// Code, whether it is the last line, and words: `250-SIZE 1000`.
fn parts(line: &[u8]) -> Option<(u16, bool, &[u8])> {
    let (code, rest) = line.split_at_checked(3)?;
    let is_code = (b'2'..=b'5').contains(code.first()?) && code.iter().all(u8::is_ascii_digit);
    let code = std::str::from_utf8(code).ok().filter(|_| is_code)?.parse().ok()?;
    match rest.split_first() {
        None => Some((code, true, rest)),
        Some((b' ', text)) => Some((code, true, text)),
        Some((b'-', text)) => Some((code, false, text)),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(code: u16, lines: &[&str]) -> Reply {
        Reply { code, lines: lines.iter().map(|line| line.as_bytes().to_vec()).collect() }
    }

    #[test]
    fn a_line_has_a_code_and_says_whether_another_follows() {
        assert_eq!(parts(b"250-SIZE 1000"), Some((250, false, b"SIZE 1000".as_slice())));
        assert_eq!(parts(b"250 ok"), Some((250, true, b"ok".as_slice())));
        assert_eq!(parts(b"354"), Some((354, true, b"".as_slice())));
        for line in [b"25".as_slice(), b"abc ok", b"250ok", b"150 x", b"+50 x", b"999 x", b"", "25\u{e9}".as_bytes()] {
            assert_eq!(parts(line), None, "{line:?}");
        }
    }

    #[test]
    fn what_a_server_can_do_is_read_from_its_hello() {
        let hello =
            reply(250, &["mx.acme.example", "size 1000", "STARTTLS", "AUTH PLAIN login", "AUTH=XOAUTH2", "8BITMIME"]);
        let abilities = Abilities::read(&hello);
        assert_eq!(abilities.size, Some(1000));
        assert_eq!(abilities.mechanisms, ["PLAIN", "LOGIN", "XOAUTH2"]);
        assert!(abilities.start_tls && abilities.eight_bit && !abilities.utf8 && !abilities.pipelining);
        assert_eq!(Abilities::read(&reply(250, &["STARTTLS"])), Abilities::default(), "the first line is its name");
    }

    #[test]
    fn a_refusal_means_something_else_at_each_stage() {
        let kind = |code, stage| reply(code, &["no"]).fault(stage).kind;
        assert_eq!(kind(550, Stage::Sender), Kind::SenderRefused);
        assert_eq!(kind(550, Stage::Recipient), Kind::RecipientRefused);
        assert_eq!(kind(554, Stage::HandOver), Kind::Refused);
        assert_eq!(kind(530, Stage::Sender), Kind::LoginRefused);
        assert_eq!(kind(454, Stage::SignIn), Kind::NotNow);
        assert_eq!(kind(421, Stage::Recipient), Kind::Dropped);
        assert_eq!(kind(220, Stage::Recipient), Kind::Garbled);
        let told_late =
            reply(553, &["5.7.1 <bo@acme.example>: Sender address rejected: not owned by user maria@acme.example"]);
        assert_eq!(told_late.fault(Stage::Recipient).kind, Kind::SenderRefused);
        let fault = reply(550, &["5.1.1 nobody", "here"]).fault(Stage::Recipient);
        assert_eq!(fault.said.as_deref(), Some("550 5.1.1 nobody here"));
    }
}
