//! Types: the standard's spellings, names with modifiers, array bounds.
//!
//! **Must not:** know which types exist beyond those that the grammar spells out.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::literal::whole_number;
use crate::parse::name::{builtin, is_column_name, is_function_name};
use crate::parse::stream::Parser;
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::literal::Literal;
use crate::syntax::name::{ObjectName, Span};
use crate::syntax::type_name::{IntervalFields, TypeName, TypedField};

/// The words that begin a type which the grammar itself spells out.
const STANDARD: [&str; 18] = [
    "int",
    "integer",
    "smallint",
    "bigint",
    "real",
    "float",
    "decimal",
    "dec",
    "numeric",
    "boolean",
    "bit",
    "character",
    "char",
    "varchar",
    "national",
    "nchar",
    "time",
    "timestamp",
];

impl Parser<'_> {
    /// A type with everything it may carry: `setof`, modifiers, array bounds.
    pub(super) fn type_name(&mut self) -> Parsed<TypeName> {
        let start = self.here();
        let set_of = self.accept("setof");
        let mut found = self.deeper(Self::simple_type)?;
        found.set_of = set_of;
        if self.accept("array") {
            let bound = self.accept_mark("[").then(|| self.array_bound()).transpose()?;
            found.array.push(bound.flatten());
        } else {
            while self.accept_mark("[") {
                let bound = self.array_bound()?;
                found.array.push(bound);
            }
        }
        found.span = self.since(start);
        Ok(found)
    }

    fn array_bound(&mut self) -> Parsed<Option<i32>> {
        let bound = if self.at_mark("]") { None } else { Some(self.integer("an array bound")?) };
        self.expect_mark("]")?;
        Ok(bound)
    }

    fn simple_type(&mut self) -> Parsed<TypeName> {
        if self.at("interval") {
            return self.interval_type();
        }
        let start = self.here();
        match self.standard_type()? {
            Some(mut found) => {
                // Without a length these have the length one; in `char 'text'` they have none.
                let single = found.name.is_builtin("bpchar") || found.name.is_builtin("bit");
                if single && found.modifiers.is_empty() {
                    found.modifiers.push(one(start));
                }
                Ok(found)
            }
            None => self.generic_type(),
        }
    }

    /// `name`, `schema.name`, with modifiers, or `t.column%type`.
    fn generic_type(&mut self) -> Parsed<TypeName> {
        let start = self.here();
        let token = self.token();
        let dotted = is_column_name(token) && self.mark_follows(1, ".");
        if !is_function_name(token) && !dotted {
            return Err(self.unexpected("a type"));
        }
        let first = self.label("a type")?;
        let name = self.further_parts(first)?;
        if name.parts.len() > 1 && self.at_operator("%") && self.word_at(1) == Some("type") {
            self.advance();
            self.advance();
            return Ok(TypeName { of_column: true, ..plain(name, self.since(start)) });
        }
        let modifiers = self.type_modifiers()?;
        Ok(TypeName { modifiers, ..plain(name, self.since(start)) })
    }

    fn type_modifiers(&mut self) -> Parsed<Vec<Expr>> {
        self.listed_if_open(Self::expression)
    }

    /// A type that the grammar spells out, if one begins here, with the modifiers that were written. `interval` is read on its own: as the type of a constant it
    /// carries its fields behind the string.
    pub(super) fn standard_type(&mut self) -> Parsed<Option<TypeName>> {
        let start = self.here();
        if self.accept_words(&["double", "precision"]) {
            return Ok(Some(plain(builtin("float8", self.since(start)), self.since(start))));
        }
        let Some(word) = self.accept_any(&STANDARD) else { return Ok(None) };
        let (name, modifiers) = match word {
            "int" | "integer" => ("int4", Vec::new()),
            "smallint" => ("int2", Vec::new()),
            "bigint" => ("int8", Vec::new()),
            "real" => ("float4", Vec::new()),
            "float" => (self.float_type()?, Vec::new()),
            "boolean" => ("bool", Vec::new()),
            "bit" => self.bit_type()?,
            "time" | "timestamp" => self.time_type(word)?,
            "decimal" | "dec" | "numeric" => ("numeric", self.type_modifiers()?),
            _ => self.character_type(word)?,
        };
        let span = self.since(start);
        Ok(Some(TypeName { modifiers, ..plain(builtin(name, span), span) }))
    }

    fn float_type(&mut self) -> Parsed<&'static str> {
        if !self.accept_mark("(") {
            return Ok("float8");
        }
        let span = self.here();
        let precision = self.integer("a precision")?;
        self.expect_mark(")")?;
        let refusal = match precision {
            1..=24 => return Ok("float4"),
            25..=53 => return Ok("float8"),
            ..=0 => "precision for type float must be at least 1 bit",
            _ => "precision for type float must be less than 54 bits",
        };
        let sqlstate = SqlState::INVALID_PARAMETER_VALUE;
        Err(Box::new(Diagnostic::new(sqlstate, refusal, span)))
    }

    fn bit_type(&mut self) -> Parsed<(&'static str, Vec<Expr>)> {
        let varying = self.accept("varying");
        let modifiers = self.type_modifiers()?;
        Ok((if varying { "varbit" } else { "bit" }, modifiers))
    }

    /// `character`, `char`, `varchar`, `national character`, `nchar`.
    fn character_type(&mut self, word: &str) -> Parsed<(&'static str, Vec<Expr>)> {
        if word == "national" && self.accept_any(&["character", "char"]).is_none() {
            return Err(self.unexpected("`character` or `char`"));
        }
        let varying = word == "varchar" || self.accept("varying");
        let mut modifiers = Vec::new();
        if self.accept_mark("(") {
            let span = self.here();
            let length = self.integer("a length")?;
            modifiers.push(Expr::new(ExprKind::Literal(Literal::Integer(length)), span));
            self.expect_mark(")")?;
        }
        Ok((if varying { "varchar" } else { "bpchar" }, modifiers))
    }

    fn time_type(&mut self, word: &str) -> Parsed<(&'static str, Vec<Expr>)> {
        let modifiers = self.precision()?.into_iter().collect();
        let zoned = self.accept_words(&["with", "time", "zone"]);
        if !zoned {
            self.accept_words(&["without", "time", "zone"]);
        }
        let name = match (word, zoned) {
            ("time", false) => "time",
            ("time", true) => "timetz",
            (_, false) => "timestamp",
            (_, true) => "timestamptz",
        };
        Ok((name, modifiers))
    }

    /// `(3)`.
    fn precision(&mut self) -> Parsed<Option<Expr>> {
        if !self.accept_mark("(") {
            return Ok(None);
        }
        let span = self.here();
        let precision = self.integer("a precision")?;
        self.expect_mark(")")?;
        Ok(Some(Expr::new(ExprKind::Literal(Literal::Integer(precision)), span)))
    }

    fn interval_type(&mut self) -> Parsed<TypeName> {
        let start = self.here();
        self.advance();
        let mut found = plain(builtin("interval", start), start);
        match self.precision()? {
            Some(precision) => found.modifiers.push(precision),
            None => self.interval_fields(&mut found)?,
        }
        found.span = self.since(start);
        Ok(found)
    }

    /// `year to month`, `second(3)`; the seconds' precision becomes the modifier.
    pub(super) fn interval_fields(&mut self, target: &mut TypeName) -> Parsed<()> {
        const SINGLE: [&str; 6] = ["year", "month", "day", "hour", "minute", "second"];
        let Some(first) = self.accept_any(&SINGLE) else { return Ok(()) };
        let last = if self.at("to") && first != "second" && first != "month" {
            self.advance();
            let allowed: &[&'static str] = match first {
                "year" => &["month"],
                "day" => &["hour", "minute", "second"],
                "hour" => &["minute", "second"],
                _ => &["second"],
            };
            let last = self.accept_any(allowed);
            Some(last.ok_or_else(|| self.unexpected("a smaller field of the interval"))?)
        } else {
            None
        };
        target.interval = Some(match (first, last) {
            ("year", None) => IntervalFields::Year,
            ("year", _) => IntervalFields::YearToMonth,
            ("month", _) => IntervalFields::Month,
            ("day", None) => IntervalFields::Day,
            ("day", Some("hour")) => IntervalFields::DayToHour,
            ("day", Some("minute")) => IntervalFields::DayToMinute,
            ("day", _) => IntervalFields::DayToSecond,
            ("hour", None) => IntervalFields::Hour,
            ("hour", Some("minute")) => IntervalFields::HourToMinute,
            ("hour", _) => IntervalFields::HourToSecond,
            ("minute", None) => IntervalFields::Minute,
            ("minute", _) => IntervalFields::MinuteToSecond,
            _ => IntervalFields::Second,
        });
        if last.unwrap_or(first) == "second" {
            target.modifiers.extend(self.precision()?);
        }
        Ok(())
    }

    /// `name type [collate c]`.
    pub(super) fn typed_field(&mut self) -> Parsed<TypedField> {
        let start = self.here();
        let name = self.name("a column name")?;
        let type_name = self.type_name()?;
        let collation = self.collation()?;
        Ok(TypedField { name, type_name, collation, span: self.since(start) })
    }

    /// `collate c`, if it stands here.
    pub(super) fn collation(&mut self) -> Parsed<Option<ObjectName>> {
        self.accept("collate").then(|| self.object_name("a collation")).transpose()
    }

    /// Whether the token is the start of a standard type's constant, `int '1'`.
    pub(super) fn at_standard_type(&self) -> bool {
        self.at_any(&STANDARD) || self.at_words(&["double", "precision"])
    }

    /// The digits under the finger as a literal expression.
    pub(super) fn number_expression(&mut self) -> Option<Expr> {
        let literal = match self.kind() {
            TokenKind::Integer(digits) => whole_number(digits),
            TokenKind::Number(digits) => Literal::Number(digits.clone()),
            _ => return None,
        };
        let span = self.here();
        self.advance();
        Some(Expr::new(ExprKind::Literal(literal), span))
    }
}

/// A type of that name and nothing more.
pub(super) fn plain(name: ObjectName, span: Span) -> TypeName {
    TypeName {
        name,
        modifiers: Vec::new(),
        interval: None,
        array: Vec::new(),
        set_of: false,
        of_column: false,
        span,
    }
}

fn one(span: Span) -> Expr {
    Expr::new(ExprKind::Literal(Literal::Integer(1)), span)
}
