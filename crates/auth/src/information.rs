//! What anybody may know: health, settings, public keys (spec/auth.md §3).

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use serde_json::json;

use crate::protocol::answer;
use crate::state::AuthState;

/// Providers that clients ask about; none is on yet but the password.
const PROVIDERS: [&str; 24] = [
    "apple",
    "azure",
    "bitbucket",
    "discord",
    "facebook",
    "snapchat",
    "figma",
    "fly",
    "github",
    "gitlab",
    "google",
    "keycloak",
    "kakao",
    "linkedin",
    "linkedin_oidc",
    "notion",
    "spotify",
    "slack",
    "slack_oidc",
    "workos",
    "twitch",
    "twitter",
    "phone",
    "zoom",
];

pub(crate) async fn health() -> Response {
    let version = env!("CARGO_PKG_VERSION");
    let body = json!({ "version": version, "name": "GoTrue", "description": "Mainstay accounts" });
    answer(StatusCode::OK, &body)
}

pub(crate) async fn settings(State(state): State<AuthState>) -> Response {
    let mut external = serde_json::Map::new();
    external.insert("anonymous_users".to_owned(), json!(false));
    external.insert("email".to_owned(), json!(true));
    external.extend(PROVIDERS.iter().map(|provider| ((*provider).to_owned(), json!(false))));
    let body = json!({
        "external": external,
        "disable_signup": !state.settings.signup,
        "mailer_autoconfirm": state.settings.autoconfirm,
        "phone_autoconfirm": false,
        "sms_provider": "",
        "saml_enabled": false,
        "saml_private_key_next_configured": false,
        "passkeys_enabled": false,
    });
    answer(StatusCode::OK, &body)
}

pub(crate) async fn jwks(State(state): State<AuthState>) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=600")),
    ];
    (headers, state.gate.tokens().jwks().to_string()).into_response()
}
