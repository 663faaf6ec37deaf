//! The user's own account: read, change, sign out (spec/auth.md §7).

use algebra::value::Value as Stored;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::bearer::{Client, SignedIn};
use crate::body::Json;
use crate::error::AuthError;
use crate::protocol::answer;
use crate::queries;
use crate::record::{optional, text};
use crate::sessions::{self, Scope};
use crate::state::AuthState;
use crate::users::{self, User};
use crate::{email, metadata, password};

pub(crate) async fn read(signed_in: SignedIn) -> Response {
    answer(StatusCode::OK, &signed_in.user.json())
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Change {
    email: Option<String>,
    phone: Option<String>,
    password: Option<String>,
    current_password: Option<String>,
    data: Option<Map<String, Value>>,
    app_metadata: Option<Value>,
}

pub(crate) async fn change(
    State(state): State<AuthState>,
    client: Client,
    signed_in: SignedIn,
    Json(change): Json<Change>,
) -> Result<Response, AuthError> {
    crate::routes::limit(&state, &client, "user", state.limits.sign_up_quota())?;
    let user = &signed_in.user;
    if change.app_metadata.is_some() {
        return Err(AuthError::forbidden("not_admin", "Updating app_metadata requires admin privileges"));
    }
    if change.phone.as_deref().is_some_and(|phone| !phone.is_empty()) {
        return Err(AuthError::bad("phone_provider_disabled", "Phone logins are disabled"));
    }
    let new_email = match &change.email {
        Some(address) => new_email(&state, user, address).await?,
        None => None,
    };
    let hash = match &change.password {
        Some(new) => Some(new_password(&state, user, new, change.current_password.as_ref()).await?),
        None => None,
    };
    let user_metadata = match change.data {
        Some(data) => Some(metadata::merge(user.record().json("raw_user_meta_data"), data)?.to_string()),
        None => None,
    };
    let changes = Changes { email: new_email, hash: hash.clone(), user_metadata, ..Changes::default() };
    apply(&state, user.id(), changes).await?;
    if hash.is_some() {
        sessions::end(&state, user.id(), signed_in.session_id.as_deref(), Scope::Others).await?;
    }
    let user = users::by_id(&state.session(), user.id()).await?.ok_or_else(gone)?;
    Ok(answer(StatusCode::OK, &user.json()))
}

/// A new address. It counts at once only where addresses are not confirmed by mail.
async fn new_email(state: &AuthState, user: &User, address: &str) -> Result<Option<String>, AuthError> {
    let address = email::parse(address)?;
    if address == user.email() {
        return Ok(None);
    }
    if users::by_email(&state.session(), &address, &state.settings.audience).await?.is_some() {
        let message = "A user with this email address has already been registered";
        return Err(AuthError::unprocessable("email_exists", message));
    }
    if !state.settings.autoconfirm {
        let message = "Changing the address needs confirmation by mail, which this version does not send yet";
        return Err(AuthError::unprocessable("email_provider_disabled", message));
    }
    Ok(Some(address))
}

async fn new_password(
    state: &AuthState,
    user: &User,
    new: &str,
    current: Option<&String>,
) -> Result<String, AuthError> {
    password::check(new, Some(user.email()), &state.settings, &state.limits)?;
    let hash = user.password_hash().map(str::to_owned);
    if let Some(current) = current
        && !state.hasher.verify(current.clone(), hash.clone()).await?
    {
        let message = "Current password required when setting new password.";
        return Err(AuthError::bad("current_password_invalid", message));
    }
    if state.hasher.verify(new.to_owned(), hash).await? {
        let message = "New password should be different from the old password.";
        return Err(AuthError::unprocessable("same_password", message));
    }
    state.hasher.hash(new.to_owned()).await
}

/// Changes of an account's row; what is `None` stays.
#[derive(Default)]
pub(crate) struct Changes {
    pub(crate) email: Option<String>,
    pub(crate) hash: Option<String>,
    pub(crate) app_metadata: Option<String>,
    pub(crate) user_metadata: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) audience: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) confirm_email: bool,
    pub(crate) confirm_phone: bool,
    /// `Some(None)` lifts a ban.
    pub(crate) banned_until: Option<Option<String>>,
}

/// Writes changes, all or none.
pub(crate) async fn apply(state: &AuthState, id: &str, changes: Changes) -> Result<(), AuthError> {
    let parameters = vec![
        text(id),
        optional(changes.email.clone()),
        optional(changes.hash),
        optional(changes.app_metadata),
        optional(changes.user_metadata),
        optional(changes.role),
        optional(changes.audience),
        optional(changes.phone),
        Stored::Bool(changes.confirm_email),
        Stored::Bool(changes.confirm_phone),
        Stored::Bool(changes.banned_until.is_some()),
        optional(changes.banned_until.flatten()),
    ];
    let mut writes = vec![(&queries::UPDATE_USER, parameters)];
    if let Some(address) = changes.email {
        writes.push((&queries::UPDATE_IDENTITY_EMAIL, vec![text(id), text(address)]));
    }
    state.session().run_all(&writes).await.map_err(users::taken)?;
    Ok(())
}

pub(crate) fn gone() -> AuthError {
    AuthError::missing("user_not_found", "User not found")
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct SignOut {
    scope: Option<String>,
}

pub(crate) async fn sign_out(
    State(state): State<AuthState>,
    signed_in: SignedIn,
    Query(given): Query<SignOut>,
) -> Result<Response, AuthError> {
    let scope = match given.scope.as_deref() {
        None | Some("" | "global") => Scope::All,
        Some("local") => Scope::This,
        Some("others") => Scope::Others,
        Some(other) => return Err(AuthError::invalid(format!("Unsupported logout scope \"{other}\""))),
    };
    sessions::end(&state, signed_in.user.id(), signed_in.session_id.as_deref(), scope).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
