//! The handbook: revisions are read and drawn, drafts edited and published, scenarios played and watched.

pub mod changes;
pub mod difference;
pub mod draft;
pub mod edit;
pub mod fill;
pub mod read;
pub mod rehearsal;
pub mod samples;
pub mod scenarios;
pub mod source;
pub mod view;
pub mod watch;
