//! The functions of instants, lengths of time and calendars, as the evaluator calls them.

use cel::common::types::{CelBool, CelInt, CelString, DURATION_TYPE, DYN_TYPE, STRING_TYPE, TIMESTAMP_TYPE};
use cel::common::value::CowVal;
use cel::{Env, ExecutionError};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use super::hours::{CALENDAR_TYPE, Hours};
use super::moments::{Instant, Length};

/// What reads a text as an instant where the checker knows that it is one. Nobody can write this name.
pub(super) const READ: &str = "@instant";

type Values<'b, 'v> = Vec<CowVal<'b, 'v>>;
type Given<'b, 'v> = Result<CowVal<'b, 'v>, ExecutionError>;

/// The zone of that name: one of IANA's, or a distance from UTC such as `+01:00`.
pub(super) fn zone(name: &str) -> Option<TimeZone> {
    if let Ok(zone) = TimeZone::get(name) {
        return Some(zone);
    }
    let (sign, rest) = match name.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, name.strip_prefix('+').unwrap_or(name)),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let number = |text: &str, below: i32| {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse::<i32>().ok().filter(|number| digits && *number < below)
    };
    let seconds = sign * (number(hours, 24)? * 3_600 + number(minutes, 60)? * 60);
    Offset::from_seconds(seconds).ok().map(TimeZone::fixed)
}

/// The instant that a text of RFC 3339 spells.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// The beginning of a day in a zone.
fn beginning(day: &str, zone: TimeZone) -> Option<Timestamp> {
    let date = day.parse::<Date>().ok().filter(|date| date.to_string() == day)?;
    date.to_zoned(zone).ok().map(|start| start.timestamp())
}

/// An argument as what the overload says it is.
fn argument<'a, T: cel::common::value::StaticVal>(
    values: &'a Values<'_, '_>,
    at: usize,
) -> Result<&'a T, ExecutionError> {
    let value = values.get(at).ok_or_else(ExecutionError::missing_argument_or_target)?;
    value.as_any().and_then(|any| any.downcast_ref()).ok_or_else(ExecutionError::missing_argument_or_target)
}

fn text<'a>(values: &'a Values<'_, '_>, at: usize) -> Result<&'a str, ExecutionError> {
    let value = values.get(at).ok_or_else(ExecutionError::missing_argument_or_target)?;
    let text: Result<&str, _> = (&**value).try_into();
    text.map_err(|_| ExecutionError::missing_argument_or_target())
}

fn bad(function: &str, message: String) -> ExecutionError {
    ExecutionError::function_error(function, message)
}

fn zone_argument(function: &str, values: &Values<'_, '_>, at: usize) -> Result<TimeZone, ExecutionError> {
    let name = text(values, at)?;
    zone(name).ok_or_else(|| bad(function, format!("there is no time zone \"{name}\"")))
}

fn timestamp_of_text<'b, 'v>(values: Values<'b, 'v>) -> Given<'b, 'v> {
    let spelt = text(&values, 0)?;
    let read = instant(spelt).ok_or_else(|| bad("timestamp", format!("\"{spelt}\" is no instant")))?;
    Ok(CowVal::owned(Instant(read)))
}

fn timestamp_of_day<'b, 'v>(values: Values<'b, 'v>) -> Given<'b, 'v> {
    let (day, zone) = (text(&values, 0)?, zone_argument("timestamp", &values, 1)?);
    let start = beginning(day, zone).ok_or_else(|| bad("timestamp", format!("\"{day}\" is no day")))?;
    Ok(CowVal::owned(Instant(start)))
}

fn duration_of_text<'b, 'v>(values: Values<'b, 'v>) -> Given<'b, 'v> {
    let spelt = text(&values, 0)?;
    let length = Length::parse(spelt).ok_or_else(|| bad("duration", format!("\"{spelt}\" is no length of time")))?;
    Ok(CowVal::owned(length))
}

fn itself<'b, 'v>(mut values: Values<'b, 'v>) -> Given<'b, 'v> {
    values.pop().ok_or_else(ExecutionError::missing_argument_or_target)
}

/// A text that spells an instant as that instant; whatever else it is as it is, so that null stays null.
fn read<'b, 'v>(mut values: Values<'b, 'v>) -> Given<'b, 'v> {
    match text(&values, 0).ok().and_then(instant) {
        Some(read) => Ok(CowVal::owned(Instant(read))),
        None => values.pop().ok_or_else(ExecutionError::missing_argument_or_target),
    }
}

