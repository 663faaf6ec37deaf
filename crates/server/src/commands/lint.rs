//! `mainstay lint`.

use anyhow::Result;
use migrate::{Lint, Severity};

use crate::application::Data;
use crate::cli::Project;
use crate::commands::config;
use crate::terminal;

pub(crate) async fn run(project: Project) -> Result<()> {
    let config = config(&project.project, &[])?;
    let data = Data::open(&project.project, &config).await?;
    let files = migrate::Project::read(&project.project)?;
    let catalog = data.migrator.check(&files).map_err(|error| super::migrate::explained(&error))?;
    let found = migrate::lint(&catalog);
    found.iter().for_each(show);
    terminal::note(&format!("{} findings", found.len()));
    Ok(())
}

/// One finding as a person reads it.
pub(crate) fn show(lint: &Lint) {
    let word = match lint.severity {
        Severity::Warning => terminal::paint("warning", "33;1"),
        Severity::Note => terminal::paint("note", "36;1"),
    };
    terminal::note(&format!(
        "{word}[{}]: {}: {}\n  help: {}",
        lint.rule, lint.subject, lint.message, lint.hint
    ));
}
