//! A mail comes in: it joins the ticket it proves to belong to, opens one, or is filed or set aside, whole.

use std::sync::Arc;

use playbook::Event;
use serde_json::{Map, json};
use store::{Id, failpoint};

use super::set_aside::set_aside;
use super::work::sending_due;
use super::{Outcome, remember, repeated};
use crate::attachments::{self, Shelf, Staged};
use crate::contacts::{self, Contact};
use crate::handbook::Handbooks;
use crate::mailboxes::connected::ways;
use crate::mailboxes::{self, MAIL_MAX, WhyKept, join};
use crate::messages::{self, Author, Kind, Message};
use crate::notifications::{self, What};
use crate::receipts::Key;
use crate::runs::{self, Case, Cause, Opening, endless, facts, parties};
use crate::tickets::{self, NewTicket, Priority, links, merges, participants};
use crate::{Context, Error, Result, dispatches};

/// A mail as it came.
#[derive(Clone, Debug)]
pub struct ReceiveMail {
    /// The whole mail.
    pub raw: Arc<[u8]>,
    /// The key of its delivery, where the one who delivers has one. Without it the mail's bytes are its key: the same bytes, `Date`
    /// and `Received` included, are the same mail.
    pub key: Option<Key>,
}

/// A mail that was read, its attachments on the shelf.
pub(super) struct Understood {
    pub(super) mail: mail::Incoming,
    files: Vec<Staged>,
    /// The mailbox that it came by, where the desk fetched it itself.
    pub(super) by: Option<Id>,
}

impl ReceiveMail {
    pub(super) async fn understand(&self, shelf: &Shelf) -> Result<Understood> {
        if self.raw.len() > MAIL_MAX {
            return Err(Error::too_large("mail", MAIL_MAX));
        }
        let mail = mail::parse(&self.raw);
        let mut files = Vec::with_capacity(mail.attachments.len());
        for attachment in &mail.attachments {
            files.push(shelf.stage(attachment).await?);
        }
        if !files.is_empty() {
            failpoint::reached("attachments.staged");
        }
        Ok(Understood { mail, files, by: None })
    }

    pub(super) async fn run(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        understood: &Understood,
    ) -> Result<Outcome> {
        let key = self.key.clone().unwrap_or_else(|| Key::of_content("mail", &self.raw));
        if let Some(before) = repeated(context, Some(&key)).await? {
            return Ok(before);
        }
        let outcome = self.sort(context, handbooks, understood).await?;
        remember(context, Some(&key), outcome).await
    }

    /// What kind of mail is it, and whose?
    pub(super) async fn sort(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        understood: &Understood,
    ) -> Result<Outcome> {
        let mail = &understood.mail;
        if mail.bounce.is_some() {
            return match join::returned(context.tx, context.settings, mail).await? {
                Some(returned) => self.bounced(context, handbooks, returned, understood).await,
                None => self.file(context, WhyKept::BounceOfNone).await,
            };
        }
        let Some(sender) = mail.from.as_ref().filter(|from| mail::address::is_plausible(&from.address)) else {
            return set_aside(context, WhyKept::NoSender.words(), &self.raw).await;
        };
        if let Some(ticket) = join::sent_by_us(context.tx, mail).await? {
            return self.came_back(context, handbooks, ticket).await;
        }
        if mailboxes::connected::is_own_address(context.tx, context.settings, &sender.key()).await? {
            return set_aside(context, WhyKept::FromItself.words(), &self.raw).await;
        }
        let joins = join::ticket_of(context.tx, context.settings, mail).await?;
        if let Some(ticket) = join::came_before(context.tx, mail, &words_of(mail)).await?
            && (joins == Some(merges::root(context.tx, ticket).await?)
                || !ways::is_by_another(context.tx, ticket, understood.by).await?)
        {
            let (outcome, why) = (mailboxes::Outcome::Filed, WhyKept::CameBefore);
            mailboxes::keep(context, outcome, why.words(), Some(ticket), &self.raw).await?;
            return Ok(Outcome::Mail { outcome, ticket: Some(ticket) });
        }
        match joins {
            None if dispatches::is_answer(context.tx, mail).await? => self.file(context, WhyKept::NoticeAnswered).await,
            None if mail.auto_submitted => self.file(context, WhyKept::Program).await,
            None => self.open(context, handbooks, understood, sender, None).await,
            Some(ticket) => self.join(context, handbooks, ticket, understood, sender).await,
        }
    }

