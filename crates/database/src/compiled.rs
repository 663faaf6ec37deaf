//! PostgreSQL SQL of a service or of a prompt, compiled: parsed, bound, guarded, rendered.
//!
//! A service's query is compiled once for each catalog and kept. **Must not:** change the catalog: definitions belong in
//! migrations.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use algebra::datetime::Timestamp;
use algebra::statement::Statement;
use algebra::types::Type;
use pgsql::bind::{Bound, Options, bind};
use pgsql::{Diagnostic, SqlState};
use render::Program;

use crate::error::{DatabaseError, SqlError};
use crate::query::Query;
use crate::session::Session;
use crate::shapes::Kind;

/// A statement of a text, bound and typed, not yet guarded.
#[derive(Debug, Clone)]
pub struct Parsed {
    statement: Statement,
    /// The types of `$1`….
    pub parameters: Vec<Type>,
}

/// A statement, ready to run.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    pub(crate) program: Arc<Program>,
    pub(crate) columns: Arc<[(String, Type)]>,
}

/// The compiled queries of services.
#[derive(Debug, Default)]
pub(crate) struct CompiledQueries(Mutex<HashMap<(Query, Kind), Kept>>);

/// A compiled query and the version of the catalog it was compiled for.
type Kept = (u64, Arc<Compiled>);

impl CompiledQueries {
    /// A query for a session, compiled when this catalog has not seen it.
    pub(crate) fn find(&self, query: &Query, session: &Session) -> Result<Arc<Compiled>, DatabaseError> {
        let version = session.catalog().version();
        let key = (*query, Kind::of(session.caller()));
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, compiled)) = lock().get(&key)
            && *of == version
        {
            return Ok(Arc::clone(compiled));
        }
        let parsed = only_statement(query, session)?;
        let compiled = Arc::new(compile(&parsed, session)?);
        lock().insert(key, (version, Arc::clone(&compiled)));
        Ok(compiled)
    }
}

/// Reads and binds a text of statements.
pub(crate) fn parse(text: &str, session: &Session) -> Result<Vec<Parsed>, Vec<Diagnostic>> {
    let script = pgsql::parse_all(text);
    let mut errors = script.errors;
    let options = Options::at(now());
    let mut parsed = Vec::new();
    for statement in &script.statements {
        match bind(statement, session.catalog(), &options) {
            Ok(bound) => {
                for bound in bound {
                    match bound {
                        Bound::Statement(prepared) => parsed
                            .push(Parsed { statement: prepared.statement, parameters: prepared.parameters }),
                        Bound::Change(_) => errors.push(not_here(statement.span)),
                        Bound::Setting(_) | Bound::Nothing => {}
                    }
                }
            }
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(parsed) } else { Err(errors) }
}

/// Guards and renders a statement for the session's caller.
pub(crate) fn compile(parsed: &Parsed, session: &Session) -> Result<Compiled, DatabaseError> {
    let engine = session.database().engine();
    let columns = columns(&parsed.statement);
    let guarded =
        policy::guard(parsed.statement.clone(), session.caller(), session.catalog(), engine.enforced())?;
    let program = render::render(&guarded, session.catalog(), engine.dialect());
    Ok(Compiled { program: Arc::new(program), columns })
}

/// Names and types of what a statement answers.
pub(crate) fn columns(statement: &Statement) -> Arc<[(String, Type)]> {
    match statement {
        Statement::Query(query) => {
            query.columns().into_iter().map(|(name, ty)| (name.as_str().to_owned(), ty)).collect()
        }
        Statement::Write(write) => write
            .returning()
            .iter()
            .map(|output| (output.name.as_str().to_owned(), output.expr.ty.clone()))
            .collect(),
    }
}

/// A service's query is one statement; anything else is a mistake in our own files, found by the first test that runs it.
fn only_statement(query: &Query, session: &Session) -> Result<Parsed, DatabaseError> {
    let mut parsed = parse(query.text, session).map_err(|errors| {
        let first = errors.into_iter().next();
        let (code, message) =
            first.map_or(("42601", String::new()), |error| (error.sqlstate.code(), error.message));
        tracing::error!(query = query.name, message, "a query of ours does not fit the catalog");
        SqlError::new(code, message)
    })?;
    match (parsed.pop(), parsed.is_empty()) {
        (Some(one), true) => Ok(one),
        _ => Err(SqlError::new("42601", format!("`{}` is not one statement", query.name)).into()),
    }
}

fn not_here(span: pgsql::syntax::name::Span) -> Diagnostic {
    Diagnostic::new(SqlState::FEATURE_NOT_SUPPORTED, "definitions are not run here", span)
        .with_hint("write a migration: `mainstay migrate new <name>`")
}

/// What `'now'` in a text stands for: the moment it is bound.
#[expect(
    clippy::disallowed_methods,
    reason = "the literal `'now'` is read when a statement is bound, as PostgreSQL does"
)]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros(micros).unwrap_or(Timestamp::INFINITY)
}
