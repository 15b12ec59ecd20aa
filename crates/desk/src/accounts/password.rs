//! Which passwords are taken: long ones that are not among the commonest. No rule about digits and signs, which make passwords
//! harder to remember and hardly harder to guess (NIST SP 800-63B, section 3.1.1.2).

use crate::{Error, Result};

/// The fewest characters.
pub const LENGTH_MIN: usize = 12;
/// The most characters: beyond it hashing would take the time of whoever sends it.
pub const LENGTH_MAX: usize = 256;

/// The commonest passwords and beginnings of such, one a line, in small letters.
const COMMONEST: &str = include_str!("commonest.txt");

/// What is wrong with a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than [`LENGTH_MIN`] characters.
    Short,
    /// More than [`LENGTH_MAX`] characters.
    Long,
    /// One of the commonest, or made of few characters, or of its owner's name or address.
    Common,
}

impl Weakness {
    /// A stable name: `short`, `long` or `common`.
    pub fn code(self) -> &'static str {
        match self {
            Weakness::Short => "short",
            Weakness::Long => "long",
            Weakness::Common => "common",
        }
    }
}

/// What is wrong with `password` for somebody who is called so and has this address; `None` for one that is taken.
pub fn weakness(password: &str, name: &str, address: &str) -> Option<Weakness> {
    let length = password.chars().count();
    if length < LENGTH_MIN {
        return Some(Weakness::Short);
    }
    if length > LENGTH_MAX {
        return Some(Weakness::Long);
    }
    let bare: String = password.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    (is_common(&bare) || is_about(&bare, name, address) || varies_little(password)).then_some(Weakness::Common)
}

/// The password, when it is taken.
///
/// # Errors
/// Of the field `password`, with the code of its weakness.
pub fn require(password: &str, name: &str, address: &str) -> Result<()> {
    let Some(weakness) = weakness(password, name, address) else { return Ok(()) };
    let message = match weakness {
        Weakness::Short => format!("a password has at least {LENGTH_MIN} characters"),
        Weakness::Long => format!("a password has at most {LENGTH_MAX} characters"),
        Weakness::Common => "this password is among the first that somebody would try".to_owned(),
    };
    Err(Error::invalid_field("password", weakness.code(), message))
}

/// Whether nothing but one of the commonest is left once digits are taken off its ends: `password2026!` is `password`.
fn is_common(bare: &str) -> bool {
    let core = bare.trim_matches(|c: char| c.is_ascii_digit());
    let repeats = |word: &str| {
        !word.is_empty() && bare.len().is_multiple_of(word.len()) && bare == word.repeat(bare.len() / word.len())
    };
    core.chars().count() < 5 || COMMONEST.lines().any(|word| word == bare || word == core || repeats(word))
}

/// Whether it is little more than its owner's name, their address or a part of it.
fn is_about(bare: &str, name: &str, address: &str) -> bool {
    let parts = name.split_whitespace().chain(address.split(['@', '.'])).chain([name, address]);
    let words = parts.map(|part| part.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>());
    words.filter(|word| word.chars().count() >= 4).any(|word| {
        let rest = bare.replace(&word, "");
        rest.len() < bare.len() && rest.trim_matches(|c: char| c.is_ascii_digit()).chars().count() < 5
    })
}

/// Whether it is made of three characters or fewer, or counts up or down all the way.
fn varies_little(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    let mut kinds = characters.clone();
    kinds.sort_unstable();
    kinds.dedup();
    let steps =
        |by: i64| characters.windows(2).all(|pair| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0])) == by);
    kinds.len() <= 3 || steps(1) || steps(-1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weak(password: &str) -> Option<Weakness> {
        weakness(password, "Ana Prado", "ana.prado@desk.example")
    }

    #[test]
    fn long_passwords_of_any_letters_are_taken() {
        for password in ["correct horse battery", "ÇédilhaEAcentos", "otter-lamp-violet-9", "my passwords are long"] {
            assert_eq!(weak(password), None, "{password}");
        }
    }

    #[test]
    fn short_and_endless_ones_are_refused() {
        assert_eq!(weak("elevenchars"), Some(Weakness::Short));
        assert_eq!(weak(&"long enough".repeat(30)), Some(Weakness::Long));
        assert_eq!(weak("çéãõçéãõçéãõ"), None, "characters are counted, not bytes");
    }

    #[test]
    fn the_commonest_are_refused_however_they_are_dressed() {
        let dressed = [
            "password1234",
            "Password2026!!",
            "passwordpassword",
            "qwertyuiop123",
            "123456789012",
            "aaaaaaaaaaaa",
            "abcdefghijkl",
            "Administrator",
            "letmeinletmein",
            "000000000000001",
        ];
        for password in dressed {
            assert_eq!(weak(password), Some(Weakness::Common), "{password}");
        }
    }

    #[test]
    fn ones_own_name_and_address_are_refused() {
        for password in ["anaprado2026", "ana.prado@desk.example", "Prado-Prado-1", "ana prado 123456"] {
            assert_eq!(weak(password), Some(Weakness::Common), "{password}");
        }
        assert_eq!(weak("prado grows olive trees"), None, "a name among other words is no fault");
    }

    #[test]
    fn every_common_word_is_in_small_letters_and_there_once() {
        let mut words: Vec<&str> = COMMONEST.lines().collect();
        let all = words.len();
        assert!(
            words
                .iter()
                .all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
        );
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
