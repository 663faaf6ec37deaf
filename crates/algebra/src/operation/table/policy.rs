//! What `policy::guard` puts into a tree to refuse a row.

use crate::operation::{Form, Operation, Pattern, Volatility};
use crate::types::Type;

pub(super) static OPERATIONS: &[Operation] = &[Operation {
    schema: "mainstay",
    name: "require",
    form: Form::Function,
    // The condition, and the message of the 42501 that is raised when it is not true.
    arguments: &[Pattern::Is(Type::Bool), Pattern::Is(Type::Text)],
    variadic: false,
    optional: 0,
    result: Pattern::Is(Type::Bool),
    volatility: Volatility::Volatile,
    strict: false,
    leakproof: false,
    symbol: "pg_require",
    context: None,
}];
