//! Comparisons beyond one operator: `like`, `between`, `in`, `any`, `all`, rows, `is distinct from`.

use algebra::expression::{CastStrength, Expr, Node};
use algebra::operation::common_type;
use algebra::types::Type;

use super::binder::{Binder, Typed};
use super::coerce::can_coerce;
use super::expression::apply_symbol;
use super::fail::{Bind, refused, unsupported};
use super::logic::{any_of, negate_if};
use crate::syntax::expression as syntax;
use crate::syntax::expression::{ExprKind, InSet, LikeForm, QuantifiedSet, Quantifier, Test};
use crate::syntax::literal::Literal;
use crate::syntax::name::{Operator, Span};

impl Binder<'_> {
    pub(crate) fn like(&mut self, like: &syntax::Like, span: Span) -> Bind<Typed> {
        let operand = self.expression(&like.operand)?;
        let pattern = self.expression(&like.pattern)?;
        let escape = like.escape.as_ref().map(|escape| self.expression(escape)).transpose()?;
        let name = match (like.form, like.negated) {
            (LikeForm::Like, false) => "~~",
            (LikeForm::Like, true) => "!~~",
            (LikeForm::ILike, false) => "~~*",
            (LikeForm::ILike, true) => "!~~*",
            (LikeForm::SimilarTo, false) => "~",
            (LikeForm::SimilarTo, true) => "!~",
        };
        let pattern = match (like.form, escape) {
            (LikeForm::SimilarTo, None) => self.pattern("pg_similar_to_escape_text", vec![pattern])?,
            (LikeForm::SimilarTo, Some(escape)) => {
                self.pattern("pg_similar_to_escape_text_text", vec![pattern, escape])?
            }
            (_, None) => pattern,
            (_, Some(escape)) => self.pattern("pg_like_escape_text", vec![pattern, escape])?,
        };
        self.apply(name, vec![operand, pattern], span, span)
    }

    fn pattern(&mut self, symbol: &'static str, parts: Vec<Typed>) -> Bind<Typed> {
        let span = parts[0].span;
        let parts: Vec<_> =
            parts.into_iter().map(|part| self.implicit(part, &Type::Text)).collect::<Bind<_>>()?;
        Ok(Typed::new(apply_symbol(symbol, parts), span))
    }

    pub(crate) fn between(&mut self, between: &syntax::Between, span: Span) -> Bind<Typed> {
        let operand = self.expression(&between.operand)?;
        let low = self.expression(&between.low)?;
        let high = self.expression(&between.high)?;
        let mut inside = |low: &Typed, high: &Typed| -> Bind<Expr> {
            let above = self.apply(">=", vec![operand.clone(), low.clone()], span, span)?;
            let below = self.apply("<=", vec![operand.clone(), high.clone()], span, span)?;
            Ok(Expr::new(Node::And(vec![above.expr, below.expr]), Type::Bool))
        };
        let straight = inside(&low, &high)?;
        let expr = if between.symmetric {
            let turned = inside(&high, &low)?;
            Expr::new(Node::Or(vec![straight, turned]), Type::Bool)
        } else {
            straight
        };
        Ok(Typed::new(negate_if(between.negated, expr), span))
    }

    pub(crate) fn membership(
        &mut self,
        operand: &syntax::Expr,
        set: &InSet,
        negated: bool,
        span: Span,
    ) -> Bind<Typed> {
        let expr = match set {
            InSet::Query(query) => {
                let operands = self.operands(operand)?;
                self.in_query(operands, query, operand.span)?
            }
            InSet::List(list) => match &*operand.kind {
                ExprKind::Row { .. } => {
                    let equals =
                        Operator { qualifiers: Vec::new(), symbol: "=".to_owned(), span: operand.span };
                    let terms: Vec<_> = list
                        .iter()
                        .map(|item| Ok(self.compare_rows(&equals, operand, item, span)?.expr))
                        .collect::<Bind<_>>()?;
                    any_of(terms)
                }
                _ => self.in_list(operand, list, span)?,
            },
        };
        Ok(Typed::new(negate_if(negated, expr), span))
    }

    fn in_list(&mut self, operand: &syntax::Expr, list: &[syntax::Expr], span: Span) -> Bind<Expr> {
        let operand = self.expression(operand)?;
        let items: Vec<_> = list.iter().map(|item| self.expression(item)).collect::<Bind<_>>()?;
        let types: Vec<_> = std::iter::once(&operand).chain(&items).map(|item| item.ty().clone()).collect();
        let fits = |common: &Type| {
            common.element().is_none()
                && types.iter().all(|ty| can_coerce(ty, common, CastStrength::Implicit))
        };
        let Some(common) = common_type(&types).ok().filter(fits) else {
            // Without a common type each item is compared on its own, as PostgreSQL does.
            let terms: Vec<_> = items
                .into_iter()
                .map(|item| Ok(self.apply("=", vec![operand.clone(), item], span, span)?.expr))
                .collect::<Bind<_>>()?;
            return Ok(any_of(terms));
        };
        let probe = Typed::new(Expr::constant(algebra::value::Value::Null, common), span);
        let found = self.resolve_operator("=", &[operand.clone(), probe], span)?;
        let Some(compared) = found.arguments.first().cloned() else {
            return Err(unsupported("this list", span));
        };
        let operand = Box::new(self.implicit(operand, &compared)?);
        let list: Vec<_> =
            items.into_iter().map(|item| self.implicit(item, &compared)).collect::<Bind<_>>()?;
        Ok(Expr::new(Node::InList { operand, list }, Type::Bool))
    }

    /// `x <op> any (array)`, `x <op> all (select …)`.
    pub(crate) fn quantified(
        &mut self,
        operand: &syntax::Expr,
        written: &Operator,
        (quantifier, set): (Quantifier, &QuantifiedSet),
        span: Span,
    ) -> Bind<Typed> {
        let all = quantifier == Quantifier::All;
        let (operand, array) = match (set, written.symbol.as_str(), all) {
            (QuantifiedSet::Query(query), "=", false) | (QuantifiedSet::Query(query), "<>", true) => {
                let operands = self.operands(operand)?;
                let expr = self.in_query(operands, query, operand.span)?;
                return Ok(Typed::new(negate_if(all, expr), span));
            }
            (QuantifiedSet::Query(query), ..) => {
                let operand = self.expression(operand)?;
                (operand, self.array_query(query, span)?)
            }
            (QuantifiedSet::Array(array), ..) => {
                let operand = self.expression(operand)?;
                (operand, self.expression(array)?)
            }
        };
        self.over_array(operand, written, array, (all, span))
    }

    fn over_array(
        &mut self,
        operand: Typed,
        written: &Operator,
        array: Typed,
        (all, span): (bool, Span),
    ) -> Bind<Typed> {
        let element = match array.ty() {
            // A literal, or a parameter: an array of what stands on the left.
            Type::Unknown if operand.is_unknown() => Type::Text,
            Type::Unknown => operand.ty().clone(),
            Type::Array(element) => (**element).clone(),
            _ => {
                let message = "op ANY/ALL (array) requires array on right side";
                return Err(refused("42809", message, array.span));
            }
        };
        let probe = Typed::new(Expr::constant(algebra::value::Value::Null, element), array.span);
        let found = self.resolve_operator(&written.symbol, &[operand.clone(), probe], written.span)?;
        if found.result != Type::Bool {
            let message = "op ANY/ALL (array) requires operator to yield boolean";
            return Err(refused("42809", message, written.span));
        }
        let [left, right] = found.arguments.as_slice() else {
            return Err(unsupported("this operator with any or all", written.span));
        };
        let operand = Box::new(self.implicit(operand, left)?);
        let array = Box::new(self.implicit(array, &Type::array_of(right.clone()))?);
        let node = Node::Quantified { operand, operation: found.operation, array, all };
        Ok(Typed::new(Expr::new(node, Type::Bool), span))
    }

    /// The fields of a row, or the one value.
    pub(crate) fn operands(&mut self, operand: &syntax::Expr) -> Bind<Vec<Typed>> {
        match &*operand.kind {
            ExprKind::Row { fields, .. } => fields.iter().map(|field| self.expression(field)).collect(),
            _ => Ok(vec![self.expression(operand)?]),
        }
    }

    /// `(a, b) <op> (c, d)`, spread to comparisons of their fields.
    pub(crate) fn compare_rows(
        &mut self,
        written: &Operator,
        left: &syntax::Expr,
        right: &syntax::Expr,
        span: Span,
    ) -> Bind<Typed> {
        let (left, right) = self.row_pair(left, right, span)?;
        let pairs = left.into_iter().zip(right);
        let symbol = written.symbol.as_str();
        let expr = match symbol {
            "=" | "<>" => {
                let terms: Vec<_> = pairs
                    .map(|(left, right)| Ok(self.apply(symbol, vec![left, right], written.span, span)?.expr))
                    .collect::<Bind<_>>()?;
                if symbol == "=" { Expr::and(terms) } else { any_of(terms) }
            }
            "<" | "<=" | ">" | ">=" => self.ordered(symbol, &pairs.collect::<Vec<_>>(), written.span)?,
            _ => {
                let message =
                    format!("could not determine interpretation of row comparison operator {symbol}");
                return Err(refused("0A000", message, written.span));
            }
        };
        Ok(Typed::new(expr, span))
    }

    /// `(a, b) < (c, d)` is `a < c or a = c and b < d`.
    fn ordered(&mut self, symbol: &str, pairs: &[(Typed, Typed)], span: Span) -> Bind<Expr> {
        let Some(((left, right), rest)) = pairs.split_first() else { return Ok(Expr::bool(true)) };
        let both = || vec![left.clone(), right.clone()];
        if rest.is_empty() {
            return Ok(self.apply(symbol, both(), span, span)?.expr);
        }
        let strict = symbol.trim_end_matches('=');
        let before = self.apply(strict, both(), span, span)?.expr;
        let equal = self.apply("=", both(), span, span)?.expr;
        let rest = self.ordered(symbol, rest, span)?;
        Ok(any_of(vec![before, Expr::and(vec![equal, rest])]))
    }

    fn row_pair(
        &mut self,
        left: &syntax::Expr,
        right: &syntax::Expr,
        span: Span,
    ) -> Bind<(Vec<Typed>, Vec<Typed>)> {
        if let (ExprKind::Row { .. }, ExprKind::Subquery(_)) | (ExprKind::Subquery(_), ExprKind::Row { .. }) =
            (&*left.kind, &*right.kind)
        {
            return Err(unsupported("the comparison of a row with a sub-query", span)
                .with_hint("Write `(a, b) in (select …)`."));
        }
        let left = self.operands(left)?;
        let right = self.operands(right)?;
        if left.len() != right.len() {
            return Err(refused("42601", "unequal number of entries in row expressions", span));
        }
        Ok((left, right))
    }

    /// `a is [not] distinct from b`.
    pub(crate) fn distinct(
        &mut self,
        left: &syntax::Expr,
        right: &syntax::Expr,
        negated: bool,
        span: Span,
    ) -> Bind<Typed> {
        let is_row = |expr: &syntax::Expr| matches!(&*expr.kind, ExprKind::Row { .. });
        let is_literal_null = |expr: &syntax::Expr| matches!(&*expr.kind, ExprKind::Literal(Literal::Null));
        // Beside a bare NULL it asks whether the other side is one, which any type can answer.
        if is_literal_null(right) {
            return self.test(left, Test::Null, !negated, span);
        }
        if is_literal_null(left) {
            return self.test(right, Test::Null, !negated, span);
        }
        let pairs: Vec<_> = if is_row(left) || is_row(right) {
            let (left, right) = self.row_pair(left, right, span)?;
            left.into_iter().zip(right).collect()
        } else {
            vec![(self.expression(left)?, self.expression(right)?)]
        };
        let mut terms = Vec::with_capacity(pairs.len());
        for (left, right) in pairs {
            let found = self.resolve_operator("=", &[left.clone(), right.clone()], span)?;
            let mut sides = self.converted(vec![left, right], &found.arguments)?.into_iter();
            let (Some(left), Some(right)) = (sides.next(), sides.next()) else { continue };
            let node = Node::IsDistinct { left: Box::new(left), right: Box::new(right) };
            terms.push(Expr::new(node, Type::Bool));
        }
        Ok(Typed::new(negate_if(negated, any_of(terms)), span))
    }
}
