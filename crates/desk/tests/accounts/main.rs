//! How people get in: setting up, signing in, links that count once, who sees and may what. On both engines.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

#[path = "../open/mod.rs"]
mod open;

mod clock;
mod collaborators;
mod links;
mod people;
mod searching;
mod set_up;
mod sign_in;

use desk::accounts::{Hasher, Secret, find_by_address, sessions};
use desk::entry::{Entered, Joining, NewPassword};
use desk::handle::account::{SignedIn, Visitor};
use desk::settings::PublicUrl;
use desk::{Actor, Desk, Role, agents};
use store::{Chance, Id};

/// A password that is taken.
pub const PASSWORD: &str = "otter lamp violet nine";
/// Another one.
pub const OTHER: &str = "seven grey kites at noon";

/// The desk with a public address, hashing cheaply.
pub async fn reached(desk: Desk) -> Desk {
    let url = PublicUrl::read("https://desk.acme.example").unwrap();
    desk.hashing(Hasher::costing(Chance::seeded(9), 64, 1)).reached_at(url, true).await.unwrap()
}

/// Somebody at a browser that was never seen before, from this place.
pub fn from(peer: &str) -> Visitor {
    Visitor { peer: peer.parse().ok(), device: "Firefox, Linux".to_owned(), known_by: None }
}

/// The id of an agent by name.
pub async fn id(desk: &Desk, name: &str) -> Id {
    agents::find_by_name(&mut desk.read().await.unwrap(), name).await.unwrap().unwrap().id
}

/// An agent as the one who does something, whatever their role is by now.
pub async fn who(desk: &Desk, address: &str) -> Actor {
    find_by_address(&mut desk.read().await.unwrap(), address).await.unwrap().unwrap().agent.as_actor()
}

/// An agent of the given role with [`PASSWORD`].
pub async fn with_password(desk: &Desk, name: &str, role: Role) -> Actor {
    let agent = id(desk, name).await;
    let change = desk::handle::account::ChangeRole { agent, role };
    desk.account(&Actor::Desk, desk::handle::account::Account::ChangeRole(change)).await.unwrap();
    desk.set_password(agent, PASSWORD).await.unwrap();
    who(desk, &format!("{}@desk.example", name.to_lowercase())).await
}

/// Signs somebody in who must be let in.
pub async fn signed_in(desk: &Desk, address: &str, password: &str, visitor: Visitor) -> SignedIn {
    match desk.sign_in(address, password, visitor).await.unwrap() {
        Entered::In(signed_in) => signed_in,
        other => panic!("{other:?}"),
    }
}

/// Whether a session is open.
pub async fn is_in(desk: &Desk, session: &Secret) -> bool {
    sessions::find(&mut desk.read().await.unwrap(), &session.0, desk.now()).await.unwrap().is_some()
}

/// A new password, chosen at some browser.
pub fn new(password: &str) -> NewPassword {
    NewPassword { password: password.to_owned(), visitor: from("192.0.2.7") }
}

/// What somebody says who was invited.
pub fn joining(name: &str) -> Joining {
    Joining { name: name.to_owned(), language: Some("pt".to_owned()) }
}
