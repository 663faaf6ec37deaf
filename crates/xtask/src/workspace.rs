//! Where the checkout and its build output are, and how to run a program there.
//!
//! **Must not:** decide what to run; that is each command's own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The checkout this program was built from.
pub(crate) struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The checkout above this crate's manifest.
    pub(crate) fn find() -> Result<Self> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest.ancestors().nth(2).context("this crate lies two folders below the root")?;
        Ok(Self { root: root.to_path_buf() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A program started in the root of the checkout.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments);
        command
    }

    /// Builds a program of the workspace for tests, and says where it is. `MAINSTAY_BINARY` names one that is built already.
    pub(crate) fn binary(&self, name: &str) -> Result<PathBuf> {
        if let Some(built) = std::env::var_os("MAINSTAY_BINARY") {
            return Ok(PathBuf::from(built));
        }
        self.built(name, &["build", "--quiet", "--bin", name])?;
        Ok(self.target()?.join("debug").join(name))
    }

    fn built(&self, name: &str, arguments: &[&str]) -> Result<()> {
        if !self.show(&mut self.cargo(arguments))? {
            bail!("`{name}` does not build");
        }
        Ok(())
    }

    /// Where cargo puts what it builds.
    pub(crate) fn target(&self) -> Result<PathBuf> {
        let text = self.output(&mut self.cargo(&["metadata", "--format-version", "1", "--no-deps"]))?;
        let metadata: Value = serde_json::from_str(&text).context("`cargo metadata` did not answer JSON")?;
        Ok(PathBuf::from(metadata["target_directory"].as_str().context("metadata has a target directory")?))
    }

    /// Runs a program whose output the reader of the terminal sees; says whether it ended well.
    pub(crate) fn show(&self, command: &mut Command) -> Result<bool> {
        let status = command.status().with_context(|| format!("could not start {command:?}"))?;
        Ok(status.success())
    }

    /// What a program writes to its standard output; a failure is an error with what it said.
    pub(crate) fn output(&self, command: &mut Command) -> Result<String> {
        let output = command.output().with_context(|| format!("could not start {command:?}"))?;
        if !output.status.success() {
            bail!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        String::from_utf8(output.stdout).context("output is not UTF-8")
    }

    /// What `cargo metadata` says of this platform's dependencies.
    pub(crate) fn metadata(&self) -> Result<Value> {
        let host = self.output(self.command("rustc").args(["--print", "host-tuple"]))?;
        let arguments = ["metadata", "--format-version", "1", "--filter-platform", host.trim()];
        let text = self.output(&mut self.cargo(&arguments))?;
        serde_json::from_str(&text).context("`cargo metadata` did not answer JSON")
    }
}
