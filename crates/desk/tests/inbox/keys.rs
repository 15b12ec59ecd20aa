use std::collections::BTreeMap;

use desk::agents::keys::{self, Keys};
use desk::handle::{Command, KeepKeys};
use desk::{Actor, Desk, Result};

use super::open::{agent, on_each_database};

fn changed(pairs: &[(&str, &str)]) -> Keys {
    let changed: BTreeMap<String, String> =
        pairs.iter().map(|(action, key)| ((*action).to_owned(), (*key).to_owned())).collect();
    Keys { off: false, changed }
}

async fn keep(desk: &Desk, who: &Actor, keys: Keys) -> Result<()> {
    desk.handle(who, Command::KeepKeys(KeepKeys(keys))).await.map(drop)
}

async fn kept(desk: &Desk, who: &Actor) -> Keys {
    keys::of(&mut desk.read().await.unwrap(), who.agent_id().unwrap()).await.unwrap()
}

#[tokio::test]
async fn each_person_has_keys_of_their_own_and_no_two_actions_the_same() {
    on_each_database(async |desk| {
        let (ana, bo) = (agent(&desk, "Ana").await, agent(&desk, "Bo").await);
        assert_eq!(kept(&desk, &ana).await, Keys::default());
        let hers = Keys { off: true, ..changed(&[("solve", "ü"), ("why", "")]) };
        keep(&desk, &ana, hers.clone()).await.unwrap();
        assert_eq!((kept(&desk, &ana).await, kept(&desk, &bo).await), (hers.clone(), Keys::default()));
        for wrong in [
            changed(&[("solve", "ab")]),
            changed(&[("solve", " ")]),
            changed(&[("", "a")]),
            changed(&[("solve", "d"), ("why", "d")]),
        ] {
            assert_eq!(keep(&desk, &ana, wrong).await.unwrap_err().fields[0].field, "keys");
        }
        assert_eq!(kept(&desk, &ana).await, hers);
        let program = Actor::Program { name: "importer".into(), role: desk::Role::Agent };
        assert_eq!(keep(&desk, &program, changed(&[])).await.unwrap_err().code, "forbidden");
    })
    .await;
}
