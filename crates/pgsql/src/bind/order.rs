//! `order by`: output names and positions first, then expressions; the place of NULLs made explicit.

use algebra::expression::{Expr, SortKey};
use algebra::operation::is_comparable;
use algebra::query::{Body, Output, Query};

use super::binder::{Binder, Typed};
use super::clause::Clause;
use super::fail::{Bind, refused, unsupported};
use super::set::output_column;
use crate::syntax::expression as syntax;
use crate::syntax::expression::ExprKind;
use crate::syntax::literal::Literal;
use crate::syntax::query::{NullsOrder, SortDirection, SortItem};

impl Binder<'_> {
    /// The order of a `select`: its outputs may be named by alias or position.
    pub(crate) fn select_order(&mut self, items: &[SortItem], outputs: &[Output]) -> Bind<Vec<SortKey>> {
        let mut order = Vec::with_capacity(items.len());
        for item in items {
            let value = match self.named_output(&item.value, outputs, "ORDER BY")? {
                Some(at) => Typed::new(outputs[at].expr.clone(), item.value.span),
                None => {
                    let value = self.within(Clause::OrderBy, |binder| binder.expression(&item.value))?;
                    self.settled(value)?
                }
            };
            order.push(self.sort_key(value, item)?);
        }
        Ok(order)
    }

    /// The order above a set operation or `values`: only names and positions of the outputs.
    pub(crate) fn output_order(&mut self, body: &Body, items: &[SortItem]) -> Bind<Vec<SortKey>> {
        if items.is_empty() {
            return Ok(Vec::new());
        }
        let probe =
            Query { ctes: Vec::new(), body: body.clone(), order: Vec::new(), limit: None, offset: None };
        let outputs: Vec<_> = probe
            .columns()
            .into_iter()
            .map(|(name, ty)| Output { expr: output_column(name.clone(), ty), name })
            .collect();
        let mut order = Vec::with_capacity(items.len());
        for item in items {
            let Some(at) = self.named_output(&item.value, &outputs, "ORDER BY")? else {
                if let (Body::Set { .. }, ExprKind::Column(name)) = (body, &*item.value.kind) {
                    let message = format!("column \"{}\" does not exist", name.dotted());
                    return Err(refused("42703", message, item.value.span));
                }
                let message = "invalid UNION/INTERSECT/EXCEPT ORDER BY clause";
                return Err(refused("0A000", message, item.value.span)
                    .with_detail("Only result column names can be used, not expressions or functions.")
                    .with_hint(
                        "Add the expression/function to every SELECT, or move the UNION into a FROM clause.",
                    ));
            };
            order.push(self.sort_key(Typed::new(outputs[at].expr.clone(), item.value.span), item)?);
        }
        Ok(order)
    }

    /// The output that a bare name or a number means.
    pub(crate) fn named_output(
        &mut self,
        written: &syntax::Expr,
        outputs: &[Output],
        clause: &str,
    ) -> Bind<Option<usize>> {
        match &*written.kind {
            ExprKind::Column(name) if name.qualifiers().is_empty() => {
                let text = name.last().text.as_str();
                let mut found = outputs.iter().enumerate().filter(|(_, output)| output.name.as_str() == text);
                let Some((at, first)) = found.next() else { return Ok(None) };
                if found.any(|(_, other)| other.expr != first.expr) {
                    let message = format!("{clause} \"{text}\" is ambiguous");
                    return Err(refused("42702", message, written.span));
                }
                Ok(Some(at))
            }
            ExprKind::Literal(Literal::Integer(number)) => {
                let at = usize::try_from(*number).ok().and_then(|number| number.checked_sub(1));
                match at.filter(|at| *at < outputs.len()) {
                    Some(at) => Ok(Some(at)),
                    None => {
                        let message = format!("{clause} position {number} is not in select list");
                        Err(refused("42P10", message, written.span))
                    }
                }
            }
            ExprKind::Literal(_) => {
                Err(refused("42601", format!("non-integer constant in {clause}"), written.span))
            }
            _ => Ok(None),
        }
    }

    /// One key with its direction.
    pub(crate) fn sort_key(&mut self, value: Typed, item: &SortItem) -> Bind<SortKey> {
        if !is_comparable(value.ty()) {
            let message = format!("could not identify an ordering operator for type {}", value.ty().name());
            return Err(refused("42883", message, value.span)
                .with_hint("Use an explicit ordering operator or modify the query."));
        }
        let descending = match &item.direction {
            None | Some(SortDirection::Ascending) => false,
            Some(SortDirection::Descending) => true,
            Some(SortDirection::Using(operator)) => match operator.symbol.as_str() {
                "<" => false,
                ">" => true,
                _ => return Err(unsupported("order by … using this operator", operator.span)),
            },
        };
        // NULLs are greater than everything else.
        let nulls_first = item.nulls.map_or(descending, |nulls| nulls == NullsOrder::First);
        Ok(SortKey { expr: value.expr, descending, nulls_first })
    }
}

/// The key as one over an output, where the keys may name outputs alone.
pub(crate) fn over_output(key: SortKey, outputs: &[Output]) -> Option<SortKey> {
    let output = outputs.iter().find(|output| output.expr == key.expr)?;
    let expr: Expr = output_column(output.name.clone(), output.expr.ty.clone());
    Some(SortKey { expr, ..key })
}
