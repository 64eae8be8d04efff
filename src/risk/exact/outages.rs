//! Outages: every outage of a peril, in stretches over which amounts run straight.

use super::Refused;
use super::cutter::Cutter;
use super::fresh::{Along, Fresh, struck};
use super::nodes::nodes;
use super::spread::Spread;
use super::starts::{Moment, Starts};
use super::stretch::{Axis, Stretch};
use crate::peril::Peril;
use crate::risk::Measure;
use crate::risk::pricing::looks_at_day;
use crate::risk::simulation::Year;
use crate::scenario::Scenario;

/// What running outages of a peril through the programme may take: seconds at most.
const COST: usize = 2_000_000;
/// From more cases than this, severities times sets of lines, no law is made.
const MOST_CASES: usize = 64;
/// How many starts of long outages are looked at, at most, once they pass a year.
const FAR: usize = 512;
/// Values are doubled until those beyond have no larger part in the mean.
const REST: f64 = 1e-13;
/// What a stretch may be off by, as a part of the mean of the amount.
const TOLERANCE: f64 = 1e-10;

/// The outages of a peril: its laws of duration and of severity, and what it hits.
pub(super) struct Outages<'s> {
    pub durations: Spread<'s>,
    pub severities: Spread<'s>,
    sets: Vec<(u64, f64)>,
    peril: &'s Peril,
    place: usize,
}

/// What is looked at in turn: outages of which all but one figure is given.
#[derive(Clone, Copy, Debug)]
struct Run {
    axis: Axis,
    given: f64,
    hit: u64,
    weights: [f64; 2],
}

/// How the outages of a peril are looked at.
struct Look<'l, 's> {
    outages: &'l Outages<'s>,
    fresh: Fresh<'s>,
    starts: Starts,
    /// How long after an outage's end revenue may still matter to it.
    ahead: f64,
    scale: Vec<f64>,
    measures: usize,
    /// Whether means alone are asked for, so that amounts may bow.
    bows: bool,
}

impl<'s> Outages<'s> {
    /// Reads a peril.
    ///
    /// # Errors
    ///
    /// Refuses too many lines that may be hit or not.
    pub(super) fn new(scenario: &'s Scenario, place: usize) -> Result<Self, Refused> {
        let peril = &scenario.perils[place].terms;
        Ok(Self {
            durations: Spread::of_durations(&peril.duration),
            severities: Spread::of_severities(&peril.severity),
            sets: peril.hits.sets().ok_or(Refused::Lines)?,
            peril,
            place,
        })
    }

    /// Returns whether the law of severities is gone through in steps, so that what comes
    /// of it has an error of its own.
    pub(super) fn has_steps(&self) -> bool {
        self.durations.share > 0.0 && self.severities.share > 0.0
    }

    /// Returns whether there are so many cases that each can be looked at for its mean
    /// alone.
    pub(super) fn has_many_cases(&self) -> bool {
        self.runs().len() > MOST_CASES
    }

    /// What is looked at: stretches of durations for each severity or, where an outage
    /// lasts one of a few durations, stretches of severities.
    fn runs(&self) -> Vec<Run> {
        // More sets, fewer severities: the outages that are run are soon too many.
        let panels = if self.sets.len() <= 4 { 8 } else { 4 };
        let severities = if self.durations.share > 0.0 { nodes(&self.severities, panels) } else { vec![] };
        let mut runs = Vec::new();
        for (hit, chance) in &self.sets {
            let times = |weights: [f64; 2], by: f64| weights.map(|weight| weight * by);
            runs.extend(severities.iter().map(|node| {
                let weights = times(node.weights, *chance);
                Run { axis: Axis::Durations, given: node.severity, hit: *hit, weights }
            }));
            if self.severities.share > 0.0 {
                runs.extend(self.durations.atoms.iter().map(|(hours, share)| {
                    let weights = times([*share; 2], *chance);
                    Run { axis: Axis::Severities, given: *hours, hit: *hit, weights }
                }));
            }
        }
        runs
    }

