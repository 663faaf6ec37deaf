//! Forms that the standard writes in words and PostgreSQL turns into calls: `extract`, `position`, `substring`, `overlay`,
//! `trim`, `cast`, `coalesce`, `current_date` and their kin.
//!
//! **Must not:** give such a form another meaning than the call PostgreSQL makes of it.

use crate::diagnostic::Diagnostic;
use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::call::{bare, positional};
use crate::parse::expression::{Grammar, Level};
use crate::parse::name::{builtin, name_of};
use crate::parse::primary::Parenthesised;
use crate::parse::stream::Parser;
use crate::parse::type_name::plain;
use crate::syntax::expression::{Argument, CallForm, Cast, CastForm, Expr, ExprKind, SpecialValue};
use crate::syntax::literal::Literal;
use crate::syntax::name::Span;
use crate::syntax::query::Query;

/// The values that are named without parentheses; `current_schema` with parentheses is a function.
const VALUES: [(&str, SpecialValue); 11] = [
    ("current_date", SpecialValue::CurrentDate),
    ("current_time", SpecialValue::CurrentTime),
    ("current_timestamp", SpecialValue::CurrentTimestamp),
    ("localtime", SpecialValue::LocalTime),
    ("localtimestamp", SpecialValue::LocalTimestamp),
    ("current_role", SpecialValue::CurrentRole),
    ("current_user", SpecialValue::CurrentUser),
    ("user", SpecialValue::User),
    ("session_user", SpecialValue::SessionUser),
    ("current_catalog", SpecialValue::CurrentCatalog),
    ("current_schema", SpecialValue::CurrentSchema),
];

