//! Written types to types of the algebra: the standard's names, PostgreSQL's, a user's enums and domains.

use algebra::names::TypeName;
use algebra::types::{ColumnType, Modifier, Type};

use super::binder::Binder;
use super::fail::{Bind, refused, unsupported};
use super::name::Relation;
use super::near::nearest;
use crate::syntax;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::literal::Literal;
use crate::syntax::name::{ObjectName, Span};

/// The greatest length of `varchar(n)` and `char(n)`.
const LENGTH_MAX: i32 = 10_485_760;
/// The greatest precision of `numeric(p)`.
const PRECISION_MAX: i32 = 1000;

/// A type as it was named: a domain is its base type with the name kept beside.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Declared {
    pub ty: ColumnType,
    pub domain: Option<TypeName>,
}

const BUILTIN: &[(&str, Type)] = &[
    ("bool", Type::Bool),
    ("boolean", Type::Bool),
    ("int2", Type::Int2),
    ("smallint", Type::Int2),
    ("int4", Type::Int4),
    ("int", Type::Int4),
    ("integer", Type::Int4),
    ("int8", Type::Int8),
    ("bigint", Type::Int8),
    ("float4", Type::Float4),
    ("real", Type::Float4),
    ("float8", Type::Float8),
    ("numeric", Type::Numeric),
    ("decimal", Type::Numeric),
    ("text", Type::Text),
    ("varchar", Type::Varchar),
    ("bpchar", Type::Char),
    ("name", Type::Name),
    ("uuid", Type::Uuid),
    ("date", Type::Date),
    ("time", Type::Time),
    ("timetz", Type::TimeTz),
    ("timestamp", Type::Timestamp),
    ("timestamptz", Type::TimestampTz),
    ("interval", Type::Interval),
    ("json", Type::Json),
    ("jsonb", Type::Jsonb),
    ("bytea", Type::Bytea),
    ("inet", Type::Inet),
    ("cidr", Type::Cidr),
    ("macaddr", Type::MacAddr),
];

/// Types of PostgreSQL that are refused by name.
const REFUSED: &[&str] = &[
    "int4range",
    "int8range",
    "numrange",
    "tsrange",
    "tstzrange",
    "daterange",
    "int4multirange",
    "int8multirange",
    "nummultirange",
    "tsmultirange",
    "tstzmultirange",
    "datemultirange",
    "tsvector",
    "tsquery",
    "xml",
    "hstore",
    "point",
    "line",
    "lseg",
    "box",
    "path",
    "polygon",
    "circle",
    "geometry",
    "geography",
    "bit",
    "varbit",
    "money",
    "macaddr8",
    "oid",
    "regclass",
    "regproc",
    "regprocedure",
    "regtype",
    "regrole",
    "regnamespace",
    "vector",
    "ltree",
    "jsonpath",
    "char",
    "record",
    "void",
    "trigger",
    "anyelement",
    "anyarray",
    "pg_lsn",
    "txid_snapshot",
];

