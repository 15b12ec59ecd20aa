//! How many requests there were, and how long they took, by route.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::Method;

use super::text::{Text, Type};

/// The bounds of the histogram in seconds; the last one, without a bound, is the count.
const BOUNDS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0];
const NAME: &str = "deskhand_http_request_seconds";

/// Counts requests. Cheap to clone; clones share what they know.
#[derive(Clone, Default)]
pub struct Requests {
    seen: Arc<Mutex<BTreeMap<Key, Seen>>>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    route: String,
    method: &'static str,
    class: &'static str,
}

#[derive(Default)]
struct Seen {
    /// How many took at most so long, each bound by itself.
    below: [u64; BOUNDS.len()],
    count: u64,
    seconds: f64,
}

impl Requests {
    /// A request was answered. `route` is the route's template, never the path that was asked for, which may hold anything and
    /// of which there is no end.
    pub fn answered(&self, route: &str, method: &Method, status: u16, took: Duration) {
        let key = Key { route: route.to_owned(), method: method_name(method), class: class(status) };
        let seconds = took.as_secs_f64();
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = all.entry(key).or_default();
        seen.count += 1;
        seen.seconds += seconds;
        for (below, bound) in seen.below.iter_mut().zip(BOUNDS) {
            *below += u64::from(seconds <= bound);
        }
    }

    pub(super) fn write(&self, text: &mut Text) {
        let all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        text.family(NAME, Type::Histogram, "How long requests took, by route and class of status.");
        let (buckets, sum, count) = (format!("{NAME}_bucket"), format!("{NAME}_sum"), format!("{NAME}_count"));
        for (key, seen) in all.iter() {
            let labels = [("method", key.method), ("route", key.route.as_str()), ("class", key.class)];
            let [method, route, class] = labels;
            for (below, bound) in seen.below.iter().zip(BOUNDS) {
                text.sample(&buckets, &[method, route, class, ("le", &bound.to_string())], below);
            }
            text.sample(&buckets, &[method, route, class, ("le", "+Inf")], seen.count);
            text.sample(&sum, &labels, seen.seconds);
            text.sample(&count, &labels, seen.count);
        }
    }
}

/// A method may be any word, and then there would be no end of series.
fn method_name(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        _ => "other",
    }
}

fn class(status: u16) -> &'static str {
    match status {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_route_and_class_and_each_bound_holds_the_smaller_ones() {
        let requests = Requests::default();
        for millis in [1, 4, 90, 30_000] {
            requests.answered("/tickets/{id}", &Method::GET, 200, Duration::from_millis(millis));
        }
        requests.answered("(none)", &Method::from_bytes(b"BREW").unwrap(), 404, Duration::ZERO);
        let mut text = Text::default();
        requests.write(&mut text);
        let text = text.into_string();
        let bucket =
            |le: &str| format!("_bucket{{method=\"GET\",route=\"/tickets/{{id}}\",class=\"2xx\",le=\"{le}\"}} ");
        for (le, count) in [("0.001", 1), ("0.0025", 1), ("0.005", 2), ("0.1", 3), ("10", 3), ("+Inf", 4)] {
            assert!(text.contains(&format!("{}{count}\n", bucket(le))), "{le}:\n{text}");
        }
        assert!(text.contains("_count{method=\"other\",route=\"(none)\",class=\"4xx\"} 1\n"), "{text}");
    }
}
