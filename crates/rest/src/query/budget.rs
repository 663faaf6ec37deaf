//! How much one request may ask for (threats.md LIM-07, LIM-08, LIM-10), counted while its text is read, so
//! that a text over a limit costs no more than one at it.
//! **Must not:** know where the counted things stand in the text.

use web::{Code, Limits};

/// A request that asks for more than it may.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("too much in the query string: {what} may be at most {limit}")]
pub struct Excess {
    /// What there is too much of.
    pub what: &'static str,
    /// How much of it there may be.
    pub limit: u64,
    /// The code of the limit.
    pub code: Code,
}

/// The limits, and what of them a request has used.
#[derive(Debug)]
pub(super) struct Budget<'l> {
    limits: &'l Limits,
    conditions: usize,
    embeds: usize,
    select_items: usize,
}

impl<'l> Budget<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self { limits, conditions: 0, embeds: 0, select_items: 0 }
    }

    pub(super) fn condition(&mut self) -> Result<(), Excess> {
        self.conditions += 1;
        within(self.conditions, self.limits.conditions_max, "the number of conditions")
    }

    pub(super) fn select_item(&mut self) -> Result<(), Excess> {
        self.select_items += 1;
        within(self.select_items, self.limits.select_items_max, "the number of select items")
    }

    /// One embed, which stands inside `depth - 1` others.
    pub(super) fn embed(&mut self, depth: usize) -> Result<(), Excess> {
        within(depth, self.limits.embed_depth_max, "the depth of embeds")?;
        self.embeds += 1;
        within(self.embeds, self.limits.embeds_max, "the number of embeds")
    }

    /// The `number`-th value of one list.
    pub(super) fn in_value(&self, number: usize) -> Result<(), Excess> {
        within(number, self.limits.in_values_max, "the number of values of an `in` list")
    }

    /// The `number`-th term of one order.
    pub(super) fn order_term(&self, number: usize) -> Result<(), Excess> {
        within(number, self.limits.order_terms_max, "the number of order terms")
    }

    /// One `and` or `or`, which stands inside `depth - 1` others.
    pub(super) fn tree(&self, depth: usize) -> Result<(), Excess> {
        within(depth, self.limits.filter_depth_max, "the depth of a logic tree")
    }

    pub(super) fn pattern(&self, pattern: &str) -> Result<(), Excess> {
        let limit = self.limits.pattern_bytes_max;
        let excess = Excess { what: "the bytes of a pattern", limit: limit as u64, code: Code::PatternLimit };
        if pattern.len() > limit { Err(excess) } else { Ok(()) }
    }

    pub(super) fn offset(&self, offset: u64) -> Result<(), Excess> {
        let limit = self.limits.offset_max;
        let excess = Excess { what: "the offset", limit, code: Code::QueryLimit };
        if offset > limit { Err(excess) } else { Ok(()) }
    }
}

fn within(size: usize, limit: usize, what: &'static str) -> Result<(), Excess> {
    let excess = Excess { what, limit: limit as u64, code: Code::QueryLimit };
    if size > limit { Err(excess) } else { Ok(()) }
}
