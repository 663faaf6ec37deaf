//! Aggregate calls.

use algebra::expression::{Aggregate, Expr, Node, SortKey};
use algebra::operation::{Operation, Unresolved, by_symbol};
use algebra::types::Type;
use algebra::visit::Part;

use super::binder::{Binder, Typed};
use super::fail::{Bind, refused, unsupported};
use crate::syntax::expression::Call;
use crate::syntax::name::Span;

impl Binder<'_> {
    pub(crate) fn aggregate_call(
        &mut self,
        call: &Call,
        overloads: &[&'static Operation],
        span: Span,
    ) -> Bind<Typed> {
        self.check_aggregate_place(span)?;
        let (aggregate, ty) = self.aggregate(call, overloads, span)?;
        self.level().has_aggregates = true;
        Ok(Typed::new(Expr::new(Node::Aggregate(Box::new(aggregate)), ty), span))
    }

    fn check_aggregate_place(&mut self, span: Span) -> Bind<()> {
        let level = self.level();
        if level.in_aggregate {
            return Err(refused("42803", "aggregate function calls cannot be nested", span));
        }
        let clause = level.clause;
        if !clause.allows_aggregates() {
            let message = format!("aggregate functions are not allowed in {}", clause.name());
            return Err(refused("42803", message, span));
        }
        Ok(())
    }

    /// The call itself: its arguments are bound in the state of an aggregate.
    fn aggregate(
        &mut self,
        call: &Call,
        overloads: &[&'static Operation],
        span: Span,
    ) -> Bind<(Aggregate, Type)> {
        self.level().in_aggregate = true;
        let bound = self.aggregate_parts(call, overloads, span);
        self.level().in_aggregate = false;
        let (aggregate, ty) = bound?;
        self.refuse_outer(&aggregate, span)?;
        Ok((aggregate, ty))
    }

    /// Also serves aggregates with `over`, where columns still count for grouping.
    pub(crate) fn aggregate_parts(
        &mut self,
        call: &Call,
        overloads: &[&'static Operation],
        span: Span,
    ) -> Bind<(Aggregate, Type)> {
        let filter = match &call.filter {
            Some(filter) => {
                let value = self.expression(filter)?;
                Some(self.condition(value, "FILTER")?)
            }
            None => None,
        };
        if call.star {
            let counts = by_symbol("pg_count_rows").filter(|count| overloads.contains(count));
            let Some(operation) = counts else {
                return Err(self.unresolved_call(call, &[], &Unresolved::Missing, span));
            };
            let aggregate =
                Aggregate { operation, arguments: Vec::new(), distinct: false, order: Vec::new(), filter };
            return Ok((aggregate, Type::Int8));
        }
        let counts = overloads.iter().any(|operation| operation.symbol == "pg_count_rows");
        if call.arguments.is_empty() && counts {
            let name = call.name.dotted();
            let message = format!("{name}(*) must be used to call a parameterless aggregate function");
            return Err(refused("42809", message, span));
        }
        if overloads.iter().any(|operation| operation.is_ordered_set()) {
            return self.ordered_set(call, overloads, filter, span);
        }
        let arguments = self.arguments(call)?;
        let (found, arguments) = self.resolve_call(call, overloads, arguments, span)?;
        if !call.within_group.is_empty() {
            let name = call.name.dotted();
            let message = format!("{name} is not an ordered-set aggregate, so it cannot have WITHIN GROUP");
            return Err(refused("42809", message, span));
        }
        let order = self.aggregate_order(call, &arguments)?;
        let aggregate =
            Aggregate { operation: found.operation, arguments, distinct: call.distinct, order, filter };
        Ok((aggregate, found.result))
    }

    /// `percentile_cont(0.5) within group (order by a)`: the key counts as the last argument when the overload is chosen.
    fn ordered_set(
        &mut self,
        call: &Call,
        overloads: &[&'static Operation],
        filter: Option<Expr>,
        span: Span,
    ) -> Bind<(Aggregate, Type)> {
        let name = call.name.dotted();
        let [item] = call.within_group.as_slice() else {
            let message = if call.within_group.is_empty() {
                format!("WITHIN GROUP is required for ordered-set aggregate {name}")
            } else {
                format!("{name} takes one key in WITHIN GROUP")
            };
            return Err(refused("42809", message, span));
        };
        let mut arguments = self.arguments(call)?;
        let key = self.expression(&item.value)?;
        let key_span = key.span;
        arguments.push(key);
        let (found, mut arguments) = self.resolve_call(call, overloads, arguments, span)?;
        let key = arguments.pop().map(|key| Typed::new(key, key_span));
        let order = key.map(|key| self.sort_key(key, item)).transpose()?.into_iter().collect();
        let aggregate = Aggregate { operation: found.operation, arguments, distinct: false, order, filter };
        Ok((aggregate, found.result))
    }

    fn aggregate_order(&mut self, call: &Call, arguments: &[Expr]) -> Bind<Vec<SortKey>> {
        let mut order = Vec::with_capacity(call.order_by.len());
        for item in &call.order_by {
            let value = self.expression(&item.value)?;
            let value = self.settled(value)?;
            if call.distinct && !arguments.contains(&value.expr) {
                let message =
                    "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list";
                return Err(refused("42P10", message, item.span));
            }
            order.push(self.sort_key(value, item)?);
        }
        Ok(order)
    }

    /// An aggregate over columns of an outer query alone belongs to that query, which is not served.
    fn refuse_outer(&self, aggregate: &Aggregate, span: Span) -> Bind<()> {
        let own = self.levels.last().map(|level| &level.namespace.entries);
        let mut names_own = false;
        let mut names_other = false;
        for argument in &aggregate.arguments {
            Part::Expr(argument).every_expr(&mut |expr| {
                if let Node::Column { relation, .. } = &expr.node {
                    let is_own = own.into_iter().flatten().any(|entry| {
                        entry.id == *relation || entry.columns.iter().any(|visible| visible.expr == *expr)
                    });
                    names_own |= is_own;
                    names_other |= !is_own;
                }
            });
        }
        if names_other && !names_own && self.levels.len() > 1 {
            return Err(unsupported("an aggregate over columns of an outer query", span)
                .with_hint("Compute it in the outer query and use its result."));
        }
        Ok(())
    }
}
