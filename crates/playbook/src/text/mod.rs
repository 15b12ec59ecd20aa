//! Words: plain ones that may differ by language, and texts with `{{ }}`.

mod bounded;
mod filters;
mod localized;
mod sections;
mod template;

pub use filters::{FILTERS, Filter, reference as filter_reference};
pub use localized::Localized;
pub(crate) use template::Template;
