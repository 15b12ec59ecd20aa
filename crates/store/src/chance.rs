//! The one source of chance: keys, tokens, and whatever a rehearsal must be able to repeat.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use crate::{Error, Result};

/// Hands out random bytes: the system's generator, or a seeded stream that a rehearsal repeats.
#[derive(Clone)]
pub struct Chance {
    source: Source,
}

#[derive(Clone)]
enum Source {
    System,
    Seeded { seed: u64, drawn: Arc<AtomicU64> },
}

impl Chance {
    /// The operating system's generator; for everything that must not be guessed.
    pub fn system() -> Self {
        Self { source: Source::System }
    }

    /// The same bytes for the same seed, in the same order. Never for secrets.
    pub fn seeded(seed: u64) -> Self {
        Self { source: Source::Seeded { seed, drawn: Arc::default() } }
    }

    /// `N` random bytes. Fails when the system has no generator.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system for chance")]
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        match &self.source {
            Source::System => getrandom::fill(&mut bytes)
                .map_err(|error| Error::Unavailable(format!("the system's random generator: {error}")))?,
            Source::Seeded { seed, drawn } => {
                for chunk in bytes.chunks_mut(32) {
                    let position = drawn.fetch_add(1, Ordering::SeqCst);
                    let block = Sha256::new().chain_update(seed.to_le_bytes()).chain_update(position.to_le_bytes());
                    chunk.copy_from_slice(&block.finalize()[..chunk.len()]);
                }
            }
        }
        Ok(bytes)
    }

    /// A token of 32 random bytes in lower-case hexadecimal, 64 characters.
    pub fn token(&self) -> Result<String> {
        Ok(hex(&self.bytes::<32>()?))
    }
}

/// Bytes as lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_stream_and_another_does_not() {
        let (a, b, other) = (Chance::seeded(7), Chance::seeded(7), Chance::seeded(8));
        let first: [u8; 40] = a.bytes().unwrap();
        assert_eq!(first, b.bytes::<40>().unwrap());
        assert_ne!(first, other.bytes::<40>().unwrap());
        assert_ne!(first, a.bytes::<40>().unwrap(), "the stream goes on");
    }

    #[test]
    fn two_tokens_of_the_system_differ() {
        let chance = Chance::system();
        assert_ne!(chance.token().unwrap(), chance.token().unwrap());
    }
}
