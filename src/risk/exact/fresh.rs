//! Fresh: the outages of a peril, each in a year of its own.

use super::cutter::Amounts;
use super::starts::Moment;
use super::stretch::Axis;
use crate::outage::Struck;
use crate::quantity::Hours;
use crate::risk::simulation::Year;
use crate::risk::{Drawn, Events, Losses, Measure, Pricing, Scratch};
use crate::scenario::Scenario;

/// How many outages in columns take no longer than one by itself.
const ABREAST: usize = 16;

/// Prices the outages of a peril as drawn ones are priced.
pub(super) struct Fresh<'s> {
    pricing: Pricing<'s>,
    /// Where among the pricing's measures those asked for stand.
    places: Vec<usize>,
    peril: usize,
    evenly: bool,
    events: Events,
    losses: Losses,
    scratch: Scratch,
}

impl<'s> Fresh<'s> {
    pub(super) fn new(scenario: &'s Scenario, year: &Year, peril: usize, measures: &[Measure]) -> Self {
        let pricing = Pricing::over(scenario, year);
        let place = |measure: &Measure| pricing.measures().iter().position(|other| other == measure);
        let places = measures.iter().filter_map(place).collect();
        let evenly = scenario.perils[peril].terms.strikes_evenly();
        let (events, losses, scratch) = (Events::default(), Losses::default(), Scratch::default());
        Self { pricing, places, peril, evenly, events, losses, scratch }
    }

    /// Returns what each measure comes to in an outage of each start, which lasts as long
    /// and strikes as hard everywhere.
    pub(super) fn price(&mut self, starts: &[Moment], hours: f64, struck: Struck) -> Vec<f64> {
        let (peril, duration) = (self.peril, Hours(hours));
        let drawn = |start: &Moment| Drawn { peril, start: Hours(start.at), duration, struck };
        self.events.put_apart(peril as u16, starts.iter().map(drawn), self.evenly);
        self.pricing.price(&self.events, &mut self.losses, &mut self.scratch);
        let columns = &self.losses.columns;
        let of_start = |start: usize| self.places.iter().map(move |place| columns[*place][start]);
        (0..starts.len()).flat_map(of_start).collect()
    }

    /// Returns what pricing so many starts takes, one by itself in columns being 1.
    pub(super) fn cost(&self, starts: usize) -> usize {
        if self.pricing.needs_waterfall().is_some() { 4 * starts } else { starts.div_ceil(ABREAST) }
    }

    /// Returns how many starts may be priced for so much.
    pub(super) fn starts_for(&self, cost: usize) -> usize {
        if self.pricing.needs_waterfall().is_some() { cost / 4 } else { cost * ABREAST }
    }
}

/// Outages of which all but one figure is given.
pub(super) struct Along<'f, 's> {
    pub fresh: &'f mut Fresh<'s>,
    /// The figure that is not given.
    pub axis: Axis,
    /// The other of the two: a severity, or hours.
    pub given: f64,
    /// The lines that are hit.
    pub hit: u64,
}

impl Amounts for Along<'_, '_> {
    fn of(&mut self, starts: &[Moment], value: f64) -> Vec<f64> {
        let (hours, severity) = match self.axis {
            Axis::Durations => (value, self.given),
            Axis::Severities => (self.given, value),
        };
        self.fresh.price(starts, hours, struck(severity, self.hit))
    }

    fn cost(&self, starts: usize) -> usize {
        self.fresh.cost(starts)
    }
}

/// How an outage strikes, as a law that was checked says.
pub(super) fn struck(severity: f64, hit: u64) -> Struck {
    Struck::new(severity.max(0.0), hit).expect("a law that was checked gives finite factors")
}
