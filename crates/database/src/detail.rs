//! The details of constraint errors, from the values that the caller itself sent.
//!
//! No other value is ever told: a key that a default or a trigger made stays unnamed. **Must not:** ask the engine.

use algebra::datetime::Timestamp;
use algebra::json::Json;
use algebra::names::{ColumnName, TableName};
use algebra::value::{self, Value};
use catalog::{Catalog, Privilege, Table};
use plan::request::Action;
use plan::{Inputs, Member, Plan};

use crate::error::{DatabaseError, SqlError};
use crate::session::Session;

/// Adds the detail of a violated key, when the caller sent all of it.
pub(crate) fn add(error: DatabaseError, plan: &Plan, inputs: &Inputs, session: &Session) -> DatabaseError {
    let DatabaseError::Sql(mut error) = error else { return error };
    if error.detail.is_none() && matches!(error.code.as_str(), "23505" | "23503") {
        error.detail = detail(&error, plan, inputs, session);
    }
    DatabaseError::Sql(error)
}

fn detail(error: &SqlError, plan: &Plan, inputs: &Inputs, session: &Session) -> Option<String> {
    let catalog = session.catalog();
    let table = written(plan, catalog)?;
    let constraint = error.constraint.as_deref()?;
    if error.code == "23505" {
        let columns = unique_columns(table, constraint)?;
        let key = key(table, &columns, (error, plan, inputs))?;
        return Some(format!("Key {key} already exists."));
    }
    let foreign = table.foreign_keys.iter().find(|key| key.name.as_str() == constraint)?;
    if error.table.as_deref() != Some(table.name.name.as_str()) || !may_see(&foreign.table, session) {
        return None;
    }
    let key = key(table, &foreign.columns, (error, plan, inputs))?;
    Some(format!("Key {key} is not present in table \"{}\".", foreign.table.name.as_str()))
}

fn written<'c>(plan: &Plan, catalog: &'c Catalog) -> Option<&'c Table> {
    catalog
        .tables()
        .find(|table| table.name.schema == plan.schema && table.name.name.as_str() == plan.relation)
        .map(|table| &**table)
}

fn unique_columns(table: &Table, constraint: &str) -> Option<Vec<ColumnName>> {
    let mut keys = table.primary_key.iter().chain(&table.uniques);
    let key = keys.find(|key| key.name.as_str() == constraint).map(|key| key.columns.clone());
    let index = || table.indexes.iter().find(|index| index.name.as_str() == constraint);
    key.or_else(|| index().and_then(catalog::Index::plain_unique_columns))
}

fn may_see(table: &TableName, session: &Session) -> bool {
    let catalog = session.catalog();
    let roles = catalog.memberships(&session.caller().role());
    session.caller().bypasses_row_security()
        || catalog.grants(table).is_some_and(|grants| grants.allow_any_column(&roles, Privilege::Select))
}

/// `(a, b)=(1, x)`, when the given row has all of these columns.
fn key(table: &Table, columns: &[ColumnName], sent: (&SqlError, &Plan, &Inputs)) -> Option<String> {
    let (error, plan, inputs) = sent;
    let given = match &plan.action {
        Action::Insert(insert) => &insert.columns,
        Action::Update { columns, .. } => columns,
        Action::Read | Action::Delete => return None,
    };
    let row = inputs.rows.rows.get(error.row.unwrap_or(0))?;
    let mut values = Vec::with_capacity(columns.len());
    for column in columns {
        let position = given.iter().position(|name| name == column.as_str())?;
        values.push(text(row.get(position)?, table, column)?);
    }
    let names: Vec<_> = columns.iter().map(ColumnName::as_str).collect();
    Some(format!("({})=({})", names.join(", "), values.join(", ")))
}

fn text(member: &Member, table: &Table, column: &ColumnName) -> Option<String> {
    let ty = &table.column(column.as_str())?.ty;
    // Values that depend on the moment (`now`) are not worth a detail.
    let value = match member {
        Member::Json(json) => {
            let json = Json::trusted(std::str::from_utf8(json).ok()?);
            value::from_json(json, &ty.base, ty.modifier, Timestamp::INFINITY).ok()?
        }
        Member::Text(text) => {
            value::input(std::str::from_utf8(text).ok()?, &ty.base, ty.modifier, Timestamp::INFINITY).ok()?
        }
        Member::Null | Member::Absent => return None,
    };
    (value != Value::Null).then(|| value::output(&value, &ty.base))
}
