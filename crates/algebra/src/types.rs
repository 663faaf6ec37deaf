//! PostgreSQL's types, as far as Mainstay knows them.
//!
//! A [`Type`] has no modifier; a column's or cast's length and precision stand beside it ([`ColumnType`]).
//! **Must not:** know how a type is stored by an engine.

use std::sync::Arc;

use crate::names::TypeName;

/// An enum type: its name and its labels in the order of declaration, which is their sort order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EnumType {
    pub name: TypeName,
    pub labels: Vec<String>,
}

/// A PostgreSQL type without its modifier.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Type {
    Bool,
    Int2,
    Int4,
    Int8,
    Float4,
    Float8,
    Numeric,
    Text,
    Varchar,
    Char,
    Name,
    Citext,
    Uuid,
    Date,
    Time,
    TimeTz,
    Timestamp,
    TimestampTz,
    Interval,
    Json,
    Jsonb,
    Bytea,
    Inet,
    Cidr,
    MacAddr,
    Enum(Arc<EnumType>),
    Array(Arc<Type>),
    /// A row without a name: `row(1, 'a')`. Bound away before rendering wherever possible.
    Record,
    /// `void`, a function without a result.
    Void,
    /// A literal or NULL whose type the context has not decided yet.
    Unknown,
}

/// A type family, which decides between overloads (PostgreSQL's `pg_type.typcategory`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    Array,
    Boolean,
    DateTime,
    Enum,
    Network,
    Numeric,
    String,
    Timespan,
    UserDefined,
    Pseudo,
    Unknown,
}

/// What stands in parentheses behind a type name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Modifier {
    #[default]
    None,
    /// `varchar(n)`, `char(n)`: characters.
    Length(u32),
    /// `numeric(precision, scale)`: decimal digits.
    Precision { precision: u16, scale: i16 },
    /// `timestamp(n)`, `time(n)`, `interval(n)`: fractional digits of a second, 0 to 6.
    Fraction(u8),
}

/// A column's type: base and modifier.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ColumnType {
    pub base: Type,
    pub modifier: Modifier,
}

impl From<Type> for ColumnType {
    fn from(base: Type) -> Self {
        Self { base, modifier: Modifier::None }
    }
}

impl Type {
    /// The type of an array of this one. An array of arrays is PostgreSQL's same array type.
    #[must_use]
    pub fn array_of(element: Type) -> Type {
        match element {
            Type::Array(_) => element,
            other => Type::Array(Arc::new(other)),
        }
    }

