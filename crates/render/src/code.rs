//! Types as short texts, for the registered functions that must know of what type their arguments are.
//!
//! `int4`, `_text` (an array), `numeric(10,2)`, `enum["public","mood","happy","sad"]`; a list is joined by commas. Written into
//! statements as constants by the renderer, parsed once per statement by the engine. **Must not:** be shown to a user.

use std::sync::Arc;

use algebra::json::escape;
use algebra::names::{LocalName, SchemaName, TypeName};
use algebra::types::{ColumnType, EnumType, Modifier, Type};

use crate::cursor::Cursor;

/// The code of a type.
#[must_use]
pub fn type_code(ty: &Type) -> String {
    let mut code = String::new();
    push_type(ty, &mut code);
    code
}

/// The code of a type with its modifier.
#[must_use]
pub fn column_type_code(ty: &ColumnType) -> String {
    let mut code = type_code(&ty.base);
    match ty.modifier {
        Modifier::None => {}
        Modifier::Length(length) => code.push_str(&format!("({length})")),
        Modifier::Precision { precision, scale } => code.push_str(&format!("({precision},{scale})")),
        Modifier::Fraction(digits) => code.push_str(&format!("({digits})")),
    }
    code
}

/// The codes of several types, joined by commas.
#[must_use]
pub fn type_codes<'a>(types: impl IntoIterator<Item = &'a Type>) -> String {
    let mut code = String::new();
    for ty in types {
        if !code.is_empty() {
            code.push(',');
        }
        push_type(ty, &mut code);
    }
    code
}

/// The type that a code names; `None` for a text that is none.
#[must_use]
pub fn parse_type(code: &str) -> Option<Type> {
    let mut cursor = Cursor::new(code);
    let ty = read_type(&mut cursor)?;
    cursor.at_end().then_some(ty)
}

/// The type with its modifier that a code names; `None` for a text that is none.
#[must_use]
pub fn parse_column_type(code: &str) -> Option<ColumnType> {
    let mut cursor = Cursor::new(code);
    let base = read_type(&mut cursor)?;
    let modifier = if cursor.take("(") { read_modifier(&mut cursor, &base)? } else { Modifier::None };
    cursor.at_end().then_some(ColumnType { base, modifier })
}

/// The types that a list of codes names; `None` for a text that is none.
#[must_use]
pub fn parse_types(codes: &str) -> Option<Vec<Type>> {
    let mut cursor = Cursor::new(codes);
    let mut types = Vec::new();
    while !cursor.at_end() {
        if !types.is_empty() && !cursor.take(",") {
            return None;
        }
        types.push(read_type(&mut cursor)?);
    }
    Some(types)
}

/// The one word of a type: `int4`; `enum` and `array` for those that have parts.
#[must_use]
pub fn family(ty: &Type) -> &'static str {
    match ty {
        Type::Enum(_) => "enum",
        Type::Array(_) => "array",
        other => PLAIN.iter().find(|(plain, _)| plain == other).map_or("unknown", |(_, word)| word),
    }
}

const PLAIN: &[(Type, &str)] = &[
    (Type::Bool, "bool"),
    (Type::Int2, "int2"),
    (Type::Int4, "int4"),
    (Type::Int8, "int8"),
    (Type::Float4, "float4"),
    (Type::Float8, "float8"),
    (Type::Numeric, "numeric"),
    (Type::Text, "text"),
    (Type::Varchar, "varchar"),
    (Type::Char, "char"),
    (Type::Name, "name"),
    (Type::Citext, "citext"),
    (Type::Uuid, "uuid"),
    (Type::Date, "date"),
    (Type::Time, "time"),
    (Type::TimeTz, "timetz"),
    (Type::Timestamp, "timestamp"),
    (Type::TimestampTz, "timestamptz"),
    (Type::Interval, "interval"),
    (Type::Json, "json"),
    (Type::Jsonb, "jsonb"),
    (Type::Bytea, "bytea"),
    (Type::Inet, "inet"),
    (Type::Cidr, "cidr"),
    (Type::MacAddr, "macaddr"),
    (Type::Record, "record"),
    (Type::Void, "void"),
    (Type::Unknown, "unknown"),
];

