//! Expressions: every form of value that PostgreSQL's grammar knows.
//! Parentheses leave no node; the span of what they held covers them, so that the text under a span is always whole.
//!
//! **Must not:** resolve columns, functions or operators.

use crate::syntax::literal::Literal;
use crate::syntax::name::{Name, ObjectName, Operator, Span};
use crate::syntax::query::{Query, SortItem};
use crate::syntax::type_name::TypeName;

/// An expression and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    pub kind: Box<ExprKind>,
    pub span: Span,
}

impl Expr {
    /// An expression that was read from `span`.
    pub fn new(kind: ExprKind, span: Span) -> Self {
        Self { kind: Box::new(kind), span }
    }
}

/// The forms of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    Literal(Literal),
    /// `$1`.
    Parameter(u32),
    /// `a`, `t.a`, `s.t.a`.
    Column(ObjectName),
    /// `*` or `t.*`: in a select list, a returning list, `row(t.*)`.
    Star {
        qualifier: Option<ObjectName>,
    },
    /// `default` among inserted or assigned values.
    Default,
    /// Two or more, as a run of `and` was written.
    And(Vec<Expr>),
    /// Two or more, as a run of `or` was written.
    Or(Vec<Expr>),
    Not(Expr),
    /// A prefix operator.
    Unary {
        operator: Operator,
        operand: Expr,
    },
    /// An infix operator, comparisons included.
    Binary {
        operator: Operator,
        left: Expr,
        right: Expr,
    },
    /// `like`, `ilike`, `similar to`.
    Like(Box<Like>),
    Between(Box<Between>),
    /// `a in (1, 2)`, `a in (select …)`.
    In {
        operand: Expr,
        set: InSet,
        negated: bool,
    },
    /// `a = any (…)`, `a <> all (…)`. `like any` arrives as the operator `~~`, `ilike` as `~~*`, negated `!~~`, `!~~*`.
    Quantified {
        operand: Expr,
        operator: Operator,
        quantifier: Quantifier,
        set: QuantifiedSet,
    },
    /// `is null`, `is true`, `is json` and their kin.
    Is {
        operand: Expr,
        test: Test,
        negated: bool,
    },
    /// `is [not] distinct from`.
    IsDistinct {
        left: Expr,
        right: Expr,
        negated: bool,
    },
    /// A sub-query that gives one value.
    Subquery(Box<Query>),
    Exists(Box<Query>),
    /// `array(select …)`.
    ArrayQuery(Box<Query>),
    /// `array[1, 2]`; nested brackets are nested arrays.
    Array(Vec<Expr>),
    /// `row(a, b)` or `(a, b)`.
    Row {
        fields: Vec<Expr>,
        /// Whether the word `row` was written.
        explicit: bool,
    },
    Case(Box<Case>),
    Cast(Box<Cast>),
    Call(Box<Call>),
    /// `current_date`, `current_user` and their kin, which take no parentheses.
    Special {
        value: SpecialValue,
        /// `current_timestamp(3)`.
        precision: Option<i32>,
    },
    Coalesce(Vec<Expr>),
    Greatest(Vec<Expr>),
    Least(Vec<Expr>),
    NullIf {
        left: Expr,
        right: Expr,
    },
    /// `grouping(a, b)`.
    Grouping(Vec<Expr>),
    /// `a[1]`, `a[1:2]`, `a[1][2]`: the brackets that follow each other, for one slice among them makes all of them slices.
    /// `(a[1:2])[1]` is one within another.
    Subscript {
        base: Expr,
        /// Never empty.
        subscripts: Vec<Subscript>,
    },
    /// `(a).b`, and `a[1].b`; `a.b` alone is a column.
    Field {
        base: Expr,
        name: Name,
    },
    /// `(a).*`.
    AllFields(Expr),
    Collate {
        operand: Expr,
        collation: ObjectName,
    },
    /// `where current of cursor`.
    CurrentOf(Name),
    /// `xmlelement(…)` and the other XML forms, kept by name alone: they are refused.
    Xml {
        function: Name,
    },
}

/// One pair of brackets.
#[derive(Clone, Debug, PartialEq)]
pub enum Subscript {
    /// `[1]`.
    Index(Expr),
    /// `[1:2]`, either side may be missing.
    Slice { lower: Option<Expr>, upper: Option<Expr> },
}

/// `like`, `ilike`, `similar to`, with or without `not` and `escape`.
#[derive(Clone, Debug, PartialEq)]
pub struct Like {
    pub operand: Expr,
    pub pattern: Expr,
    pub escape: Option<Expr>,
    pub form: LikeForm,
    pub negated: bool,
}

/// The three ways to match a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LikeForm {
    Like,
    ILike,
    SimilarTo,
}

/// `a [not] between [symmetric] low and high`.
#[derive(Clone, Debug, PartialEq)]
pub struct Between {
    pub operand: Expr,
    pub low: Expr,
    pub high: Expr,
    pub symmetric: bool,
    pub negated: bool,
}

