//! Confirming an address: the mail with the link, and the link (spec/auth.md §4, §6).

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{HeaderValue, LOCATION};
use serde::Deserialize;
use serde_json::json;

use crate::bearer::Client;
use crate::body::Json;
use crate::error::AuthError;
use crate::outbox::Mail;
use crate::protocol::answer;
use crate::queries;
use crate::record::{first, text};
use crate::state::AuthState;
use crate::users::User;
use crate::{sessions, users};

/// A new link's token, and how it is stored.
pub(crate) struct Token {
    pub(crate) plain: String,
    pub(crate) stored: String,
}

/// Makes the token of a link: 192 bits.
pub(crate) fn token(state: &AuthState) -> Result<Token, AuthError> {
    let plain = web::random::text::<24>(state.random.as_ref())?;
    Ok(Token { stored: sessions::hash(&plain), plain })
}

/// Leaves the mail that asks for confirmation in the outbox.
pub(crate) fn post(state: &AuthState, address: &str, token: &Token) -> Result<(), AuthError> {
    let link = format!("{}/verify?token={}&type=signup", state.settings.external_url, token.plain);
    let text = format!(
        "Welcome!\n\nFollow this link to confirm your address:\n\n{link}\n\nIf you did not sign up, ignore this mail.\n"
    );
    let subject = "Confirm your address".to_owned();
    let mail = Mail { kind: "confirmation", to: address.to_owned(), subject, text, link: Some(link) };
    state.outbox.post(mail).map_err(|error| AuthError::internal(&error))
}

/// `POST /verify`.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Verify {
    #[serde(rename = "type")]
    kind: String,
    token_hash: String,
    token: String,
    redirect_to: Option<String>,
}

pub(crate) async fn verify(
    State(state): State<AuthState>,
    client: Client,
    Json(verify): Json<Verify>,
) -> Result<Response, AuthError> {
    limit(&state, &client)?;
    let user = confirm(&state, &verify).await?;
    let answered = sessions::open(&state, &user, "otp", &client).await?;
    Ok(answer(StatusCode::OK, &answered))
}

/// `GET /verify`: the link in the mail. Always leads to the site, with tokens or an error in the fragment.
pub(crate) async fn follow(
    State(state): State<AuthState>,
    client: Client,
    Query(verify): Query<Verify>,
) -> Result<Response, AuthError> {
    limit(&state, &client)?;
    let _ = &verify.redirect_to;
    let fragment = match confirm(&state, &verify).await {
        Ok(user) => {
            let session = sessions::open(&state, &user, "otp", &client).await?;
            let member =
                |key: &str| session[key].as_str().map_or_else(|| session[key].to_string(), str::to_owned);
            format!(
                "access_token={}&expires_at={}&expires_in={}&refresh_token={}&sb=&token_type=bearer&type=signup",
                member("access_token"),
                member("expires_at"),
                member("expires_in"),
                member("refresh_token")
            )
        }
        Err(error) if error.status.is_server_error() => return Err(error),
        Err(error) => format!(
            "error=access_denied&error_code={}&error_description={}&sb=",
            error.symbol,
            error.message.replace(' ', "+")
        ),
    };
    // Where else a link may lead is decided by an allow-list, which comes with the other kinds of mail.
    let location = HeaderValue::from_str(&format!("{}#{fragment}", state.settings.site_url))
        .map_err(|error| AuthError::internal(&error))?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}

fn limit(state: &AuthState, client: &Client) -> Result<(), AuthError> {
    crate::routes::limit(state, client, "verify", state.limits.verification_quota())
}

async fn confirm(state: &AuthState, verify: &Verify) -> Result<User, AuthError> {
    let token = match (verify.token_hash.as_str(), verify.token.as_str()) {
        ("", "") => {
            return Err(AuthError::invalid("Verify requires either a token or a token hash"));
        }
        ("", token) => token,
        (hash, "") => hash,
        _ => return Err(AuthError::invalid("Only the token_hash and type should be provided")),
    };
    match verify.kind.as_str() {
        "signup" | "email" => {}
        "" => return Err(AuthError::invalid("Verify requires a verification type")),
        _ => return Err(AuthError::invalid("Invalid email verification type")),
    }
    let since_s = state.now_s() - state.settings.link_s;
    let rows = state
        .session()
        .run(&queries::CONFIRM_USER, vec![text(sessions::hash(token)), text(timestamp(since_s))])
        .await?;
    let expired = || AuthError::forbidden("otp_expired", "Email link is invalid or has expired");
    let id = first(&rows).and_then(|row| row.text("id")).ok_or_else(expired)?.to_owned();
    let user = users::by_id(&state.session(), &id).await?.ok_or_else(expired)?;
    if user.is_banned() {
        return Err(AuthError::forbidden("user_banned", "User is banned"));
    }
    Ok(user)
}

/// Unix seconds as a stored timestamp.
pub(crate) fn timestamp(unix_s: i64) -> String {
    let moment = jiff::Timestamp::from_second(unix_s).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    moment.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string()
}

/// `POST /resend`: the confirmation again; always `{}`, whoever asks.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Resend {
    #[serde(rename = "type")]
    kind: String,
    email: Option<String>,
}

pub(crate) async fn resend(
    State(state): State<AuthState>,
    client: Client,
    Json(resend): Json<Resend>,
) -> Result<Response, AuthError> {
    crate::routes::limit(&state, &client, "mail", state.limits.sign_up_quota())?;
    if resend.kind != "signup" {
        return Err(AuthError::invalid(
            "Missing one of these types: signup, email_change, sms, phone_change",
        ));
    }
    let Some(given) = resend.email else {
        return Err(AuthError::invalid("Type provided requires an email address"));
    };
    let address = crate::email::parse(&given)?;
    let found = users::by_email(&state.session(), &address, &state.settings.audience).await?;
    if let Some(user) = found.filter(|user| !user.is_confirmed()) {
        again(&state, &user, &address).await?;
    }
    Ok(answer(StatusCode::OK, &json!({})))
}

/// Sends the confirmation of an unconfirmed account again, not more often than allowed.
pub(crate) async fn again(state: &AuthState, user: &User, address: &str) -> Result<(), AuthError> {
    let quota =
        web::Quota { count: 1, period_s: u64::try_from(state.settings.mail_interval_s).unwrap_or(60) };
    if let Err(over) = state.rates.take("confirmation", user.id(), quota) {
        tracing::info!(wait_s = over.retry_after_s, "a confirmation is not sent again yet");
        return Ok(());
    }
    let token = token(state)?;
    let parameters = vec![text(user.id()), text(token.stored.clone())];
    state.session().run(&queries::RENEW_CONFIRMATION, parameters).await?;
    post(state, address, &token)
}
