//! `cargo xtask clients`: node's tests, against a server on the example project.
//!
//! **Must not:** know what the tests test.

use std::process::Command;

use anyhow::Result;
use testkit::project;
use testkit::server::Start;
use testkit::token;

use crate::workspace::Workspace;

/// Runs test files of `clients/`.
pub(crate) fn run(workspace: &Workspace, files: &[String]) -> Result<bool> {
    let start = Start::new(&workspace.binary("mainstay")?);
    let project = project::without_data(&workspace.root().join("examples/tasks"))?;
    start.migrate(project.path())?;
    let server = start.server(project.path())?;
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter", "spec"])
        .args(files)
        .current_dir(workspace.root().join("clients"))
        .env("MAINSTAY_URL", format!("http://{}", server.address()))
        .env("MAINSTAY_ANON_KEY", token::role_key("anon"))
        .env("MAINSTAY_SERVICE_KEY", token::role_key("service_role"));
    let passed = workspace.show(&mut node)?;
    if !passed {
        println!("--- what the server said\n{}", server.log());
    }
    server.stop()?;
    Ok(passed)
}