    /// The type of a name as SQL writes it, without modifier or brackets, lower case: `int4`, `integer`, `timestamptz`.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Type> {
        Some(match name {
            "bool" | "boolean" => Type::Bool,
            "int2" | "smallint" => Type::Int2,
            "int4" | "int" | "integer" => Type::Int4,
            "int8" | "bigint" => Type::Int8,
            "float4" | "real" => Type::Float4,
            "float8" | "double precision" | "float" => Type::Float8,
            "numeric" | "decimal" => Type::Numeric,
            "text" => Type::Text,
            "varchar" | "character varying" => Type::Varchar,
            "bpchar" | "char" | "character" => Type::Char,
            "name" => Type::Name,
            "citext" => Type::Citext,
            "uuid" => Type::Uuid,
            "date" => Type::Date,
            "time" | "time without time zone" => Type::Time,
            "timetz" | "time with time zone" => Type::TimeTz,
            "timestamp" | "timestamp without time zone" => Type::Timestamp,
            "timestamptz" | "timestamp with time zone" => Type::TimestampTz,
            "interval" => Type::Interval,
            "json" => Type::Json,
            "jsonb" => Type::Jsonb,
            "bytea" => Type::Bytea,
            "inet" => Type::Inet,
            "cidr" => Type::Cidr,
            "macaddr" => Type::MacAddr,
            _ => return None,
        })
    }

    /// The element type of an array, else `None`.
    #[must_use]
    pub fn element(&self) -> Option<&Type> {
        match self {
            Type::Array(element) => Some(element),
            _ => None,
        }
    }

    /// PostgreSQL's type category.
    #[must_use]
    pub fn category(&self) -> Category {
        match self {
            Type::Bool => Category::Boolean,
            Type::Int2 | Type::Int4 | Type::Int8 | Type::Float4 | Type::Float8 | Type::Numeric => {
                Category::Numeric
            }
            Type::Text | Type::Varchar | Type::Char | Type::Name | Type::Citext => Category::String,
            Type::Date | Type::Time | Type::TimeTz | Type::Timestamp | Type::TimestampTz => {
                Category::DateTime
            }
            Type::Interval => Category::Timespan,
            Type::Inet | Type::Cidr => Category::Network,
            Type::Uuid | Type::Json | Type::Jsonb | Type::Bytea | Type::MacAddr => Category::UserDefined,
            Type::Enum(_) => Category::Enum,
            Type::Array(_) => Category::Array,
            Type::Record | Type::Void => Category::Pseudo,
            Type::Unknown => Category::Unknown,
        }
    }

    /// Whether it is the preferred type of its category.
    #[must_use]
    pub fn is_preferred(&self) -> bool {
        matches!(
            self,
            Type::Bool | Type::Float8 | Type::Text | Type::TimestampTz | Type::Interval | Type::Inet
        )
    }

    /// The name as PostgreSQL's `format_type` prints it: `integer`, `timestamp with time zone`, `text[]`.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Type::Enum(of) if of.name.is_public() => of.name.name.as_str().to_owned(),
            Type::Enum(of) => format!("{}.{}", of.name.schema.as_str(), of.name.name.as_str()),
            Type::Array(element) => format!("{}[]", element.name()),
            other => other.plain_name().to_owned(),
        }
    }

    fn plain_name(&self) -> &'static str {
        match self {
            Type::Bool => "boolean",
            Type::Int2 => "smallint",
            Type::Int4 => "integer",
            Type::Int8 => "bigint",
            Type::Float4 => "real",
            Type::Float8 => "double precision",
            Type::Numeric => "numeric",
            Type::Text => "text",
            Type::Varchar => "character varying",
            Type::Char => "character",
            Type::Name => "name",
            Type::Citext => "citext",
            Type::Uuid => "uuid",
            Type::Date => "date",
            Type::Time => "time without time zone",
            Type::TimeTz => "time with time zone",
            Type::Timestamp => "timestamp without time zone",
            Type::TimestampTz => "timestamp with time zone",
            Type::Interval => "interval",
            Type::Json => "json",
            Type::Jsonb => "jsonb",
            Type::Bytea => "bytea",
            Type::Inet => "inet",
            Type::Cidr => "cidr",
            Type::MacAddr => "macaddr",
            Type::Record | Type::Enum(_) | Type::Array(_) => "record",
            Type::Void => "void",
            Type::Unknown => "unknown",
        }
    }
}

impl ColumnType {
    /// The name with its modifier as PostgreSQL prints it: `numeric(10,2)`, `character varying(20)`.
    #[must_use]
    pub fn name(&self) -> String {
        let base = self.base.name();
        match self.modifier {
            Modifier::None => base,
            Modifier::Length(characters) => with_modifier(&base, &characters.to_string()),
            Modifier::Precision { precision, scale } => with_modifier(&base, &format!("{precision},{scale}")),
            Modifier::Fraction(digits) => match base.split_once(' ') {
                Some((head, rest)) => format!("{head}({digits}) {rest}"),
                None => format!("{base}({digits})"),
            },
        }
    }
}

/// Puts a modifier before the brackets of an array type.
fn with_modifier(base: &str, modifier: &str) -> String {
    match base.strip_suffix("[]") {
        Some(element) => format!("{element}({modifier})[]"),
        None => format!("{base}({modifier})"),
    }
}

#[cfg(test)]
mod tests {
    use super::{ColumnType, Modifier, Type};

    #[test]
    fn names_are_those_of_format_type() {
        let numeric =
            ColumnType { base: Type::Numeric, modifier: Modifier::Precision { precision: 10, scale: 2 } };
        assert_eq!(numeric.name(), "numeric(10,2)");
        let time = ColumnType { base: Type::TimestampTz, modifier: Modifier::Fraction(3) };
        assert_eq!(time.name(), "timestamp(3) with time zone");
        assert_eq!(Type::array_of(Type::array_of(Type::Int4)).name(), "integer[]");
    }
}