impl Binder<'_> {
    /// The type that was named, without a domain's name.
    pub(crate) fn type_of(&self, name: &syntax::type_name::TypeName) -> Bind<ColumnType> {
        Ok(self.declared(name)?.ty)
    }

    /// The type that was named.
    pub(crate) fn declared(&self, name: &syntax::type_name::TypeName) -> Bind<Declared> {
        if name.set_of {
            return Err(refused("42P16", "a column cannot be declared SETOF", name.span));
        }
        if name.of_column {
            return self.column_type(&name.name);
        }
        if name.interval.is_some() {
            return Err(unsupported("an interval with fields", name.span)
                .with_hint("Write the unit in the text: interval '3 days'."));
        }
        let Declared { mut ty, domain } = self.named_type(&name.name)?;
        ty.modifier = match self.modifier(&ty.base, &name.modifiers, name.span)? {
            Modifier::None => ty.modifier,
            modifier => modifier,
        };
        if !name.array.is_empty() {
            ty.base = Type::array_of(ty.base);
            if domain.is_some() {
                return Err(unsupported("an array of a domain", name.span));
            }
        }
        Ok(Declared { ty, domain })
    }

    fn named_type(&self, name: &ObjectName) -> Bind<Declared> {
        let last = name.last().text.as_str();
        let schema = name.schema().map(|schema| schema.text.as_str());
        let builtin = |ty: Type| Declared { ty: ty.into(), domain: None };
        if matches!(schema, None | Some("pg_catalog")) {
            if let Some((_, ty)) = BUILTIN.iter().find(|(own, _)| *own == last) {
                return Ok(builtin(ty.clone()));
            }
            if schema.is_none()
                && let Some(element) = last.strip_prefix('_')
                && let Some((_, ty)) = BUILTIN.iter().find(|(own, _)| *own == element)
            {
                return Ok(builtin(Type::array_of(ty.clone())));
            }
        }
        if last == "citext" && self.catalog.has_extension("citext") {
            return Ok(builtin(Type::Citext));
        }
        for candidate in self.possible(name)? {
            if let Some(of) = self.catalog.enum_type(&candidate) {
                return Ok(builtin(Type::Enum(of.clone())));
            }
            if let Some(domain) = self.catalog.domain(&candidate) {
                return Ok(Declared { ty: domain.base.clone(), domain: Some(candidate) });
            }
        }
        if REFUSED.contains(&last) && matches!(schema, None | Some("pg_catalog" | "extensions")) {
            return Err(unsupported(&format!("type {last}"), name.span));
        }
        if self.relation(name).is_ok() {
            return Err(unsupported(&format!("the row type of \"{last}\""), name.span));
        }
        if self.lacks_schema(name) {
            return Err(self.no_schema(name));
        }
        let message = format!("type \"{}\" does not exist", name.dotted());
        let diagnostic = refused("42704", message, name.span);
        if last == "citext" {
            return Err(diagnostic.with_hint("Write create extension citext before."));
        }
        let known = BUILTIN.iter().map(|(name, _)| *name);
        let known = known.chain(self.catalog.enum_types().map(|of| of.name.name.as_str()));
        Err(match nearest(last, known) {
            Some(near) => diagnostic.with_hint(format!("Perhaps you meant \"{near}\".")),
            None => diagnostic,
        })
    }

    /// `table.column%type`.
    fn column_type(&self, name: &ObjectName) -> Bind<Declared> {
        let Some((column, table)) = name.parts.split_last().filter(|(_, table)| !table.is_empty()) else {
            return Err(refused("42601", "improper %TYPE reference (too few dotted names)", name.span));
        };
        let table = ObjectName { parts: table.to_vec(), span: name.span };
        let missing = || {
            let message =
                format!("column \"{}\" of relation \"{}\" does not exist", column.text, table.last().text);
            refused("42703", message, column.span)
        };
        match self.relation(&table)? {
            Relation::Table(table) => {
                let found = table.column(&column.text).ok_or_else(missing)?;
                Ok(Declared { ty: found.ty.clone(), domain: found.domain.clone() })
            }
            Relation::View(view) => {
                let found = view.columns.iter().find(|(name, _)| name.as_str() == column.text);
                let (_, ty) = found.ok_or_else(missing)?;
                Ok(Declared { ty: ty.clone().into(), domain: None })
            }
        }
    }

    fn modifier(&self, base: &Type, written: &[Expr], span: Span) -> Bind<Modifier> {
        if written.is_empty() {
            return Ok(Modifier::None);
        }
        let numbers: Vec<i32> = written.iter().map(whole_number).collect::<Bind<_>>()?;
        match (base, numbers.as_slice()) {
            (Type::Varchar | Type::Char, [length]) => {
                let shown = if *base == Type::Varchar { "varchar" } else { "char" };
                if *length < 1 {
                    return Err(refused(
                        "22023",
                        format!("length for type {shown} must be at least 1"),
                        span,
                    ));
                }
                if *length > LENGTH_MAX {
                    let message = format!("length for type {shown} cannot exceed {LENGTH_MAX}");
                    return Err(refused("22023", message, span));
                }
                Ok(Modifier::Length(length.unsigned_abs()))
            }
            (Type::Numeric, [precision]) => numeric(*precision, 0, span),
            (Type::Numeric, [precision, scale]) => numeric(*precision, *scale, span),
            (Type::Time | Type::TimeTz | Type::Timestamp | Type::TimestampTz | Type::Interval, [digits]) => {
                if *digits < 0 {
                    let shown = base.name().to_uppercase();
                    return Err(refused(
                        "22023",
                        format!("{shown}({digits}) precision must not be negative"),
                        span,
                    ));
                }
                Ok(Modifier::Fraction(u8::try_from((*digits).min(6)).unwrap_or(6)))
            }
            _ => {
                let message = format!("type modifier is not allowed for type \"{}\"", base.name());
                Err(refused("42601", message, span))
            }
        }
    }
}

fn numeric(precision: i32, scale: i32, span: Span) -> Bind<Modifier> {
    if !(1..=PRECISION_MAX).contains(&precision) {
        let message = format!("NUMERIC precision {precision} must be between 1 and {PRECISION_MAX}");
        return Err(refused("22023", message, span));
    }
    let bounds = -PRECISION_MAX..=PRECISION_MAX;
    match (u16::try_from(precision), i16::try_from(scale)) {
        (Ok(precision), Ok(small)) if bounds.contains(&scale) => {
            Ok(Modifier::Precision { precision, scale: small })
        }
        _ => {
            let message =
                format!("NUMERIC scale {scale} must be between -{PRECISION_MAX} and {PRECISION_MAX}");
            Err(refused("22023", message, span))
        }
    }
}

fn whole_number(expr: &Expr) -> Bind<i32> {
    match &*expr.kind {
        ExprKind::Literal(Literal::Integer(number)) => Ok(*number),
        _ => Err(refused("42601", "type modifiers must be simple constants or identifiers", expr.span)),
    }
}
