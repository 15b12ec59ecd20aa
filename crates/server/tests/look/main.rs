//! How the pages look and what they say, checked from outside.

mod markup;
mod pages;
mod texts;
