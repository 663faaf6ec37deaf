//! `group by` and its rules: which columns may stand outside of aggregates.

use algebra::expression::{Aggregate, Expr, Node, RelationId, SortKey};
use algebra::names::ColumnName;
use algebra::operation::{Volatility, by_symbol};
use algebra::query::{Grouping, Output, Select, Source};
use algebra::types::Type;
use algebra::value::Value;
use algebra::visit::Part;

use super::binder::Binder;
use super::clause::Clause;
use super::fail::{Bind, refused};
use crate::syntax::expression as syntax;
use crate::syntax::expression::ExprKind;
use crate::syntax::query::{self, GroupItem, GroupKind};

/// PostgreSQL's bound on the sets that `cube` and their products make.
const SETS_MAX: usize = 4096;

/// One set of keys.
type Keys = Vec<Expr>;

impl Binder<'_> {
    pub(crate) fn grouping(&mut self, select: &query::Select, outputs: &[Output]) -> Bind<Grouping> {
        if select.group_by.is_empty() {
            return Ok(Grouping::None);
        }
        let mut sets: Vec<Keys> = vec![Vec::new()];
        let mut plain = true;
        for item in &select.group_by {
            plain &= matches!(item.kind, GroupKind::Expr(_));
            let own = self.group_item(item, outputs)?;
            if sets.len().saturating_mul(own.len()) > SETS_MAX {
                let message = format!("too many grouping sets present (maximum {SETS_MAX})");
                return Err(refused("54001", message, item.span));
            }
            sets = sets.iter().flat_map(|left| own.iter().map(move |right| merged(left, right))).collect();
        }
        if select.group_distinct {
            let mut kept: Vec<Keys> = Vec::new();
            for set in sets {
                if !kept.contains(&set) {
                    kept.push(set);
                }
            }
            sets = kept;
        }
        Ok(match (plain, sets.len()) {
            (true, 1) => Grouping::By(sets.swap_remove(0)),
            _ => Grouping::Sets(sets),
        })
    }

    fn group_item(&mut self, item: &GroupItem, outputs: &[Output]) -> Bind<Vec<Keys>> {
        match &item.kind {
            GroupKind::Expr(expr) => Ok(vec![self.group_keys(expr, outputs)?]),
            GroupKind::Empty => Ok(vec![Vec::new()]),
            GroupKind::Rollup(list) => {
                let parts = self.group_parts(list, outputs)?;
                Ok((0..=parts.len()).rev().map(|length| parts[..length].concat()).collect())
            }
            GroupKind::Cube(list) => {
                let parts = self.group_parts(list, outputs)?;
                if parts.len() > 12 {
                    return Err(refused("54001", "CUBE is limited to 12 elements", item.span));
                }
                let chosen = |mask: usize| {
                    let keep = parts.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0);
                    keep.flat_map(|(_, part)| part.clone()).collect()
                };
                Ok((0..1usize << parts.len()).rev().map(chosen).collect())
            }
            GroupKind::Sets(items) => {
                let mut sets = Vec::new();
                for item in items {
                    sets.extend(self.group_item(item, outputs)?);
                }
                Ok(sets)
            }
        }
    }

    fn group_parts(&mut self, list: &[syntax::Expr], outputs: &[Output]) -> Bind<Vec<Keys>> {
        list.iter().map(|expr| self.group_keys(expr, outputs)).collect()
    }

    /// `a`, or `(a, b)`; a name is a column first and an output's alias second.
    fn group_keys(&mut self, expr: &syntax::Expr, outputs: &[Output]) -> Bind<Keys> {
        if let ExprKind::Row { fields, .. } = &*expr.kind {
            let parts = self.group_parts(fields, outputs)?;
            return Ok(parts.concat());
        }
        let is_column = match &*expr.kind {
            ExprKind::Column(name) if name.qualifiers().is_empty() => {
                let text = &name.last().text;
                self.level().namespace.columns.iter().any(|visible| visible.name.as_str() == *text)
            }
            _ => false,
        };
        let output = if is_column { None } else { self.named_output(expr, outputs, "GROUP BY")? };
        let key = match output {
            Some(at) => {
                let mut aggregated = false;
                Part::Expr(&outputs[at].expr)
                    .every_expr(&mut |part| aggregated |= matches!(part.node, Node::Aggregate(_)));
                if aggregated {
                    let message = "aggregate functions are not allowed in GROUP BY";
                    return Err(refused("42803", message, expr.span));
                }
                outputs[at].expr.clone()
            }
            None => self.within(Clause::GroupBy, |binder| binder.settled_expression(expr))?.expr,
        };
        if !algebra::operation::is_comparable(&key.ty) {
            let message = format!("could not identify an equality operator for type {}", key.ty.name());
            return Err(refused("42883", message, expr.span));
        }
        Ok(vec![key])
    }

    /// Refuses columns that are neither grouped nor aggregated.
    pub(crate) fn check_grouped(&mut self, select: &Select, order: &[SortKey]) -> Bind<()> {
        let keys: Keys = match &select.grouping {
            Grouping::None => return Ok(()),
            Grouping::By(keys) => keys.clone(),
            Grouping::Sets(sets) => sets.concat(),
        };
        let mut own = Vec::new();
        if let Some(from) = &select.from {
            relation_ids(from, &mut own);
        }
        if matches!(select.grouping, Grouping::By(_)) {
            let exempt = self.determined(&keys);
            own.retain(|id| !exempt.contains(id));
        }
        let rule = Rule { keys: &keys, own: &own };
        let distinct: &[Expr] = match &select.distinct {
            algebra::query::Distinct::On(keys) => keys,
            _ => &[],
        };
        let exprs = select.outputs.iter().map(|output| &output.expr);
        let exprs = exprs.chain(&select.having).chain(order.iter().map(|key| &key.expr)).chain(distinct);
        for expr in exprs {
            if let Some((relation, column, nested)) = rule.broken(Part::Expr(expr), false) {
                return Err(self.ungrouped(relation, &column, nested));
            }
        }
        Ok(())
    }

    /// Relations whose primary key is among the keys: all their columns are determined.
    fn determined(&mut self, keys: &[Expr]) -> Vec<RelationId> {
        let is_key = |id: RelationId, column: &ColumnName| {
            keys.iter().any(|key| {
                matches!(&key.node, Node::Column { relation, column: own } if *relation == id && own == column)
            })
        };
        let entries = &self.level().namespace.entries;
        let determined = entries.iter().filter(|entry| {
            let primary = entry.table.as_ref().and_then(|table| table.primary_key.as_ref());
            primary.is_some_and(|key| {
                !key.deferrable && key.columns.iter().all(|column| is_key(entry.id, column))
            })
        });
        determined.map(|entry| entry.id).collect()
    }

    fn ungrouped(
        &mut self,
        relation: RelationId,
        column: &ColumnName,
        nested: bool,
    ) -> crate::diagnostic::Diagnostic {
        let level = self.level();
        let entry = level.namespace.entries.iter().find(|entry| entry.id == relation);
        let name = match entry {
            Some(entry) => format!("{}.{}", entry.name, column.as_str()),
            None => column.as_str().to_owned(),
        };
        let reference = level.references.iter().find(|(id, own, _)| *id == relation && own == column);
        let span = reference.map(|(_, _, span)| *span).unwrap_or_default();
        let message = if nested {
            format!("subquery uses ungrouped column \"{name}\" from outer query")
        } else {
            format!(
                "column \"{name}\" must appear in the GROUP BY clause or be used in an aggregate function"
            )
        };
        refused("42803", message, span)
    }
}