pub(crate) fn push_type(ty: &Type, code: &mut String) {
    match ty {
        Type::Array(element) => {
            code.push('_');
            push_type(element, code);
        }
        Type::Enum(of) => {
            code.push_str("enum[");
            escape::push_string(of.name.schema.as_str(), code);
            code.push(',');
            escape::push_string(of.name.name.as_str(), code);
            for label in &of.labels {
                code.push(',');
                escape::push_string(label, code);
            }
            code.push(']');
        }
        plain => code.push_str(family(plain)),
    }
}

pub(crate) fn read_type(cursor: &mut Cursor<'_>) -> Option<Type> {
    if cursor.take("_") {
        return Some(Type::Array(Arc::new(read_type(cursor)?)));
    }
    let word = cursor.word();
    if word == "enum" {
        return read_enum(cursor);
    }
    PLAIN.iter().find(|(_, name)| *name == word).map(|(ty, _)| ty.clone())
}

fn read_enum(cursor: &mut Cursor<'_>) -> Option<Type> {
    let mut parts = Vec::new();
    if !cursor.take("[") {
        return None;
    }
    while !cursor.take("]") {
        if !parts.is_empty() && !cursor.take(",") {
            return None;
        }
        parts.push(cursor.string()?);
    }
    let mut parts = parts.into_iter();
    let schema = SchemaName::parse(&parts.next()?).ok()?;
    let name = LocalName::parse(&parts.next()?).ok()?;
    Some(Type::Enum(Arc::new(EnumType { name: TypeName::new(schema, name), labels: parts.collect() })))
}

fn read_modifier(cursor: &mut Cursor<'_>, base: &Type) -> Option<Modifier> {
    let element = base.element().unwrap_or(base);
    let first = cursor.number()?;
    let modifier = match element {
        Type::Numeric => {
            let scale = if cursor.take(",") { cursor.number()? } else { 0 };
            Modifier::Precision { precision: first.try_into().ok()?, scale: scale.try_into().ok()? }
        }
        Type::Varchar | Type::Char => Modifier::Length(first.try_into().ok()?),
        _ => Modifier::Fraction(first.try_into().ok()?),
    };
    cursor.take(")").then_some(modifier)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{column_type_code, parse_column_type, parse_types, type_codes};
    use algebra::names::TypeName;
    use algebra::types::{ColumnType, EnumType, Modifier, Type};

    fn check(ty: Type, modifier: Modifier, code: &str) {
        let ty = ColumnType { base: ty, modifier };
        assert_eq!(column_type_code(&ty), code);
        assert_eq!(parse_column_type(code), Some(ty));
    }

    #[test]
    fn a_code_names_its_type() {
        let labels = vec!["so, so".to_owned(), "a \"b\"]".to_owned()];
        let mood = Type::Enum(Arc::new(EnumType { name: TypeName::literal("public", "mood"), labels }));
        check(Type::TimestampTz, Modifier::None, "timestamptz");
        check(Type::Numeric, Modifier::Precision { precision: 10, scale: -2 }, "numeric(10,-2)");
        check(Type::array_of(Type::Varchar), Modifier::Length(3), "_varchar(3)");
        check(mood.clone(), Modifier::None, r#"enum["public","mood","so, so","a \"b\"]"]"#);
        let types = [Type::Int4, mood, Type::array_of(Type::Text)];
        assert_eq!(parse_types(&type_codes(&types)).as_deref(), Some(&types[..]));
        assert_eq!(parse_column_type("int5"), None);
        assert_eq!(parse_column_type("varchar(3"), None);
    }
}
