//! Search by words, on both databases: what holds the words is found and nothing else, whatever is typed.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

#[path = "../open/mod.rs"]
mod open;
mod operators;

use std::collections::{BTreeMap, BTreeSet};

use desk::error;
use desk::handle::{Command, Reply, ReplyKind};
use desk::rights::Scope;
use desk::search::{self, Found, Hit, Kind, Wanted};
use desk::words::{self, Document, fold};
use desk::{Actor, Desk};
use futures::FutureExt;
use jiff::tz::TimeZone;
use open::{Courier, agent, child, on_each_database, open_ticket, submitted};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use store::{Engine, Id, sql};

async fn note(desk: &Desk, ticket: Id, words: &str) {
    let ana = agent(desk, "Ana").await;
    let (body, files) = (words.to_owned(), Vec::new());
    let reply = Reply { ticket, body, kind: ReplyKind::Note, files, seen: None, key: None };
    desk.handle(&ana, Command::Reply(reply)).await.unwrap();
}

async fn page(desk: &Desk, text: &str, after: Option<search::Place>, limit: u32) -> Found {
    let ana = agent(desk, "Ana").await;
    search::find(&desk.ground, &ana, &Wanted::read(text).unwrap(), &TimeZone::UTC, after, limit).await.unwrap()
}

/// Everything that is found, in pages of this length.
async fn found_by(desk: &Desk, text: &str, limit: u32) -> Vec<Hit> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let Found { items, next, .. } = page(desk, text, after, limit).await;
        assert!(items.len() <= limit as usize);
        all.extend(items);
        match next {
            Some(next) => after = Some(next),
            None => return all,
        }
    }
}

async fn found(desk: &Desk, text: &str) -> Vec<(Kind, String)> {
    found_by(desk, text, 50).await.into_iter().map(|hit| (hit.kind, hit.snippet.to_html())).collect()
}

fn seen(kind: Kind, snippet: &str) -> (Kind, String) {
    (kind, snippet.to_owned())
}

#[tokio::test]
async fn words_are_found_in_subjects_messages_notes_and_people() {
    on_each_database(async |desk| {
        let ticket = open_ticket(&desk, "Alteração do logótipo", "The <b>export</b> stops at page 7.").await;
        note(&desk, ticket, "Third export that week").await;
        desk.settle(&Courier::default()).await.unwrap();

        assert_eq!(found(&desk, "logotipo").await, [seen(Kind::Ticket, "Alteração do <mark>logótipo</mark>")]);
        let number = open::ticket(&desk, ticket).await.number;
        assert_eq!(found(&desk, &format!("#{number} ")).await.len(), 1, "by its number");
        let exports = async |text: &str| found(&desk, text).await;
        let noted = seen(Kind::Message, "Third <mark>export</mark> that week");
        let said = seen(Kind::Message, "The &lt;b&gt;<mark>export</mark>&lt;/b&gt; stops at page 7.");
        assert_eq!(exports("EXP").await, [noted], "the last word may be a beginning; where it stands last is shown");
        assert_eq!(exports("in:messages EXP").await, [said], "and where it stands last among messages");
        assert_eq!(found(&desk, "exp ").await, [], "a finished word is whole");
        assert_eq!(found(&desk, "export week").await.len(), 1, "all words stand in one place");
        assert_eq!(
            found(&desk, "acme").await,
            [
                seen(Kind::Contact, "Maria maria@<mark>acme</mark>.example"),
                seen(Kind::Organization, "<mark>Acme</mark> (<mark>Acme</mark>)"),
            ]
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
        );
        let hit = &found_by(&desk, "page", 50).await[0];
        assert_eq!((hit.title.as_str(), hit.ticket.as_ref().unwrap().id), ("Alteração do logótipo", ticket));
    })
    .await;
}

