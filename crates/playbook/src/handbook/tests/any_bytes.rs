//! Any bytes as a file of a handbook: an error with its place, never a crash, never more than a second or 256 MB.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::LazyLock;

use bombs::bombs;
use proptest::prelude::*;

use super::*;
use crate::check;

mod bombs;

/// A second of an optimised build. One that is not takes so much longer.
const SECONDS: u64 = if cfg!(debug_assertions) { 20 } else { 1 };

/// In kilobytes.
const MEMORY: u64 = 256 * 1024;

/// Tells the child which file to read.
const CHILD: &str = "DESKHAND_TEST_FILE";

/// One file of each kind, small and sound.
const SEEDS: [(&str, &str); 3] = [
    (
        "lookups/person.yaml",
        "language: 1\nlookup: person\nconnection: customers\nsql: SELECT name, size FROM people WHERE email = :email\n\
         parameters: { email: text }\ncolumns: { name: text, size: integer }\n",
    ),
    ("calendars/other.yaml", "language: 1\ncalendar: other\nzone: Europe/Lisbon\nhours: { mon-fri: '09:00-18:00' }\n"),
    ("notes.md", "Whatever people write beside it.\n"),
];

static FILES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let files = sample::default_handbook();
    let of_desk = files.iter().map(|(path, text)| (path.to_owned(), text.to_owned()));
    of_desk.chain(SEEDS.map(|(path, text)| (path.to_owned(), text.to_owned()))).collect()
});

/// Reads a handbook in every way there is, and says what is wrong with how that goes.
fn read(files: &Files) -> Result<(), String> {
    let mut findings = check(files, &sample::registry());
    findings.extend(scenarios(files).err().unwrap_or_default());
    if compile(files, &sample::registry()).is_err() && findings.iter().all(|f| f.severity == Severity::Warning) {
        return Err("it does not compile, and nothing says why".to_owned());
    }
    let lines: BTreeMap<&str, usize> = files.iter().map(|(path, text)| (path, text.split('\n').count())).collect();
    for finding in &findings {
        let place = &finding.place;
        let lines = lines.get(&*place.file).copied().unwrap_or_default();
        if place.line == 0 || place.column == 0 || place.line as usize > lines + 1 {
            return Err(format!("{place} is no place: {}", finding.message));
        }
    }
    findings.iter().take(100).for_each(|finding| assert!(!finding.render(files).is_empty()));
    Ok(())
}

/// What is done to the bytes of a file.
#[derive(Clone, Debug)]
enum Mutation {
    Flip(prop::sample::Index, u8),
    Delete(prop::sample::Index, usize),
    Double(prop::sample::Index, usize, usize),
    Insert(prop::sample::Index, String),
    /// Lines of another file.
    Splice(prop::sample::Index, prop::sample::Index, prop::sample::Index, usize),
    /// A line goes somewhere else.
    Move(prop::sample::Index, prop::sample::Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = any::<prop::sample::Index>;
    let words = vec![
        "&a ",
        "*a",
        "<<: *a",
        "!!binary ",
        "--- ",
        "...\n",
        "\u{feff}",
        "\0",
        "\r",
        "\t",
        "? ",
        "|\n",
        ">-\n",
        "{",
        "}",
        "[",
        "]",
        "'",
        "\"",
        "{{ ",
        " }}",
        "{% for x in y %}",
        "{% endfor %}",
        "{% raw %}",
        " && ",
        "(",
        "size(",
        "null",
        "-",
        "99999999999999999999",
        "1e999",
        "9999-12-31",
        "0000-00-00",
        "25:61",
        "100000000 days",
        "after: ",
        "states: {}",
        "states:\n",
        "on: ",
        "initial: ",
        "max: ",
        "target: ",
        "guard: ",
        "%YAML 9.9\n",
        "\u{2028}",
        "🙂",
    ];
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Mutation::Flip(at, byte)),
        (at(), 1_usize..200).prop_map(|(at, length)| Mutation::Delete(at, length)),
        (at(), 1_usize..200, 1_usize..50).prop_map(|(at, length, times)| Mutation::Double(at, length, times)),
        (at(), prop::sample::select(words)).prop_map(|(at, word)| Mutation::Insert(at, word.to_owned())),
        (at(), at(), at(), 1_usize..20).prop_map(|(at, file, from, lines)| Mutation::Splice(at, file, from, lines)),
        (at(), at()).prop_map(|(from, to)| Mutation::Move(from, to)),
    ]
}

