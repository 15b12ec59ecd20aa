//! Whom a message went to beside its recipient, as its row keeps it.

use mail::Address;

/// As JSON; nothing for nobody.
pub fn written(copies: &[Address]) -> Option<String> {
    (!copies.is_empty()).then(|| serde_json::to_string(copies).unwrap_or_default())
}

/// The people whom a row names.
pub fn read(written: Option<&str>) -> Vec<Address> {
    written.and_then(|written| serde_json::from_str(written).ok()).unwrap_or_default()
}
