//! The debug form of types.
//!
//! **Must not:** hide a modifier.

use crate::syntax::grouping::{grouped_name, joined};
use crate::syntax::type_name::{IntervalFields, TypeName};

/// A type with all it carries.
pub fn grouped_type(target: &TypeName) -> String {
    let mut text = String::from(if target.set_of { "setof " } else { "" });
    text.push_str(&grouped_name(&target.name));
    if target.of_column {
        text.push_str("%type");
    }
    if let Some(fields) = target.interval {
        text.push_str(&format!(" {}", interval(fields)));
    }
    if !target.modifiers.is_empty() {
        text.push_str(&format!("({})", joined(&target.modifiers, ", ")));
    }
    for bound in &target.array {
        text.push_str(&bound.map_or("[]".to_owned(), |bound| format!("[{bound}]")));
    }
    text
}

fn interval(fields: IntervalFields) -> &'static str {
    match fields {
        IntervalFields::Year => "year",
        IntervalFields::Month => "month",
        IntervalFields::Day => "day",
        IntervalFields::Hour => "hour",
        IntervalFields::Minute => "minute",
        IntervalFields::Second => "second",
        IntervalFields::YearToMonth => "year to month",
        IntervalFields::DayToHour => "day to hour",
        IntervalFields::DayToMinute => "day to minute",
        IntervalFields::DayToSecond => "day to second",
        IntervalFields::HourToMinute => "hour to minute",
        IntervalFields::HourToSecond => "hour to second",
        IntervalFields::MinuteToSecond => "minute to second",
    }
}
