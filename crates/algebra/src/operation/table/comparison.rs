//! Comparison: `= <> < <= > >=`, polymorphic over everything that has an order.
//!
//! Both sides have one type when the binder is done, so one entry serves all types; which types have an equality or an
//! order is the binder's to say (json has neither, see `Type::is_comparable`).

use crate::operation::{Form, Operation, Pattern, Volatility};
use crate::types::Type;

macro_rules! comparisons {
    ($($name:literal $symbol:literal),+ $(,)?) => {
        &[$(Operation {
            schema: "pg_catalog",
            name: $name,
            form: Form::Infix,
            arguments: &[Pattern::Element, Pattern::Element],
            variadic: false,
            optional: 0,
            result: Pattern::Is(Type::Bool),
            volatility: Volatility::Immutable,
            strict: true,
            leakproof: true,
            symbol: $symbol,
            context: None,
        }),+]
    };
}

pub(super) static OPERATIONS: &[Operation] = comparisons![
    "=" "pg_eq", "<>" "pg_ne", "<" "pg_lt", "<=" "pg_le", ">" "pg_gt", ">=" "pg_ge",
];
