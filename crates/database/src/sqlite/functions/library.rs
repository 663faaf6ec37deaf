//! The functions that users call by name, family by family; operators and what the rendering needs stand beside this.
//!
//! **Must not:** hold a body itself.

use super::{Aggregate, Body};

mod number;
mod float;
mod calendar;
mod pattern;

pub(super) static BODIES: &[&[&[Body]]] =
    &[number::BODIES, &[float::BODIES], calendar::BODIES, pattern::BODIES];

pub(super) static AGGREGATES: &[&[Aggregate]] = &[];

#[cfg(test)]
mod tests;
