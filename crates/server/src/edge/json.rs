//! Reading a JSON body, with errors that name the field.

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use futures::StreamExt;
use serde::de::DeserializeOwned;

use super::problem::WrongField;
use super::{Problem, refused};

/// The largest JSON body that is taken, in bytes.
pub const JSON_MAX: usize = 1024 * 1024;

/// The bytes of a body that is no larger than `limit`. Of one that says beforehand that it is larger nothing is kept.
pub async fn bytes(headers: &HeaderMap, body: Body, thing: &str, limit: usize) -> Result<Bytes, Problem> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    match announced {
        Some(length) if length > limit => {
            refused::pass_by(headers, body.into_data_stream()).await;
            Err(Problem::too_large(thing, limit))
        }
        Some(_) => axum::body::to_bytes(body, limit).await.map_err(|_| broken_off()),
        None => pieces(headers, body, thing, limit).await,
    }
}

/// The bytes of a body whose size nobody knows beforehand.
async fn pieces(headers: &HeaderMap, body: Body, thing: &str, limit: usize) -> Result<Bytes, Problem> {
    let (mut body, mut bytes) = (body.into_data_stream(), Vec::new());
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|_| broken_off())?;
        if bytes.len() + piece.len() > limit {
            refused::pass_by(headers, body).await;
            return Err(Problem::too_large(thing, limit));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes.into())
}

fn broken_off() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "broken-off", "The request ended before its body was complete.")
}

/// Refuses a body that is not called JSON.
pub fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    let kind = media_type(headers).unwrap_or_default();
    if kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json")) {
        return Ok(());
    }
    Err(unsupported("application/json"))
}

/// The media type of a body, lower-cased, without its parameters.
pub fn media_type(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
}

/// The answer to a body of another media type than `expected`.
pub fn unsupported(expected: &str) -> Problem {
    let detail = format!("Send the body as {expected}, and say so in the header Content-Type.");
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail)
}

/// Reads the object in `bytes`: 400 when they are not JSON, 422 with the field's path when they are not what is expected.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // A list would be taken for the object's fields in their order.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(Problem::wrong(vec![WrongField::new("body", "is a list and must be an object")]));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        wrong(&path, error.inner())
    })?;
    deserializer.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

fn wrong(path: &str, error: &serde_json::Error) -> Problem {
    if error.classify() != serde_json::error::Category::Data {
        return malformed(error);
    }
    let message = without_position(&error.to_string());
    // What is missing is named in the message, and the path is the object that misses it.
    let named = |prefix: &str| Some(message.strip_prefix(prefix)?.split('`').next()?.to_owned());
    let parent = if path == "." { String::new() } else { format!("{path}.") };
    let wrong = match (named("missing field `"), named("unknown field `")) {
        (Some(field), _) => WrongField::new(format!("{parent}{field}"), "is required"),
        // Here the path ends in the unknown field already.
        (None, Some(field)) if path == field || path.ends_with(&format!(".{field}")) => WrongField::new(path, message),
        (None, Some(field)) => WrongField::new(format!("{parent}{field}"), message),
        (None, None) => WrongField::new(if path == "." { "body" } else { path }, message),
    };
    Problem::wrong(vec![wrong])
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "malformed-json", format!("The body is not JSON: {error}."))
}

/// serde_json closes its messages with ` at line 1 column 7`; the path says it better.
fn without_position(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |(message, _)| message).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read from JSON")]
    struct Outer {
        inner: Inner,
        many: Option<Vec<i64>>,
    }

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read from JSON")]
    struct Inner {
        email: String,
    }

    fn field(text: &str) -> (u16, String) {
        let problem = serde_json::to_value(read::<Outer>(text.as_bytes()).unwrap_err()).unwrap();
        let field = problem["errors"][0]["field"].as_str().unwrap_or_default().to_owned();
        (problem["status"].as_u64().unwrap() as u16, field)
    }

    #[test]
    fn an_error_names_the_field_by_its_path() {
        assert_eq!(field(r#"{"inner": {}}"#), (422, "inner.email".to_owned()));
        assert_eq!(field(r#"{}"#), (422, "inner".to_owned()));
        assert_eq!(field(r#"{"inner": {"email": 7}}"#), (422, "inner.email".to_owned()));
        assert_eq!(field(r#"{"inner": {"email": "a", "mail": 1}}"#), (422, "inner.mail".to_owned()));
        assert_eq!(field(r#"{"innner": {}}"#), (422, "innner".to_owned()));
        assert_eq!(field(r#"{"inner": {"email": "a"}, "many": [1, "x"]}"#), (422, "many[1]".to_owned()));
        assert_eq!(field("[1]"), (422, "body".to_owned()));
    }

    #[test]
    fn what_is_not_json_is_a_bad_request() {
        for text in ["", "{", "nonsense", r#"{"inner": {"email": "a"}} more"#] {
            assert_eq!(read::<Outer>(text.as_bytes()).unwrap_err().status(), StatusCode::BAD_REQUEST, "{text}");
        }
    }
}