    async fn file(&self, context: &mut Context<'_>, why: WhyKept) -> Result<Outcome> {
        let outcome = mailboxes::Outcome::Filed;
        mailboxes::keep(context, outcome, why.words(), None, &self.raw).await?;
        Ok(Outcome::Mail { outcome, ticket: None })
    }

    /// A mail that this desk sent: filed, and said once on its ticket.
    async fn came_back(&self, context: &mut Context<'_>, handbooks: &Handbooks, ticket: Id) -> Result<Outcome> {
        let ticket = merges::root(context.tx, ticket).await?;
        let mut case = Case::load(context, handbooks, ticket).await?;
        let outcome = mailboxes::Outcome::Filed;
        mailboxes::keep(context, outcome, WhyKept::CameBack.words(), Some(ticket), &self.raw).await?;
        endless::tell_came_back(context, &mut case).await?;
        case.store(context).await?;
        Ok(Outcome::Mail { outcome, ticket: Some(ticket) })
    }

    /// A mail that proves to belong to a ticket.
    async fn join(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        ticket: Id,
        understood: &Understood,
        sender: &mail::Address,
    ) -> Result<Outcome> {
        let mut case = Case::load(context, handbooks, ticket).await?;
        case.by_mail = true;
        let is_requester = join::asked_for(context.tx, &case.ticket, &sender.address).await?;
        let automatic = understood.mail.auto_submitted;
        if is_requester && !automatic && is_over(context, &mut case).await? {
            return self.open(context, handbooks, understood, sender, Some(&case)).await;
        }
        let contact = contacts::meet(context, &sender.address, sender.name.as_deref()).await?;
        // Only those whom the desk answers say who else is answered.
        let is_answered = is_requester || participants::is_in_copy(context.tx, ticket, sender).await?;
        let copies = bring(context, ticket, &understood.mail, is_answered && !automatic).await?;
        let message = add_message(context, ticket, understood, (&contact, copies)).await?;
        let outcome = if automatic { mailboxes::Outcome::Filed } else { mailboxes::Outcome::Appended };
        if !automatic {
            participants::remember(context, ticket, &sender.address).await?;
            let (who, number) = (contact.label().to_owned(), case.ticket.number);
            let wrote = What::FollowedWrote { who: who.clone(), number };
            notifications::tell_followers(context, &case.ticket, wrote).await?;
            notifications::tell_assignee(context, &case.ticket, What::ClientWrote { who, number }).await?;
        }
        let speaker = if automatic {
            None
        } else {
            parties::speaker(context, &case, &understood.mail, &sender.address, is_requester).await?
        };
        if let Some(speaker) = speaker {
            let by = json!({"name": contact.label(), "email": sender.key()});
            let event = Event::new(format!("{speaker}.replied")).with_message(words(&message)).with_by(by);
            if endless::is_reopened_too_often(context, &case, &event.name).await? {
                endless::tell_settled(context, &mut case).await?;
            } else {
                let cause = Cause { by: Author::contact(&contact), message: Some(message.id) };
                runs::advance(context, &mut case, &event, &cause).await?;
            }
        }
        case.touch();
        case.store(context).await?;
        if !automatic {
            sending_due::hold_crossed(context, &case).await?;
        }
        Ok(Outcome::Mail { outcome, ticket: Some(ticket) })
    }

