//! Who calls: from a request's credentials to one verified identity.
//!
//! A token in `Authorization` wins over a key in `apikey`; nothing at all is `anon`. The role comes from a verified
//! credential and an allow-list, from nowhere else.
//! **Must not:** decide what a role may do, nor say more to a refused caller than that the credential is no good.

use std::sync::{Arc, PoisonError, RwLock};

use algebra::names::RoleName;
use http::header::{AUTHORIZATION, HeaderName, ORIGIN};
use http::{HeaderMap, Uri};
use policy::Caller;

use crate::api_keys::{ApiKeys, KeyKind};
use crate::failure::{Code, Failure};
use crate::revoked::Revoked;
use crate::tokens::{Claims, TokenError, TokenKeys};

/// The role of whoever shows no credential.
pub const ANONYMOUS: &str = "anon";

/// The role that row policies do not bind.
pub const SERVICE: &str = "service_role";

/// The header in which clients send the project's key.
pub const APIKEY: HeaderName = HeaderName::from_static("apikey");

/// Roles that no token can take, whatever the catalog knows: they own things.
const RESERVED: [&str; 6] = [
    "postgres",
    "supabase_admin",
    "supabase_auth_admin",
    "supabase_storage_admin",
    "authenticator",
    "mainstay",
];

/// Who calls, as one request's credentials prove.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Who asks, for the guard.
    pub caller: Caller,
    /// The token's claims, where a token was shown.
    pub claims: Option<Arc<Claims>>,
}

/// Verifies credentials. Cheap to clone; all clones see a change of keys.
#[derive(Clone)]
pub struct Gate(Arc<Inner>);

struct Inner {
    tokens: TokenKeys,
    keys: RwLock<Arc<ApiKeys>>,
    revoked: Revoked,
    /// The claims of whoever shows no token, made once.
    anonymous: policy::Claims,
    service: policy::Claims,
}

impl Gate {
    /// A gate for these tokens and keys.
    pub fn new(tokens: TokenKeys, keys: ApiKeys, revoked: Revoked) -> Self {
        let claims = |role| policy::Claims::new(format!("{{\"role\":\"{role}\"}}"), None, None);
        let (anonymous, service) = (claims(ANONYMOUS), claims(SERVICE));
        Self(Arc::new(Inner { tokens, keys: RwLock::new(Arc::new(keys)), revoked, anonymous, service }))
    }

