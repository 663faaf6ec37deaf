//! The select list: columns, casts, aggregates, embeds and spreads (rest.md §2.2).
//! **Must not:** know which columns and relations exist.

use super::cursor::{Cursor, END, Stop};
use super::name::{DOT, FIELD, Field, Name, json_path, name, word};

/// One item of a select list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectItem {
    /// `*`: all columns that the caller may see.
    Star,
    /// A column.
    Column(Column),
    /// `count()`: how many rows.
    Count {
        /// The member's name in the output.
        alias: Option<Name>,
        /// What the count is cast to.
        cast: Option<Name>,
    },
    /// Rows of a related relation.
    Embed(Embed),
}

/// A column of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The member's name in the output.
    pub alias: Option<Name>,
    /// What is read.
    pub field: Field,
    /// What it is cast to, before an aggregate.
    pub cast: Option<Name>,
    /// What is made of all rows.
    pub aggregate: Option<Aggregate>,
}

/// An aggregate over a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregate {
    /// Which.
    pub function: AggregateFunction,
    /// What its result is cast to.
    pub cast: Option<Name>,
}

/// The aggregates of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AggregateFunction {
    /// `sum()`
    Sum,
    /// `avg()`
    Avg,
    /// `count()`
    Count,
    /// `max()`
    Max,
    /// `min()`
    Min,
}

/// A related relation inside the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    /// Where its columns go.
    pub shape: Shape,
    /// The relation, foreign key or column that names the relationship.
    pub target: Name,
    /// What tells it from other relationships to the same target.
    pub hint: Option<Name>,
    /// Whether rows without a match stay.
    pub join: Join,
    /// What is selected of it.
    pub items: Vec<SelectItem>,
}

/// Where the columns of an embed go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Into a member of their own, by this name or the target's.
    Nested(Option<Name>),
    /// Into the parent.
    Spread,
}

/// Whether parent rows without a match stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// They stay.
    Left,
    /// They go.
    Inner,
}

const AGGREGATES: [(&str, &str, AggregateFunction); 5] = [
    ("sum()", "\"sum()\"", AggregateFunction::Sum),
    ("avg()", "\"avg()\"", AggregateFunction::Avg),
    ("count()", "\"count()\"", AggregateFunction::Count),
    ("max()", "\"max()\"", AggregateFunction::Max),
    ("min()", "\"min()\"", AggregateFunction::Min),
];

/// A whole select parameter.
pub(super) fn select(cursor: &mut Cursor<'_, '_, '_>) -> Result<Vec<SelectItem>, Stop> {
    let items = items(cursor, 0)?;
    cursor.require_end()?;
    Ok(items)
}

/// `[ item { "," item } ]`, inside `depth` embeds.
fn items(cursor: &mut Cursor<'_, '_, '_>, depth: usize) -> Result<Vec<SelectItem>, Stop> {
    let mut items = Vec::new();
    cursor.skip_blanks();
    if at_end_of_list(cursor) {
        return Ok(items);
    }
    loop {
        cursor.budget.select_item()?;
        items.push(item(cursor, depth)?);
        cursor.skip_blanks();
        if !cursor.take(",", "\",\"") {
            return Ok(items);
        }
        cursor.skip_blanks();
    }
}

fn at_end_of_list(cursor: &Cursor<'_, '_, '_>) -> bool {
    cursor.rest().is_empty() || cursor.rest().starts_with(')')
}

fn item(cursor: &mut Cursor<'_, '_, '_>, depth: usize) -> Result<SelectItem, Stop> {
    if cursor.take("...", "\"...\"") {
        let target = name(cursor)?;
        return embed(cursor, Shape::Spread, target, depth);
    }
    if cursor.take("*", FIELD) {
        return require_end_of_item(cursor).map(|()| SelectItem::Star);
    }
    let first = name(cursor)?;
    let (alias, target) = if is_alias(cursor) {
        cursor.skip(1);
        cursor.skip_blanks();
        (Some(first), name(cursor)?)
    } else {
        cursor.miss("\":\"");
        (None, first)
    };
    if target.as_str() == "count" && cursor.rest().starts_with('(') {
        cursor.require("()", "\"()\"")?;
        let cast = cast(cursor)?;
        return require_end_of_item(cursor).map(|()| SelectItem::Count { alias, cast });
    }
    if cursor.rest().starts_with(['!', '(']) {
        return embed(cursor, Shape::Nested(alias), target, depth);
    }
    column(cursor, alias, target)
}

/// A colon, but not the two of a cast.
fn is_alias(cursor: &Cursor<'_, '_, '_>) -> bool {
    let rest = cursor.rest();
    rest.starts_with(':') && !rest.starts_with("::")
}

fn column(cursor: &mut Cursor<'_, '_, '_>, alias: Option<Name>, target: Name) -> Result<SelectItem, Stop> {
    let field = Field { name: target, json_path: json_path(cursor)? };
    let cast = cast(cursor)?;
    let aggregate = aggregate(cursor)?;
    require_end_of_item(cursor)?;
    Ok(SelectItem::Column(Column { alias, field, cast, aggregate }))
}

/// `[ "::" type ]`
fn cast(cursor: &mut Cursor<'_, '_, '_>) -> Result<Option<Name>, Stop> {
    if cursor.take("::", "\"::\"") { word(cursor).map(Some) } else { Ok(None) }
}

/// `[ "." agg "()" [ "::" type ] ]`
fn aggregate(cursor: &mut Cursor<'_, '_, '_>) -> Result<Option<Aggregate>, Stop> {
    if !cursor.take(".", DOT) {
        return Ok(None);
    }
    for (token, label, function) in AGGREGATES {
        if cursor.take(token, label) {
            return Ok(Some(Aggregate { function, cast: cast(cursor)? }));
        }
    }
    Err(Stop::Syntax)
}

/// `{ "!" param }(0..2) "(" select ")"`, after the target's name.
fn embed(
    cursor: &mut Cursor<'_, '_, '_>,
    shape: Shape,
    target: Name,
    depth: usize,
) -> Result<SelectItem, Stop> {
    let mut hint = None;
    let mut join = None;
    for _ in 0..2 {
        if !cursor.take("!", "\"!\"") {
            break;
        }
        let param = name(cursor)?;
        match param.as_str() {
            "inner" => join = join.or(Some(Join::Inner)),
            "left" => join = join.or(Some(Join::Left)),
            _ => hint = hint.or(Some(param)),
        }
    }
    cursor.require("(", "\"(\"")?;
    cursor.budget.embed(depth + 1)?;
    let items = items(cursor, depth + 1)?;
    cursor.require(")", "\")\"")?;
    Ok(SelectItem::Embed(Embed { shape, target, hint, join: join.unwrap_or(Join::Left), items }))
}

/// An item ends where the next one, the end of its embed or the end of the text is.
fn require_end_of_item(cursor: &mut Cursor<'_, '_, '_>) -> Result<(), Stop> {
    cursor.skip_blanks();
    let rest = cursor.rest();
    if rest.is_empty() || rest.starts_with([',', ')']) {
        return Ok(());
    }
    cursor.miss("\")\"");
    cursor.miss("\",\"");
    cursor.stop(END)
}
