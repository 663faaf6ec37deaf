//! A file's text to steps for an engine and the catalog it leads to.
//!
//! Statements are bound one after the other, each against the catalog that those before it made. **Must not:** run anything.

use std::sync::Arc;

use algebra::datetime::Timestamp;
use algebra::names::SequenceName;
use algebra::statement::Statement;
use algebra::value::Value;
use catalog::{Catalog, Change, DropKind};
use database::{Engine, MigrationStep, Prepared, Query};
use pgsql::bind::{Bound, Options, bind};
use pgsql::syntax::name::Span;
use pgsql::{Diagnostic, SqlState};
use policy::{Caller, Enforced};
use render::Unsupported;

/// What a file came to.
#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    pub(crate) steps: Vec<MigrationStep>,
    pub(crate) catalog: Catalog,
}

/// What a text is compiled for.
#[derive(Clone, Copy)]
pub(crate) struct Under<'a> {
    pub(crate) engine: &'a dyn Engine,
    /// As whom its statements run.
    pub(crate) caller: &'a Caller,
    /// What the literal `'now'` stands for: the moment it is applied, also when the ledger is read again later.
    pub(crate) now: Timestamp,
}

/// Compiles a text for an engine.
///
/// # Errors
/// Every syntax error, else the first that binding finds: what follows one is mostly noise.
pub(crate) fn compile(text: &str, catalog: &Catalog, under: Under<'_>) -> Result<Compiled, Vec<Diagnostic>> {
    let script = pgsql::parse_all(text);
    if !script.errors.is_empty() {
        return Err(script.errors);
    }
    let mut options = Options::at(under.now);
    let mut compiled = Compiled { steps: Vec::new(), catalog: catalog.clone() };
    for statement in &script.statements {
        let one = |error| vec![error];
        for bound in bind(statement, &compiled.catalog, &options).map_err(one)? {
            match bound {
                Bound::Statement(prepared) => {
                    let step =
                        run(prepared.statement, &compiled.catalog, under, statement.span).map_err(one)?;
                    compiled.steps.push(step);
                }
                Bound::Change(change) => {
                    compiled.change(&change, under.engine, statement.span).map_err(one)?
                }
                Bound::Setting(setting) => options = options.with(&setting),
                Bound::Nothing => {}
            }
        }
    }
    Ok(compiled)
}

impl Compiled {
    fn change(&mut self, change: &Change, engine: &dyn Engine, span: Span) -> Result<(), Diagnostic> {
        let after = self.catalog.apply(change).map_err(|error| Diagnostic {
            detail: error.detail,
            hint: error.hint,
            ..Diagnostic::new(SqlState::new(error.code), error.message, span)
        })?;
        if engine.enforced() == Enforced::Here
            && let Some(refused) = render::unsupported_change(change, &after)
        {
            return Err(refusal(&refused, span));
        }
        self.steps.extend(sequence_step(change));
        if let Some(program) = engine.dialect().definition(change, &self.catalog, &after) {
            self.steps.push(MigrationStep::Define(Arc::new(program)));
        }
        self.catalog = after;
        Ok(())
    }
}

/// What a change means for the sequences that the engine counts.
fn sequence_step(change: &Change) -> Option<MigrationStep> {
    match change {
        // A new sequence begins at its start, also under the name of one that was dropped.
        Change::CreateSequence(sequence) => {
            Some(MigrationStep::Restart { sequence: sequence.name.clone(), value: sequence.options.start })
        }
        Change::AlterSequence { name, restart: Some(value), .. } => {
            Some(MigrationStep::Restart { sequence: name.clone(), value: *value })
        }
        Change::Rename { what: DropKind::Sequence, name, to } => {
            let renamed = SequenceName::new(name.schema.clone(), to.clone());
            Some(MigrationStep::RenameSequence { from: name.clone(), to: renamed })
        }
        Change::SetSchema { what: DropKind::Sequence, name, to } => {
            let moved = SequenceName::new(to.clone(), name.name.clone());
            Some(MigrationStep::RenameSequence { from: name.clone(), to: moved })
        }
        _ => None,
    }
}

/// A statement as a step.
fn run(
    statement: Statement,
    catalog: &Catalog,
    under: Under<'_>,
    span: Span,
) -> Result<MigrationStep, Diagnostic> {
    let engine = under.engine;
    if engine.enforced() == Enforced::Here
        && let Some(refused) = render::unsupported(&statement)
    {
        return Err(refusal(&refused, span));
    }
    let guarded = policy::guard(statement, under.caller, catalog, engine.enforced())
        .map_err(|denied| Diagnostic::new(SqlState::new(denied.code), denied.message, span))?;
    let program = Arc::new(render::render(&guarded, catalog, engine.dialect()));
    Ok(MigrationStep::Run(Prepared { program, columns: Arc::from([]), parameters: Vec::new() }))
}

/// One of our own queries as a step.
pub(crate) fn own(
    query: &Query,
    parameters: Vec<Value>,
    catalog: &Catalog,
    under: Under<'_>,
) -> Result<MigrationStep, Diagnostic> {
    let statements = pgsql::parse_script(query.text)?;
    let nothing = || Diagnostic::new(SqlState::SYNTAX_ERROR, "not one statement", Span { start: 0, end: 0 });
    let [statement] = statements.as_slice() else { return Err(nothing()) };
    let bound = bind(statement, catalog, &Options::at(under.now))?;
    let Some(Bound::Statement(prepared)) = bound.into_iter().next() else { return Err(nothing()) };
    match run(prepared.statement, catalog, under, statement.span)? {
        MigrationStep::Run(prepared) => Ok(MigrationStep::Run(Prepared { parameters, ..prepared })),
        other => Ok(other),
    }
}

fn refusal(refused: &Unsupported, span: Span) -> Diagnostic {
    Diagnostic::new(
        SqlState::FEATURE_NOT_SUPPORTED,
        format!("{} is not supported on the embedded engine", refused.construct),
        span,
    )
    .with_hint(refused.instead)
}

/// The moment that something is applied.
#[expect(
    clippy::disallowed_methods,
    reason = "a migration has a moment at which it is applied, and the ledger keeps it"
)]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let micros = i64::try_from(since.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros(micros).unwrap_or(Timestamp::INFINITY)
}
