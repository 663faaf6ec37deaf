//! Functions and procedures: parameters, results, clauses, bodies; and `do` blocks.
//!
//! **Must not:** look into a body that is a string.

use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::name::{is_function_name, name_of};
use crate::parse::stream::Parser;
use crate::syntax::name::{Name, ObjectName};
use crate::syntax::routine::{
    CreateFunction, Do, FunctionOption, FunctionOptionKind, Parameter, ParameterMode, Returns, SqlBody,
    Volatility,
};
use crate::syntax::session::SetScope;
use crate::syntax::statement::{Statement, StatementKind};
use crate::syntax::type_name::TypedField;

impl Parser<'_> {
    /// The finger stands on `function` or `procedure`.
    pub(super) fn create_function(&mut self, or_replace: bool) -> Parsed<StatementKind> {
        let procedure = self.at("procedure");
        self.advance();
        let name = self.function_name("a function's name")?;
        let parameters = self.parameters()?;
        let at_returns = self.at("returns") && !self.at_words(&["returns", "null", "on"]);
        let returns = if !procedure && at_returns { Some(self.returns()?) } else { None };
        let mut options = Vec::new();
        while let Some(option) = self.function_option()? {
            options.push(option);
        }
        let sql_body = self.sql_body()?;
        let function = CreateFunction { name, or_replace, procedure, parameters, returns, options, sql_body };
        Ok(StatementKind::CreateFunction(Box::new(function)))
    }

    /// `( parameters )`.
    pub(super) fn parameters(&mut self) -> Parsed<Vec<Parameter>> {
        self.expect_mark("(")?;
        if self.accept_mark(")") {
            return Ok(Vec::new());
        }
        let parameters = self.list(Self::parameter)?;
        if self.accept_mark(")") { Ok(parameters) } else { Err(self.unexpected("`,` or `)`")) }
    }

    fn parameter(&mut self) -> Parsed<Parameter> {
        let start = self.here();
        let mut mode = self.parameter_mode();
        let name =
            if self.at_parameter_name() { Some(self.function_name_part("a parameter")?) } else { None };
        if mode.is_none() && name.is_some() {
            mode = self.parameter_mode();
        }
        let type_name = self.type_name()?;
        let default =
            if self.accept("default") || self.accept_operator("=") { Some(self.expression()?) } else { None };
        let mode = mode.unwrap_or(ParameterMode::In);
        Ok(Parameter { mode, name, type_name, default, span: self.since(start) })
    }

    fn parameter_mode(&mut self) -> Option<ParameterMode> {
        if self.accept_words(&["in", "out"]) {
            return Some(ParameterMode::InOut);
        }
        self.accept_any(&["in", "out", "inout", "variadic"]).map(|word| match word {
            "in" => ParameterMode::In,
            "out" => ParameterMode::Out,
            "inout" => ParameterMode::InOut,
            _ => ParameterMode::Variadic,
        })
    }

    /// A word is a parameter's name if a mode or a type follows it.
    fn at_parameter_name(&self) -> bool {
        let next = self.token_at(1);
        let type_follows = is_function_name(next) || self.is_type_word(1);
        is_function_name(self.token())
            && (type_follows || matches!(self.word_at(1), Some("in" | "out" | "inout" | "variadic")))
    }

    /// Whether a word begins a type though it can name neither type nor function.
    fn is_type_word(&self, offset: usize) -> bool {
        const WORDS: [&str; 20] = [
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
            "interval",
            "setof",
        ];
        self.word_at(offset).is_some_and(|word| WORDS.contains(&word))
    }

    fn returns(&mut self) -> Parsed<Returns> {
        self.expect("returns")?;
        if self.at("table") {
            self.advance();
            return Ok(Returns::Table(self.listed(|parser| {
                let start = parser.here();
                let name = parser.function_name_part("a column name")?;
                let type_name = parser.type_name()?;
                let span = parser.since(start);
                Ok(TypedField { name, type_name, collation: None, span })
            })?));
        }
        Ok(Returns::Type(self.type_name()?))
    }

    fn function_option(&mut self) -> Parsed<Option<FunctionOption>> {
        let start = self.here();
        let kind = if self.accept("as") {
            let first = self.string("the function's body as a string: `$$ … $$`")?;
            if self.accept_mark(",") {
                FunctionOptionKind::Object { file: first, symbol: self.string("a symbol's name")? }
            } else {
                FunctionOptionKind::Body(first)
            }
        } else if self.accept("language") {
            FunctionOptionKind::Language(self.language()?)
        } else if self.accept("transform") {
            FunctionOptionKind::Transform(self.list(|parser| {
                parser.expect_words(&["for", "type"])?;
                parser.type_name()
            })?)
        } else if self.accept("window") {
            FunctionOptionKind::Window
        } else {
            return self.common_function_option();
        };
        Ok(Some(FunctionOption { kind, span: self.since(start) }))
    }

    pub(super) fn alter_function_option(&mut self) -> Parsed<Option<FunctionOption>> {
        self.common_function_option()
    }

    /// The clauses that `create function` and `alter function` share.
    fn common_function_option(&mut self) -> Parsed<Option<FunctionOption>> {
        const FLAGS: [(&[&str], Flag); 10] = [
            (&["called", "on", "null", "input"], Flag::Strict(false)),
            (&["returns", "null", "on", "null", "input"], Flag::Strict(true)),
            (&["strict"], Flag::Strict(true)),
            (&["immutable"], Flag::Volatility(Volatility::Immutable)),
            (&["stable"], Flag::Volatility(Volatility::Stable)),
            (&["volatile"], Flag::Volatility(Volatility::Volatile)),
            (&["security", "definer"], Flag::SecurityDefiner(true)),
            (&["security", "invoker"], Flag::SecurityDefiner(false)),
            (&["leakproof"], Flag::Leakproof(true)),
            (&["not", "leakproof"], Flag::Leakproof(false)),
        ];
        let start = self.here();
        if self.at("external") && self.word_at(1) == Some("security") {
            self.advance();
        }
        let flag = FLAGS.iter().find(|(words, _)| self.at_words(words));
        let kind = if let Some((words, flag)) = flag {
            self.accept_words(words);
            flag.option()
        } else if self.accept("parallel") {
            FunctionOptionKind::Parallel(self.name("`safe`, `restricted` or `unsafe`")?)
        } else if self.accept("cost") {
            FunctionOptionKind::Cost(self.signed_number("a number")?)
        } else if self.accept("rows") {
            FunctionOptionKind::Rows(self.signed_number("a number")?)
        } else if self.accept("support") {
            FunctionOptionKind::Support(self.object_name("a function")?)
        } else if self.accept("set") {
            FunctionOptionKind::Set(Box::new(self.set_rest(SetScope::Session)?))
        } else if self.accept("reset") {
            FunctionOptionKind::Reset(self.reset_rest()?.name)
        } else {
            return Ok(None);
        };
        Ok(Some(FunctionOption { kind, span: self.since(start) }))
    }

    /// A language as a word or a string.
    fn language(&mut self) -> Parsed<Name> {
        if self.at_string() {
            let literal = self.string("a language")?;
            return Ok(Name { text: literal.text, quoted: true, span: literal.span });
        }
        self.unreserved_word("a language: `sql` or `plpgsql`")
    }

    /// `return …` or `begin atomic … end`.
    fn sql_body(&mut self) -> Parsed<Option<SqlBody>> {
        if self.accept("return") {
            return Ok(Some(SqlBody::Return(self.expression()?)));
        }
        if !self.accept_words(&["begin", "atomic"]) {
            return Ok(None);
        }
        let mut statements: Vec<Statement> = Vec::new();
        while !self.accept("end") {
            if self.accept_mark(";") {
                continue;
            }
            statements.push(self.body_statement()?);
            self.expect_mark(";")?;
        }
        Ok(Some(SqlBody::Atomic(statements)))
    }

    /// A statement of a body, or `return …`, which stands for a query of one value.
    fn body_statement(&mut self) -> Parsed<Statement> {
        let start = self.here();
        if !self.accept("return") {
            return self.statement();
        }
        let value = self.expression()?;
        let span = self.since(start);
        let select = self.select_value(value, span);
        Ok(Statement { kind: StatementKind::Query(Box::new(select)), span })
    }

    pub(super) fn do_block(&mut self) -> Parsed<StatementKind> {
        self.expect("do")?;
        let mut language = None;
        let mut body = None;
        while self.at_string() || self.at("language") {
            if self.accept("language") {
                language = Some(self.language()?);
            } else {
                body = Some(self.string("the block as a string: `$$ … $$`")?);
            }
        }
        match body {
            Some(body) => Ok(StatementKind::Do(Box::new(Do { language, body }))),
            None => Err(self.unexpected("the block as a string: `$$ … $$`")),
        }
    }

    /// `name (parameters)`, or the name alone where only one function has it.
    pub(super) fn signature(&mut self) -> Parsed<(ObjectName, Option<Vec<Parameter>>)> {
        let bare =
            name_of(self.token()).is_some() && !self.mark_follows(1, "(") && !self.mark_follows(1, ".");
        let name = if bare {
            ObjectName::single(self.unreserved_word("a function's name")?)
        } else {
            self.function_name("a function's name")?
        };
        if self.at_mark("(")
            && matches!(&self.token_at(1).kind, TokenKind::Operator(star) if star == "*")
            && self.mark_follows(2, ")")
        {
            self.pass_parentheses()?;
            return Ok((name, Some(Vec::new())));
        }
        let parameters = if self.at_mark("(") { Some(self.parameters()?) } else { None };
        let default = parameters.iter().flatten().find_map(|parameter| parameter.default.as_ref());
        if let Some(default) = default {
            return Err(self.fault("syntax error: a function is named without its defaults", default.span));
        }
        Ok((name, parameters))
    }
}

/// The clauses that are words alone.
#[derive(Clone, Copy)]
enum Flag {
    Strict(bool),
    Volatility(Volatility),
    SecurityDefiner(bool),
    Leakproof(bool),
}

impl Flag {
    fn option(self) -> FunctionOptionKind {
        match self {
            Flag::Strict(on) => FunctionOptionKind::Strict(on),
            Flag::Volatility(volatility) => FunctionOptionKind::Volatility(volatility),
            Flag::SecurityDefiner(on) => FunctionOptionKind::SecurityDefiner(on),
            Flag::Leakproof(on) => FunctionOptionKind::Leakproof(on),
        }
    }
}
