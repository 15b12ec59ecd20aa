//! `GET /api/v1/openapi.json`: this interface, described for programs that make clients.

use std::sync::Arc;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ComponentsBuilder, Content, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, Ref, ResponseBuilder,
};

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

/// A way to fail that many addresses share.
struct Failure {
    status: &'static str,
    name: &'static str,
    says: &'static str,
    /// Which addresses may fail so.
    of: fn(&Operation) -> bool,
}

/// The ways to fail that need not be said at each address; where one says more, that stands.
const FAILURES: [Failure; 8] = [
    Failure {
        status: "400",
        name: "Unreadable",
        says: "What was sent cannot be read: a path, a query or a body that is no JSON",
        of: |_| true,
    },
    Failure {
        status: "401",
        name: "Unauthorized",
        says: "No token of this desk was sent, or one that ended or was taken away",
        of: needs_token,
    },
    Failure { status: "403", name: "Forbidden", says: "The token's role may not do this", of: needs_token },
    Failure {
        status: "413",
        name: "TooLarge",
        says: "The body is larger than 1 MiB",
        of: |operation| operation.request_body.is_some(),
    },
    Failure {
        status: "415",
        name: "UnsupportedMediaType",
        says: "The body is not of the media type that is taken",
        of: |operation| operation.request_body.is_some(),
    },
    Failure {
        status: "422",
        name: "Wrong",
        says: "Something in the request is wrong, `errors` says what; or the `Idempotency-Key` was used for another body",
        of: |_| true,
    },
    Failure { status: "500", name: "Defect", says: "A defect of the desk; nothing was changed", of: |_| true },
    Failure {
        status: "503",
        name: "Unavailable",
        says: "The desk cannot do it just now; the header `Retry-After` says when to try again",
        of: |_| true,
    },
];

/// Names every address for clients that are generated, and writes into those below `/api` how they may fail, beside what they
/// say of that themselves.
pub fn complete(description: &mut OpenApi) {
    for (path, item) in &mut description.paths.paths {
        for (verb, operation) in operations(item) {
            operation.operation_id = Some(operation_id(verb, path));
            for failure in FAILURES.iter().filter(|_| path.starts_with("/api/")) {
                if (failure.of)(operation) {
                    let by_name = || Ref::from_response_name(failure.name).into();
                    operation.responses.responses.entry(failure.status.to_owned()).or_insert_with(by_name);
                }
            }
        }
    }
    let components = description.components.get_or_insert_default();
    for Failure { name, says, .. } in FAILURES {
        let problem = Content::new(Some(Ref::from_schema_name("Problem")));
        let response = ResponseBuilder::new().description(says).content("application/problem+json", problem).build();
        components.responses.insert(name.to_owned(), response.into());
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let all = [
        ("get", &mut item.get),
        ("put", &mut item.put),
        ("post", &mut item.post),
        ("patch", &mut item.patch),
        ("delete", &mut item.delete),
    ];
    all.into_iter().filter_map(|(verb, operation)| Some((verb, operation.as_mut()?)))
}

/// What generated clients call an address: `get_tickets_by_id`.
fn operation_id(verb: &str, path: &str) -> String {
    let parts = path.trim_start_matches("/api/v1").split('/').filter(|part| !part.is_empty());
    let words = parts.map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(hole) => format!("by_{hole}"),
        None => part.replace(['.', '-'], "_"),
    });
    std::iter::once(verb.to_owned()).chain(words).collect::<Vec<_>>().join("_")
}

fn needs_token(operation: &Operation) -> bool {
    operation.security.as_ref().is_some_and(|needed| !needed.is_empty())
}

/// The description as a document for people too.
pub fn text(description: &OpenApi) -> String {
    // Sorted by the way of a value, so that the same description is the same text.
    let value = serde_json::to_value(description).unwrap_or_default();
    format!("{value:#}\n")
}

/// The address of the description itself.
pub fn route(description: &OpenApi) -> Router<App> {
    let text: Arc<str> = serde_json::to_string(description).unwrap_or_default().into();
    let answer = move || async move { ([(CONTENT_TYPE, "application/json")], text.to_string()) };
    Router::new().route("/api/v1/openapi.json", get(answer))
}
