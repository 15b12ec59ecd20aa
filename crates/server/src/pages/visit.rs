//! A visit: one request for a page, with who looks, in which language, zone and theme, and the frame that every page stands in.

use std::convert::Infallible;
use std::future::Future;

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use desk::accounts::Secret;
use desk::agents::keys;
use desk::error::Kind;
use desk::handle::account::Visitor;
use desk::notifications::own;
use desk::rights::{Scope, Verb, may};
use desk::settings::resting;
use desk::{Actor, Error, Result, agents, mailboxes, questions};
use jiff::tz::TimeZone;
use store::Conn;
use store::chance::hex;
use tokio::sync::OnceCell;

use super::demo::bar;
use super::entry::view::{ErrorKind, ErrorPage};
use super::frame::{Frame, Section, Theme};
use super::moments::Moments;
use super::notifications::index::shown;
use super::person::Person;
use super::policy;
use crate::assets::Addresses;
use crate::edge::cookies::{cookie, private, set_private};
use crate::edge::{Viewer, device, peer};
use crate::state::App;
use crate::texts::Texts;

/// The cookie that a form's hidden `csrf` must repeat.
pub const CSRF_COOKIE: &str = "deskhand_csrf";
/// How long that is, in bytes. It stands on a page once for each form.
const CSRF_BYTES: usize = 16;
/// The same in characters, in hexadecimal.
const CSRF_LENGTH: usize = 2 * CSRF_BYTES;
/// The private cookie by which a browser that signed in before is known again.
pub const DEVICE_COOKIE: &str = "deskhand_device";
/// The viewer's theme.
pub const THEME_COOKIE: &str = "theme";
/// The viewer's language.
pub const LANGUAGE_COOKIE: &str = "language";
/// The viewer's IANA time zone, as their browser says it.
pub const ZONE_COOKIE: &str = "zone";
/// How long a preference is kept, in seconds.
pub const YEAR: u32 = 365 * 24 * 3600;

/// One request for a page.
pub struct Visit {
    /// The desk and its process.
    pub app: App,
    /// Who looks; `None` when they have not signed in.
    pub viewer: Option<Viewer>,
    /// The words.
    pub texts: &'static Texts,
    /// The request's path and query.
    pub path: String,
    /// What forms of this visitor must post as `csrf`.
    pub csrf: String,
    /// The browser that they come with.
    pub visitor: Visitor,
    theme: Theme,
    zone: Option<TimeZone>,
    /// The desk's zone, once it was asked for.
    desk_zone: OnceCell<TimeZone>,
    /// How many open questions are put to the viewer, once they were counted.
    asked: OnceCell<i64>,
    /// How many notices the viewer has not read, once they were counted.
    unread: OnceCell<i64>,
    /// How many mails were set aside and wait, once they were counted.
    set_aside: OnceCell<i64>,
    /// Whether the request only looks, so that its address can be opened again.
    looks: bool,
    /// Whether the visitor's cookie for `csrf` is yet to be set.
    is_new: bool,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        // A desk whose database is away still answers with a page: nobody is signed in then.
        let viewer = Viewer::find(app, headers).await.ok().flatten();
        let account = viewer.as_ref().and_then(|viewer| viewer.session.as_ref()).map(|session| &session.account);
        let own_zone = account.and_then(|account| TimeZone::get(account.time_zone.as_deref()?).ok());
        let language = cookie(headers, LANGUAGE_COOKIE)
            .or_else(|| account.and_then(|account| account.language.as_deref()))
            .or_else(|| headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()))
            .unwrap_or_default()
            .to_owned();
        // As a cookie of an older program has it, which was longer, it stays: forms that are open repeat it.
        let known = private(app, headers, CSRF_COOKIE).filter(|value| matches!(value.len(), CSRF_LENGTH | 64));
        let csrf = match known {
            Some(known) => known.to_owned(),
            None => app.desk.ground.chance.bytes::<CSRF_BYTES>().map(|bytes| hex(&bytes)).unwrap_or_default(),
        };
        let visitor = Visitor {
            peer: peer::of(app, parts),
            device: device::of(headers),
            known_by: private(app, headers, DEVICE_COOKIE).map(|secret| Secret(secret.to_owned())),
        };
        Ok(Self {
            app: app.clone(),
            visitor,
            zone: own_zone.or_else(|| zone_of(headers)),
            viewer,
            texts: Texts::for_language(&language),
            path: parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            looks: parts.method == Method::GET,
            is_new: known.is_none(),
            csrf,
            theme: Theme::named(cookie(headers, THEME_COOKIE).unwrap_or_default()),
            desk_zone: OnceCell::new(),
            asked: OnceCell::new(),
            unread: OnceCell::new(),
            set_aside: OnceCell::new(),
        })
    }
}

