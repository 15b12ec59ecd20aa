//! Operators: each finds the tickets that are so, with words and without, and the tickets that are not so behind a minus.

use std::collections::BTreeSet;

use desk::handle::{Assign, Command, OpenTicket, Sender, UpsertContact};
use desk::search::{self, Kind, LOOKED_MAX, Notice, Wanted};
use desk::tickets::Priority;
use desk::{Actor, Desk};
use futures::FutureExt;
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde_json::Map;
use store::{Id, sql};

use crate::open::{Courier, agent, mail_in, on_each_database, open_ticket, pass, submitted, ticket};
use crate::{found_by, note, page};

/// No ticket.
const NONE: [i64; 0] = [];

/// The numbers of the tickets that are found, in their order.
async fn numbers(desk: &Desk, text: &str) -> Vec<i64> {
    let found = found_by(desk, text, 50).await;
    found.iter().filter_map(|hit| hit.ticket.as_ref().map(|ticket| ticket.number)).collect()
}

async fn number(desk: &Desk, id: Id) -> i64 {
    ticket(desk, id).await.number
}

/// A ticket of somebody else's, which is urgent.
async fn of_jo(desk: &Desk) -> Id {
    let jo = UpsertContact {
        email: "jo@other.example".to_owned(),
        name: Some("Jo Silva".to_owned()),
        organization: Some("Other".to_owned()),
        ..Default::default()
    };
    let other = desk::organizations::Change { name: Some("Other Ltda".to_owned()), ..Default::default() };
    let other = desk::handle::UpsertOrganization { key: "Other".to_owned(), change: other };
    desk.handle(&Actor::Desk, Command::UpsertOrganization(other)).await.unwrap();
    desk.handle(&Actor::Desk, Command::UpsertContact(jo)).await.unwrap();
    let command = OpenTicket {
        subject: "The printer is on fire".to_owned(),
        body: "Smoke in the paper tray".to_owned(),
        requester: Sender { email: "jo@other.example".to_owned(), name: None },
        playbook: None,
        fields: Map::new(),
        tags: vec!["hot".to_owned()],
        priority: Priority::Urgent,
        key: None,
    };
    let ana = agent(desk, "Ana").await;
    desk.handle(&ana, Command::OpenTicket(command)).await.unwrap().ticket().unwrap()
}

#[tokio::test]
async fn each_operator_finds_what_is_so_and_behind_a_minus_what_is_not() {
    on_each_database(async |desk| {
        let quiet = open_ticket(&desk, "Paper for the printer", "A4 in the tray, please").await;
        note(&desk, quiet, "ask the depot").await;
        let hot = of_jo(&desk).await;
        let ana = agent(&desk, "Ana").await;
        desk.handle(&ana, Command::Assign(Assign { ticket: hot, agent: ana.agent_id() })).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let (quiet, hot) = (number(&desk, quiet).await, number(&desk, hot).await);
        let shown = [
            ("from:jo", hot),
            ("from:jo@other.example", hot),
            ("from:\"Jo Silva\"", hot),
            ("from:sil", hot),
            ("org:other", hot),
            ("org:\"Other Ltda\"", hot),
            ("assignee:me", hot),
            ("to:ana", hot),
            ("is:mine", hot),
            ("tag:hot", hot),
            ("priority:urgent", hot),
            ("prioridade:urgente", hot),
            ("in:notes", quiet),
            ("depot", quiet),
            ("fire", hot),
            ("\"printer is\"", hot),
        ];
        for (asked, found) in shown {
            let other = if found == hot { quiet } else { hot };
            assert_eq!(numbers(&desk, asked).await, [found], "{asked}");
            assert_eq!(numbers(&desk, &format!("printer {asked}")).await.iter().filter(|n| **n == other).count(), 0);
            assert_eq!(numbers(&desk, &format!("is:open -{asked}")).await, [other], "-{asked}");
            if asked != "in:notes" {
                assert_eq!(numbers(&desk, &format!("tray -{asked}")).await, [other], "tray -{asked}");
            }
            assert_eq!(numbers(&desk, &format!("-{asked}")).await, [other], "-{asked} alone");
        }
        let both = BTreeSet::from([quiet, hot]);
        for asked in [
            "is:open",
            "playbook:general-request",
            "channel:api",
            "after:today",
            "on:today",
            "state:open",
            "-is:closed",
        ] {
            for with in [asked.to_owned(), format!("{asked} tray"), format!("{asked} printer -zebra")] {
                assert_eq!(BTreeSet::from_iter(numbers(&desk, &with).await), both, "{with}");
            }
            let without =
                if let Some(asked) = asked.strip_prefix('-') { asked.to_owned() } else { format!("-{asked}") };
            assert_eq!(numbers(&desk, &without).await, NONE, "{without}");
        }
        for asked in
            ["is:pending", "has:attachment", "before:today", "team:nobody", "state:opened", "\"is printer\"", "tag:ho"]
        {
            assert_eq!(numbers(&desk, asked).await, NONE, "{asked}");
        }
        assert_eq!(numbers(&desk, &format!("#{hot}")).await, [hot]);
        assert_eq!(numbers(&desk, &format!("#{hot} paper in:messages")).await, [hot]);
        assert_eq!(numbers(&desk, "in:notes paper").await, NONE);
        assert_eq!(numbers(&desk, "is:unassigned is:open").await, [quiet]);
    })
    .await;
}

