//! Commands and their answers on one connection (RFC 9051), and what the server tells beside them.

use std::collections::BTreeSet;

use super::response::{self, Condition, Response, Status};
use crate::fault::{Fault, Kind, Stage};
use crate::wire::{Wire, in_time};
use crate::{Limits, Security, Server};

/// How many bytes a server may say in answer to a command of which no mails are expected.
const SMALL_TALK: u64 = 1 << 20;

/// A connection on which commands are given.
#[derive(Debug)]
pub(super) struct Conversation {
    wire: Wire,
    limits: Limits,
    tags: u32,
    capabilities: BTreeSet<String>,
    /// Whether an answer is outstanding: then nothing more can be said, for what comes would be taken for another's answer.
    is_spent: bool,
    /// How many mails the open folder has.
    pub(super) mails: u32,
    /// Whether the server told of mails since this was last set to false.
    pub(super) news: bool,
}

/// A command: lines, after each of which but the last the server is waited for.
pub(super) struct Command {
    lines: Vec<Vec<u8>>,
    /// What the server may say at most.
    allowance: u64,
    /// The longest literal that is taken whole.
    literal_max: u64,
}

impl Command {
    /// A command of one line.
    pub(super) fn new(line: impl Into<Vec<u8>>) -> Self {
        Self::of_lines(vec![line.into()])
    }

    /// A command of several lines.
    pub(super) fn of_lines(lines: Vec<Vec<u8>>) -> Self {
        Self { lines, allowance: SMALL_TALK, literal_max: SMALL_TALK / 4 }
    }

    /// With more bytes in the answer than usual.
    pub(super) fn allowing(self, more: u64) -> Self {
        Self { allowance: self.allowance.saturating_add(more), ..self }
    }

    /// With literals of up to `max` bytes in the answer.
    pub(super) fn with_literals(self, max: u64) -> Self {
        Self { literal_max: max, ..self.allowing(max) }
    }
}

impl Conversation {
    /// Connects and protects the connection; the server has greeted and said what it can do.
    pub(super) async fn open(server: &Server, limits: &Limits) -> Result<Self, Fault> {
        let mut wire = Wire::open(server, limits).await?;
        wire.allow(SMALL_TALK);
        let greeting = greeting(&mut wire).await?;
        let mut conversation = Self {
            wire,
            limits: *limits,
            tags: 0,
            capabilities: BTreeSet::new(),
            is_spent: false,
            mails: 0,
            news: false,
        };
        conversation.learn().await?;
        if server.security != Security::StartTls {
            return Ok(conversation);
        }
        // Who is signed in already cannot be protected any more (RFC 9051, section 7.1.4).
        if greeting == Condition::PreAuth || !conversation.can("STARTTLS") {
            return Err(Fault::new(Stage::Protect, Kind::NoStartTls));
        }
        let status = conversation.run(Command::new("STARTTLS"), |_| {}).await?;
        if status.condition != Condition::Ok {
            return Err(Fault::saying(Stage::Protect, Kind::NoStartTls, &status.text));
        }
        let wire = conversation.wire.protect(server, limits).await?;
        conversation = Self { wire, ..conversation };
        conversation.learn().await?;
        Ok(conversation)
    }

    /// The connection itself.
    pub(super) fn wire(&mut self) -> &mut Wire {
        &mut self.wire
    }

    /// Begins a stage, which faults then name.
    pub(super) fn at(&mut self, stage: Stage) {
        self.wire.stage = stage;
    }

    /// Whether the server can do something; in capitals.
    pub(super) fn can(&self, what: &str) -> bool {
        self.capabilities.contains(what)
    }

    /// Asks what the server can do.
    pub(super) async fn learn(&mut self) -> Result<(), Fault> {
        let mut learned = BTreeSet::new();
        let status = self.run(Command::new("CAPABILITY"), |response| {
            if let Response::Capability(names) = response {
                learned.extend(names);
            }
        });
        let status = status.await?;
        if status.condition != Condition::Ok || !learned.iter().any(|name| name.starts_with("IMAP4")) {
            return Err(Fault::saying(Stage::Greet, Kind::Garbled, &status.text));
        }
        self.capabilities = learned;
        Ok(())
    }

    /// Gives a command. What the server says of it meanwhile goes to `hear`; the answer says how it went.
    ///
    /// # Errors
    /// When there is no answer. Then, and when this is dropped before it ends, the conversation is over.
    pub(super) async fn run(&mut self, command: Command, hear: impl FnMut(Response)) -> Result<Status, Fault> {
        self.begin()?;
        let (limit, silent) = (self.limits.command, self.wire.fault(Kind::Silent));
        let status = in_time(limit, silent, self.exchange(command, hear)).await?;
        self.is_spent = false;
        Ok(status)
    }

