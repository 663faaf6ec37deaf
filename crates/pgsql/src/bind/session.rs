//! Settings of the session: what is kept, what is accepted and without effect.

use super::Setting;
use super::binder::Binder;
use super::fail::{Bind, unsupported};
use crate::syntax::expression::{Expr, ExprKind};
use crate::syntax::literal::Literal;
use crate::syntax::name::Span;
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
