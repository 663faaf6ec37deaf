//! Migration files, the ledger, checks, lints and seeds.
//!
//! A project's SQL files become a catalog and steps for the engine; the ledger remembers what was applied, in full, and the
//! catalog is made from it. **Must not:** know HTTP or a driver, print anything.

mod compile;
mod error;
mod ledger;
mod lint;
mod migrator;
mod project;
mod report;

pub use error::MigrateError;
pub use lint::{Lint, Severity, lint};
pub use migrator::{Applied, BuiltIn, FileState, FileStatus, Migrator};
pub use project::{MigrationFile, Project, ProjectError, SeedFile};
pub use report::{Problem, render_problem};
