//! Words: plain ones that may differ by language, and texts with `{{ }}`.

mod localized;
mod template;

pub use localized::Localized;
pub(crate) use template::Template;
