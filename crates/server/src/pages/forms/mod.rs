//! Public forms and their thank-you page.

pub mod samples;
pub mod view;
