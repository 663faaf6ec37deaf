//! Accounts: how they are made, found and shown (spec/auth.md §2.1).

use algebra::value::Value as Stored;
use database::{Rows, Session};
use serde_json::{Map, Value, json};

use crate::error::AuthError;
use crate::identity::{email_identity_data, identity_json};
use crate::queries;
use crate::record::{Record, first, optional, records, text};
use crate::state::AuthState;
use crate::{email, hasher, password};

/// An account as it was read.
pub(crate) struct User {
    rows: Rows,
    identities: Vec<Value>,
}

impl User {
    pub(crate) fn record(&self) -> Record<'_> {
        first(&self.rows).expect("a user is made from a row")
    }

    pub(crate) fn id(&self) -> &str {
        self.record().text_or_empty("id")
    }

    pub(crate) fn email(&self) -> &str {
        self.record().text_or_empty("email")
    }

    pub(crate) fn password_hash(&self) -> Option<&str> {
        self.record().text("encrypted_password").filter(|hash| !hash.is_empty())
    }

    pub(crate) fn is_banned(&self) -> bool {
        self.record().is_true("is_banned")
    }

    pub(crate) fn is_confirmed(&self) -> bool {
        self.record().text("email_confirmed_at").is_some()
            || self.record().text("phone_confirmed_at").is_some()
    }

    /// The account as clients see it.
    pub(crate) fn json(&self) -> Value {
        user_json(self.record(), &self.identities)
    }
}

/// An account from its row and its identities.
pub(crate) fn user_json(row: Record<'_>, identities: &[Value]) -> Value {
    let mut user = Map::new();
    for key in ["id", "aud", "role", "email", "phone"] {
        user.insert(key.to_owned(), json!(row.text_or_empty(key)));
    }
    for key in [
        "email_confirmed_at",
        "phone_confirmed_at",
        "confirmed_at",
        "confirmation_sent_at",
        "recovery_sent_at",
        "email_change_sent_at",
        "phone_change_sent_at",
        "reauthentication_sent_at",
        "invited_at",
        "last_sign_in_at",
        "banned_until",
        "deleted_at",
    ] {
        if let Some(time) = row.time(key) {
            user.insert(key.to_owned(), json!(time));
        }
    }
    for (key, column) in [("new_email", "email_change"), ("new_phone", "phone_change")] {
        let value = row.text_or_empty(column);
        if !value.is_empty() {
            user.insert(key.to_owned(), json!(value));
        }
    }
    user.insert("app_metadata".to_owned(), row.json("raw_app_meta_data"));
    user.insert("user_metadata".to_owned(), row.json("raw_user_meta_data"));
    user.insert("identities".to_owned(), json!(identities));
    user.insert("created_at".to_owned(), json!(row.time("created_at")));
    user.insert("updated_at".to_owned(), json!(row.time("updated_at")));
    user.insert("is_anonymous".to_owned(), json!(row.is_true("is_anonymous")));
    Value::Object(user)
}

/// The account with this id.
pub(crate) async fn by_id(session: &Session, id: &str) -> Result<Option<User>, AuthError> {
    let id = || vec![text(id)];
    let mut answers =
        session.run_all(&[(&queries::USER_BY_ID, id()), (&queries::IDENTITIES_OF_USER, id())]).await?;
    let identities = answers.pop().unwrap_or_default();
    Ok(user_of(answers.pop().unwrap_or_default(), &identities))
}

/// The account with this address.
pub(crate) async fn by_email(
    session: &Session,
    email: &str,
    audience: &str,
) -> Result<Option<User>, AuthError> {
    let rows = session.run(&queries::USER_BY_EMAIL, vec![text(email), text(audience)]).await?;
    let Some(id) = first(&rows).map(|row| row.text_or_empty("id").to_owned()) else { return Ok(None) };
    let identities = session.run(&queries::IDENTITIES_OF_USER, vec![text(id)]).await?;
    Ok(user_of(rows, &identities))
}

fn user_of(rows: Rows, identities: &Rows) -> Option<User> {
    let identities = records(identities).map(identity_json).collect();
    (!rows.rows.is_empty()).then_some(User { rows, identities })
}

/// What a new account is made from.
#[derive(Debug, Clone, Default)]
pub struct NewAccount {
    pub id: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub password: Option<String>,
    /// Instead of a password: a hash made elsewhere.
    pub password_hash: Option<String>,
    pub email_confirmed: bool,
    pub phone_confirmed: bool,
    pub user_metadata: Map<String, Value>,
    pub app_metadata: Map<String, Value>,
    pub role: Option<String>,
    pub audience: Option<String>,
    /// RFC 3339.
    pub banned_until: Option<String>,
    /// The confirmation link's token, as it is stored.
    pub confirmation: Option<String>,
}

