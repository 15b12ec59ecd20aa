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

/// Where the worker is served, which shows what is pushed. Browsers know it by this address, so it carries no hash.
const WORKER: &str = "/service-worker.js";

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
/// any other name. The worker has a name of its own, at the root of what it may see to.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{*name}", get(serve)).route(WORKER, get(serve_worker))
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

async fn serve_worker() -> Response {
    let addresses = Addresses::embedded();
    let served = addresses.0.get("service-worker.js").and_then(|name| Dist::get(name));
    let Some(file) = served else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        // A browser asks whether there is a newer one, and it reaches nobody.
        (header::CACHE_CONTROL, "no-cache"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
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

    #[tokio::test]
    async fn the_worker_stands_at_the_root_and_is_asked_for_again() {
        let answer = ask("/service-worker.js").await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()["content-type"], "text/javascript; charset=utf-8");
        assert_eq!(answer.headers()["cache-control"], "no-cache");
    }

    #[test]
    fn every_module_of_ours_is_preloaded_and_htmx_is_not() {
        let modules: Vec<_> = Addresses::embedded().modules().collect();
        assert!(modules.iter().any(|m| m.contains("live.")), "{modules:?}");
        assert!(!modules.iter().any(|m| m.contains("htmx")), "{modules:?}");
    }
}