    /// A mail that opens a ticket: from somebody new, or after the end of the ticket that it answers.
    pub(super) async fn open(
        &self,
        context: &mut Context<'_>,
        handbooks: &Handbooks,
        understood: &Understood,
        sender: &mail::Address,
        after: Option<&Case>,
    ) -> Result<Outcome> {
        let handbook = handbooks.current(context.tx).await?;
        let contact = contacts::meet(context, &sender.address, sender.name.as_deref()).await?;
        let said = json!({"text": reply_of(&understood.mail), "subject": understood.mail.subject});
        let opened = Event::opened().with_message(said);
        let known = facts::of_newcomer(context, &handbook, &contact).await?;
        let by = match understood.by {
            Some(id) => mailboxes::connected::find(context.tx, id).await?,
            None => None,
        };
        let named = by.as_ref().and_then(|by| handbook.playbook(by.playbook.as_deref()?));
        let (playbook, rule) = match (named, handbook.opening_for_mail(&known, &opened, context.now)) {
            (Some(playbook), _) => (playbook, None),
            (None, Ok(Some((playbook, rule)))) => (playbook, Some(rule)),
            (None, Ok(None) | Err(_)) => (general_request(&handbook)?, None),
        };
        let team = by.as_ref().and_then(|by| by.team.as_deref()).filter(|team| handbook.desk.teams.contains_key(*team));
        let new = NewTicket {
            subject: understood.mail.subject.as_deref().unwrap_or_default(),
            priority: Priority::default(),
            playbook: playbook.name(),
            team: team.or(playbook.team()),
            organization: contact.organization,
            requester: contact.id,
            tags: &[],
            fields: Map::new(),
        };
        let ticket = tickets::open(context, new).await?;
        if let Some(by) = &by {
            mailboxes::connected::remember_ticket(context, ticket.id, by.id).await?;
        }
        if let Some(earlier) = after {
            links::link(context, earlier.ticket.id, links::FOLLOW_UP, ticket.id).await?;
        }
        let copies = bring(context, ticket.id, &understood.mail, true).await?;
        let message = add_message(context, ticket.id, understood, (&contact, copies)).await?;
        participants::remember(context, ticket.id, &sender.address).await?;
        let opening = Opening { rule, fields: &Map::new(), occurrence: None };
        let cause = Cause { by: Author::contact(&contact), message: Some(message.id) };
        let opened = opened.with_message(words(&message));
        let id = ticket.id;
        let mut case = Case::new(ticket, contact, Arc::clone(&handbook), handbooks.current_number());
        case.by_mail = true;
        runs::start(context, case, opening, &opened, &cause).await?;
        Ok(Outcome::Mail { outcome: mailboxes::Outcome::Opened, ticket: Some(id) })
    }
}

/// Whether the ticket's run has ended and an answer does not bring it back.
async fn is_over(context: &mut Context<'_>, case: &mut Case) -> Result<bool> {
    if !case.run.is_over() {
        return Ok(false);
    }
    let facts = facts::gather(context, case).await?;
    let takes = case.playbook()?.takes(&case.run, &facts, &Event::new("requester.replied"), context.now);
    Ok(!takes.unwrap_or(false))
}

fn general_request(handbook: &playbook::Handbook) -> Result<&Arc<playbook::Playbook>> {
    let name = super::open_ticket::PLAYBOOK_DEFAULT;
    handbook.playbook(name).ok_or_else(|| Error::internal(format!("the handbook has no playbook {name}")))
}

/// Whom a mail went to beside the desk, where that counts; from here on they are in copy.
async fn bring(
    context: &mut Context<'_>,
    ticket: Id,
    mail: &mail::Incoming,
    counts: bool,
) -> Result<Vec<mail::Address>> {
    if !counts {
        return Ok(Vec::new());
    }
    let copies = mailboxes::copied::beside_us(context.tx, context.settings, mail).await?;
    participants::bring(context, ticket, &copies).await?;
    Ok(copies)
}

async fn add_message(
    context: &mut Context<'_>,
    ticket: Id,
    understood: &Understood,
    (contact, copies): (&Contact, Vec<mail::Address>),
) -> Result<Message> {
    let mail = &understood.mail;
    let words = words_of(mail);
    let mut message = Message::begin(context, ticket, Kind::Incoming, "mail", Author::contact(contact), words);
    message.automatic = mail.auto_kind.map(|kind| kind.as_str().to_owned());
    message.subject = mail.subject.as_deref().map(tickets::subject);
    message.html = mail.html.clone();
    message.copies = copies;
    messages::add(context, &message).await?;
    for file in &understood.files {
        attachments::add(context, message.id, file).await?;
    }
    if let Some(mail_id) = &mail.message_id {
        mailboxes::remember_mail_id(context, mail_id, ticket, message.id).await?;
    }
    // The reply alone is what playbooks see; the whole text stays in the message.
    message.text = messages::write::printable(&reply_of(mail));
    Ok(message)
}

/// The words of a mail as a message keeps them.
fn words_of(mail: &mail::Incoming) -> String {
    cut(&messages::write::printable(mail.text.as_deref().unwrap_or_default()))
}

fn words(message: &Message) -> serde_json::Value {
    json!({"text": message.text, "subject": message.subject})
}

fn reply_of(mail: &mail::Incoming) -> String {
    mail.reply.clone().filter(|text| !text.trim().is_empty()).or_else(|| mail.text.clone()).unwrap_or_default()
}

/// A text that is longer than a message may be is cut at a character; the attachment limits keep the rest of the mail small.
fn cut(text: &str) -> String {
    let end = (0..=messages::TEXT_MAX.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text[..end].to_owned()
}
