//! Hashing passwords: argon2id at OWASP's cost, away from the threads that answer requests, a few at a time.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::SaltString;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use store::Chance;
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// What a hash costs, as OWASP asks for at least: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How many hashes are made at once: each takes its memory and a core for some tens of milliseconds.
const AT_ONCE: usize = 2;
/// How many may wait for that; more are told to come again, so that nobody can fill the memory with waiting requests.
const WAITING_MAX: usize = 64;

/// A hash with its salt and its cost, as a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$SALT$HASH`.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    pub(super) fn stored(text: String) -> Self {
        Self(text)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A hash is for nobody's eyes: one that leaks can be tried at leisure.
impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

/// What came of checking a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is another one, or there is none.
    Wrong,
    /// It is theirs.
    Right {
        /// The same hashed at today's cost, where the stored hash was cheaper.
        stronger: Option<PasswordHash>,
    },
}

/// Hashes passwords and checks them. Cheap to clone; clones share their queue and their count.
#[derive(Clone)]
pub struct Hasher {
    cost: Params,
    chance: Chance,
    lanes: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    done: Arc<AtomicU64>,
}

impl Hasher {
    /// At the cost that OWASP asks for.
    pub fn new(chance: Chance) -> Self {
        Self::costing(chance, MEMORY_KIB, PASSES)
    }

    /// At another cost, in KiB of memory and passes over it: for tests. A cost that argon2 does not know is the usual one.
    pub fn costing(chance: Chance, memory_kib: u32, passes: u32) -> Self {
        let cost = Params::new(memory_kib, passes, LANES, None).unwrap_or_default();
        Self {
            cost,
            chance,
            lanes: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: Arc::new(Semaphore::new(WAITING_MAX)),
            done: Arc::default(),
        }
    }

    /// How many hashes were made so far: a known account and an unknown one must cost the same.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::SeqCst)
    }

    /// Hashes a password under a fresh salt.
    pub async fn hash(&self, password: &str) -> Result<PasswordHash> {
        let salt = SaltString::encode_b64(&self.chance.bytes::<16>()?).map_err(|error| failed(&error))?;
        let (argon, password) = (self.argon(), password.to_owned());
        self.apart(move || {
            let hash = argon.hash_password(password.as_bytes(), &salt).map_err(|error| failed(&error))?;
            Ok(PasswordHash(hash.to_string()))
        })
        .await
    }

    /// Checks a password against what is stored. Where nothing is, the same work is done for nothing, so that time does not tell
    /// who has an account.
    pub async fn check(&self, password: &str, stored: Option<&PasswordHash>) -> Result<Checked> {
        let Some(stored) = stored else {
            self.hash(password).await?;
            return Ok(Checked::Wrong);
        };
        let (argon, given, stored) = (self.argon(), password.to_owned(), stored.clone());
        let (right, weak) = {
            let cost = self.cost.clone();
            self.apart(move || {
                let parsed = argon2::PasswordHash::new(stored.as_str()).map_err(|error| failed(&error))?;
                let weak = Params::try_from(&parsed).is_ok_and(|of| is_cheaper(&of, &cost));
                Ok((argon.verify_password(given.as_bytes(), &parsed).is_ok(), weak))
            })
            .await?
        };
        match (right, weak) {
            (false, _) => Ok(Checked::Wrong),
            (true, false) => Ok(Checked::Right { stronger: None }),
            (true, true) => Ok(Checked::Right { stronger: Some(self.hash(password).await?) }),
        }
    }

    fn argon(&self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.cost.clone())
    }

    /// Does `work` on a thread that may be slow, when it is its turn.
    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let _place =
            self.waiting.try_acquire().map_err(|_| Error::unavailable("Many people sign in at this moment."))?;
        let turn = Arc::clone(&self.lanes).acquire_owned().await;
        let turn = turn.map_err(|_| Error::unavailable("The desk is stopping."))?;
        self.done.fetch_add(1, Ordering::SeqCst);
        let done = tokio::task::spawn_blocking(move || {
            let outcome = work();
            // Held until the work is done, though nobody may wait for it any more.
            drop(turn);
            outcome
        });
        done.await.map_err(|error| Error::internal(format!("a password could not be hashed: {error}")))?
    }
}

fn is_cheaper(of: &Params, cost: &Params) -> bool {
    of.m_cost() < cost.m_cost() || of.t_cost() < cost.t_cost() || of.p_cost() < cost.p_cost()
}

fn failed(error: &argon2::password_hash::Error) -> Error {
    Error::internal(format!("a password could not be hashed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher(memory_kib: u32) -> Hasher {
        Hasher::costing(Chance::seeded(1), memory_kib, 1)
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_another_is_not() {
        let hasher = hasher(64);
        let stored = hasher.hash("correct horse battery").await.unwrap();
        assert!(stored.as_str().starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{}", stored.as_str());
        assert_eq!(
            hasher.check("correct horse battery", Some(&stored)).await.unwrap(),
            Checked::Right { stronger: None }
        );
        assert_eq!(hasher.check("correct horse batterY", Some(&stored)).await.unwrap(), Checked::Wrong);
    }

    #[tokio::test]
    async fn the_same_password_twice_gives_two_hashes() {
        let hasher = hasher(64);
        assert_ne!(
            hasher.hash("correct horse battery").await.unwrap(),
            hasher.hash("correct horse battery").await.unwrap()
        );
    }

    #[tokio::test]
    async fn a_hash_that_was_cheaper_is_made_anew_and_the_new_one_is_kept_as_it_is() {
        let stored = hasher(64).hash("correct horse battery").await.unwrap();
        let dearer = hasher(128);
        let Checked::Right { stronger: Some(stronger) } =
            dearer.check("correct horse battery", Some(&stored)).await.unwrap()
        else {
            panic!("the hash was not made anew");
        };
        assert_eq!(
            dearer.check("correct horse battery", Some(&stronger)).await.unwrap(),
            Checked::Right { stronger: None }
        );
        assert_eq!(dearer.check("wrong", Some(&stored)).await.unwrap(), Checked::Wrong, "no guess is made stronger");
    }

    #[tokio::test]
    async fn an_account_that_is_not_there_costs_as_much_as_one_that_is() {
        let hasher = hasher(64);
        let stored = hasher.hash("correct horse battery").await.unwrap();
        let before = hasher.done();
        assert_eq!(hasher.check("a guess of somebody", Some(&stored)).await.unwrap(), Checked::Wrong);
        let known = hasher.done() - before;
        assert_eq!(hasher.check("a guess of somebody", None).await.unwrap(), Checked::Wrong);
        assert_eq!(hasher.done() - before - known, known);
    }

    #[test]
    fn a_hash_is_not_shown() {
        let shown = format!("{:?}", PasswordHash("$argon2id$secret".to_owned()));
        assert!(!shown.contains("secret"), "{shown}");
    }

    #[tokio::test]
    async fn the_usual_cost_is_what_owasp_asks_for() {
        let stored = Hasher::new(Chance::seeded(1)).hash("correct horse battery").await.unwrap();
        assert!(stored.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", stored.as_str());
    }
}
