//! Learning weights from messages that people judged: logistic regression with a penalty on each weight, by Newton's step for one weight
//! after the other. Nothing of it is chance, so the same lessons teach the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::Impact;
use super::lexicon::{Lexicon, Said};
use super::phrase::{NUMBER, is_number};
use super::sentence::{End, Sentence};
use super::weights::{Line, Lines, RULED_PARTS, USUAL, ruled};

/// In how many messages a phrase stands at least that is learnt.
const OFTEN: usize = 3;
/// How many phrases are kept: those whose weights do most.
const KEPT: usize = 7_000;
/// How strongly weights are held near nothing.
const PENALTY: f64 = 50.0;
/// How many words a message has that counts in full: a shorter one says the same of each of its words and less of all others.
const WHOLE: f64 = 40.0;
/// How much a message counts that is read together with another one.
const TOGETHER: f64 = 0.5;
/// How often every weight is put right.
const PASSES: usize = 60;
/// How long the starts of words are that are learnt by themselves, in pairs and in questions.
const STARTS: [usize; 2] = [4, 6];
const PAIRED: usize = 5;
const ASKED: usize = 6;
/// How many words the second of a pair stands behind the first, at most: as far as in a phrase.
const APART: usize = 3;
/// What is added for doubt: rather one called urgent wrongly than one missed.
const DOUBT: f64 = 1.1;

/// A message that people judged.
#[derive(Clone, Copy, Debug)]
pub struct Lesson<'a> {
    /// What stands above it.
    pub subject: &'a str,
    /// What it says.
    pub body: &'a str,
    /// Whether it has the priority.
    pub is_urgent: bool,
    /// Whether the rules were written by it: then it says nothing that they fit.
    pub is_known: bool,
}

/// What is learnt beside the phrases, in columns behind theirs: what every message begins with, what a rule that fits and what something
/// settled adds, and what is different in messages that the rules were written by, which is forgotten.
const BESIDE: [&str; 4] = ["always", "rule", "settled", "known"];
/// Which of these is that of a rule.
const RULE: usize = 1;
/// How strongly these are. A rule fits much that is not urgent where those who wrote it never looked.
const BESIDE_PENALTIES: [f64; 4] = [0.01, 0.5, 3.0, 0.5];

impl Impact {
    /// The text of the file of weights that these messages teach.
    #[must_use]
    pub fn learn(&self, name: &str, lessons: &[Lesson<'_>]) -> String {
        let read: Vec<Vec<Said>> = lessons.iter().map(|lesson| self.said(lesson.subject, lesson.body)).collect();
        let beside: Vec<[bool; BESIDE.len()]> =
            lessons.iter().zip(&read).map(|(lesson, read)| self.beside(lesson, read)).collect();
        let learn = |phrases: &[String]| Rows::of(phrases, lessons, &read, &beside).regress();
        let mut phrases = often(&read);
        let mut weights = learn(&phrases);
        if phrases.len() > KEPT {
            let mut by_effect: Vec<(f64, String)> = weights.effects.iter().copied().zip(phrases).collect();
            by_effect.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            phrases = by_effect.into_iter().take(KEPT).map(|(_, text)| text).collect();
            weights = learn(&phrases);
        }
        written(name, &phrases, &weights.values)
    }

    fn beside(&self, lesson: &Lesson<'_>, read: &[Said]) -> [bool; BESIDE.len()] {
        let priority = self.learned.as_ref().map(|learned| learned.priority);
        let is_fitted = self.fitting(read, &|rule| priority.is_none_or(|priority| rule.priority == priority)).is_some();
        [true, is_fitted && !lesson.is_known, self.is_settled(read) && !lesson.is_known, lesson.is_known]
    }
}

/// The phrases that stand in enough messages, as lines of a file of weights without their weights.
fn often(read: &[Vec<Said>]) -> Vec<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for message in read {
        let phrases: BTreeSet<String> = message.iter().flat_map(phrases_of).collect();
        for phrase in phrases {
            *counts.entry(phrase).or_default() += 1;
        }
    }
    let signs = ["?", "!"].map(str::to_owned);
    signs.into_iter().chain(counts.into_iter().filter(|(_, count)| *count >= OFTEN).map(|(text, _)| text)).collect()
}

