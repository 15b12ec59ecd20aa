use desk::handle::{AddAgent, Command, KeepView, Outcome, RemoveView};
use desk::tickets::bulk::Deed;
use desk::tickets::views::{self, Cut, NewView, Standing, VIEWS_MAX, View, Whose};
use desk::tickets::{Order, Priority};
use desk::{Actor, Desk, Result, Role, agents};
use jiff::SignedDuration;
use store::Id;

use super::open::{Courier, agent, child, on_each_database, submitted};
use super::{change, listed, mails, minute};

async fn keep(desk: &Desk, who: &Actor, id: Option<Id>, view: NewView) -> Result<Id> {
    match desk.handle(who, Command::KeepView(KeepView { id, view })).await? {
        Outcome::View(id) => Ok(id),
        other => panic!("{other:?} is no view"),
    }
}

async fn rail(desk: &Desk, who: &Actor) -> Vec<View> {
    views::of(&mut desk.read().await.unwrap(), who).await.unwrap()
}

fn of_acme(name: &str) -> NewView {
    let cut = Cut { component: Some("Acme".to_owned()), ..Cut::default() };
    NewView { name: name.to_owned(), cut, order: Order::Oldest, team: None }
}

#[tokio::test]
async fn each_view_of_the_desk_holds_what_its_name_says() {
    on_each_database(async |desk| {
        let courier = Courier::default();
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        let first = submitted(&desk, &courier).await.id;
        let config = child(&desk, first, "config").await.id;
        minute(&desk);
        let asked = mails(&desk, 2).await;
        change(&desk, &ana, asked[0], Deed::Assign { agent: ana.agent_id() }).await.unwrap();
        let view = async |who: &Actor, view: Standing| listed(&desk, who, &view.cut(), view.order()).await;

        assert_eq!(view(&ana, Standing::Mine).await, [asked[0]]);
        assert_eq!(view(&ana, Standing::Unassigned).await, [asked[1], first]);
        assert_eq!(view(&ana, Standing::Teams).await, [asked[0], asked[1], first]);
        assert_eq!(view(&bo, Standing::Teams).await, [config]);
        assert!(view(&ana, Standing::Us).await.contains(&asked[1]));
        assert_eq!(view(&ana, Standing::All).await.len(), 4);
        let until = desk.now() + SignedDuration::from_hours(5);
        change(&desk, &ana, asked[0], Deed::Snooze { until: Some(until) }).await.unwrap();
        assert_eq!(view(&ana, Standing::Mine).await, []);
        assert_eq!(view(&ana, Standing::Snoozed).await, [asked[0]]);
        assert_eq!(view(&ana, Standing::Solved).await, []);
    })
    .await;
}

#[tokio::test]
async fn lists_are_sorted_by_change_by_priority_and_by_what_is_due() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        let asked = mails(&desk, 5).await;
        for (place, priority) in [(3, Priority::Urgent), (1, Priority::High), (4, Priority::High), (0, Priority::Low)] {
            change(&desk, &ana, asked[place], Deed::Priority { priority }).await.unwrap();
            minute(&desk);
        }
        let everything = Cut::default();
        let by = async |order| listed(&desk, &ana, &everything, order).await;
        let newest = by(Order::Newest).await;
        assert_eq!(newest, [0, 4, 1, 3, 2].map(|place| asked[place]));
        assert_eq!(by(Order::Oldest).await, newest.into_iter().rev().collect::<Vec<_>>());
        assert_eq!(by(Order::Priority).await, [3, 1, 4, 2, 0].map(|place| asked[place]));
        let high = Cut { priority: Some(Priority::High), ..Cut::default() };
        assert_eq!(listed(&desk, &ana, &high, Order::Priority).await, [asked[1], asked[4]]);

        // What is due stands before what is never due, and each where its own next instant is.
        let sorted = by(Order::Due).await;
        assert_eq!(sorted.len(), asked.len());
        let mut dues = Vec::new();
        for id in sorted {
            let scope = desk::rights::Scope::of(&ana).unwrap();
            let view = desk.view(&mut desk.read().await.unwrap(), scope, id).await.unwrap();
            dues.push(view.timers.iter().map(|timer| timer.due).min().unwrap_or(jiff::Timestamp::MAX));
        }
        assert!(dues.is_sorted(), "{dues:?}");
    })
    .await;
}