fn mutate(mut bytes: Vec<u8>, mutation: &Mutation) -> Vec<u8> {
    let end = |start: usize, length: usize, bytes: &[u8]| (start + length).min(bytes.len());
    match mutation {
        Mutation::Flip(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] ^= byte;
        }
        Mutation::Flip(..) => {}
        Mutation::Delete(at, length) => {
            let start = at.index(bytes.len() + 1);
            bytes.drain(start..end(start, *length, &bytes));
        }
        Mutation::Double(at, length, times) => {
            let start = at.index(bytes.len() + 1);
            let piece = bytes[start..end(start, *length, &bytes)].repeat(*times);
            bytes.splice(start..start, piece);
        }
        Mutation::Insert(at, word) => {
            let start = at.index(bytes.len() + 1);
            bytes.splice(start..start, word.bytes());
        }
        Mutation::Splice(at, file, from, lines) => {
            let other = &FILES[file.index(FILES.len())].1;
            let first = from.index(other.lines().count().max(1));
            let piece: String = other.split_inclusive('\n').skip(first).take(*lines).collect();
            let start = at.index(bytes.len() + 1);
            bytes.splice(start..start, piece.into_bytes());
        }
        Mutation::Move(from, to) => {
            let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
            if !lines.is_empty() {
                let line = lines.remove(from.index(lines.len()));
                lines.insert(to.index(lines.len() + 1), line);
            }
            bytes = lines.concat();
        }
    }
    bytes
}

/// The default handbook with one file that somebody's hand, disk or program has spoiled.
fn spoiled() -> impl Strategy<Value = (String, Files)> {
    let mutations = prop::collection::vec(mutation(), 1..6);
    (any::<prop::sample::Index>(), mutations).prop_map(|(file, mutations)| {
        let mut files: Files = FILES.iter().cloned().collect();
        let (path, text) = &FILES[file.index(FILES.len())];
        let bytes = mutations.iter().fold(text.clone().into_bytes(), mutate);
        files.insert(path.clone(), String::from_utf8_lossy(&bytes).into_owned());
        (path.clone(), files)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_spoiled_file_is_read_or_refused_with_its_place((path, files) in spoiled()) {
        prop_assert_eq!(read(&files), Ok(()), "{}", path);
    }

    #[test]
    fn noise_is_read_or_refused_with_its_place(file in any::<prop::sample::Index>(), noise in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut files: Files = FILES.iter().cloned().collect();
        let (path, _) = &FILES[file.index(FILES.len())];
        files.insert(path.clone(), String::from_utf8_lossy(&noise).into_owned());
        prop_assert_eq!(read(&files), Ok(()), "{}", path);
    }
}

/// Seconds of the processor that this process has had, and the most kilobytes of memory: of Linux, proc(5).
fn spent() -> (u64, u64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let after_name: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
    let ticks: u64 = [11, 12].iter().map(|at| after_name[*at].parse::<u64>().unwrap()).sum();
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    (ticks / 100, peak.trim().trim_end_matches(" kB").parse().unwrap())
}

#[test]
fn the_worst_of_files_takes_a_second_and_256_megabytes_at_most() {
    if let Ok(number) = std::env::var(CHILD) {
        let (_, path, text) = bombs().swap_remove(number.parse().unwrap());
        let mut files = sample::files(&[]);
        files.insert(path, text);
        let before = spent().0;
        read(&files).unwrap();
        let (seconds, memory) = spent();
        println!("spent {} {memory}", seconds - before);
        return;
    }
    let mut troubles = Vec::new();
    for (number, (name, path, _)) in bombs().into_iter().enumerate() {
        let child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "--nocapture",
                "handbook::tests::any_bytes::the_worst_of_files_takes_a_second_and_256_megabytes_at_most",
            ])
            .env(CHILD, number.to_string())
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&child.stdout).into_owned();
        let spent = printed.lines().find_map(|line| line.split_once("spent ")).map(|(_, rest)| rest.to_owned());
        let figures = spent.and_then(|spent| {
            let (seconds, memory) = spent.split_once(' ')?;
            Some((seconds.parse::<u64>().ok()?, memory.parse::<u64>().ok()?))
        });
        println!("{name}: {figures:?}");
        match figures {
            Some((seconds, memory)) if child.status.success() && seconds <= SECONDS && memory <= MEMORY => {}
            Some((seconds, memory)) => troubles.push(format!("{name} ({path}): {seconds} s, {memory} kB")),
            None => troubles.push(format!(
                "{name} ({path}): {:?}\n{printed}{}",
                child.status,
                String::from_utf8_lossy(&child.stderr)
            )),
        }
    }
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}
