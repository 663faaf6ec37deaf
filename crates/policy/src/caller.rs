//! Who asks.

use std::sync::Arc;

use algebra::names::RoleName;

/// The caller of a statement. Closed: what each may do is `guard`'s to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// No credential, or the publishable key: role `anon`.
    Anonymous { claims: Claims },
    /// A verified token: its role (`authenticated` or one that the token names and the catalog knows).
    User { role: RoleName, claims: Claims },
    /// The service key: role `service_role`, past row policies.
    Service { claims: Claims },
    /// Mainstay's own services: everything, past grants and row policies.
    System,
}

/// The verified claims of a token, as SQL sees them. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claims {
    inner: Arc<ClaimsInner>,
}

#[derive(Debug, PartialEq, Eq, Default)]
struct ClaimsInner {
    json: Option<String>,
    user_id: Option<String>,
    email: Option<String>,
}

impl Claims {
    /// Claims from their JSON object text, with what `auth.uid()` (canonical uuid text) and `auth.email()` answer.
    #[must_use]
    pub fn new(json: String, user_id: Option<String>, email: Option<String>) -> Self {
        Self { inner: Arc::new(ClaimsInner { json: Some(json), user_id, email }) }
    }

    /// The whole claims object as JSON text; `None` without a token.
    #[must_use]
    pub fn json(&self) -> Option<&str> {
        self.inner.json.as_deref()
    }

    /// `sub`, when it is a uuid.
    #[must_use]
    pub fn user_id(&self) -> Option<&str> {
        self.inner.user_id.as_deref()
    }

    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.inner.email.as_deref()
    }
}

impl Caller {
    /// The database role the statement runs as.
    #[must_use]
    pub fn role(&self) -> RoleName {
        match self {
            Caller::Anonymous { .. } => RoleName::literal("anon"),
            Caller::User { role, .. } => role.clone(),
            Caller::Service { .. } => RoleName::literal("service_role"),
            Caller::System => RoleName::literal("postgres"),
        }
    }

    /// The claims, for everyone but the system.
    #[must_use]
    pub fn claims(&self) -> Option<&Claims> {
        match self {
            Caller::Anonymous { claims } | Caller::User { claims, .. } | Caller::Service { claims } => {
                Some(claims)
            }
            Caller::System => None,
        }
    }

    /// Whether row policies do not hold for it.
    #[must_use]
    pub fn bypasses_row_security(&self) -> bool {
        matches!(self, Caller::Service { .. } | Caller::System)
    }

    /// Whether a credential of its own was shown, which decides between 401 and 403.
    #[must_use]
    pub fn is_authenticated(&self) -> bool {
        !matches!(self, Caller::Anonymous { .. })
    }
}
