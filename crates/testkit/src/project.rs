//! Project folders that live as long as the test that made them.
//!
//! **Must not:** touch a folder it did not make.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result};

/// Where a project's data lies, below its folder.
pub const DATA: &str = ".mainstay";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A temporary folder, removed when it is dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// An empty folder.
    pub fn new() -> Result<Self> {
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("mainstay-test-{}-{count}", std::process::id()));
        fs::create_dir_all(&path).with_context(|| format!("could not make `{}`", path.display()))?;
        Ok(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that cannot be removed lies in the system's temporary folder; the test's result is not its matter.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A project with one migration.
pub fn with_migration(sql: &str) -> Result<Folder> {
    let folder = Folder::new()?;
    let migrations = folder.path().join("migrations");
    fs::create_dir_all(&migrations)?;
    fs::write(migrations.join("0001_schema.sql"), sql).context("could not write the migration")?;
    Ok(folder)
}

/// A copy of a project, its data included.
pub fn copy_of(project: &Path) -> Result<Folder> {
    let folder = Folder::new()?;
    copy_tree(project, folder.path())?;
    Ok(folder)
}

/// A copy of what a project's author wrote, without the data of earlier runs.
pub fn without_data(project: &Path) -> Result<Folder> {
    let folder = copy_of(project)?;
    let data = folder.path().join(DATA);
    if data.exists() {
        fs::remove_dir_all(&data).with_context(|| format!("could not remove `{}`", data.display()))?;
    }
    Ok(folder)
}

fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("could not read `{}`", from.display()))? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let target = to.join(entry.file_name());
        if kind.is_dir() {
            copy_tree(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}
