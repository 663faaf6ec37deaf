//! The parts of the test suite: what each needs and how it is started.
//!
//! **Must not:** hold a part that can pass without having tested anything.

use std::process::Command;

use anyhow::{Context, Result};

use crate::prerequisites::{self, CHROMIUM, LIBCLANG, NODE, NPM, POSTGRESQL, Package};
use crate::workspace::Workspace;

/// One part of the suite.
pub(crate) struct Part {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) needs: &'static [Package],
    pub(crate) node_packages: bool,
    /// Whether it compiles: such parts share a lane, because cargo would make them wait for each other anyway.
    pub(crate) compiles: bool,
    start: Start,
}

enum Start {
    /// Cargo, in a folder.
    Cargo { folder: &'static str, arguments: &'static [&'static str] },
    /// nextest where it is installed, else `cargo test`.
    Workspace,
    /// This program, with these arguments.
    Own(&'static [&'static str]),
}

pub(crate) const PARTS: &[Part] = &[
    Part {
        name: "unit",
        about: "the tests of every crate",
        needs: &[POSTGRESQL],
        node_packages: false,
        compiles: true,
        start: Start::Workspace,
    },
    Part {
        name: "oracle",
        about: "our SQL parser against PostgreSQL's own",
        needs: &[LIBCLANG],
        node_packages: false,
        compiles: true,
        start: Start::Cargo { folder: "oracle", arguments: &["test", "--quiet"] },
    },
    Part {
        name: "cases",
        about: "the behaviours in cases/, over a socket",
        needs: &[],
        node_packages: false,
        compiles: false,
        start: Start::Own(&["cases"]),
    },
    Part {
        name: "clients",
        about: "the official JavaScript client",
        needs: &[NODE, NPM],
        node_packages: true,
        compiles: false,
        start: Start::Own(&["clients", "accounts.test.mjs", "rows.test.mjs"]),
    },
    Part {
        name: "page",
        about: "the example's page in headless Chromium",
        needs: &[NODE, NPM, CHROMIUM],
        node_packages: true,
        compiles: false,
        start: Start::Own(&["clients", "page.test.mjs"]),
    },
    Part {
        name: "docs",
        about: "the commands of README.md and docs/, as a reader would paste them",
        needs: &[],
        node_packages: false,
        compiles: false,
        start: Start::Own(&["docs"]),
    },
    Part {
        name: "kill",
        about: "a server killed while 32 writers write",
        needs: &[],
        node_packages: false,
        compiles: false,
        start: Start::Own(&["faults", "kill", "--cycles", "20"]),
    },
];

impl Part {
    /// The command that runs this part. Servers are started from the binary that was built before.
    pub(crate) fn command(&self, workspace: &Workspace) -> Result<Command> {
        let mut command = match &self.start {
            Start::Cargo { folder, arguments } => {
                let mut command = workspace.cargo(arguments);
                command.current_dir(workspace.root().join(folder));
                command
            }
            Start::Workspace if prerequisites::in_path("cargo-nextest") => {
                workspace.cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "--color", "never"])
            }
            Start::Workspace => workspace.cargo(&["test", "--workspace", "--no-fail-fast", "--quiet"]),
            Start::Own(arguments) => {
                let own = std::env::current_exe().context("this program does not know where it is")?;
                let mut command = Command::new(own);
                command.args(*arguments).current_dir(workspace.root());
                command.env("MAINSTAY_BINARY", workspace.target()?.join("debug/mainstay"));
                command
            }
        };
        command.env_remove("UPDATE_CASES").env("CARGO_TERM_COLOR", "never");
        Ok(command)
    }
}
