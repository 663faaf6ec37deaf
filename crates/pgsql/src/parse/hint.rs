//! What to write instead: habits of other databases, reserved words, stray commas.
//!
//! **Must not:** decide that something is wrong: it is asked only once that is known.

use crate::lexer::keyword::KeywordClass;
use crate::lexer::token::TokenKind;
use crate::parse::stream::Parser;

/// Words of other databases where PostgreSQL wants something else.
const FOREIGN: [(&str, &str); 17] = [
    ("auto_increment", "write `generated always as identity`: PostgreSQL has no `auto_increment`"),
    ("autoincrement", "write `generated always as identity`: PostgreSQL has no `autoincrement`"),
    ("identity", "write `generated always as identity`"),
    ("unsigned", "PostgreSQL has no unsigned types; add `check (column >= 0)` or take a larger type"),
    ("zerofill", "PostgreSQL keeps numbers, not their look; format them with `to_char`"),
    ("engine", "PostgreSQL has no storage engines; leave `engine = …` out"),
    ("modify", "write `alter column name type …` or `alter column name set not null`"),
    ("change", "write `rename column a to b` and `alter column b type …`"),
    ("duplicate", "write `on conflict (column) do update set …`"),
    ("replace", "write `insert into … on conflict (column) do update set …`"),
    ("ignore", "write `insert into … on conflict do nothing`"),
    ("describe", "read the `information_schema`, or use `mainstay sql` and its `\\d`"),
    ("use", "PostgreSQL has no `use`; name the schema: `schema.table`"),
    ("go", "end statements with a semicolon; PostgreSQL has no `go`"),
    ("top", "write `limit n` at the end of the query"),
    ("div", "write `/`: between integers it cuts off the fraction"),
    ("rlike", "write `~` for a regular expression"),
];

impl Parser<'_> {
    /// A hint for the token under the finger, where it was not expected.
    pub(super) fn hint(&self) -> Option<String> {
        if self.after_backtick() {
            return operator_hint("`");
        }
        match self.kind() {
            TokenKind::Operator(symbol) => operator_hint(symbol),
            TokenKind::Mark(mark) => self.mark_hint(mark),
            TokenKind::Word { text, class } => self.word_hint(text, *class),
            TokenKind::Stray => stray_hint(self.here().text(self.source)),
            TokenKind::Quoted(_) => {
                Some("double quotes name columns and tables; text stands in single quotes".to_owned())
            }
            _ => None,
        }
    }

    /// A backtick begins an operator, so that the mistake shows only a few tokens later.
    fn after_backtick(&self) -> bool {
        (1..=3).any(|back| {
            matches!(self.token_before(back).map(|token| &token.kind), Some(TokenKind::Operator(symbol)) if symbol.contains('`'))
        })
    }

    fn mark_hint(&self, mark: &str) -> Option<String> {
        let after_comma = self.previous_is(",");
        match mark {
            ")" if after_comma => Some("remove the comma before `)`".to_owned()),
            ";" if after_comma => Some("remove the comma before the semicolon".to_owned()),
            "[" => Some(
                "quote names with double quotes, not brackets; subscripts of a value need it in parentheses"
                    .to_owned(),
            ),
            ":" => Some("a named argument is written `name => value`".to_owned()),
            _ => None,
        }
    }

    fn word_hint(&self, text: &str, class: Option<KeywordClass>) -> Option<String> {
        if let Some((_, hint)) = FOREIGN.iter().find(|(word, _)| *word == text) {
            return Some((*hint).to_owned());
        }
        if self.previous_is(",") && matches!(text, "from" | "where") {
            return Some(format!("remove the comma before `{text}`"));
        }
        if class == Some(KeywordClass::Reserved) {
            return Some(format!("`{text}` is a reserved word; to use it as a name, quote it: \"{text}\""));
        }
        None
    }
}

fn operator_hint(symbol: &str) -> Option<String> {
    if symbol.starts_with('`') {
        return Some("quote names with double quotes: \"name\", not `name`".to_owned());
    }
    if symbol.starts_with('#') {
        return Some("a comment begins with `--`".to_owned());
    }
    if symbol == "@" {
        return Some("PostgreSQL has no `@variables`; parameters are `$1`, `$2` …".to_owned());
    }
    None
}

fn stray_hint(text: &str) -> Option<String> {
    match text {
        "\u{5c}" => {
            Some("backslash commands belong to psql; they cannot stand in a file of statements".to_owned())
        }
        "{" | "}" => Some("an array is written `array[1, 2]` or '{1,2}'".to_owned()),
        "$" => Some("parameters are `$1`, `$2` …".to_owned()),
        _ => None,
    }
}
