//! Keys: those that sign, those that verify, and how each is written as a JWK.
//!
//! A verifying key fixes its algorithms when it is made. What a token's header says can only select among keys,
//! never change how a key is used. **Must not:** read files or the network; must not print a private part.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SecureRandom;
use ring::signature::{self, EcdsaKeyPair, KeyPair};
use ring::{digest, hmac};
use serde::Deserialize;
use serde_json::{Value, json};

use super::secret::Secret;

/// A signature algorithm of RFC 7518 and RFC 8037.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Hs256,
    Hs384,
    Hs512,
    Rs256,
    Rs384,
    Rs512,
    Es256,
    Es384,
    EdDsa,
}

const ALGORITHMS: [(&str, Algorithm); 9] = [
    ("HS256", Algorithm::Hs256),
    ("HS384", Algorithm::Hs384),
    ("HS512", Algorithm::Hs512),
    ("RS256", Algorithm::Rs256),
    ("RS384", Algorithm::Rs384),
    ("RS512", Algorithm::Rs512),
    ("ES256", Algorithm::Es256),
    ("ES384", Algorithm::Es384),
    ("EdDSA", Algorithm::EdDsa),
];

impl Algorithm {
    /// Exact spelling only: `none`, `hs256` and the rest are no algorithms.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        ALGORITHMS.iter().find(|(name, _)| *name == text).map(|(_, algorithm)| *algorithm)
    }
}

/// A key that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not PKCS#8 of a P-256 key.
    #[error("the signing key is not a PKCS#8 document of a P-256 key")]
    NotPkcs8,
    /// No randomness.
    #[error("no signing key could be made: the operating system gives no random bytes")]
    NoRandomness,
    /// Not a JWK or JWK set.
    #[error("the keys are not a JWK or a JWK set: {0}")]
    NotJwk(String),
    /// A member is missing or wrong.
    #[error("the JWK has no usable `{0}`")]
    Member(&'static str),
    /// A kind or curve that cannot verify here.
    #[error("the JWK's `{0}` is not supported; RSA, P-256, P-384, Ed25519 and oct are")]
    Unsupported(&'static str),
    /// A private key where a public one belongs.
    #[error("the JWK holds a private key; only its public part may be configured for verification")]
    Private,
    /// The symmetric key is too weak.
    #[error("{0}")]
    Secret(#[from] super::secret::SecretError),
}

/// A P-256 key that signs access tokens.
pub struct SigningKey {
    kid: String,
    pair: Box<EcdsaKeyPair>,
}

impl SigningKey {
    /// A new key as a PKCS#8 document, to be stored by the caller.
    pub fn generate(random: &dyn SecureRandom) -> Result<Vec<u8>, KeyError> {
        EcdsaKeyPair::generate_pkcs8(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, random)
            .map(|document| document.as_ref().to_vec())
            .map_err(|_| KeyError::NoRandomness)
    }

    /// Reads what [`SigningKey::generate`] made. The key id is the thumbprint of RFC 7638, so that the same key
    /// has the same name on every node and after every restart.
    pub fn from_pkcs8(document: &[u8], random: &dyn SecureRandom) -> Result<Self, KeyError> {
        let pair = EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, document, random)
            .map_err(|_| KeyError::NotPkcs8)?;
        let (x, y) = coordinates(&pair);
        let members = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
        let kid = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, members.as_bytes()));
        Ok(Self { kid, pair: Box::new(pair) })
    }

    /// Its name in token headers and in the JWK set.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The part of it that verifies.
    pub fn verify_key(&self) -> VerifyKey {
        VerifyKey {
            kid: Some(self.kid.clone()),
            algorithms: vec![Algorithm::Es256],
            material: Material::Point(self.pair.public_key().as_ref().to_vec()),
            public_jwk: Some(self.public_jwk()),
        }
    }

    pub(crate) fn sign(&self, message: &[u8], random: &dyn SecureRandom) -> Option<Vec<u8>> {
        self.pair.sign(random, message).ok().map(|signature| signature.as_ref().to_vec())
    }

    fn public_jwk(&self) -> Value {
        let (x, y) = coordinates(&self.pair);
        json!({
            "kty": "EC", "crv": "P-256", "x": x, "y": y,
            "kid": self.kid, "alg": "ES256", "use": "sig", "key_ops": ["verify"],
        })
    }
}

