//! Tokens from both sides: what is accepted, and every trick that must not be.

use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::clock::ManualClock;
use crate::failure::Failure;
use crate::random;

const NOW_S: i64 = 1_800_000_000;
const SECRET: &str = "q8Zk2vXw71PbRt6Ym4NcLs9EoUgHd3Fj";

fn signing_key() -> SigningKey {
    let source = random::system();
    let document = SigningKey::generate(source.as_ref()).unwrap();
    SigningKey::from_pkcs8(&document, source.as_ref()).unwrap()
}

fn rules() -> TokenRules {
    TokenRules::new(&Limits::default())
}

fn keys_of(ring: KeyRing, rules: TokenRules) -> (TokenKeys, Arc<ManualClock>) {
    let clock = ManualClock::at(NOW_S);
    (TokenKeys::new(ring, rules, clock.clone(), random::system()), clock)
}

fn es256() -> (TokenKeys, Arc<ManualClock>) {
    keys_of(KeyRing { current: Signer::Es256(signing_key()), accepted: vec![] }, rules())
}

fn hs256() -> (TokenKeys, Arc<ManualClock>) {
    let secret = Secret::from_text(SECRET).unwrap();
    keys_of(KeyRing { current: Signer::Hs256(secret), accepted: vec![] }, rules())
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A token with any header and payload, signed with HMAC-SHA-256 under any key.
fn forge(header: &str, payload: &str, secret: &[u8]) -> String {
    let message = format!("{}.{}", encode(header), encode(payload));
    let signature = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message.as_bytes());
    format!("{message}.{}", encode(signature))
}

