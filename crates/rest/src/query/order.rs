//! Order terms (rest.md §2.5).
//! **Must not:** know where a database puts nulls: what the caller did not say stays unsaid.

use super::cursor::{Cursor, END, Stop};
use super::name::{DOT, Field, Name, field, json_path, name};

/// One term of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderTerm {
    /// The to-one embed whose column orders the rows; the rows' own when absent.
    pub relation: Option<Name>,
    /// What orders.
    pub field: Field,
    /// Which way, when said.
    pub direction: Option<Direction>,
    /// Where nulls go, when said.
    pub nulls: Option<Nulls>,
}

/// Which way rows are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Small before large.
    Ascending,
    /// Large before small.
    Descending,
}

/// Where nulls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// Before all values.
    First,
    /// After all values.
    Last,
}

/// A whole order parameter: `term { "," term }`.
pub(super) fn order(cursor: &mut Cursor<'_, '_, '_>) -> Result<Vec<OrderTerm>, Stop> {
    let mut terms = Vec::new();
    loop {
        cursor.skip_blanks();
        cursor.budget.order_term(terms.len() + 1)?;
        terms.push(term(cursor)?);
        cursor.skip_blanks();
        if cursor.rest().is_empty() {
            return Ok(terms);
        }
        if !cursor.take(",", "\",\"") {
            return cursor.stop(END);
        }
    }
}

fn term(cursor: &mut Cursor<'_, '_, '_>) -> Result<OrderTerm, Stop> {
    let first = name(cursor)?;
    let (relation, field) = if cursor.take("(", "\"(\"") {
        let field = field(cursor)?;
        cursor.require(")", "\")\"")?;
        (Some(first), field)
    } else {
        (None, Field { json_path: json_path(cursor)?, name: first })
    };
    let (direction, nulls) = suffixes(cursor)?;
    Ok(OrderTerm { relation, field, direction, nulls })
}

/// `[".asc"|".desc"] [".nullsfirst"|".nullslast"]`
fn suffixes(cursor: &mut Cursor<'_, '_, '_>) -> Result<(Option<Direction>, Option<Nulls>), Stop> {
    if !cursor.take(".", DOT) {
        return Ok((None, None));
    }
    let direction = if cursor.take("asc", "\"asc\"") {
        Some(Direction::Ascending)
    } else if cursor.take("desc", "\"desc\"") {
        Some(Direction::Descending)
    } else {
        None
    };
    if direction.is_some() && !cursor.take(".", DOT) {
        return Ok((direction, None));
    }
    let nulls = if cursor.take("nullsfirst", "\"nullsfirst\"") {
        Nulls::First
    } else if cursor.take("nullslast", "\"nullslast\"") {
        Nulls::Last
    } else {
        return Err(Stop::Syntax);
    };
    Ok((direction, Some(nulls)))
}