/// The zone that the browser named; a slash in a name comes as `%2F`.
fn zone_of(headers: &HeaderMap) -> Option<TimeZone> {
    TimeZone::get(&cookie(headers, ZONE_COOKIE)?.replace("%2F", "/")).ok()
}

impl Visit {
    /// A connection to read with.
    pub async fn read(&self) -> Result<Conn> {
        self.app.desk.read().await
    }

    /// Under whose rights this is read; a client and somebody unknown see no tickets.
    pub fn actor(&self) -> Actor {
        self.viewer.as_ref().map_or(Actor::Outside, |viewer| viewer.actor.clone())
    }

    /// Which tickets the viewer may see.
    pub fn scope(&self) -> Result<Scope> {
        Scope::of(&self.actor())
    }

    /// The viewer's present: in their zone, else in the desk's.
    pub async fn moments(&self) -> Result<Moments> {
        let zone = match &self.zone {
            Some(zone) => zone.clone(),
            None => self.desk_zone.get_or_try_init(|| self.zone_of_the_desk()).await?.clone(),
        };
        Ok(Moments::new(self.texts, zone, self.app.desk.now()))
    }

    async fn zone_of_the_desk(&self) -> Result<TimeZone> {
        Ok(self.app.desk.handbooks.current(&mut self.read().await?).await?.desk.zone.clone())
    }

    /// How many open questions are put to the viewer, who may see tickets; counted once a visit.
    pub async fn asked(&self) -> Result<i64> {
        let count = async || questions::count_put_to(&mut self.read().await?, self.scope()?, &self.actor()).await;
        self.asked.get_or_try_init(count).await.copied()
    }

    /// How many notices the viewer has not read; `None` for whoever has none of their own. Counted once a visit.
    pub async fn unread(&self) -> Result<Option<i64>> {
        if self.actor().agent_id().is_none() {
            return Ok(None);
        }
        let count = async || own::count_unread(&mut self.read().await?, &self.actor()).await;
        self.unread.get_or_try_init(count).await.copied().map(Some)
    }

    /// How many mails were set aside and wait for somebody to look at them; `None` for whoever may not. Counted once a visit.
    pub async fn set_aside(&self) -> Result<Option<i64>> {
        if !may(&self.actor(), Verb::ReadCaughtMail) {
            return Ok(None);
        }
        let count = async || mailboxes::set_aside(&mut self.read().await?, &self.actor()).await;
        self.set_aside.get_or_try_init(count).await.copied().map(Some)
    }

    /// The frame of a page.
    pub async fn frame(&self, section: Section) -> Result<Frame> {
        let viewer = match self.viewer.as_ref().map(|viewer| (&viewer.actor, &viewer.session)) {
            // The session came with whose it is.
            Some((_, Some(session))) => {
                let agent = &session.account.agent;
                Some(Person::new(agent.name.clone(), agent.address.clone()))
            }
            Some((Actor::Agent { id, name, .. }, None)) => {
                let agent = agents::find(&mut self.read().await?, *id).await?;
                Some(agent.map_or_else(|| Person::named(name), |agent| Person::new(agent.name, agent.address)))
            }
            Some((Actor::Program { name, .. }, None)) => Some(Person::named(name)),
            _ => None,
        };
        let demo = if self.app.demo { Some(bar::of(self).await?) } else { None };
        let asked = if viewer.is_some() { usize::try_from(self.asked().await?).ok() } else { None };
        let unread = if viewer.is_some() { self.unread().await?.map(shown) } else { None };
        let keys = match self.actor().agent_id() {
            Some(agent) => Some(super::keys::script(&keys::of(&mut self.read().await?, agent).await?)),
            None => None,
        };
        let resting = viewer.is_some() && resting::since(&mut self.read().await?).await?.is_some();
        Ok(Frame { asked, unread, keys, resting, ..self.plain_frame(section, viewer, demo) })
    }

