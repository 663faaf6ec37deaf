//! Functions over dates, times and intervals.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Function "extract" (Text, Date) -> Numeric "pg_extract_date";
    Function "extract" (Text, Time) -> Numeric "pg_extract_time";
    Function "extract" (Text, TimeTz) -> Numeric "pg_extract_timetz";
    Function "extract" (Text, Timestamp) -> Numeric "pg_extract_timestamp";
    Function "extract" (Text, TimestampTz) -> Numeric "pg_extract_timestamptz" stable;
    Function "extract" (Text, Interval) -> Numeric "pg_extract_interval";
    Function "date_part" (Text, Date) -> Float8 "pg_date_part_date";
    Function "date_part" (Text, Time) -> Float8 "pg_date_part_time";
    Function "date_part" (Text, TimeTz) -> Float8 "pg_date_part_timetz";
    Function "date_part" (Text, Timestamp) -> Float8 "pg_date_part_timestamp";
    Function "date_part" (Text, TimestampTz) -> Float8 "pg_date_part_timestamptz" stable;
    Function "date_part" (Text, Interval) -> Float8 "pg_date_part_interval";
    Function "date_trunc" (Text, Timestamp) -> Timestamp "pg_date_trunc_timestamp";
    Function "date_trunc" (Text, TimestampTz) -> TimestampTz "pg_date_trunc_timestamptz" stable;
    Function "date_trunc" (Text, TimestampTz, Text) -> TimestampTz "pg_date_trunc_zone" stable;
    Function "date_trunc" (Text, Interval) -> Interval "pg_date_trunc_interval";
    Function "date_bin" (Interval, Timestamp, Timestamp) -> Timestamp "pg_date_bin_timestamp";
    Function "date_bin" (Interval, TimestampTz, TimestampTz) -> TimestampTz "pg_date_bin_timestamptz";
    Function "timezone" (Text, Timestamp) -> TimestampTz "pg_timezone_timestamp";
    Function "timezone" (Text, TimestampTz) -> Timestamp "pg_timezone_timestamptz";
    Function "timezone" (Interval, Timestamp) -> TimestampTz "pg_timezone_interval_timestamp";
    Function "timezone" (Interval, TimestampTz) -> Timestamp "pg_timezone_interval_timestamptz";
    Function "timezone" (Interval, TimeTz) -> TimeTz "pg_timezone_interval_timetz";
    Function "age" (Timestamp, Timestamp) -> Interval "pg_age_timestamp";
    Function "age" (TimestampTz, TimestampTz) -> Interval "pg_age_timestamptz";
    Function "age" (Timestamp) -> Interval "pg_age_of_timestamp" stable;
    Function "age" (TimestampTz) -> Interval "pg_age_of_timestamptz" stable;
    Function "isfinite" (Date) -> Bool "pg_isfinite_date" leakproof;
    Function "isfinite" (Timestamp) -> Bool "pg_isfinite_timestamp" leakproof;
    Function "isfinite" (TimestampTz) -> Bool "pg_isfinite_timestamptz" leakproof;
    Function "isfinite" (Interval) -> Bool "pg_isfinite_interval" leakproof;
    Function "justify_days" (Interval) -> Interval "pg_justify_days";
    Function "justify_hours" (Interval) -> Interval "pg_justify_hours";
    Function "justify_interval" (Interval) -> Interval "pg_justify_interval";
    Function "make_date" (Int4, Int4, Int4) -> Date "pg_make_date";
    Function "make_time" (Int4, Int4, Float8) -> Time "pg_make_time";
    Function "make_timestamp" (Int4, Int4, Int4, Int4, Int4, Float8) -> Timestamp "pg_make_timestamp";
    Function "make_timestamptz" (Int4, Int4, Int4, Int4, Int4, Float8) -> TimestampTz "pg_make_timestamptz" stable;
    Function "make_timestamptz" (Int4, Int4, Int4, Int4, Int4, Float8, Text) -> TimestampTz
        "pg_make_timestamptz_zone" stable;
    Function "make_interval" (Int4, Int4, Int4, Int4, Int4, Int4, Float8) -> Interval "pg_make_interval"
        optional optional optional optional optional optional optional;
    Function "to_timestamp" (Float8) -> TimestampTz "pg_to_timestamp_float8";
    Function "clock_timestamp" () -> TimestampTz "pg_clock_timestamp" volatile;
    Function "overlaps" (Time, Time, Time, Time) -> Bool "pg_overlaps_time" lax;
    Function "overlaps" (Timestamp, Timestamp, Timestamp, Timestamp) -> Bool "pg_overlaps_timestamp" lax;
    Function "overlaps" (Timestamp, Interval, Timestamp, Interval) -> Bool "pg_overlaps_timestamp_lengths" lax;
    Function "overlaps" (Timestamp, Timestamp, Timestamp, Interval) -> Bool "pg_overlaps_timestamp_length" lax;
    Function "overlaps" (Timestamp, Interval, Timestamp, Timestamp) -> Bool "pg_overlaps_length_timestamp" lax;
    Function "overlaps" (TimestampTz, TimestampTz, TimestampTz, TimestampTz) -> Bool "pg_overlaps_timestamptz" lax;
    Function "overlaps" (TimestampTz, Interval, TimestampTz, Interval) -> Bool
        "pg_overlaps_timestamptz_lengths" stable lax;
    Function "overlaps" (TimestampTz, TimestampTz, TimestampTz, Interval) -> Bool
        "pg_overlaps_timestamptz_length" stable lax;
    Function "overlaps" (TimestampTz, Interval, TimestampTz, TimestampTz) -> Bool
        "pg_overlaps_length_timestamptz" stable lax;
];
