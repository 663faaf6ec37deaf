//! `create trigger`.
//!
//! **Must not:** know tables or functions.

use crate::lexer::token::TokenKind;
use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::literal::StringLiteral;
use crate::syntax::routine::{CreateTrigger, TransitionTable, TriggerEvent, TriggerTiming};
use crate::syntax::statement::StatementKind;
use crate::syntax::table::ConstraintAttributes;

impl Parser<'_> {
    /// The finger stands on `trigger` or `constraint trigger`.
    pub(super) fn create_trigger(&mut self, or_replace: bool) -> Parsed<StatementKind> {
        let constraint = self.accept("constraint");
        self.expect("trigger")?;
        let name = self.name("a trigger's name")?;
        let timing = self.timing(constraint)?;
        let events = self.trigger_events()?;
        self.expect("on")?;
        let table = self.relation_name("a table")?;
        let mut from = None;
        let mut attributes = ConstraintAttributes::default();
        if constraint {
            from = if self.accept("from") { Some(self.relation_name("a table")?) } else { None };
            attributes = self.attributes()?;
        }
        let transitions = if self.accept("referencing") { self.transitions()? } else { Vec::new() };
        let for_each_row = self.for_each_row(constraint)?;
        let condition = if self.accept("when") { Some(self.enclosed_expression()?) } else { None };
        self.expect("execute")?;
        if self.accept_any(&["function", "procedure"]).is_none() {
            return Err(self.unexpected("`function`"));
        }
        let function = self.function_name("a function")?;
        let arguments = self.trigger_arguments()?;
        Ok(StatementKind::CreateTrigger(Box::new(CreateTrigger {
            name,
            or_replace,
            constraint,
            timing,
            events,
            table,
            from,
            attributes,
            transitions,
            for_each_row,
            condition,
            function,
            arguments,
        })))
    }

    fn timing(&mut self, constraint: bool) -> Parsed<TriggerTiming> {
        if self.accept("after") {
            return Ok(TriggerTiming::After);
        }
        if constraint {
            return Err(self.unexpected("`after`"));
        }
        if self.accept("before") {
            return Ok(TriggerTiming::Before);
        }
        if self.accept_words(&["instead", "of"]) {
            return Ok(TriggerTiming::InsteadOf);
        }
        Err(self.unexpected("`before`, `after` or `instead of`"))
    }

    fn trigger_events(&mut self) -> Parsed<Vec<TriggerEvent>> {
        let mut events = vec![self.trigger_event()?];
        while self.at("or") {
            self.advance();
            let here = self.here();
            let event = self.trigger_event()?;
            let twice =
                |found: &TriggerEvent| std::mem::discriminant(found) == std::mem::discriminant(&event);
            if events.iter().any(twice) {
                return Err(self.fault("duplicate trigger events specified", here));
            }
            events.push(event);
        }
        Ok(events)
    }

    fn trigger_event(&mut self) -> Parsed<TriggerEvent> {
        match self.accept_any(&["insert", "update", "delete", "truncate"]) {
            Some("insert") => Ok(TriggerEvent::Insert),
            Some("delete") => Ok(TriggerEvent::Delete),
            Some("truncate") => Ok(TriggerEvent::Truncate),
            Some(_) => {
                let columns = if self.accept("of") { self.names("a column name")? } else { Vec::new() };
                Ok(TriggerEvent::Update(columns))
            }
            None => Err(self.unexpected("`insert`, `update`, `delete` or `truncate`")),
        }
    }

    fn transitions(&mut self) -> Parsed<Vec<TransitionTable>> {
        let mut found = Vec::new();
        while found.is_empty() || self.at_any(&["new", "old"]) {
            let start = self.here();
            let new = match self.accept_any(&["new", "old"]) {
                Some(word) => word == "new",
                None => return Err(self.unexpected("`new table` or `old table`")),
            };
            let table = match self.accept_any(&["table", "row"]) {
                Some(word) => word == "table",
                None => return Err(self.unexpected("`table`")),
            };
            self.accept("as");
            let name = self.name("a name for the transition table")?;
            found.push(TransitionTable { new, table, name, span: self.since(start) });
        }
        Ok(found)
    }

    fn for_each_row(&mut self, constraint: bool) -> Parsed<bool> {
        if !constraint && !self.at("for") {
            return Ok(false);
        }
        self.expect("for")?;
        if !self.accept("each") && constraint {
            return Err(self.unexpected("`each row`"));
        }
        match self.accept_any(&["row", "statement"]) {
            Some("row") => Ok(true),
            Some(_) if !constraint => Ok(false),
            _ => Err(self.unexpected("`row` or `statement`")),
        }
    }

    /// Constants and words; all of them reach the function as text.
    fn trigger_arguments(&mut self) -> Parsed<Vec<StringLiteral>> {
        self.expect_mark("(")?;
        if self.accept_mark(")") {
            return Ok(Vec::new());
        }
        let arguments = self.list(|parser| {
            let span = parser.here();
            let text = match parser.kind() {
                TokenKind::String { .. } => return parser.string("an argument"),
                TokenKind::Integer(text) | TokenKind::Number(text) => text.clone(),
                TokenKind::Word { text, .. } | TokenKind::Quoted(text) => text.clone(),
                _ => return Err(parser.unexpected("a constant")),
            };
            parser.advance();
            Ok(StringLiteral { text, span, contents: None })
        })?;
        self.expect_mark(")")?;
        Ok(arguments)
    }
}
