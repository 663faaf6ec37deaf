//! Values for the places in a statement's text.
//!
//! What a request gave as text or JSON becomes the stored form of the place's type here, with PostgreSQL's errors for what
//! cannot be converted. **Must not:** write SQL text.

use algebra::json::{Json, escape};
use algebra::types::ColumnType;
use algebra::value::{self, Value};
use plan::{Inputs, Member};
use policy::Caller;
use render::Parameter;
use rusqlite::Statement;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

use super::fault::Fault;
use super::moment::{Moment, fact};

/// Where the values of one run come from.
#[derive(Debug)]
pub(super) struct Given<'a> {
    pub(super) inputs: &'a Inputs,
    /// Values for inputs that are typed already (a service's own queries); they come before `inputs.values`.
    pub(super) values: &'a [Value],
    pub(super) caller: &'a Caller,
    pub(super) moment: &'a Moment,
}

/// Binds every parameter of a step. `row` is the given row of a row-wise step.
pub(super) fn bind(
    statement: &mut Statement<'_>,
    parameters: &[Parameter],
    given: &Given<'_>,
    row: Option<&[Member]>,
    stages: &[String],
) -> Result<(), Fault> {
    for (position, parameter) in parameters.iter().enumerate() {
        let place = position + 1;
        match parameter {
            Parameter::Constant { value, .. } => statement.raw_bind_parameter(place, Stored(value))?,
            Parameter::Context(context) => {
                let value = fact(*context, given.caller, given.moment);
                statement.raw_bind_parameter(place, Stored(&value))?;
            }
            Parameter::Input { index, ty } => bind_input(statement, place, (*index, ty), given)?,
            Parameter::RowMember { index, ty } => {
                let value = member(row, *index)
                    .map_or(Ok(Value::Null), |member| convert(member, ty, given.moment))?;
                statement.raw_bind_parameter(place, Stored(&value))?;
            }
            Parameter::RowPresent { index } => {
                let present = member(row, *index).is_some_and(|member| *member != Member::Absent);
                statement.raw_bind_parameter(place, present)?;
            }
            Parameter::Rows => statement.raw_bind_parameter(place, all_rows(given.inputs))?,
            Parameter::Stage(stage) => {
                let rows = stages.get(*stage).map_or("[]", String::as_str);
                statement.raw_bind_parameter(place, rows)?;
            }
        }
    }
    Ok(())
}

fn bind_input(
    statement: &mut Statement<'_>,
    place: usize,
    (index, ty): (u16, &ColumnType),
    given: &Given<'_>,
) -> Result<(), Fault> {
    let index = usize::from(index);
    if let Some(value) = given.values.get(index) {
        return Ok(statement.raw_bind_parameter(place, Stored(value))?);
    }
    let value = match given.inputs.values.get(index) {
        Some(text) => value::input(text, &ty.base, ty.modifier, given.moment.at())?,
        None => Value::Null,
    };
    Ok(statement.raw_bind_parameter(place, Stored(&value))?)
}

/// All given rows as one JSON array of objects whose members are named by their number.
fn all_rows(inputs: &Inputs) -> String {
    let mut out = Vec::from(b"[");
    for (position, row) in inputs.rows.rows.iter().enumerate() {
        out.extend_from_slice(if position == 0 { b"{" } else { b",{" });
        let mut separator: &[u8] = b"\"";
        for (index, member) in row.iter().enumerate().filter(|(_, member)| **member != Member::Absent) {
            out.extend_from_slice(separator);
            separator = b",\"";
            out.extend_from_slice(itoa::Buffer::new().format(index).as_bytes());
            out.extend_from_slice(b"\":");
            match member {
                Member::Json(json) => out.extend_from_slice(json),
                Member::Text(text) => escape::write_string(&String::from_utf8_lossy(text), &mut out),
                Member::Null | Member::Absent => out.extend_from_slice(b"null"),
            }
        }
        out.push(b'}');
    }
    out.push(b']');
    String::from_utf8_lossy(&out).into_owned()
}

fn member(row: Option<&[Member]>, index: u16) -> Option<&Member> {
    row.and_then(|row| row.get(usize::from(index)))
}

/// A member of a given row in the stored form of a type.
pub(super) fn convert(member: &Member, ty: &ColumnType, moment: &Moment) -> Result<Value, Fault> {
    let text = match member {
        Member::Null | Member::Absent => return Ok(Value::Null),
        Member::Json(bytes) | Member::Text(bytes) => std::str::from_utf8(bytes)
            .map_err(|_| value::ValueError::new("22021", "invalid byte sequence for encoding \"UTF8\""))?,
    };
    let now = moment.at();
    Ok(match member {
        Member::Json(_) => value::from_json(Json::trusted(text), &ty.base, ty.modifier, now)?,
        _ => value::input(text, &ty.base, ty.modifier, now)?,
    })
}

/// A stored value as SQLite takes it.
struct Stored<'a>(&'a Value);

impl ToSql for Stored<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(reference(self.0)))
    }
}

fn reference(value: &Value) -> ValueRef<'_> {
    match value {
        Value::Null => ValueRef::Null,
        Value::Bool(value) => ValueRef::Integer(i64::from(*value)),
        Value::Int(value) => ValueRef::Integer(*value),
        Value::Float(value) => ValueRef::Real(*value),
        Value::Text(text) => ValueRef::Text(text.as_bytes()),
        Value::Bytes(bytes) => ValueRef::Blob(bytes),
    }
}
