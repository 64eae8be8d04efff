//! Events: the outages of a stretch of years, column by column.
//!
//! A year's outages stand together, in order of time. What is drawn is kept apart
//! from what it costs, so that a changed programme is priced on the same outages.

use std::ops::Range;

use super::losses::BATCH;
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
///
/// Only years with an outage have a place of their own: the others are all alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// The first year.
    pub(super) first: u64,
    /// How many years there are.
    pub(super) years: usize,
    /// The years with an outage, counted from the first.
    pub(super) active: Vec<u32>,
    /// Where the outages of each of them end in the columns.
    pub(super) ends: Vec<u32>,
    /// Those with more than one outage, by their place among the active years.
    pub(super) busy: Vec<u32>,
    /// Where the outages of each batch of years end.
    pub(super) batches: Vec<u32>,
    /// The year of each outage, counted from the first.
    pub(super) year_of: Vec<u32>,
    /// The place of that year among the active ones.
    pub(super) slots: Vec<u32>,
    /// The peril of each outage.
    pub(super) perils: Vec<u16>,
    /// The place of each among the year's outages of its peril, as drawn.
    pub(super) nth: Vec<u32>,
    /// Hours from the first moment of the year to the start of each outage.
    pub(super) starts: Vec<f64>,
    /// How many hours each lasts.
    pub(super) durations: Vec<f64>,
    /// How each strikes; empty where all strike every line along its own path.
    pub(super) struck: Vec<Struck>,
    /// What drawing works in; kept, so that no block has to ask for memory.
    pub(super) drawing: Drawing,
}

