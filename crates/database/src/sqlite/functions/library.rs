//! The functions that users call by name, family by family; operators and what the rendering needs stand beside this.
//!
//! **Must not:** hold a body itself.

use super::{Aggregate, Body};

mod number;
mod float;
mod calendar;
mod pattern;
mod template;
mod document;
mod listing;
mod digest;
mod password;
mod statistic;
mod ordered;

pub(super) static BODIES: &[&[&[Body]]] = &[
    number::BODIES,
    calendar::BODIES,
    pattern::BODIES,
    &[float::BODIES, template::BODIES, document::BODIES, listing::BODIES, digest::BODIES, password::BODIES],
];

pub(super) static AGGREGATES: &[&[&[Aggregate]]] = &[statistic::AGGREGATES, &[ordered::AGGREGATES]];

#[cfg(test)]
mod tests;
