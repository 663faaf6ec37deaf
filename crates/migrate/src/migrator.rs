//! Applying migrations: what is new, one transaction a file, recorded with its text.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use algebra::datetime::Timestamp;
use algebra::value::Value;
use catalog::Catalog;
use database::{Database, Engine, Migration, MigrationStep, Query};
use pgsql::Diagnostic;
use policy::Caller;

use crate::compile::{self, Compiled, Under, compile};
use crate::error::MigrateError;
use crate::ledger::{self, Entry};
use crate::project::{MigrationFile, Project, by_version, checksum};
use crate::report::Problem;

/// A migration that Mainstay brings itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// `0001_accounts`: version and name.
    pub name: &'static str,
    pub text: &'static str,
}

/// The ledger's own tables come first.
const LEDGER: BuiltIn = BuiltIn { name: "0000_ledger", text: include_str!("../schema/0000_ledger.sql") };

/// A file that was just applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub version: String,
    pub name: String,
}

/// A migration and whether it was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileStatus {
    pub version: String,
    pub name: String,
    pub state: FileState,
}

/// How a migration's file stands to the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    /// Applied then.
    Applied {
        at: String,
    },
    Pending,
    /// Applied, and changed since.
    Changed {
        at: String,
    },
    /// Applied, and its file is gone.
    Missing {
        at: String,
    },
}

/// Brings a database to what the files say.
pub struct Migrator {
    database: Database,
    entries: Vec<Entry>,
}

impl Migrator {
    /// Prepares the database where it is new, applies what Mainstay brings itself, and reads the ledger into a catalog.
    ///
    /// # Errors
    /// [`MigrateError`] when the engine refuses, or the ledger was written by a version that knows more.
    pub async fn open(engine: Arc<dyn Engine>, built_in: &[BuiltIn]) -> Result<Self, MigrateError> {
        let compiler = Arc::clone(&engine);
        let now = compile::now();
        let own = |migration: &BuiltIn, catalog: &Catalog| {
            compile(migration.text, catalog, system(compiler.as_ref(), now)).map_err(|diagnostics| {
                MigrateError::Unknown {
                    version: migration.name.to_owned(),
                    message: diagnostics
                        .first()
                        .map_or_else(String::new, |diagnostic| diagnostic.message.clone()),
                }
            })
        };
        let ledger = own(&LEDGER, &Catalog::prepared())?;
        let table = algebra::names::TableName::literal("mainstay", "migrations");
        if !engine.has_table(table).await? {
            let entry = Entry::of(true, &file(&LEDGER), now);
            let step = ledger_step(&ledger.catalog, &ledger::INSERT, entry.parameters(), (&engine, now))?;
            run(engine.as_ref(), ledger.clone(), vec![step], Caller::System).await?;
        }
        let database = Database::new(Arc::clone(&engine), ledger.catalog);
        let entries = ledger::entries(&database).await?;
        let catalog = replay(&entries, engine.as_ref())?;
        let mut migrator = Self { database: ledger::with_catalog(&database, catalog), entries };
        for migration in built_in {
            let file = file(migration);
            if !migrator.entries.iter().any(|entry| entry.built_in && entry.version == file.version) {
                let compiled = own(migration, &migrator.database.catalog())?;
                migrator.apply(Entry::of(true, &file, now), compiled, now).await?;
            }
        }
        Ok(migrator)
    }

    /// The database with the catalog as it is now. Clones see what later migrations make of it.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Each migration of the project and of the ledger, in order.
    #[must_use]
    pub fn status(&self, project: &Project) -> Vec<FileStatus> {
        let mut all: Vec<_> = project
            .files
            .iter()
            .map(|file| FileStatus {
                version: file.version.clone(),
                name: file.name.clone(),
                state: match self.entry(&file.version) {
                    None => FileState::Pending,
                    Some(entry) if entry.checksum == file.checksum => {
                        FileState::Applied { at: entry.applied_at.clone() }
                    }
                    Some(entry) => FileState::Changed { at: entry.applied_at.clone() },
                },
            })
            .collect();
        let gone = self
            .own_entries()
            .filter(|entry| !project.files.iter().any(|file| file.version == entry.version));
        all.extend(gone.map(|entry| FileStatus {
            version: entry.version.clone(),
            name: entry.name.clone(),
            state: FileState::Missing { at: entry.applied_at.clone() },
        }));
        all.sort_by(|a, b| by_version(&a.version, &b.version));
        all
    }

