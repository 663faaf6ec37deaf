//! What rendering gives: steps of SQL text with parameters.

use algebra::names::TableName;
use algebra::operation::Context;
use algebra::types::{ColumnType, Type};
use algebra::value::Value;

/// What an engine runs for one statement, in one transaction. Mostly one step; an engine without data-modifying CTEs runs the
/// writes first and gives their rows to the step that reads them.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    /// The last step's rows are the answer.
    pub steps: Vec<Step>,
    /// Whether any step changes data.
    pub writes: bool,
    /// Whether its steps define tables. An engine that would act on foreign keys while a table is rebuilt (SQLite deletes the
    /// rows of a table that it drops) does not enforce them meanwhile, and checks them all at the end.
    pub defines: bool,
}

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub sql: Sql,
    /// Run once for each given row ([`Parameter::RowMember`]); the returned rows of all runs belong together.
    pub each_row: bool,
    /// Keep the returned rows as JSON (an array of arrays of stored values) for [`Parameter::Stage`] of this number.
    pub stage: Option<usize>,
    /// The rows it changes count as affected.
    pub counts: bool,
    /// The table it writes, by which an engine names the table and constraint in an error.
    pub writes: Option<TableName>,
}

/// SQL text, its parameters in order (`?1` or `$1` is the first), and the types of its output columns. A step may give more
/// columns than it has types: what stands behind them is evaluated for its errors alone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sql {
    pub text: String,
    pub parameters: Vec<Parameter>,
    pub columns: Vec<Type>,
}

/// What a place in the text is given.
#[derive(Debug, Clone, PartialEq)]
pub enum Parameter {
    Constant {
        value: Value,
        ty: Type,
    },
    /// The n-th input of the statement: text to be converted to this type, or a value of it.
    Input {
        index: u16,
        ty: ColumnType,
    },
    /// Member n of the given row, converted to this type.
    RowMember {
        index: u16,
        ty: ColumnType,
    },
    /// Whether member n of the given row is there.
    RowPresent {
        index: u16,
    },
    /// A fact about the caller or the moment.
    Context(Context),
    /// All given rows as one JSON array of objects, whose members are named by their number: `[{"0":1,"1":"a"}]`. Absent
    /// members are left out.
    Rows,
    /// The rows kept by an earlier step: a JSON array of arrays of stored values, bytes as hexadecimal digits.
    Stage(usize),
}
