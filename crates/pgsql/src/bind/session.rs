//! Settings of the session: what is kept, what is accepted and without effect.

use algebra::names::SchemaName;

use super::binder::Binder;
use super::fail::{Bind, unsupported};
use super::{Options, Setting};
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::literal::Literal;
use crate::syntax::name::Span;
use crate::syntax::query::{Query, QueryBody};
use crate::syntax::session::{Reset, Set, SetScope, SetValue};

impl Binder<'_> {
    pub(crate) fn set(&mut self, set: &Set, span: Span) -> Bind<()> {
        let name = set.name.dotted();
        let value = match &set.value {
            SetValue::Default => None,
            SetValue::Current => return Err(unsupported("set … from current", span)),
            SetValue::Modes(_) => return Ok(()),
            SetValue::Values(values) => Some(values.iter().map(text).collect::<Vec<_>>().join(", ")),
        };
        if name == "timezone" && value.as_deref().is_some_and(|zone| !is_utc(zone)) {
            return Err(unsupported("a time zone other than UTC", span)
                .with_hint("Times are kept in UTC; use `at time zone` where another is wanted."));
        }
        if matches!(name.as_str(), "role" | "session_authorization") {
            return Err(unsupported(&format!("set {name}"), span));
        }
        self.setting(Setting { name, value, local: set.scope == SetScope::Local });
        Ok(())
    }

    pub(crate) fn reset(&mut self, reset: &Reset) {
        let name = reset.name.as_ref().map_or_else(|| "all".to_owned(), |name| name.dotted());
        self.setting(Setting { name, value: None, local: false });
    }
}

fn is_utc(zone: &str) -> bool {
    matches!(zone.to_lowercase().as_str(), "utc" | "gmt" | "etc/utc" | "zulu" | "0" | "default" | "local")
}

/// A setting's value as text.
fn text(value: &Expr) -> String {
    match &*value.kind {
        ExprKind::Literal(Literal::String(text)) => text.clone(),
        ExprKind::Literal(Literal::Integer(number)) => number.to_string(),
        ExprKind::Literal(Literal::Number(digits)) => digits.clone(),
        ExprKind::Literal(Literal::Bool(value)) => if *value { "on" } else { "off" }.to_owned(),
        ExprKind::Column(name) => name.dotted(),
        _ => String::new(),
    }
}

/// `select set_config('name', 'value', local)` with constants, as dumps write it.
pub(crate) fn set_config(query: &Query) -> Option<Setting> {
    let QueryBody::Select(select) = &query.body else { return None };
    let ([target], None, true) = (select.targets.as_slice(), &select.filter, select.from.is_empty()) else {
        return None;
    };
    let ExprKind::Call(call) = &*target.value.kind else { return None };
    let [name, value, local] = call.arguments.as_slice() else { return None };
    let literals = (&*name.value.kind, &*value.value.kind, &*local.value.kind);
    match literals {
        (
            ExprKind::Literal(Literal::String(name)),
            ExprKind::Literal(Literal::String(value)),
            ExprKind::Literal(Literal::Bool(local)),
        ) if call.name.last().text == "set_config" => {
            Some(Setting { name: name.clone(), value: Some(value.clone()), local: *local })
        }
        _ => None,
    }
}

impl Options {
    /// The options for what follows a setting: `search_path` is the one that binding knows.
    #[must_use]
    pub fn with(&self, setting: &Setting) -> Self {
        let mut next = self.clone();
        if setting.name == "search_path" || (setting.name == "all" && setting.value.is_none()) {
            next.search_path = match &setting.value {
                None => Self::at(self.now).search_path,
                Some(path) => schemas(path),
            };
        }
        next
    }
}

/// The schemas of a search path; `"$user"` is nobody's.
fn schemas(path: &str) -> Vec<SchemaName> {
    let names = path.split(',').map(|part| part.trim());
    let names = names.map(|part| match part.strip_prefix('"').and_then(|part| part.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => part.to_lowercase(),
    });
    names.filter(|name| name != "$user").filter_map(|name| SchemaName::parse(&name).ok()).collect()
}
