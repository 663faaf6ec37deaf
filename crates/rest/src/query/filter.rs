//! Conditions: `[not.]op.value` (rest.md §2.3), as the value of a parameter or inside a logic tree.
//! **Must not:** know the column's type, nor what an operator means to a database.

use super::cursor::{Cursor, Stop};
use super::name::{DOT, Field, Name, quoted, word};

const OPERATOR: &str = "operator (eq, gt, ...)";
const IS_VALUE: &str = "isVal: (null, not_null, true, false, unknown)";

/// A condition on a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What is tested.
    pub field: Field,
    /// How.
    pub condition: Condition,
}

/// A test, perhaps turned round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Whether `not.` stood before it.
    pub negated: bool,
    /// The test.
    pub operation: Operation,
}

/// A test of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// An operator with a value.
    Compare {
        /// Which.
        operator: Operator,
        /// The other side, as text of the field's type.
        value: String,
    },
    /// An operator with any or all elements of an array literal.
    Quantified {
        /// Which.
        operator: Operator,
        /// Any or all.
        quantifier: Quantifier,
        /// The array literal.
        values: String,
    },
    /// One of these.
    In(Vec<String>),
    /// `IS`.
    Is(IsValue),
    /// `IS DISTINCT FROM`.
    Distinct(String),
    /// A text search.
    Search {
        /// How the query is read.
        kind: SearchKind,
        /// The configuration.
        language: Option<Name>,
        /// The query.
        query: String,
    },
}

/// Whether one element must fit, or each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// One.
    Any,
    /// Each.
    All,
}

/// What `is` tests for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsValue {
    /// `IS NULL`
    Null,
    /// `IS NOT NULL`
    NotNull,
    /// `IS TRUE`
    True,
    /// `IS FALSE`
    False,
    /// `IS UNKNOWN`
    Unknown,
}

/// How the query of a text search is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchKind {
    /// `to_tsquery`
    Query,
    /// `plainto_tsquery`
    Plain,
    /// `phraseto_tsquery`
    Phrase,
    /// `websearch_to_tsquery`
    Web,
}

/// The operators that take one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Eq,
    /// `<>`
    Neq,
    /// `>`
    Gt,
    /// `>=`
    Gte,
    /// `<`
    Lt,
    /// `<=`
    Lte,
    /// `LIKE`, its `*` already `%`
    Like,
    /// `ILIKE`, its `*` already `%`
    Ilike,
    /// `~`
    Match,
    /// `~*`
    Imatch,
    /// `@>`
    Contains,
    /// `<@`
    ContainedBy,
    /// `&&`
    Overlaps,
    /// `<<`
    StrictlyLeft,
    /// `>>`
    StrictlyRight,
    /// `&<`
    NotRight,
    /// `&>`
    NotLeft,
    /// `-|-`
    Adjacent,
}

#[derive(Clone, Copy)]
enum Kind {
    Plain(Operator),
    Quantifiable(Operator),
    Pattern(Operator),
    Regex(Operator),
    Search(SearchKind),
    In,
    Is,
    Distinct,
}

/// Every operator by its name. A name that begins with another stands before it.
const OPERATORS: [(&str, Kind); 25] = [
    ("eq", Kind::Quantifiable(Operator::Eq)),
    ("neq", Kind::Plain(Operator::Neq)),
    ("gte", Kind::Quantifiable(Operator::Gte)),
    ("gt", Kind::Quantifiable(Operator::Gt)),
    ("lte", Kind::Quantifiable(Operator::Lte)),
    ("lt", Kind::Quantifiable(Operator::Lt)),
    ("like", Kind::Pattern(Operator::Like)),
    ("ilike", Kind::Pattern(Operator::Ilike)),
    ("match", Kind::Regex(Operator::Match)),
    ("imatch", Kind::Regex(Operator::Imatch)),
    ("in", Kind::In),
    ("isdistinct", Kind::Distinct),
    ("is", Kind::Is),
    ("cs", Kind::Plain(Operator::Contains)),
    ("cd", Kind::Plain(Operator::ContainedBy)),
    ("ov", Kind::Plain(Operator::Overlaps)),
    ("sl", Kind::Plain(Operator::StrictlyLeft)),
    ("sr", Kind::Plain(Operator::StrictlyRight)),
    ("nxr", Kind::Plain(Operator::NotRight)),
    ("nxl", Kind::Plain(Operator::NotLeft)),
    ("adj", Kind::Plain(Operator::Adjacent)),
    ("fts", Kind::Search(SearchKind::Query)),
    ("plfts", Kind::Search(SearchKind::Plain)),
    ("phfts", Kind::Search(SearchKind::Phrase)),
    ("wfts", Kind::Search(SearchKind::Web)),
];

const IS_VALUES: [(&str, IsValue); 5] = [
    ("null", IsValue::Null),
    ("not_null", IsValue::NotNull),
    ("true", IsValue::True),
    ("false", IsValue::False),
    ("unknown", IsValue::Unknown),
];

/// Where a condition stands, which decides where its value ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the whole value of a parameter: its own value reaches to the end.
    Parameter,
    /// It is a member of a logic tree: its own value ends at a comma or parenthesis unless quoted.
    Tree,
}

/// A whole filter value.
pub(super) fn filter_value(cursor: &mut Cursor<'_, '_, '_>) -> Result<Condition, Stop> {
    cursor.budget.condition()?;
    let condition = condition(cursor, Place::Parameter)?;
    cursor.require_end()?;
    Ok(condition)
}

