//! Text signed in place (RFC 9580, section 7): its words without the frame. Signatures are not checked here.

use super::Problems;

const BEGIN: &str = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE: &str = "-----BEGIN PGP SIGNATURE-----";
const END: &str = "-----END PGP SIGNATURE-----";
const ENCRYPTED: &str = "-----BEGIN PGP MESSAGE-----";

/// What is said of a mail that was encrypted for somebody.
pub(super) const IS_ENCRYPTED: &str = "it is encrypted with PGP, the desk cannot read it";

/// The text without the frame of a signature, and what is sealed named as such.
pub(super) fn take_off(text: String, problems: &mut Problems) -> String {
    if text.lines().any(|line| line.trim_end() == ENCRYPTED) {
        problems.note(IS_ENCRYPTED);
    }
    if !text.contains(BEGIN) {
        return text;
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut state = State::Outside;
    for line in text.lines() {
        state = match (state, line.trim_end()) {
            (State::Outside, BEGIN) => State::Head,
            (State::Head, "") => State::Signed,
            (State::Head, _) => State::Head,
            (State::Signed, SIGNATURE) => State::Signature,
            (State::Signature, END) => State::Outside,
            (State::Signature, _) => State::Signature,
            (state, _) => {
                // Lines that begin with a dash were given another (section 7.2).
                kept.push(if state == State::Signed { line.strip_prefix("- ").unwrap_or(line) } else { line });
                state
            }
        };
    }
    kept.join("\n").trim_end().to_owned()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    Head,
    Signed,
    Signature,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_goes_and_the_words_stay() {
        let text =
            format!("{BEGIN}\nHash: SHA512\n\nHello\n- -- \nMaria\n{SIGNATURE}\n\niHUEAR\n{END}\n\nList footer\n");
        let mut problems = Problems::default();
        assert_eq!(take_off(text, &mut problems), "Hello\n-- \nMaria\n\nList footer");
        assert!(problems.list().is_empty());
        let sealed = format!("{ENCRYPTED}\n\nhQ\n");
        assert_eq!(take_off(sealed.clone(), &mut problems), sealed);
        assert_eq!(problems.list().len(), 1);
    }
}