#[tokio::test]
async fn files_ways_and_states_are_those_of_the_ticket() {
    on_each_database(async |desk| {
        let opened = submitted(&desk, &Courier::default()).await;
        let plain = open_ticket(&desk, "Plain", "Nothing with it").await;
        let mail = "From: Maria <maria@acme.example>\nTo: help@desk.example\nSubject: A plan\nMessage-ID: <1@acme.example>\n\
            MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the plan\n--b\n\
            Content-Type: text/plain; name=plan.txt\nContent-Disposition: attachment; filename=plan.txt\n\nthe plan\n--b--\n";
        mail_in(&desk, mail).await.unwrap();
        desk.settle(&Courier::default()).await.unwrap();
        let with_file = numbers(&desk, "has:attachment").await;
        assert_eq!(with_file.len(), 1);
        assert_eq!(numbers(&desk, "has:attachment plan").await, with_file);
        assert!(numbers(&desk, "channel:mail \"see the plan\"").await.starts_with(&with_file));
        let form = numbers(&desk, "channel:form").await;
        assert_eq!(form, [opened.number]);
        let state = opened.state.split('.').next().unwrap();
        assert_eq!(numbers(&desk, &format!("state:{state} playbook:document-change")).await, [opened.number]);
        assert!(!numbers(&desk, "-has:attachment").await.contains(&with_file[0]));
        assert!(numbers(&desk, "team:support").await.contains(&number(&desk, plain).await));
    })
    .await;
}

#[tokio::test]
async fn days_are_those_of_what_was_written_and_without_words_those_on_which_tickets_were_opened() {
    on_each_database(async |desk| {
        let first = open_ticket(&desk, "First", "a zebra").await;
        pass(&desk, SignedDuration::from_hours(72)).await;
        let second = open_ticket(&desk, "Second", "a zebra too").await;
        note(&desk, first, "the zebra came back").await;
        desk.settle(&Courier::default()).await.unwrap();
        let (first, second) = (number(&desk, first).await, number(&desk, second).await);
        for (asked, expected) in [
            ("after:today", vec![second]),
            ("before:today", vec![first]),
            ("on:3d", vec![first]),
            ("-on:3d", vec![second]),
            ("after:3d", vec![second, first]),
            ("after:today zebra", vec![first, second]),
            ("before:today zebra", vec![first]),
            ("on:yesterday zebra", vec![]),
            ("-before:today zebra", vec![first, second]),
        ] {
            assert_eq!(numbers(&desk, asked).await, expected, "{asked}");
        }
        let before = found_by(&desk, "zebra before:today", 50).await;
        assert_eq!(before[0].snippet.to_html(), "a <mark>zebra</mark>", "where it stood on those days");
    })
    .await;
}

