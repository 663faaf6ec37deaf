//! Administration of accounts by the service key (spec/auth.md §13).

use algebra::value::Value as Stored;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use http::StatusCode;
use http::header::{HeaderName, HeaderValue, LINK};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::account::{self, Changes, gone};
use crate::bearer::Administrator;
use crate::body::Json;
use crate::error::AuthError;
use crate::identity::identity_json;
use crate::protocol::answer;
use crate::record::{first, records, text};
use crate::sessions::{self, Scope};
use crate::state::AuthState;
use crate::users::{self, NewAccount, User, user_json};
use crate::{confirmation, email, metadata, password, queries};

/// The most accounts on a page.
const PAGE_MAX: i64 = 1_000;
static TOTAL: HeaderName = HeaderName::from_static("x-total-count");

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Page {
    page: Option<String>,
    per_page: Option<String>,
    filter: Option<String>,
    sort: Option<String>,
}

pub(crate) async fn list(
    _: Administrator,
    State(state): State<AuthState>,
    Query(given): Query<Page>,
) -> Result<Response, AuthError> {
    let page = positive(given.page.as_deref(), 1)?;
    let per_page = positive(given.per_page.as_deref(), 50)?.min(PAGE_MAX);
    let ascending = match given.sort.as_deref().map(str::trim) {
        None | Some("" | "created_at" | "created_at desc") => false,
        Some("created_at asc") => true,
        Some(other) => {
            return Err(AuthError::invalid(format!("Bad Sort Parameter: {other}")));
        }
    };
    let filter = given.filter.unwrap_or_default().to_lowercase();
    let audience = state.settings.audience.clone();
    let bounds = || {
        vec![
            text(audience.clone()),
            text(filter.clone()),
            Stored::Int(per_page),
            Stored::Int((page - 1).saturating_mul(per_page)),
            Stored::Bool(ascending),
        ]
    };
    let mut answers = state
        .session()
        .run_all(&[
            (&queries::USERS_PAGE, bounds()),
            (&queries::IDENTITIES_OF_PAGE, bounds()),
            (&queries::USERS_COUNT, vec![text(audience.clone()), text(filter.clone())]),
        ])
        .await?;
    let total =
        answers.pop().and_then(|rows| first(&rows).and_then(|row| row.int("total"))).unwrap_or_default();
    let identities = answers.pop().unwrap_or_default();
    let rows = answers.pop().unwrap_or_default();
    let users: Vec<Value> = records(&rows)
        .map(|row| {
            let own = records(&identities).filter(|identity| identity.text("user_id") == row.text("id"));
            user_json(row, &own.map(identity_json).collect::<Vec<_>>())
        })
        .collect();
    let mut response = answer(StatusCode::OK, &json!({ "users": users, "aud": audience }));
    let headers = response.headers_mut();
    headers.insert(TOTAL.clone(), HeaderValue::from(total));
    if let Ok(link) = HeaderValue::from_str(&links(page, per_page, total)) {
        headers.insert(LINK, link);
    }
    Ok(response)
}

fn positive(text: Option<&str>, default: i64) -> Result<i64, AuthError> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(default) };
    match text.parse::<i64>() {
        Ok(number) if number >= 1 => Ok(number),
        _ => Err(AuthError::invalid(format!("Bad Pagination Parameters: `{text}` is not a number from 1"))),
    }
}

