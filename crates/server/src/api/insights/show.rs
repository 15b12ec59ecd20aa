//! `GET /api/v1/insights`: how much came in and went out, how soon clients were answered, on whom tickets waited, what came back.

use axum::Json;
use axum::extract::State;
use desk::insights::span::Recent;
use desk::insights::{self, Asked, Span};
use desk::rights::{self, Verb};
use desk::{Error, organizations};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use playbook::Handbook;
use serde::Serialize;
use store::{Conn, Id};
use utoipa::ToSchema;

use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// Figures of some days, beside as many days before them. Lengths of time are in seconds.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Insights {
    #[serde(flatten)]
    days: Days,
    before: Days,
    /// The zone whose days those are.
    zone: String,
    /// What the parts are.
    #[schema(value_type = PartLength)]
    grain: &'static str,
    /// Whether tickets that are older than these figures are still being counted, so that everything may be too low.
    partial: bool,
    total: Pair,
    /// The days, weeks or months of the span, in order.
    parts: Vec<Volume>,
    playbooks: Vec<OfPlaybook>,
    /// The team is null for tickets that are of none.
    teams: Vec<OfTeam>,
    /// The organization is null for tickets that are nobody's.
    organizations: Vec<OfOrganization>,
}

/// Days, the first and the last included.
#[derive(Serialize, ToSchema)]
#[schema(as = InsightsDays)]
pub(in crate::api) struct Days {
    #[schema(value_type = String, format = Date)]
    from: Date,
    #[schema(value_type = String, format = Date)]
    to: Date,
}

/// A length of parts.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(in crate::api) enum PartLength {
    Day,
    Week,
    Month,
}

/// Figures of the span, and of the span before.
#[derive(Serialize, ToSchema)]
#[schema(as = InsightsPair)]
pub(in crate::api) struct Pair {
    now: Figures,
    before: Figures,
}

/// Figures of some tickets.
#[derive(Serialize, ToSchema)]
#[schema(as = InsightsFigures)]
pub(in crate::api) struct Figures {
    /// How many were opened.
    opened: i64,
    /// How many were solved or closed.
    closed: i64,
    /// How many of those that were came back.
    reopened: i64,
    /// How many were unfinished as it ended.
    open: i64,
    /// How many clients got their first answer.
    answered: i64,
    /// How long those had waited for it; null where nobody was answered.
    first_answer: Option<FirstAnswer>,
    /// How long tickets waited on us, added up.
    waited_us: i64,
    /// How long they waited on others.
    waited_them: i64,
}

/// How long clients waited for their first answer.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct FirstAnswer {
    /// Half of them no longer than this.
    median: i64,
    /// Nine of ten no longer than this.
    ninetieth: i64,
}

/// What came in and went out in a part of the span.
#[derive(Serialize, ToSchema)]
#[schema(as = InsightsPart)]
pub(in crate::api) struct Volume {
    #[serde(flatten)]
    days: Days,
    opened: i64,
    closed: i64,
    reopened: i64,
    /// How many were unfinished as it ended.
    open: i64,
}

/// The figures of a playbook's tickets.
#[derive(Serialize, ToSchema)]
#[schema(as = InsightsOfPlaybook)]
pub(in crate::api) struct OfPlaybook {
    playbook: String,
    #[serde(flatten)]
    figures: Pair,
}

/// The figures of a team's tickets.
#[derive(Serialize, ToSchema)]
#[schema(as = InsightsOfTeam)]
pub(in crate::api) struct OfTeam {
    team: Option<String>,
    #[serde(flatten)]
    figures: Pair,
}

/// The figures of an organization's tickets.
#[derive(Serialize, ToSchema)]
#[schema(as = InsightsOfOrganization)]
pub(in crate::api) struct OfOrganization {
    organization: Option<Named>,
    #[serde(flatten)]
    figures: Pair,
}

/// An organization by its name.
#[derive(Serialize, ToSchema)]
#[schema(as = InsightsOrganization)]
pub(in crate::api) struct Named {
    #[schema(value_type = String)]
    id: Id,
    name: String,
}

