//! `deskhand draw DIR PLAYBOOK`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use desk::handbook::tree;
use desk::{Error, Result};
use playbook::drawing::{Marks, Setting, mermaid, svg};

use crate::exit;

/// Draws the statechart of a playbook.
#[derive(Args)]
pub struct Draw {
    /// The handbook's folder.
    dir: PathBuf,
    /// The playbook's name.
    playbook: String,
    /// The form of the drawing.
    #[arg(long, value_enum, default_value_t)]
    format: Picture,
    /// The language of its words; the handbook's first when left out.
    #[arg(long)]
    language: Option<String>,
}

/// The form of a drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Picture {
    /// A picture for browsers.
    #[default]
    Svg,
    /// Text that Mermaid makes a picture of.
    Mermaid,
}

impl Draw {
    pub(super) fn run(self) -> Result<u8> {
        let files = tree::from_folder(&self.dir)?;
        let handbook = match playbook::compile(&files, &desk::runs::actions::registry()) {
            Ok(handbook) => handbook,
            Err(findings) => {
                // Standard output is for the picture alone: it may go into a file.
                findings.iter().for_each(|finding| eprintln!("{}\n", finding.render(&files)));
                eprintln!("The handbook is not sound; nothing was drawn.");
                return Ok(exit::FAILURE);
            }
        };
        let languages = &handbook.desk.languages;
        let language = match &self.language {
            Some(language) if languages.contains(language) => language.as_str(),
            Some(language) => {
                let message = format!("{language:?} is not a language of this handbook.");
                let advice = format!("Its languages are {}.", languages.join(", "));
                return Err(Error::invalid("unknown-language", message).advise(advice));
            }
            None => languages.first().map_or("en", String::as_str),
        };
        let Some(playbook) = handbook.playbook(&self.playbook) else {
            let names: Vec<&str> = handbook.playbooks.keys().map(String::as_str).collect();
            return Err(Error::not_found("playbook").advise(format!("There are:\n  {}", names.join("\n  "))));
        };
        match self.format {
            Picture::Svg => print!("{}", svg(playbook, &Marks::default(), language, Setting::File)),
            Picture::Mermaid => print!("{}", mermaid(playbook, language)),
        }
        Ok(exit::SUCCESS)
    }
}
