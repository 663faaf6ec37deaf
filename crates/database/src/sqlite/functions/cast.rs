//! Conversions: `pg_cast_<from>_<to>(a)` for every pair of types that SQLite does not store alike, and `pg_fit` for lengths.
//!
//! The words of the families stand in the names; enums and arrays, which have parts, name theirs in further arguments.

use algebra::array;
use algebra::datetime::{Time, TimeTz, Timestamp};
use algebra::interval::Interval;
use algebra::json::Json;
use algebra::numeric::{Numeric, float4_to_numeric, float8_to_numeric};
use algebra::types::{ColumnType, Modifier, Type};
use algebra::value::{self, Value, ValueError};
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, types};

use super::{Arguments, Body, Raised, into_sqlite, stored};
use crate::sqlite::moment::Moment;
use crate::sqlite::rows;

pub(super) static BODIES: &[Body] = &[Body { symbol: "pg_fit", run: fit }];

/// Types that have no parts, in the order of their names' first use.
const PLAIN: &[Type] = &[
    Type::Bool,
    Type::Int2,
    Type::Int4,
    Type::Int8,
    Type::Float4,
    Type::Float8,
    Type::Numeric,
    Type::Text,
    Type::Varchar,
    Type::Char,
    Type::Name,
    Type::Citext,
    Type::Uuid,
    Type::Date,
    Type::Time,
    Type::TimeTz,
    Type::Timestamp,
    Type::TimestampTz,
    Type::Interval,
    Type::Json,
    Type::Jsonb,
    Type::Bytea,
    Type::Inet,
    Type::Cidr,
    Type::MacAddr,
];

/// Registers every conversion that the rendering may call.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    for from in PLAIN {
        for to in PLAIN.iter().filter(|to| render::sqlite::needs::needs_function(from, to)) {
            let (source, target) = (from.clone(), to.clone());
            let name = format!("pg_cast_{}_{}", render::family(from), render::family(to));
            define(connection, &name, move |row| cast(&rows::value(row.cell(0), &source), &source, &target))?;
        }
        for family in ["enum", "array"] {
            let source = from.clone();
            let name = format!("pg_cast_{}_{family}", render::family(from));
            define(connection, &name, move |row| {
                cast(&rows::value(row.cell(0), &source), &source, &row.type_of(1)?)
            })?;
            let target = from.clone();
            let name = format!("pg_cast_{family}_{}", render::family(from));
            define(connection, &name, move |row| cast(&row.value(0), &row.type_of(1)?, &target))?;
        }
    }
    for (from, to) in [("enum", "enum"), ("enum", "array"), ("array", "enum"), ("array", "array")] {
        let name = format!("pg_cast_{from}_{to}");
        define(connection, &name, |row| cast(&row.value(0), &row.type_of(1)?, &row.type_of(2)?))?;
    }
    Ok(())
}

fn define(
    connection: &Connection,
    name: &str,
    body: impl Fn(&Arguments<'_>) -> Result<Value, ValueError> + Send + 'static,
) -> rusqlite::Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function(name, -1, flags, move |context| {
        let arguments = Arguments::new(context);
        if arguments.is_null(0) {
            return Ok(types::Value::Null);
        }
        body(&arguments).and_then(stored).map(into_sqlite).map_err(|error| Raised::from(error).into())
    })
}

/// A value of one type as one of another. Numbers go by value, json by what it holds, all else by way of its text, which is how
/// PostgreSQL's own conversions are defined or what they agree with.
fn cast(value: &Value, from: &Type, to: &Type) -> Result<Value, ValueError> {
    let now = Moment::now().at();
    match (value, from, to) {
        (Value::Null, ..) => Ok(Value::Null),
        (Value::Bool(_) | Value::Int(_) | Value::Float(_), _, to) if is_number(to) && *from != Type::Bool => {
            to_number(number(value, from)?, value, to)
        }
        (Value::Text(text), Type::Numeric, to) if is_number(to) => {
            to_number(Numeric::parse(text)?, value, to)
        }
        (Value::Text(text), Type::Jsonb, to) if is_number(to) || *to == Type::Bool => json_scalar(text, to),
        (Value::Text(text), Type::Array(from), Type::Array(to)) => cast_elements(text, from, to),
        (Value::Text(text), Type::Timestamp | Type::TimestampTz, Type::Date) => {
            Ok(Value::Text(Timestamp::from_stored(text)?.date().stored()))
        }
        (Value::Text(text), Type::Timestamp | Type::TimestampTz, Type::Time) => {
            Ok(Value::Text(Timestamp::from_stored(text)?.time().stored()))
        }
        (Value::Text(text), Type::Timestamp, Type::TimestampTz) => {
            Ok(Value::Text(Timestamp::from_stored(text)?.stored_tz()))
        }
        (Value::Text(text), Type::TimestampTz, Type::Timestamp) => {
            Ok(Value::Text(Timestamp::from_stored(text)?.stored()))
        }
        (_, _, to) => value::input(&spelled(value, from), to, Modifier::None, now),
    }
}

/// A value's text as a conversion sees it: a boolean is spelled out, which its output is not.
fn spelled(value: &Value, from: &Type) -> String {
    match (value, from) {
        (Value::Bool(true), _) => "true".to_owned(),
        (Value::Bool(false), _) => "false".to_owned(),
        (Value::Int(flag), Type::Bool) => if *flag == 0 { "false" } else { "true" }.to_owned(),
        (value, from) => value::output(value, from),
    }
}

