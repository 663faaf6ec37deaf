//! The data types of a plan: what to read or write, with the names of the request.

use algebra::names::SchemaName;

use crate::input::Input;

/// What a request asks. Equal plans differ in values only.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Plan {
    pub schema: SchemaName,
    /// The table or view, as written.
    pub relation: String,
    pub action: Action,
    /// What comes back of the rows: the selection, and for reads its filters, order and bounds.
    pub level: Level,
    pub count: Option<Count>,
    pub format: Format,
    /// How many rows there must be at the end, else everything is undone.
    pub expect: Expect,
    /// The most rows a read, and each embed, answers (`max_rows`).
    pub rows_max: Option<u64>,
}

/// Read, or which write.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Action {
    Read,
    Insert(Insert),
    /// The rows are chosen by the filters of `level`; one given row has the new values.
    Update {
        columns: Vec<String>,
        missing_default: bool,
    },
    Delete,
}

/// An insert or upsert of the given rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Insert {
    /// The payload's columns, in the order of each row's members.
    pub columns: Vec<String>,
    /// Absent members take the column's default rather than NULL.
    pub missing_default: bool,
    pub conflict: Option<Conflict>,
}

/// What an upsert does with rows that exist.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Conflict {
    /// `on_conflict`; empty means the primary key.
    pub columns: Vec<String>,
    pub resolution: Resolution,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resolution {
    Merge,
    Ignore,
}

/// How the total is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Count {
    Exact,
    Planned,
    Estimated,
}

/// The form of the answer's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A JSON array of objects.
    Array {
        strip_nulls: bool,
    },
    /// The one row as an object.
    Object {
        strip_nulls: bool,
    },
    Csv,
    /// No body (`return=minimal`).
    Nothing,
    /// No body, but the primary key of the one written row for `Location` (`return=headers-only`).
    Key,
}

/// What must hold at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expect {
    Any,
    /// Exactly one row (singular media type).
    One,
    /// At most so many rows touched.
    AtMost(u64),
}

/// One level of a selection: the top or an embed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Level {
    pub items: Vec<Item>,
    /// All must hold.
    pub conditions: Vec<Condition>,
    pub order: Vec<OrderTerm>,
    pub limit: Option<Input>,
    pub offset: Option<Input>,
}

/// One item of `select`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Item {
    /// `*`.
    All,
    Column {
        field: Field,
        alias: Option<String>,
        cast: Option<String>,
        aggregate: Option<Aggregate>,
    },
    /// `count()`.
    Count {
        alias: Option<String>,
        cast: Option<String>,
    },
    Embed(Box<Embed>),
}

/// `column.sum()::type`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Aggregate {
    pub function: AggregateFunction,
    pub cast: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AggregateFunction {
    Sum,
    Avg,
    Count,
    Max,
    Min,
}

/// A related relation inside a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Embed {
    /// As written: a relation, a constraint or a foreign key column.
    pub target: String,
    pub hint: Option<String>,
    pub alias: Option<String>,
    /// `!inner`: rows without a match are left out.
    pub inner: bool,
    /// `...target(…)`: its members are lifted into the parent.
    pub spread: bool,
    pub level: Level,
}

impl Embed {
    /// The name by which filters address it and its key in the answer: the alias, else the target as written.
    #[must_use]
    pub fn name(&self) -> &str {
        self.alias.as_deref().unwrap_or(&self.target)
    }
}

/// A column with a JSON path.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    pub column: String,
    pub path: Vec<PathStep>,
}

/// `->key`, `->>0`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PathStep {
    /// `->>`: as text.
    pub as_text: bool,
    pub key: PathKey,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PathKey {
    Member(String),
    Index(i32),
}

/// A condition on a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Condition {
    Compare {
        field: Field,
        negated: bool,
        test: Test,
    },
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    /// `rel=is.null`, `rel=not.is.null`: whether the embed of this name has rows.
    Embed {
        name: String,
        is_null: bool,
    },
}

/// What a field is tested for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Test {
    Operator {
        operator: Operator,
        operand: Operand,
    },
    In(Vec<Input>),
    Is(Is),
    Distinct(Input),
    /// Full text: which query parser, and the configuration.
    FullText {
        parser: FullTextParser,
        language: Option<Input>,
        query: Input,
    },
}

/// The right side of an operator.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Operand {
    Value(Input),
    /// `op(any).{a,b}`.
    Any(Vec<Input>),
    /// `op(all).{a,b}`.
    All(Vec<Input>),
}

/// An operator of rest.md §2.3. Values of `Like` and `Ilike` have `%` already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operator {
    Eq,
    Neq,
    Gt,
    Gte,
    Lt,
    Lte,
    Like,
    Ilike,
    Match,
    Imatch,
    Contains,
    ContainedIn,
    Overlaps,
    StrictlyLeft,
    StrictlyRight,
    NotExtendRight,
    NotExtendLeft,
    Adjacent,
}

/// `is.null` and the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Is {
    Null,
    NotNull,
    True,
    False,
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FullTextParser {
    Plain,
    Query,
    Phrase,
    Web,
}

/// One term of `order`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OrderTerm {
    /// `rel(field)`: by a column of a to-one embed.
    pub embed: Option<String>,
    pub field: Field,
    pub descending: bool,
    /// `None`: PostgreSQL's default (last ascending, first descending).
    pub nulls_first: Option<bool>,
}