#[tokio::test]
async fn a_view_is_its_keepers_own_or_its_teams() {
    on_each_database(async |desk| {
        let new = agents::NewAgent {
            name: "Lea".to_owned(),
            address: "lea@desk.example".to_owned(),
            role: Role::Lead,
            teams: Vec::new(),
        };
        desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(new))).await.unwrap();
        let (ana, bo, lea) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await, agent(&desk, "Lea").await);
        let own = keep(&desk, &ana, None, of_acme(" Acme ")).await.unwrap();
        let shared = NewView { team: Some("customer-solutions".to_owned()), ..of_acme("Everybody's Acme") };
        assert_eq!(keep(&desk, &bo, None, shared.clone()).await.unwrap_err().code, "forbidden");
        let shared = keep(&desk, &lea, None, shared).await.unwrap();

        let names = |views: Vec<View>| views.into_iter().map(|view| view.name).collect::<Vec<_>>();
        assert_eq!(names(rail(&desk, &ana).await), ["Acme"]);
        assert_eq!(names(rail(&desk, &bo).await), ["Everybody's Acme"]);
        assert_eq!(rail(&desk, &ana).await[0].cut.component.as_deref(), Some("Acme"));
        assert_eq!(rail(&desk, &ana).await[0].order, Order::Oldest);
        let found = async |who: &Actor, id| views::find(&mut desk.read().await.unwrap(), who, id).await.is_ok();
        assert_eq!((found(&bo, own).await, found(&bo, shared).await, found(&ana, shared).await), (false, true, false));

        let mine = NewView { cut: Cut { whose: Some(Whose::Mine), ..Cut::default() }, ..of_acme("Mine of Acme") };
        assert_eq!(keep(&desk, &bo, Some(own), mine.clone()).await.unwrap_err().code, "not-found");
        assert_eq!(keep(&desk, &bo, Some(shared), mine.clone()).await.unwrap_err().code, "forbidden");
        keep(&desk, &ana, Some(own), mine).await.unwrap();
        assert_eq!(rail(&desk, &ana).await[0].cut.whose, Some(Whose::Mine));
        let remove = async |who: &Actor, id| desk.handle(who, Command::RemoveView(RemoveView { id })).await;
        assert!(remove(&bo, shared).await.is_err());
        remove(&lea, shared).await.unwrap();
        remove(&ana, own).await.unwrap();
        assert_eq!(remove(&ana, own).await.unwrap_err().code, "not-found");
        assert_eq!(rail(&desk, &bo).await, []);
    })
    .await;
}

#[tokio::test]
async fn nobody_keeps_a_view_without_a_name_or_more_than_there_is_room_for() {
    on_each_database(async |desk| {
        let ana = agent(&desk, "Ana").await;
        for name in ["", "  ", "a\nb", "x".repeat(61).as_str()] {
            assert_eq!(keep(&desk, &ana, None, of_acme(name)).await.unwrap_err().fields[0].field, "name");
        }
        for number in 0..VIEWS_MAX {
            keep(&desk, &ana, None, of_acme(&number.to_string())).await.unwrap();
        }
        assert_eq!(keep(&desk, &ana, None, of_acme("one more")).await.unwrap_err().code, "too-many-views");
        let program = Actor::Program { name: "importer".into(), role: Role::Agent };
        assert_eq!(keep(&desk, &program, None, of_acme("a program's")).await.unwrap_err().code, "no-person");
    })
    .await;
}
