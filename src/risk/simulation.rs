//! Simulation: the outages of policy years, drawn from the scenario's perils.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::events::Drawing;
use super::strata::spread;
use super::{Dimension, Draws, Events};
use crate::outage::Struck;
use crate::peril::{Counts, Peril, Starts};
use crate::quantity::Hours;
use crate::scenario::{Named, Scenario};

/// Years of a scenario, ready to be drawn.
///
/// A year is the local calendar year of the scenario's outage, in its time zone.
#[derive(Clone, Debug)]
pub struct Simulation<'s> {
    perils: &'s [Named<Peril>],
    draws: Draws,
    counts: Vec<Counts>,
    starts: Vec<Starts>,
    /// Whether every outage hits every line along the line's own path.
    evenly: bool,
    /// Whether draws are spread evenly over each block of years.
    stratified: bool,
    year: Year,
}

/// The year that is drawn, on the calendar of the scenario's profiles.
#[derive(Clone, Debug)]
pub struct Year {
    /// Its first moment, in hours from the calendar's origin.
    pub first: Hours,
    /// How many hours it has.
    pub length: Hours,
    begins: Timestamp,
    zone: TimeZone,
}

impl Year {
    /// Returns the calendar year in which a scenario's outage starts.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let zone = TimeZone::get(&scenario.timezone).unwrap_or(TimeZone::UTC);
        let local = scenario.outage.start_local;
        let instant = |local: DateTime| local.to_zoned(zone.clone()).map(|it| it.timestamp());
        let new_year = |year| Date::new(year, 1, 1).and_then(|day| instant(day.at(0, 0, 0, 0)));
        // A year at the end of the calendar is refused with the file.
        let or_start = |instant: Result<Timestamp, _>| instant.unwrap_or(Timestamp::UNIX_EPOCH);
        let (begins, ends) = (or_start(new_year(local.year())), or_start(new_year(local.year() + 1)));
        let hours = |from: Timestamp, to: Timestamp| Hours(to.duration_since(from).as_secs_f64() / 3600.0);
        let since_new_year = hours(begins, or_start(instant(local)));
        Self { first: scenario.outage.start - since_new_year, length: hours(begins, ends), begins, zone }
    }

    /// Returns what local clocks show at a moment, in hours after the year's first.
    #[must_use]
    pub fn local(&self, moment: Hours) -> DateTime {
        let seconds = (moment.0 * 3600.0).round() as i64;
        self.zone.to_datetime(self.begins.checked_add(seconds.seconds()).unwrap_or(self.begins))
    }
}

impl<'s> Simulation<'s> {
    /// Prepares a scenario for drawing; nothing where it has no peril or no line.
    #[must_use]
    pub fn new(scenario: &'s Scenario, seed: u64) -> Option<Self> {
        if scenario.perils.is_empty() || scenario.lines.is_empty() {
            return None;
        }
        let year = Year::of(scenario);
        let hours_of_week = scenario.hours_of_week(year.first, year.length.0.round() as usize);
        let perils = || scenario.perils.iter().map(|peril| &peril.terms);
        Some(Self {
            perils: &scenario.perils,
            draws: Draws::new(seed),
            counts: perils().map(|peril| peril.frequency.counts()).collect(),
            starts: perils().map(|peril| peril.start.over(&hours_of_week)).collect(),
            evenly: perils().all(Peril::strikes_evenly),
            stratified: false,
            year,
        })
    }

    /// The same years with draws that are spread evenly over each block: how many
    /// outages a year has, how long they last and when they start.
    ///
    /// What is drawn then depends on the block as a whole, so that years are to be drawn
    /// by whole blocks.
    #[must_use]
    pub fn stratified(self) -> Self {
        Self { stratified: true, ..self }
    }

    /// Returns the year that is drawn.
    #[must_use]
    pub fn year(&self) -> &Year {
        &self.year
    }

