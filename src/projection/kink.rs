//! Kinks: the durations at which net loss turns, each with the term that turns it.
//!
//! Terms that count hours say their durations themselves. Terms that count money
//! turn where an exact function of the duration crosses an amount; the crossing
//! is bracketed between two hours and then bisected, far below a second.

use super::Fall;
use super::covers::period_turns;
use super::losses::queue_hours;
use super::turn::{KinkCause, Subject, Turn, clock_turns, money_turns, own_amount};
use crate::outage::BreakPoint;
use crate::quantity::{Hours, Money, MoneyPerHour};
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;
use crate::year::Year;

/// Half the width of the neighbourhood in which a jump is looked for: 0.4 ms.
const BESIDE: f64 = 1e-7;
/// Length over which a slope is measured: 4 s.
const STRIDE: f64 = 1e-3;

/// A duration at which net loss turns or jumps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kink {
    /// The duration.
    pub at: Hours,
    /// What turns.
    pub cause: KinkCause,
    /// Whose term it is.
    pub subject: Subject,
    /// Net loss of an outage of just this duration.
    pub net: Money,
    /// What another hour costs net, just before.
    pub slope_before: MoneyPerHour,
    /// What another hour costs net, just after.
    pub slope_after: MoneyPerHour,
    /// What this term alone adds to the net cost of another hour. The rest of
    /// the change comes from other turns of the same moment, or from the hour.
    pub own_change: MoneyPerHour,
    /// By how much net loss jumps here; below zero when a payment comes at once.
    pub jump: Money,
    /// What this term alone adds to the jump.
    pub own_jump: Money,
}

/// Net loss as a function of the duration, from 0 to the end of the ladder.
pub(super) struct Curve<'c, 's> {
    scenario: &'s Scenario,
    year: &'c Year<'s>,
    until: Hours,
    /// Every duration at which a clock term or a profile's hour can turn the curve.
    grid: Vec<f64>,
}

impl<'c, 's> Curve<'c, 's> {
    pub(super) fn new(scenario: &'s Scenario, year: &'c Year<'s>, until: Hours) -> Self {
        let mut grid: Vec<f64> = clock_turns(scenario, until).iter().map(|(at, _)| at.0).collect();
        grid.extend(period_turns(scenario, until).iter().map(|(at, _)| at.0));
        let extended = scenario.covers.iter().filter_map(|policy| policy.terms.cover.extended_period);
        let extended: Vec<Hours> = extended.collect();
        for line in &scenario.lines {
            let into_hour = (scenario.outage.start - line.terms.origin).0.rem_euclid(1.0);
            for path in [Some(&line.terms.path), line.terms.without_measure.as_ref()].into_iter().flatten()
            {
                // Every outage in which an end of a stage, or of the ramp, falls on an hour.
                let ends: Vec<BreakPoint> = path.moments().into_iter().chain([BreakPoint::END]).collect();
                for hour in 0..=(until + path.ramp_up()).0.ceil() as usize + 1 {
                    let time = Hours(hour as f64 - into_hour);
                    for later in [Hours::ZERO, path.ramp_up()].into_iter().chain(extended.iter().copied()) {
                        grid.extend(ends.iter().filter_map(|end| end.meets(time, later)).map(|at| at.0));
                    }
                }
            }
        }
        grid.extend([0.0, until.0]);
        grid.retain(|at| (0.0..=until.0).contains(at));
        grid.sort_by(f64::total_cmp);
        grid.dedup_by(|b, a| *b - *a < 4.0 * BESIDE);
        Self { scenario, year, until, grid }
    }

