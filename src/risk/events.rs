//! Events: the outages of a stretch of years, column by column.
//!
//! A year's outages stand together, in order of time. What is drawn is kept apart
//! from what it costs, so that a changed programme is priced on the same outages.

use std::ops::Range;

use crate::outage::Struck;
use crate::quantity::Hours;

/// An outage as it was drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drawn {
    /// Which peril strikes, by its place in the scenario.
    pub peril: usize,
    /// When, in hours after the first moment of the year.
    pub start: Hours,
    /// For how long.
    pub duration: Hours,
    /// How hard, and which lines.
    pub struck: Struck,
}

/// The outages of a stretch of years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// The first year.
    pub(super) first: u64,
    /// Where each year's outages end in the columns.
    pub(super) ends: Vec<u32>,
    /// The year of each outage, counted from the first.
    pub(super) years: Vec<u32>,
    /// Years with more than one outage.
    pub(super) busy: Vec<u32>,
    /// The peril of each outage.
    pub(super) perils: Vec<u16>,
    /// The place of each among the year's outages of its peril.
    pub(super) nth: Vec<u32>,
    /// Hours from the first moment of the year to the start of each outage.
    pub(super) starts: Vec<f64>,
    /// How many hours each lasts.
    pub(super) durations: Vec<f64>,
    /// How each strikes; empty where all strike every line along its own path.
    pub(super) struck: Vec<Struck>,
}

impl Events {
    /// Returns the first year.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.first
    }

    /// Returns how many years there are.
    #[must_use]
    pub fn years(&self) -> usize {
        self.ends.len()
    }

    /// Returns how many outages there are.
    #[must_use]
    pub fn outages(&self) -> usize {
        self.durations.len()
    }

    /// Returns the places of a year's outages.
    #[must_use]
    pub fn of_year(&self, year: usize) -> Range<usize> {
        let from = if year == 0 { 0 } else { self.ends[year - 1] as usize };
        from..self.ends[year] as usize
    }

    /// Returns an outage by its place.
    #[must_use]
    pub fn outage(&self, place: usize) -> Drawn {
        Drawn {
            peril: usize::from(self.perils[place]),
            start: Hours(self.starts[place]),
            duration: Hours(self.durations[place]),
            struck: self.struck.get(place).copied().unwrap_or_default(),
        }
    }

    /// Makes room for so many outages of each year, peril by peril, and writes down
    /// whose they are.
    pub(super) fn lay_out(&mut self, first: u64, counts_of: &[Vec<u32>]) {
        self.first = first;
        let years = counts_of.first().map_or(0, Vec::len);
        let (total, busy) = self.count(years, counts_of);
        self.busy.truncate(busy);
        // Two outages of a peril are written without asking: most years have fewer.
        let room = total + 2;
        for column in [&mut self.years, &mut self.nth] {
            column.resize(room, 0);
        }
        self.perils.clear();
        self.perils.resize(room, 0);
        let mut at = 0;
        for year in 0..years {
            for (peril, counts) in counts_of.iter().enumerate() {
                let count = counts[year] as usize;
                let mut write = |nth: usize| {
                    self.years[at + nth] = year as u32;
                    self.nth[at + nth] = nth as u32;
                    if counts_of.len() > 1 {
                        self.perils[at + nth] = peril as u16;
                    }
                };
                write(0);
                write(1);
                for nth in 2..count {
                    write(nth);
                }
                at += count;
            }
        }
        self.years.truncate(total);
        self.nth.truncate(total);
        self.perils.truncate(total);
        for column in [&mut self.starts, &mut self.durations] {
            column.resize(total, 0.0);
        }
    }

    /// Counts the outages up to the end of each year, and notes the busy ones. Returns
    /// how many outages and how many busy years there are.
    fn count(&mut self, years: usize, counts: &[Vec<u32>]) -> (usize, usize) {
        self.ends.resize(years, 0);
        self.busy.resize(years + 1, 0);
        let (mut total, mut busy) = (0, 0);
        for (year, end) in self.ends.iter_mut().enumerate() {
            let of_year: u32 = counts.iter().map(|counts| counts[year]).sum();
            total += of_year;
            *end = total;
            // Written in any case, and kept if the year is busy.
            self.busy[busy] = year as u32;
            busy += usize::from(of_year > 1);
        }
        (total as usize, busy)
    }

    /// Puts the outages of each year in order of time.
    pub(super) fn order(&mut self) {
        for busy in 0..self.busy.len() {
            let places = self.of_year(self.busy[busy] as usize);
            for from in places.start + 1..places.end {
                let mut at = from;
                while at > places.start && self.starts[at] < self.starts[at - 1] {
                    self.starts.swap(at, at - 1);
                    self.durations.swap(at, at - 1);
                    self.perils.swap(at, at - 1);
                    self.nth.swap(at, at - 1);
                    if !self.struck.is_empty() {
                        self.struck.swap(at, at - 1);
                    }
                    at -= 1;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_year_has_its_outages_in_order_of_time() {
        let mut events = Events::default();
        events.lay_out(70, &[vec![1, 0, 3, 0], vec![0, 0, 1, 0]]);
        assert_eq!((events.years(), events.outages(), events.first()), (4, 5, 70));
        assert_eq!([0, 1, 2, 3].map(|year| events.of_year(year)), [0..1, 1..1, 1..5, 5..5]);
        events.starts.copy_from_slice(&[9.0, 4.0, 8.0, 2.0, 4.0]);
        events.durations.copy_from_slice(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        events.order();
        let year: Vec<_> = events.of_year(2).map(|place| events.outage(place)).collect();
        let drawn = |peril, start, duration| Drawn {
            peril,
            start: Hours(start),
            duration: Hours(duration),
            struck: Struck::default(),
        };
        let expected = [drawn(0, 2.0, 4.0), drawn(0, 4.0, 2.0), drawn(1, 4.0, 5.0), drawn(0, 8.0, 3.0)];
        assert_eq!(year, expected, "of two that start together the one that was drawn first comes first");
    }
}
