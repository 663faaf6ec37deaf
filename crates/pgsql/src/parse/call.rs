//! Calls of functions: arguments by place and by name, aggregates' clauses, windows.
//!
//! **Must not:** know which functions exist.

use crate::parse::Parsed;
use crate::parse::name::is_function_name;
use crate::parse::stream::Parser;
use crate::parse::type_name::plain;
use crate::syntax::expression::{Argument, Call, CallForm, Expr, ExprKind};
use crate::syntax::name::{ObjectName, Span};
use crate::syntax::type_name::TypeName;

/// A call without arguments.
pub(super) fn bare(name: ObjectName) -> Call {
    Call {
        name,
        form: CallForm::Plain,
        arguments: Vec::new(),
        star: false,
        distinct: false,
        variadic: false,
        order_by: Vec::new(),
        within_group: Vec::new(),
        filter: None,
        over: None,
    }
}

/// An argument without a name.
pub(super) fn positional(value: Expr) -> Argument {
    Argument { name: None, span: value.span, value }
}

impl Parser<'_> {
    /// What follows a function's name: arguments and clauses. `name (args) 'text'` is a constant of a type.
    pub(super) fn call_or_typed_constant(&mut self, name: ObjectName) -> Parsed<Expr> {
        let start = name.span;
        let call = self.call(name)?;
        let plain = call.order_by.is_empty() && !call.star && !call.distinct && !call.variadic;
        if plain && self.at_string() && !call.arguments.is_empty() {
            return self.constant_of_modified_type(call, start);
        }
        let call = self.call_clauses(call)?;
        Ok(Expr::new(ExprKind::Call(Box::new(call)), self.since(start)))
    }

    fn constant_of_modified_type(&mut self, call: Call, start: Span) -> Parsed<Expr> {
        let span = self.since(start);
        if let Some(argument) = call.arguments.iter().find(|argument| argument.name.is_some()) {
            return Err(self.fault("type modifier cannot have parameter name", argument.span));
        }
        let modifiers = call.arguments.into_iter().map(|argument| argument.value).collect();
        let target = TypeName { modifiers, ..plain(call.name, span) };
        let operand = self.string_expression("a string")?;
        Ok(self.typed(target, operand, start))
    }

    /// A name and its arguments, without what may follow the parenthesis.
    pub(super) fn call(&mut self, name: ObjectName) -> Parsed<Call> {
        self.deeper(|parser| {
            let mut call = bare(name);
            parser.expect_mark("(")?;
            if parser.accept_mark(")") {
                return Ok(call);
            }
            if parser.at_operator("*") && parser.mark_follows(1, ")") {
                parser.advance();
                parser.advance();
                call.star = true;
                return Ok(call);
            }
            match parser.accept_any(&["all", "distinct"]) {
                Some("distinct") => call.distinct = true,
                Some(_) => (),
                None => call.variadic = parser.accept("variadic"),
            }
            let aggregate = call.distinct;
            parser.arguments(&mut call, aggregate)?;
            if parser.at("order") {
                call.order_by = parser.order_by()?;
            }
            if !parser.accept_mark(")") {
                return Err(parser.unexpected("`)` or `,`"));
            }
            Ok(call)
        })
    }

    fn arguments(&mut self, call: &mut Call, aggregate: bool) -> Parsed<()> {
        call.arguments.push(self.argument()?);
        while !call.variadic && self.accept_mark(",") {
            call.variadic = !aggregate && self.accept("variadic");
            call.arguments.push(self.argument()?);
        }
        Ok(())
    }

    /// `value`, `name => value`, `name := value`.
    pub(super) fn argument(&mut self) -> Parsed<Argument> {
        let start = self.here();
        let named = self.mark_follows(1, "=>") || self.mark_follows(1, ":=");
        let name = if named && is_function_name(self.token()) {
            let name = self.function_name_part("a parameter's name")?;
            self.advance();
            Some(name)
        } else {
            None
        };
        let value = self.expression()?;
        Ok(Argument { name, value, span: self.since(start) })
    }

    /// `within group (…)`, `filter (…)`, `over …`.
    pub(super) fn call_clauses(&mut self, mut call: Call) -> Parsed<Call> {
        let here = self.here();
        if self.at("within") && self.word_at(1) == Some("group") {
            self.advance();
            self.advance();
            self.refuse_within_group(&call, here)?;
            self.expect_mark("(")?;
            call.within_group = self.order_by()?;
            self.expect_mark(")")?;
        }
        if self.at("filter") && self.mark_follows(1, "(") {
            self.advance();
            self.advance();
            self.expect("where")?;
            call.filter = Some(self.expression()?);
            self.expect_mark(")")?;
        }
        if self.accept("over") {
            call.over = Some(self.over()?);
        }
        Ok(call)
    }

    fn refuse_within_group(&self, call: &Call, span: Span) -> Parsed<()> {
        let what = if !call.order_by.is_empty() {
            "multiple ORDER BY clauses"
        } else if call.distinct {
            "DISTINCT"
        } else if call.variadic {
            "VARIADIC"
        } else {
            return Ok(());
        };
        Err(self.fault(format!("cannot use {what} with WITHIN GROUP"), span))
    }
}
