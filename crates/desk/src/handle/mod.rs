//! The one way in. Whoever changes a ticket does so by a command; each command is one transaction and one file.

pub mod account;
mod add_agent;
mod answer;
mod assign;
mod attach_file;
mod attributes;
mod bulk;
mod change;
mod chase;
mod check_item;
mod choose;
mod correct;
mod create_token;
mod detach_file;
mod dismiss_suggestion;
mod edit_handbook;
mod erase;
mod fetch_mail;
mod fill_in;
mod fire_timer;
mod forget_mailbox;
mod give_way;
mod go_live;
mod import;
mod judge_queue;
mod keep_hook;
mod keep_keys;
mod keep_mailbox;
mod keep_view;
mod keep_working_time;
mod look_at;
mod mailbox_read;
mod move_clock;
mod move_runs;
mod note_fetch;
pub mod notices;
mod once;
mod open_by_hand;
mod open_kept;
mod open_scheduled;
mod open_ticket;
mod outcome;
mod pause_mailbox;
mod publish_handbook;
mod receive_bounce;
mod receive_mail;
mod receive_typeform;
mod recount;
mod remove_mailbox;
mod reply;
mod revoke_token;
mod save_draft;
mod send_suggestion;
mod set_aside;
mod sight;
mod submit_form;
mod suggestion_due;
mod take_answer;
mod uncheck_item;
mod undo;
mod upsert_contact;
mod upsert_organization;
mod upstream;
mod wake;
pub mod work;
mod write_to_party;

use std::sync::Arc;

use futures::FutureExt;

pub use add_agent::AddAgent;
pub use answer::Answer;
pub use assign::Assign;
pub use attach_file::AttachFile;
pub use bulk::{BeginBulk, Done};
pub use change::Change;
pub use chase::Chase;
pub use check_item::CheckItem;
pub use choose::Choose;
pub use create_token::CreateToken;
pub use detach_file::DetachFile;
pub use dismiss_suggestion::DismissSuggestion;
pub use edit_handbook::EditHandbook;
pub use erase::Erase;
pub use fetch_mail::{FetchMail, Fetched};
pub use fire_timer::FireTimer;
pub use forget_mailbox::ForgetMailbox;
pub use give_way::GiveWay;
pub use go_live::GoLive;
pub use import::Importing;
pub use judge_queue::JudgeQueue;
pub use keep_hook::{KeepHook, RemoveHook};
pub use keep_keys::KeepKeys;
pub use keep_mailbox::KeepMailbox;
pub use keep_view::{KeepView, RemoveView};
pub use keep_working_time::KeepWorkingTime;
pub use look_at::LookAt;
pub use mailbox_read::MailboxRead;
pub use move_clock::KeepClock;
pub use move_runs::{BATCH, MoveRuns, MovedRuns};
pub use note_fetch::{Note, NoteFetch};
pub use open_by_hand::{First, OpenByHand};
pub use open_kept::OpenKept;
pub use open_scheduled::OpenScheduled;
pub use open_ticket::{OpenTicket, PLAYBOOK_DEFAULT, Sender};
pub use outcome::Outcome;
pub use pause_mailbox::PauseMailbox;
pub use publish_handbook::PublishHandbook;
pub use receive_mail::ReceiveMail;
pub use receive_typeform::ReceiveTypeform;
pub use recount::{Recount, RecountStep};
pub use remove_mailbox::RemoveMailbox;
pub use reply::{Reply, ReplyKind};
pub use revoke_token::RevokeToken;
pub use save_draft::SaveDraft;
pub use send_suggestion::SendSuggestion;
pub use set_aside::FileKept;
pub use submit_form::SubmitForm;
pub use suggestion_due::SuggestionDue;
pub use take_answer::TakeAnswer;
pub use uncheck_item::UncheckItem;
pub use undo::Undo;
pub use upsert_contact::UpsertContact;
pub use upsert_organization::UpsertOrganization;
pub use wake::Wake;
pub use write_to_party::WriteToParty;

