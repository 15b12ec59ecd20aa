//! One connection that submits mails one after another.

use super::conversation::Conversation;
use super::{Mail, content, sign_in};
use crate::fault::{Fault, Kind, Stage};
use crate::wire::in_time;
use crate::{Limits, Server};

/// A connection that has signed in, for whoever keeps one: [`super::Pool`], a trial, a benchmark.
#[derive(Debug)]
pub struct Connection {
    conversation: Conversation,
    limits: Limits,
    /// Whether something is outstanding or broken: then nothing more can be said.
    is_spent: bool,
}

impl Connection {
    /// Connects, protects the connection and signs in.
    ///
    /// # Errors
    /// What is wrong with the server, the way to it or the login.
    pub async fn open(server: &Server, limits: &Limits) -> Result<Self, Fault> {
        let opening = async {
            let mut conversation = Conversation::open(server, limits).await?;
            if let Some(login) = &server.login {
                sign_in::sign_in(&mut conversation, login).await?;
            }
            Ok(conversation)
        };
        let silent = Fault::new(Stage::Greet, Kind::Silent);
        let conversation = in_time(limits.command, silent, opening).await?;
        Ok(Self { conversation, limits: *limits, is_spent: false })
    }

    /// Submits a mail. `Ok` means that the server has taken responsibility for it (RFC 5321, section 6.1). Unless
    /// [`Connection::is_spent`], another one can follow, also after a fault.
    ///
    /// # Errors
    /// What was wrong with the mail or the connection.
    pub async fn submit(&mut self, mail: &Mail<'_>) -> Result<(), Fault> {
        let (limit, silent) = (self.limits.command, Fault::new(Stage::HandOver, Kind::Silent));
        in_time(limit, silent, self.guarded(async |connection| connection.transact(mail).await)).await
    }

    /// Whether a mail from `sender` to `recipient` would be taken as far as its envelope; none is sent.
    ///
    /// # Errors
    /// The server's refusal, at the stage of the sender or of the recipient.
    pub async fn probe(&mut self, sender: &str, recipient: &str) -> Result<(), Fault> {
        let recipients = [recipient.to_owned()];
        let mail = Mail { sender, recipients: &recipients, raw: b"" };
        let (limit, silent) = (self.limits.command, Fault::new(Stage::Sender, Kind::Silent));
        let probing = self.guarded(async |connection| {
            connection.envelope(&mail).await?;
            connection.reset().await
        });
        in_time(limit, silent, probing).await
    }

    /// Whether the connection is of no more use: it broke, or something was left half said.
    #[must_use]
    pub fn is_spent(&self) -> bool {
        self.is_spent
    }

    /// Whether the server has said goodbye, or anything else unasked, since the last mail.
    pub(super) fn has_ended(&mut self) -> bool {
        self.is_spent || !self.conversation.wire.is_quiet()
    }

    /// Does something after which the connection is ready for another mail, or spent.
    async fn guarded(&mut self, work: impl AsyncFnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        if std::mem::replace(&mut self.is_spent, true) {
            return Err(Fault::new(Stage::Sender, Kind::Dropped));
        }
        let outcome = work(self).await;
        self.is_spent = match &outcome {
            Ok(()) => false,
            Err(fault) if fault.ends_session() && fault.kind != Kind::LoginRefused => true,
            Err(Fault { kind: Kind::Unfit(_), .. }) => false,
            // The server is still in the middle of the mail that it refused.
            Err(_) => self.reset().await.is_err(),
        };
        outcome
    }

    async fn transact(&mut self, mail: &Mail<'_>) -> Result<(), Fault> {
        self.envelope(mail).await?;
        let conversation = &mut self.conversation;
        conversation.wire.stage = Stage::HandOver;
        conversation.say("DATA").await?;
        conversation.expect(354).await?;
        content::say(&mut conversation.wire, mail.raw).await?;
        // Now it looks at the mail, which may take it long; who goes away too early sends the mail again.
        conversation.wire.step = self.limits.command;
        let taken = conversation.expect(250).await;
        conversation.wire.step = self.limits.step;
        taken
    }