#[tokio::test]
async fn what_is_called_otherwise_now_is_found_as_that_alone() {
    on_each_database(async |desk| {
        let ticket = submitted(&desk, &Courier::default()).await;
        assert_eq!(ticket.subject, "Document Survey: Acme");
        // Both were opened under another name.
        let config = child(&desk, ticket.id, "config").await.id;
        let hits = found_by(&desk, "document survey acme", 50).await;
        assert_eq!(hits.iter().map(|hit| hit.id).collect::<BTreeSet<_>>(), BTreeSet::from([ticket.id, config]));

        let renamed = open_ticket(&desk, "Zebra crossing", "Black and white").await;
        desk.settle(&Courier::default()).await.unwrap();
        let number = open::ticket(&desk, renamed).await.number;
        let called = move |id, subject| Document::ticket(id, number, subject);
        let write = desk.ground.change(&Actor::Desk, move |context| {
            async move {
                // What is not there yet, as Id(7), is taken away in peace.
                for id in [renamed, Id(7)] {
                    let (before, after) = (called(id, "Zebra crossing"), called(id, "Crossing"));
                    words::change(context, &before, &after).await?;
                    words::change(context, &after, &before).await?;
                    words::change(context, &before, &after).await?;
                }
                Ok(())
            }
            .boxed()
        });
        write.await.unwrap();
        let ana = agent(&desk, "Ana").await;
        let mut conn = desk.read().await.unwrap();
        let mut ids = async |text: &str| {
            let wanted = Wanted::read(text).unwrap();
            search::tickets(&desk.ground, &mut conn, &ana, &wanted, &TimeZone::UTC, 100).await.unwrap()
        };
        assert_eq!((ids("zebra").await, ids("crossing").await), (vec![], vec![renamed]));
        assert_eq!(ids("survey").await, [ticket.id, config]);
        assert_eq!(ids("logo").await, [ticket.id, config], "said on the one, noted on the other");
        drop(conn);
        assert_sound(&desk).await;
    })
    .await;
}

/// SQLite looks through its indexes for anything that does not fit.
async fn assert_sound(desk: &Desk) {
    if desk.ground.db.engine() == Engine::Sqlite {
        let looking = desk.ground.change(&Actor::Desk, |context| {
            async move {
                for index in words::TABLES {
                    let look = format!("INSERT INTO {index} ({index}) VALUES ('integrity-check')");
                    sql(look).execute(context.tx).await?;
                }
                Ok(())
            }
            .boxed()
        });
        looking.await.unwrap();
    }
}

