//! The hand-written service that the benches compare with.

fn main() {}
