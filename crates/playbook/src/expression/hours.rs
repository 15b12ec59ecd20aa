//! A calendar as a value of the expression language: it can be asked whether it is open, and nothing else.

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use calendar::Calendar;
use cel::common::types::{CelMap, CelMapKey, Kind, Type};
use cel::common::value::{StaticVal, Val};
use jiff::Timestamp;

/// The root below which expressions find calendars.
pub(crate) const CALENDARS: &str = "calendars";

/// Calendars by the names that expressions know them by.
pub(crate) type Calendars = BTreeMap<String, Arc<Calendar>>;

/// The type of a calendar.
pub(super) const CALENDAR_TYPE: Type = Type::simple_type(Kind::Unspecified, "calendar");

static TYPE: Type = CALENDAR_TYPE;

/// A calendar.
#[derive(Clone, Debug)]
pub(super) struct Hours(Arc<Calendar>);

impl Hours {
    /// Whether it is open at an instant.
    pub(super) fn is_open(&self, at: Timestamp) -> bool {
        self.0.is_open(at)
    }

    /// All of them, as the root that expressions read.
    pub(super) fn root(calendars: &Calendars) -> Box<dyn Val> {
        let entries = calendars.iter().map(|(name, calendar)| {
            let hours: Box<dyn Val> = Box::new(Self(Arc::clone(calendar)));
            (CelMapKey::from(name.clone()), hours)
        });
        Box::new(CelMap::from(entries.collect::<HashMap<_, _>>()))
    }
}

impl Val for Hours {
    fn get_type(&self) -> &Type {
        &TYPE
    }

    fn cel_type() -> &'static Type {
        &TYPE
    }

    fn equals(&self, other: &dyn Val) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| self.0 == other.0)
    }

    fn clone_as_boxed<'v>(&self) -> Box<dyn Val + 'v>
    where
        Self: 'v,
    {
        Box::new(self.clone())
    }

    fn as_any(&self) -> Option<&dyn Any> {
        Some(self)
    }
}

impl StaticVal for Hours {}
