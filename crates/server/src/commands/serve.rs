//! `mainstay serve`: production.

use anyhow::Result;

use crate::application::{Application, Mode};
use crate::cli::Serve;
use crate::commands::config;
use crate::listener::Stop;

pub(crate) async fn run(command: Serve) -> Result<()> {
    let config = config(&command.project.project, &command.listening.flags())?;
    crate::telemetry::start(&config.log)?;
    let mut application = Application::open(&command.project.project, config, Mode::Production).await?;
    application.migrate().await?;
    let listener = application.listen()?;
    tracing::info!(address = %listener.address(), "serving");
    let stop = Stop::default();
    let serving = application.serving(listener, stop.clone())?;
    tokio::pin!(serving);
    tokio::select! {
        () = &mut serving => {}
        () = finish_on_signal(&stop) => {}
    }
    tracing::info!("stopped");
    Ok(())
}

/// Waits for SIGTERM or SIGINT and asks for an orderly end. Never returns: serving does.
pub(crate) async fn finish_on_signal(stop: &Stop) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    stop.request();
    std::future::pending().await
}
