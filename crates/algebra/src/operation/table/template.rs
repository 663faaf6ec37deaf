//! Values written and read by templates.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Function "to_char" (Int4, Text) -> Text "pg_to_char_int4" stable;
    Function "to_char" (Int8, Text) -> Text "pg_to_char_int8" stable;
    Function "to_char" (Float4, Text) -> Text "pg_to_char_float4" stable;
    Function "to_char" (Float8, Text) -> Text "pg_to_char_float8" stable;
    Function "to_char" (Numeric, Text) -> Text "pg_to_char_numeric" stable;
    Function "to_char" (Timestamp, Text) -> Text "pg_to_char_timestamp" stable;
    Function "to_char" (TimestampTz, Text) -> Text "pg_to_char_timestamptz" stable;
    Function "to_char" (Interval, Text) -> Text "pg_to_char_interval" stable;
    Function "to_number" (Text, Text) -> Numeric "pg_to_number" stable;
    Function "to_date" (Text, Text) -> Date "pg_to_date" stable;
    Function "to_timestamp" (Text, Text) -> TimestampTz "pg_to_timestamp_template" stable;
    // The cast by its name, which indexes over days often use.
    Function "date" (Timestamp) -> Date "pg_date_of_timestamp";
    Function "date" (TimestampTz) -> Date "pg_date_of_timestamptz" stable;
];
