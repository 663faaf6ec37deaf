//! Collations: the order of types whose stored text does not sort as its bytes do.

use std::cmp::Ordering;

use rusqlite::Connection;

/// Registers them.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_collation("numeric", algebra::numeric::compare)?;
    connection.create_collation("interval", algebra::interval::compare)?;
    connection.create_collation("citext", citext)
}

/// PostgreSQL's citext compares what `lower` makes of both sides.
fn citext(left: &str, right: &str) -> Ordering {
    left.chars().flat_map(char::to_lowercase).cmp(right.chars().flat_map(char::to_lowercase))
}
