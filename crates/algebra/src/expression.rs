//! Expressions: typed, resolved, engine-free.
//!
//! A filter of a request, a row policy, a default, a check, a view's column: all are this tree. Columns are named by the
//! relation they come from ([`RelationId`]) and their name there. **Must not:** hold a name that was not resolved.

use crate::names::ColumnName;
use crate::operation::Operation;
use crate::query::Query;
use crate::shape::Shape;
use crate::types::{ColumnType, Type};
use crate::value::Value;

/// A relation within one statement: where a column comes from. Rendered as the alias `t<n>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationId(pub u32);

impl RelationId {
    /// The row itself, in the expressions that a table owns: policies, checks, generated columns, index expressions.
    pub const SELF: RelationId = RelationId(0);
}

/// An expression and its type.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub node: Node,
    pub ty: Type,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// A value known when the statement was built. Rendered as a parameter, or inline in definitions.
    Constant(Value),
    /// The n-th input (from 0) of the statement, given when it runs as text or value and converted to `ty`.
    Input(u16),
    /// A member of the row that a row-wise write is given, see [`crate::statement::InsertSource::Rows`].
    RowInput(u16),
    /// Whether the row that a row-wise write is given has member n at all (bool): `missing=default` asks.
    RowPresent(u16),
    /// A column of a relation in scope.
    Column {
        relation: RelationId,
        column: ColumnName,
    },
    /// A function or operator applied. Operators have one or two arguments.
    Apply {
        operation: &'static Operation,
        arguments: Vec<Expr>,
    },
    /// A conversion to `target`; raises PostgreSQL's errors for values that cannot be converted.
    Cast {
        operand: Box<Expr>,
        target: ColumnType,
        strength: CastStrength,
    },
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    /// `x is null`.
    IsNull(Box<Expr>),
    /// `x is true`, `x is unknown` …
    IsTruth {
        operand: Box<Expr>,
        truth: Truth,
    },
    /// `a is distinct from b`.
    IsDistinct {
        left: Box<Expr>,
        right: Box<Expr>,
    },
    /// `case when c then r … else e end`; the simple form is bound to this one.
    Case {
        branches: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Coalesce(Vec<Expr>),
    /// `nullif(a, b)`: both of one type.
    NullIf(Box<Expr>, Box<Expr>),
    Greatest(Vec<Expr>),
    Least(Vec<Expr>),
    /// `x in (a, b)`: all of one type. An empty list is false.
    InList {
        operand: Box<Expr>,
        list: Vec<Expr>,
    },
    /// `x <op> any (array)` or `all`.
    Quantified {
        operand: Box<Expr>,
        operation: &'static Operation,
        array: Box<Expr>,
        all: bool,
    },
    /// `array[a, b]`; `ty` is the array's type.
    ArrayOf(Vec<Expr>),
    /// `a[1]`, 1-based as PostgreSQL counts.
    Subscript {
        array: Box<Expr>,
        index: Box<Expr>,
    },
    /// `a[1:2]`.
    Slice {
        array: Box<Expr>,
        lower: Option<Box<Expr>>,
        upper: Option<Box<Expr>>,
    },
    /// `(select one value)`; more than one row is 21000.
    Scalar(Box<Query>),
    Exists(Box<Query>),
    /// `x in (select …)`, `(a, b) in (select …)`.
    InQuery {
        operands: Vec<Expr>,
        query: Box<Query>,
    },
    /// `array(select …)`.
    ArrayQuery(Box<Query>),
    /// An aggregate call; only in a query's outputs, `having` and `order by`.
    Aggregate(Box<Aggregate>),
    /// A window call.
    Window(Box<WindowCall>),
    /// All rows of a query as one JSON array text (`[]` when there are none): a to-many embed. `ty` is json.
    JsonRows {
        query: Box<Query>,
        shape: Box<Shape>,
    },
}

/// `is true`, `is false`, `is unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    True,
    False,
    Unknown,
}

/// Who asked for a conversion: it decides errors and length rules (`varchar(3)` cuts when explicit, 22001 when assigned).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CastStrength {
    Implicit,
    Assignment,
    Explicit,
}

/// An aggregate call with its clauses.
#[derive(Debug, Clone, PartialEq)]
pub struct Aggregate {
    pub operation: &'static Operation,
    pub arguments: Vec<Expr>,
    pub distinct: bool,
    /// `agg(x order by …)`, or the `within group` order.
    pub order: Vec<SortKey>,
    pub filter: Option<Expr>,
}

/// A window function or windowed aggregate.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowCall {
    pub call: Aggregate,
    pub partition: Vec<Expr>,
    pub order: Vec<SortKey>,
    /// The frame clause in normal form, `None` for the default.
    pub frame: Option<Frame>,
}

/// `rows|range|groups between <start> and <end>`.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    pub unit: FrameUnit,
    pub start: FrameBound,
    pub end: FrameBound,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameUnit {
    Rows,
    Range,
    Groups,
}

#[derive(Debug, Clone, PartialEq)]
pub enum FrameBound {
    UnboundedPreceding,
    Preceding(Box<Expr>),
    CurrentRow,
    Following(Box<Expr>),
    UnboundedFollowing,
}

/// One term of an `order by`. The place of NULLs is always explicit.
#[derive(Debug, Clone, PartialEq)]
pub struct SortKey {
    pub expr: Expr,
    pub descending: bool,
    pub nulls_first: bool,
}

impl Expr {
    #[must_use]
    pub fn new(node: Node, ty: Type) -> Self {
        Self { node, ty }
    }

    #[must_use]
    pub fn constant(value: Value, ty: Type) -> Self {
        Self::new(Node::Constant(value), ty)
    }

    #[must_use]
    pub fn column(relation: RelationId, column: ColumnName, ty: Type) -> Self {
        Self::new(Node::Column { relation, column }, ty)
    }

    #[must_use]
    pub fn bool(value: bool) -> Self {
        Self::constant(Value::Bool(value), Type::Bool)
    }

    /// `left and right`, flattened; `true` disappears.
    #[must_use]
    pub fn and(terms: Vec<Expr>) -> Self {
        let mut flat = Vec::with_capacity(terms.len());
        for term in terms {
            match term.node {
                Node::And(inner) => flat.extend(inner),
                Node::Constant(Value::Bool(true)) => {}
                node => flat.push(Expr { node, ty: term.ty }),
            }
        }
        match flat.len() {
            0 => Self::bool(true),
            1 => flat.swap_remove(0),
            _ => Self::new(Node::And(flat), Type::Bool),
        }
    }

    #[must_use]
    #[expect(clippy::should_implement_trait, reason = "a constructor of the tree, beside `and`")]
    pub fn not(operand: Expr) -> Self {
        Self::new(Node::Not(Box::new(operand)), Type::Bool)
    }

    /// `left = right`; both have one type.
    #[must_use]
    pub fn equals(left: Expr, right: Expr) -> Self {
        let operation = crate::operation::by_symbol("pg_eq").expect("equality is in the table");
        Self::new(Node::Apply { operation, arguments: vec![left, right] }, Type::Bool)
    }
}