/// The same sentences, to be read by another lexicon.
fn sentences_of(message: &[Said]) -> Vec<Sentence> {
    message.iter().map(|said| Sentence { words: said.words.clone(), end: said.end }).collect()
}

/// The words of a sentence, their starts and pairs of them; every number is the same.
fn phrases_of(sentence: &Said) -> Vec<String> {
    let mut phrases = Vec::new();
    let named = |word: &String| if is_number(word) { NUMBER.to_owned() } else { word.clone() };
    let words: Vec<String> = sentence.words.iter().map(named).collect();
    for (at, word) in words.iter().enumerate() {
        phrases.push(word.clone());
        phrases.extend(STARTS.iter().filter_map(|length| start(word, *length)));
        if sentence.end == End::Asks {
            phrases.push(format!("{} ?", short(word, ASKED)));
        }
        let behind = words.iter().skip(at + 1).take(APART);
        phrases.extend(behind.map(|second| format!("{} {}", short(word, PAIRED), short(second, PAIRED))));
    }
    phrases
}

/// A longer word's start: `chec*`.
fn start(word: &str, length: usize) -> Option<String> {
    let (end, _) = word.char_indices().nth(length)?;
    Some(format!("{}*", &word[..end]))
}

/// A word, or its start where it is longer.
fn short(word: &str, length: usize) -> String {
    start(word, length).unwrap_or_else(|| word.to_owned())
}

/// A message as the columns that it has.
struct Row {
    columns: Vec<usize>,
    words: usize,
    is_urgent: bool,
    /// How much it counts.
    share: f64,
}

impl Row {
    /// How much each of its phrases counts.
    fn density(&self) -> f64 {
        USUAL as f64 / self.words.max(USUAL) as f64
    }
}

/// What is learnt from.
struct Rows {
    rows: Vec<Row>,
    /// For each column how strongly its weight is held near nothing: the less the rarer it is, and not at all beside the phrases.
    penalties: Vec<f64>,
    /// In which share of the messages it stands.
    shares: Vec<f64>,
}

/// What was learnt, by column.
struct Learnt {
    values: Vec<f64>,
    effects: Vec<f64>,
}

