//! Operands: constants, columns, parentheses, sub-queries, arrays, rows, `case`; and what may be attached to them.
//!
//! **Must not:** know operators.

use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::expression::{Grammar, Level};
use crate::parse::name::{builtin, is_column_name, is_function_name};
use crate::parse::stream::Parser;
use crate::parse::type_name::plain;
use crate::syntax::expression::{Branch, Case, Cast, CastForm, Expr, ExprKind, Subscript};
use crate::syntax::literal::Literal;
use crate::syntax::name::{Name, ObjectName, Span};
use crate::syntax::query::Query;
use crate::syntax::type_name::TypeName;

/// What stood between parentheses.
pub(super) enum Parenthesised {
    Query(Query),
    Value(Expr),
    /// Two values or more, and where the first comma stands.
    Row(Vec<Expr>, Span),
}

/// One step into a value.
pub(super) enum Attached {
    Field(Name),
    AllFields,
    Subscript(Subscript),
}

impl Parser<'_> {
    /// PostgreSQL's `c_expr`.
    pub(super) fn primary(&mut self, grammar: Grammar) -> Parsed<Expr> {
        let start = self.here();
        let literal = match self.kind() {
            TokenKind::String { text, .. } => Literal::String(text.clone()),
            TokenKind::Bits(digits) => Literal::Bits(digits.clone()),
            TokenKind::HexBits(digits) => Literal::HexBits(digits.clone()),
            TokenKind::Integer(_) | TokenKind::Number(_) => {
                return self.number_expression().ok_or_else(|| self.unexpected("a number"));
            }
            TokenKind::Parameter(number) => {
                self.advance();
                return self.attachments(Expr::new(ExprKind::Parameter(*number), start));
            }
            TokenKind::Mark("(") => return self.parenthesised_operand(grammar),
            TokenKind::Quoted(_) => return self.named(),
            TokenKind::Word { .. } => return self.word_operand(grammar),
            _ => return Err(self.unexpected("an expression")),
        };
        self.advance();
        Ok(Expr::new(ExprKind::Literal(literal), start))
    }

    fn word_operand(&mut self, grammar: Grammar) -> Parsed<Expr> {
        let start = self.here();
        let opens = self.mark_follows(1, "(");
        match self.word_at(0).unwrap_or_default() {
            "null" => self.constant(Literal::Null),
            "true" => self.constant(Literal::Bool(true)),
            "false" => self.constant(Literal::Bool(false)),
            "case" => self.case(),
            "exists" if opens => {
                self.advance();
                let query = self.query_in_parentheses()?;
                Ok(Expr::new(ExprKind::Exists(Box::new(query)), self.since(start)))
            }
            "array" => self.array(),
            "row" if opens => {
                self.advance();
                let row = self.explicit_row(start)?;
                self.overlaps(row, grammar)
            }
            "interval" if !is_bare_column(self) => self.interval_constant(),
            _ if self.at_standard_type() && !is_bare_column(self) => self.typed_constant(),
            _ => match self.special_form()? {
                Some(found) => Ok(found),
                None => self.named(),
            },
        }
    }

    fn constant(&mut self, literal: Literal) -> Parsed<Expr> {
        let span = self.here();
        self.advance();
        Ok(Expr::new(ExprKind::Literal(literal), span))
    }

    /// `int '1'`, `timestamp with time zone '…'`.
    fn typed_constant(&mut self) -> Parsed<Expr> {
        let start = self.here();
        let Some(target) = self.standard_type()? else { return Err(self.unexpected("a type")) };
        let operand = self.string_expression("a string: the constant of this type")?;
        Ok(self.typed(target, operand, start))
    }

    /// `interval '1 day'`, `interval '1' year to month`, `interval(3) '…'`.
    fn interval_constant(&mut self) -> Parsed<Expr> {
        let start = self.here();
        let precise = self.mark_follows(1, "(");
        let word = self.here();
        let mut target = if precise {
            self.type_name()?
        } else {
            self.advance();
            plain(builtin("interval", word), word)
        };
        let operand = self.string_expression("a string: the interval")?;
        if !precise {
            self.interval_fields(&mut target)?;
        }
        Ok(self.typed(target, operand, start))
    }

    pub(super) fn typed(&self, target: TypeName, operand: Expr, start: Span) -> Expr {
        let cast = Cast { operand, target, form: CastForm::Literal };
        Expr::new(ExprKind::Cast(Box::new(cast)), self.since(start))
    }

    /// A column, a call, or a constant of a named type.
    fn named(&mut self) -> Parsed<Expr> {
        let start = self.here();
        let token = self.token();
        let is_function = is_function_name(token);
        if !is_function && !is_column_name(token) {
            return Err(self.unexpected("an expression"));
        }
        let is_column = is_column_name(token);
        let first = self.label("an expression")?;
        let mut name = ObjectName::single(first);
        while is_column && self.at_mark(".") && !self.star_follows() {
            self.advance();
            let part = self.label("a name after the dot")?;
            name.span = name.span.to(part.span);
            name.parts.push(part);
        }
        let callable = is_function || name.parts.len() > 1;
        if callable && self.at_mark("(") {
            return self.call_or_typed_constant(name);
        }
        if callable && self.at_string() {
            let operand = self.string_expression("a string")?;
            let target = plain(name, self.since(start));
            return Ok(self.typed(TypeName { span: target.name.span, ..target }, operand, start));
        }
        if !is_column {
            return Err(self.unexpected("`(` after a function's name"));
        }
        if self.at_mark(".") {
            self.advance();
            self.advance();
            return Ok(Expr::new(ExprKind::Star { qualifier: Some(name) }, self.since(start)));
        }
        self.attachments(Expr::new(ExprKind::Column(name), self.since(start)))
    }

    fn star_follows(&self) -> bool {
        matches!(&self.token_at(1).kind, TokenKind::Operator(symbol) if symbol == "*")
    }

    /// Fields and subscripts behind an operand that may have them.
    pub(super) fn attachments(&mut self, mut base: Expr) -> Parsed<Expr> {
        let start = base.span;
        while let Some(step) = self.attached()? {
            self.raise()?;
            let last = matches!(step, Attached::AllFields);
            let kind = match step {
                Attached::Field(name) => ExprKind::Field { base, name },
                Attached::AllFields => ExprKind::AllFields(base),
                Attached::Subscript(first) => {
                    ExprKind::Subscript { base, subscripts: self.subscripts(first)? }
                }
            };
            base = Expr::new(kind, self.since(start));
            if last && (self.at_mark(".") || self.at_mark("[")) {
                return Err(self.fault("improper use of \"*\"", self.here()));
            }
        }
        Ok(base)
    }

    /// The brackets that follow the first.
    fn subscripts(&mut self, first: Subscript) -> Parsed<Vec<Subscript>> {
        let mut found = vec![first];
        while self.at_mark("[") {
            if let Some(Attached::Subscript(next)) = self.attached()? {
                found.push(next);
            }
        }
        Ok(found)
    }

    /// `.name`, `.*`, `[1]`, `[1:2]`.
    pub(super) fn attached(&mut self) -> Parsed<Option<Attached>> {
        if self.accept_mark(".") {
            if self.accept_operator("*") {
                return Ok(Some(Attached::AllFields));
            }
            return Ok(Some(Attached::Field(self.label("a field's name after the dot")?)));
        }
        if !self.accept_mark("[") {
            return Ok(None);
        }
        let lower = if self.at_mark(":") { None } else { Some(self.expression()?) };
        if self.accept_mark(":") {
            let upper = if self.at_mark("]") { None } else { Some(self.expression()?) };
            self.expect_mark("]")?;
            return Ok(Some(Attached::Subscript(Subscript::Slice { lower, upper })));
        }
        self.expect_mark("]")?;
        match lower {
            Some(index) => Ok(Some(Attached::Subscript(Subscript::Index(index)))),
            None => Err(self.unexpected("a subscript")),
        }
    }

    fn parenthesised_operand(&mut self, grammar: Grammar) -> Parsed<Expr> {
        let start = self.here();
        let found = self.parenthesised()?;
        self.operand_of(found, start, grammar)
    }

    /// What parentheses held, as an operand.
    fn operand_of(&mut self, found: Parenthesised, start: Span, grammar: Grammar) -> Parsed<Expr> {
        let span = self.since(start);
        match found {
            Parenthesised::Query(query) => {
                self.attachments(Expr::new(ExprKind::Subquery(Box::new(query)), span))
            }
            Parenthesised::Value(value) => self.attachments(Expr { span, ..value }),
            Parenthesised::Row(fields, _) => {
                let row = Expr::new(ExprKind::Row { fields, explicit: false }, span);
                self.overlaps(row, grammar)
            }
        }
    }

    /// `( … )`: a sub-query, a value or a row. Which it is may show only after many more parentheses, so what the inner
    /// ones held is carried on.
    pub(super) fn parenthesised(&mut self) -> Parsed<Parenthesised> {
        self.deeper(|parser| {
            parser.expect_mark("(")?;
            if parser.at_query_word() {
                let query = parser.query()?;
                parser.expect_mark(")")?;
                return Ok(Parenthesised::Query(query));
            }
            let first = if parser.at_mark("(") {
                let start = parser.here();
                match parser.parenthesised()? {
                    Parenthesised::Query(query) if parser.query_goes_on() => {
                        let query = parser.query_from(query)?;
                        parser.expect_mark(")")?;
                        return Ok(Parenthesised::Query(query));
                    }
                    inner => {
                        let operand = parser.operand_of(inner, start, Grammar::Full)?;
                        parser.infix(operand, Level::Or, Grammar::Full)?
                    }
                }
            } else {
                parser.expression()?
            };
            parser.rest_of_parentheses(first)
        })
    }

    fn rest_of_parentheses(&mut self, first: Expr) -> Parsed<Parenthesised> {
        let comma = self.here();
        if self.accept_mark(",") {
            let mut fields = vec![first];
            fields.extend(self.expressions()?);
            self.expect_mark(")")?;
            return Ok(Parenthesised::Row(fields, comma));
        }
        if self.accept_mark(")") {
            return Ok(Parenthesised::Value(first));
        }
        Err(self.unexpected("`)` or `,`"))
    }

    /// `row(a, b)`; the finger stands on the parenthesis.
    fn explicit_row(&mut self, start: Span) -> Parsed<Expr> {
        self.expect_mark("(")?;
        let fields = if self.at_mark(")") { Vec::new() } else { self.expressions()? };
        self.expect_mark(")")?;
        Ok(Expr::new(ExprKind::Row { fields, explicit: true }, self.since(start)))
    }

    /// `(a, b) overlaps (c, d)`: it joins two rows before any operator can.
    fn overlaps(&mut self, row: Expr, grammar: Grammar) -> Parsed<Expr> {
        let at = self.here();
        let start = row.span;
        if grammar == Grammar::Restricted || !self.at("overlaps") {
            return Ok(row);
        }
        self.advance();
        let explicit = self.accept("row");
        let right = self.here();
        let right = if explicit {
            self.explicit_row(right)?
        } else {
            match self.parenthesised()? {
                Parenthesised::Row(fields, _) => {
                    Expr::new(ExprKind::Row { fields, explicit: false }, self.since(right))
                }
                _ => {
                    return Err(
                        self.fault("wrong number of parameters on right side of OVERLAPS expression", right)
                    );
                }
            }
        };
        let mut arguments = Vec::new();
        for (side, row) in [("left", row), ("right", right)] {
            let span = row.span;
            match *row.kind {
                ExprKind::Row { fields, .. } if fields.len() == 2 => arguments.extend(fields),
                _ => {
                    let message = format!("wrong number of parameters on {side} side of OVERLAPS expression");
                    return Err(self.fault(message, span));
                }
            }
        }
        Ok(Expr::new(self.special_call("overlaps", at, arguments), self.since(start)))
    }

    fn array(&mut self) -> Parsed<Expr> {
        let start = self.here();
        self.advance();
        if self.at_mark("(") {
            let query = self.query_in_parentheses()?;
            return Ok(Expr::new(ExprKind::ArrayQuery(Box::new(query)), self.since(start)));
        }
        if !self.at_mark("[") {
            return Err(self.unexpected("`[` or `(`"));
        }
        self.array_elements(start)
    }

    /// `[1, 2]` or `[[1], [2]]`.
    fn array_elements(&mut self, start: Span) -> Parsed<Expr> {
        self.deeper(|parser| {
            parser.expect_mark("[")?;
            let elements = if parser.at_mark("]") {
                Vec::new()
            } else if parser.at_mark("[") {
                parser.list(|parser| {
                    let start = parser.here();
                    parser.array_elements(start)
                })?
            } else {
                parser.expressions()?
            };
            if !parser.accept_mark("]") {
                return Err(parser.unexpected("`]` or `,`"));
            }
            Ok(Expr::new(ExprKind::Array(elements), parser.since(start)))
        })
    }

    fn case(&mut self) -> Parsed<Expr> {
        let start = self.here();
        self.advance();
        let operand = if self.at("when") { None } else { Some(self.expression()?) };
        let mut branches = Vec::new();
        while branches.is_empty() || self.at("when") {
            let start = self.here();
            self.expect("when")?;
            let condition = self.expression()?;
            self.expect("then")?;
            let result = self.expression()?;
            branches.push(Branch { condition, result, span: self.since(start) });
        }
        let otherwise = if self.accept("else") { Some(self.expression()?) } else { None };
        if !self.accept("end") {
            return Err(self.unexpected("`when`, `else` or `end`"));
        }
        let case = Case { operand, branches, otherwise };
        Ok(Expr::new(ExprKind::Case(Box::new(case)), self.since(start)))
    }
}

/// `interval`, `int` and the other types' words may name a column, where nothing follows that makes them a constant's type.
fn is_bare_column(parser: &Parser<'_>) -> bool {
    let type_goes_on = matches!(
        parser.word_at(1),
        Some("varying" | "character" | "char" | "precision" | "with" | "without")
    );
    !type_goes_on && !matches!(parser.token_at(1).kind, TokenKind::String { .. } | TokenKind::Mark("("))
}
