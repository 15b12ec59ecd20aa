//! Puts notices to addresses of the web, as the desk wants it; what is said to them is `transport`'s.

use std::time::Duration;

use desk::dispatches::{Messenger, Post, Refused};
use futures::FutureExt;
use futures::future::BoxFuture;
use jiff::SignedDuration;
use transport::http::{self, Request, Told};
use transport::{Fault, Kind, Limits, Reach, Trust};

/// What an address may cost. All of it takes less than a claim lasts.
const LIMITS: Limits = Limits {
    connect: Duration::from_secs(10),
    step: Duration::from_secs(10),
    command: Duration::from_secs(20),
    mail: 0,
};

/// Posts to the web.
#[derive(Clone, Debug, Default)]
pub struct Web {
    trust: Trust,
    reach: Reach,
}

/// What an address answered that took nothing, or why it could not be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Hitch {
    /// It could not be asked.
    Fault(Box<Fault>),
    /// It said no.
    Said(Told),
}

impl Web {
    /// Believes certificates as `trust` does, and posts to where `reach` allows.
    #[must_use]
    pub fn new(trust: Trust, reach: Reach) -> Self {
        Self { trust, reach }
    }

    /// Posts something, once.
    pub(crate) async fn put(&self, post: &Post) -> Result<(), Hitch> {
        let headers: Vec<(&str, &str)> = post.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let request = Request { address: post.address.reveal(), kind: post.kind, headers: &headers, body: &post.body };
        match http::tell(&request, self.reach, &self.trust, &LIMITS).await {
            Ok(told) if (200..300).contains(&told.status) => Ok(()),
            Ok(told) => Err(Hitch::Said(told)),
            Err(fault) => Err(Hitch::Fault(Box::new(fault))),
        }
    }
}

impl Messenger for Web {
    fn post<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Result<(), Refused>> {
        async move { self.put(post).await.map_err(|hitch| refused(&hitch)) }.boxed()
    }
}

/// Whether it is worth another try. What it says is kept; the address is in none of it.
pub(crate) fn refused(hitch: &Hitch) -> Refused {
    match hitch {
        Hitch::Fault(fault) if matches!(fault.kind, Kind::NotPublic | Kind::BadEndpoint) => {
            Refused::Never(fault.to_string())
        }
        Hitch::Fault(fault) => Refused::Later { reason: fault.to_string(), after: None },
        Hitch::Said(told) => {
            let said = told.said.as_deref().map(|said| format!(": {said}")).unwrap_or_default();
            let reason = format!("it answered {}{said}", told.status);
            let after = told.retry_after.and_then(|after| SignedDuration::try_from(after).ok());
            match told.status {
                408 | 425 | 429 | 500..=599 => Refused::Later { reason, after },
                404 | 410 => Refused::Gone(reason),
                _ => Refused::Never(reason),
            }
        }
    }
}
