//! `POST /signup` (spec/auth.md §4).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::bearer::Client;
use crate::body::Json;
use crate::error::AuthError;
use crate::protocol::answer;
use crate::state::AuthState;
use crate::users::{self, NewAccount, User};
use crate::{confirmation, email, password, sessions};

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct SignUp {
    email: Option<String>,
    phone: Option<String>,
    password: Option<String>,
    data: Option<Map<String, Value>>,
}

pub(crate) async fn sign_up(
    State(state): State<AuthState>,
    client: Client,
    Json(given): Json<SignUp>,
) -> Result<Response, AuthError> {
    crate::routes::limit(&state, &client, "signup", state.limits.sign_up_quota())?;
    let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
    let (address, phone) = (filled(given.email), filled(given.phone));
    if address.is_none() && phone.is_none() {
        return Err(AuthError::unprocessable(
            "anonymous_provider_disabled",
            "Anonymous sign-ins are disabled",
        ));
    }
    if !state.settings.signup {
        return Err(AuthError::unprocessable("signup_disabled", "Signups not allowed for this instance"));
    }
    let Some(new_password) = filled(given.password) else {
        return Err(AuthError::invalid("Signup requires a valid password"));
    };
    let address = match (address, phone) {
        (Some(_), Some(_)) => {
            let message = "Only an email address or phone number should be provided on signup.";
            return Err(AuthError::invalid(message));
        }
        (None, _) => return Err(AuthError::bad("phone_provider_disabled", "Phone signups are disabled")),
        (Some(address), None) => email::parse(&address)?,
    };
    password::check(&new_password, Some(&address), &state.settings, &state.limits)?;
    let data = given.data.unwrap_or_default();
    match users::by_email(&state.session(), &address, &state.settings.audience).await? {
        Some(user) => existing(&state, &user, &address, new_password, data).await,
        None => fresh(&state, &client, address, new_password, data).await,
    }
}

/// The address is known. Who confirms by mail is not told: the answer is that of a new account, and takes as long.
async fn existing(
    state: &AuthState,
    user: &User,
    address: &str,
    new_password: String,
    data: Map<String, Value>,
) -> Result<Response, AuthError> {
    if state.settings.autoconfirm {
        return Err(AuthError::unprocessable("user_already_exists", "User already registered"));
    }
    state.hasher.hash(new_password).await?;
    if !user.is_confirmed() {
        confirmation::again(state, user, address).await?;
    }
    Ok(answer(StatusCode::OK, &obfuscated(state, address, data)?))
}

async fn fresh(
    state: &AuthState,
    client: &Client,
    address: String,
    new_password: String,
    data: Map<String, Value>,
) -> Result<Response, AuthError> {
    let token = match state.settings.autoconfirm {
        true => None,
        false => Some(confirmation::token(state)?),
    };
    let account = NewAccount {
        email: Some(address.clone()),
        password: Some(new_password),
        email_confirmed: state.settings.autoconfirm,
        user_metadata: data.clone(),
        confirmation: token.as_ref().map(|token| token.stored.clone()),
        ..NewAccount::default()
    };
    let id = match users::create_account(state, account).await {
        // Somebody signed up with the same address at the same moment.
        Err(error) if error.symbol == "email_exists" && state.settings.autoconfirm => {
            return Err(AuthError::unprocessable("user_already_exists", "User already registered"));
        }
        Err(error) if error.symbol == "email_exists" => {
            return Ok(answer(StatusCode::OK, &obfuscated(state, &address, data)?));
        }
        other => other?,
    };
    let Some(token) = token else {
        let user = created(state, &id).await?;
        let session = sessions::open(state, &user, "password", client).await?;
        return Ok(answer(StatusCode::OK, &session));
    };
    confirmation::post(state, &address, &token)?;
    Ok(answer(StatusCode::OK, &created(state, &id).await?.json()))
}

async fn created(state: &AuthState, id: &str) -> Result<User, AuthError> {
    users::by_id(&state.session(), id)
        .await?
        .ok_or_else(|| AuthError::internal(&"an account vanished after it was made"))
}

/// What stands for an account that exists already: the answer of a new one, and nothing about the other.
fn obfuscated(state: &AuthState, address: &str, data: Map<String, Value>) -> Result<Value, AuthError> {
    let now = confirmation::timestamp(state.now_s()).replace("+00:00", "Z");
    Ok(json!({
        "id": users::new_id(state)?,
        "aud": state.settings.audience,
        "role": "",
        "email": address,
        "phone": "",
        "confirmation_sent_at": now,
        "app_metadata": { "provider": "email", "providers": ["email"] },
        "user_metadata": data,
        "identities": [],
        "created_at": now,
        "updated_at": now,
        "is_anonymous": false,
    }))
}