/// `[ "not." ] op "." value`
pub(super) fn condition(cursor: &mut Cursor<'_, '_, '_>, place: Place) -> Result<Condition, Stop> {
    let negated = cursor.take("not.", "\"not\"");
    let Some((token, kind)) = OPERATORS.into_iter().find(|(token, _)| cursor.rest().starts_with(token))
    else {
        return cursor.stop(OPERATOR);
    };
    cursor.skip(token.len());
    let operation = match kind {
        Kind::In => {
            cursor.require(".", OPERATOR)?;
            Operation::In(list(cursor)?)
        }
        Kind::Is => {
            cursor.require(".", OPERATOR)?;
            Operation::Is(is_value(cursor)?)
        }
        Kind::Distinct => {
            cursor.require(".", OPERATOR)?;
            Operation::Distinct(value(cursor, place)?)
        }
        Kind::Search(kind) => {
            let language = if cursor.take("(", OPERATOR) {
                let language = word(cursor)?;
                cursor.require(")", "\")\"")?;
                Some(language)
            } else {
                None
            };
            cursor.require(".", DOT)?;
            Operation::Search { kind, language, query: value(cursor, place)? }
        }
        Kind::Plain(operator) => {
            cursor.require(".", OPERATOR)?;
            Operation::Compare { operator, value: value(cursor, place)? }
        }
        Kind::Quantifiable(operator) => quantifiable(cursor, operator, place)?,
        Kind::Pattern(operator) => with_pattern(cursor, operator, place)?,
        Kind::Regex(operator) => with_regex(cursor, operator, place)?,
    };
    Ok(Condition { negated, operation })
}

/// `[ "(any)" | "(all)" ] "." value`, after an operator that allows it.
fn quantifiable(
    cursor: &mut Cursor<'_, '_, '_>,
    operator: Operator,
    place: Place,
) -> Result<Operation, Stop> {
    let quantifier = if cursor.take("(any)", OPERATOR) {
        Some(Quantifier::Any)
    } else if cursor.take("(all)", OPERATOR) {
        Some(Quantifier::All)
    } else {
        None
    };
    cursor.require(".", OPERATOR)?;
    let value = value(cursor, place)?;
    Ok(match quantifier {
        Some(quantifier) => Operation::Quantified { operator, quantifier, values: value },
        None => Operation::Compare { operator, value },
    })
}

/// In a pattern the caller may write `*` for `%`, which needs no escaping in a URL.
fn with_pattern(
    cursor: &mut Cursor<'_, '_, '_>,
    operator: Operator,
    place: Place,
) -> Result<Operation, Stop> {
    let mut operation = with_regex(cursor, operator, place)?;
    if let Operation::Compare { value, .. } | Operation::Quantified { values: value, .. } = &mut operation {
        *value = value.replace('*', "%");
    }
    Ok(operation)
}

fn with_regex(cursor: &mut Cursor<'_, '_, '_>, operator: Operator, place: Place) -> Result<Operation, Stop> {
    let operation = quantifiable(cursor, operator, place)?;
    if let Operation::Compare { value, .. } | Operation::Quantified { values: value, .. } = &operation {
        cursor.budget.pattern(value)?;
    }
    Ok(operation)
}

fn is_value(cursor: &mut Cursor<'_, '_, '_>) -> Result<IsValue, Stop> {
    let start = cursor.mark();
    let text = cursor.take_while(|c| c.is_ascii_alphabetic() || c == '_');
    for (token, value) in IS_VALUES {
        if token.eq_ignore_ascii_case(text) {
            return Ok(value);
        }
    }
    cursor.rewind(start);
    cursor.stop(IS_VALUE)
}

/// `"(" element { "," element } ")"`; the list of one bare nothing is the empty list.
fn list(cursor: &mut Cursor<'_, '_, '_>) -> Result<Vec<String>, Stop> {
    cursor.require("(", "\"(\"")?;
    cursor.skip_blanks();
    if cursor.rest().starts_with(')') {
        cursor.skip(1);
        cursor.skip_blanks();
        return Ok(Vec::new());
    }
    let mut elements = Vec::new();
    loop {
        cursor.budget.in_value(elements.len() + 1)?;
        elements.push(until_separator(cursor)?);
        if cursor.take(")", "\")\"") {
            cursor.skip_blanks();
            return Ok(elements);
        }
        cursor.require(",", "\",\"")?;
    }
}

fn value(cursor: &mut Cursor<'_, '_, '_>, place: Place) -> Result<String, Stop> {
    match place {
        Place::Parameter => Ok(cursor.take_rest().to_owned()),
        Place::Tree => match array(cursor) {
            Some(array) => Ok(array),
            None => until_separator(cursor),
        },
    }
}

/// `"{" chars without braces "}"`, in which commas and parentheses do not end the value.
fn array(cursor: &mut Cursor<'_, '_, '_>) -> Option<String> {
    let rest = cursor.rest();
    let length = 2 + rest.strip_prefix('{')?.find(['{', '}'])?;
    let array = rest[..length].strip_suffix('}').is_some().then(|| rest[..length].to_owned())?;
    cursor.skip(array.chars().count());
    Some(array)
}

/// A quoted text when a separator follows it, else everything up to the separator.
fn until_separator(cursor: &mut Cursor<'_, '_, '_>) -> Result<String, Stop> {
    let start = cursor.mark();
    if let Ok(Some(text)) = quoted(cursor)
        && (cursor.rest().is_empty() || cursor.rest().starts_with([',', ')']))
    {
        return Ok(text);
    }
    cursor.rewind(start);
    Ok(cursor.take_while(|c| !matches!(c, ',' | ')')).to_owned())
}