fn spell_instant<'b, 'v>(values: Values<'b, 'v>) -> Given<'b, 'v> {
    Ok(CowVal::owned(CelString::from(argument::<Instant>(&values, 0)?.0.to_string())))
}

fn spell_length<'b, 'v>(values: Values<'b, 'v>) -> Given<'b, 'v> {
    Ok(CowVal::owned(CelString::from(argument::<Length>(&values, 0)?.spelt())))
}

fn is_open<'b, 'v>(values: Values<'b, 'v>) -> Given<'b, 'v> {
    let (hours, at) = (argument::<Hours>(&values, 0)?, argument::<Instant>(&values, 1)?);
    Ok(CowVal::owned(CelBool::from(hours.is_open(at.0))))
}

/// Declares a part of an instant, in UTC and in a zone.
macro_rules! part {
    ($env:expr, $name:literal, $of:expr) => {{
        fn of(at: &Zoned) -> i64 {
            let part: fn(&Zoned) -> i64 = $of;
            part(at)
        }
        fn in_utc<'b, 'v>(values: Values<'b, 'v>) -> Given<'b, 'v> {
            let at = argument::<Instant>(&values, 0)?.0.to_zoned(TimeZone::UTC);
            Ok(CowVal::owned(CelInt::from(of(&at))))
        }
        fn in_zone<'b, 'v>(values: Values<'b, 'v>) -> Given<'b, 'v> {
            let at = argument::<Instant>(&values, 0)?.0.to_zoned(zone_argument($name, &values, 1)?);
            Ok(CowVal::owned(CelInt::from(of(&at))))
        }
        $env.add_member_overload($name, concat!($name, "_instant"), TIMESTAMP_TYPE, vec![], in_utc)?;
        $env.add_member_overload($name, concat!($name, "_instant_zone"), TIMESTAMP_TYPE, vec![STRING_TYPE], in_zone)?;
    }};
}

/// Declares a part of a length of time.
macro_rules! length {
    ($env:expr, $name:literal, $of:expr) => {{
        fn of<'b, 'v>(values: Values<'b, 'v>) -> Given<'b, 'v> {
            let part: fn(Length) -> i64 = $of;
            Ok(CowVal::owned(CelInt::from(part(*argument::<Length>(&values, 0)?))))
        }
        $env.add_member_overload($name, concat!($name, "_length"), DURATION_TYPE, vec![], of)?;
    }};
}

/// Declares every function of this file.
///
/// # Errors
/// When the environment has one of the same name and arguments.
pub(super) fn declare(env: &mut Env) -> Result<(), cel::DeclarationError> {
    env.add_overload("timestamp", "timestamp_text", vec![STRING_TYPE], timestamp_of_text)?;
    env.add_overload("timestamp", "timestamp_instant", vec![TIMESTAMP_TYPE], itself)?;
    env.add_overload("timestamp", "timestamp_day_zone", vec![STRING_TYPE, STRING_TYPE], timestamp_of_day)?;
    env.add_overload("duration", "duration_text", vec![STRING_TYPE], duration_of_text)?;
    env.add_overload("duration", "duration_length", vec![DURATION_TYPE], itself)?;
    env.add_overload("string", "string_instant", vec![TIMESTAMP_TYPE], spell_instant)?;
    env.add_overload("string", "string_length", vec![DURATION_TYPE], spell_length)?;
    env.add_overload(READ, "read", vec![DYN_TYPE], read)?;
    env.add_member_overload("open", "open_hours", CALENDAR_TYPE, vec![TIMESTAMP_TYPE], is_open)?;
    part!(env, "getFullYear", |at| i64::from(at.year()));
    part!(env, "getMonth", |at| i64::from(at.month()) - 1);
    part!(env, "getDate", |at| i64::from(at.day()));
    part!(env, "getDayOfMonth", |at| i64::from(at.day()) - 1);
    part!(env, "getDayOfWeek", |at| i64::from(at.weekday().to_sunday_zero_offset()));
    part!(env, "getDayOfYear", |at| i64::from(at.day_of_year()) - 1);
    part!(env, "getHours", |at| i64::from(at.hour()));
    part!(env, "getMinutes", |at| i64::from(at.minute()));
    part!(env, "getSeconds", |at| i64::from(at.second()));
    part!(env, "getMilliseconds", |at| i64::from(at.millisecond()));
    length!(env, "getHours", |length| length.seconds() / 3_600);
    length!(env, "getMinutes", |length| length.seconds() / 60);
    length!(env, "getSeconds", Length::seconds);
    length!(env, "getMilliseconds", Length::milliseconds);
    Ok(())
}
