//! What a request asks, resolved against the catalog and built into a statement.
//!
//! A [`Plan`] is inert data with names as the request wrote them; [`build`] resolves them. Values are not in the plan but in
//! [`Inputs`], so that plans of one shape are equal and what was built for one serves the next.
//! **Must not:** know who asks, SQL text, HTTP.

pub mod request;
pub mod input;
mod build;
mod error;

pub use build::{Built, Reading, build};
pub use error::{Candidate, Nearly, PlanError};
pub use input::{Input, Inputs, Member, Rows};
pub use request::Plan;