    /// Names sender and recipients, in one go where the server can hear them so (RFC 2920).
    async fn envelope(&mut self, mail: &Mail<'_>) -> Result<(), Fault> {
        let from = self.sender(mail)?;
        let mut commands = vec![(Stage::Sender, from)];
        for recipient in mail.recipients {
            commands.push((Stage::Recipient, format!("RCPT TO:{}", path(recipient, Stage::Recipient)?)));
        }
        let at_once = self.conversation.abilities.pipelining;
        if at_once {
            let lines: String = commands.iter().map(|(_, command)| format!("{command}\r\n")).collect();
            self.conversation.wire.stage = Stage::Sender;
            self.conversation.wire.say(lines.as_bytes()).await?;
        }
        let mut refusal = None;
        for (stage, command) in commands {
            self.conversation.wire.stage = stage;
            if !at_once {
                self.conversation.say(&command).await?;
            }
            let reply = self.conversation.reply().await?;
            // 251 and 252: it takes the mail and sends it on.
            if !matches!(reply.code, 250..=252) {
                let fault = reply.fault(stage);
                if !at_once || fault.kind == Kind::Dropped {
                    return Err(fault);
                }
                refusal.get_or_insert(fault);
            }
        }
        refusal.map_or(Ok(()), Err)
    }

    /// The command that names the sender, with what the server has to know of the mail (RFC 1870, RFC 6152, RFC 6531).
    fn sender(&self, mail: &Mail<'_>) -> Result<String, Fault> {
        let abilities = &self.conversation.abilities;
        let unfit = |why| Err(Fault::new(Stage::Sender, Kind::Unfit(why)));
        let mut command = format!(
            "MAIL FROM:{}",
            if mail.sender.is_empty() { "<>".to_owned() } else { path(mail.sender, Stage::Sender)? }
        );
        let size = u64::try_from(mail.raw.len()).unwrap_or(u64::MAX);
        match abilities.size {
            Some(max) if max > 0 && size > max => return unfit("it is larger than the server takes"),
            Some(_) if size > 0 => command.push_str(&format!(" SIZE={size}")),
            _ => {}
        }
        if !mail.raw.is_ascii() {
            if !abilities.eight_bit {
                return unfit("it is not ASCII, and the server knows no 8BITMIME");
            }
            command.push_str(" BODY=8BITMIME");
        }
        if !mail.sender.is_ascii() || mail.recipients.iter().any(|recipient| !recipient.is_ascii()) {
            if !abilities.utf8 {
                return unfit("an address is not ASCII, and the server knows no SMTPUTF8");
            }
            command.push_str(" SMTPUTF8");
        }
        Ok(command)
    }

    async fn reset(&mut self) -> Result<(), Fault> {
        self.conversation.say("RSET").await?;
        self.conversation.expect(250).await
    }
}

/// An address between angle brackets. One that could be read as anything else is none.
fn path(address: &str, stage: Stage) -> Result<String, Fault> {
    let mut within_quotes = false;
    let is_plain = address.chars().all(|c| {
        within_quotes ^= c == '"';
        !c.is_control() && (within_quotes || !matches!(c, ' ' | '<' | '>'))
    });
    let has_parts = address.rsplit_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    if is_plain && has_parts && !within_quotes && address.len() <= 512 {
        Ok(format!("<{address}>"))
    } else {
        Err(Fault::new(stage, Kind::Unfit("an address of the mail is none")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_could_be_a_command_is_none() {
        for address in ["a@b.example", "\"a b\"@c.example", "jürgen@müller.example"] {
            assert_eq!(path(address, Stage::Sender), Ok(format!("<{address}>")));
        }
        for address in ["", "a", "@b.example", "a@", "a@b> SIZE=1", "a@b\r\nDATA", "a b@c.example", "\"a@b.example"] {
            assert!(path(address, Stage::Recipient).is_err(), "{address}");
        }
    }
}
