//! The three ledgers side by side.

use std::collections::{BTreeMap, BTreeSet};

use desk::outbox::Carrier;
use desk::outbox::deliver::UNDER_WAY_EACH_LANE;
use sink::Taken;
use store::{Db, Engine, FromColumn, Id, sql};

use crate::count;
use crate::running::Place;
use crate::senders::Sent;

/// How many effects wait to be carried out, questions to be answered and events to be judged.
pub async fn waiting(db: &Db) -> i64 {
    count(db, "SELECT COUNT(*) AS count FROM outbox WHERE state = 'waiting'").await
        + count(db, "SELECT COUNT(*) AS count FROM askings WHERE state = 'waiting'").await
        + count(db, "SELECT COUNT(*) AS count FROM queued_events WHERE NOT parked").await
}

/// Compares them, after `kills` kills.
pub async fn compare(place: &Place, sent: &Sent, taken: &[Taken], kills: usize) {
    let db = Db::open(place.location()).await.unwrap();
    forms(&db, sent).await;
    mails(&db, sent, place).await;
    runs(&db).await;
    let repeats = carried(&db, sent, taken).await;
    let repeats_max = kills * lanes() * UNDER_WAY_EACH_LANE;
    assert!(repeats <= repeats_max, "{repeats} mails went out again, at most {repeats_max} may after {kills} kills");
    if db.engine() == Engine::Sqlite {
        assert_eq!(column::<String>(&db, "PRAGMA integrity_check", "integrity_check").await, ["ok"]);
        assert!(column::<String>(&db, "PRAGMA foreign_key_check", "table").await.is_empty());
    }
    db.close().await;
    println!(
        "{} forms ({} published) and {} mails were acknowledged, {} requests had to be repeated; {} mails went out, {repeats} of \
         them again",
        sent.forms.len(),
        sent.published,
        sent.mails.len(),
        sent.unanswered,
        taken.len(),
    );
}

/// Each submission has opened one ticket and one linked ticket, and there are no others.
async fn forms(db: &Db, sent: &Sent) {
    let told: BTreeSet<String> = sent.forms.iter().cloned().collect();
    assert_eq!(told.len(), sent.forms.len(), "no two submissions were told of the same ticket");
    let opened = ids(db, "SELECT id FROM tickets WHERE playbook = 'document-change'").await;
    assert_eq!(difference(&opened, &told), Difference::default(), "tickets of submissions");
    let openers = column::<Id>(db, "SELECT opener_id FROM ticket_links", "opener_id").await;
    let openers_once: BTreeSet<String> = openers.iter().map(Id::to_string).collect();
    assert_eq!(openers.len(), openers_once.len(), "each opened one linked ticket");
    assert_eq!(difference(&openers_once, &told), Difference::default(), "tickets that opened a linked one");
    let linked = ids(db, "SELECT id FROM tickets WHERE playbook = 'document-configuration'").await;
    assert_eq!(linked, ids(db, "SELECT child_id AS id FROM ticket_links").await, "linked tickets");
    let published =
        "SELECT COUNT(*) AS count FROM tickets WHERE playbook = 'document-configuration' AND state = 'done'";
    assert_eq!(count(db, published).await, number(sent.published), "published");
}

/// Each mail is one message on the ticket that its sender was told; each attachment stands whole on the shelf.
async fn mails(db: &Db, sent: &Sent, place: &Place) {
    let messages = "SELECT text, ticket_id FROM messages WHERE kind = 'incoming' AND channel = 'mail' ORDER BY id";
    let texts = column::<String>(db, messages, "text").await;
    let tickets = column::<Id>(db, messages, "ticket_id").await;
    let held: BTreeSet<(String, String)> =
        texts.iter().map(|text| text.trim().to_owned()).zip(tickets.iter().map(Id::to_string)).collect();
    assert_eq!(held.len(), texts.len(), "no mail is two messages");
    let told = sent.mails.iter().map(|mail| (mail.mark.clone(), mail.ticket.clone())).collect();
    assert_eq!(difference(&held, &told), Difference::default(), "messages of mails");
    let opened = sent.mails.iter().filter(|mail| mail.outcome == "opened").count();
    let requests = "SELECT COUNT(*) AS count FROM tickets WHERE playbook = 'general-request'";
    assert_eq!(count(db, requests).await, number(opened), "tickets of mails");

    let keys = column::<String>(db, "SELECT storage_key FROM attachments", "storage_key").await;
    assert_eq!(keys.len(), sent.mails.iter().filter(|mail| mail.attachment).count(), "attachments");
    let sizes: BTreeSet<u64> = keys
        .iter()
        .map(|key| std::fs::metadata(place.data().join("attachments").join(key)).map_or(0, |file| file.len()))
        .collect();
    assert!(sizes.len() == 1 && !sizes.contains(&0), "an attachment is missing or not whole: {sizes:?}");
}