    fn at(&self, hours: f64) -> Waterfall<'s> {
        self.year.last(Hours(hours))
    }

    /// Returns every duration at which the net loss turns, in order.
    pub(super) fn kinks(&self) -> Vec<Kink> {
        let by_clock = clock_turns(self.scenario, self.until);
        let by_money = self.flips(BESIDE, |hours| money_turns(self.scenario, &self.at(hours)));
        let mut turns: Vec<(Hours, Turn)> = by_clock;
        for (at, turn) in
            period_turns(self.scenario, self.until).into_iter().chain(by_money).chain(self.queues())
        {
            // Terms of one payer that turn together are one turn: the clock's where
            // it has one, and otherwise that of the last term in order.
            let same = |(other, (_, whose)): &(Hours, Turn)| {
                *whose == turn.1 && (other.0 - at.0).abs() < 4.0 * BESIDE
            };
            match turns.iter().position(same) {
                None => turns.push((at, turn)),
                Some(place) if turns[place].1.0.is_of_money() && !turn.0.is_attachment() => {
                    turns[place] = (at, turn);
                }
                Some(_) => {}
            }
        }
        turns.sort_by(|(a, _), (b, _)| a.0.total_cmp(&b.0));
        turns.into_iter().filter_map(|turn| self.kink(turn)).collect()
    }

    /// Measures the curve on both sides of a turn; nothing if it goes straight on.
    fn kink(&self, (at, (cause, subject)): (Hours, Turn)) -> Option<Kink> {
        let beside = [-BESIDE - STRIDE, -BESIDE, BESIDE, BESIDE + STRIDE];
        let around = beside.map(|by| self.at((at.0 + by).max(0.0)));
        let own =
            Sides::of(around.each_ref().map(|waterfall| own_amount(self.scenario, waterfall, subject)));
        let net = Sides::of(around.each_ref().map(|waterfall| waterfall.net));
        let scale = size(&around[3]);
        (own.turn(scale, at) && net.turn(scale, at)).then(|| Kink {
            at,
            cause,
            subject,
            net: self.at(at.0).net,
            slope_before: MoneyPerHour(significant(net.before.0)),
            slope_after: MoneyPerHour(significant(net.after.0)),
            own_change: MoneyPerHour(significant(sign(subject) * (own.after - own.before).0)),
            jump: net.jump_seen(scale),
            own_jump: Money(significant(sign(subject) * own.jump_seen(scale).0)),
        })
    }

    /// Returns the stretches of durations for which nothing pays.
    pub(super) fn dead_zones(&self) -> Vec<(Hours, Hours)> {
        self.stretches(&[], BESIDE, |hours| {
            let waterfall = self.at(hours);
            let paid = waterfall.recovered()
                + waterfall.paid_out()
                + waterfall.credited()
                + waterfall.received_elsewhere();
            paid <= Money::ZERO && waterfall.economic_loss > Money::ZERO
        })
    }

    /// Returns the stretches of durations over which net loss falls.
    pub(super) fn falls(&self, kinks: &[Kink]) -> Vec<Fall> {
        let mut jumps: Vec<&Kink> = kinks.iter().filter(|kink| kink.jump != Money::ZERO).collect();
        jumps.dedup_by(|b, a| a.at == b.at);
        let falling = |hours: f64| {
            const STEP: f64 = STRIDE / 4.0;
            let (before, after) = (self.at((hours - STEP).max(0.0)), self.at(hours + STEP));
            let mean = size(&after).0 / (hours + STEP);
            (after.net - before.net).0 < -1e-6 * mean * 2.0 * STEP
        };
        // Beside a jump the curve is read on the side that belongs to the stretch.
        let side = |at: Hours, by: f64| {
            let jumps_here = jumps.iter().any(|jump| (jump.at.0 - at.0).abs() < BESIDE);
            self.at(if jumps_here { at.0 + by } else { at.0 }).net
        };
        let edges: Vec<f64> = jumps.iter().map(|jump| jump.at.0).collect();
        // A slope is read over a stride, so an end is exact once it is that of a kink.
        let exact = |end: Hours| {
            let near = kinks.iter().find(|kink| (kink.at.0 - end.0).abs() < STRIDE);
            near.map_or(end, |kink| kink.at)
        };
        let stretches = self.stretches(&edges, STRIDE / 2.0, falling).into_iter().map(|(from, to)| {
            let (from, to) = (exact(from), exact(to));
            let by = side(from, BESIDE) - side(to, -BESIDE);
            Fall { from, to, by: Money(significant(by.0)) }
        });
        let drops = jumps.iter().filter(|kink| kink.jump < Money::ZERO);
        let drops = drops.map(|kink| Fall { from: kink.at, to: kink.at, by: -kink.jump });
        let mut falls: Vec<Fall> = stretches.chain(drops).collect();
        falls.sort_by(|a, b| a.from.0.total_cmp(&b.from.0));
        falls
    }

    /// Returns the stretches over which `holds` holds, cut at `edges` as well.
    fn stretches(&self, edges: &[f64], margin: f64, holds: impl Fn(f64) -> bool) -> Vec<(Hours, Hours)> {
        let mut cuts = vec![0.0, self.until.0];
        cuts.extend(self.flips(margin, |hours| vec![((), holds(hours))]).iter().map(|(at, ())| at.0));
        cuts.extend_from_slice(edges);
        cuts.sort_by(f64::total_cmp);
        let pieces = cuts.windows(2).filter(|piece| piece[1] - piece[0] > 4.0 * BESIDE);
        let held = pieces.filter(|piece| holds(f64::midpoint(piece[0], piece[1])));
        held.map(|piece| (Hours(piece[0]), Hours(piece[1]))).collect()
    }

    /// Finds every outage after which the queue of a line needs another hour.
    fn queues(&self) -> Vec<(Hours, Turn)> {
        let mut found = Vec::new();
        for (place, line) in self.scenario.lines.iter().enumerate() {
            if line.terms.recapture.queue.is_none() {
                continue;
            }
            let turn = (KinkCause::QueueHour, Subject::Line(place));
            let hours = |duration: f64| queue_hours(self.scenario, place, Hours(duration));
            let mut last = hours(0.0);
            for piece in self.grid.windows(2) {
                let [from, to] = [piece[0] + BESIDE, piece[1] - BESIDE];
                let (first, second) = (hours(from), hours(to));
                if first != last && piece[0] > 0.0 {
                    found.push((Hours(piece[0]), turn));
                }
                for step in first.min(second)..first.max(second) {
                    let still = |duration| (hours(duration) > step) == (first > step);
                    found.push((Hours(bisect(from, to, still)), turn));
                }
                last = second;
            }
        }
        found
    }

    /// Finds every duration at which one of `flags` changes, in order of search.
    ///
    /// Each piece of the grid is read `margin` inside its ends, so that flags
    /// which look around themselves do not look into the next piece.
    fn flips<T: Copy>(&self, margin: f64, flags: impl Fn(f64) -> Vec<(T, bool)>) -> Vec<(Hours, T)> {
        let mut found = Vec::new();
        let mut last = flags(0.0);
        let mut changed = |last: &[(T, bool)], now: &[(T, bool)], at: f64| {
            let pairs = last.iter().zip(now).filter(|((_, was), (_, is))| was != is);
            found.extend(pairs.map(|(_, (flag, _))| (Hours(at), *flag)));
        };
        let mut crossings = Vec::new();
        for piece in self.grid.windows(2) {
            let [from, to] = [piece[0] + margin, piece[1] - margin];
            if from >= to {
                continue;
            }
            let (first, second) = (flags(from), flags(to));
            changed(&last, &first, piece[0]);
            for (place, ((flag, was), (_, is))) in first.iter().zip(&second).enumerate() {
                if was != is {
                    let crossing = bisect(from, to, |hours| flags(hours)[place].1 == *was);
                    crossings.push((Hours(crossing), *flag));
                }
            }
            last = second;
        }
        changed(&last, &flags(self.until.0 + margin), self.until.0);
        found.extend(crossings);
        found
    }
}

