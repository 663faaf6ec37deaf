//! Credentials in, identity out.

use http::HeaderValue;
use serde_json::json;

use super::*;
use crate::clock::ManualClock;
use crate::limits::Limits;
use crate::random;
use crate::tokens::{KeyRing, Signer, SigningKey, TokenRules};

const NOW_S: i64 = 1_800_000_000;
const ANN: &str = "6a7c1e0e-0000-4000-8000-00000000000a";

struct Door {
    gate: Gate,
    publishable: String,
    secret: String,
}

fn door() -> Door {
    let random = random::system();
    let document = SigningKey::generate(random.as_ref()).unwrap();
    let current = Signer::Es256(SigningKey::from_pkcs8(&document, random.as_ref()).unwrap());
    let rules = TokenRules::new(&Limits::default());
    let ring = KeyRing { current, accepted: vec![] };
    let tokens = TokenKeys::new(ring, rules, ManualClock::at(NOW_S), random.clone());
    let publishable = KeyKind::Publishable.generate(random.as_ref()).unwrap();
    let secret = KeyKind::Secret.generate(random.as_ref()).unwrap();
    let keys = ApiKeys::new([(KeyKind::Publishable, &*publishable), (KeyKind::Secret, &*secret)]);
    Door { gate: Gate::new(tokens, keys, Revoked::default()), publishable, secret }
}

impl Door {
    fn token(&self, role: &str) -> String {
        let claims = json!({"sub": ANN, "session_id": "s1", "role": role, "exp": NOW_S + 60});
        self.gate.tokens().sign(&claims.to_string()).unwrap()
    }

    fn key_token(&self, kind: KeyKind) -> String {
        self.gate.tokens().sign(&kind.token_claims(NOW_S)).unwrap()
    }

    /// `role`, or `status code` of the refusal.
    fn ask(&self, headers: &[(&str, &str)], uri: &str) -> String {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::try_from(*name).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        let is_role = |role: &RoleName| ["authenticated", "editor", "postgres"].contains(&role.as_str());
        match self.gate.identify(&map, &uri.parse().unwrap(), &is_role) {
            Ok(identity) => identity.caller.role().as_str().to_owned(),
            Err(failure) => format!("{} {}", failure.parts().status.as_u16(), failure.parts().code),
        }
    }
}

#[test]
fn no_credential_is_anon() {
    let door = door();
    assert_eq!(door.ask(&[], "/"), "anon");
    assert_eq!(door.ask(&[("apikey", "")], "/"), "anon");
    assert_eq!(door.ask(&[("authorization", "Basic YTpi")], "/"), "anon");
}

#[test]
fn keys_stand_for_their_roles_wherever_clients_put_them() {
    let door = door();
    let (publishable, secret) = (&*door.publishable, &*door.secret);
    let bearer = |key: &str| format!("Bearer {key}");
    assert_eq!(door.ask(&[("apikey", publishable)], "/"), "anon");
    assert_eq!(door.ask(&[("apikey", secret)], "/"), "service_role");
    assert_eq!(door.ask(&[("apikey", secret), ("authorization", &bearer(secret))], "/"), "service_role");
    assert_eq!(door.ask(&[("authorization", &bearer(secret))], "/"), "service_role");
    assert_eq!(door.ask(&[], &format!("/x?a=eq.1&apikey={publishable}")), "anon");
    for (kind, role) in [(KeyKind::Publishable, "anon"), (KeyKind::Secret, "service_role")] {
        assert_eq!(door.ask(&[("apikey", &door.key_token(kind))], "/"), role);
        assert_eq!(door.ask(&[("authorization", &bearer(&door.key_token(kind)))], "/"), role);
    }
}

#[test]
fn a_token_in_authorization_wins() {
    let door = door();
    let user = format!("bEaReR {}", door.token("authenticated"));
    assert_eq!(door.ask(&[("apikey", &door.publishable), ("authorization", &user)], "/"), "authenticated");
    assert_eq!(door.ask(&[("apikey", &door.secret), ("authorization", &user)], "/"), "authenticated");
    assert_eq!(door.ask(&[("apikey", "sb_secret_x"), ("authorization", "Bearer x")], "/"), "401 PGRST301");
}

#[test]
fn wrong_credentials_are_refused_and_never_anon() {
    let door = door();
    let twice = format!("Bearer {}", door.token("authenticated"));
    for (headers, answer) in [
        (vec![("authorization", "Bearer")], "401 PGRST301"),
        (vec![("authorization", "Bearer ")], "401 PGRST301"),
        (vec![("authorization", "Bearer a.b.c")], "401 PGRST301"),
        (vec![("authorization", "Bearer sb_secret_guess")], "401 MS301"),
        (vec![("authorization", &*twice), ("authorization", &*twice)], "401 PGRST301"),
        (vec![("apikey", "sb_publishable_guess")], "401 MS301"),
        (vec![("apikey", "guess")], "401 PGRST301"),
    ] {
        assert_eq!(door.ask(&headers, "/"), answer, "{headers:?}");
    }
}

#[test]
fn urls_carry_the_publishable_key_only() {
    let door = door();
    for key in [&door.secret, &door.token("authenticated"), &door.key_token(KeyKind::Secret)] {
        assert_eq!(door.ask(&[], &format!("/?apikey={key}")), "401 MS301");
    }
    assert_eq!(door.ask(&[], "/?apikey=sb_secret_guess"), "401 MS301");
}

#[test]
fn roles_come_from_the_list() {
    let door = door();
    let ask = |role: &str| door.ask(&[("authorization", &format!("Bearer {}", door.token(role)))], "/");
    assert_eq!(ask("editor"), "editor");
    assert_eq!(ask("anon"), "anon");
    for role in ["boss", "postgres", "pg_read_all_data", "", "supabase_admin", &"x".repeat(100), "Editor"] {
        assert_eq!(ask(role), "401 22023", "{role}");
    }
}

#[test]
fn secret_keys_are_refused_in_browsers() {
    let door = door();
    let origin = ("origin", "https://app.example");
    assert_eq!(door.ask(&[origin, ("apikey", &door.secret)], "/"), "401 MS302");
    assert_eq!(door.ask(&[origin, ("apikey", &door.key_token(KeyKind::Secret))], "/"), "401 MS302");
    assert_eq!(door.ask(&[origin, ("apikey", &door.publishable)], "/"), "anon");
}

#[test]
fn revoked_accounts_and_sessions_are_refused_until_they_are_accepted_again() {
    let door = door();
    let authorization = format!("Bearer {}", door.token("authenticated"));
    let ask = || door.ask(&[("authorization", &authorization)], "/");
    assert_eq!(ask(), "authenticated");
    for id in [ANN, "s1"] {
        door.gate.revoked().refuse(id, NOW_S + 3600, NOW_S);
        assert_eq!(ask(), "401 PGRST303");
        door.gate.revoked().accept(id);
        assert_eq!(ask(), "authenticated");
    }
}

#[test]
fn replaced_keys_are_unknown() {
    let door = door();
    door.gate.replace_keys(ApiKeys::default());
    assert_eq!(door.ask(&[("apikey", &door.secret)], "/"), "401 MS301");
}
