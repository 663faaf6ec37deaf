//! The keys of a project, as files in `keys/` beside its data: what signs tokens, what clients show.
//!
//! Made at the first start, readable by their owner alone. **Must not:** print a key; commands decide that.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use auth::RefreshKey;
use web::tokens::VerifyKey;
use web::{ApiKeys, Clock, KeyKind, KeyRing, SharedRandom, Signer, SigningKey};

use crate::config::{AuthConfig, JwtSecret};

/// A folder with a project's keys.
pub(crate) struct KeyFolder {
    folder: PathBuf,
    random: SharedRandom,
}

const SIGNING: &str = "signing.p8";
const PREVIOUS: &str = "signing.previous.p8";
const REFRESH: &str = "refresh.key";
const PUBLISHABLE: &str = "publishable.key";
const SECRET: &str = "secret.key";

/// The keys that clients show, both forms.
pub(crate) struct ClientKeys {
    pub(crate) publishable: String,
    pub(crate) secret: String,
}

impl KeyFolder {
    /// The folder below a data directory; made when it is not there.
    pub(crate) fn open(data: &Path, random: SharedRandom) -> Result<Self> {
        let folder = data.join("keys");
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .with_context(|| format!("cannot make `{}`", folder.display()))?;
        Ok(Self { folder, random })
    }

    /// The keys of tokens: a secret that is configured, else key pairs of our own.
    pub(crate) fn ring(&self, config: &AuthConfig) -> Result<KeyRing> {
        if let Some(JwtSecret::Shared(secret)) = &config.jwt_secret {
            return Ok(KeyRing { current: Signer::Hs256(secret.clone()), accepted: Vec::new() });
        }
        let mut accepted = Vec::new();
        if let Some(JwtSecret::Jwks(jwks)) = &config.jwt_secret {
            accepted = VerifyKey::from_jwks(&jwks.0).context("`auth.jwt_secret` is not a JWK set")?;
        }
        let current = self.bytes(SIGNING, || Ok(SigningKey::generate(self.random.as_ref())?))?;
        let current = SigningKey::from_pkcs8(&current, self.random.as_ref())
            .with_context(|| format!("`{}` is not a key", self.folder.join(SIGNING).display()))?;
        if let Ok(previous) = fs::read(self.folder.join(PREVIOUS)) {
            let previous = SigningKey::from_pkcs8(&previous, self.random.as_ref())
                .with_context(|| format!("`{}` is not a key", self.folder.join(PREVIOUS).display()))?;
            accepted.push(previous.verify_key());
        }
        Ok(KeyRing { current: Signer::Es256(current), accepted })
    }

    /// Makes a new signing key; the last one goes on verifying until the next rotation.
    pub(crate) fn rotate(&self) -> Result<()> {
        let current = self.folder.join(SIGNING);
        let new = SigningKey::generate(self.random.as_ref())?;
        let next = self.folder.join("signing.next.p8");
        write_private(&next, &new)?;
        if current.is_file() {
            fs::rename(&current, self.folder.join(PREVIOUS)).context("cannot keep the last signing key")?;
        }
        fs::rename(&next, &current).context("cannot take the new signing key into use")
    }

    /// The secret of refresh tokens.
    pub(crate) fn refresh_key(&self) -> Result<RefreshKey> {
        let bytes = self.bytes(REFRESH, || Ok(web::random::bytes::<32>(self.random.as_ref())?.to_vec()))?;
        let secret: [u8; 32] = bytes
            .try_into()
            .map_err(|_| anyhow::anyhow!("`{}` must have 32 bytes", self.folder.join(REFRESH).display()))?;
        Ok(RefreshKey::new(&secret))
    }

    /// The opaque keys of clients.
    pub(crate) fn client_keys(&self) -> Result<ClientKeys> {
        let key = |name, kind: KeyKind| {
            let bytes = self.bytes(name, || Ok(kind.generate(self.random.as_ref())?.into_bytes()))?;
            String::from_utf8(bytes).with_context(|| format!("`{name}` is not text"))
        };
        Ok(ClientKeys {
            publishable: key(PUBLISHABLE, KeyKind::Publishable)?.trim().to_owned(),
            secret: key(SECRET, KeyKind::Secret)?.trim().to_owned(),
        })
    }

    /// The content of a key file, made when it is not there.
    fn bytes(&self, name: &str, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
        let path = self.folder.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let bytes = make()?;
                write_private(&path, &bytes)?;
                Ok(bytes)
            }
            Err(error) => Err(error).with_context(|| format!("cannot read `{}`", path.display())),
        }
    }
}

impl ClientKeys {
    pub(crate) fn api_keys(&self) -> ApiKeys {
        ApiKeys::new([
            (KeyKind::Publishable, self.publishable.as_str()),
            (KeyKind::Secret, self.secret.as_str()),
        ])
    }
}

/// The same keys as tokens, for clients that expect those: `anon` and `service_role`.
pub(crate) fn tokens(keys: &web::TokenKeys, clock: &dyn Clock) -> Result<(String, String)> {
    let sign = |kind: KeyKind| keys.sign(&kind.token_claims(clock.unix_s())).context("cannot sign a key");
    Ok((sign(KeyKind::Publishable)?, sign(KeyKind::Secret)?))
}

/// Writes a file that only its owner can read, durably.
fn write_private(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || {
        let mut file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().with_context(|| format!("cannot write `{}`", path.display()))
}
