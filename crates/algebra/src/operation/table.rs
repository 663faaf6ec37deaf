//! The table of operations, family by family, and how to look into it.
//!
//! To add a function: one line in its family here, one body in `database/sqlite/functions/`, one case.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Operation;
use crate::types::Type;

#[macro_use]
mod entry;
mod arithmetic;
mod number;
mod text;
mod string;
mod temporal;
mod calendar;
mod pattern;
mod template;
mod digest;
mod json;
mod document;
mod array;
mod listing;
mod aggregate;
mod statistic;
mod window;
mod rows;
mod sequence;
mod uuid;
mod comparison;
mod context;
mod policy;

/// Every operation, in the order of the families.
pub fn all() -> impl Iterator<Item = &'static Operation> {
    FAMILIES.iter().flat_map(|family| family.iter())
}

/// All overloads of a name, in any form.
#[must_use]
pub fn by_name(name: &str) -> &'static [&'static Operation] {
    NAMES.get(name).map_or(&[], Vec::as_slice)
}

/// The columns of a set-returning operation that gives more than one; others give one, named after the function.
#[must_use]
pub fn row_columns(symbol: &str) -> Option<&'static [(&'static str, Type)]> {
    rows::COLUMNS.iter().find(|(of, _)| *of == symbol).map(|(_, columns)| *columns)
}

/// The operation with this symbol.
#[must_use]
pub fn by_symbol(symbol: &str) -> Option<&'static Operation> {
    SYMBOLS.get(symbol).copied()
}

static FAMILIES: &[&[Operation]] = &[
    comparison::OPERATIONS,
    arithmetic::OPERATIONS,
    number::OPERATIONS,
    text::OPERATIONS,
    string::OPERATIONS,
    temporal::OPERATIONS,
    calendar::OPERATIONS,
    pattern::OPERATIONS,
    template::OPERATIONS,
    digest::OPERATIONS,
    json::OPERATIONS,
    document::OPERATIONS,
    array::OPERATIONS,
    listing::OPERATIONS,
    aggregate::OPERATIONS,
    statistic::OPERATIONS,
    window::OPERATIONS,
    rows::OPERATIONS,
    sequence::OPERATIONS,
    uuid::OPERATIONS,
    context::OPERATIONS,
    policy::OPERATIONS,
];

static NAMES: LazyLock<BTreeMap<&'static str, Vec<&'static Operation>>> = LazyLock::new(|| {
    let mut names: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for operation in all() {
        names.entry(operation.name).or_default().push(operation);
    }
    names
});

static SYMBOLS: LazyLock<BTreeMap<&'static str, &'static Operation>> =
    LazyLock::new(|| all().map(|operation| (operation.symbol, operation)).collect());

#[cfg(test)]
mod tests {
    use super::{SYMBOLS, all};

    #[test]
    fn symbols_are_unique() {
        assert_eq!(SYMBOLS.len(), all().count());
    }
}
