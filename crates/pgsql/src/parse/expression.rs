//! Expressions by precedence climbing, with PostgreSQL's table: which operator takes which operand.
//!
//! **Must not:** give an operator another rank than PostgreSQL's grammar does.

use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::literal::negated;
use crate::parse::stream::Parser;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::name::{Operator, Span};

/// PostgreSQL's ranks, from the loosest to the tightest. Subscripts, fields and calls are tighter still: they belong to
/// what stands between operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Or,
    And,
    Not,
    Is,
    /// `< > = <= >= <>`.
    Compare,
    /// `between`, `in`, `like`, `ilike`, `similar`.
    Pattern,
    /// Every operator that has no rank of its own.
    Other,
    Add,
    Multiply,
    Power,
    /// `at time zone`.
    Zone,
    Collate,
    /// A sign.
    Sign,
    /// `::`.
    Cast,
}

impl Level {
    /// The rank that the right side of a left-associative operator must have at least.
    pub(super) fn tighter(self) -> Level {
        match self {
            Level::Or => Level::And,
            Level::And => Level::Not,
            Level::Not => Level::Is,
            Level::Is => Level::Compare,
            Level::Compare => Level::Pattern,
            Level::Pattern => Level::Other,
            Level::Other => Level::Add,
            Level::Add => Level::Multiply,
            Level::Multiply => Level::Power,
            Level::Power => Level::Zone,
            Level::Zone => Level::Collate,
            Level::Collate => Level::Sign,
            Level::Sign | Level::Cast => Level::Cast,
        }
    }

    /// The rank of an infix operator.
    pub(super) fn of_operator(symbol: &str) -> Level {
        match symbol {
            "<" | ">" | "=" | "<=" | ">=" | "<>" => Level::Compare,
            "+" | "-" => Level::Add,
            "*" | "/" | "%" => Level::Multiply,
            "^" => Level::Power,
            _ => Level::Other,
        }
    }
}

/// Which of the grammar's two kinds of expression is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grammar {
    /// `a_expr`.
    Full,
    /// `b_expr`: no `and`, `or`, `not`, `in`, `like`, `between`, `is null`, so that a word after it can only be the
    /// clause's own.
    Restricted,
}

impl Parser<'_> {
    /// An expression of any kind.
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        self.climb(Level::Or, Grammar::Full)
    }

    /// An expression that a word like `and` or `not null` ends: the lower bound of `between`, a column's default.
    pub(super) fn restricted_expression(&mut self) -> Parsed<Expr> {
        self.climb(Level::Is, Grammar::Restricted)
    }

    /// Expressions between commas.
    pub(super) fn expressions(&mut self) -> Parsed<Vec<Expr>> {
        self.list(Self::expression)
    }

    /// An expression whose loosest operator is at least of a rank.
    pub(super) fn climb(&mut self, least: Level, grammar: Grammar) -> Parsed<Expr> {
        self.deeper(|parser| {
            let left = parser.prefix(grammar)?;
            parser.infix(left, least, grammar)
        })
    }

    /// A prefix operator takes all that is tighter than itself, whatever stands to its left.
    fn prefix(&mut self, grammar: Grammar) -> Parsed<Expr> {
        let start = self.here();
        if let TokenKind::Operator(symbol) = self.kind() {
            return self.prefix_operator(symbol, grammar);
        }
        if self.at_qualified_operator() {
            let operator = self.qualified_operator()?;
            let operand = self.climb(Level::Other.tighter(), grammar)?;
            return Ok(self.unary(operator, operand, start));
        }
        if grammar == Grammar::Full {
            if self.accept("not") {
                let operand = self.climb(Level::Not, grammar)?;
                return Ok(Expr::new(ExprKind::Not(operand), self.since(start)));
            }
            if self.accept("default") {
                return Ok(Expr::new(ExprKind::Default, start));
            }
        }
        self.primary(grammar)
    }

    fn prefix_operator(&mut self, symbol: &str, grammar: Grammar) -> Parsed<Expr> {
        let start = self.here();
        let level = match Level::of_operator(symbol) {
            Level::Add => Level::Sign,
            Level::Other => Level::Other.tighter(),
            _ => return Err(self.unexpected("an expression")),
        };
        self.advance();
        let operator = Operator { qualifiers: Vec::new(), symbol: symbol.to_owned(), span: start };
        let mut operand = self.climb(level, grammar)?;
        if symbol == "-"
            && let ExprKind::Literal(literal) = &*operand.kind
            && let Some(value) = negated(literal)
        {
            *operand.kind = ExprKind::Literal(value);
            operand.span = self.since(start);
            return Ok(operand);
        }
        Ok(self.unary(operator, operand, start))
    }

    fn unary(&self, operator: Operator, operand: Expr, start: Span) -> Expr {
        Expr::new(ExprKind::Unary { operator, operand }, self.since(start))
    }
}
