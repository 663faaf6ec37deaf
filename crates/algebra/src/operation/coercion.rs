//! PostgreSQL's cast table: which type becomes which, and who has to ask for it.
//!
//! **Must not:** convert values; it only says whether a conversion exists.

use crate::expression::CastStrength;
use crate::types::{Category, Type};

/// The weakest request that converts `from` into `to`; `None` when not even an explicit cast does.
#[must_use]
pub fn coercion(from: &Type, to: &Type) -> Option<CastStrength> {
    if from == to || *from == Type::Unknown {
        return Some(CastStrength::Implicit);
    }
    if let (Type::Array(from), Type::Array(to)) = (from, to) {
        return coercion(from, to);
    }
    listed(from, to).or_else(|| by_text(from, to))
}

/// Whether the conversion happens on its own.
#[must_use]
pub fn is_implicit(from: &Type, to: &Type) -> bool {
    coercion(from, to) == Some(CastStrength::Implicit)
}

/// `pg_cast`, as far as our types go.
fn listed(from: &Type, to: &Type) -> Option<CastStrength> {
    numbers(from, to).or_else(|| strings(from, to)).or_else(|| times(from, to)).or_else(|| others(from, to))
}

fn numbers(from: &Type, to: &Type) -> Option<CastStrength> {
    use CastStrength as S;
    let strength = match (from, to) {
        (Type::Int2, Type::Int4 | Type::Int8 | Type::Float4 | Type::Float8 | Type::Numeric)
        | (Type::Int4, Type::Int8 | Type::Float4 | Type::Float8 | Type::Numeric)
        | (Type::Int8, Type::Float4 | Type::Float8 | Type::Numeric)
        | (Type::Numeric, Type::Float4 | Type::Float8)
        | (Type::Float4, Type::Float8) => S::Implicit,
        (Type::Int4 | Type::Int8 | Type::Numeric | Type::Float4 | Type::Float8, Type::Int2)
        | (Type::Int8 | Type::Numeric | Type::Float4 | Type::Float8, Type::Int4)
        | (Type::Numeric | Type::Float4 | Type::Float8, Type::Int8)
        | (Type::Float4 | Type::Float8, Type::Numeric)
        | (Type::Float8, Type::Float4) => S::Assignment,
        (Type::Int4, Type::Bool) | (Type::Bool, Type::Int4) => S::Explicit,
        _ => return None,
    };
    Some(strength)
}

fn strings(from: &Type, to: &Type) -> Option<CastStrength> {
    use CastStrength as S;
    let strength = match (from, to) {
        (Type::Text, Type::Char | Type::Varchar | Type::Name)
        | (Type::Char, Type::Text | Type::Varchar | Type::Name)
        | (Type::Varchar, Type::Text | Type::Char | Type::Name)
        | (Type::Name, Type::Text)
        | (Type::Citext, Type::Text | Type::Varchar) => S::Implicit,
        (Type::Name, Type::Char | Type::Varchar)
        | (Type::Citext, Type::Char)
        | (Type::Text | Type::Varchar | Type::Char, Type::Citext) => S::Assignment,
        _ => return None,
    };
    Some(strength)
}

fn times(from: &Type, to: &Type) -> Option<CastStrength> {
    use CastStrength as S;
    let strength = match (from, to) {
        (Type::Date, Type::Timestamp | Type::TimestampTz)
        | (Type::Time, Type::Interval | Type::TimeTz)
        | (Type::Timestamp, Type::TimestampTz) => S::Implicit,
        (Type::Timestamp, Type::Date | Type::Time)
        | (Type::TimestampTz, Type::Date | Type::Time | Type::Timestamp | Type::TimeTz)
        | (Type::Interval | Type::TimeTz, Type::Time) => S::Assignment,
        _ => return None,
    };
    Some(strength)
}

fn others(from: &Type, to: &Type) -> Option<CastStrength> {
    use CastStrength as S;
    let strength = match (from, to) {
        (Type::Cidr, Type::Inet) => S::Implicit,
        (Type::Inet, Type::Cidr) | (Type::Json, Type::Jsonb) | (Type::Jsonb, Type::Json) => S::Assignment,
        (
            Type::Jsonb,
            Type::Bool | Type::Numeric | Type::Int2 | Type::Int4 | Type::Int8 | Type::Float4 | Type::Float8,
        ) => S::Explicit,
        _ => return None,
    };
    Some(strength)
}

/// What the cast table does not list goes through text: to a string on assignment, from a string when asked for.
fn by_text(from: &Type, to: &Type) -> Option<CastStrength> {
    let castable = |ty: &Type| !matches!(ty, Type::Record | Type::Void | Type::Unknown);
    if !castable(from) || !castable(to) {
        return None;
    }
    if to.category() == Category::String {
        Some(CastStrength::Assignment)
    } else if from.category() == Category::String {
        Some(CastStrength::Explicit)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::coercion;
    use crate::expression::CastStrength::{Assignment, Explicit, Implicit};
    use crate::types::Type;

    #[test]
    fn casts_are_those_of_pg_cast() {
        let table = [
            (Type::Int4, Type::Int8, Some(Implicit)),
            (Type::Int8, Type::Int4, Some(Assignment)),
            (Type::Int4, Type::Bool, Some(Explicit)),
            (Type::Int8, Type::Bool, None),
            (Type::Text, Type::Int4, Some(Explicit)),
            (Type::Int4, Type::Text, Some(Assignment)),
            (Type::Date, Type::TimestampTz, Some(Implicit)),
            (Type::TimestampTz, Type::Date, Some(Assignment)),
            (Type::Uuid, Type::Bytea, None),
            (Type::Unknown, Type::Uuid, Some(Implicit)),
            (Type::array_of(Type::Int4), Type::array_of(Type::Numeric), Some(Implicit)),
            (Type::array_of(Type::Int4), Type::Int4, None),
            (Type::Json, Type::Int4, None),
            (Type::Jsonb, Type::Int4, Some(Explicit)),
        ];
        for (from, to, expected) in table {
            assert_eq!(coercion(&from, &to), expected, "{} to {}", from.name(), to.name());
        }
    }
}
