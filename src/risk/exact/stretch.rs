//! Stretches: durations or severities over which amounts run straight.

use super::starts::Moment;
use crate::peril::Moments;

/// What stretches run along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// Hours, with marks at full hours.
    Durations,
    /// Factors.
    Severities,
}

/// A stretch of durations or severities over which amounts run straight.
#[derive(Debug)]
pub(super) struct Stretch<'s> {
    /// What it is a stretch of.
    pub axis: Axis,
    /// How much of all outages it is a stretch of; and the same by a rougher rule, which
    /// tells the error of the finer one.
    pub weights: [f64; 2],
    /// The starts to which it belongs.
    pub starts: &'s [Moment],
    /// The least value, and the largest.
    pub from: f64,
    pub to: f64,
    /// Probability and means of the values.
    pub moments: Moments,
    /// The amounts at both ends: each measure of the first start, of the next, ….
    pub low: Vec<f64>,
    pub high: Vec<f64>,
    /// How far the mean amount over all starts bows above the straight line, at the most;
    /// nothing where lines are held to be straight.
    pub bow: Vec<f64>,
    /// How many measures there are.
    pub measures: usize,
    /// Whether the moments are those of all larger values as well: the amounts go
    /// on straight from both ends.
    pub endless: bool,
}

impl Stretch<'_> {
    /// Returns the part that a measure's amounts have in the mean of the outages that it
    /// is a stretch of.
    ///
    /// # Formula
    ///
    /// With `t` from 0 to 1 along the stretch, the amount runs as
    ///
    /// ```text
    /// low + (high - low) t + 4 bow t (1 - t)
    /// ```
    pub(super) fn mean(&self, measure: usize) -> f64 {
        let bow = self.bow.get(measure).copied().unwrap_or_default();
        let [share, hours, squares] = self.moments;
        let length = self.to - self.from;
        let bowed = if bow == 0.0 || length <= 0.0 {
            0.0
        } else {
            // ∫ (x - from) (to - x) dF
            let product = (self.from + self.to) * hours - squares - self.from * self.to * share;
            4.0 * bow * (product / (length * length)).clamp(0.0, share / 4.0)
        };
        self.straight(measure, |moment| moment.weight) + bowed
    }

    /// The same along the straight line, with any weights of the starts.
    pub(super) fn straight(&self, measure: usize, weight: impl Fn(Moment) -> f64) -> f64 {
        let [share, hours, _] = self.moments;
        let length = self.to - self.from;
        // How far into the stretch its outages reach: between nothing and all of it.
        let part = if length > 0.0 { (hours - self.from * share) / length } else { 0.0 };
        let part = if self.endless { part.max(0.0) } else { part.clamp(0.0, share) };
        let of_start = |(start, moment): (usize, &Moment)| {
            let place = start * self.measures + measure;
            weight(*moment) * (self.low[place] * (share - part) + self.high[place] * part)
        };
        self.starts.iter().enumerate().map(of_start).sum()
    }
}
