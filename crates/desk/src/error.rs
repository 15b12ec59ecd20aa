//! The one error type of the desk: what kind of failure, in words for people, and what to do about it.

use std::fmt;

/// The result of anything the desk does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of failure it is; decides the HTTP status, the exit code and the answer to a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What was asked for is not there, or not for this actor to see.
    NotFound,
    /// The actor is known and may not do this.
    Forbidden,
    /// The input is wrong; doing the same again cannot help.
    Invalid,
    /// The input is larger than the desk takes.
    TooLarge,
    /// Something else happened meanwhile, or the ticket does not stand where this is possible.
    Conflict,
    /// The desk cannot do it just now; doing the same later may help.
    Unavailable,
    /// A defect of the desk.
    Internal,
}

/// A failure, with what a person can do about it.
#[derive(Debug)]
pub struct Error {
    /// What kind of failure.
    pub kind: Kind,
    /// A stable name for programs, such as `choice-not-available`.
    pub code: &'static str,
    /// What happened, in one sentence.
    pub message: String,
    /// What to do about it.
    pub advice: Option<String>,
    /// The parts of the input that were wrong.
    pub fields: Vec<FieldError>,
}

/// One part of the input and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FieldError {
    /// The name of the part.
    pub field: String,
    /// What is wrong, for programs: `required`, `too-small`, ….
    pub code: String,
    /// What is wrong, for people.
    pub message: String,
}

impl FieldError {
    /// A field's error.
    pub fn new(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), code: code.to_owned(), message: message.into() }
    }
}

impl Error {
    fn new(kind: Kind, code: &'static str, message: impl Into<String>) -> Self {
        Self { kind, code, message: message.into(), advice: None, fields: Vec::new() }
    }

    /// There is no such `thing`, as far as this actor can see.
    pub fn not_found(thing: &str) -> Self {
        Self::new(Kind::NotFound, "not-found", format!("There is no such {thing}."))
    }

    /// The actor may not do `verb`.
    pub fn forbidden(verb: &str) -> Self {
        Self::new(Kind::Forbidden, "forbidden", format!("You are not allowed to {verb}."))
            .advise("Ask an owner of the desk for the role that may.")
    }

    /// The input is wrong as a whole.
    pub fn invalid(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, code, message)
    }

    /// Parts of the input are wrong.
    pub fn invalid_fields(fields: Vec<FieldError>) -> Self {
        let message = fields.iter().map(|f| format!("{}: {}", f.field, f.message)).collect::<Vec<_>>().join("; ");
        Self { fields, ..Self::new(Kind::Invalid, "invalid-fields", message) }
    }

    /// One part of the input is wrong.
    pub fn invalid_field(field: &str, code: &str, message: impl Into<String>) -> Self {
        Self::invalid_fields(vec![FieldError::new(field, code, message)])
    }

    /// `thing` is larger than `limit` bytes.
    pub fn too_large(thing: &str, limit: usize) -> Self {
        Self::new(Kind::TooLarge, "too-large", format!("The {thing} is larger than {limit} bytes."))
            .advise("Make it smaller, or send it in parts.")
    }

    /// Something stands in the way as things are.
    pub fn conflict(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Conflict, code, message)
    }

    /// It cannot be done just now.
    pub fn unavailable(message: impl Into<String>) -> Self {
        Self::new(Kind::Unavailable, "unavailable", message).advise("Try again in a moment.")
    }

    /// A defect.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Kind::Internal, "internal", message)
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        // What is wrong with a part is said without a full stop.
        let stop = if self.message.ends_with(['.', '!', '?', ':']) { "" } else { "." };
        self.advice.as_ref().map_or(Ok(()), |advice| write!(f, "{stop} {advice}"))
    }
}

impl std::error::Error for Error {}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Missing => Self::not_found("thing"),
            store::Error::Conflict | store::Error::Closed => Self::unavailable("The desk is busy."),
            store::Error::Unavailable(_) => {
                tracing::error!(%error, "the database is not available");
                Self::unavailable("The desk's database cannot be reached or has no room.")
            }
            store::Error::Schema(text) => Self::conflict("schema", text),
            error => {
                tracing::error!(%error, "a statement failed");
                Self::internal("Something went wrong in the desk's database. Nothing was changed.")
            }
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(format!("what is stored cannot be read: {error}"))
    }
}
