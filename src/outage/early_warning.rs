//! Early warning: an outage that is seen coming, with time to prepare for it.

use crate::quantity::{Hours, Share};
use crate::term::term;

term! {
    pub const EARLY_WARNING: Term = {
        key: "early_warning",
        korean: "조기경보",
        english: "Early warning",
        file_key: "line.early_warning",
        unit: "share of the line that is lost",
        formula: "if warned: min(lost, 1 - carries) from the first minute, where lead >= preparation\nexpected = detection * if warned + (1 - detection) * if not",
        order: "on the service path, before any revenue is counted",
        source: "cost-loss reasoning of warning systems; the form is a choice made here",
    };
}

/// A warning ahead of the outage, and what is ready when the outage begins.
///
/// # Formula
///
/// With the lead time, the time that preparing takes, the chance `q` that the
/// outage is detected and the share `c` that a prepared spare carries:
///
/// ```text
/// lost if warned = min(lost, 1 - c)   from the first minute, where lead ≥ preparation
/// expected lost  = q · lost if warned + (1 - q) · lost if not
/// false alarms   = number a year · cost of each        (a cost of the year)
/// ```
///
/// # Order
///
/// On the service path, before any revenue is counted. An outage of which nobody
/// was warned runs as it would, with its failover where there is one.
///
/// # Source
///
/// Cost-loss reasoning of warning systems: a warning is worth what it avoids times
/// the chance of a hit, less what false alarms cost. The form is a choice made here.
///
/// # Example
///
/// Without warning 400 is lost. A warning 90 minutes ahead, detected in 60 % of
/// cases, lets a spare carry 30 % from the start: 280. The mean is 328.
///
/// ```
/// use netloss::outage::{EarlyWarning, ServicePath};
/// use netloss::quantity::{Hours, Share};
/// let share = |x| Share::new(x).unwrap();
/// let (lead, preparation) = (Hours(1.5), Hours(1.0));
/// let warning = EarlyWarning { lead, preparation, carries: share(0.3), detection: share(0.6) };
/// let path = ServicePath::total().with_early_warning(warning);
/// let lost: f64 = path.courses(Hours(8.0)).iter().map(|course| {
///     let s = course.segments[0];
///     course.chance.get() * 50.0 * (s.to.0 - s.from.0) * s.lost_from.get()
/// }).sum();
/// assert!((400.0 - lost - 72.0).abs() < 1e-9);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EarlyWarning {
    /// Hours between the warning and the outage.
    pub lead: Hours,
    /// Hours that preparing takes.
    pub preparation: Hours,
    /// Share of the line that a prepared spare carries from the start.
    pub carries: Share,
    /// Chance that the outage is seen coming.
    pub detection: Share,
}

impl EarlyWarning {
    /// Returns whether the warning comes early enough to prepare.
    #[must_use]
    pub fn in_time(&self) -> bool {
        self.lead >= self.preparation
    }

    /// Returns the chance that all is prepared when the outage begins.
    #[must_use]
    pub fn prepared(&self) -> Share {
        if self.in_time() { self.detection } else { Share::NONE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_that_comes_too_late_prepares_nothing() {
        let share = |number| Share::new(number).unwrap();
        let warning = |lead| EarlyWarning {
            lead: Hours(lead),
            preparation: Hours(1.0),
            carries: share(0.3),
            detection: share(0.6),
        };
        for (lead, chance, because) in [
            (1.5, 0.6, "half an hour to spare"),
            (1.0, 0.6, "just enough"),
            (0.9, 0.0, "six minutes short"),
        ] {
            assert_eq!(warning(lead).prepared(), share(chance), "{because}");
        }
    }
}
