//! The log: lines for people on a terminal, JSON elsewhere; panics in it, too.
//!
//! It goes to standard error, so that what a command prints stays clean.
//! **Must not:** fail a request. A line that cannot be written is lost.

use std::io::{self, IsTerminal};
use std::panic::PanicHookInfo;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::SubscriberBuilder;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

use crate::config::{LogConfig, LogFormat};

/// Why the log could not be set up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TelemetryError {
    #[error("`log.level` cannot be read: {0}")]
    Level(#[from] tracing_subscriber::filter::ParseError),
    #[error("the log is set up already")]
    Twice(#[from] TryInitError),
}

/// Sets the log up, once for the process.
pub(crate) fn start(config: &LogConfig) -> Result<(), TelemetryError> {
    let filter = EnvFilter::builder().parse(&config.level.0)?;
    let is_terminal = io::stderr().is_terminal();
    let has_color = config.color.unwrap_or(is_terminal);
    let format = config.format.unwrap_or(if is_terminal { LogFormat::Human } else { LogFormat::Json });
    let builder = SubscriberBuilder::default().with_env_filter(filter).with_writer(io::stderr);
    match format {
        LogFormat::Human => builder.compact().with_ansi(has_color).with_target(false).finish().try_init()?,
        LogFormat::Json => {
            builder
                .json()
                .flatten_event(true)
                .with_current_span(false)
                .with_span_list(false)
                .finish()
                .try_init()?;
        }
    }
    std::panic::set_hook(Box::new(log_panic));
    Ok(())
}

/// A panic is contained to its request; here it leaves its place, so that it can be found.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let message = panic.payload_as_str().unwrap_or("without words");
    tracing::error!(place, message, "panic");
}
