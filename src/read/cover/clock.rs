//! The clock of a waiting period: which hours of the outage count.

use crate::cover::{Clock, Counts, Restarts};
use crate::profile::{OpenHours, OpenWeek};
use crate::quantity::{Hours, Share};
use crate::read::scenario::Context;
use crate::read::section::{At, Section};
use crate::read::value::Opening;

/// The clocks that a wording names.
const CLOCKS: [(&str, &str); 6] = [
    ("calendar", "calendar"),
    ("business_hours", "business_hours"),
    ("trading_hours", "trading_hours"),
    ("from_notice", "from_notice"),
    ("cumulative", "cumulative"),
    ("per_provider", "per_provider"),
];

/// Days under the names that a file gives them, Monday first.
const DAYS: [(&str, std::ops::RangeInclusive<u8>); 10] = [
    ("mon", 0..=0),
    ("tue", 1..=1),
    ("wed", 2..=2),
    ("thu", 3..=3),
    ("fri", 4..=4),
    ("sat", 5..=5),
    ("sun", 6..=6),
    ("mon_fri", 0..=4),
    ("sat_sun", 5..=6),
    ("mon_sun", 0..=6),
];

/// Reads the keys of a waiting period that say how its hours are counted.
pub(super) fn clock(section: &mut Section<'_>, context: &Context<'_>) -> Option<Clock> {
    let kind = section.choice("clock", false, "which hours count; every hour unless said", &CLOCKS);
    let open =
        section.section("open", false, "opening times of business_hours", |part| open(part, context));
    let notice = section.optional::<Hours>("notice_after", "hours to the notice, of from_notice");
    let within = section.optional::<Hours>("within", "longest gap over which hours add up, of cumulative");
    let merge_gap = section.optional::<Hours>(
        "merge_gap",
        "a restart after a shorter gap goes on with what was before; each waits for itself unless said",
    );
    let below = section.optional::<Share>(
        "service_below",
        "only time with a service level below this counts; all of the outage unless said",
    );
    let kind = kind.map_or("calendar", |at| at.value);
    let needed = [("open", "business_hours"), ("notice_after", "from_notice"), ("within", "cumulative")];
    for (key, clock) in needed {
        if section.has(key) && kind != clock {
            let message = format!("`{key}` says nothing of the clock {kind:?}");
            section.error_at(key, message, format!("write clock = {clock:?}, or leave `{key}` out"));
            return None;
        }
        if !section.has(key) && kind == clock {
            let message = format!("the clock {clock:?} needs `{key}`");
            section.error(section.head(), message, format!("give `{key}` beside clock = {clock:?}"));
            return None;
        }
    }
    if section.has("merge_gap") && kind == "cumulative" {
        let message = "hours that add up over gaps have no use for `merge_gap`";
        section.error_at("merge_gap", message, "keep `within` or `merge_gap`");
        return None;
    }
    if below.as_ref().is_some_and(|at| at.value == Share::NONE) {
        section.error_at(
            "service_below",
            "no service level is below 0%",
            "give the level, such as \"50%\"",
        );
        return None;
    }
    let restarts = match within {
        Some(At { value: within, .. }) => Restarts::AddUp { within },
        None => Restarts::Apart { merge_gap: merge_gap.map_or(Hours::ZERO, |at| at.value) },
    };
    let counts = match kind {
        "business_hours" => Counts::OpenHours(open.flatten()?),
        "trading_hours" => Counts::TradingHours,
        _ => Counts::EveryHour,
    };
    Some(Clock {
        counts,
        notice_after: notice.map_or(Hours::ZERO, |at| at.value),
        service_below: below.map(|at| at.value),
        restarts,
        per_provider: kind == "per_provider",
    })
}

fn open(section: &mut Section<'_>, context: &Context<'_>) -> Option<OpenHours> {
    let (mut times, mut unread) = (Vec::new(), false);
    for (name, days) in DAYS {
        let opening =
            section.optional::<Opening>(name, "from when to when, such as [\"09:00\", \"18:00\"]");
        unread |= opening.is_none() && section.has(name);
        for (opens, closes) in opening.map(|at| at.value.0).unwrap_or_default() {
            times.extend(days.clone().map(|day| (day, opens, closes)));
        }
    }
    if unread {
        return None;
    }
    match OpenWeek::new(times) {
        Ok(week) => Some(week.over(context.calendar?)),
        Err(error) => {
            let mend = "write open = { mon_fri = [\"09:00\", \"18:00\"] }";
            section.error(section.head(), error.to_string(), mend);
            None
        }
    }
}
