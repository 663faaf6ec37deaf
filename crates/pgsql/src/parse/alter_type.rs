//! `alter type` and `alter domain`, where the change is not one that all objects share.
//!
//! **Must not:** know a type's labels.

use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::name::ObjectName;
use crate::syntax::object::{AlterDomain, AlterType, AlterTypeChange, DomainChange, LabelPosition};

impl Parser<'_> {
    /// What follows `alter type name`; `None` where the change is a shared one.
    pub(super) fn alter_type(&mut self, name: &ObjectName) -> Parsed<Option<AlterType>> {
        let change = if self.accept_words(&["add", "value"]) {
            self.add_value()?
        } else if self.accept_words(&["rename", "value"]) {
            let from = self.string("a label in single quotes")?;
            self.expect("to")?;
            AlterTypeChange::RenameValue { from, to: self.string("a label in single quotes")? }
        } else if self.accept_words(&["rename", "attribute"]) {
            let attribute = self.name("an attribute")?;
            self.expect("to")?;
            let to = self.name("a new name")?;
            AlterTypeChange::RenameAttribute { attribute, to, behavior: self.behavior() }
        } else {
            match self.unserved_type_change()? {
                Some(words) => AlterTypeChange::Unserved(words),
                None => return Ok(None),
            }
        };
        Ok(Some(AlterType { name: name.clone(), change }))
    }

    fn unserved_type_change(&mut self) -> Parsed<Option<&'static str>> {
        const CHANGES: [(&[&str], &str); 3] = [
            (&["add", "attribute"], "add attribute"),
            (&["drop", "attribute"], "drop attribute"),
            (&["alter", "attribute"], "alter attribute"),
        ];
        let found = match CHANGES.iter().find(|(words, _)| self.at_words(words)) {
            Some((_, words)) => *words,
            None if self.at("set") && self.mark_follows(1, "(") => "set",
            None => return Ok(None),
        };
        self.pass_rest()?;
        Ok(Some(found))
    }

    fn add_value(&mut self) -> Parsed<AlterTypeChange> {
        let if_not_exists = self.if_not_exists();
        let label = self.string("a label in single quotes")?;
        let position = match self.accept_any(&["before", "after"]) {
            Some("before") => Some(LabelPosition::Before(self.string("a label in single quotes")?)),
            Some(_) => Some(LabelPosition::After(self.string("a label in single quotes")?)),
            None => None,
        };
        Ok(AlterTypeChange::AddValue { if_not_exists, label, position })
    }

    /// What follows `alter domain name`; `None` where the change is a shared one.
    pub(super) fn alter_domain(&mut self, name: &ObjectName) -> Parsed<Option<AlterDomain>> {
        let change = if self.accept_words(&["set", "default"]) {
            DomainChange::SetDefault(self.expression()?)
        } else if self.accept_words(&["drop", "default"]) {
            DomainChange::DropDefault
        } else if self.accept_words(&["set", "not", "null"]) {
            DomainChange::SetNotNull
        } else if self.accept_words(&["drop", "not", "null"]) {
            DomainChange::DropNotNull
        } else if self.accept_words(&["drop", "constraint"]) {
            let if_exists = self.if_exists();
            let constraint = self.name("a constraint's name")?;
            DomainChange::DropConstraint { if_exists, constraint, behavior: self.behavior() }
        } else if self.accept_words(&["validate", "constraint"]) {
            DomainChange::ValidateConstraint(self.name("a constraint's name")?)
        } else if self.accept_words(&["rename", "constraint"]) {
            let constraint = self.name("a constraint's name")?;
            self.expect("to")?;
            DomainChange::RenameConstraint { constraint, to: self.name("a new name")? }
        } else if self.accept("add") {
            DomainChange::AddConstraint(Box::new(self.table_constraint()?))
        } else {
            return Ok(None);
        };
        Ok(Some(AlterDomain { name: name.clone(), change }))
    }
}