/// The right side of `in`.
#[derive(Clone, Debug, PartialEq)]
pub enum InSet {
    List(Vec<Expr>),
    Query(Box<Query>),
}

/// `any` (also spelled `some`) or `all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    Any,
    All,
}

/// The right side of `= any`.
#[derive(Clone, Debug, PartialEq)]
pub enum QuantifiedSet {
    Array(Expr),
    Query(Box<Query>),
}

/// What `is` asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    Null,
    True,
    False,
    Unknown,
    Document,
    /// `is normalized`, `is nfkc normalized`.
    Normalized(Option<NormalForm>),
    Json {
        item: JsonItem,
        unique_keys: bool,
    },
}

/// Unicode's normal forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormalForm {
    Nfc,
    Nfd,
    Nfkc,
    Nfkd,
}

/// What `is json` asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonItem {
    Any,
    Value,
    Array,
    Object,
    Scalar,
}

/// `case [operand] when … then … [else …] end`.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    pub operand: Option<Expr>,
    pub branches: Vec<Branch>,
    pub otherwise: Option<Expr>,
}

/// One `when … then …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    pub condition: Expr,
    pub result: Expr,
    pub span: Span,
}

/// A conversion to a named type.
#[derive(Clone, Debug, PartialEq)]
pub struct Cast {
    pub operand: Expr,
    pub target: TypeName,
    pub form: CastForm,
}

/// How a conversion was written; all three mean the same, but a typed literal's operand is always a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CastForm {
    /// `a::t`.
    Colons,
    /// `cast(a as t)`.
    Function,
    /// `date '2020-01-01'`.
    Literal,
}

/// A function, aggregate or window function with its arguments.
///
/// The standard's special forms arrive as the calls PostgreSQL makes of them, in the schema `pg_catalog`, with `form` set
/// to [`CallForm::Special`]: `extract(f from x)` is `extract('f', x)`, `position(a in b)` is `position(b, a)`,
/// `substring(a from b for c)` is `substring(a, b, c)`, `substring(a similar b escape c)` is the same,
/// `overlay(a placing b from c)` is `overlay(a, b, c)`, `trim(leading a from b)` is `ltrim(b, a)`,
/// `trim(a)` is `btrim(a)`, `normalize(a, nfc)` is `normalize(a, 'NFC')`, `x at time zone z` is `timezone(z, x)`,
/// `(a, b) overlaps (c, d)` is `overlaps(a, b, c, d)`, `collation for (a)` is `pg_collation_for(a)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub name: ObjectName,
    pub form: CallForm,
    pub arguments: Vec<Argument>,
    /// `f(*)`: no arguments.
    pub star: bool,
    /// `f(distinct a)`.
    pub distinct: bool,
    /// `f(variadic a)`: the last argument is the array itself.
    pub variadic: bool,
    /// `f(a order by b)`.
    pub order_by: Vec<SortItem>,
    /// `f(a) within group (order by b)`.
    pub within_group: Vec<SortItem>,
    /// `f(a) filter (where b)`.
    pub filter: Option<Expr>,
    /// `f(a) over …`.
    pub over: Option<Over>,
}

/// Whether a call was written as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallForm {
    Plain,
    Special,
}

/// An argument of a call: `a`, or `name => a`.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    pub name: Option<Name>,
    pub value: Expr,
    pub span: Span,
}

/// `over w` or `over (…)`.
#[derive(Clone, Debug, PartialEq)]
pub enum Over {
    Name(Name),
    Window(WindowSpec),
}

/// What stands between the parentheses of `over (…)` and `window w as (…)`.
#[derive(Clone, Debug, PartialEq)]
pub struct WindowSpec {
    /// The window it starts from.
    pub base: Option<Name>,
    pub partition_by: Vec<Expr>,
    pub order_by: Vec<SortItem>,
    pub frame: Option<Frame>,
    pub span: Span,
}

/// `rows between … and … exclude …`. Without `between`, `end` is the current row.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    pub unit: FrameUnit,
    pub start: FrameBound,
    pub end: FrameBound,
    pub exclude: FrameExclusion,
    pub span: Span,
}

/// What a frame counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameUnit {
    Rows,
    Range,
    Groups,
}

/// Where a frame begins or ends.
#[derive(Clone, Debug, PartialEq)]
pub enum FrameBound {
    UnboundedPreceding,
    Preceding(Expr),
    CurrentRow,
    Following(Expr),
    UnboundedFollowing,
}

/// Which rows a frame leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameExclusion {
    NoOthers,
    CurrentRow,
    Group,
    Ties,
}

/// The values that are named without parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecialValue {
    CurrentDate,
    CurrentTime,
    CurrentTimestamp,
    LocalTime,
    LocalTimestamp,
    CurrentRole,
    CurrentUser,
    User,
    SessionUser,
    CurrentCatalog,
    CurrentSchema,
}
