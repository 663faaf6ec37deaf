//! The query string: form pairs told apart by their keys and read into a typed request (rest.md §2).
//! Pure functions from text to data; a mistake is told with its place in the caller's own text.
//! **Must not:** know the catalog, the method or the role: names are as the caller wrote them.

mod budget;
mod cursor;
mod array;
mod pairs;
mod name;
mod select;
mod filter;
mod logic;
mod order;
#[cfg(test)]
mod tests;

pub use array::array_elements;
pub use budget::Excess;
pub use filter::{Condition, Filter, IsValue, Operation, Operator, Quantifier, SearchKind};
pub use logic::{LogicOperator, LogicTree};
pub use name::{Arrow, Field, JsonStep, Name, Operand};
pub use order::{Direction, Nulls, OrderTerm};
pub use pairs::{Pair, canonical, decode, encoded};
pub use select::{Aggregate, AggregateFunction, Column, Embed, Join, SelectItem, Shape};

use web::Limits;

use self::budget::Budget;
use self::cursor::{Cursor, Stop};
use self::name::{DOT, name};
use crate::error::{RequestError, SyntaxError};

/// A whole query string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// What is read; `*` when nothing is said.
    pub select: Vec<SelectItem>,
    /// The columns that a body's rows have, when said.
    pub columns: Option<Vec<Name>>,
    /// The columns whose conflict an upsert resolves, when said.
    pub on_conflict: Option<Vec<Name>>,
    /// Conditions, joined by AND with each other and with the trees of the same path.
    pub filters: Vec<At<Filter>>,
    /// Logic trees.
    pub trees: Vec<At<LogicTree>>,
    /// Orders, at most one for each path.
    pub orders: Vec<At<Vec<OrderTerm>>>,
    /// Limits and offsets, at most one for each path.
    pub bounds: Vec<At<Bounds>>,
    /// The decoded pairs, as they came.
    pub pairs: Vec<Pair>,
}

/// The way from the requested relation to an embed by its aliases or names; empty for the relation itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EmbedPath(pub Vec<Name>);

/// Something, and the level of the request that it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At<T> {
    /// The level.
    pub path: EmbedPath,
    /// What is meant for it.
    pub item: T,
}

/// Which rows of those that fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bounds {
    /// How many at most; the range check turns a negative number back.
    pub limit: Option<i64>,
    /// How many are skipped.
    pub offset: u64,
}

impl Query {
    /// Reads a query string as it stands in the URL, without its question mark.
    ///
    /// # Errors
    /// [`RequestError::Syntax`] with the place of the first mistake, [`RequestError::Excess`] when a limit is
    /// passed.
    pub fn parse(raw: &str, limits: &Limits) -> Result<Self, RequestError> {
        let mut pairs = pairs::decode(raw)?;
        // The key of the project may come in the URL; it is nobody's column. A column of that name can be quoted.
        pairs.retain(|pair| pair.key != "apikey");
        Self::of_pairs(pairs, limits)
    }

    /// Reads pairs that are decoded already.
    ///
    /// # Errors
    /// As [`Query::parse`].
    pub fn of_pairs(pairs: Vec<Pair>, limits: &Limits) -> Result<Self, RequestError> {
        let mut budget = Budget::new(limits);
        let mut query = Self {
            select: Vec::new(),
            columns: None,
            on_conflict: None,
            filters: Vec::new(),
            trees: Vec::new(),
            orders: Vec::new(),
            bounds: Vec::new(),
            pairs: Vec::new(),
        };
        let mut select = None;
        for pair in &pairs {
            let (key, value) = (pair.key.as_str(), pair.value.as_str());
            match classify(key) {
                Key::Select if select.is_some() => {}
                Key::Select => select = Some(read("select parameter", value, &mut budget, select::select)?),
                Key::Columns if query.columns.is_some() => {}
                Key::Columns => {
                    query.columns = Some(read("columns parameter", value, &mut budget, names)?);
                }
                Key::OnConflict if query.on_conflict.is_some() => {}
                Key::OnConflict => {
                    query.on_conflict = Some(read("on_conflict parameter", value, &mut budget, names)?);
                }
                Key::Order => query.add_order(key, value, &mut budget)?,
                Key::Limit => query.add_limit(key, value, &mut budget)?,
                Key::Offset => query.add_offset(key, value, &mut budget)?,
                Key::Logic => query.add_tree(key, value, &mut budget)?,
                Key::Filter => query.add_filter(key, value, &mut budget)?,
            }
        }
        query.select = select.unwrap_or_else(|| vec![SelectItem::Star]);
        query.pairs = pairs;
        Ok(query)
    }

