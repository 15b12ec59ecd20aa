//! `deskhand mail parse` prints the JSON that lies beside each mail of `crates/mail/fixtures`.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../mail/fixtures").join(name)
}

#[test]
fn a_mail_of_each_kind_is_printed_as_expected() {
    for name in [
        "automatic/out-of-office-ja",
        "bounces/several-recipients",
        "encodings/iso-2022-jp",
        "files/winmail",
        "frame/from-empty",
        "html/mutation-xss",
        "replies/outlook-mobile",
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_deskhand"))
            .args(["mail", "parse"])
            .arg(fixture(&format!("{name}.eml")))
            .output()
            .unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
        let expected = std::fs::read_to_string(fixture(&format!("{name}.json"))).unwrap();
        let (printed, expected): (Value, Value) =
            (serde_json::from_slice(&output.stdout).unwrap(), serde_json::from_str(&expected).unwrap());
        assert_eq!(printed, expected, "{name}");
    }
}
