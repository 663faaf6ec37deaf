//! A debug form of expressions in which every grouping is written out, so that two readings of a text can be compared.
//!
//! **Must not:** be taken for SQL: it is read by people and tests alone.

mod call;
mod change;
mod from;
mod query;
mod type_name;

pub use change::grouped_statement;
pub use query::grouped_query;
pub use type_name::grouped_type;

use crate::syntax::expression::{
    Expr, ExprKind, InSet, JsonItem, LikeForm, NormalForm, QuantifiedSet, Quantifier, SpecialValue,
    Subscript, Test,
};
use crate::syntax::literal::Literal;
use crate::syntax::name::{Name, ObjectName, Operator};

/// An expression with parentheses around everything that has parts.
pub fn grouped(expr: &Expr) -> String {
    match &*expr.kind {
        ExprKind::Literal(literal) => grouped_literal(literal),
        ExprKind::Parameter(number) => format!("${number}"),
        ExprKind::Column(name) => grouped_name(name),
        ExprKind::Star { qualifier: None } => "*".to_owned(),
        ExprKind::Star { qualifier: Some(name) } => format!("{}.*", grouped_name(name)),
        ExprKind::Default => "default".to_owned(),
        ExprKind::And(run) => format!("({})", joined(run, " and ")),
        ExprKind::Or(run) => format!("({})", joined(run, " or ")),
        ExprKind::Not(operand) => format!("(not {})", grouped(operand)),
        ExprKind::Unary { operator, operand } => format!("({} {})", symbol(operator), grouped(operand)),
        ExprKind::Binary { operator, left, right } => {
            format!("({} {} {})", grouped(left), symbol(operator), grouped(right))
        }
        ExprKind::IsDistinct { left, right, negated } => {
            format!("({} is {}distinct from {})", grouped(left), not(*negated), grouped(right))
        }
        ExprKind::Subquery(query) => format!("(subquery {})", grouped_query(query)),
        ExprKind::Exists(query) => format!("(exists {})", grouped_query(query)),
        ExprKind::ArrayQuery(query) => format!("(array {})", grouped_query(query)),
        ExprKind::Array(elements) => format!("array[{}]", joined(elements, ", ")),
        ExprKind::Row { fields, explicit } => {
            format!("{}({})", if *explicit { "row" } else { "tuple" }, joined(fields, ", "))
        }
        ExprKind::Coalesce(values) => format!("coalesce({})", joined(values, ", ")),
        ExprKind::Greatest(values) => format!("greatest({})", joined(values, ", ")),
        ExprKind::Least(values) => format!("least({})", joined(values, ", ")),
        ExprKind::Grouping(values) => format!("grouping({})", joined(values, ", ")),
        ExprKind::NullIf { left, right } => format!("nullif({}, {})", grouped(left), grouped(right)),
        ExprKind::Subscript { .. } | ExprKind::Field { .. } | ExprKind::AllFields(_) => {
            format!("({})", attached(expr))
        }
        ExprKind::Collate { operand, collation } => {
            format!("({} collate {})", grouped(operand), grouped_name(collation))
        }
        ExprKind::CurrentOf(cursor) => format!("current of {}", word(&cursor.text)),
        ExprKind::Xml { function } => format!("xml {}", function.text),
        other => grouped_clause(other),
    }
}

/// The forms that are written in words.
fn grouped_clause(kind: &ExprKind) -> String {
    match kind {
        ExprKind::Like(like) => {
            let name = match like.form {
                LikeForm::Like => "like",
                LikeForm::ILike => "ilike",
                LikeForm::SimilarTo => "similar to",
            };
            let escape =
                like.escape.as_ref().map_or(String::new(), |escape| format!(" escape {}", grouped(escape)));
            let (operand, pattern) = (grouped(&like.operand), grouped(&like.pattern));
            format!("({operand} {}{name} {pattern}{escape})", not(like.negated))
        }
        ExprKind::Between(between) => {
            let symmetric = if between.symmetric { "symmetric " } else { "" };
            let (low, high) = (grouped(&between.low), grouped(&between.high));
            let operand = grouped(&between.operand);
            format!("({operand} {}between {symmetric}{low} and {high})", not(between.negated))
        }
        // PostgreSQL's tree has no `not in (select …)`: it is the negation of `in`.
        ExprKind::In { operand, set: InSet::Query(query), negated } => {
            let found = format!("({} in {})", grouped(operand), grouped_query(query));
            if *negated { format!("(not {found})") } else { found }
        }
        ExprKind::In { operand, set: InSet::List(values), negated } => {
            format!("({} {}in ({}))", grouped(operand), not(*negated), joined(values, ", "))
        }
        ExprKind::Quantified { operand, operator, quantifier, set } => {
            let quantifier = if *quantifier == Quantifier::Any { "any" } else { "all" };
            let set = match set {
                QuantifiedSet::Array(array) => format!("({})", grouped(array)),
                QuantifiedSet::Query(query) => format!(" {}", grouped_query(query)),
            };
            format!("({} {} {quantifier}{set})", grouped(operand), symbol(operator))
        }
        ExprKind::Is { operand, test, negated } => grouped_test(operand, *test, *negated),
        ExprKind::Case(case) => {
            let mut text = String::from("(case");
            if let Some(operand) = &case.operand {
                text.push_str(&format!(" {}", grouped(operand)));
            }
            for branch in &case.branches {
                text.push_str(&format!(
                    " when {} then {}",
                    grouped(&branch.condition),
                    grouped(&branch.result)
                ));
            }
            if let Some(otherwise) = &case.otherwise {
                text.push_str(&format!(" else {}", grouped(otherwise)));
            }
            text + " end)"
        }
        ExprKind::Cast(cast) => format!("({}::{})", grouped(&cast.operand), grouped_type(&cast.target)),
        ExprKind::Call(call) => call::grouped_call(call),
        ExprKind::Special { value, precision } => {
            let precision = precision.map_or(String::new(), |digits| format!("({digits})"));
            format!("{}{precision}", special(*value))
        }
        _ => String::new(),
    }
}

