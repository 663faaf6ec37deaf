//! PostgreSQL's operators over two different types, which the table of operations serves by one entry over their common type.
//!
//! They are listed because the choice between overloads depends on which signatures exist: `integer + real` is
//! `double precision` in PostgreSQL only because `+(double precision, real)` does. **Must not:** list what has an entry of its own.

use crate::types::Type;

/// A signature and the type to which both sides are brought.
pub(super) type Crossing = (Type, Type, Type);

const COMPARISONS: [&str; 6] = ["=", "<>", "<", "<=", ">", ">="];

/// The signatures of a binary operator that lie across types.
pub(super) fn crossings(name: &str) -> &'static [Crossing] {
    if COMPARISONS.contains(&name) {
        COMPARED
    } else if matches!(name, "+" | "-" | "*" | "/") {
        COMPUTED
    } else {
        &[]
    }
}

/// Whether the operator compares, so that its one polymorphic entry serves the signatures of [`crossings`] alone.
pub(super) fn is_comparison(name: &str) -> bool {
    COMPARISONS.contains(&name)
}

static COMPUTED: &[Crossing] = &[
    (Type::Int2, Type::Int4, Type::Int4),
    (Type::Int4, Type::Int2, Type::Int4),
    (Type::Int2, Type::Int8, Type::Int8),
    (Type::Int8, Type::Int2, Type::Int8),
    (Type::Int4, Type::Int8, Type::Int8),
    (Type::Int8, Type::Int4, Type::Int8),
    (Type::Float4, Type::Float8, Type::Float8),
    (Type::Float8, Type::Float4, Type::Float8),
];

static COMPARED: &[Crossing] = &[
    (Type::Bool, Type::Bool, Type::Bool),
    (Type::Int2, Type::Int2, Type::Int2),
    (Type::Int4, Type::Int4, Type::Int4),
    (Type::Int8, Type::Int8, Type::Int8),
    (Type::Int2, Type::Int4, Type::Int4),
    (Type::Int4, Type::Int2, Type::Int4),
    (Type::Int2, Type::Int8, Type::Int8),
    (Type::Int8, Type::Int2, Type::Int8),
    (Type::Int4, Type::Int8, Type::Int8),
    (Type::Int8, Type::Int4, Type::Int8),
    (Type::Numeric, Type::Numeric, Type::Numeric),
    (Type::Float4, Type::Float4, Type::Float4),
    (Type::Float8, Type::Float8, Type::Float8),
    (Type::Float4, Type::Float8, Type::Float8),
    (Type::Float8, Type::Float4, Type::Float8),
    (Type::Text, Type::Text, Type::Text),
    (Type::Char, Type::Char, Type::Char),
    (Type::Name, Type::Name, Type::Name),
    (Type::Name, Type::Text, Type::Text),
    (Type::Text, Type::Name, Type::Text),
    (Type::Citext, Type::Citext, Type::Citext),
    (Type::Uuid, Type::Uuid, Type::Uuid),
    (Type::Bytea, Type::Bytea, Type::Bytea),
    (Type::Date, Type::Date, Type::Date),
    (Type::Time, Type::Time, Type::Time),
    (Type::TimeTz, Type::TimeTz, Type::TimeTz),
    (Type::Timestamp, Type::Timestamp, Type::Timestamp),
    (Type::TimestampTz, Type::TimestampTz, Type::TimestampTz),
    (Type::Date, Type::Timestamp, Type::Timestamp),
    (Type::Timestamp, Type::Date, Type::Timestamp),
    (Type::Date, Type::TimestampTz, Type::TimestampTz),
    (Type::TimestampTz, Type::Date, Type::TimestampTz),
    (Type::Timestamp, Type::TimestampTz, Type::TimestampTz),
    (Type::TimestampTz, Type::Timestamp, Type::TimestampTz),
    (Type::Interval, Type::Interval, Type::Interval),
    (Type::Jsonb, Type::Jsonb, Type::Jsonb),
    (Type::Inet, Type::Inet, Type::Inet),
    (Type::MacAddr, Type::MacAddr, Type::MacAddr),
];
