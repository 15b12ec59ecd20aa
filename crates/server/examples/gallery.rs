//! Writes every sample of every page as an HTML file, to be looked at:
//! `cargo run -p server --example gallery -- FOLDER [en|pt]`.
//!
//! Serve the folder at `/` (pages name their assets by absolute addresses); the assets are copied beside.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use server::assets::Addresses;
use server::pages::frame::Theme;
use server::pages::specimens;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().ok_or("gallery FOLDER [LANGUAGE]")?;
    let folder = PathBuf::from(folder);
    let language = arguments.next().unwrap_or_else(|| "en".to_owned());
    fs::create_dir_all(folder.join("assets/js"))?;
    for specimen in specimens::all(&language, &Addresses::embedded(), Theme::System) {
        let name = format!("{}-{}.html", specimen.page, specimen.sample);
        fs::write(folder.join(name), specimen.html?)?;
    }
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/dist"), &folder.join("assets"))?;
    println!("{}", folder.display());
    Ok(())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
