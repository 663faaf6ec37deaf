//! Who asks, and what the rules make of a statement.
//!
//! [`guard`] is the only maker of [`Guarded`], and only that can be rendered. **Must not:** know SQL text, I/O, HTTP.

mod caller;
mod guarded;
mod guard;

pub use caller::{Caller, Claims};
pub use guard::{Denied, guard};
pub use guarded::{Enforced, Guarded};
