//! What those are given who run the desk: one archive, and a unit for systemd.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Packs `binary` into `dist`, and gives the archive.
fn packed(binary: &Path, dist: &Path) -> PathBuf {
    let mut command = Command::new(format!("{ROOT}/scripts/release"));
    command.arg(binary).env("DESKHAND_DIST", dist).env("DESKHAND_GZIP", "1").env("SOURCE_DATE_EPOCH", "1763370000");
    let printed = done(&mut command).stdout;
    PathBuf::from(String::from_utf8(printed).unwrap().trim())
}

#[track_caller]
fn done(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {output:?}");
    output
}

/// Something that answers for its version, and is smaller than the program.
fn stand_in(folder: &Path) -> PathBuf {
    let file = folder.join("deskhand");
    std::fs::write(&file, "#!/bin/sh\necho deskhand 9.9.9\n").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).unwrap();
    file
}

#[test]
fn the_same_binary_gives_the_same_archive_with_all_that_belongs_to_it() {
    let (here, first, second) = (TempDir::new().unwrap(), TempDir::new().unwrap(), TempDir::new().unwrap());
    let binary = stand_in(here.path());
    let (one, two) = (packed(&binary, first.path()), packed(&binary, second.path()));
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&two).unwrap());
    assert!(one.file_name().unwrap().to_str().unwrap().starts_with("deskhand-9.9.9-"), "{one:?}");
    done(Command::new("sha256sum").arg("--check").arg(format!("{}.sha256", one.display())).current_dir(first.path()));

    done(Command::new("tar").arg("xf").arg(&one).current_dir(here.path()));
    let unpacked = here.path().join(one.file_name().unwrap().to_str().unwrap().trim_end_matches(".tar.gz"));
    done(Command::new("sha256sum").args(["--check", "--strict", "SHA256SUMS"]).current_dir(&unpacked));
    for name in [
        "LICENSE",
        "CHANGELOG.md",
        "README.md",
        "docs/operating.md",
        "deskhand.service",
        "handbook/desk.yaml",
        "handbook/playbooks/document-change.yaml",
    ] {
        assert!(unpacked.join(name).exists(), "{name}");
    }
    let version = done(Command::new(unpacked.join("deskhand")).arg("--version")).stdout;
    assert_eq!(version, b"deskhand 9.9.9\n");
    let licences = std::fs::read_to_string(unpacked.join("THIRD-PARTY-LICENCES.txt")).unwrap();
    for word in ["\ntokio 1.", "\nrusqlite 0.", "\nhtmx.org ", "Permission is hereby granted, free of charge"] {
        assert!(licences.contains(word), "{word}");
    }
    assert!(!licences.contains("\nproptest "), "what only tests use is not in the program");
}

#[test]
fn the_program_itself_says_which_one_it_is_for_the_archives_name() {
    let version = done(Command::new(env!("CARGO_BIN_EXE_deskhand")).arg("--version")).stdout;
    assert_eq!(String::from_utf8(version).unwrap(), format!("deskhand {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_unit_is_one_that_systemd_understands_and_shuts_the_process_in() {
    let unit = std::fs::read_to_string(format!("{ROOT}/packaging/deskhand.service")).unwrap();
    for line in [
        "Type=notify",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "ProtectHome=yes",
        "PrivateTmp=yes",
        "CapabilityBoundingSet=",
        "MemoryDenyWriteExecute=yes",
        "SystemCallFilter=@system-service",
    ] {
        assert!(unit.lines().any(|found| found == line), "{line}");
    }
    // It names the program where it is to be installed; here it stands elsewhere.
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("deskhand.service");
    std::fs::write(&file, unit.replace("/usr/local/bin/deskhand", env!("CARGO_BIN_EXE_deskhand"))).unwrap();
    let Ok(verified) = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&file).output() else {
        return;
    };
    let said = String::from_utf8_lossy(&verified.stderr);
    let ours: Vec<&str> = said.lines().filter(|line| line.contains("deskhand.service")).collect();
    assert!(verified.status.success() && ours.is_empty(), "{said}");
}
