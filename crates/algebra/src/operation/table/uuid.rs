//! Made-up identifiers.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Function "gen_random_uuid" () -> Uuid "pg_gen_random_uuid" volatile;
];
