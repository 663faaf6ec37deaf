//! Sequences and the options they share with identity columns.
//!
//! **Must not:** check that a start lies between its bounds.

use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::name::ObjectName;
use crate::syntax::object::{AlterSequence, CreateSequence, SequenceOption, SequenceOptionKind};
use crate::syntax::statement::StatementKind;
use crate::syntax::table::Persistence;

impl Parser<'_> {
    pub(super) fn create_sequence(&mut self, persistence: Persistence) -> Parsed<StatementKind> {
        self.expect("sequence")?;
        let if_not_exists = self.if_not_exists();
        let name = self.relation_name("a sequence's name")?;
        let options = self.sequence_options()?;
        let sequence = CreateSequence { name, persistence, if_not_exists, options };
        Ok(StatementKind::CreateSequence(Box::new(sequence)))
    }

    /// `alter sequence s <options>`; the name was read.
    pub(super) fn alter_sequence_options(
        &mut self,
        name: ObjectName,
        if_exists: bool,
    ) -> Parsed<StatementKind> {
        let options = self.sequence_options()?;
        if options.is_empty() {
            return Err(self.unexpected("a sequence's option, `rename to`, `owner to` or `set schema`"));
        }
        Ok(StatementKind::AlterSequence(Box::new(AlterSequence { name, if_exists, options })))
    }

    /// `( options )` of an identity column.
    pub(super) fn sequence_options_enclosed(&mut self) -> Parsed<Vec<SequenceOption>> {
        self.expect_mark("(")?;
        let options = self.sequence_options()?;
        if options.is_empty() || !self.accept_mark(")") {
            return Err(self.unexpected("a sequence's option"));
        }
        Ok(options)
    }

    pub(super) fn sequence_options(&mut self) -> Parsed<Vec<SequenceOption>> {
        let mut options = Vec::new();
        while let Some(option) = self.sequence_option()? {
            options.push(option);
        }
        Ok(options)
    }

    pub(super) fn sequence_option(&mut self) -> Parsed<Option<SequenceOption>> {
        let start = self.here();
        let kind = if self.accept("as") {
            SequenceOptionKind::As(self.type_name()?)
        } else if self.accept("increment") {
            self.accept("by");
            SequenceOptionKind::Increment(self.signed_number("a number")?)
        } else if self.accept("minvalue") {
            SequenceOptionKind::MinValue(Some(self.signed_number("a number")?))
        } else if self.accept("maxvalue") {
            SequenceOptionKind::MaxValue(Some(self.signed_number("a number")?))
        } else if self.accept_words(&["no", "minvalue"]) {
            SequenceOptionKind::MinValue(None)
        } else if self.accept_words(&["no", "maxvalue"]) {
            SequenceOptionKind::MaxValue(None)
        } else if self.accept_words(&["no", "cycle"]) {
            SequenceOptionKind::Cycle(false)
        } else if self.accept("cycle") {
            SequenceOptionKind::Cycle(true)
        } else if self.accept("cache") {
            SequenceOptionKind::Cache(self.signed_number("a number")?)
        } else if self.accept("start") {
            self.accept("with");
            SequenceOptionKind::Start(self.signed_number("a number")?)
        } else if self.accept("restart") {
            SequenceOptionKind::Restart(self.restart_number()?)
        } else if self.accept_words(&["owned", "by"]) {
            let name = self.object_name("a column or `none`")?;
            let none = name.parts.len() == 1 && name.last().text == "none";
            SequenceOptionKind::OwnedBy((!none).then_some(name))
        } else if self.accept_words(&["sequence", "name"]) {
            SequenceOptionKind::Name(self.object_name("a sequence's name")?)
        } else if self.at_any(&["logged", "unlogged"]) {
            let logged = self.at("logged");
            self.advance();
            SequenceOptionKind::Logged(logged)
        } else {
            return Ok(None);
        };
        Ok(Some(SequenceOption { kind, span: self.since(start) }))
    }

    fn restart_number(&mut self) -> Parsed<Option<String>> {
        let number =
            self.accept("with") || self.at_number(0) || self.at_operator("-") || self.at_operator("+");
        number.then(|| self.signed_number("a number")).transpose()
    }
}
