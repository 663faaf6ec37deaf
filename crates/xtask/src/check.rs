//! `cargo xtask check`: everything that is quick to check before the tests run.
//!
//! **Must not:** change a file; formatting is checked, never written.

use anyhow::Result;

use crate::tidy;
use crate::workspace::Workspace;

/// Runs every check, also after one has failed, so that one run shows all there is to mend.
pub(crate) fn run(workspace: &Workspace) -> Result<bool> {
    println!("check: formatting");
    let formatted = workspace.show(&mut workspace.cargo(&["fmt", "--all", "--check"]))?;
    println!("check: tidy");
    let tidy = tidy::run(workspace)?;
    println!("check: lints");
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    let linted = workspace.show(&mut workspace.cargo(&arguments))?;
    Ok(formatted && tidy && linted)
}