fn is_number(ty: &Type) -> bool {
    matches!(ty, Type::Int2 | Type::Int4 | Type::Int8 | Type::Float4 | Type::Float8 | Type::Numeric)
}

fn number(value: &Value, from: &Type) -> Result<Numeric, ValueError> {
    Ok(match value {
        Value::Int(value) => Numeric::from_integer(*value),
        Value::Float(value) if *from == Type::Float4 => float4_to_numeric(*value),
        Value::Float(value) => float8_to_numeric(*value),
        other => Numeric::parse(&value::output(other, from))?,
    })
}

fn to_number(number: Numeric, value: &Value, to: &Type) -> Result<Value, ValueError> {
    if let (Value::Float(float), Type::Int2 | Type::Int4 | Type::Int8) = (value, to) {
        return float_to_integer(*float, to);
    }
    Ok(match (value, to) {
        (_, Type::Int2) => Value::Int(number.to_integer("smallint", i16::MIN.into(), i16::MAX.into())?),
        (_, Type::Int4) => Value::Int(number.to_integer("integer", i32::MIN.into(), i32::MAX.into())?),
        (_, Type::Int8) => Value::Int(number.to_integer("bigint", i64::MIN, i64::MAX)?),
        (Value::Float(value), Type::Float8) => Value::Float(*value),
        (Value::Float(value), Type::Float4) => {
            let single = *value as f32;
            if single.is_infinite() && value.is_finite() {
                return Err(ValueError::new("22003", "value out of range: overflow"));
            }
            Value::Float(f64::from(single))
        }
        (_, Type::Float4) => Value::Float(number.to_float4()?),
        (_, Type::Float8) => Value::Float(number.to_float8()?),
        _ => Value::Text(number.to_string()),
    })
}

/// Rounds half to even, as the processor does and PostgreSQL with it.
fn float_to_integer(value: f64, to: &Type) -> Result<Value, ValueError> {
    let (name, bound) = match to {
        Type::Int2 => ("smallint", 32_768.0),
        Type::Int4 => ("integer", 2_147_483_648.0),
        _ => ("bigint", 9_223_372_036_854_775_808.0),
    };
    let rounded = value.round_ties_even();
    if rounded >= -bound && rounded < bound {
        return Ok(Value::Int(rounded as i64));
    }
    Err(ValueError::out_of_range(name))
}

fn json_scalar(text: &str, to: &Type) -> Result<Value, ValueError> {
    let tree = algebra::jsonb::Tree::parse(text)?;
    if *to == Type::Bool {
        return tree.cast_boolean().map(Value::Bool);
    }
    let number = tree.cast_number(&to.name())?;
    let value = Value::Text(number.to_string());
    to_number(number, &value, to)
}

fn cast_elements(stored: &str, from: &Type, to: &Type) -> Result<Value, ValueError> {
    let converted = |json: Json<'_>| cast(&array::element_value(json, from), from, to);
    array::from_json(Json::trusted(stored), converted, to).map(Value::Text)
}

/// `pg_fit(a, 'varchar(3)', e)`: length and precision; what an explicit cast cuts off is an error otherwise.
fn fit(row: &Arguments<'_>) -> Result<Value, ValueError> {
    if row.is_null(0) {
        return Ok(Value::Null);
    }
    let ty = row.column_type(1)?;
    let explicit = row.bool(2)?;
    if let Type::Array(element) = &ty.base {
        let element = ColumnType { base: (**element).clone(), modifier: ty.modifier };
        let fitted = |json: Json<'_>| match array::element_value(json, &element.base) {
            Value::Null => Ok(Value::Null),
            value => fit_one(&value, &element, explicit),
        };
        return array::from_json(Json::trusted(row.text(0)?), fitted, &element.base).map(Value::Text);
    }
    fit_one(&row.value(0), &ty, explicit)
}

fn fit_one(value: &Value, ty: &ColumnType, explicit: bool) -> Result<Value, ValueError> {
    let Value::Text(text) = value else { return Ok(value.clone()) };
    let cut = |length: u32| match text.char_indices().nth(length as usize) {
        Some((end, _)) if explicit => &text[..end],
        _ => text.as_str(),
    };
    Ok(Value::Text(match (&ty.base, ty.modifier) {
        (Type::Char, Modifier::Length(length)) => value::fit_char(cut(length), length)?,
        (_, Modifier::Length(length)) => value::fit_varchar(cut(length), length)?.to_owned(),
        (_, Modifier::Precision { precision, scale }) => {
            Numeric::parse(text)?.fit(precision, scale)?.to_string()
        }
        (Type::Timestamp, Modifier::Fraction(digits)) => Timestamp::from_stored(text)?.round(digits).stored(),
        (Type::TimestampTz, Modifier::Fraction(digits)) => {
            Timestamp::from_stored(text)?.round(digits).stored_tz()
        }
        (Type::Time, Modifier::Fraction(digits)) => {
            Time::parse(text, Timestamp::INFINITY)?.round(digits).stored()
        }
        (Type::TimeTz, Modifier::Fraction(digits)) => {
            TimeTz::parse(text, Timestamp::INFINITY)?.round(digits).stored()
        }
        (Type::Interval, Modifier::Fraction(digits)) => Interval::from_stored(text)?.round(digits).stored(),
        (_, Modifier::Fraction(_) | Modifier::None) => text.clone(),
    }))
}