/// Figures for leads and owners: volume, first answers, waiting and what came back, in all and by playbook, team and organization.
#[utoipa::path(get, path = "/api/v1/insights", tag = "tickets",
    params(
        ("span" = Option<String>, Query, description = "Days that end today: 7d, 28d, 90d or 12m; 28d when neither this nor days are named"),
        ("from" = Option<String>, Query, description = "The first day, such as 2026-11-17"),
        ("to" = Option<String>, Query, description = "The last day"),
        ("zone" = Option<String>, Query, description = "Whose days, such as Europe/Lisbon; the desk's own when left out"),
        ("playbook" = Option<String>, Query, description = "Only tickets of this playbook"),
        ("team" = Option<String>, Query, description = "Only tickets of this team"),
        ("organization" = Option<String>, Query, description = "Only tickets for this organization: its key or its id"),
    ),
    responses(
        (status = 200, description = "The figures", body = Insights),
        (status = 422, description = "A parameter is wrong", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Insights>, Problem> {
    rights::require(&actor, Verb::ReadInsights)?;
    let mut conn = app.desk.read().await?;
    let handbook = app.desk.handbooks.current(&mut conn).await?;
    let (span, zone) = days(&mut parameters, &handbook, app.desk.now());
    let (playbook, team) = (parameters.take("playbook"), parameters.take("team"));
    let organization = organization(&mut conn, &mut parameters).await?;
    parameters.finish()?;
    let asked = Asked { span: span?, zone, playbook, team, organization };
    let found = insights::of(&mut conn, &actor, &asked, app.desk.now()).await?;
    Ok(Json(told(found, &asked.zone)))
}

/// The days that are asked for, and whose. What is wrong with them is said with everything else that is.
pub(super) fn days(
    parameters: &mut Parameters,
    handbook: &Handbook,
    now: Timestamp,
) -> (Result<Span, Problem>, TimeZone) {
    let zone =
        parameters.read("zone", |name| TimeZone::get(name).map_err(|_| "is no time zone that is known".to_owned()));
    let zone = zone.unwrap_or_else(|| handbook.desk.zone.clone());
    (span(parameters, now.to_zoned(zone.clone()).date()), zone)
}

fn span(parameters: &mut Parameters, today: Date) -> Result<Span, Problem> {
    let (recent, from, to) = (parameters.take("span"), parameters.take("from"), parameters.take("to"));
    let span = match (recent, from, to) {
        (Some(_), Some(_), _) | (Some(_), _, Some(_)) => {
            Err(Error::invalid_field("span", "bad-span", "goes without from and to"))
        }
        (recent, None, None) => {
            recent.map_or(Ok(Recent::default()), |text| text.parse()).and_then(|recent| recent.until(today))
        }
        (None, from, to) => Span::read(&from.unwrap_or_default(), &to.unwrap_or_default()),
    };
    span.map_err(|error| {
        for wrong in &error.fields {
            parameters.refuse(&wrong.field, wrong.message.clone());
        }
        error.into()
    })
}

/// The organization with this key, or with this id when no key is like it.
async fn organization(conn: &mut Conn, parameters: &mut Parameters) -> Result<Option<Id>, Problem> {
    let Some(text) = parameters.take("organization") else { return Ok(None) };
    let mut found = organizations::find_by_key(conn, &text).await?;
    if let (None, Ok(id)) = (&found, text.parse::<Id>()) {
        found = organizations::find(conn, id).await?;
    }
    if found.is_none() {
        parameters.refuse("organization", format!("there is no organization {text:?}"));
    }
    Ok(found.map(|found| found.id))
}

fn told(found: insights::Insights, zone: &TimeZone) -> Insights {
    let insights::Insights { span, before, grain, parts, total, playbooks, teams, organizations, is_partial } = found;
    let part = |part: insights::Volume| {
        let insights::Volume { days, opened, closed, reopened, open } = part;
        Volume { days: days.into(), opened, closed, reopened, open }
    };
    let named = |known: insights::Named| Named { id: known.id, name: known.name };
    Insights {
        days: span.into(),
        before: before.into(),
        zone: zone.iana_name().unwrap_or_default().to_owned(),
        grain: grain.as_str(),
        partial: is_partial,
        total: total.into(),
        parts: parts.into_iter().map(part).collect(),
        playbooks: playbooks
            .into_iter()
            .map(|line| OfPlaybook { playbook: line.key, figures: line.figures.into() })
            .collect(),
        teams: teams.into_iter().map(|line| OfTeam { team: line.key, figures: line.figures.into() }).collect(),
        organizations: organizations
            .into_iter()
            .map(|line| OfOrganization { organization: line.key.map(named), figures: line.figures.into() })
            .collect(),
    }
}

impl From<Span> for Days {
    fn from(Span { first, last }: Span) -> Self {
        Self { from: first, to: last }
    }
}

impl From<insights::Pair> for Pair {
    fn from(insights::Pair { now, before }: insights::Pair) -> Self {
        Self { now: now.into(), before: before.into() }
    }
}

impl From<insights::Figures> for Figures {
    fn from(figures: insights::Figures) -> Self {
        let insights::Figures { opened, closed, reopened, open, answered, first_answer, waited_us, waited_them } =
            figures;
        let first_answer =
            first_answer.map(|insights::FirstAnswer { median, ninetieth }| FirstAnswer { median, ninetieth });
        Self { opened, closed, reopened, open, answered, first_answer, waited_us, waited_them }
    }
}