use once::{remember, repeated};

use crate::handbook::{Handbooks, Published};
use crate::rights::{self, Verb};
use crate::{Actor, Context, Desk, Error, Result, Role, attachments};

/// Everything that can be done to the desk.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each variant is documented by the command it holds")]
pub enum Command {
    SubmitForm(SubmitForm),
    OpenTicket(OpenTicket),
    OpenByHand(OpenByHand),
    OpenKept(OpenKept),
    FileKept(FileKept),
    ReceiveMail(ReceiveMail),
    ReceiveTypeform(ReceiveTypeform),
    MailboxRead(MailboxRead),
    ForgetMailbox(ForgetMailbox),
    FetchMail(FetchMail),
    NoteFetch(NoteFetch),
    KeepMailbox(Box<KeepMailbox>),
    PauseMailbox(PauseMailbox),
    RemoveMailbox(RemoveMailbox),
    GoLive(GoLive),
    Reply(Reply),
    WriteToParty(WriteToParty),
    Choose(Choose),
    CheckItem(CheckItem),
    UncheckItem(UncheckItem),
    Assign(Assign),
    BeginBulk(BeginBulk),
    Change(Change),
    Undo(Undo),
    LookAt(LookAt),
    KeepView(KeepView),
    RemoveView(RemoveView),
    KeepKeys(KeepKeys),
    Notices(notices::Notices),
    Work(work::Work),
    SaveDraft(SaveDraft),
    AttachFile(AttachFile),
    DetachFile(DetachFile),
    Account(Box<account::Account>),
    Answer(Answer),
    SendSuggestion(SendSuggestion),
    DismissSuggestion(DismissSuggestion),
    FireTimer(FireTimer),
    SuggestionDue(SuggestionDue),
    Chase(Chase),
    Wake(Wake),
    OpenScheduled(OpenScheduled),
    GiveWay(GiveWay),
    JudgeQueue(JudgeQueue),
    TakeAnswer(TakeAnswer),
    UpsertContact(UpsertContact),
    UpsertOrganization(UpsertOrganization),
    KeepWorkingTime(KeepWorkingTime),
    Import(Importing),
    Erase(Erase),
    AddAgent(AddAgent),
    CreateToken(CreateToken),
    RevokeToken(RevokeToken),
    KeepHook(KeepHook),
    RemoveHook(RemoveHook),
    EditHandbook(EditHandbook),
    PublishHandbook(PublishHandbook),
    MoveRuns(MoveRuns),
    Recount(Recount),
    KeepClock(KeepClock),
}

impl Desk {
    /// Does a command; see [`handle`].
    pub async fn handle(&self, actor: &Actor, command: Command) -> Result<Outcome> {
        handle(self, actor, command).await
    }
}

/// Does `command` for `actor`, in one transaction: what this answers is safely stored, and the outside world follows by the outbox.
pub async fn handle(desk: &Desk, actor: &Actor, command: Command) -> Result<Outcome> {
    rights::require(actor, command.verb())?;
    if actor.role() == Some(Role::Collaborator) {
        sight::require(desk, actor, &command).await?;
    }
    if let Command::PublishHandbook(publish) = &command
        && let Some(findings) = publish.unsound(desk).await?
    {
        return Ok(Outcome::Published(Published::Unsound(findings)));
    }
    let command = Arc::new(Staged::of(desk, actor, command).await?);
    let handbooks = Arc::clone(&desk.handbooks);
    let outcome = desk
        .ground
        .change(actor, move |context| {
            let (command, handbooks) = (Arc::clone(&command), Arc::clone(&handbooks));
            async move { command.run(context, &handbooks).await }.boxed()
        })
        .await?;
    if let Outcome::Published(Published::Revision(_)) = outcome {
        desk.handbooks.refresh(&mut desk.ground.read().await?).await?;
    }
    Ok(outcome)
}

