//! What a verified token says: its payload as text, and the claims that we read ourselves.
//!
//! Types are strict: a claim of the wrong type is refused, never taken as absent.
//! **Must not:** be made from anything but the payload of a token whose signature held.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::TokenRules;
use super::error::TokenError;
use crate::caller::ANONYMOUS;

/// The claims of a verified token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    sql: policy::Claims,
    /// `sub`: whose token it is. Keys have none.
    pub subject: Option<String>,
    /// The role it asks for, from the configured claim.
    pub role: Option<String>,
    /// `session_id`: the session that it belongs to.
    pub session_id: Option<String>,
    /// `email`.
    pub email: Option<String>,
    /// `phone`.
    pub phone: Option<String>,
    /// `aal`: how surely the person was recognised.
    pub assurance: Option<String>,
    /// `is_anonymous`: an account without any address.
    pub is_anonymous: bool,
    /// `iss`: who made it.
    pub issuer: Option<String>,
    /// `aud`: whom it is for.
    pub audiences: Vec<String>,
    /// `exp`: when it ends, in Unix seconds.
    pub expires_at_s: Option<i64>,
    /// `nbf`: when it begins.
    pub begins_at_s: Option<i64>,
    /// `iat`: when it was made.
    pub issued_at_s: Option<i64>,
}

/// The last second of the year 9999: no calendar of ours goes further.
const TIME_MAX_S: i64 = 253_402_300_799;

impl Claims {
    /// Reads a payload.
    pub(crate) fn parse(payload: Vec<u8>, rules: &TokenRules) -> Result<Self, TokenError> {
        let text = String::from_utf8(payload).map_err(|_| TokenError::ClaimsSyntax)?;
        let members: Members = serde_json::from_str(&text).map_err(|_| TokenError::ClaimsSyntax)?;
        let subject = members.text("sub")?;
        let role = members.at_path(&rules.role_claim)?;
        let email = members.text("email")?;
        let sql = policy::Claims::new(
            members.json_with_role(text, role.as_deref()),
            subject.as_deref().and_then(canonical_uuid),
            email.clone(),
        );
        Ok(Self {
            sql,
            subject,
            role,
            email,
            session_id: members.text("session_id")?,
            phone: members.text("phone")?,
            assurance: members.text("aal")?,
            is_anonymous: members.value("is_anonymous")? == Some(Value::Bool(true)),
            issuer: members.text("iss")?,
            audiences: members.audiences()?,
            expires_at_s: members.time("exp")?,
            begins_at_s: members.time("nbf")?,
            issued_at_s: members.time("iat")?,
        })
    }

    /// The claims as SQL sees them: the payload, byte for byte as it was signed, with a role where it named none.
    pub fn sql(&self) -> &policy::Claims {
        &self.sql
    }

    /// Whether it is in time and for us. Asked at every use, also of a remembered token.
    pub(crate) fn check(&self, now_s: i64, rules: &TokenRules) -> Result<(), TokenError> {
        let leeway_s = rules.leeway_s;
        if self.expires_at_s.is_some_and(|end| now_s - end > leeway_s) {
            return Err(TokenError::Expired);
        }
        if self.begins_at_s.is_some_and(|begin| begin - now_s > leeway_s) {
            return Err(TokenError::Early);
        }
        if self.issued_at_s.is_some_and(|made| made - now_s > leeway_s) {
            return Err(TokenError::IssuedInFuture);
        }
        // A token that names nobody is a key, and keys are made without audience and issuer.
        let is_key = self.subject.is_none();
        let is_for_us = self.audiences.iter().any(|audience| rules.audiences.contains(audience));
        let may_lack_audience = is_key && self.audiences.is_empty();
        if !(rules.audiences.is_empty() || is_for_us || may_lack_audience) {
            return Err(TokenError::Audience);
        }
        let is_known = self.issuer.as_ref().is_some_and(|issuer| rules.issuers.contains(issuer));
        if !(rules.issuers.is_empty() || is_known || is_key) {
            return Err(TokenError::Issuer);
        }
        Ok(())
    }
}

/// A uuid as `auth.uid()` answers it, or nothing: subjects of other issuers need not be uuids.
fn canonical_uuid(text: &str) -> Option<String> {
    if text.starts_with("urn:") {
        return None;
    }
    uuid::Uuid::try_parse(text).ok().map(|id| id.hyphenated().to_string())
}

/// The members of a JSON object, each as its text. A name that comes twice is an error: two readers might
/// believe different ones.
struct Members(BTreeMap<String, Box<RawValue>>);

impl Members {
    /// The payload with a top-level `role`, which `request.jwt.claims` always has. Most tokens have it already.
    fn json_with_role(&self, text: String, role: Option<&str>) -> String {
        if self.0.contains_key("role") {
            return text;
        }
        let role = Value::String(role.unwrap_or(ANONYMOUS).to_owned());
        let start = text.trim_start().trim_start_matches('{');
        let comma = if self.0.is_empty() { "" } else { "," };
        format!("{{\"role\":{role}{comma}{start}")
    }

    fn value(&self, name: &'static str) -> Result<Option<Value>, TokenError> {
        let Some(raw) = self.0.get(name) else { return Ok(None) };
        serde_json::from_str(raw.get()).map(Some).map_err(|_| TokenError::ClaimsSyntax)
    }

    fn text(&self, name: &'static str) -> Result<Option<String>, TokenError> {
        match self.value(name)? {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            // GoTrue leaves some claims null for accounts without them; these three decide who somebody is.
            Some(Value::Null) if !matches!(name, "sub" | "role" | "iss") => Ok(None),
            Some(_) => Err(TokenError::NotText(name)),
        }
    }

    /// Whole seconds within the calendar, or absent. Neither text, fractions, null nor 1e400.
    fn time(&self, name: &'static str) -> Result<Option<i64>, TokenError> {
        let Some(raw) = self.0.get(name) else { return Ok(None) };
        let seconds = raw.get().parse::<i64>().ok();
        seconds
            .filter(|seconds| (0..=TIME_MAX_S).contains(seconds))
            .map(Some)
            .ok_or(TokenError::NotNumber(name))
    }

    fn audiences(&self) -> Result<Vec<String>, TokenError> {
        let text = |value: Value| match value {
            Value::String(text) => Ok(text),
            _ => Err(TokenError::NotAudience),
        };
        match self.value("aud")? {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::String(one)) => Ok(vec![one]),
            Some(Value::Array(several)) => several.into_iter().map(text).collect(),
            Some(_) => Err(TokenError::NotAudience),
        }
    }

    /// The claim at the configured path, such as `app_metadata.role`.
    fn at_path(&self, path: &[String]) -> Result<Option<String>, TokenError> {
        let Some((first, rest)) = path.split_first() else { return Ok(None) };
        let Some(raw) = self.0.get(first) else { return Ok(None) };
        let mut value: Value = serde_json::from_str(raw.get()).map_err(|_| TokenError::ClaimsSyntax)?;
        for name in rest {
            match value.get_mut(name) {
                Some(inner) => value = inner.take(),
                None => return Ok(None),
            }
        }
        match value {
            Value::String(text) => Ok(Some(text)),
            _ => Err(TokenError::NotText("role")),
        }
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Members, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, value)) = access.next_entry::<String, Box<RawValue>>()? {
            if members.insert(name, value).is_some() {
                return Err(A::Error::custom("a claim comes twice"));
            }
        }
        Ok(Members(members))
    }
}