/// The refusal of a payload that is signed correctly.
fn refusal(payload: &str) -> TokenError {
    let (keys, _) = hs256();
    keys.verify(&forge(r#"{"alg":"HS256","typ":"JWT"}"#, payload, SECRET.as_bytes())).unwrap_err()
}

#[test]
fn what_was_signed_verifies() {
    for (keys, _) in [es256(), hs256()] {
        let text = json!({
            "sub": "9f1c", "role": "authenticated", "session_id": "s1", "email": "ann@example.org", "aal": "aal1",
            "is_anonymous": false, "aud": "authenticated", "exp": NOW_S + 3600, "iat": NOW_S, "phone": "",
        })
        .to_string();
        let claims = keys.verify(&keys.sign(&text).unwrap()).unwrap();
        assert_eq!(claims.sql().json(), Some(text.as_str()));
        assert_eq!(claims.subject.as_deref(), Some("9f1c"));
        assert_eq!(claims.role.as_deref(), Some("authenticated"));
        assert_eq!(claims.session_id.as_deref(), Some("s1"));
        assert_eq!(claims.expires_at_s, Some(NOW_S + 3600));
        assert_eq!(claims.audiences, ["authenticated"]);
    }
}

#[test]
fn sql_sees_the_payload_with_a_role_and_the_subject_as_uuid() {
    let (keys, _) = hs256();
    let sql = |payload: &str| keys.verify(&keys.sign(payload).unwrap()).unwrap().sql().clone();
    let named = sql(r#" {"role":"editor","sub":"6A7C1E0E-0000-4000-8000-00000000000A","n":1.50} "#);
    assert_eq!(
        named.json(),
        Some(r#" {"role":"editor","sub":"6A7C1E0E-0000-4000-8000-00000000000A","n":1.50} "#)
    );
    assert_eq!(named.user_id(), Some("6a7c1e0e-0000-4000-8000-00000000000a"));
    assert_eq!(sql(r#" { "sub":"x"}"#).json(), Some(r#"{"role":"anon", "sub":"x"}"#));
    assert_eq!(sql(r#"{"sub":"x"}"#).user_id(), None);
    assert_eq!(sql("{}").json(), Some(r#"{"role":"anon"}"#));
}

#[test]
fn an_altered_token_is_refused() {
    let (keys, _) = es256();
    let token = keys.sign(r#"{"role":"anon"}"#).unwrap();
    let parts: Vec<_> = token.split('.').collect();
    let other = encode(r#"{"role":"service_role"}"#);
    assert_eq!(keys.verify(&format!("{}.{other}.{}", parts[0], parts[2])), Err(TokenError::Key));
    assert_eq!(keys.verify(&format!("{}.{}.", parts[0], parts[1])), Err(TokenError::Key));
    assert_eq!(keys.verify(&format!("{}.{}", parts[0], parts[1])), Err(TokenError::Parts(2)));
    assert_eq!(keys.verify(&format!("{token}.x")), Err(TokenError::Parts(4)));
    assert_eq!(keys.verify(""), Err(TokenError::Empty));
    assert!(matches!(keys.verify(&format!("{token}=")), Err(TokenError::Malformed(_))));
}

#[test]
fn only_the_algorithm_of_the_key_counts() {
    let (keys, _) = es256();
    for alg in ["none", "None", "NONE", "nOnE", "", "HS256", "hs256", "RS256", "ES384", "EdDSA"] {
        let header = json!({"alg": alg, "typ": "JWT"}).to_string();
        let unsigned = format!("{}.{}.", encode(&header), encode(r#"{"role":"service_role"}"#));
        assert_eq!(keys.verify(&unsigned), Err(TokenError::Algorithm), "{alg}");
        assert_eq!(
            keys.verify(&forge(&header, "{}", SECRET.as_bytes())),
            Err(TokenError::Algorithm),
            "{alg}"
        );
    }
    assert!(matches!(keys.verify(&forge(r#"{"typ":"JWT"}"#, "{}", b"x")), Err(TokenError::Malformed(_))));
}

#[test]
fn a_public_key_is_no_secret() {
    let key = signing_key();
    let public: Value = key.verify_key().public_jwk().unwrap().clone();
    let point = [
        &[4],
        URL_SAFE_NO_PAD.decode(public["x"].as_str().unwrap()).unwrap().as_slice(),
        URL_SAFE_NO_PAD.decode(public["y"].as_str().unwrap()).unwrap().as_slice(),
    ]
    .concat();
    let accepted = vec![VerifyKey::symmetric(Secret::from_text(SECRET).unwrap())];
    let (keys, _) = keys_of(KeyRing { current: Signer::Es256(key), accepted }, rules());
    let header = json!({"alg": "HS256", "kid": public["kid"]}).to_string();
    for secret in [public.to_string().as_bytes(), point.as_slice(), keys.jwks().as_bytes()] {
        assert_eq!(keys.verify(&forge(&header, r#"{"role":"service_role"}"#, secret)), Err(TokenError::Key));
    }
}

#[test]
fn headers_cannot_bring_keys_or_conditions() {
    let (keys, _) = hs256();
    let with = |extra: Value| {
        let mut header = json!({"alg": "HS256"});
        header.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        keys.verify(&forge(&header.to_string(), "{}", SECRET.as_bytes()))
    };
    assert!(with(json!({})).is_ok());
    assert!(with(json!({"typ": "jwt"})).is_ok());
    assert!(with(json!({"kid": "unknown", "cty": "x"})).is_ok(), "a secret has no key id to differ from");
    assert_eq!(with(json!({"typ": "refresh"})), Err(TokenError::Type));
    for extra in [
        json!({"jku": "http://127.0.0.1:9/jwks"}),
        json!({"x5u": "http://127.0.0.1:9/cert"}),
        json!({"jwk": {"kty": "oct", "k": "AAAA"}}),
        json!({"x5c": ["AAAA"]}),
        json!({"crit": ["b64"]}),
        json!({"kid": "k".repeat(300)}),
        json!({"kid": "k".repeat(100_000)}),
        json!({"kid": 7}),
    ] {
        assert!(matches!(with(extra.clone()), Err(TokenError::Malformed(_))), "{extra}");
    }
    let twice = forge(r#"{"alg":"none","alg":"HS256"}"#, "{}", SECRET.as_bytes());
    assert!(matches!(keys.verify(&twice), Err(TokenError::Malformed(_))));
}

#[test]
fn an_unknown_key_id_fits_no_key_that_has_one() {
    let (keys, _) = es256();
    let (others, _) = es256();
    let token = others.sign(r#"{"role":"service_role"}"#).unwrap();
    assert_eq!(keys.verify(&token), Err(TokenError::Key));
}

#[test]
fn times_are_whole_numbers_or_refused() {
    for name in ["exp", "nbf", "iat"] {
        for value in ["\"1900000000\"", "1900000000.5", "-1", "null", "[1900000000]", "true", "{}", "1e10"] {
            let error = refusal(&format!("{{\"{name}\":{value}}}"));
            assert_eq!(error, TokenError::NotNumber(name), "{name} {value}");
        }
        for value in ["9223372036854775807", "99999999999999999999999", "253402300800"] {
            assert_eq!(refusal(&format!("{{\"{name}\":{value}}}")), TokenError::NotNumber(name));
        }
        assert!(matches!(
            refusal(&format!("{{\"{name}\":1e400}}")),
            TokenError::NotNumber(_) | TokenError::ClaimsSyntax
        ));
    }
    assert_eq!(TokenError::NotNumber("exp").to_string(), "The JWT 'exp' claim must be a number");
}

#[test]
fn clocks_may_differ_by_thirty_seconds() {
    let (keys, _) = hs256();
    let verdict = |name: &str, at: i64| {
        let token = keys.sign(&json!({ name: at }).to_string()).unwrap();
        keys.verify(&token).err()
    };
    assert_eq!(verdict("exp", NOW_S - 30), None);
    assert_eq!(verdict("exp", NOW_S - 31), Some(TokenError::Expired));
    assert_eq!(verdict("nbf", NOW_S + 30), None);
    assert_eq!(verdict("nbf", NOW_S + 31), Some(TokenError::Early));
    assert_eq!(verdict("iat", NOW_S + 30), None);
    assert_eq!(verdict("iat", NOW_S + 31), Some(TokenError::IssuedInFuture));
}

#[test]
fn other_claims_have_their_types_too() {
    assert_eq!(refusal(r#"{"sub":7}"#), TokenError::NotText("sub"));
    assert_eq!(refusal(r#"{"sub":null}"#), TokenError::NotText("sub"));
    assert_eq!(refusal(r#"{"role":["service_role"]}"#), TokenError::NotText("role"));
    assert_eq!(refusal(r#"{"role":null}"#), TokenError::NotText("role"));
    assert_eq!(refusal(r#"{"aud":7}"#), TokenError::NotAudience);
    assert_eq!(refusal(r#"{"aud":["a",7]}"#), TokenError::NotAudience);
    for payload in ["[]", "7", "", "null", "{", r#"{"role":"anon","role":"service_role"}"#, "{} {}"] {
        assert_eq!(refusal(payload), TokenError::ClaimsSyntax, "{payload}");
    }
}

#[test]
fn audience_and_issuer_are_looked_at_when_configured() {
    let rules =
        TokenRules { audiences: vec!["app".into()], issuers: vec!["https://x/auth/v1".into()], ..rules() };
    let ring = KeyRing { current: Signer::Es256(signing_key()), accepted: vec![] };
    let (keys, _) = keys_of(ring, rules);
    let verdict = |claims: Value| keys.verify(&keys.sign(&claims.to_string()).unwrap()).err();
    let issuer = "https://x/auth/v1";
    assert_eq!(verdict(json!({"sub": "a", "aud": "app", "iss": issuer})), None);
    assert_eq!(verdict(json!({"sub": "a", "aud": ["web", "app"], "iss": issuer})), None);
    assert_eq!(verdict(json!({"sub": "a", "aud": "web", "iss": issuer})), Some(TokenError::Audience));
    assert_eq!(verdict(json!({"sub": "a", "iss": issuer})), Some(TokenError::Audience));
    assert_eq!(verdict(json!({"sub": "a", "aud": "app"})), Some(TokenError::Issuer));
    assert_eq!(verdict(json!({"sub": "a", "aud": "app", "iss": "https://y"})), Some(TokenError::Issuer));
    assert_eq!(verdict(json!({"role": "anon", "iss": "mainstay"})), None, "a key names nobody");
    assert_eq!(verdict(json!({"role": "anon", "aud": "web"})), Some(TokenError::Audience));
}

#[test]
fn the_role_can_stand_elsewhere() {
    let role_claim = vec!["app_metadata".to_owned(), "db_role".to_owned()];
    let ring = KeyRing { current: Signer::Es256(signing_key()), accepted: vec![] };
    let (keys, _) = keys_of(ring, TokenRules { role_claim, ..rules() });
    let role = |claims: Value| keys.verify(&keys.sign(&claims.to_string()).unwrap()).unwrap().role.clone();
    assert_eq!(role(json!({"role": "x", "app_metadata": {"db_role": "editor"}})).as_deref(), Some("editor"));
    assert_eq!(role(json!({"role": "x", "app_metadata": {}})), None);
}

#[test]
fn a_removed_key_is_refused_although_its_tokens_were_remembered() {
    let old = signing_key();
    let old_public = old.verify_key();
    let (keys, _) = keys_of(KeyRing { current: Signer::Es256(old), accepted: vec![] }, rules());
    let token = keys.sign(r#"{"sub":"a"}"#).unwrap();
    keys.verify(&token).unwrap();
    keys.verify(&token).unwrap();
    assert_eq!(keys.state().verified.len(), 1);

    keys.replace(KeyRing { current: Signer::Es256(signing_key()), accepted: vec![old_public] });
    let published: Value = serde_json::from_str(&keys.jwks()).unwrap();
    assert_eq!(published["keys"].as_array().unwrap().len(), 2);
    keys.verify(&token).expect("the old key is in its grace time");
    keys.verify(&keys.sign("{}").unwrap()).expect("the new key signs");

    keys.replace(KeyRing { current: Signer::Es256(signing_key()), accepted: vec![] });
    assert_eq!(keys.verify(&token), Err(TokenError::Key));
}

#[test]
fn a_remembered_token_still_expires() {
    let (keys, clock) = es256();
    let token = keys.sign(&json!({ "exp": NOW_S + 60 }).to_string()).unwrap();
    keys.verify(&token).unwrap();
    clock.advance_s(91);
    assert_eq!(keys.verify(&token), Err(TokenError::Expired));
}

#[test]
fn memory_of_verified_tokens_is_bounded() {
    let ring = KeyRing { current: Signer::Hs256(Secret::from_text(SECRET).unwrap()), accepted: vec![] };
    let (keys, _) = keys_of(ring, TokenRules { remembered_max: 32, ..rules() });
    for number in 0..500 {
        keys.verify(&keys.sign(&json!({ "sub": number.to_string() }).to_string()).unwrap()).unwrap();
    }
    assert!(keys.state().verified.len() <= 32);
    assert!(keys.state().verified.len() >= 16);
}

#[test]
fn the_published_set_has_public_parts_only() {
    let (keys, _) = es256();
    let published: Value = serde_json::from_str(&keys.jwks()).unwrap();
    let key = &published["keys"][0];
    assert_eq!((&key["kty"], &key["alg"], &key["use"]), (&json!("EC"), &json!("ES256"), &json!("sig")));
    assert!(key.get("d").is_none());
    assert_eq!(&*hs256().0.jwks(), r#"{"keys":[]}"#);
    // Whoever reads the set can verify: the JWK is the key.
    let accepted = VerifyKey::from_jwks(&keys.jwks()).unwrap();
    let (reader, _) = keys_of(KeyRing { current: Signer::Es256(signing_key()), accepted }, rules());
    reader.verify(&keys.sign("{}").unwrap()).unwrap();
}

#[test]
fn keys_of_other_issuers_come_as_jwks() {
    // RFC 7515 appendix A.2: an RS256 signature with its public key.
    let jwk = r#"{"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}"#;
    let message = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    let signature = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    let accepted = VerifyKey::from_jwks(jwk).unwrap();
    let (keys, _) = keys_of(KeyRing { current: Signer::Es256(signing_key()), accepted }, rules());
    // The signature holds; the token of 2011 is over.
    assert_eq!(keys.verify(&format!("{message}.{signature}")), Err(TokenError::Expired));
    assert_eq!(keys.verify(&format!("{message}.{}", signature.replace('c', "d"))), Err(TokenError::Key));

    // RFC 8037 appendix A: Ed25519.
    let jwk = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},{"kty":"RSA","use":"enc"}]}"#;
    let accepted = VerifyKey::from_jwks(jwk).unwrap();
    let (keys, _) = keys_of(KeyRing { current: Signer::Es256(signing_key()), accepted }, rules());
    let token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    assert_eq!(keys.verify(token), Err(TokenError::ClaimsSyntax), "it verifies, and is no JSON");
}

#[test]
fn bad_keys_are_named() {
    let error = |jwk: &str| VerifyKey::from_jwks(jwk).err().unwrap().to_string();
    assert!(error(r#"{"kty":"EC","crv":"P-521","x":"AA","y":"AA"}"#).contains("`crv` is not supported"));
    assert!(error(r#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#).contains("no usable `x`"));
    assert!(error(r#"{"kty":"RSA","n":"AA","e":"AQAB","alg":"HS256"}"#).contains("`alg` is not supported"));
    assert!(error(r#"{"kty":"RSA","n":"AA","e":"AQAB","d":"AA"}"#).contains("private key"));
    assert!(error(r#"{"kty":"oct","k":"c2hvcnQ"}"#).contains("has 5 bytes"));
    assert!(error("nonsense").contains("not a JWK"));
    assert!(SigningKey::from_pkcs8(b"nonsense", random::system().as_ref()).is_err());
}

#[test]
fn weak_secrets_are_refused() {
    let error = |text: &str| Secret::from_text(text).unwrap_err();
    assert_eq!(error("short"), SecretError::Short(5));
    assert_eq!(error(&SECRET[..31]), SecretError::Short(31));
    assert_eq!(error("super-secret-jwt-token-with-at-least-32-characters-long"), SecretError::Sample);
    assert_eq!(error("REALLYREALLYREALLYREALLYVERYSAFE"), SecretError::Sample);
    assert_eq!(error(&"abc".repeat(20)), SecretError::Repetitive);
    assert_eq!(format!("{:?}", Secret::from_text(SECRET).unwrap()), "Secret(…)");
}

#[test]
fn refusals_have_the_codes_of_the_protocol() {
    let wire = |error: TokenError| {
        let failure = Failure::from(error);
        (failure.parts().code.to_string(), failure.parts().status.as_u16())
    };
    assert_eq!(wire(TokenError::Expired), ("PGRST303".into(), 401));
    assert_eq!(wire(TokenError::Key), ("PGRST301".into(), 401));
    assert_eq!(wire(TokenError::NoKeys), ("PGRST300".into(), 500));
    assert_eq!(wire(TokenError::Role("boss".into())), ("22023".into(), 401));
}
