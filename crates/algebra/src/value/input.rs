//! Text to a stored value: PostgreSQL's input function of each type, then the modifier.
//!
//! **Must not:** cast between types; an explicit cast may cut what input refuses.

use super::{Value, ValueError, bytea, float, network, scalar, string};
use crate::array;
use crate::datetime::{Date, Time, TimeTz, Timestamp};
use crate::interval::Interval;
use crate::json::{Json, Limits};
use crate::jsonb;
use crate::numeric::Numeric;
use crate::types::{Modifier, Type};

/// Reads a text as a value of a type. `now` is what `'now'` and `'today'` stand for.
pub fn input(text: &str, type_: &Type, modifier: Modifier, now: Timestamp) -> Result<Value, ValueError> {
    match type_ {
        Type::Bool => scalar::boolean(text),
        Type::Int2 | Type::Int4 | Type::Int8 => scalar::integer(text, type_),
        Type::Float4 => float::parse_float4(text).and_then(storable),
        Type::Float8 => float::parse_float8(text).and_then(storable),
        Type::Numeric => numeric(text, modifier),
        Type::Text | Type::Varchar | Type::Char | Type::Name | Type::Citext | Type::Unknown => {
            string::text(text, type_, modifier)
        }
        Type::Uuid => scalar::uuid(text),
        Type::Date | Type::Time | Type::TimeTz | Type::Timestamp | Type::TimestampTz => {
            moment(text, type_, modifier, now)
        }
        Type::Interval => {
            let interval = Interval::parse(text)?;
            Ok(Value::Text(fraction(modifier).map_or(interval, |digits| interval.round(digits)).stored()))
        }
        Type::Json => {
            refuse_nul(text)?;
            Json::parse_text(text, Limits::VALUE)?;
            Ok(Value::Text(text.to_owned()))
        }
        Type::Jsonb => {
            refuse_nul(text)?;
            jsonb::normalize(text).map(Value::Text)
        }
        Type::Bytea => bytea::parse(text).map(Value::Bytes),
        Type::Inet | Type::Cidr => network::address(text, type_),
        Type::MacAddr => network::mac(text),
        Type::Enum(of) => scalar::label(text, type_, of),
        Type::Array(element) => {
            array::parse_literal(text, |text| input(text, element, modifier, now), element).map(Value::Text)
        }
        Type::Void => Ok(Value::Null),
        Type::Record => Err(ValueError::unsupported("input of anonymous composite types is not implemented")),
    }
}

/// The engine keeps no NaN in a float column: it would come back as NULL.
fn storable(value: f64) -> Result<Value, ValueError> {
    if value.is_nan() {
        return Err(ValueError::unsupported("NaN cannot be kept as a floating point number")
            .hint("Use numeric, which keeps NaN."));
    }
    Ok(Value::Float(value))
}

fn refuse_nul(text: &str) -> Result<(), ValueError> {
    if memchr::memchr(0, text.as_bytes()).is_some() { Err(ValueError::nul()) } else { Ok(()) }
}

fn numeric(text: &str, modifier: Modifier) -> Result<Value, ValueError> {
    let number = Numeric::parse(text)?;
    let number = match modifier {
        Modifier::Precision { precision, scale } => number.fit(precision, scale)?,
        _ => number,
    };
    Ok(Value::Text(number.to_string()))
}

fn fraction(modifier: Modifier) -> Option<u8> {
    match modifier {
        Modifier::Fraction(digits) => Some(digits),
        _ => None,
    }
}

fn moment(text: &str, type_: &Type, modifier: Modifier, now: Timestamp) -> Result<Value, ValueError> {
    let digits = fraction(modifier).unwrap_or(6);
    let stored = match type_ {
        Type::Date => Date::parse(text, now)?.stored(),
        Type::Time => Time::parse(text, now)?.round(digits).stored(),
        Type::TimeTz => TimeTz::parse(text, now)?.round(digits).stored(),
        Type::Timestamp => Timestamp::parse(text, now)?.round(digits).stored(),
        _ => Timestamp::parse_tz(text, now)?.round(digits).stored_tz(),
    };
    Ok(Value::Text(stored))
}
