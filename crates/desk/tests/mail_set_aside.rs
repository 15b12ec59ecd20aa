//! Mail that could not be understood, and the colleague who makes a ticket of it.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

mod open;

use desk::error::Kind;
use desk::handle::{Command, FileKept, OpenKept, Outcome};
use desk::rights::Scope;
use desk::{Actor, mailboxes, messages, notifications};
use open::{agent, all_tickets, mail_in, on_each_database, ticket};

#[tokio::test]
async fn a_colleague_reads_what_was_set_aside_and_opens_one_ticket_of_it() {
    on_each_database(async |desk| {
        let raw = "Subject: Who am I\nMessage-ID: <w@acme.example>\n\nThe page does not open.\n";
        mail_in(&desk, raw).await.unwrap();
        let ana = agent(&desk, "Ana").await;
        let kept = mailboxes::kept(&mut desk.read().await.unwrap(), &ana, Default::default()).await.unwrap();
        let [mail] = &kept.items[..] else { panic!("{kept:?}") };
        assert_eq!((mail.outcome.as_str(), mail.ticket), ("set_aside", None));
        assert_eq!((mail.sender.as_str(), mail.subject.as_str()), ("", "Who am I"));
        let (_, bytes) = mailboxes::kept_mail(&mut desk.read().await.unwrap(), &ana, mail.id).await.unwrap();
        assert_eq!(String::from_utf8(bytes).unwrap().replace("\r\n", "\n"), raw);

        let open = |from: &str| Command::OpenKept(OpenKept { mail: mail.id, from: from.to_owned() });
        let nobody = desk.handle(&ana, open("nobody")).await.unwrap_err();
        assert_eq!(nobody.fields[0].field, "from");
        desk.handle(&Actor::Outside, open("maria@acme.example")).await.unwrap_err();
        let opened = desk.handle(&ana, open("Maria@acme.example")).await.unwrap().ticket().unwrap();
        let again = desk.handle(&ana, open("maria@acme.example")).await.unwrap().ticket().unwrap();
        assert_eq!((again, all_tickets(&desk).await.len()), (opened, 1));
        assert_eq!(ticket(&desk, opened).await.subject, "Who am I");
        let scope = Scope::of(&ana).unwrap();
        let thread = messages::of_ticket(&mut desk.read().await.unwrap(), scope, opened, 10).await.unwrap();
        assert_eq!((thread[0].author.name.as_str(), thread[0].text.as_str()), ("Maria", "The page does not open."));
        let kept = mailboxes::kept(&mut desk.read().await.unwrap(), &ana, Default::default()).await.unwrap();
        assert_eq!((kept.items[0].outcome.as_str(), kept.items[0].ticket), ("opened", Some(opened)));
    })
    .await;
}

#[tokio::test]
async fn what_was_set_aside_waits_until_somebody_has_looked_at_it_and_is_told_once() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        let waiting = async || mailboxes::set_aside(&mut desk.read().await.unwrap(), &ana).await.unwrap();
        let told = async || {
            let scope = Scope::of(&ana).unwrap();
            let all = notifications::beside_tickets(&mut desk.read().await.unwrap(), scope, 9).await.unwrap();
            all.into_iter().map(|notice| (notice.audience, notice.text)).collect::<Vec<_>>()
        };
        assert_eq!((waiting().await, told().await), (0, Vec::new()));
        for subject in ["One", "Two", "Three"] {
            mail_in(&desk, &format!("Subject: {subject}\n\nNobody wrote this.\n")).await.unwrap();
        }
        let text = "A mail was set aside: it does not say who it is from. It waits under Kept mail for somebody to look at it.";
        let once = [("owner".to_owned(), text.to_owned()), ("lead".to_owned(), text.to_owned())];
        assert_eq!((waiting().await, told().await), (3, once.to_vec()), "once for all that wait");
        let kept = mailboxes::kept(&mut desk.read().await.unwrap(), &ana, Default::default()).await.unwrap();
        let ids: Vec<_> = kept.items.iter().map(|kept| kept.id).collect();

        let file = |mail| Command::FileKept(FileKept { mail });
        desk.handle(&Actor::Outside, file(ids[0])).await.unwrap_err();
        assert_eq!(desk.handle(&ana, file(store::Id(1))).await.unwrap_err().kind, Kind::NotFound);
        for (turn, moved) in [(0, true), (0, false), (1, true)] {
            let outcome = desk.handle(&ana, file(ids[turn])).await.unwrap();
            assert!(matches!(outcome, Outcome::Moved(did) if did == moved), "{outcome:?}");
        }
        let open = OpenKept { mail: ids[2], from: "maria@acme.example".to_owned() };
        desk.handle(&ana, Command::OpenKept(open)).await.unwrap();
        let outcome = desk.handle(&ana, file(ids[2])).await.unwrap();
        assert!(matches!(outcome, Outcome::Moved(false)), "it has a ticket: {outcome:?}");
        assert_eq!(waiting().await, 0);
        let kept = mailboxes::kept(&mut desk.read().await.unwrap(), &ana, Default::default()).await.unwrap();
        let outcomes: Vec<&str> = kept.items.iter().map(|kept| kept.outcome.as_str()).collect();
        assert_eq!(outcomes, ["filed", "filed", "opened"], "nothing is thrown away");
        mail_in(&desk, "Subject: Four\n\nNobody wrote this either.\n").await.unwrap();
        assert_eq!((waiting().await, told().await.len()), (1, 4), "told anew");
    })
    .await;
}

#[tokio::test]
async fn the_list_of_kept_mail_says_whose_each_is_whatever_stands_in_its_head() {
    on_each_database(async |desk| {
        let folded = "From: =?utf-8?Q?Not=C3=ADcias?= <news@list.example>\nList-Id: <n.example>\nSubject: Two\n lines\n\nSubject: no\n";
        let long = format!("List-Id: <n.example>\nFrom: news@list.example\nSubject: {}\n\nNews\n", "long ".repeat(500));
        let late = format!("List-Id: <n.example>\nFrom: n@list.example\n{}Subject: Late\n\nx\n", "X-Pad: pad\n".repeat(9_000));
        for raw in [folded, &long, &late] {
            mail_in(&desk, raw).await.unwrap();
        }
        let ana = agent(&desk, "Ana").await;
        let kept = mailboxes::kept(&mut desk.read().await.unwrap(), &ana, Default::default()).await.unwrap().items;
        let [late, long, folded] = &kept[..] else { panic!("{kept:?}") };
        assert_eq!((folded.sender.as_str(), folded.subject.as_str()), ("Notícias <news@list.example>", "Two lines"));
        assert!(long.subject.starts_with("long long") && long.subject.len() <= 300, "{}", long.subject.len());
        assert_eq!((late.sender.as_str(), late.subject.as_str()), ("n@list.example", ""), "beyond what is looked through");
    })
    .await;
}
