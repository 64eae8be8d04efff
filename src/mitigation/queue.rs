//! Queue: lost sales that wait, and the spare capacity that can serve them.

use crate::quantity::{Hours, Money, MoneyPerHour, Share};
use crate::term::term;

term! {
    pub const QUEUE: Term = {
        key: "recapture_queue",
        korean: "용량 제약 회복·대기 수요",
        english: "Recapture within capacity",
        file_key: "line.recapture.queue",
        unit: "money",
        formula: "Q = factor(D) * lost revenue; in each hour after restoration\nserved = min(Q, headroom * normal revenue); Q = (Q - served) * (1 - abandon)",
        order: "after lost revenue, before saved costs; spread over lost hours pro rata",
        source: "Park and others, Modeling a major source of economic resilience: a bounded time and an upper limit on rescheduling; the queue is a choice made here",
    };
}

/// Lost sales that wait until service is back, served as fast as capacity allows.
///
/// # Formula
///
/// With `Q₀` the lost sales that wait, `B` the revenue that an hour normally
/// brings, and hours counted from the moment at which service is back:
///
/// ```text
/// served = min(Q, headroom · B)      in each hour
/// Q      = (Q - served) · (1 - abandon)
/// recaptured = Σ served
/// ```
///
/// Who gives up is lost for good; so is whoever still waits when the time is over
/// in which waiting is worth it. A part of an hour counts pro rata.
///
/// # Order
///
/// After lost revenue, before saved costs. The queue is one for the line, whatever
/// course the outage took, and its hours are whole hours since restoration: the
/// rule is one of hours, and no finer grid is exacter.
///
/// # Source
///
/// That rescheduled production has a bounded time and an upper limit is in the
/// literature on recaptured production (Park and others, *Modeling a major source
/// of economic resilience*); the queue is a choice made here.
///
/// # Example
///
/// 180 of 300 wait; 24 an hour can be served, and a tenth of who still waits gives
/// up after each hour: 137.83 is served in six hours.
///
/// ```
/// use netloss::mitigation::{Headroom, Queue};
/// use netloss::quantity::{Hours, Money, MoneyPerHour, Share};
/// let headroom = Headroom::PerHour(MoneyPerHour(24.0));
/// let queue = Queue { headroom, abandon: Share::new(0.1).unwrap(), within: None };
/// let served = queue.serve(Money(180.0), |_, _| Money(48.0));
/// assert!((served.made_up.0 - 137.83404).abs() < 1e-9);
/// assert_eq!(served.hours, 6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Queue {
    /// What can be served beside an hour's own sales.
    pub headroom: Headroom,
    /// Share of who still waits that gives up after each hour.
    pub abandon: Share,
    /// How long after restoration waiting is worth it; endless unless stated.
    pub within: Option<Hours>,
}

/// Spare capacity after restoration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Headroom {
    /// A share of what each hour normally brings.
    Share(Share),
    /// So much in each hour.
    PerHour(MoneyPerHour),
}

/// What became of the sales that waited.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Served {
    /// Sales that waited.
    pub waited: Money,
    /// Sales that were made up.
    pub made_up: Money,
    /// Sales that were given up while waiting.
    pub abandoned: Money,
    /// Hours in which the queue was served.
    pub hours: usize,
}

impl Served {
    /// Returns the sales that still waited when waiting was no longer worth it.
    #[must_use]
    pub fn left(&self) -> Money {
        (self.waited - self.made_up - self.abandoned).positive()
    }
}

/// The longest queue that is followed: a leap year.
const LONGEST: f64 = 366.0 * 24.0;

/// A queue that is shorter than this part of itself is served.
const SERVED: f64 = 1e-12;

impl Queue {
    /// Serves sales that wait. `normally` tells what an interval normally brings, in
    /// hours after restoration.
    #[must_use]
    pub fn serve(&self, waiting: Money, normally: impl Fn(Hours, Hours) -> Money) -> Served {
        let until = self.within.map_or(LONGEST, |within| within.0.min(LONGEST));
        let least = waiting.0 * SERVED;
        let mut served = Served { waited: waiting, ..Served::default() };
        let mut queue = waiting;
        let mut from = 0.0;
        while queue.0 > least && from < until {
            let to = (from + 1.0).min(until);
            let capacity = match self.headroom {
                Headroom::Share(share) => normally(Hours(from), Hours(to)) * share,
                Headroom::PerHour(rate) => rate * Hours(to - from),
            };
            let now = queue.min(capacity);
            let gives_up = if to == from + 1.0 { (queue - now) * self.abandon } else { Money::ZERO };
            served.made_up += now;
            served.abandoned += gives_up;
            served.hours += 1;
            queue = queue - now - gives_up;
            from = to;
        }
        served
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(number: f64) -> Share {
        Share::new(number).unwrap()
    }

    #[test]
    fn a_queue_is_served_hour_by_hour() {
        let per_hour = |rate| Headroom::PerHour(MoneyPerHour(rate));
        for (headroom, abandon, within, made_up, abandoned, hours, because) in [
            (per_hour(24.0), 0.0, None, 180.0, 0.0, 8, "patience without end gets all of it back"),
            (per_hour(200.0), 0.5, None, 180.0, 0.0, 1, "all are served within the hour: nobody gives up"),
            (per_hour(24.0), 1.0, None, 24.0, 156.0, 1, "who is not served at once is gone"),
            (per_hour(24.0), 0.0, Some(2.5), 60.0, 0.0, 3, "two hours and a half are worth it"),
            (per_hour(0.0), 0.5, Some(3.0), 0.0, 157.5, 3, "without capacity the queue melts away"),
            (Headroom::Share(share(0.5)), 0.0, Some(1.0), 20.0, 0.0, 1, "half of an hour's own sales"),
        ] {
            let within = within.map(Hours);
            let queue = Queue { headroom, abandon: share(abandon), within };
            let served = queue.serve(Money(180.0), |from, to| Money(40.0 * (to.0 - from.0)));
            assert_eq!((served.made_up, served.hours), (Money(made_up), hours), "{because}");
            assert_eq!(served.abandoned, Money(abandoned), "{because}");
            assert_eq!(served.left(), Money(180.0 - made_up - abandoned), "{because}");
        }
    }

    #[test]
    fn nothing_waits_and_nothing_is_served() {
        let queue = Queue { headroom: Headroom::Share(share(0.2)), abandon: share(0.1), within: None };
        assert_eq!(queue.serve(Money::ZERO, |_, _| Money(40.0)), Served::default());
    }
}
