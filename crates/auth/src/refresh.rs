//! `POST /token?grant_type=refresh_token` (spec/auth.md §5.2): rotation, and what reuse of an old token means.

use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;

use crate::error::AuthError;
use crate::protocol::answer;
use crate::queries;
use crate::record::{Record, first, text};
use crate::sessions::{self, hash, number, refresh_token};
use crate::state::AuthState;
use crate::users;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Refresh {
    refresh_token: Option<String>,
}

/// A token as the database knows it.
struct Presented {
    hash: String,
    revoked: bool,
    updated_s: i64,
    session_id: String,
    user_id: String,
    /// The number of the session's newest token.
    newest: i64,
    /// It is the one before the active one: the client did not get the answer to its refresh.
    is_parent_of_active: bool,
    has_active: bool,
}

pub(crate) async fn refresh(state: &AuthState, given: Refresh) -> Result<Response, AuthError> {
    let Some(token) = given.refresh_token.filter(|token| !token.is_empty()) else {
        let mut error = AuthError::bad("invalid_request", "refresh_token required");
        error.oauth = true;
        return Err(error);
    };
    let rows = state.session().run(&queries::TOKEN_BY_HASH, vec![text(hash(&token))]).await?;
    let Some(row) = first(&rows) else {
        return Err(AuthError::bad(
            "refresh_token_not_found",
            "Invalid Refresh Token: Refresh Token Not Found",
        ));
    };
    let no_session = || AuthError::bad("session_not_found", "Invalid Refresh Token: No Valid Session Found");
    let presented = presented(row).ok_or_else(no_session)?;
    let user = users::by_id(&state.session(), &presented.user_id).await?.ok_or_else(no_session)?;
    if user.is_banned() {
        return Err(AuthError::bad("user_banned", "Invalid Refresh Token: User Banned"));
    }
    let next = if presented.revoked {
        successor(state, &presented).await?
    } else {
        rotate(state, &presented).await?
    };
    let session = sessions::response(state, &user, &presented.session_id, next).await?;
    Ok(answer(StatusCode::OK, &session))
}

fn presented(row: Record<'_>) -> Option<Presented> {
    let hash = row.text_or_empty("token").to_owned();
    Some(Presented {
        revoked: row.is_true("revoked"),
        updated_s: row.int("updated_s").unwrap_or_default(),
        session_id: row.text("session_id")?.to_owned(),
        user_id: row.text("user_id")?.to_owned(),
        newest: row.int("refresh_token_counter")?,
        is_parent_of_active: row.text("active_parent") == Some(hash.as_str()),
        has_active: row.is_true("has_active"),
        hash,
    })
}

/// Uses the active token: it is revoked and its successor issued, in one transaction. Who comes at the same moment computes the
/// same successor and changes nothing.
async fn rotate(state: &AuthState, presented: &Presented) -> Result<String, AuthError> {
    let next = refresh_token(state, &presented.session_id, presented.newest + 1);
    let session = || text(presented.session_id.clone());
    let own = || text(presented.hash.clone());
    let newest = || number(presented.newest);
    state
        .session()
        .run_all(&[
            (&queries::RETIRE_TOKEN, vec![own()]),
            (&queries::ADVANCE_SESSION, vec![session(), newest()]),
            (&queries::INSERT_NEXT_TOKEN, vec![text(hash(&next)), own(), session(), newest()]),
        ])
        .await?;
    Ok(next)
}

/// A revoked token comes again. Its client may have lost the answer; otherwise somebody stole it, and the family ends.
async fn successor(state: &AuthState, presented: &Presented) -> Result<String, AuthError> {
    let is_recent = state.now_s() - presented.updated_s < state.settings.reuse_interval_s;
    if presented.is_parent_of_active || (is_recent && presented.has_active) {
        return Ok(refresh_token(state, &presented.session_id, presented.newest));
    }
    if state.settings.rotation {
        state.session().run(&queries::REVOKE_FAMILY, vec![text(presented.session_id.clone())]).await?;
        let now_s = state.now_s();
        let until_s = now_s + state.settings.access_token_s + 60;
        state.gate.revoked().refuse(&presented.session_id, until_s, now_s);
        tracing::warn!(session = %presented.session_id, "a used refresh token came again: its session is ended");
    }
    Err(AuthError::bad("refresh_token_already_used", "Invalid Refresh Token: Already Used"))
}
