//! Expressions: one form of syntax, one function; the larger forms have files of their own.

use algebra::expression::{CastStrength, Expr, Node};
use algebra::operation::{Operation, by_symbol};
use algebra::types::{ColumnType, Modifier, Type};
use algebra::value::Value;

use super::binder::{Binder, Typed};
use super::coerce::{can_coerce, cast};
use super::fail::{Bind, refused, unsupported};
use super::lookup::Found;
use crate::syntax::expression as syntax;
use crate::syntax::expression::{ExprKind, SpecialValue, Subscript};
use crate::syntax::literal::Literal;
use crate::syntax::name::{ObjectName, Span};

impl Binder<'_> {
    /// Binds an expression of any type.
    pub(crate) fn expression(&mut self, expr: &syntax::Expr) -> Bind<Typed> {
        let span = expr.span;
        match &*expr.kind {
            ExprKind::Literal(literal) => self.literal(literal, span),
            ExprKind::Parameter(number) => self.parameter_expr(*number, span),
            ExprKind::Column(name) => self.column_expr(name),
            ExprKind::And(terms) => self.conjunction(terms, span),
            ExprKind::Or(terms) => self.disjunction(terms, span),
            ExprKind::Not(operand) => self.negation(operand, span),
            ExprKind::Unary { operator, operand } => self.unary(operator, operand, span),
            ExprKind::Binary { operator, left, right } => self.binary(operator, left, right, span),
            ExprKind::Like(like) => self.like(like, span),
            ExprKind::Between(between) => self.between(between, span),
            ExprKind::In { operand, set, negated } => self.membership(operand, set, *negated, span),
            ExprKind::Quantified { operand, operator, quantifier, set } => {
                self.quantified(operand, operator, (*quantifier, set), span)
            }
            ExprKind::Is { operand, test, negated } => self.test(operand, *test, *negated, span),
            ExprKind::IsDistinct { left, right, negated } => self.distinct(left, right, *negated, span),
            ExprKind::Subquery(query) => self.scalar_query(query, span),
            ExprKind::Exists(query) => self.exists_query(query, span),
            ExprKind::ArrayQuery(query) => self.array_query(query, span),
            ExprKind::Array(elements) => self.array(elements, None, span),
            ExprKind::Case(case) => self.case(case, span),
            ExprKind::Cast(cast) => self.cast_expr(cast, span),
            ExprKind::Call(call) => self.call(call, span),
            ExprKind::Special { value, precision } => self.special(*value, *precision, span),
            ExprKind::Coalesce(list) => self.coalesce(list, span),
            ExprKind::Greatest(list) => self.extreme(list, true, span),
            ExprKind::Least(list) => self.extreme(list, false, span),
            ExprKind::NullIf { left, right } => self.null_if(left, right, span),
            ExprKind::Subscript { base, subscripts } => self.subscripts(base, subscripts, span),
            ExprKind::Collate { operand, collation } => self.collate(operand, collation),
            other => Err(refusal(other, span)),
        }
    }

    fn column_expr(&mut self, name: &ObjectName) -> Bind<Typed> {
        match self.column(name)? {
            Found::Column(typed) => Ok(typed),
            Found::Row(_) => Err(unsupported("a whole row as a value", name.span)
                .with_hint("Name the columns, or use to_jsonb(…) on the row.")),
        }
    }

    /// `x::t`, `cast(x as t)`, `t 'text'`.
    fn cast_expr(&mut self, written: &syntax::Cast, span: Span) -> Bind<Typed> {
        if let (Some(_), ExprKind::Literal(Literal::String(text))) =
            (&written.target.interval, &*written.operand.kind)
        {
            return self.interval_with_fields(text, written, span);
        }
        let declared = self.declared(&written.target)?;
        if declared.domain.is_some() {
            return Err(unsupported("a cast to a domain", written.target.span).with_hint(
                "Cast to the domain's base type; its checks hold where a column has the domain.",
            ));
        }
        let target = declared.ty;
        if let (ExprKind::Array(elements), Some(element)) = (&*written.operand.kind, target.base.element()) {
            let element = element.clone();
            let array = self.array(elements, Some(&element), span)?;
            return self.cast_to(array, &target, span);
        }
        let value = self.expression(&written.operand)?;
        self.cast_to(value, &target, span)
    }

    pub(crate) fn cast_to(&mut self, value: Typed, target: &ColumnType, span: Span) -> Bind<Typed> {
        if !can_coerce(value.ty(), &target.base, CastStrength::Explicit) {
            let message = format!("cannot cast type {} to {}", value.ty().name(), target.base.name());
            return Err(refused("42846", message, span));
        }
        let value_span = value.span;
        let expr = self.coerce(Typed::new(value.expr, value_span), target, CastStrength::Explicit)?;
        Ok(Typed::new(expr, span))
    }

    /// `interval '3' day`: a bare number takes the unit, every other text is refused.
    fn interval_with_fields(&mut self, text: &str, written: &syntax::Cast, span: Span) -> Bind<Typed> {
        use crate::syntax::type_name::IntervalFields as Fields;
        let unit = match written.target.interval {
            Some(Fields::Year) => "years",
            Some(Fields::Month) => "months",
            Some(Fields::Day) => "days",
            Some(Fields::Hour) => "hours",
            Some(Fields::Minute) => "minutes",
            Some(Fields::Second) => "seconds",
            _ => "",
        };
        if unit.is_empty() || text.trim().parse::<i64>().is_err() {
            return Err(unsupported("an interval with fields", span)
                .with_hint("Write the unit in the text: interval '3 days'."));
        }
        let full = format!("{} {unit}", text.trim());
        let expr = self.read_literal(&full, &Type::Interval.into(), CastStrength::Explicit, span)?;
        Ok(Typed::new(expr, span))
    }

    /// `current_date` and its kin.
    fn special(&mut self, value: SpecialValue, precision: Option<i32>, span: Span) -> Bind<Typed> {
        let now = || fact("pg_current_timestamp");
        let name = |text: &str| Expr::constant(Value::Text(text.to_owned()), Type::Name);
        let to = |ty: Type| cast(now(), ty.into(), CastStrength::Explicit);
        let expr = match value {
            SpecialValue::CurrentDate => fact("pg_current_date"),
            SpecialValue::CurrentTimestamp => now(),
            SpecialValue::LocalTimestamp => to(Type::Timestamp),
            SpecialValue::CurrentTime => to(Type::TimeTz),
            SpecialValue::LocalTime => to(Type::Time),
            SpecialValue::CurrentRole | SpecialValue::CurrentUser | SpecialValue::User => {
                fact("pg_current_user")
            }
            SpecialValue::SessionUser => fact("pg_session_user"),
            SpecialValue::CurrentCatalog => name("postgres"),
            SpecialValue::CurrentSchema => {
                name(self.options.search_path.first().map_or("public", |schema| schema.as_str()))
            }
        };
        let Some(digits) = precision else { return Ok(Typed::new(expr, span)) };
        let digits = u8::try_from(digits.clamp(0, 6)).unwrap_or(6);
        let target = ColumnType { base: expr.ty.clone(), modifier: Modifier::Fraction(digits) };
        Ok(Typed::new(cast(expr, target, CastStrength::Explicit), span))
    }

    /// Brackets that follow each other are one subscript, except into jsonb, where each of them is a step.
    fn subscripts(&mut self, base: &syntax::Expr, subscripts: &[Subscript], span: Span) -> Bind<Typed> {
        let base = self.expression(base)?;
        if *base.ty() == Type::Jsonb {
            return subscripts.iter().try_fold(base, |base, subscript| match subscript {
                Subscript::Index(index) => self.json_subscript(base, index, span),
                Subscript::Slice { .. } => {
                    Err(refused("0A000", "jsonb subscript does not support slices", span))
                }
            });
        }
        match subscripts {
            [Subscript::Index(index)] => self.subscript(base, index, span),
            [Subscript::Slice { lower, upper }] => self.slice(base, lower.as_ref(), upper.as_ref(), span),
            _ => Err(unsupported("a subscript into an array of arrays", span)),
        }
    }

    fn subscript(&mut self, array: Typed, index: &syntax::Expr, span: Span) -> Bind<Typed> {
        let Some(element) = array.ty().element().cloned() else {
            let message = format!(
                "cannot subscript type {} because it does not support subscripting",
                array.ty().name()
            );
            return Err(refused("42804", message, array.span));
        };
        let index = self.array_index(index)?;
        let node = Node::Subscript { array: Box::new(array.expr), index: Box::new(index) };
        Ok(Typed::new(Expr::new(node, element), span))
    }

    /// `j['key']` is `j -> 'key'`.
    fn json_subscript(&mut self, base: Typed, index: &syntax::Expr, span: Span) -> Bind<Typed> {
        let index = self.expression(index)?;
        self.apply("->", vec![base, index], span, span)
    }

    fn array_index(&mut self, index: &syntax::Expr) -> Bind<Expr> {
        let index = self.expression(index)?;
        if !can_coerce(index.ty(), &Type::Int4, CastStrength::Assignment) {
            return Err(refused("42804", "array subscript must have type integer", index.span));
        }
        self.coerce(index, &Type::Int4.into(), CastStrength::Assignment)
    }

    fn slice(
        &mut self,
        array: Typed,
        lower: Option<&syntax::Expr>,
        upper: Option<&syntax::Expr>,
        span: Span,
    ) -> Bind<Typed> {
        if array.ty().element().is_none() {
            let message = format!(
                "cannot subscript type {} because it does not support subscripting",
                array.ty().name()
            );
            return Err(refused("42804", message, array.span));
        }
        let mut bound = |index: Option<&syntax::Expr>| {
            index.map(|index| self.array_index(index)).transpose().map(|index| index.map(Box::new))
        };
        let (lower, upper) = (bound(lower)?, bound(upper)?);
        let ty = array.expr.ty.clone();
        let node = Node::Slice { array: Box::new(array.expr), lower, upper };
        Ok(Typed::new(Expr::new(node, ty), span))
    }

    /// Text sorts by its bytes everywhere, which is what the `C` collation means; others are refused.
    fn collate(&mut self, operand: &syntax::Expr, collation: &ObjectName) -> Bind<Typed> {
        let value = self.expression(operand)?;
        if !matches!(collation.last().text.as_str(), "C" | "POSIX" | "default" | "ucs_basic") {
            return Err(unsupported(&format!("collation \"{}\"", collation.dotted()), collation.span)
                .with_hint("Text is ordered as by the collation \"C\"."));
        }
        Ok(value)
    }
}

