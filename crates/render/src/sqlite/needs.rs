//! What the engine must register for the texts of this dialect to run, beside a function for each operation's symbol.
//!
//! | name | what |
//! |---|---|
//! | `<symbol>(a, …)` | each [`Operation`](algebra::operation::Operation) but the six comparisons, those with a context, the window functions, and the aggregates that SQLite has itself (`count`, `min`, `max` but of enums, `sum` of int2 and int4, `bool_and`, `bool_or`, `every`) |
//! | `<symbol>('int4,_text', a, …)` | where [`takes_types`] says so, the types of the arguments come first ([`parse_types`](crate::parse_types)) |
//! | `<aggregate's symbol>_distinct(…)` | the same over rows that come in order, where equal rows follow each other and all but the first are passed over |
//! | set-returning `<symbol>(…)` | a JSON array of stored values for one column, of arrays of stored values for several |
//! | `pg_cast_<from>_<to>(a)` | conversions ([`needs_function`]); `from` and `to` are [`family`](crate::family) words; for `enum` and `array` the type's code follows as an argument, of `from` before that of `to` |
//! | `pg_fit(a, 'varchar(3)', e)` | length and precision; e is 1 when the cast was explicit |
//! | `pg_greatest('int4', a, …)`, `pg_least` | NULLs passed over |
//! | `pg_array('int4', a, …)` | an array of these |
//! | `pg_array_rows('int4', a)` | aggregate: an array of all, `[]` of none |
//! | `pg_elements(a, 'numeric')` | the elements of an array as a JSON array of stored values, NULL of NULL |
//! | `pg_subscript(a, i, 'int4')` | one element in its stored form |
//! | `pg_slice(a, l, u, 'lu')` | a slice; the last argument names the bounds that are given |
//! | `pg_single(a)` | aggregate: the value of the one row, NULL of none, 21000 of more |
//! | `json_rows('{…}', a, …)` | aggregate: a JSON array of objects of this shape ([`parse_shape`](crate::parse_shape)), `[]` of none |
//! | `pg_limit(n)`, `pg_offset(n)` | NULL becomes -1 or 0; 2201W, 2201X when negative |
//! | `pg_require(c, message)` | true, or 42501 |
//! | `pg_not_null(a, table, column)` | a, or 23502 |
//! | `pg_note_update(a, n, r)` | a; counts one row that an upsert updated; 21000 when write n of the statement noted row r before |
//! | `pg_note_row(n, r)` | true; notes that write n of the statement wrote row r |
//! | `pg_rename_label(a, old, new)` | an array of enums with one label renamed |

use algebra::types::Type;

pub use super::cast::needs_function;
pub use super::stored::takes_types;

/// Every collation, for the engine to register. `rtrim` is SQLite's own.
pub const COLLATIONS: &[&str] = &["numeric", "interval", "timetz", "citext", "jsonb", "inet", "array"];

/// The collation by which stored values of a type compare as PostgreSQL compares them; `None` when they do so natively.
/// Enums have none: their equality is native, and their order is the declaration's.
#[must_use]
pub fn collation(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Numeric => Some("numeric"),
        Type::Interval => Some("interval"),
        Type::TimeTz => Some("timetz"),
        Type::Citext => Some("citext"),
        Type::Jsonb => Some("jsonb"),
        Type::Inet | Type::Cidr => Some("inet"),
        Type::Char => Some("rtrim"),
        Type::Array(_) => Some("array"),
        _ => None,
    }
}