    /// Takes other opaque keys into use.
    pub fn replace_keys(&self, keys: ApiKeys) {
        *self.0.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    /// The tokens behind the gate.
    pub fn tokens(&self) -> &TokenKeys {
        &self.0.tokens
    }

    /// The accounts and sessions whose tokens are refused.
    pub fn revoked(&self) -> &Revoked {
        &self.0.revoked
    }

    /// Who calls. `is_role` is the allow-list: the roles of the catalog.
    pub fn identify(
        &self,
        headers: &HeaderMap,
        uri: &Uri,
        is_role: &dyn Fn(&RoleName) -> bool,
    ) -> Result<Identity, Failure> {
        let identity = match (bearer(headers)?, apikey(headers)?, apikey_of_query(uri)) {
            (Some(credential), _, _) | (None, Some(credential), _) => self.believe(credential, is_role)?,
            (None, None, Some(key)) => self.believe_query(key, is_role)?,
            (None, None, None) => self.anonymous(),
        };
        if matches!(identity.caller, Caller::Service { .. }) && headers.contains_key(ORIGIN) {
            let hint = "use the publishable key in browsers, and replace this key, for it may have leaked";
            return Err(
                Failure::new(Code::KeyInBrowser, "a secret key cannot be used in a browser").hint(hint)
            );
        }
        Ok(identity)
    }

    fn anonymous(&self) -> Identity {
        Identity { caller: Caller::Anonymous { claims: self.0.anonymous.clone() }, claims: None }
    }

    fn believe(&self, credential: &str, is_role: &dyn Fn(&RoleName) -> bool) -> Result<Identity, Failure> {
        if ApiKeys::is_opaque(credential) {
            return self.believe_key(credential);
        }
        let claims = self.0.tokens.verify(credential)?;
        let is_refused = |id: &Option<String>| id.as_ref().is_some_and(|id| self.0.revoked.has(id));
        if is_refused(&claims.subject) || is_refused(&claims.session_id) {
            return Err(Failure::new(Code::TokenClaims, "JWT revoked").invalid_token());
        }
        let caller = caller_of(&claims, is_role)?;
        Ok(Identity { caller, claims: Some(claims) })
    }

    fn believe_key(&self, text: &str) -> Result<Identity, Failure> {
        let keys = Arc::clone(&self.0.keys.read().unwrap_or_else(PoisonError::into_inner));
        match keys.find(text) {
            Some(KeyKind::Publishable) => Ok(self.anonymous()),
            Some(KeyKind::Secret) => {
                Ok(Identity { caller: Caller::Service { claims: self.0.service.clone() }, claims: None })
            }
            None if ApiKeys::is_mistyped(text) => {
                Err(Failure::new(Code::KeyUnknown, "unknown API key").hint("it is not complete, or mistyped"))
            }
            None => Err(Failure::new(Code::KeyUnknown, "unknown API key")),
        }
    }

    /// Query strings are written to logs on the way, so only what stands in public pages may come in one.
    fn believe_query(&self, key: &str, is_role: &dyn Fn(&RoleName) -> bool) -> Result<Identity, Failure> {
        let identity = self.believe(key, is_role)?;
        match identity.caller {
            Caller::Anonymous { .. } => Ok(identity),
            _ => Err(Failure::new(Code::KeyUnknown, "only the publishable key can be sent in the URL")
                .hint("send this one in the header `apikey` or `Authorization`")),
        }
    }
}

fn caller_of(claims: &Claims, is_role: &dyn Fn(&RoleName) -> bool) -> Result<Caller, TokenError> {
    let sql = claims.sql().clone();
    match claims.role.as_deref() {
        None | Some(ANONYMOUS) => Ok(Caller::Anonymous { claims: sql }),
        Some(SERVICE) => Ok(Caller::Service { claims: sql }),
        Some(other) => {
            let unknown = || TokenError::Role(other.chars().take(64).collect());
            let role = RoleName::parse(other).map_err(|_| unknown())?;
            if RESERVED.contains(&other) || other.starts_with("pg_") || !is_role(&role) {
                return Err(unknown());
            }
            Ok(Caller::User { role, claims: sql })
        }
    }
}

/// The token of `Authorization: Bearer …`. Another scheme is somebody else's and counts as none.
pub fn bearer(headers: &HeaderMap) -> Result<Option<&str>, TokenError> {
    let Some(text) = single(headers, &AUTHORIZATION)? else { return Ok(None) };
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => match token.trim() {
            "" => Err(TokenError::Empty),
            token => Ok(Some(token)),
        },
        None if text.eq_ignore_ascii_case("bearer") => Err(TokenError::Empty),
        _ => Ok(None),
    }
}

fn apikey(headers: &HeaderMap) -> Result<Option<&str>, TokenError> {
    Ok(single(headers, &APIKEY)?.filter(|text| !text.is_empty()))
}

/// A header that decides who somebody is must not come twice: two readers might take different ones.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, TokenError> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(TokenError::Malformed("the header that carries it comes twice"));
    }
    value.to_str().map(|text| Some(text.trim())).map_err(|_| TokenError::Malformed("it is not ASCII"))
}

fn apikey_of_query(uri: &Uri) -> Option<&str> {
    uri.query()?.split('&').find_map(|pair| pair.strip_prefix("apikey=")).filter(|key| !key.is_empty())
}

#[cfg(test)]
mod tests;