    /// The limit and offset of one level.
    pub fn bounds_of(&self, path: &EmbedPath) -> Bounds {
        self.bounds.iter().find(|bounds| bounds.path == *path).map_or(Bounds::default(), |found| found.item)
    }

    /// Whether a condition is a regular expression, which not everyone may send.
    pub fn has_regex(&self) -> bool {
        self.filters.iter().any(|at| is_regex(&at.item)) || self.trees.iter().any(|at| at.item.any(&is_regex))
    }

    fn add_filter(&mut self, key: &str, value: &str, budget: &mut Budget<'_>) -> Result<(), RequestError> {
        let (path, field) = read("tree path", key, budget, |cursor| {
            let (path, name) = path(cursor)?;
            let json_path = name::json_path(cursor)?;
            cursor.require_end()?;
            Ok((path, Field { name, json_path }))
        })?;
        let condition = read("filter", value, budget, filter::filter_value)?;
        self.filters.push(At { path, item: Filter { field, condition } });
        Ok(())
    }

    fn add_tree(&mut self, key: &str, value: &str, budget: &mut Budget<'_>) -> Result<(), RequestError> {
        let (path, operator) = read("logic path", key, budget, |cursor| {
            let (mut path, operator) = path(cursor)?;
            let negated = path.0.pop_if(|last| last.as_str() == "not").is_some();
            let operator = operator.as_str();
            Ok((path, if negated { format!("not.{operator}") } else { operator.to_owned() }))
        })?;
        // A place in the complaint counts the operator, which the quoted text does not show.
        let tree = read_as("logic tree", value, &format!("{operator}{value}"), budget, logic::logic)?;
        self.trees.push(At { path, item: tree });
        Ok(())
    }

    fn add_order(&mut self, key: &str, value: &str, budget: &mut Budget<'_>) -> Result<(), RequestError> {
        let path = level(key, budget)?;
        let terms = read("order", value, budget, order::order)?;
        if self.orders.iter().all(|order| order.path != path) {
            self.orders.push(At { path, item: terms });
        }
        Ok(())
    }

    fn add_limit(&mut self, key: &str, value: &str, budget: &mut Budget<'_>) -> Result<(), RequestError> {
        let path = level(key, budget)?;
        if let Some(limit) = whole_number(value) {
            self.bounds_at(path).limit = Some(limit);
        }
        Ok(())
    }

    fn add_offset(&mut self, key: &str, value: &str, budget: &mut Budget<'_>) -> Result<(), RequestError> {
        let path = level(key, budget)?;
        if let Some(offset) = whole_number(value) {
            let offset = u64::try_from(offset).unwrap_or(0);
            budget.offset(offset)?;
            self.bounds_at(path).offset = offset;
        }
        Ok(())
    }

    fn bounds_at(&mut self, path: EmbedPath) -> &mut Bounds {
        let index = self.bounds.iter().position(|bounds| bounds.path == path).unwrap_or_else(|| {
            self.bounds.push(At { path, item: Bounds::default() });
            self.bounds.len() - 1
        });
        &mut self.bounds[index].item
    }
}

fn is_regex(filter: &Filter) -> bool {
    let operator = match &filter.condition.operation {
        Operation::Compare { operator, .. } | Operation::Quantified { operator, .. } => operator,
        _ => return false,
    };
    matches!(operator, Operator::Match | Operator::Imatch)
}

