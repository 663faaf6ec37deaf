//! Sessions and their tokens: what a sign-in answers (spec/auth.md §2.4, §2.5).
//!
//! A refresh token is the MAC of its session and its number in it, so the next one is the same for everybody who asks for it at
//! once, and the database keeps only hashes.

use algebra::value::Value as Stored;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;
use serde_json::{Map, Value, json};

use crate::bearer::Client;
use crate::error::AuthError;
use crate::queries;
use crate::record::{first, optional, records, text};
use crate::state::AuthState;
use crate::users::{self, User};

/// Opens a session for an account and answers its tokens.
pub(crate) async fn open(
    state: &AuthState,
    user: &User,
    method: &'static str,
    client: &Client,
) -> Result<Value, AuthError> {
    let id = users::new_id(state)?;
    let token = refresh_token(state, &id, 0);
    let session = vec![
        text(id.clone()),
        text(user.id()),
        optional(client.agent.clone()),
        optional(client.address.clone()),
    ];
    state
        .session()
        .run_all(&[
            (&queries::INSERT_SESSION, session),
            (&queries::INSERT_AMR, vec![text(id.clone()), text(method)]),
            (&queries::INSERT_REFRESH_TOKEN, vec![text(hash(&token)), text(user.id()), text(id.clone())]),
            (&queries::TOUCH_LOGIN, vec![text(user.id())]),
            (&queries::TOUCH_IDENTITY, vec![text(user.id())]),
        ])
        .await?;
    let user = users::by_id(&state.session(), user.id())
        .await?
        .ok_or_else(|| AuthError::internal(&"an account vanished while it signed in"))?;
    response(state, &user, &id, token).await
}

/// The answer with an access token for a session.
pub(crate) async fn response(
    state: &AuthState,
    user: &User,
    session_id: &str,
    refresh_token: String,
) -> Result<Value, AuthError> {
    let mut answers = state
        .session()
        .run_all(&[
            (&queries::SESSION_BY_ID, vec![text(session_id)]),
            (&queries::AMR_OF_SESSION, vec![text(session_id)]),
        ])
        .await?;
    let methods = answers.pop().unwrap_or_default();
    let sessions = answers.pop().unwrap_or_default();
    let aal = first(&sessions).and_then(|row| row.text("aal")).unwrap_or("aal1").to_owned();
    let amr: Vec<Value> = records(&methods)
        .map(|row| json!({ "method": row.text_or_empty("authentication_method"), "timestamp": row.int("at_s") }))
        .collect();
    let now_s = state.now_s();
    let expires_at = now_s + state.settings.access_token_s;
    let record = user.record();
    let claims = json!({
        "iss": state.settings.issuer,
        "sub": user.id(),
        "aud": record.text_or_empty("aud"),
        "exp": expires_at,
        "iat": now_s,
        "email": user.email(),
        "phone": record.text_or_empty("phone"),
        "app_metadata": record.json("raw_app_meta_data"),
        "user_metadata": record.json("raw_user_meta_data"),
        "role": record.text_or_empty("role"),
        "aal": aal,
        "amr": amr,
        "session_id": session_id,
        "is_anonymous": record.is_true("is_anonymous"),
    });
    let access_token =
        state.gate.tokens().sign(&claims.to_string()).map_err(|error| AuthError::internal(&error))?;
    let mut answer = Map::new();
    answer.insert("access_token".to_owned(), json!(access_token));
    answer.insert("token_type".to_owned(), json!("bearer"));
    answer.insert("expires_in".to_owned(), json!(state.settings.access_token_s));
    answer.insert("expires_at".to_owned(), json!(expires_at));
    answer.insert("refresh_token".to_owned(), json!(refresh_token));
    answer.insert("user".to_owned(), user.json());
    Ok(Value::Object(answer))
}

/// The refresh token of a session with this number: 26 characters, 156 bits.
pub(crate) fn refresh_token(state: &AuthState, session_id: &str, number: i64) -> String {
    let tag = state.refresh_key.sign(&format!("{session_id}:{number}"));
    let mut token = URL_SAFE_NO_PAD.encode(tag.as_ref());
    token.truncate(26);
    token
}

/// How a refresh token is kept.
pub(crate) fn hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, token.as_bytes()))
}

/// Which sessions of an account end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    All,
    This,
    Others,
}

/// Ends sessions, and refuses their access tokens from now on.
pub(crate) async fn end(
    state: &AuthState,
    user_id: &str,
    session_id: Option<&str>,
    scope: Scope,
) -> Result<(), AuthError> {
    let user = || text(user_id);
    let session = || optional(session_id);
    let delete = match scope {
        Scope::All => (&queries::DELETE_SESSIONS, vec![user()]),
        Scope::This => (&queries::DELETE_SESSION, vec![user(), session()]),
        Scope::Others if session_id.is_none() => (&queries::DELETE_SESSIONS, vec![user()]),
        Scope::Others => (&queries::DELETE_OTHER_SESSIONS, vec![user(), session()]),
    };
    let mut answers = state.session().run_all(&[(&queries::SESSIONS_OF_USER, vec![user()]), delete]).await?;
    answers.truncate(1);
    let ids = answers.pop().unwrap_or_default();
    let now_s = state.now_s();
    for id in records(&ids).filter_map(|row| row.text("id")) {
        let is_this = session_id == Some(id);
        let ends = match scope {
            Scope::All => true,
            Scope::This => is_this,
            Scope::Others => !is_this,
        };
        if ends {
            state.gate.revoked().refuse(id, now_s + state.settings.access_token_s + 60, now_s);
        }
    }
    Ok(())
}

/// NULL or a number.
pub(crate) fn number(value: i64) -> Stored {
    Stored::Int(value)
}
