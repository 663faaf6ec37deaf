//! The application: everything that a running server owns, put together here and known nowhere else.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use algebra::names::SchemaName;
use anyhow::{Context, Result};
use auth::{AuthSettings, AuthState, Hasher, HasherSettings};
use database::{EngineLimits, SqliteEngine};
use migrate::{BuiltIn, Migrator, Project};
use rest::RestState;
use web::{
    AccessLog, Envelope, EnvelopeSettings, Gate, RateLimiter, Revoked, SharedClock, SharedRandom, TokenKeys,
    TokenRules,
};

use crate::clock::MachineClock;
use crate::commands::explained;
use crate::config::{Config, StaticConfig};
use crate::keys::{ClientKeys, KeyFolder};
use crate::listener::{self, Listener, Stop};
use crate::outbox::FileOutbox;
use crate::router::router;

/// What the application is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Development,
    Production,
    /// A command that needs accounts or data and ends.
    Command,
}

/// The data of a project: its database and what was applied to it.
pub(crate) struct Data {
    pub(crate) migrator: Migrator,
}

impl Data {
    /// Opens the database, prepares it where it is new.
    pub(crate) async fn open(project: &Path, config: &Config) -> Result<Self> {
        if let Some(url) = &config.database.url {
            let _ = url;
            anyhow::bail!(
                "`database.url` names a PostgreSQL server, which this version does not connect to yet: leave it out to use the embedded database"
            );
        }
        let folder = data_folder(project, config);
        let engine = SqliteEngine::open(&folder, engine_limits(config))?;
        let built_in: Vec<_> = auth::MIGRATIONS.iter().map(|(name, text)| BuiltIn { name, text }).collect();
        let migrator = Migrator::open(Arc::new(engine), &built_in).await?;
        Ok(Self { migrator })
    }
}

/// A running application.
pub(crate) struct Application {
    project: PathBuf,
    config: Config,
    mode: Mode,
    data: Data,
    auth: AuthState,
    rest: RestState,
    keys: ClientKeys,
    clock: SharedClock,
    random: SharedRandom,
}

impl Application {
    /// Opens everything but the socket.
    pub(crate) async fn open(project: &Path, config: Config, mode: Mode) -> Result<Self> {
        let clock: SharedClock = Arc::new(MachineClock::new());
        let random = web::random::system();
        let data = Data::open(project, &config).await?;
        let folder = KeyFolder::open(&data_folder(project, &config), Arc::clone(&random))?;
        let keys = folder.client_keys()?;
        let tokens = TokenKeys::new(
            folder.ring(&config.auth)?,
            token_rules(&config),
            Arc::clone(&clock),
            Arc::clone(&random),
        );
        let gate = Gate::new(tokens, keys.api_keys(), Revoked::default());
        let database = data.migrator.database().clone();
        let limits = Arc::new(config.limits.clone());
        let shown = mode == Mode::Development;
        let outbox =
            FileOutbox::new(&data_folder(project, &config), Arc::clone(&clock), Arc::clone(&random), shown);
        let auth = AuthState {
            database: database.clone(),
            gate: gate.clone(),
            settings: Arc::new(auth_settings(&config)),
            limits: Arc::clone(&limits),
            hasher: hasher(&config, &random)?,
            rates: RateLimiter::new(config.limits.rate_keys_max, Arc::clone(&clock)),
            clock: Arc::clone(&clock),
            random: Arc::clone(&random),
            outbox: Arc::new(outbox),
            refresh_key: folder.refresh_key()?,
        };
        auth.start().await.map_err(|error| anyhow::anyhow!("{}", error.message))?;
        let rest = RestState { database, gate, settings: Arc::new(rest_settings(&config)?) };
        Ok(Self { project: project.to_owned(), config, mode, data, auth, rest, keys, clock, random })
    }

    /// Applies pending migrations.
    pub(crate) async fn migrate(&mut self) -> Result<()> {
        let files = Project::read(&self.project)?;
        let mut progress = |applied: &migrate::Applied| {
            tracing::info!(version = applied.version, name = applied.name, "applied a migration");
        };
        self.data.migrator.up(&files, &mut progress).await.map_err(|error| explained(&error))?;
        Ok(())
    }

    pub(crate) fn migrator(&mut self) -> &mut Migrator {
        &mut self.data.migrator
    }

    pub(crate) fn keys(&self) -> &ClientKeys {
        &self.keys
    }

