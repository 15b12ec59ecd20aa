//! A person as pages show one.

/// A client or a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The name, or the address when no name is known.
    pub name: String,
    /// The mail address, if there is one.
    pub email: Option<String>,
}

impl Person {
    /// A person with a name and an address.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self { name: name.into(), email: Some(email.into()) }
    }

    /// A person known by name alone.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), email: None }
    }

    /// One or two letters for the round picture: of the first and the last word of the name.
    #[must_use]
    pub fn initials(&self) -> String {
        let mut words = self.name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
        let first = words.next();
        let letters = first.into_iter().chain(words.next_back());
        letters.flat_map(char::to_uppercase).take(2).collect()
    }

    /// One of eight tints, always the same for a name, so that a thread is read at a glance.
    #[must_use]
    pub fn tint(&self) -> u32 {
        let sum = self.name.bytes().fold(7u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        sum % 8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_last_word() {
        assert_eq!(Person::named("Maria da Silva").initials(), "MS");
        assert_eq!(Person::named("bo").initials(), "B");
        assert_eq!(Person::named("(Ana) Ørsted").initials(), "AØ");
    }

    #[test]
    fn a_name_without_letters_has_no_initials() {
        assert_eq!(Person::named("🎈 !!").initials(), "");
        assert_eq!(Person::named("").initials(), "");
    }
}
