//! Whom a text names: `@name` in a note.

use std::ops::Range;

use super::Agent;

/// Each place of a text that names somebody, in order: by their whole name after an `@` that begins a word, or by the first part of it
/// where nobody else begins so. Capitals do not count.
#[must_use]
pub fn named<'a>(words: &str, everybody: &'a [Agent]) -> Vec<(Range<usize>, &'a Agent)> {
    let places = words.match_indices('@').filter_map(|(at, _)| {
        let within =
            words[..at].ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-'));
        let (agent, length) = who(&words[at + 1..], everybody).filter(|_| !within)?;
        Some((at..at + 1 + length, agent))
    });
    places.collect()
}

/// Whose name a text begins with, the longest of several, and how much of the text it is.
fn who<'a>(rest: &str, everybody: &'a [Agent]) -> Option<(&'a Agent, usize)> {
    let by_whole = |agent: &'a Agent| beginning(rest, &agent.name).map(|length| (agent, length));
    let whole = everybody.iter().filter_map(by_whole).max_by_key(|(agent, _)| agent.name.len());
    if whole.is_some() {
        return whole;
    }
    let first_name = |agent: &'a Agent| agent.name.split_whitespace().next().unwrap_or_default();
    let by_first = |agent: &'a Agent| beginning(rest, first_name(agent)).map(|length| (agent, length));
    let mut first = everybody.iter().filter_map(by_first);
    match (first.next(), first.next()) {
        (Some(found), None) => Some(found),
        _ => None,
    }
}

/// How many bytes of a text are a name that it begins with and that ends there.
fn beginning(text: &str, name: &str) -> Option<usize> {
    let mut letters = text.chars();
    let same = |letter: char| letters.next().is_some_and(|other| letter.to_lowercase().eq(other.to_lowercase()));
    let is_it = !name.is_empty() && name.chars().all(same);
    let length = text.len() - letters.as_str().len();
    (is_it && !letters.next().is_some_and(char::is_alphanumeric)).then_some(length)
}

#[cfg(test)]
mod tests {
    use store::Id;

    use super::*;
    use crate::Role;

    fn names(words: &str) -> Vec<String> {
        let agent = |(id, name): (i64, &str)| Agent {
            id: Id(id),
            name: name.to_owned(),
            address: format!("a{id}@desk.example"),
            role: Role::Agent,
        };
        let everybody: Vec<Agent> =
            [(1, "Ana"), (2, "Ana Prado"), (3, "Bo Lund"), (4, "Bo Reis"), (5, "Álvaro")].map(agent).to_vec();
        named(words, &everybody).iter().map(|(_, agent)| agent.name.clone()).collect()
    }

    #[test]
    fn a_name_after_an_at_is_somebody_and_the_longest_name_wins() {
        assert_eq!(names("@ana prado, see this"), ["Ana Prado"]);
        assert_eq!(names("@Ana: see this, @ÁLVARO too"), ["Ana", "Álvaro"]);
        assert_eq!(names("(@ana)"), ["Ana"]);
    }

    #[test]
    fn what_could_be_two_people_or_a_part_of_something_else_is_nobody() {
        assert_eq!(names("@Bo"), Vec::<String>::new());
        assert_eq!(names("@Bo Lund"), ["Bo Lund"]);
        assert_eq!(names("write to help@ana.example"), Vec::<String>::new());
        assert_eq!(names("@Anabel @ @"), Vec::<String>::new());
    }

    #[test]
    fn the_place_is_the_name_as_it_was_written() {
        let ana = Agent { id: Id(1), name: "Ana".to_owned(), address: String::new(), role: Role::Agent };
        let words = "É a @ANA, or @ana";
        let places: Vec<&str> =
            named(words, std::slice::from_ref(&ana)).into_iter().map(|(place, _)| &words[place]).collect();
        assert_eq!(places, ["@ANA", "@ana"]);
    }
}