    /// Binds everything that is pending without applying it; answers the catalog that it would lead to.
    ///
    /// # Errors
    /// [`MigrateError`]: all problems of all files, or a file that changed.
    pub fn check(&self, project: &Project) -> Result<Catalog, MigrateError> {
        let mut catalog = (*self.database.catalog()).clone();
        let mut problems = Vec::new();
        for file in self.pending(project)? {
            match self.compile_file(file, &catalog) {
                Ok(compiled) => catalog = compiled.catalog,
                Err(MigrateError::Problems { problems: found }) => {
                    problems.extend(found);
                    break;
                }
                Err(other) => return Err(other),
            }
        }
        if let (Some(seed), true) = (&project.seed, problems.is_empty())
            && let Err(diagnostics) = self.compile_seed(&seed.text, &catalog)
        {
            problems.extend(diagnostics.into_iter().map(|diagnostic| Problem {
                path: seed.path.clone(),
                text: seed.text.clone(),
                diagnostic,
            }));
        }
        if problems.is_empty() { Ok(catalog) } else { Err(MigrateError::Problems { problems }) }
    }

    /// Applies what is pending, each file in a transaction of its own, and says which. `progress` hears of each as it is done.
    ///
    /// # Errors
    /// [`MigrateError`]; files before the one that failed stay applied.
    pub async fn up(
        &mut self,
        project: &Project,
        progress: &mut (dyn FnMut(&Applied) + Send),
    ) -> Result<Vec<Applied>, MigrateError> {
        self.check(project)?;
        let pending: Vec<_> = self.pending(project)?.into_iter().cloned().collect();
        let mut all = Vec::new();
        for file in pending {
            let now = compile::now();
            let under = system(self.database.engine().as_ref(), now);
            let compiled = compile(&file.text, &self.database.catalog(), under)
                .map_err(|diagnostics| problems(&file.path, &file.text, diagnostics))?;
            self.apply(Entry::of(false, &file, now), compiled, now).await?;
            let applied = Applied { version: file.version.clone(), name: file.name.clone() };
            progress(&applied);
            all.push(applied);
        }
        Ok(all)
    }

    /// Runs the seed file once, as the service role; `again` runs it anyway. Answers whether it ran.
    ///
    /// # Errors
    /// [`MigrateError`]; nothing of the seed is left then.
    pub async fn seed(&self, project: &Project, again: bool) -> Result<bool, MigrateError> {
        let Some(seed) = &project.seed else { return Ok(false) };
        if !again && ledger::is_seeded(&self.database).await? {
            return Ok(false);
        }
        let engine = self.database.engine();
        let catalog = self.database.catalog();
        let compiled = self
            .compile_seed(&seed.text, &catalog)
            .map_err(|diagnostics| problems(&seed.path, &seed.text, diagnostics))?;
        let parameters = vec![Value::Text(seed.checksum.clone())];
        let mark = ledger_step(&catalog, &ledger::INSERT_SEED, parameters, (engine, compile::now()))?;
        let refused = |source| MigrateError::Refused { file: seed.path.display().to_string(), source };
        run(engine.as_ref(), compiled, vec![mark], seeder()).await.map_err(|error| match error {
            MigrateError::Ledger(source) => refused(source),
            other => other,
        })?;
        Ok(true)
    }

    /// A seed holds rows: what it would define, the ledger would not know.
    fn compile_seed(&self, text: &str, catalog: &Catalog) -> Result<Compiled, Vec<Diagnostic>> {
        let under = Under { engine: self.database.engine().as_ref(), caller: &seeder(), now: compile::now() };
        let compiled = compile(text, catalog, under)?;
        if compiled.catalog.version() != catalog.version() {
            let span = pgsql::syntax::name::Span { start: 0, end: 0 };
            let message = "a seed file cannot define anything";
            let found = Diagnostic::new(pgsql::SqlState::FEATURE_NOT_SUPPORTED, message, span);
            return Err(vec![found.with_hint("write a migration: `mainstay migrate new <name>`")]);
        }
        Ok(compiled)
    }