/// Makes an account and its first identity, both or none, and answers its id.
///
/// # Errors
/// 400 and 422 as spec/auth.md §13 for what cannot be an account; 422 `email_exists`, `phone_exists` when taken.
pub async fn create_account(state: &AuthState, account: NewAccount) -> Result<String, AuthError> {
    let id = account.id.clone().map_or_else(|| new_id(state), Ok)?;
    let address = account.email.as_deref().map(email::parse).transpose()?;
    if address.is_none() && account.phone.is_none() {
        return Err(AuthError::invalid("Cannot create a user without either an email or phone"));
    }
    let hash = password_hash(state, &account, address.as_deref()).await?;
    let user = user_row(state, &id, &account, address.as_deref(), hash);
    let mut writes = vec![(&queries::INSERT_USER, user)];
    if let Some(address) = &address {
        let data = email_identity_data(&id, address, account.email_confirmed, &account.user_metadata);
        let identity = vec![text(id.clone()), text(id.clone()), text(data.to_string()), text("email")];
        writes.push((&queries::INSERT_IDENTITY, identity));
    } else if let Some(phone) = &account.phone {
        let data = json!({ "sub": id, "phone": phone, "phone_verified": account.phone_confirmed });
        let identity = vec![text(id.clone()), text(id.clone()), text(data.to_string()), text("phone")];
        writes.push((&queries::INSERT_IDENTITY, identity));
    }
    state.session().run_all(&writes).await.map_err(taken)?;
    Ok(id)
}

async fn password_hash(
    state: &AuthState,
    account: &NewAccount,
    address: Option<&str>,
) -> Result<String, AuthError> {
    match (&account.password, &account.password_hash) {
        (Some(_), Some(_)) => {
            Err(AuthError::invalid("Only a password or a password hash should be provided"))
        }
        (None, Some(hash)) if hasher::is_known(hash) => Ok(hash.clone()),
        (None, Some(_)) => Err(AuthError::invalid("The password hash is of no known kind: bcrypt or argon2")),
        (Some(given), None) => {
            password::check(given, address, &state.settings, &state.limits)?;
            state.hasher.hash(given.clone()).await
        }
        (None, None) => state.hasher.hash(web::random::text::<24>(state.random.as_ref())?).await,
    }
}

fn user_row(
    state: &AuthState,
    id: &str,
    account: &NewAccount,
    address: Option<&str>,
    hash: String,
) -> Vec<Stored> {
    let provider = if address.is_some() { "email" } else { "phone" };
    let mut app_metadata = Map::new();
    app_metadata.insert("provider".to_owned(), json!(provider));
    app_metadata.insert("providers".to_owned(), json!([provider]));
    app_metadata.extend(account.app_metadata.clone());
    let mut user_metadata = account.user_metadata.clone();
    if account.email_confirmed && address.is_some() {
        user_metadata.insert("email_verified".to_owned(), json!(true));
    }
    vec![
        text(id),
        text(account.audience.clone().unwrap_or_else(|| state.settings.audience.clone())),
        text(account.role.clone().unwrap_or_else(|| "authenticated".to_owned())),
        optional(address),
        text(hash),
        Stored::Bool(account.email_confirmed && address.is_some()),
        optional(account.confirmation.clone()),
        text(Value::Object(app_metadata).to_string()),
        text(Value::Object(user_metadata).to_string()),
        optional(account.phone.clone()),
        Stored::Bool(account.phone_confirmed && account.phone.is_some()),
        optional(account.banned_until.clone()),
    ]
}

/// A unique constraint that refused says what is taken.
pub(crate) fn taken(error: database::DatabaseError) -> AuthError {
    if let database::DatabaseError::Sql(sql) = &error
        && sql.code == "23505"
    {
        let constraint = sql.constraint.as_deref().unwrap_or_default();
        return if constraint.contains("phone") {
            AuthError::unprocessable("phone_exists", "Phone number already registered by another user")
        } else if constraint.contains("pkey") {
            AuthError::unprocessable("user_already_exists", "A user with this id has already been registered")
        } else {
            AuthError::unprocessable(
                "email_exists",
                "A user with this email address has already been registered",
            )
        };
    }
    error.into()
}

/// A random uuid (version 4).
pub(crate) fn new_id(state: &AuthState) -> Result<String, AuthError> {
    let bytes = web::random::bytes::<16>(state.random.as_ref())?;
    Ok(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string())
}

/// All accounts, newest first, at most so many: (id, e-mail, created).
///
/// # Errors
/// When the database does not answer.
pub async fn list_accounts(state: &AuthState, most: i64) -> Result<Vec<(String, String, String)>, AuthError> {
    let parameters = vec![
        text(state.settings.audience.clone()),
        text(""),
        Stored::Int(most),
        Stored::Int(0),
        Stored::Bool(false),
    ];
    let rows = state.session().run(&queries::USERS_PAGE, parameters).await?;
    let account = |row: Record<'_>| {
        let created = row.time("created_at").unwrap_or_default();
        (row.text_or_empty("id").to_owned(), row.text_or_empty("email").to_owned(), created)
    };
    Ok(records(&rows).map(account).collect())
}