/// Whether an expression is the same for every row of a statement.
pub(crate) fn is_constant(expr: &Expr) -> bool {
    let mut constant = true;
    Part::Expr(expr).every_expr(&mut |expr| {
        constant &= match &expr.node {
            Node::Apply { operation, .. } => operation.volatility == Volatility::Immutable,
            Node::Column { .. }
            | Node::Input(_)
            | Node::RowInput(_)
            | Node::RowPresent(_)
            | Node::Scalar(_)
            | Node::Exists(_)
            | Node::InQuery { .. }
            | Node::ArrayQuery(_)
            | Node::Aggregate(_)
            | Node::Window(_)
            | Node::JsonRows { .. } => false,
            _ => true,
        };
    });
    constant
}

/// The same groups without the keys that are constants. Where all are, there is one group if there is a row at all.
pub(crate) fn without_constants(grouping: Grouping, having: Option<Expr>) -> (Grouping, Option<Expr>) {
    let Grouping::By(keys) = grouping else { return (grouping, having) };
    if keys.is_empty() || !keys.iter().any(is_constant) {
        return (Grouping::By(keys), having);
    }
    let keys: Keys = keys.into_iter().filter(|key| !is_constant(key)).collect();
    if !keys.is_empty() {
        return (Grouping::By(keys), having);
    }
    let (Some(count), Some(greater)) = (by_symbol("pg_count_rows"), by_symbol("pg_gt")) else {
        return (Grouping::By(keys), having);
    };
    let (arguments, order) = (Vec::new(), Vec::new());
    let call = Aggregate { operation: count, arguments, distinct: false, order, filter: None };
    let count = Expr::new(Node::Aggregate(Box::new(call)), Type::Int8);
    let none = Expr::constant(Value::Int(0), Type::Int8);
    let some = Expr::new(Node::Apply { operation: greater, arguments: vec![count, none] }, Type::Bool);
    let having = std::iter::once(some).chain(having).collect();
    (Grouping::By(keys), Some(Expr::and(having)))
}

/// What is grouped, and by which relations' columns the rule can be broken.
struct Rule<'a> {
    keys: &'a [Expr],
    own: &'a [RelationId],
}

impl Rule<'_> {
    /// The first column that breaks the rule, and whether it stands in a sub-query.
    fn broken(&self, part: Part<'_>, nested: bool) -> Option<(RelationId, ColumnName, bool)> {
        let mut nested = nested;
        match part {
            Part::Expr(expr) => {
                if self.keys.contains(expr) {
                    return None;
                }
                match &expr.node {
                    Node::Aggregate(_) if !nested => return None,
                    Node::Column { relation, column } if self.own.contains(relation) => {
                        return Some((*relation, column.clone(), nested));
                    }
                    _ => {}
                }
            }
            Part::Query(_) => nested = true,
            _ => {}
        }
        let mut found = None;
        part.each(&mut |part| {
            if found.is_none() {
                found = self.broken(part, nested);
            }
        });
        found
    }
}

fn relation_ids(source: &Source, ids: &mut Vec<RelationId>) {
    match source {
        Source::Relation(relation) => ids.push(relation.id),
        Source::Join { left, right, .. } => {
            relation_ids(left, ids);
            relation_ids(right, ids);
        }
    }
}

fn merged(left: &[Expr], right: &[Expr]) -> Keys {
    let mut all = left.to_vec();
    for key in right {
        if !all.contains(key) {
            all.push(key.clone());
        }
    }
    all
}
