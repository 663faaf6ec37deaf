//! Names where the grammar wants one, by PostgreSQL's four classes of keywords.
//!
//! **Must not:** resolve a name.

use crate::diagnostic::{Diagnostic, SqlState};
use crate::lexer::keyword::KeywordClass;
use crate::lexer::token::{Token, TokenKind};
use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::name::{Name, ObjectName, Operator, Span};
use crate::syntax::privilege::{Role, RoleKind};

/// How many parts a relation's name may have: database, schema, relation.
const RELATION_PARTS_MAX: usize = 3;

/// Whether a token may name a column or a table.
pub(super) fn is_column_name(token: &Token) -> bool {
    use KeywordClass::{ColumnName, Unreserved};
    match &token.kind {
        TokenKind::Quoted(_) => true,
        TokenKind::Word { class, .. } => matches!(class, None | Some(Unreserved | ColumnName)),
        _ => false,
    }
}

/// Whether a token may name a function or a type.
pub(super) fn is_function_name(token: &Token) -> bool {
    use KeywordClass::{TypeOrFunction, Unreserved};
    match &token.kind {
        TokenKind::Quoted(_) => true,
        TokenKind::Word { class, .. } => matches!(class, None | Some(Unreserved | TypeOrFunction)),
        _ => false,
    }
}

/// Whether a token is any word but a reserved one.
pub(super) fn is_unreserved_word(token: &Token) -> bool {
    is_column_name(token) || is_function_name(token)
}

/// The name that a word or a quoted identifier is.
pub(super) fn name_of(token: &Token) -> Option<Name> {
    match &token.kind {
        TokenKind::Word { text, .. } => Some(Name { text: text.clone(), quoted: false, span: token.span }),
        TokenKind::Quoted(text) => Some(Name { text: text.clone(), quoted: true, span: token.span }),
        _ => None,
    }
}

/// A name that PostgreSQL's grammar itself puts in: the schema or function behind a special syntax.
pub(super) fn made(text: &str, span: Span) -> Name {
    Name { text: text.to_owned(), quoted: false, span }
}

/// `pg_catalog.<name>`, standing where the special syntax stands.
pub(super) fn builtin(name: &str, span: Span) -> ObjectName {
    ObjectName { parts: vec![made("pg_catalog", span), made(name, span)], span }
}

impl Parser<'_> {
    /// PostgreSQL's `ColId`: a column, table, schema, policy, constraint …
    pub(super) fn name(&mut self, what: &str) -> Parsed<Name> {
        self.name_if(is_column_name, what)
    }

    /// `type_function_name`.
    pub(super) fn function_name_part(&mut self, what: &str) -> Parsed<Name> {
        self.name_if(is_function_name, what)
    }

    /// `NonReservedWord`.
    pub(super) fn unreserved_word(&mut self, what: &str) -> Parsed<Name> {
        self.name_if(is_unreserved_word, what)
    }

    /// `ColLabel`: any word, after `as` or a dot.
    pub(super) fn label(&mut self, what: &str) -> Parsed<Name> {
        self.name_if(|_| true, what)
    }

    fn name_if(&mut self, rule: impl Fn(&Token) -> bool, what: &str) -> Parsed<Name> {
        let token = self.token();
        // `nulls first` and `nulls last` are one word to PostgreSQL.
        let order = self.at("nulls") && matches!(self.word_at(1), Some("first" | "last"));
        match name_of(token).filter(|_| rule(token) && !order) {
            Some(name) => {
                self.advance();
                Ok(name)
            }
            None => Err(self.unexpected(what)),
        }
    }

    /// A dotted name that begins with a `ColId`.
    pub(super) fn object_name(&mut self, what: &str) -> Parsed<ObjectName> {
        let first = self.name(what)?;
        self.further_parts(first)
    }

    /// A dotted name of at most three parts.
    pub(super) fn relation_name(&mut self, what: &str) -> Parsed<ObjectName> {
        let name = self.object_name(what)?;
        if name.parts.len() > RELATION_PARTS_MAX {
            let message = format!("improper qualified name (too many dotted names): {}", name.dotted());
            return Err(self.fault(message, name.span));
        }
        Ok(name)
    }

    /// `func_name`: one word of the functions' class, or a dotted name.
    pub(super) fn function_name(&mut self, what: &str) -> Parsed<ObjectName> {
        let token = self.token();
        let dotted = self.mark_follows(1, ".");
        if dotted && is_column_name(token) {
            return self.object_name(what);
        }
        let first = self.function_name_part(what)?;
        Ok(ObjectName::single(first))
    }

    /// The parts after the first, each behind a dot.
    pub(super) fn further_parts(&mut self, first: Name) -> Parsed<ObjectName> {
        let mut name = ObjectName::single(first);
        while self.accept_mark(".") {
            let part = self.label("a name after the dot")?;
            name.span = name.span.to(part.span);
            name.parts.push(part);
        }
        Ok(name)
    }

    /// Names between commas.
    pub(super) fn names(&mut self, what: &str) -> Parsed<Vec<Name>> {
        self.list(|parser| parser.name(what))
    }

    /// `(a, b)`, or nothing where no parenthesis opens.
    pub(super) fn column_names(&mut self) -> Parsed<Vec<Name>> {
        self.listed_if_open(|parser| parser.name("a column name"))
    }

    /// A role where one is named.
    pub(super) fn role(&mut self) -> Parsed<Role> {
        let span = self.here();
        let kind = match self.accept_any(&["current_role", "current_user", "session_user"]) {
            Some("current_role") => RoleKind::CurrentRole,
            Some("current_user") => RoleKind::CurrentUser,
            Some(_) => RoleKind::SessionUser,
            None => {
                let name = self.unreserved_word("a role name")?;
                match name.text.as_str() {
                    "public" => RoleKind::Public,
                    "none" => return Err(self.reserved_role(&name)),
                    _ => RoleKind::Named(name),
                }
            }
        };
        Ok(Role { kind, span })
    }

    /// A role that must have a name of its own: one to be made, or a member.
    pub(super) fn named_role(&mut self) -> Parsed<Role> {
        let role = self.role()?;
        match role.kind {
            RoleKind::Public => Err(self.reserved_role(&made("public", role.span))),
            _ => Ok(role),
        }
    }

    fn reserved_role(&self, name: &Name) -> Box<Diagnostic> {
        let message = format!("role name \"{}\" is reserved", name.text);
        let sqlstate = SqlState::new("42939");
        Box::new(Diagnostic::new(sqlstate, message, name.span))
    }

    /// `+`, or `schema.+` as inside `operator(…)`.
    pub(super) fn operator_symbol(&mut self) -> Parsed<Operator> {
        let start = self.here();
        let mut qualifiers = Vec::new();
        while is_column_name(self.token()) {
            qualifiers.push(self.name("a schema name")?);
            self.expect_mark(".")?;
        }
        match self.kind() {
            TokenKind::Operator(symbol) => {
                self.advance();
                Ok(Operator { qualifiers, symbol: symbol.clone(), span: self.since(start) })
            }
            _ => Err(self.unexpected("an operator")),
        }
    }

    /// `operator(schema.+)`; the finger stands on the word.
    pub(super) fn qualified_operator(&mut self) -> Parsed<Operator> {
        let start = self.here();
        self.expect("operator")?;
        self.expect_mark("(")?;
        let operator = self.operator_symbol()?;
        self.expect_mark(")")?;
        Ok(Operator { span: self.since(start), ..operator })
    }

    pub(super) fn at_qualified_operator(&self) -> bool {
        self.at("operator") && self.mark_follows(1, "(")
    }
}