impl Parser<'_> {
    /// `func_expr_common_subexpr`, if one begins here.
    pub(super) fn special_form(&mut self) -> Parsed<Option<Expr>> {
        let start = self.here();
        let Some(word) = self.word_at(0) else { return Ok(None) };
        let opens = self.mark_follows(1, "(");
        if let Some((_, value)) = VALUES.iter().find(|(name, _)| *name == word) {
            return self.special_value(*value, opens);
        }
        if word == "collation" && self.word_at(1) == Some("for") {
            self.advance();
            self.advance();
            self.expect_mark("(")?;
            let value = self.expression()?;
            self.expect_mark(")")?;
            let kind = self.special_call("pg_collation_for", start, vec![value]);
            return Ok(Some(Expr::new(kind, self.since(start))));
        }
        if !opens {
            return Ok(None);
        }
        let kind = self.deeper(|parser| parser.parenthesised_form(word, start))?;
        Ok(kind.map(|kind| Expr::new(kind, self.since(start))))
    }

    /// Whether such a form, which makes rows in `from` as a function does, begins here.
    pub(super) fn at_special_form(&self) -> bool {
        const FORMS: [&str; 10] = [
            "cast",
            "extract",
            "position",
            "substring",
            "overlay",
            "trim",
            "normalize",
            "coalesce",
            "greatest",
            "least",
        ];
        let Some(word) = self.word_at(0) else { return false };
        let opens = self.mark_follows(1, "(");
        VALUES.iter().any(|(name, _)| *name == word)
            || (word == "collation" && self.word_at(1) == Some("for"))
            || (opens && (FORMS.contains(&word) || matches!(word, "nullif" | "treat")))
    }

    fn special_value(&mut self, value: SpecialValue, opens: bool) -> Parsed<Option<Expr>> {
        let start = self.here();
        if opens && value == SpecialValue::CurrentSchema {
            return Ok(None);
        }
        self.advance();
        let timed = matches!(
            value,
            SpecialValue::CurrentTime
                | SpecialValue::CurrentTimestamp
                | SpecialValue::LocalTime
                | SpecialValue::LocalTimestamp
        );
        let mut precision = None;
        if timed && self.accept_mark("(") {
            precision = Some(self.integer("a precision")?);
            self.expect_mark(")")?;
        }
        Ok(Some(Expr::new(ExprKind::Special { value, precision }, self.since(start))))
    }

    fn parenthesised_form(&mut self, word: &str, start: Span) -> Parsed<Option<ExprKind>> {
        if word.starts_with("xml") && !matches!(word, "xml" | "xmltable") {
            return self.xml_form(word);
        }
        let read = match word {
            "cast" => Self::cast_form,
            "treat" => Self::treat_form,
            "extract" => Self::extract_form,
            "position" => Self::position_form,
            "substring" => Self::substring_form,
            "overlay" => Self::overlay_form,
            "trim" => Self::trim_form,
            "normalize" => Self::normalize_form,
            "nullif" => Self::nullif_form,
            "coalesce" | "greatest" | "least" | "grouping" => Self::list_form,
            _ => return Ok(None),
        };
        // The forms that are lists need the word, the others the place of it.
        if matches!(word, "coalesce" | "greatest" | "least" | "grouping") {
            return read(self, start).map(Some);
        }
        self.advance();
        self.expect_mark("(")?;
        let kind = read(self, start)?;
        if !self.accept_mark(")") {
            return Err(self.unexpected("`)`"));
        }
        Ok(Some(kind))
    }

    fn list_form(&mut self, _start: Span) -> Parsed<ExprKind> {
        let word = self.word_at(0).unwrap_or_default();
        self.advance();
        let values = self.listed(Self::expression)?;
        Ok(match word {
            "coalesce" => ExprKind::Coalesce(values),
            "greatest" => ExprKind::Greatest(values),
            "least" => ExprKind::Least(values),
            _ => ExprKind::Grouping(values),
        })
    }

    fn nullif_form(&mut self, _start: Span) -> Parsed<ExprKind> {
        let left = self.expression()?;
        self.expect_mark(",")?;
        let right = self.expression()?;
        Ok(ExprKind::NullIf { left, right })
    }

    fn cast_form(&mut self, _start: Span) -> Parsed<ExprKind> {
        let operand = self.expression()?;
        self.expect("as")?;
        let target = self.type_name()?;
        Ok(ExprKind::Cast(Box::new(Cast { operand, target, form: CastForm::Function })))
    }

    /// `treat(a as t)` is the call of the function named like the type.
    fn treat_form(&mut self, start: Span) -> Parsed<ExprKind> {
        let operand = self.expression()?;
        self.expect("as")?;
        let target = self.type_name()?;
        let name = target.name.last().text.clone();
        Ok(self.special_call(&name, start, vec![operand]))
    }

    /// `extract(field from value)`; the field may be any word or a string.
    fn extract_form(&mut self, start: Span) -> Parsed<ExprKind> {
        let span = self.here();
        let field = match (self.kind(), name_of(self.token())) {
            (TokenKind::String { text, .. }, _) => text.clone(),
            (_, Some(name)) => name.text,
            _ => return Err(self.unexpected("a field: `year`, `month`, `day`, `hour`, `epoch` …")),
        };
        self.advance();
        self.expect("from")?;
        let value = self.expression()?;
        let field = Expr::new(ExprKind::Literal(Literal::String(field)), span);
        Ok(self.special_call("extract", start, vec![field, value]))
    }

    /// `position(part in whole)`: both sides are restricted, for `in` is the form's own word.
    fn position_form(&mut self, start: Span) -> Parsed<ExprKind> {
        let part = self.restricted_expression()?;
        self.expect("in")?;
        let whole = self.restricted_expression()?;
        Ok(self.special_call("position", start, vec![whole, part]))
    }

    /// `substring(a from b for c)` in every order, `substring(a similar b escape c)`, or a plain call.
    fn substring_form(&mut self, start: Span) -> Parsed<ExprKind> {
        if self.at_mark(")") || self.mark_follows(1, "=>") || self.mark_follows(1, ":=") {
            return self.plain_form("substring", start, None);
        }
        let value = self.climb_before_similar()?;
        if self.accept("similar") {
            let pattern = self.expression()?;
            self.expect("escape")?;
            let escape = self.expression()?;
            return Ok(self.special_call("substring", start, vec![value, pattern, escape]));
        }
        let mut from = None;
        let mut count = None;
        while from.is_none() && self.accept("from") {
            from = Some(self.expression()?);
            if count.is_none() && self.accept("for") {
                count = Some(self.expression()?);
            }
        }
        if from.is_none() && self.accept("for") {
            count = Some(self.expression()?);
            if self.accept("from") {
                from = Some(self.expression()?);
            }
        }
        let arguments = match (from, count) {
            (None, None) => return self.plain_form("substring", start, Some(value)),
            (Some(from), None) => vec![value, from],
            (Some(from), Some(count)) => vec![value, from, count],
            (None, Some(count)) => vec![value, number(1, start), as_int4(count)],
        };
        Ok(self.special_call("substring", start, arguments))
    }

    /// An expression that `similar` ends where it is not `similar to`.
    fn climb_before_similar(&mut self) -> Parsed<Expr> {
        self.climb(Level::Or, Grammar::Full)
    }

    /// `overlay(a placing b from c [for d])`, or a plain call.
    fn overlay_form(&mut self, start: Span) -> Parsed<ExprKind> {
        if self.at_mark(")") || self.mark_follows(1, "=>") || self.mark_follows(1, ":=") {
            return self.plain_form("overlay", start, None);
        }
        let value = self.expression()?;
        if !self.accept("placing") {
            return self.plain_form("overlay", start, Some(value));
        }
        let mut arguments = vec![value, self.expression()?];
        self.expect("from")?;
        arguments.push(self.expression()?);
        if self.accept("for") {
            arguments.push(self.expression()?);
        }
        Ok(self.special_call("overlay", start, arguments))
    }

    /// The ordinary arguments of a function whose name is a special form's too; the first may have been read.
    fn plain_form(&mut self, name: &str, start: Span, first: Option<Expr>) -> Parsed<ExprKind> {
        let mut arguments: Vec<Argument> = first.into_iter().map(positional).collect();
        if arguments.is_empty() && !self.at_mark(")") {
            arguments.push(self.argument()?);
        }
        while self.accept_mark(",") {
            arguments.push(self.argument()?);
        }
        let mut call = bare(builtin(name, start));
        call.name.parts.remove(0);
        call.form = CallForm::Plain;
        call.arguments = arguments;
        Ok(ExprKind::Call(Box::new(call)))
    }

    /// `trim([both | leading | trailing] [characters] from a)`, `trim(a, characters)`.
    fn trim_form(&mut self, start: Span) -> Parsed<ExprKind> {
        let name = match self.accept_any(&["both", "leading", "trailing"]) {
            Some("leading") => "ltrim",
            Some("trailing") => "rtrim",
            _ => "btrim",
        };
        if self.accept("from") {
            let arguments = self.expressions()?;
            return Ok(self.special_call(name, start, arguments));
        }
        let first = self.expression()?;
        let mut arguments = Vec::new();
        if self.accept("from") {
            arguments.extend(self.expressions()?);
            arguments.push(first);
        } else {
            arguments.push(first);
            if self.accept_mark(",") {
                arguments.extend(self.expressions()?);
            }
        }
        Ok(self.special_call(name, start, arguments))
    }

    fn normalize_form(&mut self, start: Span) -> Parsed<ExprKind> {
        let mut arguments = vec![self.expression()?];
        if self.accept_mark(",") {
            let span = self.here();
            let form = match self.accept_any(&["nfc", "nfd", "nfkc", "nfkd"]) {
                Some(form) => form.to_ascii_uppercase(),
                None => return Err(self.unexpected("`nfc`, `nfd`, `nfkc` or `nfkd`")),
            };
            arguments.push(Expr::new(ExprKind::Literal(Literal::String(form)), span));
        }
        Ok(self.special_call("normalize", start, arguments))
    }

    /// The XML forms are kept by name: their arguments are passed over.
    fn xml_form(&mut self, word: &str) -> Parsed<Option<ExprKind>> {
        const FORMS: [&str; 8] = [
            "xmlconcat",
            "xmlelement",
            "xmlexists",
            "xmlforest",
            "xmlparse",
            "xmlpi",
            "xmlroot",
            "xmlserialize",
        ];
        if !FORMS.contains(&word) {
            return Ok(None);
        }
        let function = self.label("a function")?;
        self.pass_parentheses()?;
        Ok(Some(ExprKind::Xml { function }))
    }

    /// Passes `( … )` without looking into it.
    pub(super) fn pass_parentheses(&mut self) -> Parsed<()> {
        self.expect_mark("(")?;
        let mut open = 1usize;
        while open > 0 {
            match self.kind() {
                TokenKind::End => return Err(self.unexpected("`)`")),
                TokenKind::Bad(error) => return Err(error.clone()),
                TokenKind::Mark("(") => open += 1,
                TokenKind::Mark(")") => open -= 1,
                _ => (),
            }
            self.advance();
        }
        Ok(())
    }

    /// `(select …)`, where nothing but a query may stand.
    pub(super) fn query_in_parentheses(&mut self) -> Parsed<Query> {
        if !self.at_mark("(") {
            return Err(self.unexpected("`(` with a sub-query"));
        }
        let start = self.here();
        match self.parenthesised()? {
            Parenthesised::Query(query) => Ok(query),
            Parenthesised::Value(value) => Err(self.not_a_query(value.span)),
            Parenthesised::Row(..) => Err(self.not_a_query(start)),
        }
    }

    fn not_a_query(&self, span: Span) -> Box<Diagnostic> {
        let text = span.text(self.source).split_whitespace().next().unwrap_or_default();
        let error = self.fault(format!("syntax error at or near \"{text}\""), span);
        Box::new(error.with_label(span, "expected a sub-query: `select …`"))
    }
}

fn number(value: i32, span: Span) -> Expr {
    Expr::new(ExprKind::Literal(Literal::Integer(value)), span)
}

/// PostgreSQL casts the lone length of `substring(a for n)`, so that the call is not taken for one with a pattern.
fn as_int4(value: Expr) -> Expr {
    let span = value.span;
    let target = plain(builtin("int4", span), span);
    Expr::new(ExprKind::Cast(Box::new(Cast { operand: value, target, form: CastForm::Function })), span)
}
