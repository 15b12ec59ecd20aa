//! Samples of home, sign-in and the error pages.

use super::view::{ErrorKind, ErrorPage, HomePage, SignInPage};
use crate::pages::frame::{Frame, Section};
use crate::pages::specimens::{ATTACK, LONG, Specimen};

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let home = |sample, done| {
        let frame = frame.at(Section::Home);
        let form_href = "/forms/document-survey".to_owned();
        Specimen::page("home", sample, &HomePage { frame, form_href, done })
    };
    let sign_in = |sample, refused, next: &str| {
        let frame = frame.for_visitor();
        let next = next.to_owned();
        Specimen::page("sign-in", sample, &SignInPage { frame, refused, next })
    };
    let error = |sample, kind, detail: Option<&str>, frame: Frame| {
        let page = ErrorPage {
            frame,
            kind,
            detail: detail.map(str::to_owned),
            reference: (kind == ErrorKind::Internal).then(|| "7f3a-19c2".to_owned()),
            again: kind.may_pass().then(|| "/tickets?status=open".to_owned()),
        };
        Specimen::page("error", sample, &page)
    };
    let here = frame.at(Section::Elsewhere);
    vec![
        home("usual", 1),
        home("empty", 0),
        home("finished", 5),
        sign_in("usual", false, "/tickets"),
        sign_in("refused", true, ATTACK),
        error("404", ErrorKind::NotFound, None, here.clone()),
        error("403", ErrorKind::Forbidden, None, here.clone()),
        error("409", ErrorKind::Conflict, None, here.clone()),
        error("413", ErrorKind::TooLarge, Some(LONG), here.clone()),
        error("503", ErrorKind::Unavailable, None, frame.for_visitor()),
        error("422", ErrorKind::Unprocessable, Some(&format!("{ATTACK} {LONG}")), here),
        error("500", ErrorKind::Internal, None, frame.for_visitor()),
    ]
}