/// The two coordinates of the public point, each in 43 characters.
fn coordinates(pair: &EcdsaKeyPair) -> (String, String) {
    let point = pair.public_key().as_ref();
    (URL_SAFE_NO_PAD.encode(&point[1..33]), URL_SAFE_NO_PAD.encode(&point[33..65]))
}

/// A key that verifies, bound to its algorithms.
pub struct VerifyKey {
    kid: Option<String>,
    algorithms: Vec<Algorithm>,
    material: Material,
    public_jwk: Option<Value>,
}

enum Material {
    Symmetric(Secret),
    /// An uncompressed point: 0x04, x, y.
    Point(Vec<u8>),
    Rsa {
        modulus: Vec<u8>,
        exponent: Vec<u8>,
    },
    Edwards(Vec<u8>),
}

/// A JWK as far as verification needs it. Unknown members are ignored, as RFC 7517 asks.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    k: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
    d: Option<serde::de::IgnoredAny>,
}

impl VerifyKey {
    /// A shared secret.
    pub fn symmetric(secret: Secret) -> Self {
        let algorithms = vec![Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512];
        Self { kid: None, algorithms, material: Material::Symmetric(secret), public_jwk: None }
    }

    /// Reads a JWK or a JWK set. Keys for encryption are left out.
    pub fn from_jwks(text: &str) -> Result<Vec<Self>, KeyError> {
        let value: Value = serde_json::from_str(text).map_err(|error| KeyError::NotJwk(error.to_string()))?;
        let keys = match value.get("keys") {
            Some(Value::Array(keys)) => keys.clone(),
            Some(_) => return Err(KeyError::NotJwk("`keys` is not a list".to_owned())),
            None => vec![value],
        };
        keys.into_iter()
            .filter(|key| key.get("use").is_none_or(|used| used == "sig"))
            .map(Self::from_jwk)
            .collect()
    }

    fn from_jwk(value: Value) -> Result<Self, KeyError> {
        let jwk: Jwk = serde_json::from_value(value).map_err(|error| KeyError::NotJwk(error.to_string()))?;
        if jwk.d.is_some() {
            return Err(KeyError::Private);
        }
        let (material, possible) = material_of(&jwk)?;
        let algorithms = match &jwk.alg {
            None => default_algorithms(&possible),
            Some(name) => match Algorithm::parse(name).filter(|named| possible.contains(named)) {
                Some(named) => vec![named],
                None => return Err(KeyError::Unsupported("alg")),
            },
        };
        Ok(Self { kid: jwk.kid, algorithms, material, public_jwk: None })
    }

    pub(crate) fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    pub(crate) fn is_for(&self, algorithm: Algorithm) -> bool {
        self.algorithms.contains(&algorithm)
    }

    /// What the JWK set publishes of it: nothing for secrets and for keys of other issuers.
    pub(crate) fn public_jwk(&self) -> Option<&Value> {
        self.public_jwk.as_ref()
    }

    /// Whether the signature is by this key. The algorithm must be one of this key's.
    pub(crate) fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        match &self.material {
            Material::Symmetric(secret) => hmac_algorithm(algorithm).is_some_and(|hash| {
                hmac::verify(&hmac::Key::new(hash, secret.bytes()), message, signature).is_ok()
            }),
            Material::Rsa { modulus, exponent } => rsa_parameters(algorithm).is_some_and(|parameters| {
                let key = signature::RsaPublicKeyComponents { n: modulus, e: exponent };
                key.verify(parameters, message, signature).is_ok()
            }),
            Material::Point(point) => match algorithm {
                Algorithm::Es256 => check(&signature::ECDSA_P256_SHA256_FIXED, point, message, signature),
                Algorithm::Es384 => check(&signature::ECDSA_P384_SHA384_FIXED, point, message, signature),
                _ => false,
            },
            Material::Edwards(point) => {
                algorithm == Algorithm::EdDsa && check(&signature::ED25519, point, message, signature)
            }
        }
    }
}

