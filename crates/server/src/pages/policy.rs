//! The content security policies that the pages are written for.

/// For every page of ours: nothing inline, nothing foreign; frames and live updates from here alone.
pub const PAGE: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
     frame-ancestors 'none'";

/// For an HTML mail shown in a frame of ours (`/mail/{id}/html`): its own styles and embedded images, no
/// script, no request to anybody. A frame by `srcdoc` would take the page's policy and lose the mail's styles.
pub const FRAMED_MAIL: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/// The same for a mail whose reader asked to see its pictures from elsewhere: those of this one answer may be fetched, without
/// saying from where.
pub const FRAMED_MAIL_WITH_IMAGES: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";