impl Rows {
    fn of(phrases: &[String], lessons: &[Lesson<'_>], read: &[Vec<Said>], beside: &[[bool; BESIDE.len()]]) -> Self {
        let lines: Vec<Line> = phrases.iter().filter_map(|text| Line::read(&format!("0 {text}"))).collect();
        debug_assert_eq!(lines.len(), phrases.len(), "every line can be read");
        let mut lexicon = Lexicon::default();
        let known = Lines::new(&lines, &mut lexicon);
        let mut rows: Vec<Row> = Vec::new();
        for ((lesson, message), beside) in lessons.iter().zip(read).zip(beside) {
            let beside = (0..BESIDE.len()).filter(|at| beside[*at]).map(|at| phrases.len() + at);
            let (standing, words) = known.standing(&lexicon.read(sentences_of(message)));
            let columns = standing.iter().map(|found| found.line).chain(beside).collect();
            rows.push(Row { columns, words, is_urgent: lesson.is_urgent, share: (words as f64 / WHOLE).min(1.0) });
        }
        let mut counts = vec![0.0; phrases.len()];
        let all = rows.len() as f64;
        for column in rows.iter().flat_map(|row| &row.columns) {
            if let Some(count) = counts.get_mut(*column) {
                *count += 1.0;
            }
        }
        let rarity = |count: &f64| ((1.0 + all) / (1.0 + count)).ln() + 1.0;
        let penalties = counts.iter().map(|count| PENALTY / rarity(count).powi(2)).chain(BESIDE_PENALTIES).collect();
        let shares = counts.iter().map(|count| count / all).collect();
        rows.extend(together(&rows));
        Self { rows, penalties, shares }
    }

    /// The weights under which the judgements are the least surprising.
    fn regress(&self) -> Learnt {
        let mut standing = vec![Vec::new(); self.penalties.len()];
        for (at, row) in self.rows.iter().enumerate() {
            for column in &row.columns {
                standing[*column].push(at);
            }
        }
        let phrases = standing.len() - BESIDE.len();
        let mut values = vec![0.0_f64; standing.len()];
        let mut sums = vec![0.0_f64; self.rows.len()];
        let mut chances = vec![0.5_f64; self.rows.len()];
        for _ in 0..PASSES {
            for (column, standing) in standing.iter().enumerate() {
                let penalty = self.penalties[column];
                let (mut slope, mut bend) = (penalty * values[column], penalty);
                let counts = |row: &Row| match column.checked_sub(phrases) {
                    None => row.density(),
                    Some(RULE) => ruled(row.words) as f64 / RULED_PARTS as f64,
                    Some(_) => 1.0,
                };
                for at in standing {
                    let (row, chance) = (&self.rows[*at], chances[*at]);
                    slope += row.share * counts(row) * (chance - f64::from(u8::from(row.is_urgent)));
                    bend += row.share * counts(row).powi(2) * chance * (1.0 - chance);
                }
                let step = (slope / bend).clamp(-1.0, 1.0);
                values[column] -= step;
                for at in standing {
                    sums[*at] -= step * counts(&self.rows[*at]);
                    chances[*at] = 1.0 / (1.0 + (-sums[*at]).exp());
                }
            }
        }
        let effects = values.iter().zip(&self.shares).map(|(value, share)| value.abs() * share.sqrt()).collect();
        Learnt { values, effects }
    }
}

/// Each message read together with one that is not urgent: people write of several things at once.
fn together(rows: &[Row]) -> Vec<Row> {
    let quiet: Vec<&Row> = rows.iter().filter(|row| !row.is_urgent).collect();
    let steps = (0..quiet.len()).map(|at| at * 37 % quiet.len()).cycle();
    let join = |(row, other): (&Row, usize)| {
        let other = quiet[other];
        let columns: BTreeSet<usize> = row.columns.iter().chain(&other.columns).copied().collect();
        let (columns, words) = (columns.into_iter().collect(), row.words + other.words);
        Row { columns, words, is_urgent: row.is_urgent, share: TOGETHER * row.share }
    };
    rows.iter().zip(steps).map(join).collect()
}

/// The file, in hundredths, the weightiest first.
fn written(name: &str, phrases: &[String], values: &[f64]) -> String {
    let hundredths = |value: f64| (value * 100.0).round() as i64;
    let beside = |at: usize| values[phrases.len() + at];
    let (always, rule, settled) = (hundredths(beside(0) + DOUBT), hundredths(beside(1)), hundredths(beside(2)));
    let mut lines: Vec<(i64, &str)> =
        values.iter().zip(phrases).map(|(value, text)| (hundredths(*value), text.as_str())).collect();
    lines.retain(|(weight, _)| *weight != 0);
    lines.sort_by_key(|(weight, text)| (-weight.abs(), *text));
    let mut file = format!(
        "# What phrases weigh, in hundredths, learnt from messages that people judged. What all of a message weighs together decides:\n\
         # above nothing it has the priority. Raise `always` to have fewer missed, lower it to have fewer called so wrongly.\n\
         language: 1\nimpact: {name}\nadds: {{ always: {always}, rule: {rule}, settled: {settled} }}\nweights: |\n"
    );
    for (weight, text) in lines {
        let _ = writeln!(file, "  {weight} {text}");
    }
    file
}