    /// Draws the outages of the years `first..first + years`.
    pub fn draw(&self, first: u64, years: usize, events: &mut Events) {
        let mut drawing = std::mem::take(&mut events.drawing);
        let Drawing { uniform, counts, places, .. } = &mut drawing;
        uniform.resize(years, 0.0);
        counts.resize_with(self.counts.len(), Vec::new);
        for (peril, (law, numbers)) in self.counts.iter().zip(&mut *counts).enumerate() {
            self.draws.of_years(first, peril as u32, uniform);
            if self.stratified {
                spread(self.draws, first, strata(peril, 0), uniform);
            }
            numbers.resize(years, 0);
            law.fill(uniform, numbers);
        }
        events.lay_out(first, counts);
        let places: &[u32] = if let [_] = self.perils {
            &events.nth
        } else {
            places.clear();
            let perils = events.perils.iter().zip(&events.nth);
            places.extend(perils.map(|(peril, nth)| u32::from(*peril) << 20 | nth));
            places
        };
        let into = [&mut events.durations[..], &mut events.starts[..]];
        self.draws.pairs(first, (&events.year_of, places), Dimension::Event, into);
        if self.stratified {
            self.spread(first, events);
        }
        match self.perils {
            [peril] => {
                peril.terms.duration.quantiles(&mut events.durations);
                self.starts[0].moments(&mut events.starts);
            }
            several => {
                let columns = events.durations.iter_mut().zip(&mut events.starts);
                for (peril, (duration, start)) in events.perils.iter().zip(columns) {
                    let peril = usize::from(*peril);
                    *duration = several[peril].terms.duration.quantile(*duration).0;
                    *start = self.starts[peril].of(*start).0;
                }
            }
        }
        events.struck.clear();
        if !self.evenly {
            self.strike(first, &mut drawing, events);
        }
        events.order();
        events.drawing = drawing;
    }

    /// Spreads durations and starts of each peril evenly over the block.
    fn spread(&self, first: u64, events: &mut Events) {
        for peril in 0..self.perils.len() {
            let is_its = |place: &usize| usize::from(events.perils[*place]) == peril;
            let its: Vec<usize> = (0..events.perils.len()).filter(is_its).collect();
            for (turn, column) in [&mut events.durations, &mut events.starts].into_iter().enumerate() {
                let mut draws: Vec<f64> = its.iter().map(|place| column[*place]).collect();
                spread(self.draws, first, strata(peril, turn + 1), &mut draws);
                its.iter().zip(draws).for_each(|(place, draw)| column[*place] = draw);
            }
        }
    }

    /// Draws how each outage strikes.
    fn strike(&self, first: u64, drawing: &mut Drawing, events: &mut Events) {
        let Drawing { places, outcomes: [severity, common], .. } = drawing;
        let places = if let [_] = self.perils { &events.nth } else { &*places };
        for column in [&mut *severity, common] {
            column.resize(places.len(), 0.0);
        }
        let into = [&mut severity[..], &mut common[..]];
        self.draws.pairs(first, (&events.year_of, places), Dimension::Outcome, into);
        if let [peril] = self.perils {
            peril.terms.severity.quantiles(severity);
        } else {
            for (severity, peril) in severity.iter_mut().zip(&events.perils) {
                *severity = self.perils[usize::from(*peril)].terms.severity.quantile(*severity);
            }
        }
        let struck = |severity: f64, hit: u64| {
            Struck::new(severity, hit).expect("a law that was checked gives finite factors")
        };
        if let [peril] = self.perils
            && let Some(hit) = peril.terms.hits.certain()
        {
            events.struck.extend(severity.iter().map(|severity| struck(*severity, hit)));
            return;
        }
        for (place, (severity, common)) in severity.iter().zip(common).enumerate() {
            let (year, peril) =
                (first + u64::from(events.year_of[place]), usize::from(events.perils[place]));
            let own = |line| self.draws.of_line(year, places[place], line);
            let hit = self.perils[peril].terms.hits.of(*common, own);
            events.struck.push(struck(*severity, hit));
        }
    }
}

/// The strata of a peril: of its number in a year, of durations, of starts.
fn strata(peril: usize, turn: usize) -> u32 {
    (peril as u32) << 20 | turn as u32
}
