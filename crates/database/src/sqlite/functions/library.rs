//! The functions that users call by name, family by family; operators and what the rendering needs stand beside this.
//!
//! **Must not:** hold a body itself.

use super::{Aggregate, Body};

mod calendar;

pub(super) static BODIES: &[&[&[Body]]] = &[calendar::BODIES];

pub(super) static AGGREGATES: &[&[Aggregate]] = &[];
