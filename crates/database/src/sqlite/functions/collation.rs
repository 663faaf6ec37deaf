//! Collations: the order of types whose stored text does not sort as its bytes do.

use std::cmp::Ordering;

use algebra::types::Type;
use algebra::value::{self, Value};
use rusqlite::Connection;

/// Registers them.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_collation("numeric", algebra::numeric::compare)?;
    connection.create_collation("interval", algebra::interval::compare)?;
    connection.create_collation("timetz", algebra::value::compare_timetz)?;
    connection.create_collation("citext", citext)?;
    for (name, ty) in [("jsonb", Type::Jsonb), ("inet", Type::Inet)] {
        connection.create_collation(name, move |left, right| by_type(left, right, &ty))?;
    }
    connection.create_collation("array", array)
}

/// PostgreSQL's citext compares what `lower` makes of both sides.
fn citext(left: &str, right: &str) -> Ordering {
    left.chars().flat_map(char::to_lowercase).cmp(right.chars().flat_map(char::to_lowercase))
}

fn by_type(left: &str, right: &str, ty: &Type) -> Ordering {
    let text = |text: &str| Value::Text(text.to_owned());
    value::compare(&text(left), &text(right), ty)
}

/// A collation is not told the type of the elements. Numbers in JSON compare as numbers whatever their type; all else compares as
/// text does, but for the few types whose order is not that of their text.
fn array(left: &str, right: &str) -> Ordering {
    if left == right {
        return Ordering::Equal;
    }
    let is_number = |text: &str| {
        text.trim_start_matches(['[', ' ', 'n', 'u', 'l', ','])
            .starts_with(|c: char| c == '-' || c.is_ascii_digit())
    };
    let element = if is_number(left) || is_number(right) { Type::Numeric } else { Type::Text };
    algebra::array::compare(left, right, &element)
}
