//! What an outage takes: revenue of the lines, minute by minute, and outflows.

use super::*;

/// A business line: revenue of each hour, starting again after the last one.
#[derive(Clone, Debug)]
pub struct Line {
    pub revenue: Vec<f64>,
    /// When the first of these hours begins.
    pub first_hour: Minutes,
    pub dependency: f64,
    pub stages: Vec<Stage>,
    pub ramp_up: Minutes,
    pub recapture: f64,
    pub fade: Fade,
    pub saved: f64,
}

/// A stage of the outage. It ends after so many quarters of it and minutes more.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    pub quarters: i64,
    pub minutes: Minutes,
    /// Share lost at its first and at its last moment.
    pub lost: (f64, f64),
}

/// How recapture declines with duration.
#[derive(Clone, Copy, Debug)]
pub enum Fade {
    None,
    Exponential(Minutes),
    Linear(Minutes),
}

/// A cost that the outage causes.
#[derive(Clone, Debug)]
pub struct Outflow {
    pub head: &'static str,
    pub amount: Amount,
}

/// How much an outflow comes to.
#[derive(Clone, Debug)]
pub enum Amount {
    Fixed(f64),
    PerHour { rate: f64, after: Minutes },
    ShareOfLostRevenue { share: f64, lines: Vec<usize> },
    Tiered(Steps),
}

/// Amounts by duration: the last step reached counts.
#[derive(Clone, Debug)]
pub struct Steps {
    pub steps: Vec<(Minutes, f64)>,
    pub at_least: bool,
}

/// Revenue lost in each minute, up to the end of the ramp after the outage.
pub(super) fn lost_by_minute(line: &Line, starts: Minutes, duration: Minutes) -> Vec<f64> {
    let mut lost = Vec::new();
    for minute in 0..duration + line.ramp_up {
        let on_profile = starts - line.first_hour + minute;
        let hour = on_profile.div_euclid(60).rem_euclid(line.revenue.len() as i64);
        let revenue = line.revenue[hour as usize] / 60.0;
        lost.push(revenue * lost_share(line, duration, minute as f64 + 0.5) * line.dependency);
    }
    lost
}

/// Share of a line that is lost at one moment of the outage or of the ramp after it.
pub fn lost_share(line: &Line, duration: Minutes, at: f64) -> f64 {
    let (mut from, mut level) = (0, 0.0);
    for stage in &line.stages {
        assert_eq!(duration * stage.quarters % 4, 0, "a stage must end on a whole minute");
        let planned = duration * stage.quarters / 4 + stage.minutes;
        // An outage that ends earlier ends the stage with it.
        let to = planned.min(duration);
        if to <= from {
            continue;
        }
        let share_at = |moment: f64| {
            let passed = (moment - from as f64) / (planned - from) as f64;
            stage.lost.0 + (stage.lost.1 - stage.lost.0) * passed
        };
        if at < to as f64 {
            return share_at(at);
        }
        (from, level) = (to, share_at(to as f64));
    }
    // After the last stage the ramp leads from where that stage stopped to nothing.
    let passed = at - from as f64;
    let ramp_up = line.ramp_up as f64;
    if passed < ramp_up { level * (1.0 - passed / ramp_up) } else { 0.0 }
}

/// When the line is back in full: after the outage, or after the ramp that follows it.
pub(super) fn ends(line: &Line, duration: Minutes) -> Minutes {
    let still_hit = |minute: &Minutes| lost_share(line, duration, *minute as f64 + 0.5) > 0.0;
    (0..duration + line.ramp_up).rev().find(still_hit).map_or(0, |minute| minute + 1)
}

/// Revenue that the line would have made while the outage lasts.
pub(super) fn normal_revenue(line: &Line, starts: Minutes, duration: Minutes) -> f64 {
    let of_minute = |minute: Minutes| {
        let hour = (starts - line.first_hour + minute).div_euclid(60).rem_euclid(line.revenue.len() as i64);
        line.revenue[hour as usize] / 60.0
    };
    (0..duration).map(of_minute).sum()
}

/// Part of the recapture that is left after an outage of this duration.
pub(super) fn not_yet_faded(fade: Fade, duration: Minutes) -> f64 {
    match fade {
        Fade::None => 1.0,
        Fade::Exponential(tau) => (-(duration as f64) / tau as f64).exp(),
        Fade::Linear(tau) if duration >= tau => 0.0,
        Fade::Linear(tau) => 1.0 - duration as f64 / tau as f64,
    }
}

/// What an outflow comes to.
pub(super) fn outflow_of(amount: &Amount, duration: Minutes, lost_of_line: &[f64]) -> f64 {
    if duration == 0 {
        return 0.0;
    }
    match amount {
        Amount::Fixed(amount) => *amount,
        Amount::PerHour { after, .. } if duration <= *after => 0.0,
        Amount::PerHour { rate, after } => rate * (duration - after) as f64 / 60.0,
        Amount::ShareOfLostRevenue { share, lines } => {
            lines.iter().map(|line| share * lost_of_line[*line]).sum()
        }
        Amount::Tiered(steps) => last_reached(steps, duration),
    }
}

/// The amount of the last step that the duration reaches.
pub(super) fn last_reached(steps: &Steps, duration: Minutes) -> f64 {
    let mut amount = 0.0;
    for (at, amount_from_here) in &steps.steps {
        if reaches(duration, *at, steps.at_least) {
            amount = *amount_from_here;
        }
    }
    amount
}

/// Whether a duration is "at least" or, in the other wording, "more than" a threshold.
pub(super) fn reaches(duration: Minutes, threshold: Minutes, at_least: bool) -> bool {
    if at_least { duration >= threshold } else { duration > threshold }
}

/// Adds one line's minutes to those of another; the longer of the two decides the length.
pub(super) fn add_by_minute(all: &mut Vec<f64>, more: &[f64]) {
    all.resize(all.len().max(more.len()), 0.0);
    for (minute, amount) in more.iter().enumerate() {
        all[minute] += amount;
    }
}
