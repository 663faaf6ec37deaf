//! How an entry is written: `Infix "+" (Int4, Int4) -> Int4 "pg_add_int4";`, with words behind it for what is not the rule.
//!
//! The rule is: immutable, strict, not variadic, in `pg_catalog`, may raise errors. The words are `stable`, `volatile`, `lax` (not
//! strict), `variadic`, `leakproof` (raises no error), `internal`, `extension`, and `optional` once for each trailing argument that may
//! be left out. Argument and result types are our `Type`s by name, `[Text]` for an array of one, or `element`, `array`, `compatible`,
//! `compatible_array`, `enumerated`, `plain` (not an array), `any`.

use crate::operation::{Operation, Volatility};

macro_rules! pattern {
    (element) => {
        $crate::operation::Pattern::Element
    };
    (array) => {
        $crate::operation::Pattern::ArrayOfElement
    };
    (compatible) => {
        $crate::operation::Pattern::Compatible
    };
    (compatible_array) => {
        $crate::operation::Pattern::ArrayOfCompatible
    };
    (enumerated) => {
        $crate::operation::Pattern::Enum
    };
    (plain) => {
        $crate::operation::Pattern::NonArray
    };
    (any) => {
        $crate::operation::Pattern::Any
    };
    ([$ty:ident]) => {
        $crate::operation::Pattern::ArrayOf($crate::types::Type::$ty)
    };
    ($ty:ident) => {
        $crate::operation::Pattern::Is($crate::types::Type::$ty)
    };
}

macro_rules! operations {
    ($($form:ident $name:literal ($($argument:tt),*) -> $result:tt $symbol:literal $($word:ident)*);+ $(;)?) => {
        &[$(
            $crate::operation::Operation {
                schema: "pg_catalog",
                name: $name,
                form: $crate::operation::Form::$form,
                arguments: &[$(pattern!($argument)),*],
                variadic: false,
                optional: 0,
                result: pattern!($result),
                volatility: $crate::operation::Volatility::Immutable,
                strict: true,
                leakproof: false,
                symbol: $symbol,
                context: None,
            }
            $(.$word())*
        ),+]
    };
}

impl Operation {
    pub(super) const fn stable(mut self) -> Self {
        self.volatility = Volatility::Stable;
        self
    }

    pub(super) const fn volatile(mut self) -> Self {
        self.volatility = Volatility::Volatile;
        self
    }

    /// For the binder alone: no name that a user writes reaches it.
    pub(super) const fn internal(mut self) -> Self {
        self.schema = "mainstay";
        self
    }

    /// PostgreSQL has it in an extension.
    pub(super) const fn extension(mut self) -> Self {
        self.schema = "extensions";
        self
    }

    pub(super) const fn lax(mut self) -> Self {
        self.strict = false;
        self
    }

    /// Raises no error, whatever it is given.
    pub(super) const fn leakproof(mut self) -> Self {
        self.leakproof = true;
        self
    }

    pub(super) const fn variadic(mut self) -> Self {
        self.variadic = true;
        self
    }

    pub(super) const fn optional(mut self) -> Self {
        self.optional += 1;
        self
    }
}
