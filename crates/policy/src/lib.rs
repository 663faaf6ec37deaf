//! Who asks, and what the rules make of a statement.
