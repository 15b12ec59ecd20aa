//! Which known word somebody probably meant.

/// The known word with the fewest letters to change, at most a third of those typed (and at least one); of equals the first.
pub fn of<'k>(typed: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let length = typed.chars().count();
    if length < 2 {
        return None;
    }
    let allowed = (length / 3).clamp(1, 3);
    known
        .map(|word| (distance(typed, word), word))
        .filter(|(far, _)| *far <= allowed)
        .min_by_key(|(far, _)| *far)
        .map(|found| found.1)
}

/// How many letters are to be put in, taken out, exchanged, or swapped with their neighbour, to make one of the other.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let exchanged = row[j] + usize::from(a != b);
            let mut least = exchanged.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_a_word_is_taken_for_it_and_what_is_far_for_none() {
        let known = ["open", "pending", "closed"];
        for (typed, meant) in [
            ("opne", Some("open")),
            ("opem", Some("open")),
            ("closd", Some("closed")),
            ("clsoed", Some("closed")),
            ("x", None),
            ("zebra", None),
        ] {
            assert_eq!(of(typed, known.into_iter()), meant, "{typed}");
        }
    }

    #[test]
    fn two_letters_that_changed_places_are_one_mistake() {
        assert_eq!((distance("form", "from"), distance("", "abc"), distance("abc", "abc")), (1, 3, 0));
    }
}
