//! Collaborators read and note on the tickets of their teams and those they are asked about, and see no others.

use desk::error::Kind;
use desk::handle::account::{Account, SetTeams};
use desk::handle::{Answer, Assign, Choose, Command, Reply, ReplyKind};
use desk::page::Page;
use desk::rights::Scope;
use desk::runs::history;
use desk::tickets::{self, Filter};
use desk::{Actor, Desk, Role, attachments, messages, notifications, questions};
use playbook::Files;
use store::Id;

use crate::open::{Courier, mail_in, on_each_database, on_each_database_with, ticket, without_stories};
use crate::{reached, who, with_password};

const ASKING: &str = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\ninitial: asking\nstates:\n\
    \x20 asking:\n    entry: [ { ask: { as: colour, who: Cy, text: Which colour?, answers: [ red, blue ] } } ]\n\
    \x20   on: { colour.red: red, colour.blue: red }\n  red: { choices: { end: { label: End, target: over } } }\n  over: { type: final }\n";

fn asking() -> Option<Files> {
    let mut files = without_stories();
    files.insert("playbooks/general-request.yaml".to_owned(), ASKING.to_owned());
    Some(files)
}

async fn opened(desk: &Desk, subject: &str) -> Id {
    let raw = format!(
        "From: maria@acme.example\nTo: help@desk.example\nSubject: {subject}\nMessage-ID: <{subject}@acme.example>\n\
         MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHi\n\
         --b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=list.txt\n\none\n--b--\n"
    );
    let ticket = mail_in(desk, &raw).await.unwrap().ticket().unwrap();
    desk.settle(&Courier::default()).await.unwrap();
    ticket
}

async fn listed(desk: &Desk, actor: &Actor, filter: &Filter) -> Vec<Id> {
    let page = Page { after: None, limit: 50 };
    let scope = Scope::of(actor).unwrap();
    let listed = tickets::list(&mut desk.read().await.unwrap(), scope, filter, page).await.unwrap();
    listed.items.into_iter().map(|row| row.ticket.id).collect()
}

/// Whether every way to read a ticket shows it, or none does.
async fn reads(desk: &Desk, actor: &Actor, id: Id) -> bool {
    let scope = Scope::of(actor).unwrap();
    let number = ticket(desk, id).await.number;
    let conn = &mut desk.read().await.unwrap();
    let ways = [
        tickets::show(conn, scope, id).await.is_ok(),
        tickets::show_by_number(conn, scope, number).await.is_ok(),
        tickets::summary(conn, scope, id).await.is_ok(),
        messages::of_ticket(conn, scope, id, 9).await.is_ok(),
        attachments::of_ticket(conn, scope, id).await.is_ok(),
        questions::of_ticket(conn, scope, id, 9).await.is_ok(),
        notifications::of_ticket(conn, scope, id, 9).await.is_ok(),
        history::of_ticket(conn, scope, id, 9).await.is_ok(),
        desk.view(conn, scope, id).await.is_ok(),
        scope.sees(conn, id).await.unwrap(),
    ];
    assert!(ways.iter().all(|way| *way == ways[0]), "{ways:?}");
    ways[0]
}

async fn set_teams(desk: &Desk, agent: &Actor, teams: &[&str]) {
    let teams = teams.iter().map(|team| (*team).to_owned()).collect();
    let set = SetTeams { agent: agent.agent_id().unwrap(), teams };
    desk.account(&Actor::Desk, Account::SetTeams(set)).await.unwrap();
}

#[tokio::test]
async fn they_see_the_tickets_of_their_teams_by_every_way_and_no_others() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let cy = with_password(&desk, "Cy", Role::Collaborator).await;
        let id = opened(&desk, "one").await;
        let agent = who(&desk, "ana@desk.example").await;
        let file = {
            let mut conn = desk.read().await.unwrap();
            attachments::of_ticket(&mut conn, Scope::of(&agent).unwrap(), id).await.unwrap()[0].1.id
        };
        let sees_file =
            async |scope: Scope| attachments::show(&mut desk.read().await.unwrap(), scope, file).await.is_ok();
        assert!(!reads(&desk, &cy, id).await, "Cy is of customer solutions");
        assert!(!sees_file(Scope::of(&cy).unwrap()).await);
        assert!(listed(&desk, &cy, &Filter::default()).await.is_empty());
        assert!(reads(&desk, &agent, id).await);

        set_teams(&desk, &cy, &["support"]).await;
        assert!(reads(&desk, &cy, id).await);
        assert!(sees_file(Scope::of(&cy).unwrap()).await);
        assert_eq!(listed(&desk, &cy, &Filter::default()).await, [id]);
        let state = Some(ticket(&desk, id).await.state);
        assert_eq!(listed(&desk, &cy, &Filter { state, ..Filter::default() }).await, [id], "within a cut as well");
        set_teams(&desk, &cy, &[]).await;
        assert!(!reads(&desk, &cy, id).await, "and no longer than they belong to it");
    })
    .await;
}

#[tokio::test]
async fn they_note_and_do_nothing_else() {
    on_each_database(async |desk| {
        let desk = reached(desk).await;
        let cy = with_password(&desk, "Cy", Role::Collaborator).await;
        let id = opened(&desk, "one").await;
        let write = |kind| {
            Command::Reply(Reply {
                ticket: id,
                body: "Looks right.".to_owned(),
                kind,
                seen: None,
                key: None,
                files: Vec::new(),
            })
        };
        assert_eq!(
            desk.handle(&cy, write(ReplyKind::Note)).await.unwrap_err().kind,
            Kind::NotFound,
            "not their ticket"
        );
        set_teams(&desk, &cy, &["support"]).await;
        desk.handle(&cy, write(ReplyKind::Note)).await.unwrap();
        assert_eq!(desk.handle(&cy, write(ReplyKind::Reply)).await.unwrap_err().kind, Kind::Forbidden);
        let (inputs, fields) = Default::default();
        let choose = Choose { ticket: id, choice: "x".to_owned(), note: None, inputs, fields, key: None };
        assert_eq!(desk.handle(&cy, Command::Choose(choose)).await.unwrap_err().kind, Kind::Forbidden);
        let assign = Command::Assign(Assign { ticket: id, agent: None });
        assert_eq!(desk.handle(&cy, assign).await.unwrap_err().kind, Kind::Forbidden);
        desk.settle(&Courier::default()).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn who_is_asked_sees_the_ticket_and_answers() {
    on_each_database_with(asking(), async |desk| {
        let desk = reached(desk).await;
        let cy = with_password(&desk, "Cy", Role::Collaborator).await;
        let bo = with_password(&desk, "Bo", Role::Collaborator).await;
        let id = opened(&desk, "one").await;
        assert!(reads(&desk, &cy, id).await && !reads(&desk, &bo, id).await);
        let asked = questions::find_by_name(&mut desk.read().await.unwrap(), id, "colour").await.unwrap().unwrap();
        let answer = || Command::Answer(Answer { question: asked.id, answer: "red".to_owned(), note: None, key: None });
        assert_eq!(desk.handle(&bo, answer()).await.unwrap_err().kind, Kind::NotFound);
        desk.handle(&cy, answer()).await.unwrap();
        assert_eq!(ticket(&desk, id).await.state, "red");
        assert!(reads(&desk, &cy, id).await, "what came of it is shown to them");
    })
    .await;
}
