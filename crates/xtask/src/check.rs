//! `cargo xtask check`: all that must hold before a change is offered: formatting, tidy, lints, advisories, tests.
//!
//! **Must not:** change a file; formatting is checked, never written.

use anyhow::Result;

use crate::prerequisites;
use crate::test::{self, TestArguments};
use crate::tidy;
use crate::workspace::Workspace;

/// How much to check.
#[derive(clap::Args)]
pub(crate) struct CheckArguments {
    /// Leaves the tests out
    #[arg(long)]
    quick: bool,
}

/// Runs every check, also after one has failed, so that one run shows all there is to mend.
pub(crate) fn run(workspace: &Workspace, arguments: &CheckArguments) -> Result<bool> {
    println!("check: formatting");
    let formatted = workspace.show(&mut workspace.cargo(&["fmt", "--all", "--check"]))?;
    println!("check: tidy");
    let tidy = tidy::run(workspace)?;
    println!("check: lints");
    let clippy = ["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"];
    let linted = workspace.show(&mut workspace.cargo(&clippy))?;
    let allowed = dependencies_allowed(workspace)?;
    let tested = arguments.quick || test::run(workspace, &TestArguments::default())?;
    for (name, held) in [
        ("formatting", formatted),
        ("tidy", tidy),
        ("lints", linted),
        ("dependencies", allowed),
        ("tests", tested),
    ] {
        if !held {
            println!("check: {name} failed");
        }
    }
    Ok(formatted && tidy && linted && allowed && tested)
}

/// What cargo-deny says, where it is installed. Tidy has checked its licences and bans already; building it takes minutes.
fn dependencies_allowed(workspace: &Workspace) -> Result<bool> {
    if !prerequisites::in_path("cargo-deny") {
        println!("check: cargo-deny is not installed; tidy has checked licences and bans");
        return Ok(true);
    }
    println!("check: dependencies");
    let arguments = ["deny", "--log-level", "error", "check", "licenses", "bans", "sources"];
    workspace.show(&mut workspace.cargo(&arguments))
}
