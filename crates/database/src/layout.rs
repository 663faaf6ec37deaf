//! A shape made ready for writing: keys escaped once, types reduced to the few forms that JSON has.
//!
//! **Must not:** hold values.

use algebra::json::escape;
use algebra::shape::{FieldValue, Shape};
use algebra::types::Type;

/// An object's members in the order they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub(crate) members: Vec<Member>,
}

/// One member: its key, ready to be written, and where its value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    /// `"key":`.
    pub(crate) key: Box<[u8]>,
    /// The key as it is.
    pub(crate) name: Box<str>,
    pub(crate) source: Source,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    Column { column: usize, form: Form, ty: Type },
    Object { present: usize, layout: Layout },
}

/// How a stored value becomes JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Bool,
    /// Integers.
    Integer,
    /// Single and double: shortest digits, the special values as strings.
    Float4,
    Float8,
    /// Digits as they stand, `NaN` and the infinities as strings.
    Numeric,
    /// JSON already: json, jsonb, arrays.
    Raw,
    /// A string.
    Text,
    /// `"\\x…"`.
    Bytes,
}

impl Form {
    pub(crate) fn of(ty: &Type) -> Self {
        match ty {
            Type::Bool => Form::Bool,
            Type::Int2 | Type::Int4 | Type::Int8 => Form::Integer,
            Type::Float4 => Form::Float4,
            Type::Float8 => Form::Float8,
            Type::Numeric => Form::Numeric,
            Type::Json | Type::Jsonb | Type::Array(_) | Type::Record => Form::Raw,
            Type::Bytea => Form::Bytes,
            Type::Text
            | Type::Varchar
            | Type::Char
            | Type::Name
            | Type::Citext
            | Type::Uuid
            | Type::Date
            | Type::Time
            | Type::TimeTz
            | Type::Timestamp
            | Type::TimestampTz
            | Type::Interval
            | Type::Inet
            | Type::Cidr
            | Type::MacAddr
            | Type::Enum(_)
            | Type::Void
            | Type::Unknown => Form::Text,
        }
    }
}

impl Layout {
    /// Prepares a shape.
    #[must_use]
    pub fn of(shape: &Shape) -> Self {
        let members = shape
            .fields
            .iter()
            .map(|field| {
                let mut key = Vec::with_capacity(field.key.len() + 3);
                escape::write_string(&field.key, &mut key);
                key.push(b':');
                let source = match &field.value {
                    FieldValue::Column { column, ty } => {
                        Source::Column { column: *column, form: Form::of(ty), ty: ty.clone() }
                    }
                    FieldValue::Object { present, shape } => {
                        Source::Object { present: *present, layout: Layout::of(shape) }
                    }
                };
                Member { key: key.into(), name: field.key.as_str().into(), source }
            })
            .collect();
        Self { members }
    }
}