    /// What is not applied yet, after checking that what is applied is still as it was.
    fn pending<'p>(&self, project: &'p Project) -> Result<Vec<&'p MigrationFile>, MigrateError> {
        for status in self.status(project) {
            match status.state {
                FileState::Changed { .. } => {
                    return Err(MigrateError::Changed {
                        file: format!("{}_{}.sql", status.version, status.name),
                    });
                }
                FileState::Missing { .. } => return Err(MigrateError::Missing { version: status.version }),
                FileState::Applied { .. } | FileState::Pending => {}
            }
        }
        let last = self.own_entries().map(|entry| entry.version.as_str()).max_by(|a, b| by_version(a, b));
        let pending: Vec<_> =
            project.files.iter().filter(|file| self.entry(&file.version).is_none()).collect();
        if let (Some(first), Some(last)) = (pending.first(), last)
            && by_version(&first.version, last).is_lt()
        {
            let file = first.path.display().to_string();
            return Err(MigrateError::OutOfOrder { file, last: last.to_owned() });
        }
        Ok(pending)
    }

    fn compile_file(&self, file: &MigrationFile, catalog: &Catalog) -> Result<Compiled, MigrateError> {
        compile(&file.text, catalog, system(self.database.engine().as_ref(), compile::now()))
            .map_err(|diagnostics| problems(&file.path, &file.text, diagnostics))
    }

    async fn apply(&mut self, entry: Entry, compiled: Compiled, now: Timestamp) -> Result<(), MigrateError> {
        let engine = Arc::clone(self.database.engine());
        let step = ledger_step(&compiled.catalog, &ledger::INSERT, entry.parameters(), (&engine, now))?;
        let catalog = Arc::new(compiled.catalog.clone());
        run(engine.as_ref(), compiled, vec![step], Caller::System).await.map_err(|error| match error {
            MigrateError::Ledger(source) => {
                MigrateError::Refused { file: format!("{}_{}.sql", entry.version, entry.name), source }
            }
            other => other,
        })?;
        self.entries.push(entry);
        self.database.swap_catalog(catalog);
        Ok(())
    }

    fn own_entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.built_in)
    }

    fn entry(&self, version: &str) -> Option<&Entry> {
        self.own_entries().find(|entry| entry.version == version)
    }
}

/// A migration of our own as a file.
fn file(built_in: &BuiltIn) -> MigrationFile {
    let (version, name) = built_in.name.split_once('_').unwrap_or((built_in.name, ""));
    MigrationFile {
        version: version.to_owned(),
        name: name.to_owned(),
        path: PathBuf::from(format!("{}.sql", built_in.name)),
        text: built_in.text.to_owned(),
        checksum: checksum(built_in.text),
    }
}

/// The catalog that the applied migrations lead to, in their order.
fn replay(entries: &[Entry], engine: &dyn Engine) -> Result<Catalog, MigrateError> {
    entries.iter().try_fold(Catalog::prepared(), |catalog, entry| {
        let now = Timestamp::from_stored(&entry.applied_at).unwrap_or_else(|_| compile::now());
        let compiled = compile(&entry.text, &catalog, system(engine, now));
        compiled.map(|compiled| compiled.catalog).map_err(|diagnostics| MigrateError::Unknown {
            version: format!("{}_{}", entry.version, entry.name),
            message: diagnostics.first().map_or_else(String::new, |diagnostic| diagnostic.message.clone()),
        })
    })
}

fn ledger_step(
    catalog: &Catalog,
    query: &Query,
    parameters: Vec<Value>,
    (engine, now): (&Arc<dyn Engine>, Timestamp),
) -> Result<MigrationStep, MigrateError> {
    compile::own(query, parameters, catalog, system(engine.as_ref(), now)).map_err(|diagnostic| {
        MigrateError::Unknown { version: query.name.to_owned(), message: diagnostic.message }
    })
}

/// Runs what a file came to and what records it, in one transaction.
async fn run(
    engine: &dyn Engine,
    compiled: Compiled,
    more: Vec<MigrationStep>,
    caller: Caller,
) -> Result<(), MigrateError> {
    let mut steps = compiled.steps;
    steps.extend(more);
    let migration = Migration { steps, catalog: Arc::new(compiled.catalog), caller };
    Ok(engine.migrate(migration).await?)
}

fn system(engine: &dyn Engine, now: Timestamp) -> Under<'_> {
    Under { engine, caller: &Caller::System, now }
}

/// Seeds run as the service role.
fn seeder() -> Caller {
    Caller::Service { claims: policy::Claims::default() }
}

fn problems(path: &Path, text: &str, diagnostics: Vec<Diagnostic>) -> MigrateError {
    let problem = |diagnostic| Problem { path: path.to_owned(), text: text.to_owned(), diagnostic };
    MigrateError::Problems { problems: diagnostics.into_iter().map(problem).collect() }
}

#[cfg(test)]
mod tests;