fn grouped_test(operand: &Expr, test: Test, negated: bool) -> String {
    let operand = grouped(operand);
    let plain = |test: &str| format!("({operand} is {}{test})", not(negated));
    // PostgreSQL's tree has no negated form of the others.
    let found = match test {
        Test::Null => return plain("null"),
        Test::True => return plain("true"),
        Test::False => return plain("false"),
        Test::Unknown => return plain("unknown"),
        Test::Document => format!("({operand} is document)"),
        Test::Normalized(None) => format!("pg_catalog.is_normalized({operand})"),
        Test::Normalized(Some(form)) => {
            let form = match form {
                NormalForm::Nfc => "NFC",
                NormalForm::Nfd => "NFD",
                NormalForm::Nfkc => "NFKC",
                NormalForm::Nfkd => "NFKD",
            };
            format!("pg_catalog.is_normalized({operand}, '{form}')")
        }
        Test::Json { item, unique_keys } => {
            let item = match item {
                JsonItem::Any => "json",
                JsonItem::Value => "json value",
                JsonItem::Array => "json array",
                JsonItem::Object => "json object",
                JsonItem::Scalar => "json scalar",
            };
            let item = if item == "json value" { "json" } else { item };
            format!("({operand} is {item}{})", if unique_keys { " with unique keys" } else { "" })
        }
    };
    if negated { format!("(not {found})") } else { found }
}

/// Fields and subscripts one after the other, without parentheses between them: they have only one reading.
fn attached(expr: &Expr) -> String {
    match &*expr.kind {
        ExprKind::Subscript { base, subscripts } => {
            // Brackets after brackets that parentheses part are another reading.
            let inner = match &*base.kind {
                ExprKind::Subscript { .. } => format!("({})", grouped(base)),
                _ => attached(base),
            };
            format!("{inner}{}", subscripts.iter().map(subscript).collect::<String>())
        }
        ExprKind::Field { base, name } => format!("{}.{}", attached(base), word(&name.text)),
        ExprKind::AllFields(base) => format!("{}.*", attached(base)),
        _ => format!("({})", grouped(expr)),
    }
}

/// One pair of brackets.
pub(super) fn subscript(subscript: &Subscript) -> String {
    let side = |bound: &Option<Expr>| bound.as_ref().map_or(String::new(), grouped);
    match subscript {
        Subscript::Index(index) => format!("[{}]", grouped(index)),
        Subscript::Slice { lower, upper } => format!("[{}:{}]", side(lower), side(upper)),
    }
}

/// A constant.
pub fn grouped_literal(literal: &Literal) -> String {
    match literal {
        Literal::Null => "null".to_owned(),
        Literal::Bool(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Number(digits) => digits.clone(),
        Literal::String(text) => format!("'{}'", text.replace('\'', "''")),
        Literal::Bits(digits) => format!("b'{digits}'"),
        Literal::HexBits(digits) => format!("x'{digits}'"),
    }
}

fn special(value: SpecialValue) -> &'static str {
    match value {
        SpecialValue::CurrentDate => "current_date",
        SpecialValue::CurrentTime => "current_time",
        SpecialValue::CurrentTimestamp => "current_timestamp",
        SpecialValue::LocalTime => "localtime",
        SpecialValue::LocalTimestamp => "localtimestamp",
        SpecialValue::CurrentRole => "current_role",
        SpecialValue::CurrentUser => "current_user",
        SpecialValue::User => "user",
        SpecialValue::SessionUser => "session_user",
        SpecialValue::CurrentCatalog => "current_catalog",
        SpecialValue::CurrentSchema => "current_schema",
    }
}

/// A dotted name; parts that need quotes have them.
pub fn grouped_name(name: &ObjectName) -> String {
    name.parts.iter().map(|part| word(&part.text)).collect::<Vec<_>>().join(".")
}

fn symbol(operator: &Operator) -> String {
    let schema = operator.qualifiers.iter().map(|part| word(&part.text) + ".");
    format!("{}{}", schema.collect::<String>(), operator.symbol)
}

fn joined(list: &[Expr], separator: &str) -> String {
    list.iter().map(grouped).collect::<Vec<_>>().join(separator)
}

fn words(names: &[Name]) -> String {
    names.iter().map(|name| word(&name.text)).collect::<Vec<_>>().join(", ")
}

/// An identifier, quoted unless it is made of lower-case letters, digits and underscores.
pub fn word(text: &str) -> String {
    let plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if plain && !text.is_empty() { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

fn not(negated: bool) -> &'static str {
    if negated { "not " } else { "" }
}

#[cfg(test)]
mod tests;
