//! Covers that pay by the clock.

use super::*;

/// A parametric cover.
#[derive(Clone, Debug)]
pub struct Parametric {
    pub pays: Pays,
    pub limit: Option<f64>,
    pub premium: f64,
}

/// What a parametric cover pays by duration.
#[derive(Clone, Debug)]
pub enum Pays {
    Steps(Steps),
    PerHour { rate: f64, from: Minutes, to: Option<Minutes>, whole_hours: bool },
}

/// What a parametric cover pays: it looks at the clock and at nothing else.
pub(super) fn payout(hedge: &Parametric, duration: Minutes) -> f64 {
    let scheduled = match &hedge.pays {
        Pays::Steps(steps) => last_reached(steps, duration),
        Pays::PerHour { rate, from, to, whole_hours } => {
            let mut paid_minutes = 0;
            for minute in 0..duration {
                if minute >= *from && to.is_none_or(|to| minute < to) {
                    paid_minutes += 1;
                }
            }
            if *whole_hours {
                paid_minutes -= paid_minutes % 60;
            }
            rate * f64::from(paid_minutes) / 60.0
        }
    };
    hedge.limit.map_or(scheduled, |limit| scheduled.min(limit))
}
