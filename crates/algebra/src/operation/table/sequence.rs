//! Sequences. The sequence is a constant text, `schema.name`, which the binder has resolved; renames follow it.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Function "nextval" (Text) -> Int8 "pg_nextval" volatile;
    Function "currval" (Text) -> Int8 "pg_currval" volatile;
    Function "setval" (Text, Int8) -> Int8 "pg_setval" volatile;
    Function "setval" (Text, Int8, Bool) -> Int8 "pg_setval_called" volatile;
    Function "lastval" () -> Int8 "pg_lastval" volatile;
];
