//! A rule: what it is about, how that is said to fail, and how near both stand.

use super::Shared;
use super::lexicon::{Found, Lexicon, List, Said};
use crate::source::Place;
use crate::text::Localized;

/// How many words may stand between what fails and how that is said.
const NEAR: usize = 8;
/// How far into the next sentence it may be said that what was named before fails.
const AT_ONCE: usize = 7;
/// A sentence of so few words, a greeting, stands between others without parting them.
const GREETING: usize = 4;
/// How many greetings may.
const GREETINGS: usize = 4;

/// What gives a ticket a priority.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) priority: &'static str,
    pub(super) because: Localized,
    pub(super) what: List,
    pub(super) fails: List,
    pub(super) hints: List,
    pub(super) says: List,
    pub(super) unless: List,
    pub(super) place: Place,
}

/// How something may be said to fail: by a rule's own phrases, then by those that all know.
type Troubles = [List; 2];

impl Rule {
    /// The phrases by which it fits what was said, if it does.
    pub(super) fn fits(&self, lexicon: &Lexicon, said: &[&Said], shared: &Shared, is_at_scale: bool) -> Option<String> {
        let said = &not_taken_back(said.iter().copied(), self.unless);
        let by_itself =
            || Some(lexicon.phrase(said.iter().find_map(|said| said.found(self.says).first())?).to_string());
        let fits_by = |troubles| {
            let (what, fails) = self.fits_in(said, troubles).or_else(|| self.fits_across(said, troubles))?;
            Some(format!("{} … {}", lexicon.phrase(what), lexicon.phrase(fails)))
        };
        let hints = || is_at_scale.then(|| fits_by([self.hints, shared.hints])).flatten();
        by_itself().or_else(|| fits_by([self.fails, shared.fails])).or_else(hints)
    }

    /// Named in a sentence, with trouble near it.
    fn fits_in<'a>(&self, said: &[&'a Said], troubles: Troubles) -> Option<(&'a Found, &'a Found)> {
        said.iter().find_map(|said| {
            said.found(self.what).iter().find_map(|what| {
                let mut troubles = troubles.into_iter().flat_map(|list| said.found(list));
                Some((what, troubles.find(|fails| what.between(fails) <= NEAR)?))
            })
        })
    }

    /// Named in one sentence, said to fail at the beginning of the next.
    fn fits_across<'a>(&self, said: &[&'a Said], troubles: Troubles) -> Option<(&'a Found, &'a Found)> {
        let is_greeting =
            |said: &&&Said| said.words.len() < GREETING && !troubles.into_iter().any(|list| said.has(list));
        said.iter().enumerate().find_map(|(index, sentence)| {
            let what = sentence.found(self.what).first()?;
            let next = said[index + 1..].iter().take(GREETINGS).find(|said| !is_greeting(said))?;
            let mut troubles = troubles.into_iter().flat_map(|list| next.found(list));
            Some((what, troubles.find(|fails| fails.start < AT_ONCE)?))
        })
    }
}

/// The sentences in which none of these phrases stands.
pub(super) fn not_taken_back<'a>(said: impl Iterator<Item = &'a Said>, unless: List) -> Vec<&'a Said> {
    said.filter(|said| !said.has(unless)).collect()
}
