//! The project's own commands: tests, checks, benches.

fn main() {}
