//! Expressions.

use algebra::expression::{Expr, Frame, FrameBound, FrameUnit, Node, SortKey, WindowCall};
use algebra::query::{Body, Distinct, Grouping, Query};

use crate::dialect::{Extreme, Quantified};
use crate::printer::{OutputNames, Printer};
use crate::program::Parameter;

impl Printer<'_> {
    /// An expression, where nothing that stands beside it could take a part of it.
    pub(crate) fn expr(&mut self, expr: &Expr) {
        let dialect = self.dialect;
        match &expr.node {
            Node::Constant(value) => self.constant(value, &expr.ty),
            Node::Input(index) => self.param(Parameter::Input { index: *index, ty: expr.ty.clone().into() }),
            Node::RowInput(index) => dialect.row_member(self, *index, &expr.ty.clone().into()),
            Node::RowPresent(index) => dialect.row_present(self, *index),
            Node::Column { relation, column } => self.column(*relation, column),
            Node::Apply { operation, arguments } => dialect.apply(self, operation, arguments),
            Node::Cast { operand, target, strength } => dialect.cast(self, operand, target, *strength),
            Node::And(_) | Node::Or(_) | Node::Not(_) | Node::IsNull(_) => self.condition(expr),
            Node::IsTruth { operand, truth } => dialect.truth(self, operand, *truth),
            Node::IsDistinct { left, right } => dialect.is_distinct(self, left, right),
            Node::Case { branches, otherwise } => self.case(branches, otherwise.as_deref()),
            Node::Coalesce(list) => self.coalesce(list),
            Node::NullIf(left, right) => self.null_if(left, right),
            Node::Greatest(list) => dialect.extreme(self, list, Extreme::Greatest),
            Node::Least(list) => dialect.extreme(self, list, Extreme::Least),
            Node::InList { operand, list } => self.in_list(operand, list),
            Node::Quantified { operand, operation, array, all } => {
                dialect.quantified(self, Quantified { operand, operation, array, all: *all });
            }
            Node::ArrayOf(elements) => dialect.array(self, elements, &expr.ty),
            Node::Subscript { array, index } => dialect.subscript(self, array, index),
            Node::Slice { array, lower, upper } => {
                dialect.slice(self, array, lower.as_deref(), upper.as_deref());
            }
            Node::Scalar(query) => dialect.scalar(self, query),
            Node::Exists(query) => self.exists(query),
            Node::InQuery { operands, query } => self.in_query(operands, query),
            Node::ArrayQuery(query) => dialect.array_query(self, query),
            Node::Aggregate(call) => dialect.aggregate(self, call),
            Node::Window(call) => self.window(call),
            Node::JsonRows { query, shape } => dialect.json_rows(self, query, shape),
        }
    }

    /// An expression beside an operator: in parentheses unless it holds together by itself.
    pub(crate) fn operand(&mut self, expr: &Expr) {
        if self.is_compound(expr) {
            self.parenthesized(expr);
        } else {
            self.expr(expr);
        }
    }

    fn parenthesized(&mut self, expr: &Expr) {
        self.keyword("(");
        self.expr(expr);
        self.keyword(")");
    }

    fn is_compound(&self, expr: &Expr) -> bool {
        match &expr.node {
            Node::And(_)
            | Node::Or(_)
            | Node::Not(_)
            | Node::IsNull(_)
            | Node::IsTruth { .. }
            | Node::IsDistinct { .. }
            | Node::InList { .. }
            | Node::InQuery { .. }
            | Node::Quantified { .. } => true,
            Node::Apply { operation, .. } => self.dialect.is_infix(operation),
            _ => false,
        }
    }

    /// `a and b`, `a or b`, `not a`, `a is null`, `a is not null`.
    fn condition(&mut self, expr: &Expr) {
        match &expr.node {
            Node::And(terms) => self.terms(terms, " and ", true),
            Node::Or(terms) => self.terms(terms, " or ", false),
            Node::Not(operand) => match &operand.node {
                Node::IsNull(inner) => {
                    self.operand(inner);
                    self.keyword(" is not null");
                }
                _ => {
                    self.keyword("not ");
                    self.operand(operand);
                }
            },
            Node::IsNull(operand) => {
                self.operand(operand);
                self.keyword(" is null");
            }
            _ => self.expr(expr),
        }
    }

    fn terms(&mut self, terms: &[Expr], sign: &'static str, neutral: bool) {
        if terms.is_empty() {
            self.dialect.boolean(self, neutral);
        }
        for (position, term) in terms.iter().enumerate() {
            if position > 0 {
                self.keyword(sign);
            }
            if matches!(term.node, Node::And(_) | Node::Or(_)) {
                self.parenthesized(term);
            } else {
                self.expr(term);
            }
        }
    }

    /// `case when a then b else c end`.
    fn case(&mut self, branches: &[(Expr, Expr)], otherwise: Option<&Expr>) {
        self.keyword("case");
        for (condition, result) in branches {
            self.keyword(" when ");
            self.expr(condition);
            self.keyword(" then ");
            self.expr(result);
        }
        if let Some(otherwise) = otherwise {
            self.keyword(" else ");
            self.expr(otherwise);
        }
        self.keyword(" end");
    }

    /// `coalesce(a, b)`; of one alone it is that one, which SQLite would not take.
    fn coalesce(&mut self, list: &[Expr]) {
        if let [only] = list {
            return self.operand(only);
        }
        self.keyword("coalesce(");
        self.list(list, |printer, expr| printer.expr(expr));
        self.keyword(")");
    }

    /// `nullif(a, b)`.
    fn null_if(&mut self, left: &Expr, right: &Expr) {
        self.keyword("nullif(");
        self.dialect.comparable(self, left);
        self.keyword(", ");
        self.expr(right);
        self.keyword(")");
    }

    /// `a in (b, c)`.
    fn in_list(&mut self, operand: &Expr, list: &[Expr]) {
        if list.is_empty() {
            return self.dialect.boolean(self, false);
        }
        self.dialect.comparable(self, operand);
        self.keyword(" in (");
        self.list(list, |printer, expr| printer.expr(expr));
        self.keyword(")");
    }

    /// `a in (select …)`, `(a, b) in (select …)`.
    fn in_query(&mut self, operands: &[Expr], query: &Query) {
        if let [operand] = operands {
            self.dialect.comparable(self, operand);
        } else {
            self.keyword("(");
            self.list(operands, |printer, expr| printer.dialect.comparable(printer, expr));
            self.keyword(")");
        }
        self.keyword(" in ");
        self.in_parentheses(query, OutputNames::Nobody);
    }

    /// `exists (select 1 from …)`, whatever is selected.
    fn exists(&mut self, query: &Query) {
        if let Body::Select(select) = &query.body {
            let plain = matches!(select.grouping, Grouping::None) && select.distinct == Distinct::No;
            self.counts_rows = plain && query.ctes.is_empty();
        }
        self.keyword("exists ");
        self.in_parentheses(query, OutputNames::Nobody);
    }

    /// `f(a) over (partition by b order by c rows between …)`.
    fn window(&mut self, window: &WindowCall) {
        self.dialect.aggregate(self, &window.call);
        self.keyword(" over (");
        let mut blank = "";
        if !window.partition.is_empty() {
            self.keyword("partition by ");
            self.list(&window.partition, |printer, expr| printer.dialect.comparable(printer, expr));
            blank = " ";
        }
        if !window.order.is_empty() {
            self.keyword(blank);
            self.order_by(&window.order);
            blank = " ";
        }
        if let Some(frame) = &window.frame {
            self.keyword(blank);
            self.frame(frame);
        }
        self.keyword(")");
    }

    fn frame(&mut self, frame: &Frame) {
        self.keyword(match frame.unit {
            FrameUnit::Rows => "rows between ",
            FrameUnit::Range => "range between ",
            FrameUnit::Groups => "groups between ",
        });
        self.frame_bound(&frame.start);
        self.keyword(" and ");
        self.frame_bound(&frame.end);
    }

    fn frame_bound(&mut self, bound: &FrameBound) {
        match bound {
            FrameBound::UnboundedPreceding => self.keyword("unbounded preceding"),
            FrameBound::Preceding(distance) => {
                self.operand(distance);
                self.keyword(" preceding");
            }
            FrameBound::CurrentRow => self.keyword("current row"),
            FrameBound::Following(distance) => {
                self.operand(distance);
                self.keyword(" following");
            }
            FrameBound::UnboundedFollowing => self.keyword("unbounded following"),
        }
    }

    /// `order by a, b desc`.
    pub(crate) fn order_by(&mut self, keys: &[SortKey]) {
        self.keyword("order by ");
        self.list(keys, |printer, key| printer.dialect.sort_key(printer, key));
    }

    /// `name(a, b)` with a name of our own.
    pub(crate) fn call_function(&mut self, name: &'static str, arguments: &[Expr]) {
        self.keyword(name);
        self.keyword("(");
        self.list(arguments, |printer, expr| printer.expr(expr));
        self.keyword(")");
    }
}
