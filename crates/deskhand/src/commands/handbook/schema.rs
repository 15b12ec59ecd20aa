//! `deskhand handbook schema`: what an editor needs to complete and check a handbook's files.

use std::path::{Path, PathBuf};

use clap::Args;
use desk::runs::actions::registry;
use desk::{Error, Result};
use playbook::schemas;

use crate::exit;

/// The folder of a handbook in which its schemas lie. It is hidden, so nothing reads it as a part of the handbook.
const FOLDER: &str = ".schemas";

/// Writes a JSON Schema for each kind of file into a folder, or says which there are.
#[derive(Args)]
pub struct Schema {
    /// The folder: usually `.schemas` in the handbook's. Schemas that are there already are written anew.
    dir: Option<PathBuf>,
}

impl Schema {
    pub(super) fn run(&self) -> Result<u8> {
        match &self.dir {
            Some(dir) => {
                let count = write(dir)?;
                println!("{count} schemas are in {}", dir.display());
            }
            None => {
                for schema in schemas(&registry()) {
                    println!("{:<22} {}", schema.file_name(), schema.files);
                }
            }
        }
        Ok(exit::SUCCESS)
    }
}

/// Writes the schemas into the folder that a handbook has for them.
pub(super) fn write_beside(handbook: &Path) -> Result<usize> {
    write(&handbook.join(FOLDER))
}

/// Writes every schema into `dir`; gives how many there are.
fn write(dir: &Path) -> Result<usize> {
    let schemas = schemas(&registry());
    for schema in &schemas {
        let file = dir.join(schema.file_name());
        let written = std::fs::create_dir_all(dir).and_then(|()| std::fs::write(&file, schema.text()));
        written.map_err(|error| unwritable(&file, &error))?;
    }
    Ok(schemas.len())
}

/// That a file cannot be written.
pub(super) fn unwritable(file: &Path, error: &std::io::Error) -> Error {
    Error::invalid("unwritable", format!("{} cannot be written: {error}.", file.display()))
}
