//! What SQLite itself says of a database file, after a crash.
//!
//! **Must not:** write, nor open a file that a server still uses.

use std::path::Path;

use anyhow::{Context, Result};
use rusqlite::{Connection, OpenFlags};

/// Everything that `integrity_check` and `foreign_key_check` find wrong; empty when the file is sound.
pub fn faults(file: &Path) -> Result<Vec<String>> {
    // Not read-only: a log left by a crash is recovered first, as the server's next start would.
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)
        .with_context(|| format!("could not open `{}`", file.display()))?;
    let mut faults = Vec::new();
    let mut check = connection.prepare("pragma integrity_check")?;
    for line in check.query_map([], |row| row.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            faults.push(line);
        }
    }
    let mut check = connection.prepare("pragma foreign_key_check")?;
    for table in check.query_map([], |row| row.get::<_, String>(0))? {
        faults.push(format!("a row of `{}` refers to nothing", table?));
    }
    Ok(faults)
}
