//! Refuses to build a server without its style sheets and scripts, and says how to make them.

use std::path::Path;

fn main() {
    // Cargo runs this in the crate's own folder.
    let manifest = "assets/dist/manifest.json";
    println!("cargo::rerun-if-changed={manifest}");
    if !Path::new(manifest).exists() {
        println!(
            "cargo::error=the page assets are not built (crates/server/{manifest} is missing): run `make assets` at the top of the repository, then build again"
        );
    }
}
