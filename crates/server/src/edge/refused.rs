//! What is left of a body that is refused.
//!
//! Most who send do not look for an answer before they have sent everything. Were the connection closed before, the rest that they send would be
//! answered with a reset, which takes the answer away from them.

use std::time::Duration;

use axum::body::BodyDataStream;
use axum::http::HeaderMap;
use axum::http::header::EXPECT;
use futures::StreamExt;

/// How much is passed by at the most.
const PASSED_MAX: usize = 128 << 20;
/// How long it may take.
const PASSING_MAX: Duration = Duration::from_secs(20);

/// Reads the rest of a body and keeps nothing of it, within bounds. Who asked whether to send at all (RFC 9110, section 10.1.1) learns
/// the answer without having sent it.
pub async fn pass_by(headers: &HeaderMap, mut body: BodyDataStream) {
    if headers.contains_key(EXPECT) {
        return;
    }
    let passing = async {
        let mut passed = 0;
        while let Some(Ok(piece)) = body.next().await {
            passed += piece.len();
            if passed > PASSED_MAX {
                return;
            }
        }
    };
    // Whoever is that slow, or sends that much, is cut off.
    let _ = tokio::time::timeout(PASSING_MAX, passing).await;
}
