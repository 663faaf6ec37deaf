//! The order of stored values of one type: what `<` and `order by` go by.
//!
//! **Must not:** compare values of different types.

use std::cmp::Ordering;

use super::{Value, ValueError};
use crate::array;
use crate::datetime::{TimeTz, Timestamp};
use crate::interval;
use crate::jsonb::Tree;
use crate::numeric;
use crate::text;
use crate::types::Type;

/// Compares two values of a type. NULL is equal to itself and above everything, as in arrays and in `order by`.
pub fn compare(left: &Value, right: &Value, type_: &Type) -> Ordering {
    match (left, right) {
        (Value::Null, Value::Null) => Ordering::Equal,
        (Value::Null, _) => Ordering::Greater,
        (_, Value::Null) => Ordering::Less,
        (Value::Text(left), Value::Text(right)) => compare_texts(left, right, type_),
        (Value::Bytes(left), Value::Bytes(right)) => left.cmp(right),
        _ => match (integer(left), integer(right)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => compare_floats(float(left), float(right)),
        },
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::Bool(value) => Some(i64::from(*value)),
        Value::Int(value) => Some(*value),
        _ => None,
    }
}

fn float(value: &Value) -> f64 {
    match value {
        Value::Float(value) => *value,
        other => integer(other).map_or(f64::NAN, |value| value as f64),
    }
}

/// NaN is equal to itself and above all numbers; zeros are equal.
fn compare_floats(left: f64, right: f64) -> Ordering {
    left.partial_cmp(&right).unwrap_or_else(|| left.is_nan().cmp(&right.is_nan()))
}

fn compare_texts(left: &str, right: &str, type_: &Type) -> Ordering {
    match type_ {
        Type::Numeric => numeric::compare(left, right),
        Type::Interval => interval::compare(left, right),
        Type::TimeTz => compare_timetz(left, right),
        Type::Char => left.trim_end_matches(' ').cmp(right.trim_end_matches(' ')),
        Type::Citext => text::lower(left).cmp(&text::lower(right)),
        Type::Enum(of) => {
            let place = |label: &str| of.labels.iter().position(|other| other == label);
            place(left).cmp(&place(right))
        }
        Type::Jsonb => match (Tree::parse(left), Tree::parse(right)) {
            (Ok(left), Ok(right)) => left.compare(&right),
            _ => left.cmp(right),
        },
        Type::Array(element) => array::compare(left, right, element),
        _ => left.cmp(right),
    }
}

/// The order of stored `timetz`: by the moment in UTC, then by the zone. The collation `timetz`.
pub fn compare_timetz(left: &str, right: &str) -> Ordering {
    let key = |text: &str| -> Result<(i64, i32), ValueError> {
        TimeTz::parse(text, Timestamp::INFINITY).map(TimeTz::order_key)
    };
    match (key(left), key(right)) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => left.cmp(right),
    }
}