fn check(
    rule: &'static dyn signature::VerificationAlgorithm,
    key: &[u8],
    message: &[u8],
    signature: &[u8],
) -> bool {
    signature::UnparsedPublicKey::new(rule, key).verify(message, signature).is_ok()
}

pub(crate) fn hmac_algorithm(algorithm: Algorithm) -> Option<hmac::Algorithm> {
    match algorithm {
        Algorithm::Hs256 => Some(hmac::HMAC_SHA256),
        Algorithm::Hs384 => Some(hmac::HMAC_SHA384),
        Algorithm::Hs512 => Some(hmac::HMAC_SHA512),
        _ => None,
    }
}

fn rsa_parameters(algorithm: Algorithm) -> Option<&'static signature::RsaParameters> {
    match algorithm {
        Algorithm::Rs256 => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
        Algorithm::Rs384 => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
        Algorithm::Rs512 => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
        _ => None,
    }
}

/// Without `alg`, an RSA key verifies RS256 alone: the stronger hashes are asked for by name.
fn default_algorithms(possible: &[Algorithm]) -> Vec<Algorithm> {
    if possible.contains(&Algorithm::Rs256) { vec![Algorithm::Rs256] } else { possible.to_vec() }
}

fn material_of(jwk: &Jwk) -> Result<(Material, Vec<Algorithm>), KeyError> {
    match (jwk.kty.as_str(), jwk.crv.as_deref()) {
        ("oct", _) => {
            let secret = Secret::from_bytes(member(jwk.k.as_deref(), "k")?)?;
            Ok((Material::Symmetric(secret), vec![Algorithm::Hs256, Algorithm::Hs384, Algorithm::Hs512]))
        }
        ("RSA", _) => {
            let modulus = member(jwk.n.as_deref(), "n")?;
            let exponent = member(jwk.e.as_deref(), "e")?;
            let possible = vec![Algorithm::Rs256, Algorithm::Rs384, Algorithm::Rs512];
            Ok((Material::Rsa { modulus, exponent }, possible))
        }
        ("EC", Some("P-256")) => Ok((Material::Point(point(jwk, 32)?), vec![Algorithm::Es256])),
        ("EC", Some("P-384")) => Ok((Material::Point(point(jwk, 48)?), vec![Algorithm::Es384])),
        ("OKP", Some("Ed25519")) => {
            let bytes = member(jwk.x.as_deref(), "x")?;
            if bytes.len() != 32 {
                return Err(KeyError::Member("x"));
            }
            Ok((Material::Edwards(bytes), vec![Algorithm::EdDsa]))
        }
        ("EC" | "OKP", _) => Err(KeyError::Unsupported("crv")),
        _ => Err(KeyError::Unsupported("kty")),
    }
}

fn point(jwk: &Jwk, length: usize) -> Result<Vec<u8>, KeyError> {
    let x = member(jwk.x.as_deref(), "x")?;
    let y = member(jwk.y.as_deref(), "y")?;
    if x.len() != length || y.len() != length {
        return Err(KeyError::Member("x"));
    }
    Ok([&[4], x.as_slice(), y.as_slice()].concat())
}

fn member(text: Option<&str>, name: &'static str) -> Result<Vec<u8>, KeyError> {
    text.and_then(|text| URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok())
        .filter(|bytes| !bytes.is_empty())
        .ok_or(KeyError::Member(name))
}
