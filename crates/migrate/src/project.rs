//! A project's SQL files: `migrations/<version>_<name>.sql` and `seed.sql`, or the same below `supabase/`.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use ring::digest;

/// The SQL files of a project, in the order they are applied.
#[derive(Debug, Clone, Default)]
pub struct Project {
    pub root: PathBuf,
    pub files: Vec<MigrationFile>,
    pub seed: Option<SeedFile>,
}

/// One migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationFile {
    /// Digits, as written.
    pub version: String,
    pub name: String,
    pub path: PathBuf,
    pub text: String,
    /// SHA-256 of the text, in hexadecimal.
    pub checksum: String,
}

/// The file with development data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedFile {
    pub path: PathBuf,
    pub text: String,
    pub checksum: String,
}

/// Why a project cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    #[error("cannot read `{path}`: {reason}")]
    Unreadable { path: String, reason: String },
    #[error(
        "`{path}` is not a migration: its name must be digits, `_`, a name and `.sql`, as in `0001_tasks.sql`"
    )]
    BadName { path: String },
    #[error("`{first}` and `{second}` have the same version: rename one of them")]
    SameVersion { first: String, second: String },
    #[error("cannot write `{path}`: {reason}")]
    Unwritable { path: String, reason: String },
}

impl Project {
    /// Reads a project's files. A folder without any is an empty project.
    ///
    /// # Errors
    /// [`ProjectError`] for files that cannot be read, have no version, or share one.
    pub fn read(root: &Path) -> Result<Self, ProjectError> {
        let base = base(root);
        let folder = base.join("migrations");
        let mut files = Vec::new();
        for path in sql_files(&folder)? {
            files.push(migration(path)?);
        }
        files.sort_by(|a, b| by_version(&a.version, &b.version));
        let twins =
            files.windows(2).find(|pair| by_version(&pair[0].version, &pair[1].version) == Ordering::Equal);
        if let Some([first, second]) = twins {
            let name = |file: &MigrationFile| file.path.display().to_string();
            return Err(ProjectError::SameVersion { first: name(first), second: name(second) });
        }
        let seed = base.join("seed.sql");
        let seed = match seed.is_file() {
            true => {
                let text = read(&seed)?;
                Some(SeedFile { path: seed, checksum: checksum(&text), text })
            }
            false => None,
        };
        Ok(Self { root: root.to_owned(), files, seed })
    }

    /// Makes the next migration file, empty, and answers its path.
    ///
    /// # Errors
    /// [`ProjectError`] when the name has other characters than letters, digits and `_`, or the file cannot be written.
    pub fn new_file(&self, name: &str) -> Result<PathBuf, ProjectError> {
        let name = name.trim().replace([' ', '-'], "_");
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let folder = base(&self.root).join("migrations");
        if !is_name {
            return Err(ProjectError::BadName { path: name });
        }
        let path = folder.join(format!("{}_{name}.sql", self.next_version()));
        let unwritable = |error: std::io::Error| ProjectError::Unwritable {
            path: path.display().to_string(),
            reason: error.to_string(),
        };
        std::fs::create_dir_all(&folder).map_err(unwritable)?;
        std::fs::write(&path, format!("-- {}\n\n", name.replace('_', " "))).map_err(unwritable)?;
        Ok(path)
    }

    /// One more than the last version, with as many digits.
    fn next_version(&self) -> String {
        let last = self.files.last().map_or("0000", |file| file.version.as_str());
        let next = last.parse::<u128>().unwrap_or_default().saturating_add(1);
        format!("{next:0width$}", width = last.len())
    }

    /// A text that changes when any file does.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let files = self.files.iter().map(|file| (&file.version, &file.checksum));
        let seed = self.seed.as_ref().map(|seed| &seed.checksum);
        checksum(&format!("{:?}{seed:?}", files.collect::<Vec<_>>()))
    }
}

/// Where the SQL files are: below `supabase/` when only that has migrations.
fn base(root: &Path) -> PathBuf {
    let other = root.join("supabase");
    if !root.join("migrations").is_dir() && other.join("migrations").is_dir() {
        other
    } else {
        root.to_owned()
    }
}

fn sql_files(folder: &Path) -> Result<Vec<PathBuf>, ProjectError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |error: std::io::Error| ProjectError::Unreadable {
        path: folder.display().to_string(),
        reason: error.to_string(),
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension().is_some_and(|extension| extension == "sql") && path.is_file() {
            paths.push(path);
        }
    }
    Ok(paths)
}

fn migration(path: PathBuf) -> Result<MigrationFile, ProjectError> {
    let bad_name = || ProjectError::BadName { path: path.display().to_string() };
    let stem = path.file_stem().and_then(|stem| stem.to_str()).ok_or_else(bad_name)?;
    let (version, name) = stem.split_once('_').ok_or_else(bad_name)?;
    if version.is_empty()
        || !version.bytes().all(|b| b.is_ascii_digit())
        || version.len() > 30
        || name.is_empty()
    {
        return Err(bad_name());
    }
    let text = read(&path)?;
    let (version, name) = (version.to_owned(), name.to_owned());
    Ok(MigrationFile { version, name, checksum: checksum(&text), text, path })
}

fn read(path: &Path) -> Result<String, ProjectError> {
    std::fs::read_to_string(path).map_err(|error| ProjectError::Unreadable {
        path: path.display().to_string(),
        reason: error.to_string(),
    })
}

/// SHA-256 in hexadecimal.
pub(crate) fn checksum(text: &str) -> String {
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Versions are numbers of any length: `2` comes before `0010`.
pub(crate) fn by_version(left: &str, right: &str) -> Ordering {
    let digits = |text: &str| text.trim_start_matches('0').to_owned();
    let (left, right) = (digits(left), digits(right));
    left.len().cmp(&right.len()).then_with(|| left.cmp(&right))
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::by_version;

    #[test]
    fn versions_are_numbers() {
        assert_eq!(by_version("2", "0010"), Ordering::Less);
        assert_eq!(by_version("0001", "1"), Ordering::Equal);
        assert_eq!(by_version("20260101120000", "20260101115959"), Ordering::Greater);
    }
}