/// An amount as it runs on both sides of a turn.
struct Sides {
    before: MoneyPerHour,
    after: MoneyPerHour,
    jump: Money,
}

impl Sides {
    fn of([first, left, right, last]: [Money; 4]) -> Self {
        let before = (left - first).0 / STRIDE;
        let after = (last - right).0 / STRIDE;
        let drift = Money((before + after) * BESIDE);
        let [before, after] = [before, after].map(MoneyPerHour);
        Self { before, after, jump: right - left - drift }
    }

    /// Returns whether the amount turns or jumps, by more than rounding can do.
    fn turn(&self, size: Money, at: Hours) -> bool {
        let mean = 1e-3 * size.0 / at.0;
        let scale = self.before.0.abs().max(self.after.0.abs()).max(mean);
        (self.after.0 - self.before.0).abs() > 1e-6 * scale || self.jump_seen(size) != Money::ZERO
    }

    /// Returns the jump, or nothing where it is no more than rounding.
    fn jump_seen(&self, size: Money) -> Money {
        if self.jump.0.abs() > 1e-8 * size.0 { Money(significant(self.jump.0)) } else { Money::ZERO }
    }
}

/// Returns the largest amount of a waterfall, against which roundings are small.
fn size(waterfall: &Waterfall<'_>) -> Money {
    let paid = waterfall.paid_out().max(waterfall.paid_on_hedges());
    waterfall.gross.max(waterfall.economic_loss).max(paid).max(waterfall.programme_cost)
}

/// Returns whether a subject's amount adds to the net loss or is taken from it.
fn sign(subject: Subject) -> f64 {
    match subject {
        Subject::Line(_) | Subject::Outflow(_) | Subject::Price(_) => 1.0,
        Subject::Cover(_)
        | Subject::Annual(_)
        | Subject::Parametric(_)
        | Subject::Hedge(_)
        | Subject::Supplier(_) => -1.0,
    }
}

/// Keeps the nine digits that a difference of amounts can be trusted with.
fn significant(amount: f64) -> f64 {
    // Adding zero turns a negative nothing into nothing.
    format!("{amount:.8e}").parse::<f64>().unwrap_or(amount) + 0.0
}

/// Returns the moment between `from` and `to` at which `still` stops to hold.
fn bisect(mut from: f64, mut to: f64, still: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..60 {
        let middle = f64::midpoint(from, to);
        if still(middle) { from = middle } else { to = middle }
    }
    // A nanohour is 4 microseconds: finer digits are those of the search.
    (to * 1e9).round() / 1e9
}
