//! What is refused by name: statements and objects that come with a later version, or never.
//!
//! One place, so that the list of refusals in the docs can be made from it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::fail::unsupported;
use crate::diagnostic::Diagnostic;
use crate::syntax::name::Span;
use crate::syntax::object::ObjectKind;
use crate::syntax::statement::StatementKind;

/// A statement that is not served, with what it is and what to do meanwhile.
pub(crate) fn statement(kind: &StatementKind, span: Span) -> Diagnostic {
    let (what, hint) = match kind {
        StatementKind::CreateFunction(_) => (
            "create function",
            "Functions come with a later version; until then write the expression where it is used, or do it in the application.",
        ),
        StatementKind::CreateTrigger(_) => (
            "create trigger",
            "Triggers come with a later version; until then use defaults, generated columns and foreign keys with actions.",
        ),
        StatementKind::Do(_) => (
            "do",
            "Blocks of code come with a later version; until then write the statements themselves, with if [not] exists.",
        ),
        StatementKind::CreateMaterializedView(_) | StatementKind::RefreshMaterializedView(_) => (
            "a materialized view",
            "Materialized views come with a later version; until then use a view, or a table that is filled.",
        ),
        StatementKind::AlterDomain(_) => ("alter domain", "Drop the domain and make it anew."),
        StatementKind::Call(_) => ("call", "Procedures come with a later version."),
        StatementKind::Transaction(transaction) => {
            return unsupported(&format!("`{}` in a migration", transaction.command), span)
                .with_hint("A migration is one transaction as it is: leave the line out.");
        }
        StatementKind::Explain(_) => ("explain", "Use the engine's own tools on its database."),
        StatementKind::Show(_) => ("show", "Use select current_setting('…')."),
        StatementKind::Unserved(unserved) => {
            return unsupported(unserved.command, unserved.span);
        }
        _ => ("this statement", "Leave it out."),
    };
    unsupported(what, span).with_hint(hint)
}

/// Statements that change nothing that is kept: `notify pgrst, 'reload schema'` ends many migrations.
pub(crate) fn is_without_effect(command: &str) -> bool {
    matches!(command, "notify" | "analyze" | "lock" | "lock table")
}

/// A kind of object that is not served.
pub(crate) fn later(kind: ObjectKind, span: Span) -> Diagnostic {
    let (what, hint) = match kind {
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => {
            ("a function", "Functions come with a later version.")
        }
        ObjectKind::Trigger | ObjectKind::EventTrigger => {
            ("a trigger", "Triggers come with a later version.")
        }
        ObjectKind::MaterializedView => {
            ("a materialized view", "Materialized views come with a later version.")
        }
        ObjectKind::Rule => ("a rule", "Rules are not served; use a view."),
        ObjectKind::TextSearchConfiguration
        | ObjectKind::TextSearchDictionary
        | ObjectKind::TextSearchParser
        | ObjectKind::TextSearchTemplate => {
            ("a text search object", "Full-text search comes with a later version.")
        }
        ObjectKind::Collation => ("a collation", "Text is ordered as by the collation \"C\"."),
        _ => ("this kind of object", "Leave it out."),
    };
    unsupported(what, span).with_hint(hint)
}

/// Whether PostgreSQL, or an extension that is often used with it, has a function of this name.
pub(crate) fn is_known_function(name: &str) -> bool {
    static KNOWN: LazyLock<BTreeSet<&'static str>> =
        LazyLock::new(|| include_str!("known_functions.txt").lines().collect());
    KNOWN.contains(name)
}
