//! Public forms and their thank-you page.

pub mod fill;
pub mod samples;
pub mod show;
pub mod submit;
pub mod view;
