//! What slows down whoever guesses. Attempts are counted in the database, so they count over restarts and for all nodes. Beyond
//! an allowance each makes the next wait, twice as long each time up to a bound: a growing delay and never a lock.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::queries;
use crate::{Context, Result};

/// After so long without an attempt the count begins anew.
const FORGOTTEN_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// What is counted, for whom, and how patiently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    key: String,
    allowance: i64,
    first: SignedDuration,
    longest: SignedDuration,
}

impl Limit {
    fn new(kind: &str, parts: &[&str], allowance: i64, first: SignedDuration, longest: SignedDuration) -> Self {
        let digest = parts.iter().fold(Sha256::new(), |digest, part| {
            // Each with its length, so that no two run into one.
            digest.chain_update(part.len().to_le_bytes()).chain_update(part.as_bytes())
        });
        Self { key: format!("{kind}:{}", store::chance::hex(&digest.finalize())), allowance, first, longest }
    }

    /// Signing in to one account from one place.
    pub fn account_from(address: &str, peer: Option<IpAddr>) -> Self {
        let (address, place) = (lower(address), place(peer));
        Self::new("account-from", &[&address, &place], 5, SignedDuration::from_secs(2), SignedDuration::from_mins(15))
    }

    /// Signing in from one place, to whichever accounts.
    pub fn place(peer: Option<IpAddr>) -> Self {
        Self::new("place", &[&place(peer)], 30, SignedDuration::from_secs(2), SignedDuration::from_mins(15))
    }

    /// Signing in to one account from wherever: only for browsers that never signed in to it. The wait stays short, since it
    /// meets its owner at a new browser too.
    pub fn account(address: &str) -> Self {
        Self::new("account", &[&lower(address)], 30, SignedDuration::from_secs(1), SignedDuration::from_mins(1))
    }

    /// Asking for a link to one address: what fills somebody's mailbox.
    pub fn letters_to(address: &str) -> Self {
        Self::new("letters", &[&lower(address)], 3, SignedDuration::from_mins(5), SignedDuration::from_hours(6))
    }

    /// Asking for links from one place.
    pub fn letters_from(peer: Option<IpAddr>) -> Self {
        Self::new("letters-from", &[&place(peer)], 20, SignedDuration::from_mins(1), SignedDuration::from_hours(1))
    }

    /// How long the next attempt waits after `count` attempts.
    fn wait_after(&self, count: i64) -> SignedDuration {
        let beyond = count - self.allowance;
        if beyond < 0 {
            return SignedDuration::ZERO;
        }
        let doublings = i32::try_from(beyond.min(30)).unwrap_or(30);
        let wait =
            self.first.checked_mul(1_i32.checked_shl(u32::try_from(doublings).unwrap_or(30)).unwrap_or(i32::MAX));
        wait.unwrap_or(self.longest).min(self.longest)
    }
}

fn lower(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Where a request comes from, as far as it tells people apart: the network of an IPv6 address, since a household has all of it.
fn place(peer: Option<IpAddr>) -> String {
    match peer.map(|peer| peer.to_canonical()) {
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Some(address) => address.to_string(),
        None => "nowhere".to_owned(),
    }
}

/// Counts an attempt under every limit, unless one of them says to wait: then the latest instant at which all let it through is
/// given, and nothing is counted. It is counted before it is made, so that many at once are not one.
pub async fn count(context: &mut Context<'_>, limits: &[Limit]) -> Result<Option<Timestamp>> {
    let mut counted = Vec::with_capacity(limits.len());
    let mut wait = None;
    for limit in limits {
        queries::make_attempt(context.tx, &limit.key, context.now).await?;
        let (count, free_at, last_at) = queries::lock_attempt(context.tx, &limit.key).await?;
        // An attempt of a time to come was counted under a clock that was ahead: nobody waits until then.
        let is_strange = last_at > context.now + limit.longest;
        if free_at > context.now && !is_strange {
            wait = wait.max(Some(free_at));
        }
        let is_old = context.now.duration_since(last_at) > FORGOTTEN_AFTER;
        counted.push((limit, if is_old { 1 } else { count + 1 }));
    }
    if wait.is_some() {
        return Ok(wait);
    }
    for (limit, count) in counted {
        let free_at = context.now + limit.wait_after(count);
        queries::count_attempt(context.tx, &limit.key, count, free_at, context.now).await?;
    }
    queries::remove_old_attempts(context.tx, context.now - FORGOTTEN_AFTER).await?;
    Ok(None)
}

/// Forgets what was counted: whoever tried was who they said.
pub async fn forget(context: &mut Context<'_>, limits: &[Limit]) -> Result<()> {
    for limit in limits {
        queries::remove_attempt(context.tx, &limit.key).await?;
    }
    Ok(())
}

/// Takes one attempt back: it was a good one, and others from the same place still count.
pub async fn take_back(context: &mut Context<'_>, limit: &Limit) -> Result<()> {
    Ok(queries::take_attempt_back(context.tx, &limit.key, context.now).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_begins_after_the_allowance_doubles_and_stops_growing() {
        let limit = Limit::account_from("ana@desk.example", None);
        let waits: Vec<i64> = (1..20).map(|count| limit.wait_after(count).as_secs()).collect();
        assert_eq!(&waits[..8], &[0, 0, 0, 0, 2, 4, 8, 16]);
        assert!(waits.is_sorted());
        assert_eq!(waits.last(), Some(&900));
        assert_eq!(limit.wait_after(i64::MAX).as_secs(), 900, "however many there were");
    }

    #[test]
    fn the_wait_for_an_account_from_wherever_is_never_long() {
        assert_eq!(Limit::account("ana@desk.example").wait_after(1_000_000).as_secs(), 60);
    }

    #[test]
    fn keys_name_nobody_and_tell_places_apart_as_people_have_them() {
        let of = |address: &str, peer: &str| Limit::account_from(address, peer.parse().ok());
        assert!(!of("ana@desk.example", "192.0.2.7").key.contains("ana"));
        assert_eq!(of("Ana@Desk.example ", "192.0.2.7"), of("ana@desk.example", "192.0.2.7"));
        assert_ne!(of("ana@desk.example", "192.0.2.7"), of("ana@desk.example", "192.0.2.8"));
        assert_eq!(of("a@b.example", "2001:db8:1:2::7"), of("a@b.example", "2001:db8:1:2:ffff::1"), "one network");
        assert_ne!(of("a@b.example", "2001:db8:1:2::7"), of("a@b.example", "2001:db8:1:3::7"));
        assert_eq!(of("a@b.example", "::ffff:192.0.2.7"), of("a@b.example", "192.0.2.7"));
    }
}
