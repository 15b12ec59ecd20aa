//! A browser: it keeps cookies, fills in forms as they stand, and says where it comes from.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::Request;
use axum::http::header::SET_COOKIE;

use crate::stage::{Answer, Stage};

/// A browser with its cookies.
pub struct Browser<'s> {
    stage: &'s Stage,
    /// The cookies, by name.
    pub cookies: BTreeMap<String, String>,
    /// Further headers of every request.
    pub headers: Vec<(&'static str, String)>,
}

impl<'s> Browser<'s> {
    /// A browser that was never here.
    pub fn new(stage: &'s Stage) -> Self {
        let headers = vec![("host", "127.0.0.1:8080".to_owned())];
        Self { stage, cookies: BTreeMap::new(), headers }
    }

    /// The same with a header in every request, instead of the one of that name.
    pub fn saying(mut self, name: &'static str, value: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    /// A page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, String::new()).await
    }

    /// A form posted, with the token that its page gave.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf().await;
        self.post_as_is(path, &[fields, &[("csrf", &csrf)]].concat()).await
    }

    /// A form posted with these fields alone.
    pub async fn post_as_is(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send("POST", path, encoded(fields)).await
    }

    /// What forms of this browser must post as `csrf`.
    pub async fn csrf(&mut self) -> String {
        let named = |cookies: &BTreeMap<String, String>| {
            cookies.iter().find(|(name, _)| name.ends_with("deskhand_csrf")).map(|(_, value)| value.clone())
        };
        if named(&self.cookies).is_none() {
            self.get("/forgotten").await;
        }
        named(&self.cookies).unwrap()
    }

    /// The secret of its session, under whichever name.
    pub fn session(&self) -> Option<String> {
        self.cookies.iter().find(|(name, _)| name.ends_with("deskhand_session")).map(|(_, value)| value.clone())
    }

    async fn send(&mut self, method: &str, path: &str, body: String) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = Request::builder().method(method).uri(path).header("cookie", cookies.join("; "));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if method == "POST" {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        let answer = self.stage.send(request.body(Body::from(body)).unwrap()).await;
        for line in answer.headers.get_all(SET_COOKIE) {
            self.keep(line.to_str().unwrap());
        }
        answer
    }

    fn keep(&mut self, line: &str) {
        let (pair, attributes) = line.split_once(';').unwrap();
        let (name, value) = pair.split_once('=').unwrap();
        if attributes.contains("Max-Age=0") {
            self.cookies.remove(name);
        } else {
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// Where an answer leads on to.
pub fn leads_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{answer:?}");
    answer.headers["location"].to_str().unwrap()
}

/// The cookie of this name as it was set.
pub fn set(answer: &Answer, name: &str) -> String {
    let lines = answer.headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap().to_owned());
    lines.into_iter().find(|line| line.split('=').next() == Some(name)).unwrap_or_default()
}

/// The page as text.
pub fn page(answer: &Answer) -> &str {
    answer.body.as_str().unwrap()
}
