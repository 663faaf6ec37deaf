//! `POST /token?grant_type=password` (spec/auth.md §5.1).

use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

use crate::bearer::Client;
use crate::error::AuthError;
use crate::failures::Attempt;
use crate::protocol::answer;
use crate::queries;
use crate::record::text;
use crate::state::AuthState;
use crate::users::{self, User};
use crate::{email, password, sessions};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Credentials {
    email: Option<String>,
    phone: Option<String>,
    password: Option<String>,
}

/// Signs in. Unknown account, account without a password and wrong password cannot be told apart, by answer or by time.
pub(crate) async fn by_password(
    state: &AuthState,
    client: &Client,
    given: Credentials,
) -> Result<Response, AuthError> {
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let address = match (filled(given.email), filled(given.phone)) {
        (Some(_), Some(_)) => {
            let message = "Only an email address or phone number should be provided on login.";
            return Err(AuthError::invalid(message));
        }
        (None, None) => return Err(AuthError::invalid("missing email or phone")),
        (None, Some(_)) => {
            return Err(AuthError::unprocessable("phone_provider_disabled", "Phone logins are disabled"));
        }
        (Some(address), None) => address.trim().to_lowercase(),
    };
    let given_password = given.password.unwrap_or_default();
    if given_password.len() > state.limits.password_bytes_max {
        return Err(refused());
    }
    let attempt = Attempt::new(state, &address, client);
    attempt.check(state).await?;
    let user = match email::parse(&address) {
        Ok(address) => users::by_email(&state.session(), &address, &state.settings.audience).await?,
        Err(_) => None,
    };
    let hash = user.as_ref().and_then(User::password_hash).map(str::to_owned);
    let is_right = state.hasher.verify(given_password.clone(), hash.clone()).await?;
    let (Some(user), Some(hash), true) = (user, hash, is_right) else {
        attempt.failed(state).await?;
        return Err(refused());
    };
    attempt.succeeded(state).await?;
    if user.is_banned() {
        return Err(AuthError::bad("user_banned", "User is banned"));
    }
    if !user.is_confirmed() {
        return Err(AuthError::bad("email_not_confirmed", "Email not confirmed"));
    }
    if state.hasher.is_outdated(&hash) {
        let new = state.hasher.hash(given_password.clone()).await?;
        let parameters = vec![text(user.id()), text(hash), text(new)];
        state.session().run(&queries::REHASH_PASSWORD, parameters).await?;
    }
    let mut session = sessions::open(state, &user, "password", client).await?;
    if let Some((reason, message)) = password::weakness(&given_password, Some(user.email()), &state.settings)
    {
        session["weak_password"] = json!({ "message": message, "reasons": [reason] });
    }
    Ok(answer(StatusCode::OK, &session))
}

fn refused() -> AuthError {
    AuthError::bad("invalid_credentials", "Invalid login credentials")
}
