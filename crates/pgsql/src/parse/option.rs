//! Lists of `name = value` in `with (…)`, `set (…)` and the definitions of types.
//!
//! **Must not:** know which options exist.

use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::name::is_unreserved_word;
use crate::parse::stream::Parser;
use crate::syntax::name::ObjectName;
use crate::syntax::object::{OptionValue, StorageOption};

impl Parser<'_> {
    /// `with (…)`, or nothing. `without oids` says what holds anyway.
    pub(super) fn with_options(&mut self) -> Parsed<Vec<StorageOption>> {
        if self.at("with") && self.mark_follows(1, "(") {
            self.advance();
            return self.options();
        }
        self.accept_words(&["without", "oids"]);
        Ok(Vec::new())
    }

    /// `( name = value, … )`.
    pub(super) fn options(&mut self) -> Parsed<Vec<StorageOption>> {
        self.listed(Self::option)
    }

    fn option(&mut self) -> Parsed<StorageOption> {
        let start = self.here();
        let first = self.label("an option's name")?;
        let name = self.further_parts(first)?;
        let value = if self.accept_operator("=") { Some(self.option_value()?) } else { None };
        Ok(StorageOption { name, value, span: self.since(start) })
    }

    fn option_value(&mut self) -> Parsed<OptionValue> {
        match self.kind() {
            TokenKind::String { .. } => self.string_expression("a value").map(OptionValue::Literal),
            TokenKind::Integer(_) | TokenKind::Number(_) => {
                self.signed_number_expression("a number").map(OptionValue::Literal)
            }
            TokenKind::Operator(symbol) if matches!(symbol.as_str(), "+" | "-") && self.at_number(1) => {
                self.signed_number_expression("a number").map(OptionValue::Literal)
            }
            TokenKind::Operator(_) => self.operator_symbol().map(OptionValue::Operator),
            _ if self.at_qualified_operator() => self.qualified_operator().map(OptionValue::Operator),
            _ if self.accept("none") => Ok(OptionValue::None),
            _ => self.option_word(),
        }
    }

    /// A word of any class, or a type's name.
    fn option_word(&mut self) -> Parsed<OptionValue> {
        if is_unreserved_word(self.token()) || self.at("setof") {
            return Ok(OptionValue::Word(self.type_name()?.name));
        }
        self.label("a value").map(|word| OptionValue::Word(ObjectName::single(word)))
    }
}
