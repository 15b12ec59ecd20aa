//! Refuses to build a server without its style sheets and scripts, and says how to make them.

use std::path::Path;

fn main() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/dist/manifest.json");
    println!("cargo::rerun-if-changed={}", manifest.display());
    if !manifest.exists() {
        println!(
            "cargo::error=the page assets are not built ({} is missing): run `make assets` at the top of the repository, then build again",
            manifest.display()
        );
    }
}
