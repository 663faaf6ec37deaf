//! The debug form of calls and windows.
//!
//! **Must not:** hide a clause.

use crate::syntax::expression::{
    Argument, Call, Frame, FrameBound, FrameExclusion, FrameUnit, Over, WindowSpec,
};
use crate::syntax::grouping::query::order;
use crate::syntax::grouping::{grouped, grouped_name, joined, word};

/// A call with all its clauses.
pub(super) fn grouped_call(call: &Call) -> String {
    let mut text = grouped_name(&call.name);
    text.push('(');
    if call.star {
        text.push('*');
    }
    if call.distinct {
        text.push_str("distinct ");
    }
    let last = call.arguments.len().saturating_sub(1);
    let arguments = call.arguments.iter().enumerate().map(|(at, argument)| {
        let variadic = if call.variadic && at == last { "variadic " } else { "" };
        format!("{variadic}{}", grouped_argument(argument))
    });
    text.push_str(&arguments.collect::<Vec<_>>().join(", "));
    text.push_str(&order(" order by ", &call.order_by));
    text.push(')');
    if !call.within_group.is_empty() {
        text.push_str(&format!(" within group ({})", order("order by ", &call.within_group)));
    }
    if let Some(filter) = &call.filter {
        text.push_str(&format!(" filter ({})", grouped(filter)));
    }
    match &call.over {
        None => (),
        Some(Over::Name(name)) => text.push_str(&format!(" over {}", word(&name.text))),
        Some(Over::Window(window)) => text.push_str(&format!(" over {}", grouped_window(window))),
    }
    text
}

fn grouped_argument(argument: &Argument) -> String {
    match &argument.name {
        Some(name) => format!("{} => {}", word(&name.text), grouped(&argument.value)),
        None => grouped(&argument.value),
    }
}

/// What stands between a window's parentheses.
pub(super) fn grouped_window(window: &WindowSpec) -> String {
    let mut parts = Vec::new();
    if let Some(base) = &window.base {
        parts.push(word(&base.text));
    }
    if !window.partition_by.is_empty() {
        parts.push(format!("partition by {}", joined(&window.partition_by, ", ")));
    }
    if !window.order_by.is_empty() {
        parts.push(order("order by ", &window.order_by));
    }
    if let Some(frame) = &window.frame {
        parts.push(grouped_frame(frame));
    }
    format!("({})", parts.join(" "))
}

fn grouped_frame(frame: &Frame) -> String {
    let unit = match frame.unit {
        FrameUnit::Rows => "rows",
        FrameUnit::Range => "range",
        FrameUnit::Groups => "groups",
    };
    let exclude = match frame.exclude {
        FrameExclusion::NoOthers => "",
        FrameExclusion::CurrentRow => " exclude current row",
        FrameExclusion::Group => " exclude group",
        FrameExclusion::Ties => " exclude ties",
    };
    format!("{unit} between {} and {}{exclude}", grouped_bound(&frame.start), grouped_bound(&frame.end))
}

fn grouped_bound(bound: &FrameBound) -> String {
    match bound {
        FrameBound::UnboundedPreceding => "unbounded preceding".to_owned(),
        FrameBound::UnboundedFollowing => "unbounded following".to_owned(),
        FrameBound::CurrentRow => "current row".to_owned(),
        FrameBound::Preceding(offset) => format!("{} preceding", grouped(offset)),
        FrameBound::Following(offset) => format!("{} following", grouped(offset)),
    }
}