#[tokio::test]
async fn pages_of_what_was_found_leave_no_gap_and_repeat_none_though_more_comes_in() {
    on_each_database(async |desk| {
        for number in 0..23 {
            open_ticket(&desk, &format!("Acme ticket {number}"), &"acme and more words ".repeat(number + 1)).await;
        }
        let whole: Vec<Id> = found_by(&desk, "acme", 200).await.iter().map(|hit| hit.id).collect();
        assert_eq!(whole.len(), 2 + 23, "each ticket once, though its subject and its message hold the word");
        assert_eq!(whole.iter().collect::<BTreeSet<_>>().len(), whole.len());
        for limit in [1, 2, 3, 7, 24, 25] {
            let mut paged = Vec::new();
            let mut after = None;
            for round in 0.. {
                let Found { items, next, .. } = page(&desk, "acme", after, limit).await;
                paged.extend(items.iter().map(|hit| hit.id));
                let Some(next) = next else { break };
                after = Some(next.to_string().parse().unwrap());
                if round == 0 {
                    open_ticket(&desk, "Newer", "acme").await;
                }
            }
            assert!(paged.starts_with(&whole[..2]), "people come first");
            let (paged, known): (BTreeSet<Id>, Vec<Id>) = (paged.iter().copied().collect(), paged);
            assert_eq!(paged.len(), known.len(), "limit {limit} repeats one");
            assert!(whole.iter().all(|id| paged.contains(id)), "limit {limit} leaves a gap");
        }
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn those_who_see_no_tickets_find_nothing() {
    on_each_database(async |desk| {
        let wanted = Wanted::read("acme").unwrap();
        let refused = search::find(&desk.ground, &Actor::Outside, &wanted, &TimeZone::UTC, None, 50).await.unwrap_err();
        assert_eq!(refused.kind, error::Kind::Forbidden);
    })
    .await;
}

#[tokio::test]
async fn what_was_written_before_there_were_indexes_is_put_into_them_once() {
    on_each_database(async |desk| {
        for number in 0..250 {
            open_ticket(&desk, &format!("Old {number}"), "said long ago").await;
        }
        note(&desk, open_ticket(&desk, "Last", "x").await, "noted long ago").await;
        desk.settle(&Courier::default()).await.unwrap();
        let before = found_by(&desk, "long ago", 200).await.len();
        assert_eq!(before, 251);
        desk.ground.change(&Actor::Desk, |context| async move { forget(context).await }.boxed()).await.unwrap();
        assert_eq!(found(&desk, "long ago").await, []);
        let filling = || words::fill::all(&desk.ground);
        let (one, other) = tokio::join!(filling(), filling());
        let people = 2;
        assert_eq!(one.unwrap() + other.unwrap(), 251 + 252 + people);
        assert_eq!(found_by(&desk, "long ago", 200).await.len(), before);
        assert_eq!(found(&desk, "maria").await.len(), 1);
        assert_eq!(filling().await.unwrap(), 0);
        assert_sound(&desk).await;
    })
    .await;
}

#[tokio::test]
async fn what_changes_while_the_indexes_are_filled_is_found_as_it_is_now_and_whoever_dies_is_followed() {
    on_each_database(async |desk| {
        for number in 0..150 {
            open_ticket(&desk, &format!("Old {number}"), "said long ago").await;
        }
        desk.settle(&Courier::default()).await.unwrap();
        desk.ground.change(&Actor::Desk, |context| async move { forget(context).await }.boxed()).await.unwrap();
        let is_under_way = async || words::fill::is_under_way(&mut desk.read().await.unwrap()).await.unwrap();
        // People and some of the messages are in; then the process dies.
        for _ in 0..3 {
            words::fill::next(&desk.ground).await.unwrap();
        }
        assert!(is_under_way().await);
        let so_far = found_by(&desk, "long ago", 200).await.len();
        assert!((1..150).contains(&so_far), "{so_far}");
        call_maria(&desk, "Marieta").await;
        open_ticket(&desk, "New", "said long ago as well").await;
        assert_eq!(found_by(&desk, "long ago", 200).await.len(), so_far + 1);
        words::fill::all(&desk.ground).await.unwrap();
        assert!(!is_under_way().await && words::fill::next(&desk.ground).await.unwrap().is_none());
        assert_eq!(found_by(&desk, "long ago", 200).await.len(), 151);
        assert_eq!((found(&desk, "marieta").await.len(), found(&desk, "maria acme").await.len()), (1, 1));
        // The other way round: changed before it is put in.
        desk.ground.change(&Actor::Desk, |context| async move { forget(context).await }.boxed()).await.unwrap();
        call_maria(&desk, "Marisa").await;
        assert_eq!(found(&desk, "marisa").await, []);
        words::fill::all(&desk.ground).await.unwrap();
        assert_eq!((found(&desk, "marisa").await.len(), found(&desk, "marieta").await.len()), (1, 0));
        assert_sound(&desk).await;
    })
    .await;
}

async fn call_maria(desk: &Desk, name: &str) {
    let maria = desk::handle::UpsertContact {
        email: "maria@acme.example".to_owned(),
        name: Some(name.to_owned()),
        ..Default::default()
    };
    desk.handle(&Actor::Desk, Command::UpsertContact(maria)).await.unwrap();
}

/// Empties the indexes and marks what is to be filled, as for a desk that is restored, or older than they are.
async fn forget(context: &mut desk::Context<'_>) -> desk::Result<()> {
    for index in words::TABLES {
        let emptying = match context.tx.engine() {
            Engine::Sqlite => format!("INSERT INTO {index} ({index}) VALUES ('delete-all')"),
            Engine::Postgres => format!("DELETE FROM {index}"),
        };
        sql(emptying).execute(context.tx).await?;
    }
    words::fill::begin_anew(context.tx).await
}

/// The slow obvious search: every document with its ticket and its words.
#[derive(Default)]
struct Model(BTreeMap<Id, (Id, Vec<String>)>);

impl Model {
    fn found(&self, wanted: &str) -> BTreeSet<Id> {
        // A word that joins others elsewhere is passed over, unless it may still go on.
        let (before, last) = wanted.rsplit_once(' ').unwrap_or(("", wanted));
        let joined: Vec<&str> = before.split(' ').filter(|word| *word != "OR").collect();
        let words = fold::words(&format!("{} {last}", joined.join(" ")));
        let ends = wanted.ends_with(|c: char| c.is_alphanumeric());
        let Some((last, whole)) = words.split_last() else { return BTreeSet::new() };
        let begins = |word: &String| ends && last.chars().count() > 1 && word.starts_with(last.as_str());
        let holds = |said: &Vec<String>| {
            whole.iter().all(|word| said.contains(word)) && said.iter().any(|word| word == last || begins(word))
        };
        self.0.values().filter(|(_, said)| holds(said)).map(|(ticket, _)| *ticket).collect()
    }
}

/// Words that are nearly each other, and some that an index could take for its own.
const WORDS: [&str; 16] = [
    "logo", "Logos", "lógo", "log", "export", "ação", "ACAO", "12", "120", "請求", "o'neil", "and", "OR", "near",
    "not", "a_b",
];

#[tokio::test]
async fn what_is_found_is_what_a_slow_and_obvious_search_finds() {
    on_each_database(async |desk| {
        let mut chance = TestRunner::new(Config::default());
        let mut draw = |most: usize| {
            let words = prop::collection::vec(prop::sample::select(WORDS.as_slice()), 1..most);
            words.new_tree(&mut chance).unwrap().current().join(" ")
        };
        let mut model = Model::default();
        for number in 0..30 {
            let (subject, body, aside) = (draw(4), draw(9), draw(5));
            let ticket = open_ticket(&desk, &subject, &body).await;
            if number % 3 == 0 {
                note(&desk, ticket, &aside).await;
            }
            let subject = format!("{} {subject}", open::ticket(&desk, ticket).await.number);
            model.0.insert(ticket, (ticket, fold::words(&subject)));
            let ana = Scope::of(&agent(&desk, "Ana").await).unwrap();
            let mut conn = desk.read().await.unwrap();
            for message in desk::messages::of_ticket(&mut conn, ana, ticket, 50).await.unwrap() {
                model.0.insert(message.id, (ticket, fold::words(&message.text)));
            }
        }
        desk.settle(&Courier::default()).await.unwrap();
        for _ in 0..150 {
            let mut wanted = draw(4);
            if wanted.len() % 3 == 0 {
                wanted.pop();
            }
            if Wanted::read(&wanted).is_err() {
                continue;
            }
            let hits = found_by(&desk, &wanted, 200).await;
            let found = hits.iter().filter_map(|hit| hit.ticket.as_ref().map(|ticket| ticket.id));
            let ids: BTreeSet<Id> = found.clone().collect();
            assert_eq!(ids.len(), found.count(), "{wanted:?} finds a ticket twice");
            assert_eq!(ids, model.found(&wanted), "{wanted:?}");
            assert!(hits.iter().all(|hit| hit.snippet.parts.iter().any(|part| part.is_hit)), "{wanted:?}");
        }
        assert_sound(&desk).await;
    })
    .await;
}

#[tokio::test]
async fn whatever_is_typed_is_answered_or_refused() {
    on_each_database(async |desk| {
        open_ticket(&desk, "\"quotes\" & 'more' * (brackets) NEAR/3 ^ col:on -minus", "\\ : ! | <-> $1 %").await;
        desk.settle(&Courier::default()).await.unwrap();
        let mut chance = TestRunner::new(Config::default());
        let typed = prop_oneof![
            "\\PC{0,30}",
            ".{0,210}",
            "[a-z\"'*()&|!:^<>\\\\ $%_-]{0,40}",
            "(AND|OR|NOT|NEAR|quotes|col:on|\"|\\*|\\(|\\)| ){0,12}",
            "((is|from|to|org|team|tag|priority|playbook|state|channel|has|in|before|after|on|x):|-|#|open|notes|7d|maria|ana|me|\"a b\"|1| ){0,14}",
        ];
        let ana = agent(&desk, "Ana").await;
        for _ in 0..300 {
            let text = typed.new_tree(&mut chance).unwrap().current();
            match Wanted::read(&text) {
                Ok(wanted) => {
                    let found = search::find(&desk.ground, &ana, &wanted, &TimeZone::UTC, None, 5).await;
                    assert!(found.is_ok(), "{text:?}: {found:?}");
                }
                Err(refused) => assert_eq!(refused.fields[0].field, "q", "{text:?}"),
            }
        }
        assert_eq!(found(&desk, "\"quotes\" and ").await, [], "a small one is a word like any other");
        assert_eq!(found(&desk, "\"quotes\" AND ").await.len(), 1);
        assert_eq!(found(&desk, "minus near 3 col").await.len(), 1);
    })
    .await;
}
