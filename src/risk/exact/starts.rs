//! Starts: the moments at which an outage may start, those alike taken together.

use std::collections::BTreeMap;

use crate::peril::{Moment as At, Start};
use crate::quantity::Hours;
use crate::risk::simulation::Year;
use crate::scenario::{Line, Scenario};

/// A moment at which outages start, for all that are like it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    /// Hours after the first moment of the year.
    pub at: f64,
    /// Its share of all starts.
    pub weight: f64,
}

impl Moment {
    /// Returns how long the hour has run at the start.
    pub(super) fn into_hour(self) -> f64 {
        self.at.fract()
    }

    /// Returns the weight that it has if the middle of each hour stands for all of it.
    pub(super) fn in_place_of_hour(self) -> f64 {
        if self.into_hour() == 0.5 { self.weight / WITHIN[1].1 } else { 0.0 }
    }
}

/// Three moments of an hour, and their weights: the rule of Gauss and Legendre.
const WITHIN: [(f64, f64); 3] = [
    (0.112_701_665_379_258_31, 0.277_777_777_777_777_8),
    (0.5, 0.444_444_444_444_444_4),
    (0.887_298_334_620_741_7, 0.277_777_777_777_777_8),
];

/// The hours of a year in which outages start.
///
/// Two hours are alike for outages up to a length if the revenue of every line runs
/// alike for as long after both. Which ones are is found for 1, 2, 4, … hours, each
/// from the length before: alike for the first half, and alike for the second.
#[derive(Clone, Debug)]
pub(super) struct Starts {
    /// The class of each hour after which revenue repeats itself, for revenue over 1, 2,
    /// 4, … hours; beyond the last, no two hours that are alike are told apart.
    alike: Vec<Vec<u32>>,
    /// Where the year's first hour lies among them.
    begins: usize,
    /// The share of outages that start in each hour of the year.
    weights: Vec<f64>,
    /// Whether outages start at the full hour alone.
    full_hour: bool,
}

impl Starts {
    pub(super) fn new(scenario: &Scenario, year: &Year, start: &Start) -> Self {
        let hours = year.length.0.round() as usize;
        let law = start.over(&scenario.hours_of_week(year.first, hours));
        let weights = (0..hours).map(|hour| law.weight(hour)).collect();
        let full_hour = law.moment() == At::FullHour;
        let lines = scenario.lines.iter().map(|line| &line.terms);
        let lap = scenario.lines[0].terms.profile.length();
        let in_step = lines
            .clone()
            .all(|line| line.profile.length() == lap && (year.first - line.origin).0.fract() == 0.0);
        let apart = Self { alike: vec![(0..hours as u32).collect()], begins: 0, weights, full_hour };
        if !in_step {
            return apart;
        }
        let lap = lap.0 as usize;
        let origin = scenario.lines[0].terms.origin;
        let begins = (year.first - origin).0.rem_euclid(lap as f64) as usize;
        let rates = |hour: usize| -> Vec<u64> {
            let middle = origin + Hours(hour as f64 + 0.5);
            let rate = |line: &Line| {
                let at = (middle - line.origin).0.rem_euclid(line.profile.length().0);
                line.profile.rate(Hours(at)).0.to_bits()
            };
            lines.clone().map(rate).collect()
        };
        let (first, mut known) = classes((0..lap).map(rates));
        let mut alike = vec![first];
        let mut length = 1;
        while length < lap {
            let half = alike.last().expect("the first");
            let (next, count) = classes((0..lap).map(|hour| (half[hour], half[(hour + length) % lap])));
            if count == known {
                // Whoever is alike for so long is alike for ever.
                break;
            }
            alike.push(next);
            (known, length) = (count, 2 * length);
        }
        Self { alike, begins, ..apart }
    }

    /// The same starts, each by itself.
    pub(super) fn apart(self) -> Self {
        let hours = self.weights.len() as u32;
        Self { alike: vec![(0..hours).collect()], begins: 0, ..self }
    }

    /// Returns lengths of time, from short to long, up to which outages are cut alike.
    pub(super) fn windows() -> impl Iterator<Item = usize> {
        (0..48).map(|doubling| 1_usize << doubling)
    }