    /// The same for a command that has to succeed.
    pub(super) async fn must(&mut self, command: Command, hear: impl FnMut(Response)) -> Result<Status, Fault> {
        let status = self.run(command, hear).await?;
        if status.condition == Condition::Ok { Ok(status) } else { Err(self.refusal(&status)) }
    }

    /// Makes sure that nothing is outstanding.
    pub(super) fn require_whole(&self) -> Result<(), Fault> {
        if self.is_spent { Err(self.wire.fault(Kind::Dropped)) } else { Ok(()) }
    }

    /// Makes sure that nothing is outstanding, and that something is from now on.
    pub(super) fn begin(&mut self) -> Result<(), Fault> {
        self.require_whole()?;
        self.is_spent = true;
        Ok(())
    }

    /// Nothing is outstanding any more.
    pub(super) fn end(&mut self) {
        self.is_spent = false;
    }

    async fn exchange(&mut self, command: Command, mut hear: impl FnMut(Response)) -> Result<Status, Fault> {
        self.wire.allow(command.allowance);
        let tag = self.tag();
        let (mut lines, mut prefix) = (command.lines.into_iter(), tag.clone());
        prefix.push(b' ');
        if let Some(first) = lines.next() {
            prefix.extend(first);
        }
        prefix.extend(b"\r\n");
        self.wire.say(&prefix).await?;
        let mut is_told_that_nothing_follows = false;
        loop {
            match self.hear(command.literal_max).await? {
                Response::Tagged(theirs, status) if theirs == tag => return Ok(status),
                Response::Tagged(..) => return Err(self.wire.fault(Kind::Garbled)),
                Response::Continue(asked) => {
                    let line = match lines.next() {
                        Some(mut line) => {
                            line.extend(b"\r\n");
                            line
                        }
                        // It explains why it does not take a token, and wants to hear that it was understood.
                        None if !std::mem::replace(&mut is_told_that_nothing_follows, true) => {
                            hear(Response::Continue(asked));
                            b"\r\n".to_vec()
                        }
                        None => return Err(self.wire.fault(Kind::Garbled)),
                    };
                    self.wire.say(&line).await?;
                }
                response => {
                    let is_cut = response.is_cut();
                    hear(response);
                    if is_cut {
                        // Its rest was not read, and nothing that comes could be told from it.
                        return Err(self.wire.fault(Kind::Endless));
                    }
                }
            }
        }
    }

    /// A new tag.
    pub(super) fn tag(&mut self) -> Vec<u8> {
        self.tags = self.tags.wrapping_add(1);
        format!("D{}", self.tags).into_bytes()
    }

    /// The next response; what concerns the folder is noted.
    pub(super) async fn hear(&mut self, literal_max: u64) -> Result<Response, Fault> {
        let response = response::read(&mut self.wire, literal_max).await?;
        match &response {
            Response::Exists(mails) => {
                // Many servers repeat the number though nothing has changed.
                self.news |= *mails != self.mails;
                self.mails = *mails;
            }
            Response::Expunge => self.mails = self.mails.saturating_sub(1),
            Response::Status(status) if status.condition == Condition::Bye => {
                return Err(Fault::saying(self.wire.stage, Kind::Dropped, &status.text));
            }
            _ => {}
        }
        Ok(response)
    }

    /// What a refusal means (RFC 5530, RFC 9051 section 7.1).
    pub(super) fn refusal(&self, status: &Status) -> Fault {
        let stage = self.wire.stage;
        let kind = match status.code.as_ref().map(|(name, _)| name.as_str()) {
            Some("UNAVAILABLE" | "INUSE" | "LIMIT" | "SERVERBUG" | "THROTTLED") => Kind::NotNow,
            Some("NONEXISTENT" | "TRYCREATE") => Kind::NoFolder,
            Some("NOPERM") if stage != Stage::SignIn => Kind::Refused,
            _ => match stage {
                Stage::SignIn => Kind::LoginRefused,
                Stage::Folder => Kind::NoFolder,
                _ => Kind::Refused,
            },
        };
        Fault::saying(stage, kind, &status.text)
    }
}

async fn greeting(wire: &mut Wire) -> Result<Condition, Fault> {
    match response::read(wire, 0).await? {
        Response::Status(Status { condition: condition @ (Condition::Ok | Condition::PreAuth), .. }) => Ok(condition),
        Response::Status(Status { condition: Condition::Bye, text, .. }) => {
            Err(Fault::saying(Stage::Greet, Kind::Dropped, &text))
        }
        _ => Err(wire.fault(Kind::Garbled)),
    }
}
