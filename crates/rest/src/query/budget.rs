//! How much one request may ask for (threats.md LIM-07, LIM-08, LIM-10), counted while its text is read, so
//! that a text over a limit costs no more than one at it.
//! **Must not:** know where the counted things stand in the text.

use thiserror::Error;

/// The ceilings of the URL grammar, each for one whole request unless it is a depth.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Nesting of `and`/`or`.
    pub tree_depth: usize,
    /// Conditions in filters and logic trees together.
    pub conditions: usize,
    /// Values in all `in` lists together.
    pub in_values: usize,
    /// Embeds inside embeds.
    pub embed_depth: usize,
    /// Embedded relations.
    pub embeds: usize,
    /// Items of all select lists.
    pub select_items: usize,
    /// Terms of all orders.
    pub order_terms: usize,
    /// Rows that may be skipped.
    pub offset: u64,
    /// Bytes of a `like` or regular expression pattern.
    pub pattern_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tree_depth: 8,
            conditions: 100,
            in_values: 1_000,
            embed_depth: 5,
            embeds: 20,
            select_items: 200,
            order_terms: 10,
            offset: 1_000_000,
            pattern_bytes: 512,
        }
    }
}

/// A request that asks for more than it may.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("too much in the query string: {what} may be at most {limit}")]
pub struct Excess {
    /// What there is too much of.
    pub what: &'static str,
    /// How much of it there may be.
    pub limit: u64,
}

/// What is left of the limits for the rest of a request.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    conditions: usize,
    in_values: usize,
    embeds: usize,
    select_items: usize,
    order_terms: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            limits: limits.clone(),
            conditions: 0,
            in_values: 0,
            embeds: 0,
            select_items: 0,
            order_terms: 0,
        }
    }

    pub(super) fn condition(&mut self) -> Result<(), Excess> {
        count(&mut self.conditions, self.limits.conditions, "the number of conditions")
    }

    pub(super) fn in_value(&mut self) -> Result<(), Excess> {
        count(&mut self.in_values, self.limits.in_values, "the number of `in` values")
    }

    pub(super) fn select_item(&mut self) -> Result<(), Excess> {
        count(&mut self.select_items, self.limits.select_items, "the number of select items")
    }

    pub(super) fn order_term(&mut self) -> Result<(), Excess> {
        count(&mut self.order_terms, self.limits.order_terms, "the number of order terms")
    }

    /// One embed, which stands inside `depth - 1` others.
    pub(super) fn embed(&mut self, depth: usize) -> Result<(), Excess> {
        within(depth, self.limits.embed_depth, "the depth of embeds")?;
        count(&mut self.embeds, self.limits.embeds, "the number of embeds")
    }

    /// One `and` or `or`, which stands inside `depth - 1` others.
    pub(super) fn tree(&self, depth: usize) -> Result<(), Excess> {
        within(depth, self.limits.tree_depth, "the depth of a logic tree")
    }

    pub(super) fn pattern(&self, pattern: &str) -> Result<(), Excess> {
        within(pattern.len(), self.limits.pattern_bytes, "the bytes of a pattern")
    }

    pub(super) fn offset(&self, offset: u64) -> Result<(), Excess> {
        let limit = self.limits.offset;
        if offset > limit { Err(Excess { what: "the offset", limit }) } else { Ok(()) }
    }
}

fn count(counter: &mut usize, limit: usize, what: &'static str) -> Result<(), Excess> {
    *counter += 1;
    within(*counter, limit, what)
}

fn within(size: usize, limit: usize, what: &'static str) -> Result<(), Excess> {
    if size > limit { Err(Excess { what, limit: limit as u64 }) } else { Ok(()) }
}