    /// Returns how often the revenue of an hour differs from that of the hour before.
    pub(super) fn unrest(&self) -> f64 {
        let first = &self.alike[0];
        let changes = first.windows(2).filter(|pair| pair[0] != pair[1]).count();
        changes as f64 / first.len() as f64
    }

    /// Returns how many marks an hour has: its end by the clock and, for a start that
    /// is no full hour, an hour after the start.
    pub(super) fn marks(&self) -> f64 {
        if self.full_hour { 1.0 } else { 2.0 }
    }

    /// Returns the first and the last hour of each class, for revenue over so many
    /// hours, and the class's share of all outages.
    pub(super) fn ahead(&self, hours: usize) -> Vec<(usize, usize, f64)> {
        let doublings = hours.next_power_of_two().trailing_zeros() as usize;
        let alike = &self.alike[doublings.min(self.alike.len() - 1)];
        let count = alike.iter().max().map_or(0, |last| *last as usize + 1);
        let mut classes: Vec<Option<(usize, usize, f64)>> = vec![None; count];
        for (hour, share) in self.weights.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            let class = alike[(self.begins + hour) % alike.len()];
            let (_, last, weight) = classes[class as usize].get_or_insert((hour, hour, 0.0));
            (*last, *weight) = (hour, *weight + share);
        }
        classes.into_iter().flatten().collect()
    }

    /// Returns the moments of an hour at which outages start: several where any moment
    /// will do, or the middle one alone.
    pub(super) fn within(&self, hour: usize, weight: f64, middle: bool) -> Vec<Moment> {
        let hour = hour as f64;
        if self.full_hour {
            vec![Moment { at: hour, weight }]
        } else if middle {
            vec![Moment { at: hour + 0.5, weight }]
        } else {
            WITHIN.iter().map(|(part, share)| Moment { at: hour + part, weight: weight * share }).collect()
        }
    }
}

/// Numbers values in the order in which they first come, and counts the numbers.
fn classes<T: Ord>(values: impl Iterator<Item = T>) -> (Vec<u32>, usize) {
    let mut known = BTreeMap::new();
    let numbers = values
        .map(|value| {
            let next = known.len() as u32;
            *known.entry(value).or_insert(next)
        })
        .collect();
    (numbers, known.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_equal_numbers() {
        assert_eq!(classes(["b", "a", "b", "c", "a"].into_iter()), (vec![0, 1, 0, 2, 1], 3));
    }

    #[test]
    fn hours_are_alike_as_far_as_revenue_is() {
        // Two days and a half: morning, noon and evening, cut off after the last noon.
        let alike = [vec![0, 1, 2, 0, 1, 2, 0, 1], vec![0, 1, 2, 0, 1, 2, 0, 3]];
        let weights = vec![0.125; 8];
        let starts = Starts { alike: alike.to_vec(), begins: 0, weights, full_hour: true };
        assert_eq!(starts.ahead(1).len(), 3);
        assert_eq!(starts.ahead(2), [(0, 6, 0.375), (1, 4, 0.25), (2, 5, 0.25), (7, 7, 0.125)]);
        assert_eq!(starts.ahead(2), starts.ahead(100), "no longer length is known");
        let mut weights = vec![0.0; 8];
        (weights[1], weights[7]) = (0.25, 0.75);
        let later = Starts { begins: 1, weights, ..starts };
        assert_eq!(later.ahead(1), [(7, 7, 0.75), (1, 1, 0.25)], "the year begins at noon");
    }

    #[test]
    fn moments_of_an_hour_weigh_as_much_as_the_hour() {
        let weights = vec![1.0];
        let starts = Starts { alike: vec![vec![0]], begins: 0, weights, full_hour: false };
        let moments = starts.within(3, 0.5, false);
        assert!((moments.iter().map(|moment| moment.weight).sum::<f64>() - 0.5).abs() < 1e-15);
        let centre: f64 = moments.iter().map(|moment| moment.weight * moment.into_hour()).sum();
        assert!((centre - 0.25).abs() < 1e-15);
    }
}
