//! Sign-up and sign-in with e-mail and password: Argon2id, 19 MiB, two passes.
//!
//! **Must not:** hash on an async thread, nor hash more at once than there are cores.

use argon2::Argon2;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use ring::rand::{SecureRandom, SystemRandom};
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::Service;
use crate::claims::{Claims, seconds};
use crate::failure::Failure;
use crate::write::{off_thread, parse};

const LIFETIME_SECONDS: u64 = 3600;

#[derive(Deserialize)]
pub(crate) struct Credentials {
    email: String,
    password: String,
}

#[derive(Serialize)]
pub(crate) struct Session {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
    refresh_token: String,
}

struct User {
    id: String,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

pub(crate) async fn sign_up(State(service): State<Service>, body: Bytes) -> Result<Response, Failure> {
    let credentials: Credentials = parse(&body)?;
    let salt = random::<16>()?.to_vec();
    let hash = hash(&service, credentials.password, salt.clone()).await?;
    let id = uuid()?;
    let user = id.clone();
    off_thread(service.store.clone(), move |transaction| {
        let text = "insert into users (id, email, salt, hash) values (?1, ?2, ?3, ?4)";
        transaction.execute(text, params![user, credentials.email, salt, hash])
    })
    .await?;
    session(&service, id).await
}

pub(crate) async fn sign_in(State(service): State<Service>, body: Bytes) -> Result<Response, Failure> {
    let credentials: Credentials = parse(&body)?;
    let user = service.store.read(|connection| {
        let text = "select id, salt, hash from users where email = ?1";
        let mut statement = connection.prepare_cached(text)?;
        let user =
            |row: &rusqlite::Row<'_>| Ok(User { id: row.get(0)?, salt: row.get(1)?, hash: row.get(2)? });
        statement.query_row([&credentials.email], user).optional()
    })?;
    let user = user.ok_or(Failure::Unauthorized)?;
    let found = hash(&service, credentials.password, user.salt).await?;
    if found != user.hash {
        return Err(Failure::Unauthorized);
    }
    session(&service, user.id).await
}

async fn session(service: &Service, user: String) -> Result<Response, Failure> {
    let claims =
        Claims { sub: user.clone(), role: "authenticated".into(), exp: seconds() + LIFETIME_SECONDS };
    let access_token = service.keys.sign(&claims).map_err(|_| Failure::Database)?;
    let (id, refresh_token) = (uuid()?, hexadecimal(&random::<16>()?));
    let kept = refresh_token.clone();
    off_thread(service.store.clone(), move |transaction| {
        let text =
            "insert into sessions (id, user_id, refresh_token, created_at) values (?1, ?2, ?3, unixepoch())";
        transaction.prepare_cached(text)?.execute(params![id, user, kept])
    })
    .await?;
    let session = Session { access_token, token_type: "bearer", expires_in: LIFETIME_SECONDS, refresh_token };
    let body = serde_json::to_vec(&session).map_err(|_| Failure::Database)?;
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}

async fn hash(service: &Service, password: String, salt: Vec<u8>) -> Result<Vec<u8>, Failure> {
    let turn = service.hashing.acquire().await.map_err(|_| Failure::Database)?;
    let hashed = tokio::task::spawn_blocking(move || {
        let mut hash = vec![0; 32];
        Argon2::default().hash_password_into(password.as_bytes(), &salt, &mut hash).map(|()| hash)
    });
    let hashed = hashed.await.map_err(|_| Failure::Database)?;
    drop(turn);
    hashed.map_err(|_| Failure::BadRequest("the password cannot be hashed"))
}

fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Failure::Database)?;
    Ok(bytes)
}

fn uuid() -> Result<String, Failure> {
    let mut bytes = random::<16>()?;
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let digits = hexadecimal(&bytes);
    Ok([&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-"))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
