//! What the tests need of the machine, and how it gets there.
//!
//! **Must not:** skip what is missing: it is installed, or the run fails and says how to.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// Something that the distribution offers.
#[derive(Debug)]
pub(crate) struct Package {
    /// Its name for `apt-get install`.
    name: &'static str,
    /// Where one of its files is, if it is there; `*` stands for any one folder name. A bare name is looked up in `PATH`.
    found_by: &'static [&'static str],
}

pub(crate) const POSTGRESQL: Package =
    Package { name: "postgresql", found_by: &["/usr/lib/postgresql/*/bin/initdb", "initdb"] };
pub(crate) const NODE: Package = Package { name: "nodejs", found_by: &["node"] };
pub(crate) const NPM: Package = Package { name: "npm", found_by: &["npm"] };
pub(crate) const CHROMIUM: Package =
    Package { name: "chromium", found_by: &["chromium", "chromium-browser", "google-chrome"] };
pub(crate) const LIBCLANG: Package = Package {
    name: "libclang-dev",
    found_by: &["/usr/lib/llvm-*/lib/libclang.so", "/usr/lib/*/libclang.so"],
};
pub(crate) const WRK: Package = Package { name: "wrk", found_by: &["wrk"] };

/// Installs the packages that are missing.
pub(crate) fn install(packages: &[&Package]) -> Result<()> {
    let mut missing: Vec<&str> =
        packages.iter().filter(|package| !is_there(package)).map(|package| package.name).collect();
    missing.sort_unstable();
    missing.dedup();
    if missing.is_empty() {
        return Ok(());
    }
    let by_hand = format!("apt-get update && apt-get install --no-install-recommends {}", missing.join(" "));
    if !in_path("apt-get") {
        bail!(
            "missing: {}. Without apt-get they must be installed by hand; on Debian: {by_hand}",
            missing.join(", ")
        );
    }
    let sudo = is_root()?.then_some(&[] as &[&str]).or_else(|| can_sudo().then_some(&["sudo", "-n"]));
    let Some(sudo) = sudo else {
        bail!("missing: {}. Run as root: {by_hand}", missing.join(", "));
    };
    println!("installing what is missing: {by_hand}");
    let update: &[&str] = &["apt-get", "update", "-qq"];
    let install: &[&str] = &["apt-get", "install", "-y", "-qq", "--no-install-recommends"];
    for words in [[sudo, update].concat(), [sudo, install, &missing].concat()] {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive");
        let output = command.output().with_context(|| format!("could not start {command:?}"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            bail!("{command:?} failed. Run as root: {by_hand}\n{said}");
        }
    }
    Ok(())
}

/// Installs the node packages that the lock file names, when they are not there yet.
pub(crate) fn install_node_packages(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root().join("clients");
    let changed = |path: &Path| path.metadata().and_then(|data| data.modified());
    let wanted =
        changed(&folder.join("package-lock.json")).context("clients/package-lock.json is missing")?;
    if changed(&folder.join("node_modules/.package-lock.json")).is_ok_and(|installed| installed >= wanted) {
        return Ok(());
    }
    println!("installing the node packages: npm ci in clients/");
    let mut command = Command::new("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&folder);
    let output = command.output().context("could not start npm")?;
    if !output.status.success() {
        bail!("`npm ci` in clients/ failed:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

fn is_there(package: &Package) -> bool {
    package.found_by.iter().any(|place| match place.split_once('*') {
        Some((before, after)) => matches_any(before, after),
        None => in_path(place),
    })
}

/// Whether a path with one wildcard, which ends at the next `/`, leads to a file.
fn matches_any(before: &str, after: &str) -> bool {
    let (folder, start) = before.rsplit_once('/').unwrap_or(("", before));
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|entry| {
        let fits = entry.file_name().to_str().is_some_and(|name| name.starts_with(start));
        fits && Path::new(&format!("{}{after}", entry.path().display())).exists()
    })
}

/// Whether a program of that name is in `PATH`.
pub(crate) fn in_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn is_root() -> Result<bool> {
    let output = Command::new("id").arg("-u").output().context("could not run `id`")?;
    Ok(output.stdout.trim_ascii() == b"0")
}

fn can_sudo() -> bool {
    in_path("sudo")
        && Command::new("sudo").args(["-n", "true"]).output().is_ok_and(|output| output.status.success())
}
