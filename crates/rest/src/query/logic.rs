//! Logic trees: `and=(…)`, `or=(…)` and their negations (rest.md §2.4).
//! **Must not:** evaluate or simplify.

use super::cursor::{Cursor, Stop};
use super::filter::{Filter, Place, condition};
use super::name::{DOT, field};

/// Conditions joined by `and` and `or`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogicTree {
    /// A condition.
    Filter(Filter),
    /// Several trees as one.
    Group {
        /// Whether `not.` stood before it.
        negated: bool,
        /// How they are joined.
        operator: LogicOperator,
        /// What is joined; never empty.
        members: Vec<LogicTree>,
    },
}

impl LogicTree {
    /// Whether this holds of a condition in the tree.
    pub fn any(&self, holds: &dyn Fn(&Filter) -> bool) -> bool {
        match self {
            Self::Filter(filter) => holds(filter),
            Self::Group { members, .. } => members.iter().any(|member| member.any(holds)),
        }
    }
}

/// How trees are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogicOperator {
    /// All hold.
    And,
    /// One holds.
    Or,
}

/// A whole logic parameter: its operator, from the key, and then its list.
pub(super) fn logic(cursor: &mut Cursor<'_, '_, '_>) -> Result<LogicTree, Stop> {
    // The operator came from the key, so what follows it must be its list: never a column named `orders`.
    let Some(tree) = group(cursor, 1)? else { return Err(Stop::Syntax) };
    cursor.require_end()?;
    Ok(tree)
}

/// A condition or a group, inside `depth - 1` groups.
fn tree(cursor: &mut Cursor<'_, '_, '_>, depth: usize) -> Result<LogicTree, Stop> {
    let start = cursor.mark();
    match group(cursor, depth)? {
        Some(group) => Ok(group),
        None => {
            cursor.rewind(start);
            filter(cursor)
        }
    }
}

/// `[ "not." ] ("and"|"or") "(" tree { "," tree } ")"`; `None` when something else begins here, such as a
/// column whose name is `order`.
fn group(cursor: &mut Cursor<'_, '_, '_>, depth: usize) -> Result<Option<LogicTree>, Stop> {
    let negated = cursor.take("not.", "negation operator (not)");
    let operator = if cursor.take("and", "logic operator (and, or)") {
        LogicOperator::And
    } else if cursor.take("or", "logic operator (and, or)") {
        LogicOperator::Or
    } else {
        return Ok(None);
    };
    cursor.skip_blanks();
    if !cursor.take("(", "\"(\"") {
        return Ok(None);
    }
    cursor.budget.tree(depth)?;
    let mut members = Vec::new();
    loop {
        cursor.skip_blanks();
        members.push(tree(cursor, depth + 1)?);
        cursor.skip_blanks();
        if cursor.take(")", "\")\"") {
            cursor.skip_blanks();
            return Ok(Some(LogicTree::Group { negated, operator, members }));
        }
        cursor.require(",", "\",\"")?;
    }
}

/// `field "." [ "not." ] op "." value`
fn filter(cursor: &mut Cursor<'_, '_, '_>) -> Result<LogicTree, Stop> {
    cursor.budget.condition()?;
    let field = field(cursor)?;
    cursor.require(".", DOT)?;
    let condition = condition(cursor, Place::Tree)?;
    Ok(LogicTree::Filter(Filter { field, condition }))
}