    fn plain_frame(&self, section: Section, viewer: Option<Person>, demo: Option<super::frame::DemoBar>) -> Frame {
        Frame {
            texts: self.texts,
            assets: Addresses::embedded(),
            live: (viewer.is_some() && section.is_live()).then(|| self.app.desk.now().to_string()),
            session: self.viewer.as_ref().is_some_and(|viewer| viewer.session.is_some()),
            people: may(&self.actor(), Verb::KeepTeams) && demo.is_none(),
            works: may(&self.actor(), Verb::WorkOnTickets),
            viewer,
            section,
            demo,
            csrf: self.csrf.clone(),
            theme: self.theme,
            path: self.path.clone(),
            asked: None,
            unread: None,
            keys: None,
            resting: false,
        }
    }

    /// Answers with what `work` makes, or with the page of what went wrong.
    pub async fn answer(&self, work: impl Future<Output = Result<Response>>) -> Response {
        let mut response = match work.await {
            Ok(response) => response,
            Err(error) if self.viewer.is_none() && error.kind == Kind::Forbidden => self.to_sign_in(),
            Err(error) => self.error(&error).await,
        };
        if self.is_new {
            let cookie = set_private(&self.app, CSRF_COOKIE, &self.csrf, None);
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        response
    }

    fn to_sign_in(&self) -> Response {
        let next: String =
            percent_encoding::utf8_percent_encode(&self.path, percent_encoding::NON_ALPHANUMERIC).to_string();
        super::see_other(&format!("/sign-in?next={next}"))
    }

    async fn error(&self, error: &Error) -> Response {
        let kind = match error.kind {
            Kind::NotFound => ErrorKind::NotFound,
            Kind::Forbidden => ErrorKind::Forbidden,
            Kind::Invalid => ErrorKind::Unprocessable,
            Kind::TooLarge => ErrorKind::TooLarge,
            Kind::Conflict => ErrorKind::Conflict,
            Kind::Unavailable => ErrorKind::Unavailable,
            Kind::Internal => ErrorKind::Internal,
        };
        let told = matches!(error.kind, Kind::Invalid | Kind::TooLarge | Kind::Conflict);
        let detail = told.then(|| error.to_string());
        let reference = (kind == ErrorKind::Internal).then(|| self.app.desk.ground.ids.next().to_string());
        if let Some(reference) = &reference {
            tracing::error!(reference, code = error.code, "a page failed: {}", error.message);
        }
        let status = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        self.error_page(status, kind, detail, reference).await
    }

    /// The page of what went wrong, which is there even when the desk's database is not.
    pub async fn error_page(
        &self,
        status: StatusCode,
        kind: ErrorKind,
        detail: Option<String>,
        reference: Option<String>,
    ) -> Response {
        let frame = match self.frame(Section::Elsewhere).await {
            Ok(frame) => frame,
            Err(_) => self.plain_frame(Section::Elsewhere, None, None),
        };
        let again = (kind.may_pass() && self.looks).then(|| self.path.clone());
        page(status, &ErrorPage { frame, kind, detail, reference, again })
    }
}

/// A rendered page, under the policy that pages are written for.
pub fn page(status: StatusCode, view: &impl Template) -> Response {
    match view.render() {
        Ok(html) => {
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
                (CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy::PAGE)),
                (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (status, headers, html).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a template could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A cookie for this desk alone. With `max_age` (in seconds) it outlives the browser. The value must need no quoting.
pub fn set_cookie(name: &str, value: &str, max_age: Option<u32>) -> HeaderValue {
    let age = max_age.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{name}={value}; Path=/; SameSite=Lax; HttpOnly{age}"))
        .unwrap_or_else(|_| HeaderValue::from_static("refused=1; Max-Age=0"))
}
