//! Outages: every outage of a peril, in stretches over which amounts run straight.

use super::partial::Durations;
use super::starts::{Moment, Starts};
use super::stretch::{Amounts, Cutter, Stretch};
use crate::annual::PolicyYear;
use crate::outage::Outage;
use crate::peril::Peril;
use crate::quantity::Hours;
use crate::risk::Measure;
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;

/// How many outages are run through the programme at most, for all perils together.
const CALLS: usize = 1_000_000;
/// How many starts of long outages are looked at, at most, once they pass a year.
const FAR: usize = 512;
/// Durations are doubled until those beyond have no larger part in the mean duration.
const REST: f64 = 1e-13;

/// The outages of a peril, each in a year of its own.
struct Fresh<'s> {
    scenario: &'s Scenario,
    peril: &'s Peril,
    /// First moment of the year, on the calendar.
    year: Hours,
    measures: &'s [Measure],
    opening: PolicyYear,
}

impl Amounts for Fresh<'_> {
    fn of(&self, start: f64, duration: f64) -> Vec<f64> {
        let outage = Outage {
            start: self.year + Hours(start),
            cause: self.peril.cause,
            ..self.scenario.outage.clone()
        };
        let waterfall = Waterfall::after(self.scenario, &outage, Hours(duration), &self.opening);
        let amount = |measure: &Measure| match *measure {
            Measure::Gross | Measure::WorstGross => waterfall.economic_loss.0,
            Measure::Net | Measure::WorstNet => (waterfall.net - waterfall.programme_cost).0,
            Measure::AboveLoss => waterfall.recovery_above_loss.0,
            Measure::Cover(cover) => waterfall.covers[cover].paid.0,
            Measure::Payout(hedge) => waterfall.payouts[hedge].0,
        };
        self.measures.iter().map(amount).collect()
    }
}

/// Hands on every stretch of a peril's outages, and returns what the mean of each
/// measure over all outages may be off by.
///
/// Short outages are cut for each kind of start by itself, so that each turn and each
/// jump is found. Long ones are cut for all starts together: what one start loses more
/// another loses less, and the mean runs straight.
pub(super) fn stretches(
    scenario: &Scenario,
    peril: &Peril,
    durations: &Durations<'_>,
    measures: &[Measure],
    mut stretch: impl FnMut(Stretch<'_>),
) -> Vec<f64> {
    let opening = PolicyYear::default();
    let year = scenario.lines[0].terms.origin;
    let fresh = Fresh { scenario, peril, year, measures, opening };
    let starts = Starts::new(scenario, peril.start);
    let ahead = looks_ahead(scenario);
    let starts = if alike(&fresh, &starts, ahead) { starts } else { starts.apart() };
    let scale = sizes(&fresh, &starts);
    let left = CALLS / scenario.perils.len().max(1);
    let mut cutter = Cutter { amounts: &fresh, durations, scale, left, errors: vec![0.0; measures.len()] };

    for (hours, share) in &durations.atoms {
        let moments = [*share, share * hours, share * hours * hours];
        let bundle = bundle(&starts, (hours + ahead) as usize + 2, false, usize::MAX);
        let amounts = bundle.iter().flat_map(|start| fresh.of(start.at, *hours));
        let amounts: Vec<f64> = amounts.collect();
        let (low, high) = (amounts.clone(), amounts);
        let measures = measures.len();
        stretch(Stretch {
            starts: &bundle,
            from: *hours,
            to: *hours,
            moments,
            low,
            high,
            measures,
            endless: false,
        });
    }

    let zones = zones(&starts, durations, ahead);
    let mut together = false;
    // What three moments of each hour say, and the middle one alone.
    let (mut all_moments, mut middle) = (vec![0.0; measures.len()], vec![0.0; measures.len()]);
    for (place, (from, to, window)) in zones.iter().copied().enumerate() {
        let each = bundle(&starts, window, false, usize::MAX);
        let hours = ((to - from) * starts.unrest() * starts.marks()).max(1.0);
        let dear = each.len() as f64 * hours * 5.0 > cutter.left as f64 / 3.0;
        together |= dear && each.len() > 12;
        if together {
            let rest = zones.len() - place;
            let most = if to > YEAR { FAR } else { cutter.left / (24 * rest) };
            let all = bundle(&starts, window, true, most.max(FAR));
            cutter.cut(&all, (from, to), cutter.left / rest, &mut stretch);
        } else {
            let budget = cutter.left / each.len().max(1);
            for start in &each {
                cutter.cut(std::slice::from_ref(start), (from, to), budget, |found| {
                    for measure in 0..measures.len() {
                        let mean = found.mean(measure);
                        all_moments[measure] += mean;
                        middle[measure] += mean * start.in_place_of_hour();
                    }
                    stretch(found);
                });
            }
        }
    }
    if let Some((_, longest, window)) = zones.last().copied() {
        let all = bundle(&starts, window, true, FAR);
        cutter.rest(&all, longest, &mut stretch);
    }
    let by_starts = all_moments.iter().zip(&middle).zip(&cutter.scale);
    let by_starts: Vec<f64> = by_starts
        .map(|((all, middle), scale)| {
            // Three moments are far better than one: that the error of one, as a part
            // of the whole, comes in at the power of 1.5 is on the safe side.
            let off = if starts.marks() > 1.0 { (all - middle).abs() } else { 0.0 };
            off * (off / scale).sqrt()
        })
        .collect();
    cutter.errors.iter().zip(by_starts).map(|(error, by_starts)| error + by_starts).collect()
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
fn alike(fresh: &Fresh<'_>, starts: &Starts, ahead: f64) -> bool {
    const TRIED: [f64; 3] = [3.3, 17.7, 41.9];
    let classes = starts.ahead(64 + ahead as usize);
    let some = classes.len().div_ceil(48);
    classes.iter().step_by(some).filter(|(first, last, _)| first != last).all(|(first, last, _)| {
        TRIED.iter().all(|hours| {
            let [one, other] = [first, last].map(|hour| fresh.of(*hour as f64, *hours));
            one.iter().zip(&other).all(|(a, b)| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1e-3))
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

/// A size of the mean of each measure: from some starts, and durations out to the
/// longest in a million.
fn sizes(fresh: &Fresh<'_>, starts: &Starts) -> Vec<f64> {
    let mut sums = vec![0.0; fresh.measures.len()];
    let some = bundle(starts, 64, true, 24);
    for start in &some {
        for octave in 1..=20 {
            let width = 1.0 / f64::from(1_u32 << octave);
            for part in [0.25, 0.75] {
                let duration = fresh.peril.duration.quantile(1.0 - width * (2.0 - part));
                let amounts = fresh.of(start.at, duration.0);
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

/// Stretches of durations that double, each with the hours of revenue that an outage
/// of it looks at.
fn zones(starts: &Starts, durations: &Durations<'_>, ahead: f64) -> Vec<(f64, f64, usize)> {
    let [all, mean, _] = durations.below(f64::INFINITY);
    let mut zones = Vec::new();
    let mut from = 0.0;
    for window in starts.windows() {
        let reached = durations.below(from);
        let starts = starts.ahead(window).len().min(FAR);
        if from / YEAR * starts as f64 > LAPS {
            break;
        }
        let rest = (mean - reached[1]) / mean;
        if all <= 0.0 || from >= durations.most || rest.is_nan() || rest < REST {
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
