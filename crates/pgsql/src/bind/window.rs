//! Window calls: `f(x) over (…)`, named windows, frames.

use algebra::expression::{Expr, Frame, FrameBound, FrameUnit, Node, SortKey, WindowCall};
use algebra::operation::{Form, Unresolved};
use algebra::types::{Category, Type};

use super::binder::{Binder, Typed};
use super::clause::Clause;
use super::fail::{Bind, refused, unsupported};
use crate::syntax::expression as syntax;
use crate::syntax::expression::{Call, FrameExclusion, Over, WindowSpec};
use crate::syntax::name::Span;

impl Binder<'_> {
    pub(crate) fn window_call(&mut self, call: &Call, span: Span) -> Bind<Typed> {
        let overloads = self.overloads(&call.name);
        let windowed =
            overloads.iter().any(|operation| matches!(operation.form, Form::Aggregate | Form::Window));
        if !windowed {
            let name = call.name.dotted();
            if overloads.is_empty() {
                let arguments = self.arguments(call)?;
                let types: Vec<_> = arguments.iter().map(|argument| argument.ty().clone()).collect();
                return Err(self.unresolved_call(call, &types, &Unresolved::Missing, span));
            }
            let message =
                format!("OVER specified, but {name} is not a window function nor an aggregate function");
            return Err(refused("42809", message, span));
        }
        self.check_window_place(span)?;
        if call.distinct {
            return Err(refused("0A000", "DISTINCT is not implemented for window functions", span));
        }
        if !call.order_by.is_empty() {
            return Err(refused("0A000", "aggregate ORDER BY is not implemented for window functions", span));
        }
        self.level().in_window = true;
        let bound = self.window_parts(call, &overloads, span);
        self.level().in_window = false;
        self.level().has_windows = true;
        bound
    }

    fn check_window_place(&mut self, span: Span) -> Bind<()> {
        let level = self.level();
        if level.in_window {
            return Err(refused("42P20", "window function calls cannot be nested", span));
        }
        if level.in_aggregate {
            let message = "aggregate function calls cannot contain window function calls";
            return Err(refused("42803", message, span));
        }
        let clause = level.clause;
        if !clause.allows_windows() {
            let message = format!("window functions are not allowed in {}", clause.name());
            return Err(refused("42P20", message, span));
        }
        Ok(())
    }

    fn window_parts(
        &mut self,
        call: &Call,
        overloads: &[&'static algebra::operation::Operation],
        span: Span,
    ) -> Bind<Typed> {
        let (aggregate, ty) = self.aggregate_parts(call, overloads, span)?;
        if aggregate.operation.form == Form::Window && aggregate.filter.is_some() {
            return Err(refused(
                "0A000",
                "FILTER is not implemented for non-aggregate window functions",
                span,
            ));
        }
        let spec = match &call.over {
            Some(Over::Name(name)) => self.named_window(&name.text, name.span)?,
            Some(Over::Window(spec)) => spec.clone(),
            None => return Err(unsupported("a window call without a window", span)),
        };
        let (partition, order, frame) = self.window_spec(&spec)?;
        let window = WindowCall { call: aggregate, partition, order, frame };
        Ok(Typed::new(Expr::new(Node::Window(Box::new(window)), ty), span))
    }

    fn named_window(&mut self, name: &str, span: Span) -> Bind<WindowSpec> {
        let found = self.level().windows.iter().find(|(own, _)| own == name).map(|(_, spec)| spec.clone());
        found.ok_or_else(|| refused("42704", format!("window \"{name}\" does not exist"), span))
    }

    fn window_spec(&mut self, spec: &WindowSpec) -> Bind<(Vec<Expr>, Vec<SortKey>, Option<Frame>)> {
        let mut spec = spec.clone();
        while let Some(base) = spec.base.take() {
            let under = self.named_window(&base.text, base.span)?;
            if !spec.partition_by.is_empty() {
                let message = format!("cannot override PARTITION BY clause of window \"{}\"", base.text);
                return Err(refused("42P20", message, spec.span));
            }
            if !spec.order_by.is_empty() && !under.order_by.is_empty() {
                let message = format!("cannot override ORDER BY clause of window \"{}\"", base.text);
                return Err(refused("42P20", message, spec.span));
            }
            spec.partition_by = under.partition_by;
            if spec.order_by.is_empty() {
                spec.order_by = under.order_by;
            }
            spec.base = under.base;
        }
        self.within(Clause::Window, |binder| {
            let mut partition = Vec::with_capacity(spec.partition_by.len());
            for key in &spec.partition_by {
                let value = binder.expression(key)?;
                partition.push(binder.settled(value)?.expr);
            }
            let mut order = Vec::with_capacity(spec.order_by.len());
            for item in &spec.order_by {
                let value = binder.expression(&item.value)?;
                let value = binder.settled(value)?;
                order.push(binder.sort_key(value, item)?);
            }
            let frame = spec.frame.as_ref().map(|frame| binder.frame(frame, &order)).transpose()?;
            Ok((partition, order, frame))
        })
    }

    fn frame(&mut self, frame: &syntax::Frame, order: &[SortKey]) -> Bind<Frame> {
        if frame.exclude != FrameExclusion::NoOthers {
            return Err(unsupported("the exclude clause of a window frame", frame.span));
        }
        let unit = match frame.unit {
            syntax::FrameUnit::Rows => FrameUnit::Rows,
            syntax::FrameUnit::Range => FrameUnit::Range,
            syntax::FrameUnit::Groups => FrameUnit::Groups,
        };
        if unit == FrameUnit::Groups && order.is_empty() {
            return Err(refused("42P20", "GROUPS mode requires an ORDER BY clause", frame.span));
        }
        let start = self.frame_bound(&frame.start, unit, order, frame.span)?;
        let end = self.frame_bound(&frame.end, unit, order, frame.span)?;
        Ok(Frame { unit, start, end })
    }

    fn frame_bound(
        &mut self,
        bound: &syntax::FrameBound,
        unit: FrameUnit,
        order: &[SortKey],
        span: Span,
    ) -> Bind<FrameBound> {
        let offset = match bound {
            syntax::FrameBound::UnboundedPreceding => return Ok(FrameBound::UnboundedPreceding),
            syntax::FrameBound::CurrentRow => return Ok(FrameBound::CurrentRow),
            syntax::FrameBound::UnboundedFollowing => return Ok(FrameBound::UnboundedFollowing),
            syntax::FrameBound::Preceding(offset) | syntax::FrameBound::Following(offset) => offset,
        };
        let value = self.expression(offset)?;
        let offset = match (unit, order) {
            (FrameUnit::Rows, _) => self.expected(value, &Type::Int8, "ROWS")?,
            (FrameUnit::Groups, _) => self.expected(value, &Type::Int8, "GROUPS")?,
            (FrameUnit::Range, [key]) if key.expr.ty.category() == Category::Numeric => {
                let ty = key.expr.ty.clone();
                self.expected(value, &ty, "RANGE")?
            }
            (FrameUnit::Range, [_]) => {
                return Err(unsupported("RANGE with an offset over this type", span));
            }
            (FrameUnit::Range, _) => {
                let message = "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column";
                return Err(refused("42P20", message, span));
            }
        };
        Ok(match bound {
            syntax::FrameBound::Preceding(_) => FrameBound::Preceding(Box::new(offset)),
            _ => FrameBound::Following(Box::new(offset)),
        })
    }
}