/// Columns that drawing works in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Drawing {
    /// A number for each year.
    pub(super) uniform: Vec<f64>,
    /// How often each peril strikes in each year.
    pub(super) counts: Vec<Vec<u32>>,
    /// The place of each outage among the year's draws.
    pub(super) places: Vec<u32>,
    /// How severe each outage is, and what all lines that it may hit have in common.
    pub(super) outcomes: [Vec<f64>; 2],
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
        self.years
    }

    /// Returns how many outages there are.
    #[must_use]
    pub fn outages(&self) -> usize {
        self.durations.len()
    }

    /// Returns each year with an outage, counted from the first, with the places of its
    /// outages.
    pub fn active(&self) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
        self.active.iter().enumerate().map(|(slot, year)| (*year as usize, self.of_active(slot)))
    }

    /// Returns the places of the outages of an active year.
    pub(super) fn of_active(&self, slot: usize) -> Range<usize> {
        let from = if slot == 0 { 0 } else { self.ends[slot - 1] as usize };
        from..self.ends[slot] as usize
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

    /// Puts outages of one peril down, each in a year of its own.
    pub(super) fn put_apart(&mut self, peril: u16, outages: impl Iterator<Item = Drawn>, evenly: bool) {
        self.first = 0;
        for column in [&mut self.starts, &mut self.durations] {
            column.clear();
        }
        self.struck.clear();
        for outage in outages {
            self.starts.push(outage.start.0);
            self.durations.push(outage.duration.0);
            if !evenly {
                self.struck.push(outage.struck);
            }
        }
        self.years = self.starts.len();
        let years = 0..self.years as u32;
        for column in [&mut self.active, &mut self.year_of, &mut self.slots] {
            column.clear();
            column.extend(years.clone());
        }
        self.ends.clear();
        self.ends.extend(1..=years.end);
        self.busy.clear();
        self.batches.clear();
        self.batches.extend((1..=self.years.div_ceil(BATCH)).map(|it| (it * BATCH).min(self.years) as u32));
        self.perils.clear();
        self.perils.resize(self.years, peril);
        self.nth.clear();
        self.nth.resize(self.years, 0);
    }

    /// Makes room for so many outages of each year, peril by peril, and writes down
    /// whose they are.
    pub(super) fn lay_out(&mut self, first: u64, of_perils: &[Vec<u32>]) {
        self.first = first;
        self.years = of_perils.first().map_or(0, Vec::len);
        match of_perils {
            [only] => self.lay_out_years(only),
            several => {
                let mut all = vec![0; self.years];
                for of_peril in several {
                    all.iter_mut().zip(of_peril).for_each(|(all, count)| *all += count);
                }
                self.lay_out_years(&all);
            }
        }
        let total = self.year_of.len();
        self.perils.clear();
        self.perils.resize(total, 0);
        if of_perils.len() > 1 {
            for slot in 0..self.active.len() {
                let (mut at, year) = (self.of_active(slot).start, self.active[slot] as usize);
                for (peril, of_peril) in of_perils.iter().enumerate() {
                    for nth in 0..of_peril[year] {
                        self.perils[at] = peril as u16;
                        self.nth[at] = nth;
                        at += 1;
                    }
                }
            }
        }
        for column in [&mut self.starts, &mut self.durations] {
            column.resize(total, 0.0);
        }
    }

    /// Gives each outage its year. What most years need is written without asking, and
    /// kept where there is such an outage: a guess would be wrong too often.
    fn lay_out_years(&mut self, counts: &[u32]) {
        let total: u32 = counts.iter().sum();
        let (years, room) = (counts.len(), total as usize + 2);
        for column in [&mut self.active, &mut self.ends, &mut self.busy] {
            column.resize(years + 1, 0);
        }
        for column in [&mut self.year_of, &mut self.slots, &mut self.nth] {
            column.resize(room, 0);
        }
        self.batches.clear();
        let Self { year_of, slots, nth, .. } = self;
        let (mut at, mut active, mut busy) = (0, 0, 0);
        for (batch, counts) in counts.chunks(BATCH).enumerate() {
            for (place, &count) in counts.iter().enumerate() {
                let (year, count) = ((batch * BATCH + place) as u32, count as usize);
                year_of[at..at + 2].copy_from_slice(&[year; 2]);
                slots[at..at + 2].copy_from_slice(&[active as u32; 2]);
                nth[at..at + 2].copy_from_slice(&[0, 1]);
                for further in 2..count {
                    year_of[at + further] = year;
                    slots[at + further] = active as u32;
                    nth[at + further] = further as u32;
                }
                at += count;
                self.active[active] = year;
                self.ends[active] = at as u32;
                self.busy[busy] = active as u32;
                busy += usize::from(count > 1);
                active += usize::from(count > 0);
            }
            self.batches.push(at as u32);
        }
        for column in [&mut self.active, &mut self.ends] {
            column.truncate(active);
        }
        self.busy.truncate(busy);
        for column in [&mut self.year_of, &mut self.slots, &mut self.nth] {
            column.truncate(total as usize);
        }
    }

    /// Lets go of what only drawing needs.
    pub(super) fn settle(&mut self) {
        self.year_of = vec![];
        self.nth = vec![];
        self.drawing = Drawing::default();
        for column in [&mut self.starts, &mut self.durations] {
            column.shrink_to_fit();
        }
    }

    /// Puts the outages of each year in order of time; what only drawing needs stays as it
    /// was drawn.
    pub(super) fn order(&mut self) {
        for busy in 0..self.busy.len() {
            let places = self.of_active(self.busy[busy] as usize);
            if places.len() == 2 {
                // Most busy years have two, and which comes first is anybody's guess: so
                // nothing here asks.
                let at = places.start;
                let later = usize::from(self.starts[at + 1] < self.starts[at]);
                pair(&mut self.starts, at, later);
                pair(&mut self.durations, at, later);
                pair(&mut self.perils, at, later);
                if !self.struck.is_empty() {
                    pair(&mut self.struck, at, later);
                }
                continue;
            }
            for from in places.start + 1..places.end {
                let mut at = from;
                while at > places.start && self.starts[at] < self.starts[at - 1] {
                    self.starts.swap(at, at - 1);
                    self.durations.swap(at, at - 1);
                    self.perils.swap(at, at - 1);
                    if !self.struck.is_empty() {
                        self.struck.swap(at, at - 1);
                    }
                    at -= 1;
                }
            }
        }
    }
}

/// Puts the one of two neighbours first that stands `later` places after the first.
#[inline]
fn pair<T: Copy>(column: &mut [T], at: usize, later: usize) {
    let two = &mut column[at..at + 2];
    [two[0], two[1]] = [two[later], two[1 - later]];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_year_has_its_outages_in_order_of_time() {
        let mut events = Events::default();
        events.lay_out(70, &[vec![1, 0, 3, 0], vec![0, 0, 1, 0]]);
        assert_eq!((events.years(), events.outages(), events.first()), (4, 5, 70));
        assert_eq!(events.active().collect::<Vec<_>>(), [(0, 0..1), (2, 1..5)]);
        assert_eq!((&events.busy[..], &events.slots[..]), (&[1][..], &[0, 1, 1, 1, 1][..]));
        events.starts.copy_from_slice(&[9.0, 4.0, 8.0, 2.0, 4.0]);
        events.durations.copy_from_slice(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        events.order();
        let year: Vec<_> = events.of_active(1).map(|place| events.outage(place)).collect();
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