/// A command with what had to be put in its place before the transaction.
struct Staged {
    command: Command,
    mail: Option<receive_mail::Understood>,
    files: Vec<attachments::Staged>,
}

impl Staged {
    async fn of(desk: &Desk, actor: &Actor, command: Command) -> Result<Self> {
        let mail = match &command {
            Command::ReceiveMail(mail) => Some(mail.understand(&desk.shelf).await?),
            Command::OpenKept(kept) => Some(kept.understand(desk, actor).await?),
            Command::FetchMail(mail) => mail.understand(&desk.shelf).await?,
            _ => None,
        };
        let files = match &command {
            Command::AttachFile(attach) => vec![attach.stage(&desk.shelf).await?],
            Command::OpenByHand(open) => open.stage(desk).await?,
            _ => Vec::new(),
        };
        Ok(Self { command, mail, files })
    }

    fn mail(&self) -> Result<&receive_mail::Understood> {
        self.mail.as_ref().ok_or_else(|| Error::internal("a mail that was not read"))
    }

    async fn run(&self, context: &mut Context<'_>, handbooks: &Handbooks) -> Result<Outcome> {
        match &self.command {
            Command::SubmitForm(command) => command.run(context, handbooks).await,
            Command::OpenTicket(command) => command.run(context, handbooks).await,
            Command::OpenByHand(command) => command.run(context, handbooks, &self.files).await,
            Command::ReceiveMail(command) => command.run(context, handbooks, self.mail()?).await,
            Command::OpenKept(command) => command.run(context, handbooks, self.mail()?).await,
            Command::FileKept(command) => command.run(context).await,
            Command::ReceiveTypeform(command) => command.run(context, handbooks).await,
            Command::MailboxRead(command) => command.run(context).await,
            Command::ForgetMailbox(command) => command.run(context).await,
            Command::FetchMail(command) => command.run(context, handbooks, self.mail.as_ref()).await,
            Command::NoteFetch(command) => command.run(context).await,
            Command::KeepMailbox(command) => command.run(context, handbooks).await,
            Command::PauseMailbox(command) => command.run(context).await,
            Command::RemoveMailbox(command) => command.run(context).await,
            Command::GoLive(GoLive) => go_live::run(context).await,
            Command::Reply(command) => command.run(context, handbooks).await,
            Command::WriteToParty(command) => command.run(context, handbooks).await,
            Command::Choose(command) => command.run(context, handbooks).await,
            Command::CheckItem(command) => command.run(context, handbooks).await,
            Command::UncheckItem(command) => command.run(context, handbooks).await,
            Command::Assign(command) => command.run(context, handbooks).await,
            Command::BeginBulk(command) => command.run(context).await,
            Command::Change(command) => command.run(context, handbooks).await,
            Command::Undo(command) => command.run(context, handbooks).await,
            Command::LookAt(command) => command.run(context).await,
            Command::KeepView(command) => command.run(context).await,
            Command::RemoveView(command) => command.run(context).await,
            Command::KeepKeys(command) => command.run(context).await,
            Command::Notices(command) => command.run(context, handbooks).await,
            Command::Work(command) => command.run(context, handbooks).await,
            Command::SaveDraft(command) => command.run(context).await,
            Command::AttachFile(command) => match self.files.first() {
                Some(file) => command.run(context, file).await,
                None => Err(Error::internal("a file that was not staged")),
            },
            Command::DetachFile(command) => command.run(context).await,
            Command::Account(command) => command.run(context, handbooks).await,
            Command::Answer(command) => command.run(context, handbooks).await,
            Command::SendSuggestion(command) => command.run(context, handbooks).await,
            Command::DismissSuggestion(command) => command.run(context, handbooks).await,
            Command::FireTimer(command) => command.run(context, handbooks).await,
            Command::SuggestionDue(command) => command.run(context, handbooks).await,
            Command::Chase(command) => command.run(context, handbooks).await,
            Command::Wake(command) => command.run(context, handbooks).await,
            Command::OpenScheduled(command) => command.run(context, handbooks).await,
            Command::GiveWay(command) => command.run(context).await,
            Command::JudgeQueue(command) => command.run(context, handbooks).await,
            Command::TakeAnswer(command) => command.run(context, handbooks).await,
            Command::UpsertContact(command) => command.run(context, handbooks).await,
            Command::UpsertOrganization(command) => command.run(context, handbooks).await,
            Command::KeepWorkingTime(command) => command.run(context, handbooks).await,
            Command::Import(command) => command.run(context, handbooks).await,
            Command::Erase(command) => command.run(context, handbooks).await,
            Command::AddAgent(command) => command.run(context).await,
            Command::CreateToken(command) => command.run(context).await,
            Command::RevokeToken(command) => command.run(context).await,
            Command::KeepHook(command) => command.run(context, handbooks).await,
            Command::RemoveHook(command) => command.run(context).await,
            Command::EditHandbook(command) => command.run(context, handbooks).await,
            Command::PublishHandbook(command) => command.run(context, handbooks).await,
            Command::MoveRuns(command) => command.run(context, handbooks).await,
            Command::Recount(command) => command.run(context, handbooks).await,
            Command::KeepClock(command) => command.run(context).await,
        }
    }
}

