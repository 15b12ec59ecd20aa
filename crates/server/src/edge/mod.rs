//! What stands between HTTP and the desk: who asks, what they may send, and how a failure is said.

pub mod asked;
pub mod bearer;
pub mod cookies;
pub mod device;
pub mod download;
pub mod host;
pub mod json;
pub mod limits;
pub mod origin;
pub mod parameters;
pub mod path;
pub mod peer;
pub mod problem;
pub mod refused;
pub mod viewer;

pub use asked::Asked;
pub use bearer::Bearer;
pub use parameters::Parameters;
pub use path::Place;
pub use problem::{Problem, status_of};
pub use viewer::Viewer;