    pub(crate) fn auth_state(&self) -> AuthState {
        self.auth.clone()
    }

    pub(crate) fn rest_state(&self) -> RestState {
        self.rest.clone()
    }

    /// Where the application's own files are.
    pub(crate) fn public_folder(&self) -> PathBuf {
        self.project.join(&self.config.files.folder)
    }

    /// How those files are served.
    pub(crate) fn static_config(&self) -> &StaticConfig {
        &self.config.files
    }

    /// Binds the socket.
    pub(crate) fn listen(&self) -> Result<Listener> {
        let address = SocketAddr::new(self.config.server.host, self.config.server.port);
        Listener::bind(address).with_context(|| format!("cannot listen on {address}"))
    }

    /// The future that serves until it is told to stop.
    pub(crate) fn serving(&self, listener: Listener, stop: Stop) -> Result<impl Future<Output = ()> + use<>> {
        let access_log = self.config.log.requests.unwrap_or(match self.mode {
            Mode::Development => AccessLog::Explained,
            Mode::Production | Mode::Command => AccessLog::Failures,
        });
        let is_https = self.config.server.public_url.as_ref().is_some_and(|url| url.is_https());
        let settings = EnvelopeSettings {
            origins: self.config.cors.allowed_origins.clone(),
            proxies: self.config.server.trusted_proxies.clone(),
            is_https,
            access_log,
        };
        let envelope = Envelope::new(settings, &self.config.limits, Arc::clone(&self.clock), &self.random)?;
        let served = listener::Application {
            envelope,
            router: router(self),
            limits: self.config.limits.clone(),
            proxies: self.config.server.trusted_proxies.clone(),
        };
        Ok(listener.serve(served, stop))
    }
}

/// The folder of the database, keys and mails.
pub(crate) fn data_folder(project: &Path, config: &Config) -> PathBuf {
    let file = project.join(&config.database.path);
    file.parent().map_or_else(|| project.join(".mainstay"), Path::to_owned)
}

fn engine_limits(config: &Config) -> EngineLimits {
    let limits = &config.limits;
    let ms = std::time::Duration::from_millis;
    EngineLimits {
        anon_statement: ms(limits.statement_anon_ms),
        authenticated_statement: ms(limits.statement_authenticated_ms),
        service_statement: ms(limits.statement_service_ms),
        queue_wait: ms(limits.queue_wait_ms),
        ..EngineLimits::default()
    }
}

fn token_rules(config: &Config) -> TokenRules {
    TokenRules {
        audiences: config.auth.jwt_audiences.clone(),
        issuers: config.auth.jwt_issuers.clone(),
        role_claim: config.auth.jwt_role_claim.split('.').map(str::to_owned).collect(),
        ..TokenRules::new(&config.limits)
    }
}

fn auth_settings(config: &Config) -> AuthSettings {
    let public = config.public_url();
    let seconds = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    AuthSettings {
        site_url: config.auth.site_url.as_ref().map_or_else(|| public.clone(), |url| url.as_str().to_owned()),
        external_url: format!("{public}/auth/v1"),
        issuer: format!("{public}/auth/v1"),
        signup: config.auth.signup,
        autoconfirm: config.auth.autoconfirm,
        access_token_s: seconds(config.auth.jwt_expiry_seconds.0),
        reuse_interval_s: seconds(config.auth.refresh_reuse_seconds.0),
        password_length_min: config.limits.password_chars_min,
        link_s: seconds(config.limits.link_life_s),
        mail_interval_s: seconds(config.limits.mail_again_s),
        ..AuthSettings::default()
    }
}

fn hasher(config: &Config, random: &SharedRandom) -> Result<Hasher> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let settings = HasherSettings {
        memory_kib: config.limits.hash_memory_kib,
        passes: config.limits.hash_passes,
        parallel: cores,
        queue_max: config.limits.hash_queue_max,
    };
    Hasher::new(settings, Arc::clone(random)).map_err(|error| anyhow::anyhow!("{}", error.message))
}

fn rest_settings(config: &Config) -> Result<rest::Settings> {
    let schemas = config.api.schemas.iter().map(|name| SchemaName::parse(name));
    let schemas = schemas.collect::<Result<Vec<_>, _>>().context("`api.schemas`")?;
    Ok(rest::Settings { schemas, limits: config.limits.clone() })
}
