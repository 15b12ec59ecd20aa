//! `GET /api/v1/openapi.json`: this interface, described for programs that make clients.

use std::sync::Arc;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder};

use crate::state::App;

/// The name under which the description knows the token.
pub const TOKEN: &str = "token";

/// What stands above the single addresses.
pub fn about() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Deskhand")
        .version("1")
        .description(Some(
            "The support desk that runs procedures. Times are RFC 3339 in UTC, ids are strings, lists are \
             `{items, next}` with `limit` and `after`, and every failure is an `application/problem+json`. A request that \
             changes something takes the header `Idempotency-Key`: the same key again changes nothing more.",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").build()))
        .build();
    let token = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    let components = ComponentsBuilder::new().security_scheme(TOKEN, token).build();
    OpenApiBuilder::new().info(info).components(Some(components)).build()
}

/// The address of the description itself.
pub fn route(description: &OpenApi) -> Router<App> {
    let text: Arc<str> = serde_json::to_string(description).unwrap_or_default().into();
    let answer = move || async move { ([(CONTENT_TYPE, "application/json")], text.to_string()) };
    Router::new().route("/api/v1/openapi.json", get(answer))
}