/// An operation without arguments from the table, by its symbol.
pub(crate) fn fact(symbol: &'static str) -> Expr {
    apply_symbol(symbol, Vec::new())
}

/// An operation from the table, by its symbol; its result must be of a plain type.
pub(crate) fn apply_symbol(symbol: &'static str, arguments: Vec<Expr>) -> Expr {
    let operation: &'static Operation = by_symbol(symbol).expect("the binder names operations of the table");
    let ty = match &operation.result {
        algebra::operation::Pattern::Is(ty) => ty.clone(),
        _ => Type::Unknown,
    };
    Expr::new(Node::Apply { operation, arguments }, ty)
}

/// Forms that are not values, or that are not served.
fn refusal(kind: &ExprKind, span: Span) -> crate::diagnostic::Diagnostic {
    match kind {
        ExprKind::Star { .. } => refused("0A000", "row expansion via \"*\" is not supported here", span),
        ExprKind::Default => refused("42601", "DEFAULT is not allowed in this context", span),
        ExprKind::Row { .. } => unsupported("a row as a value", span)
            .with_hint("Rows are compared and assigned; as values use to_jsonb or arrays."),
        ExprKind::Grouping(_) => unsupported("grouping(…)", span),
        ExprKind::Field { .. } | ExprKind::AllFields(_) => unsupported("a field of a composite value", span),
        ExprKind::CurrentOf(_) => unsupported("where current of", span),
        ExprKind::Xml { function } => unsupported(&function.text, span),
        _ => unsupported("this expression", span),
    }
}