/// The names of the arguments of a function call in a query string: keys that are not reserved, with values that are
/// no conditions.
///
/// # Errors
/// [`RequestError::Nul`].
pub fn argument_names(raw: &str) -> Result<Vec<String>, RequestError> {
    let limits = Limits::default();
    let is_argument = |pair: &Pair| {
        matches!(classify(&pair.key), Key::Filter)
            && read("filter", &pair.value, &mut Budget::new(&limits), filter::filter_value).is_err()
    };
    let mut names =
        pairs::decode(raw)?.into_iter().filter(is_argument).map(|pair| pair.key).collect::<Vec<_>>();
    names.dedup();
    Ok(names)
}

enum Key {
    Select,
    Columns,
    OnConflict,
    Order,
    Limit,
    Offset,
    Logic,
    Filter,
}

/// A key is told by its whole, or by what follows its last dot.
fn classify(key: &str) -> Key {
    match key {
        "select" => return Key::Select,
        "columns" => return Key::Columns,
        "on_conflict" => return Key::OnConflict,
        _ => {}
    }
    match key.rsplit('.').next().unwrap_or_default() {
        "order" => Key::Order,
        "limit" => Key::Limit,
        "offset" => Key::Offset,
        "and" | "or" => Key::Logic,
        _ => Key::Filter,
    }
}

/// A whole number of any length: what does not fit the type is as far as the type goes. Anything else is no
/// number, and is ignored (rest.md §2.6).
fn whole_number(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse::<i64>().unwrap_or(i64::MAX);
    Some(if negative { -size } else { size })
}

/// The level that a key such as `projects.tasks.limit` is for.
fn level(key: &str, budget: &mut Budget<'_>) -> Result<EmbedPath, RequestError> {
    read("tree path", key, budget, |cursor| {
        let (path, _) = path(cursor)?;
        cursor.require_end()?;
        Ok(path)
    })
}

/// Names joined by dots: a path, and its last name.
fn path(cursor: &mut Cursor<'_, '_, '_>) -> Result<(EmbedPath, Name), Stop> {
    let mut path = EmbedPath::default();
    let mut last = name(cursor)?;
    while cursor.take(".", DOT) {
        path.0.push(last);
        last = name(cursor)?;
    }
    Ok((path, last))
}

/// `name { "," name }`
fn names(cursor: &mut Cursor<'_, '_, '_>) -> Result<Vec<Name>, Stop> {
    let mut names = Vec::new();
    loop {
        cursor.skip_blanks();
        cursor.budget.select_item()?;
        names.push(name(cursor)?);
        cursor.skip_blanks();
        if cursor.rest().is_empty() {
            return Ok(names);
        }
        if !cursor.take(",", "\",\"") {
            return cursor.stop(cursor::END);
        }
    }
}

fn read<T>(
    what: &'static str,
    text: &str,
    budget: &mut Budget<'_>,
    parse: impl FnOnce(&mut Cursor<'_, '_, '_>) -> Result<T, Stop>,
) -> Result<T, RequestError> {
    read_as(what, text, text, budget, parse)
}

/// Reads `text`, and shows `shown` when it is not in the grammar.
fn read_as<T>(
    what: &'static str,
    shown: &str,
    text: &str,
    budget: &mut Budget<'_>,
    parse: impl FnOnce(&mut Cursor<'_, '_, '_>) -> Result<T, Stop>,
) -> Result<T, RequestError> {
    let mut cursor = Cursor::new(text, budget);
    parse(&mut cursor).map_err(|stop| match stop {
        Stop::Excess(excess) => RequestError::Excess(excess),
        Stop::Syntax => {
            let (line, column) = cursor.place();
            let complaint = cursor.complaint();
            RequestError::Syntax(SyntaxError { what, text: shown.to_owned(), line, column, complaint })
        }
    })
}
