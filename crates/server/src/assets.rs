//! Style sheets, scripts and icons: built by `make assets` into `assets/dist`, embedded in the binary (read
//! from the folder in a debug build), and served under names that carry a hash of what they hold.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "assets/dist"]
#[allow_missing = true]
struct Dist;

/// Where assets are served.
const ROOT: &str = "/assets";

/// Under which address each asset is served.
#[derive(Debug, Clone)]
pub struct Addresses(Arc<BTreeMap<String, String>>);

impl Addresses {
    /// The addresses of the embedded build. Empty when there is none, and every asset answers 404.
    #[must_use]
    pub fn embedded() -> Self {
        let names =
            Dist::get("manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default();
        Self(Arc::new(names))
    }

    /// Every asset under its plain name: for samples whose output must not change with each edit.
    #[must_use]
    pub fn plain() -> Self {
        Self(Arc::default())
    }

    /// The address of `name` (`app.css`, `js/app.js`).
    #[must_use]
    pub fn of(&self, name: &str) -> String {
        let served = self.0.get(name).map_or(name, String::as_str);
        format!("{ROOT}/{served}")
    }

    /// The addresses of our own script modules, which a page preloads.
    pub fn modules(&self) -> impl Iterator<Item = String> {
        let own = self.0.iter().filter(|(name, _)| name.starts_with("js/"));
        own.map(|(_, served)| format!("{ROOT}/{served}"))
    }
}

/// `GET /assets/{name}`: an asset by its hashed name, cached for a year and never asked for again; 404 for
/// any other name.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{*name}", get(serve))
}

async fn serve(Path(name): Path<String>) -> Response {
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let Some(file) = Dist::get(&name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, file.data.into_owned()).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    use super::*;

    async fn ask(path: &str) -> Response {
        let request = Request::get(path).body(Body::empty()).unwrap();
        routes::<()>().with_state(()).oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn a_style_sheet_is_served_by_its_hashed_name_for_ever() {
        let address = Addresses::embedded().of("app.css");
        assert_ne!(address, "/assets/app.css", "the name carries no hash");
        let answer = ask(&address).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/css; charset=utf-8");
        let caching = answer.headers()["cache-control"].to_str().unwrap();
        assert!(caching.contains("immutable"), "{caching}");
    }

    #[tokio::test]
    async fn neither_the_manifest_nor_a_file_outside_is_served() {
        for path in ["/assets/manifest.json", "/assets/../Cargo.toml", "/assets/..%2fbuild.js", "/assets/app.css"] {
            assert_eq!(ask(path).await.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn every_module_of_ours_is_preloaded_and_htmx_is_not() {
        let modules: Vec<_> = Addresses::embedded().modules().collect();
        assert!(modules.iter().any(|m| m.contains("live.")), "{modules:?}");
        assert!(!modules.iter().any(|m| m.contains("htmx")), "{modules:?}");
    }
}