fn links(page: i64, per_page: i64, total: i64) -> String {
    let last = (total + per_page - 1).div_euclid(per_page).max(1);
    let link =
        |page: i64, rel: &str| format!("</admin/users?page={page}&per_page={per_page}>; rel=\"{rel}\"");
    if page < last {
        format!("{}, {}", link(page + 1, "next"), link(last, "last"))
    } else {
        link(last, "last")
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Given {
    id: Option<String>,
    email: Option<String>,
    phone: Option<String>,
    password: Option<String>,
    password_hash: Option<String>,
    email_confirm: bool,
    phone_confirm: bool,
    user_metadata: Option<Map<String, Value>>,
    app_metadata: Option<Map<String, Value>>,
    role: Option<String>,
    aud: Option<String>,
    ban_duration: Option<String>,
}

pub(crate) async fn create(
    _: Administrator,
    State(state): State<AuthState>,
    Json(given): Json<Given>,
) -> Result<Response, AuthError> {
    let id =
        match given.id {
            Some(id) => {
                let parsed = uuid::Uuid::try_parse(&id);
                Some(parsed.map_err(|_| {
                    AuthError::bad("validation_failed", "ID must conform to the uuid v4 format")
                })?)
            }
            None => None,
        };
    let account = NewAccount {
        id: id.map(|id| id.to_string()),
        email: given.email.filter(|text| !text.is_empty()),
        phone: given.phone.filter(|text| !text.is_empty()),
        password: given.password,
        password_hash: given.password_hash,
        email_confirmed: given.email_confirm,
        phone_confirmed: given.phone_confirm,
        user_metadata: given.user_metadata.unwrap_or_default(),
        app_metadata: given.app_metadata.unwrap_or_default(),
        role: checked_role(&state, given.role)?,
        audience: given.aud.filter(|text| !text.is_empty()),
        banned_until: banned_until(&state, given.ban_duration.as_deref())?.flatten(),
        confirmation: None,
    };
    let id = users::create_account(&state, account).await?;
    show(&state, &id).await
}

/// A role that the catalog knows and that a token may carry.
fn checked_role(state: &AuthState, role: Option<String>) -> Result<Option<String>, AuthError> {
    let Some(role) = role.filter(|role| !role.is_empty()) else { return Ok(None) };
    let known = algebra::names::RoleName::parse(&role)
        .is_ok_and(|name| role != "service_role" && state.database.catalog().has_role(&name));
    if known { Ok(Some(role)) } else { Err(AuthError::invalid(format!("role \"{role}\" does not exist"))) }
}

pub(crate) async fn read(
    _: Administrator,
    State(state): State<AuthState>,
    Path(id): Path<String>,
) -> Result<Response, AuthError> {
    show(&state, &user_id(&id)?).await
}

pub(crate) async fn change(
    _: Administrator,
    State(state): State<AuthState>,
    Path(id): Path<String>,
    Json(given): Json<Given>,
) -> Result<Response, AuthError> {
    let id = user_id(&id)?;
    let user = users::by_id(&state.session(), &id).await?.ok_or_else(gone)?;
    let changes = changes(&state, &user, given).await?;
    let (ends_sessions, ban) = (changes.hash.is_some(), changes.banned_until.clone());
    account::apply(&state, &id, changes).await?;
    if ends_sessions {
        sessions::end(&state, &id, None, Scope::All).await?;
    }
    match ban {
        Some(Some(_)) => refuse_tokens(&state, &id),
        Some(None) => state.gate.revoked().accept(&id),
        None => {}
    }
    show(&state, &id).await
}

async fn changes(state: &AuthState, user: &User, given: Given) -> Result<Changes, AuthError> {
    let hash = match (&given.password, &given.password_hash) {
        (Some(_), Some(_)) => {
            return Err(AuthError::invalid("Only a password or a password hash should be provided"));
        }
        (Some(new), None) => {
            password::check(new, Some(user.email()), &state.settings, &state.limits)?;
            Some(state.hasher.hash(new.clone()).await?)
        }
        (None, Some(hash)) if crate::hasher::is_known(hash) => Some(hash.clone()),
        (None, Some(_)) => {
            return Err(AuthError::invalid("The password hash is of no known kind: bcrypt or argon2"));
        }
        (None, None) => None,
    };
    let merged = |column: &str, given: Option<Map<String, Value>>| match given {
        Some(given) => {
            metadata::merge(user.record().json(column), given).map(|merged| Some(merged.to_string()))
        }
        None => Ok(None),
    };
    let address = given.email.filter(|text| !text.is_empty());
    Ok(Changes {
        email: address.as_deref().map(email::parse).transpose()?,
        hash,
        app_metadata: merged("raw_app_meta_data", given.app_metadata)?,
        user_metadata: merged("raw_user_meta_data", given.user_metadata)?,
        role: checked_role(state, given.role)?,
        audience: given.aud.filter(|text| !text.is_empty()),
        phone: given.phone.filter(|text| !text.is_empty()),
        confirm_email: given.email_confirm,
        confirm_phone: given.phone_confirm,
        banned_until: banned_until(state, given.ban_duration.as_deref())?,
    })
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Deletion {
    should_soft_delete: bool,
}

pub(crate) async fn delete(
    _: Administrator,
    State(state): State<AuthState>,
    Path(id): Path<String>,
    Json(given): Json<Deletion>,
) -> Result<Response, AuthError> {
    let id = user_id(&id)?;
    let user = users::by_id(&state.session(), &id).await?.ok_or_else(gone)?;
    if given.should_soft_delete {
        let hidden = |text: &str| {
            if text.is_empty() { Stored::Null } else { crate::record::text(sessions::hash(text)) }
        };
        let phone = user.record().text_or_empty("phone");
        let writes = [
            (&queries::SOFT_DELETE_USER, vec![text(id.clone()), hidden(user.email()), hidden(phone)]),
            (&queries::DELETE_IDENTITIES, vec![text(id.clone())]),
            (&queries::DELETE_SESSIONS, vec![text(id.clone())]),
        ];
        state.session().run_all(&writes).await?;
    } else {
        state.session().run(&queries::DELETE_USER, vec![text(id.clone())]).await?;
    }
    refuse_tokens(&state, &id);
    Ok(answer(StatusCode::OK, &json!({})))
}

/// Access tokens of the account are refused from now on, also by the other surfaces.
fn refuse_tokens(state: &AuthState, id: &str) {
    let now_s = state.now_s();
    state.gate.revoked().refuse(id, now_s + state.settings.access_token_s + 60, now_s);
}

async fn show(state: &AuthState, id: &str) -> Result<Response, AuthError> {
    let user = users::by_id(&state.session(), id).await?.ok_or_else(gone)?;
    Ok(answer(StatusCode::OK, &user.json()))
}

fn user_id(text: &str) -> Result<String, AuthError> {
    let parsed = uuid::Uuid::try_parse(text);
    parsed
        .map(|id| id.to_string())
        .map_err(|_| AuthError::missing("validation_failed", "user_id must be an UUID"))
}

/// `none` lifts a ban, `24h`, `1h30m` begin one.
fn banned_until(state: &AuthState, duration: Option<&str>) -> Result<Option<Option<String>>, AuthError> {
    match duration {
        None | Some("") => Ok(None),
        Some("none") => Ok(Some(None)),
        Some(text) => {
            let seconds = duration_s(text)
                .ok_or_else(|| AuthError::invalid(format!("invalid format for ban duration: {text}")))?;
            Ok(Some(Some(confirmation::timestamp(state.now_s().saturating_add(seconds)))))
        }
    }
}

/// Go's notation of a duration: numbers with units `h`, `m`, `s`, `ms`, `us`, `ns`.
fn duration_s(text: &str) -> Option<i64> {
    let mut rest = text;
    let mut total = 0.0_f64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let unit_end = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        total += number
            * match &rest[..unit_end] {
                "h" => 3_600.0,
                "m" => 60.0,
                "s" => 1.0,
                "ms" => 1e-3,
                "us" | "µs" => 1e-6,
                "ns" => 1e-9,
                _ => return None,
            };
        rest = &rest[unit_end..];
    }
    // A century is for ever here; more does not fit a date.
    #[expect(clippy::cast_possible_truncation, reason = "bounded to a century")]
    (total > 0.0).then(|| total.min(3.15e9) as i64)
}

#[cfg(test)]
mod tests {
    use super::{duration_s, links};

    #[test]
    fn durations_are_gos() {
        assert_eq!(duration_s("24h"), Some(86_400));
        assert_eq!(duration_s("1h30m"), Some(5_400));
        assert_eq!(duration_s("1.5h"), Some(5_400));
        assert_eq!(["", "h", "5", "3 days", "-1h"].map(duration_s), [None; 5]);
    }

    #[test]
    fn links_lead_on_to_the_last_page() {
        assert!(links(1, 50, 120).contains("page=2&per_page=50>; rel=\"next\""));
        assert_eq!(links(3, 50, 120), "</admin/users?page=3&per_page=50>; rel=\"last\"");
    }
}
