//! The hand-written service that the benches compare with: axum, rusqlite, prepared statements, a JWT check.
//!
//! Written as a good engineer would write exactly this service and nothing more: no grammar, no catalog, no policies but
//! the one `where owner = ?` that each statement needs.
//! **Must not:** share code with the product, nor be slower than it need be: it is the measure.
#![expect(
    clippy::disallowed_methods,
    reason = "a program of its own: it reads its environment and the clock where it needs them"
)]

mod failure;
mod claims;
mod store;
mod read;
mod write;
mod account;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use axum::Router;
use axum::routing::{get, post};
use tokio::sync::Semaphore;

use crate::claims::Keys;
use crate::store::Store;

/// What every handler may use.
#[derive(Clone)]
struct Service {
    keys: Arc<Keys>,
    store: Arc<Store>,
    /// As many hashes at once as there are cores: more would only hold more memory.
    hashing: Arc<Semaphore>,
}

fn main() -> Result<()> {
    let port: u16 =
        std::env::var("PORT").context("PORT is not set")?.parse().context("PORT is not a port")?;
    let secret = std::env::var("JWT_SECRET").context("JWT_SECRET is not set")?;
    let file = PathBuf::from(std::env::args().nth(1).context("usage: handwritten <database file>")?);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let service = Service {
        keys: Arc::new(Keys::new(&secret)),
        store: Arc::new(Store::open(file)?),
        hashing: Arc::new(Semaphore::new(cores)),
    };
    let router = Router::new()
        .route("/auth/v1/health", get(|| async { "ok" }))
        .route("/auth/v1/signup", post(account::sign_up))
        .route("/auth/v1/token", post(account::sign_in))
        .route("/rest/v1/projects", get(read::projects).post(write::insert_projects))
        .route("/rest/v1/tasks", get(read::tasks).post(write::insert_tasks).patch(write::update_task))
        .route("/rest/v1/tags", post(write::insert_tags))
        .route("/rest/v1/task_tags", post(write::insert_task_tags))
        .with_state(service);
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = tokio::net::TcpListener::bind(address).await.context("could not listen")?;
        serve(listener, router).await
    })
}

/// Accepts connections for ever.
async fn serve(listener: tokio::net::TcpListener, router: Router) -> Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let service = hyper_util::service::TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let connection = hyper::server::conn::http1::Builder::new()
                .serve_connection(hyper_util::rt::TokioIo::new(stream), service);
            // A client that hangs up is no matter of the service's.
            let _ = connection.await;
        });
    }
}