impl Command {
    /// What one must be allowed to do for it.
    fn verb(&self) -> Verb {
        match self {
            Command::SubmitForm(command) => command.verb(),
            Command::ReceiveMail(_)
            | Command::FetchMail(_)
            | Command::ReceiveTypeform(_)
            | Command::MailboxRead(_)
            | Command::ForgetMailbox(_) => Verb::BringIn,
            Command::KeepMailbox(_) | Command::PauseMailbox(_) | Command::RemoveMailbox(_) | Command::GoLive(_) => {
                Verb::KeepMailboxes
            }
            Command::OpenTicket(_) => Verb::OpenTicket,
            Command::Work(command) => command.verb(),
            Command::Notices(command) => command.verb(),
            Command::Account(command) => command.verb(),
            Command::Reply(Reply { kind: ReplyKind::Note, .. })
            | Command::SaveDraft(_)
            | Command::AttachFile(_)
            | Command::DetachFile(_)
            | Command::Answer(_) => Verb::NoteOnTickets,
            Command::Reply(_)
            | Command::WriteToParty(_)
            | Command::OpenByHand(_)
            | Command::OpenKept(_)
            | Command::FileKept(_)
            | Command::Choose(_)
            | Command::CheckItem(_)
            | Command::UncheckItem(_)
            | Command::SendSuggestion(_)
            | Command::DismissSuggestion(_)
            | Command::Change(_)
            | Command::BeginBulk(_)
            | Command::Undo(_)
            | Command::Assign(_) => Verb::WorkOnTickets,
            Command::LookAt(_) | Command::KeepView(_) | Command::RemoveView(_) | Command::KeepKeys(_) => {
                Verb::ReadTickets
            }
            Command::FireTimer(_)
            | Command::GiveWay(_)
            | Command::JudgeQueue(_)
            | Command::TakeAnswer(_)
            | Command::SuggestionDue(_)
            | Command::Chase(_)
            | Command::Wake(_)
            | Command::OpenScheduled(_)
            | Command::NoteFetch(_)
            | Command::Recount(_)
            | Command::KeepClock(_) => Verb::RunTickets,
            Command::UpsertContact(_) | Command::UpsertOrganization(_) | Command::Import(_) => Verb::KeepPeople,
            Command::KeepWorkingTime(_) => Verb::KeepTeams,
            Command::Erase(_) => Verb::ErasePeople,
            Command::AddAgent(_)
            | Command::CreateToken(_)
            | Command::RevokeToken(_)
            | Command::KeepHook(_)
            | Command::RemoveHook(_) => Verb::KeepAgents,
            Command::EditHandbook(_) | Command::PublishHandbook(_) | Command::MoveRuns(_) => Verb::PublishHandbook,
        }
    }
}
