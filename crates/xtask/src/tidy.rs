//! `cargo xtask tidy`: the rules of the house that neither the compiler nor clippy knows.
//!
//! Each rule reads the checkout and adds its findings; a finding either fails the run or only warns.
//! **Must not:** repeat a rule that a lint or `deny.toml` can hold.

mod dependencies;
mod files;
mod floors;
mod licence;
mod literals;

use anyhow::Result;

use crate::workspace::Workspace;

/// What the rules found.
#[derive(Default)]
pub(crate) struct Findings {
    failures: Vec<String>,
    warnings: Vec<String>,
}

impl Findings {
    pub(crate) fn fail(&mut self, text: String) {
        self.failures.push(text);
    }

    pub(crate) fn warn(&mut self, text: String) {
        self.warnings.push(text);
    }
}

/// Runs every rule and prints what they found; true when nothing failed.
pub(crate) fn run(workspace: &Workspace) -> Result<bool> {
    let mut findings = Findings::default();
    files::check(workspace, &mut findings)?;
    let metadata = workspace.metadata()?;
    floors::check(&metadata, &mut findings)?;
    dependencies::check(workspace, &metadata, &mut findings)?;
    for warning in &findings.warnings {
        println!("tidy: warning: {warning}");
    }
    for failure in &findings.failures {
        println!("tidy: error: {failure}");
    }
    println!("tidy: {} errors, {} warnings", findings.failures.len(), findings.warnings.len());
    Ok(findings.failures.is_empty())
}
