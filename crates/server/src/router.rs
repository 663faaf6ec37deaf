//! All routes: each surface under its path, the application's own files everywhere else.

use axum::Router;
use axum::routing::get;
use http::StatusCode;

use crate::application::Application;
use crate::static_files;

/// The router of an application.
pub(crate) fn router(application: &Application) -> Router {
    Router::new()
        .merge(rest::routes(application.rest_state()))
        .nest("/auth/v1", auth::routes(application.auth_state()))
        .route("/health", get(async || StatusCode::OK))
        .fallback_service(static_files::service(&application.public_folder(), application.static_config()))
}
