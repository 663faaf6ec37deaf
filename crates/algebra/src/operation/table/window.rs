//! Window functions. Aggregates may be windowed too.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Window "row_number" () -> Int8 "pg_row_number" lax;
    Window "rank" () -> Int8 "pg_rank" lax;
    Window "dense_rank" () -> Int8 "pg_dense_rank" lax;
    Window "percent_rank" () -> Float8 "pg_percent_rank" lax;
    Window "cume_dist" () -> Float8 "pg_cume_dist" lax;
    Window "ntile" (Int4) -> Int4 "pg_ntile";
    Window "lag" (element) -> element "pg_lag";
    Window "lag" (element, Int4) -> element "pg_lag_offset";
    Window "lag" (compatible, Int4, compatible) -> compatible "pg_lag_default" lax;
    Window "lead" (element) -> element "pg_lead";
    Window "lead" (element, Int4) -> element "pg_lead_offset";
    Window "lead" (compatible, Int4, compatible) -> compatible "pg_lead_default" lax;
    Window "first_value" (element) -> element "pg_first_value";
    Window "last_value" (element) -> element "pg_last_value";
    Window "nth_value" (element, Int4) -> element "pg_nth_value";
];