#[tokio::test]
async fn pages_by_operators_leave_no_gap_and_repeat_none() {
    on_each_database(async |desk| {
        for number in 0..13 {
            let id = open_ticket(&desk, &format!("Ticket {number}"), "a zebra").await;
            if number % 2 == 0 {
                note(&desk, id, "zebra again").await;
            }
        }
        desk.settle(&Courier::default()).await.unwrap();
        for asked in [
            "is:open",
            "after:today",
            "is:open zebra",
            "after:today zebra",
            "from:maria",
            "-is:closed",
            "from:maria zebra",
            "zebra ",
        ] {
            let whole = numbers(&desk, asked).await;
            assert_eq!(whole.len(), 13, "{asked}");
            for limit in [1, 3, 12, 13] {
                let paged: Vec<i64> =
                    found_by(&desk, asked, limit).await.iter().map(|hit| hit.ticket.as_ref().unwrap().number).collect();
                assert_eq!(paged, whole, "{asked} by {limit}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_stands_on_few_tickets_is_found_behind_all_that_is_newer() {
    on_each_database(async |desk| {
        let of_jo = of_jo(&desk).await;
        note(&desk, of_jo, "the zebra is in a note").await;
        note(&desk, of_jo, "nothing here").await;
        // More places than are looked at first, of somebody else's tickets and then of this one.
        for told in 0..40 {
            open_ticket(&desk, &format!("Zebra {told}"), "another animal").await;
        }
        for told in 0..40 {
            note(&desk, of_jo, &format!("told {told}")).await;
        }
        desk.settle(&Courier::default()).await.unwrap();
        let of_jo = number(&desk, of_jo).await;
        for found in ["from:jo zebra ", "from:jo zebra in:notes", "from:jo smoke ", "from:jo told "] {
            assert_eq!(numbers(&desk, found).await, [of_jo], "{found}");
        }
        for none in
            ["from:jo animal ", "from:jo smoke in:notes", "from:jo zebra in:messages", "from:jo zebra is:closed"]
        {
            assert_eq!(numbers(&desk, none).await, NONE, "{none}");
        }
    })
    .await;
}

#[tokio::test]
async fn people_are_found_by_words_alone_and_said_to_be_nobody_or_too_many() {
    on_each_database(async |desk| {
        open_ticket(&desk, "Hello", "from Maria").await;
        for number in 0..51 {
            let email = format!("zoe{number}@many.example");
            let zoe = UpsertContact { email, name: Some("Zoe".to_owned()), ..Default::default() };
            desk.handle(&Actor::Desk, Command::UpsertContact(zoe)).await.unwrap();
        }
        desk.settle(&Courier::default()).await.unwrap();
        assert_eq!(page(&desk, "acme", None, 50).await.items[0].kind, Kind::Organization);
        assert!(page(&desk, "acme is:open", None, 50).await.items.iter().all(|hit| hit.ticket.is_some()));
        let said = async |text: &str| page(&desk, text, None, 50).await.notices;
        assert!(matches!(said("from:nobody-here").await[..], [Notice::Nobody { .. }]));
        assert!(matches!(said("from:zoe").await[..], [Notice::TooMany { taken: 50, .. }]));
        assert_eq!(said("from:maria org:acme to:ana").await, []);
    })
    .await;
}

/// So many tickets like this one that changed later and are not urgent.
async fn copy(desk: &Desk, ticket: Id, count: i64) {
    let copying = desk.ground.change(&Actor::Desk, move |context| {
        async move {
            sql("WITH RECURSIVE copies (number) AS (
                    SELECT CAST(1 AS BIGINT) UNION ALL SELECT copies.number + 1 FROM copies WHERE copies.number < $2
                )
                INSERT INTO tickets (id, number, subject, status, waiting_on, priority, rank, playbook, state, requester_id, team,
                    fields, version, created_at, updated_at)
                SELECT id + copies.number, tickets.number + 100000 + copies.number, subject, status, waiting_on, 'low', 3, playbook,
                    state, requester_id, team, fields, version, created_at, updated_at + copies.number
                FROM tickets JOIN copies ON tickets.id = $1")
            .bind(ticket)
            .bind(count)
            .execute(context.tx)
            .await?;
            Ok(())
        }
        .boxed()
    });
    copying.await.unwrap();
}

#[tokio::test]
async fn what_is_rare_is_looked_for_a_bounded_way_at_a_time_and_found_in_the_end() {
    on_each_database(async |desk| {
        let rare = of_jo(&desk).await;
        desk.settle(&Courier::default()).await.unwrap();
        let ana = agent(&desk, "Ana").await;
        let many = i64::from(LOOKED_MAX) + 50;
        copy(&desk, rare, many).await;
        let wanted = Wanted::read("priority:urgent").unwrap();
        let (mut after, mut pages, mut found) = (None, 0, Vec::new());
        loop {
            let page = search::find(&desk.ground, &ana, &wanted, &TimeZone::UTC, after, 30).await.unwrap();
            found.extend(page.items.iter().map(|hit| hit.id));
            (after, pages) = (page.next, pages + 1);
            if after.is_none() {
                break;
            }
        }
        assert_eq!((found, pages), (vec![rare], 2));
    })
    .await;
}

#[tokio::test]
async fn what_operators_alone_find_is_a_list_and_what_words_find_is_none() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        of_jo(&desk).await;
        let conn = &mut desk.read().await.unwrap();
        let mut listed = async |text: &str| {
            let wanted = Wanted::read(text).unwrap();
            search::as_list(conn, &ana, &wanted, desk.now(), &TimeZone::UTC).await.unwrap().map(|cut| cut.pairs())
        };
        let pairs = listed("is:open is:mine team:support tag:hot priority:urgent -is:snoozed").await.unwrap();
        let said: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(said, ["assignee=me", "priority=urgent", "snoozed=no", "status=open", "tag=hot", "team=support"]);
        assert!(listed("org:other").await.unwrap().contains_key("organization"));
        for none in ["printer", "is:open printer", "-is:open", "is:open is:solved", "has:attachment", "after:7d", "#1"]
        {
            assert_eq!(listed(none).await, None, "{none}");
        }
    })
    .await;
}
