//! A request into a plan: structure only. Embedded levels get the filters, orders and bounds that are addressed to
//! them; values move into the plan's inputs; the key of an item's URL becomes conditions.
//! **Must not:** resolve names (the plan does), except the primary key that PUT and item routes are about.

mod condition;
mod key;
mod level;
#[cfg(test)]
mod tests;

use catalog::Catalog;
use plan::request::{Action as PlanAction, Conflict, Count, Expect, Format, Insert, Resolution};
use plan::{Inputs, Plan, Rows};
use web::Code;

use self::key::Key;
use crate::error::RequestError;
use crate::media::{Media, Nulls};
use crate::prefer::{self, Missing, Returning};
use crate::query::Excess;
use crate::request::{Action, Request};

/// The most values of one query: what SQLite binds to one statement, less what the plan itself needs. Only a
/// server whose other limits were raised gets so far.
const VALUES_MAX: usize = 32_000;

/// A request as the database takes it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Lowered {
    /// What is asked.
    pub(crate) plan: Plan,
    /// Its values.
    pub(crate) inputs: Inputs,
    /// What the answer has to mention.
    pub(crate) notes: Notes,
}

/// What lowering found out that the answer has to mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notes {
    /// Whether the relation is a table, which can be written to.
    pub(crate) is_table: bool,
    /// The columns of the primary key, when the relation has one.
    pub(crate) key_columns: Vec<String>,
    /// Whether rows that exist are resolved rather than refused.
    pub(crate) is_upsert: bool,
    /// The preferences that are honoured.
    pub(crate) applied: Option<String>,
    /// What the client should do better.
    pub(crate) warning: Option<String>,
}

/// Lowers a request. Its rows, if it has any, move into the inputs.
///
/// # Errors
/// [`RequestError`] for levels that are not embedded, and for PUT and item URLs that do not fit the primary key.
pub(crate) fn lower(
    request: &mut Request,
    catalog: &Catalog,
    rows_max: u64,
) -> Result<Lowered, RequestError> {
    with_key(request, Key::of(request, catalog), rows_max)
}

fn with_key(request: &mut Request, key: Key, rows_max: u64) -> Result<Lowered, RequestError> {
    let mut inputs = Inputs::default();
    let (mut level, warning) = level::build(request, &mut inputs)?;
    key.address(request, &mut level, &mut inputs)?;
    let is_upsert = key.resolves(request);
    let action = action(request, is_upsert, &mut inputs.rows);
    let plan = Plan {
        schema: request.profile.schema.clone(),
        relation: request.relation.clone(),
        action,
        level,
        count: count(request),
        format: format(request),
        expect: expect(request),
        rows_max: Some(rows_max),
    };
    let applied = request.prefer.applied(request.applies(is_upsert));
    if inputs.values.len() > VALUES_MAX {
        let what = "the number of values";
        return Err(Excess { what, limit: VALUES_MAX as u64, code: Code::QueryLimit }.into());
    }
    let notes = Notes { is_table: key.is_table, key_columns: key.columns, is_upsert, applied, warning };
    Ok(Lowered { plan, inputs, notes })
}

fn action(request: &mut Request, is_upsert: bool, rows: &mut Rows) -> PlanAction {
    let missing_default = request.prefer.missing == Some(Missing::Default);
    let conflict = request.prefer.resolution.filter(|_| is_upsert).map(|resolution| Conflict {
        columns: request.query.on_conflict.iter().flatten().map(|name| name.as_str().to_owned()).collect(),
        resolution: match resolution {
            prefer::Resolution::Merge => Resolution::Merge,
            prefer::Resolution::Ignore => Resolution::Ignore,
        },
    });
    match &mut request.action {
        Action::Read | Action::Head | Action::Options => PlanAction::Read,
        Action::Delete => PlanAction::Delete,
        Action::Insert(payload) => {
            *rows = std::mem::take(&mut payload.rows);
            let columns = std::mem::take(&mut payload.columns);
            PlanAction::Insert(Insert { columns, missing_default, conflict })
        }
        Action::Replace(payload) => {
            *rows = std::mem::take(&mut payload.rows);
            let columns = std::mem::take(&mut payload.columns);
            let conflict = Some(Conflict { columns: Vec::new(), resolution: Resolution::Merge });
            PlanAction::Insert(Insert { columns, missing_default, conflict })
        }
        Action::Update(payload) => {
            *rows = std::mem::take(&mut payload.rows);
            // An update has one set of values: that of the first row. Without a row nothing is to be set.
            rows.rows.truncate(1);
            let columns = std::mem::take(&mut payload.columns);
            let columns = if rows.rows.is_empty() { Vec::new() } else { columns };
            PlanAction::Update { columns, missing_default }
        }
    }
}

/// The total of a write is what it wrote; only a read has one to count.
fn count(request: &Request) -> Option<Count> {
    if !matches!(request.action, Action::Read | Action::Head) {
        return None;
    }
    request.prefer.count.map(|count| match count {
        prefer::Count::Exact => Count::Exact,
        prefer::Count::Planned => Count::Planned,
        prefer::Count::Estimated => Count::Estimated,
    })
}

fn format(request: &Request) -> Format {
    let is_read = matches!(request.action, Action::Read | Action::Head | Action::Options);
    match (is_read, request.returning, &request.action) {
        (false, Returning::Minimal, _) => return Format::Nothing,
        (false, Returning::HeadersOnly, Action::Insert(_)) => return Format::Key,
        (false, Returning::HeadersOnly, _) => return Format::Nothing,
        (true, ..) | (false, Returning::Representation, _) => {}
    }
    match request.media {
        Media::Csv => Format::Csv,
        Media::Array { nulls } | Media::Object { nulls } => {
            let strip_nulls = nulls == Nulls::Stripped;
            if request.is_singular() { Format::Object { strip_nulls } } else { Format::Array { strip_nulls } }
        }
    }
}

fn expect(request: &Request) -> Expect {
    let limited = matches!(request.action, Action::Update(_) | Action::Delete);
    match request.prefer.affected_limit().filter(|_| limited) {
        _ if request.is_singular() => Expect::One,
        Some(most) => Expect::AtMost(most),
        None => Expect::Any,
    }
}
