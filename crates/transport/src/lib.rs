//! Speaks to mail servers: fetches by IMAP, submits by SMTP.
