//! `current_setting('…')`: the settings that stand for facts about the caller, and the few that never change.

use algebra::expression::{CastStrength, Expr};
use algebra::types::Type;
use algebra::value::Value;

use super::binder::{Binder, Typed};
use super::coerce::cast;
use super::expression::{apply_symbol, fact};
use super::fail::{Bind, unsupported};
use crate::syntax::expression::{Call, ExprKind};
use crate::syntax::literal::Literal;
use crate::syntax::name::Span;

impl Binder<'_> {
    /// The claims arrive whole or one by one, as older projects read them.
    pub(crate) fn current_setting(&mut self, call: &Call, span: Span) -> Bind<Typed> {
        let name = match call.arguments.first().map(|argument| &*argument.value.kind) {
            Some(ExprKind::Literal(Literal::String(name))) => name.to_lowercase(),
            _ => return Err(unsupported("current_setting of a name that is not a constant", span)),
        };
        let text = |expr: Expr| cast(expr, Type::Text.into(), CastStrength::Explicit);
        let fixed = |value: &str| Expr::constant(Value::Text(value.to_owned()), Type::Text);
        let expr = match name.as_str() {
            "request.jwt.claims" => text(fact("auth_jwt")),
            "request.jwt.claim.sub" => text(fact("auth_uid")),
            "request.jwt.claim.email" => fact("auth_email"),
            "request.jwt.claim.role" => fact("auth_role"),
            "role" => text(fact("pg_current_user")),
            "timezone" => fixed("UTC"),
            "datestyle" => fixed("ISO, MDY"),
            "server_encoding" | "client_encoding" => fixed("UTF8"),
            "standard_conforming_strings" => fixed("on"),
            other => match other.strip_prefix("request.jwt.claim.") {
                Some(claim) => {
                    let key = Expr::constant(Value::Text(claim.to_owned()), Type::Text);
                    apply_symbol("pg_jsonb_field_text", vec![fact("auth_jwt"), key])
                }
                None => {
                    return Err(unsupported(&format!("the setting \"{other}\""), span).with_hint(
                        "What is known of the caller is in auth.uid(), auth.role() and auth.jwt().",
                    ));
                }
            },
        };
        Ok(Typed::new(expr, span))
    }
}