    /// Hands on every stretch of the outages, and returns what the mean of each measure
    /// over all outages may be off by.
    ///
    /// Short outages are cut for each kind of start by itself, so that each turn and each
    /// jump is found. Long ones are cut for all starts together: what one start loses more
    /// another loses less, and the mean runs straight.
    ///
    /// Where means alone are asked for, amounts may bow along a stretch.
    pub(super) fn stretches(
        &self,
        scenario: &'s Scenario,
        year: &Year,
        measures: &[Measure],
        means_alone: bool,
        mut stretch: impl FnMut(&Stretch<'_>),
    ) -> Vec<f64> {
        let ahead = looks_ahead(scenario);
        let mut fresh = Fresh::new(scenario, year, self.place, measures);
        let starts = Starts::new(scenario, year, &self.peril.start);
        let as_revenue = !looks_at_day(scenario) && alike(&mut fresh, &starts, ahead);
        let starts = if as_revenue { starts } else { starts.apart() };
        let measures = measures.len();
        let mut look =
            Look { outages: self, fresh, starts, ahead, scale: vec![], measures, bows: means_alone };
        look.scale = look.sizes();
        look.points(&mut stretch);
        // The likeliest come last, and have what the others leave.
        let mut runs = self.runs();
        runs.sort_by(|a, b| a.weights[0].total_cmp(&b.weights[0]));
        let part = |run: &Run| run.weights[0].max(run.weights[1]).sqrt();
        let mut parts: f64 = runs.iter().map(part).sum();
        // A case of many may be off by more.
        let tolerance = if runs.len() > 1 { 100.0 * TOLERANCE } else { TOLERANCE };
        let mut left = COST;
        let mut errors = vec![0.0; measures];
        for run in runs {
            let weight = run.weights[0].max(run.weights[1]);
            let budget = (left as f64 * part(&run) / parts) as usize;
            let (of_run, unspent) =
                look.run(run, tolerance / weight.clamp(1e-4, 1.0), budget, &mut stretch);
            left = left.saturating_sub(budget - unspent);
            parts -= part(&run);
            errors.iter_mut().zip(of_run).for_each(|(error, of_run)| *error += weight * of_run);
        }
        errors
    }
}

impl Look<'_, '_> {
    /// Hands on the outages that have one of a few durations and of a few severities.
    fn points(&mut self, stretch: &mut impl FnMut(&Stretch<'_>)) {
        for (hit, chance) in &self.outages.sets {
            for (hours, share) in &self.outages.durations.atoms {
                let window = (hours + self.ahead) as usize + 2;
                let starts = bundle(&self.starts, window, false, usize::MAX);
                for (severity, of_severity) in &self.outages.severities.atoms {
                    let low = self.fresh.price(&starts, *hours, struck(*severity, *hit));
                    stretch(&Stretch {
                        axis: Axis::Durations,
                        weights: [chance * of_severity; 2],
                        starts: &starts,
                        from: *hours,
                        to: *hours,
                        moments: [*share, share * hours, share * hours * hours],
                        high: low.clone(),
                        low,
                        bow: vec![],
                        measures: self.measures,
                        endless: false,
                    });
                }
            }
        }
    }

    /// Hands on the stretches of a run, and returns what the means over it may be off by,
    /// and what is left of what it might take.
    fn run(
        &mut self,
        run: Run,
        tolerance: f64,
        left: usize,
        stretch: &mut impl FnMut(&Stretch<'_>),
    ) -> (Vec<f64>, usize) {
        let Run { axis, given, hit, weights } = run;
        let (law, unit, zones) = match axis {
            Axis::Durations => {
                let law = &self.outages.durations;
                (law, 1.0, of_durations(&self.starts, law, self.ahead))
            }
            Axis::Severities => {
                let law = &self.outages.severities;
                let window = (given + self.ahead) as usize + 2;
                (law, law.common(), of_severities(law, window))
            }
        };
        let starts = &self.starts;
        let measures = self.measures;
        let starts_for = |fresh: &Fresh<'_>, cost: usize| fresh.starts_for(cost).max(FAR);
        let mut cutter = Cutter {
            amounts: &mut Along { fresh: &mut self.fresh, axis, given, hit },
            law,
            axis,
            weights,
            unit,
            scale: self.scale.clone(),
            tolerance,
            bows: self.bows,
            left,
            errors: vec![0.0; measures],
        };
        let mut together = false;
        // What three moments of each hour say, and the middle one alone.
        let (mut all_moments, mut middle) = (vec![0.0; measures], vec![0.0; measures]);
        let mut hand_on = |found: &Stretch<'_>| {
            for measure in 0..measures {
                all_moments[measure] += found.straight(measure, |moment| moment.weight);
                middle[measure] += found.straight(measure, Moment::in_place_of_hour);
            }
            stretch(found);
        };
        for (place, (from, to, window)) in zones.iter().copied().enumerate() {
            let each = bundle(starts, window, false, usize::MAX);
            let turns = match axis {
                Axis::Durations => ((to - from) * starts.unrest() * starts.marks()).max(1.0),
                Axis::Severities => 2.0,
            };
            let dear = each.len() as f64 * turns * 5.0 > cutter.left as f64 / 3.0;
            together |= dear && each.len() > 12;
            if together {
                let rest = zones.len() - place;
                let far = axis == Axis::Durations && to > YEAR;
                let most = starts_for(cutter.amounts.fresh, cutter.left / (24 * rest));
                let most = if far { FAR } else { most };
                let all = if each.len() <= most { each } else { bundle(starts, window, true, most) };
                let budget = cutter.left / rest;
                cutter.cut(&all, (from, to), budget, &mut hand_on);
            } else {
                let budget = cutter.left / each.len().max(1);
                for start in &each {
                    cutter.cut(std::slice::from_ref(start), (from, to), budget, &mut hand_on);
                }
            }
        }
        if let Some((_, largest, window)) = zones.last().copied() {
            let all = bundle(starts, window, true, FAR);
            cutter.rest(&all, largest, &mut *stretch);
        }
        let several = starts.marks() > 1.0;
        let by_starts = all_moments.iter().zip(&middle).zip(&cutter.scale).map(|((all, middle), scale)| {
            // Three moments are far better than one: that the error of one, as a part
            // of the whole, comes in at the power of 1.5 is on the safe side.
            let off = if several { (all - middle).abs() } else { 0.0 };
            off * (off / scale).sqrt()
        });
        let errors = cutter.errors.iter().zip(by_starts).map(|(error, by_starts)| error + by_starts);
        (errors.collect(), cutter.left)
    }

    /// A size of the mean of each measure: from some starts, durations out to the longest
    /// in a million, with all lines hit hard that may be hit.
    fn sizes(&mut self) -> Vec<f64> {
        let Outages { peril, sets, severities, .. } = self.outages;
        let some = bundle(&self.starts, 64, true, 24);
        let hard = severities.quantile(0.5).max(peril.severity.mean());
        let hit = sets.iter().fold(0, |all, (set, _)| all | set);
        let mut sums = vec![0.0; self.measures];
        for octave in 1..=20 {
            let width = 1.0 / f64::from(1_u32 << octave);
            for part in [0.25, 0.75] {
                let duration = peril.duration.quantile(1.0 - width * (2.0 - part));
                let amounts = self.fresh.price(&some, duration.0, struck(hard, hit));
                for (start, amounts) in some.iter().zip(amounts.chunks(self.measures)) {
                    for (sum, amount) in sums.iter_mut().zip(amounts) {
                        *sum += start.weight * amount.abs() * width / 2.0;
                    }
                }
            }
        }
        let largest = sums.iter().copied().fold(0.0, f64::max);
        let least = if largest > 0.0 { 1e-6 * largest } else { 1.0 };
        sums.into_iter().map(|sum| sum.max(least)).collect()
    }
}

/// How many years the longest outages of all starts may last together.
const LAPS: f64 = 3e5;

/// Hours of a year, beyond which an outage meets each of its hours.
const YEAR: f64 = 8_760.0;

/// How long after an outage's end revenue may still matter to it.
fn looks_ahead(scenario: &Scenario) -> f64 {
    let paths = scenario.lines.iter().flat_map(|line| {
        [Some(&line.terms.path), line.terms.without_measure.as_ref()].into_iter().flatten()
    });
    let ramp = paths.map(|path| path.ramp_up().0).fold(0.0, f64::max);
    let covers = scenario.covers.iter().filter_map(|policy| policy.terms.cover.extended_period);
    let extended = covers.map(|hours| hours.0).fold(0.0, f64::max);
    let indices = scenario.parametrics.iter().map(|cover| &cover.terms.parametric.index);
    let indices = indices.chain(scenario.hedges.iter().map(|hedge| &hedge.terms.hedge.index));
    let periods = indices.filter_map(|index| match index {
        crate::hedge::Index::Revenue { period, .. } => Some(period.0),
        _ => None,
    });
    (ramp + extended + periods.fold(0.0, f64::max)).ceil()
}

/// Whether starts with the same revenue ahead bring the same amounts: a term that
/// looks at the calendar itself may tell them apart.
fn alike(fresh: &mut Fresh<'_>, starts: &Starts, ahead: f64) -> bool {
    const TRIED: [f64; 3] = [3.3, 17.7, 41.9];
    let classes = starts.ahead(64 + ahead as usize);
    let some = classes.len().div_ceil(48);
    classes.iter().step_by(some).filter(|(first, last, _)| first != last).all(|(first, last, weight)| {
        let both = [first, last].map(|hour| Moment { at: *hour as f64, weight: *weight });
        TRIED.iter().all(|hours| {
            let amounts = fresh.price(&both, *hours, struck(1.0, u64::MAX));
            let (one, other) = amounts.split_at(amounts.len() / 2);
            one.iter().zip(other).all(|(a, b)| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-3))
        })
    })
}

/// The starts of outages that look so many hours ahead; no more than `most` of them,
/// spread over the year, where only their mean counts.
fn bundle(starts: &Starts, window: usize, middle: bool, most: usize) -> Vec<Moment> {
    let classes = starts.ahead(window);
    let mut stride = classes.len().div_ceil(most);
    // A stride that has no factor in common with a week meets each of its hours.
    while stride > 1 && [2_usize, 3, 7].iter().any(|factor| stride.is_multiple_of(*factor)) {
        stride += 1;
    }
    let kept = || classes.iter().step_by(stride);
    let weight: f64 = kept().map(|(.., weight)| weight).sum();
    kept().flat_map(|(hour, _, share)| starts.within(*hour, share / weight, middle)).collect()
}

/// Stretches of durations that double, each with the hours of revenue that an outage
/// of it looks at.
fn of_durations(starts: &Starts, durations: &Spread<'_>, ahead: f64) -> Vec<(f64, f64, usize)> {
    let mut zones = Vec::new();
    let mut from = 0.0;
    for window in Starts::windows() {
        let starts = starts.ahead(window).len().min(FAR);
        if from / YEAR * starts as f64 > LAPS || ends(durations, from) {
            break;
        }
        let to = (window as f64 - ahead - 1.0).min(durations.most);
        if to > 4.0 {
            zones.push((from, to, window));
            from = to;
        }
    }
    zones
}

/// Stretches of severities that double, for outages that all look as far ahead.
fn of_severities(severities: &Spread<'_>, window: usize) -> Vec<(f64, f64, usize)> {
    let mut zones = Vec::new();
    let (mut from, mut to) = (0.0, severities.common() / 4.0);
    while !ends(severities, from) {
        let end = to.min(severities.most);
        zones.push((from, end, window));
        (from, to) = (end, 2.0 * to);
    }
    zones
}

/// Whether hardly anything of a density lies beyond a value.
fn ends(law: &Spread<'_>, value: f64) -> bool {
    let [all, mean, _] = law.below(f64::INFINITY);
    let rest = (mean - law.below(value)[1]) / mean;
    all <= 0.0 || value >= law.most || rest.is_nan() || rest < REST
}