/// Every ticket has a run that has begun and never failed, and every message that goes out has gone.
async fn runs(db: &Db) {
    for (what, query) in [
        (
            "tickets without a run",
            "SELECT COUNT(*) AS count FROM tickets LEFT JOIN runs ON runs.ticket_id = tickets.id WHERE runs.ticket_id IS NULL",
        ),
        ("runs that have not begun", "SELECT COUNT(*) AS count FROM runs WHERE NOT begun"),
        ("steps that failed", "SELECT COUNT(*) AS count FROM history WHERE fault IS NOT NULL"),
        ("events left in a queue", "SELECT COUNT(*) AS count FROM queued_events"),
        ("effects not carried out", "SELECT COUNT(*) AS count FROM outbox WHERE state <> 'done'"),
        (
            "messages not marked as sent",
            "SELECT COUNT(*) AS count FROM messages WHERE kind = 'automatic' AND (delivery IS NULL OR delivery <> 'sent')",
        ),
        ("questions not answered", "SELECT COUNT(*) AS count FROM askings WHERE state <> 'answered'"),
        (
            "answers given twice",
            "SELECT COUNT(*) - COUNT(DISTINCT ticket_id) AS count FROM history WHERE event LIKE 'person.%'",
        ),
        ("effects under one key", "SELECT COUNT(*) - COUNT(DISTINCT key) AS count FROM outbox"),
        ("effects of one message", "SELECT COUNT(*) - COUNT(DISTINCT message_id) AS count FROM outbox"),
    ] {
        assert_eq!(count(db, query).await, 0, "{what}");
    }
}

/// Each automatic message was taken by the mail server under its own Message-ID, again only as the same bytes. Gives how many were
/// taken again.
async fn carried(db: &Db, sent: &Sent, taken: &[Taken]) -> usize {
    let mut mails = BTreeMap::<String, &Taken>::new();
    let mut repeats = 0;
    for mail in taken {
        let id = mail::parse(&mail.raw).message_id.unwrap();
        match mails.insert(id.clone(), mail) {
            Some(before) => {
                assert!(before == mail, "{id} went out again, and differently");
                repeats += 1;
            }
            None => assert_eq!(mail.recipients.len(), 1, "{id}"),
        }
    }
    let stored: BTreeSet<String> = column::<String>(
        db,
        "SELECT mail_id FROM mail_ids JOIN messages ON messages.id = mail_ids.message_id WHERE messages.kind = 'automatic'",
        "mail_id",
    )
    .await
    .into_iter()
    .collect();
    assert_eq!(
        stored.len(),
        sent.forms.len() + sent.published,
        "one mail for each submission and one for each published"
    );
    assert_eq!(difference(&mails.into_keys().collect(), &stored), Difference::default(), "mails that went out");
    repeats
}

/// Over how many connections mails leave.
fn lanes() -> usize {
    server::smtp::SmtpCarrier::new("smtp://127.0.0.1:1").unwrap().lanes()
}

/// What only one of two ledgers has; equal ones have none.
#[derive(Debug, PartialEq, Eq)]
struct Difference<T> {
    held_only: Vec<T>,
    told_only: Vec<T>,
}

impl<T> Default for Difference<T> {
    fn default() -> Self {
        Self { held_only: Vec::new(), told_only: Vec::new() }
    }
}

fn difference<T: Ord + Clone>(held: &BTreeSet<T>, told: &BTreeSet<T>) -> Difference<T> {
    Difference {
        held_only: held.difference(told).cloned().collect(),
        told_only: told.difference(held).cloned().collect(),
    }
}

async fn ids(db: &Db, query: &'static str) -> BTreeSet<String> {
    column::<Id>(db, query, "id").await.iter().map(Id::to_string).collect()
}

async fn column<T: FromColumn>(db: &Db, query: &'static str, name: &str) -> Vec<T> {
    let rows = sql(query).all(&mut db.read().await.unwrap()).await.unwrap();
    rows.iter().map(|row| row.get(name).unwrap()).collect()
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap()
}
