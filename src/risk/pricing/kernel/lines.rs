//! Lines: what each outage takes of each line, and what that leaves of its profit.

use super::super::curve::{Course, Curve};
use super::columns::{Add, Scale, columns, keep, sum};
use super::{Kernel, NeedsWaterfall, Scratch};
use crate::mitigation::{Discontinued, Fade, OfLine, Overtime, Recapture};
use crate::outage::{Cause, Struck};
use crate::quantity::{Hours, Money, Share};
use crate::reason::Reason;
use crate::risk::simulation::Year;
use crate::risk::{Events, Losses};
use crate::scenario::{Line, Named, Scenario};
use crate::wide::wide;

/// A line whose profit is a part of its lost revenue.
#[derive(Clone, Debug)]
pub(super) struct PlainLine {
    pub(super) curve: Curve,
    pub(super) course: Course,
    pub(super) dependency: f64,
    pub(super) recapture: Recapture,
    pub(super) saved_cost_rate: Share,
    /// The first cover that names it, and whether that answers to the cause.
    pub(super) owner: Option<(usize, bool)>,
}

pub(super) fn plain_line(
    scenario: &Scenario,
    place: usize,
    year: &Year,
) -> Result<PlainLine, NeedsWaterfall> {
    let Named { id, terms, .. } = &scenario.lines[place];
    let Line {
        profile,
        origin,
        profile_from: _,
        dependency,
        provider: _,
        path,
        without_measure: _,
        recapture,
        saved_cost_rate,
        discontinued,
        salvage,
        damage,
    } = terms;
    let plain = |plain: bool, term| {
        if plain { Ok(()) } else { Err(NeedsWaterfall::of(term).in_part(id)) }
    };
    plain(damage.is_none(), "a damage function")?;
    plain(
        *salvage == Money::ZERO && *discontinued == Discontinued::default(),
        "salvage or charges that stop",
    )?;
    plain(recapture.queue.is_none(), "a queue of sales")?;
    plain(recapture.overtime == Overtime::default(), "overtime")?;
    let course = Course::of(path).ok_or_else(|| NeedsWaterfall::of("its service path").in_part(id))?;
    let causes: Vec<_> =
        scenario.perils.iter().map(|peril| owner(scenario, place, peril.terms.cause)).collect();
    let owner = causes.first().copied().flatten();
    plain(causes.iter().all(|of_cause| *of_cause == owner), "perils for which different covers answer")?;
    Ok(PlainLine {
        curve: Curve::new(profile, year.first - *origin),
        course,
        dependency: dependency.get(),
        recapture: *recapture,
        saved_cost_rate: *saved_cost_rate,
        owner,
    })
}

/// Returns the cover that is asked for a line's profit, and whether it answers to
/// the cause: the first that does, or failing that the first that names the line.
fn owner(scenario: &Scenario, line: usize, cause: Option<Cause>) -> Option<(usize, bool)> {
    let covers = || scenario.covers.iter().map(|policy| &policy.terms.cover);
    let answers = covers().position(|cover| cover.lines.contains(&line) && cover.perils.include(cause));
    answers
        .map(|cover| (cover, true))
        .or_else(|| covers().position(|cover| cover.lines.contains(&line)).map(|cover| (cover, false)))
}

impl PlainLine {
    /// Returns what an hour's lost revenue leaves of profit lost.
    #[inline(always)]
    fn left(&self, duration: f64) -> f64 {
        let made_up = match self.recapture.fade {
            Fade::None => self.recapture.factor,
            _ => self.recapture.after(Hours(duration)),
        };
        made_up.rest().get() * self.saved_cost_rate.rest().get()
    }
}

impl Kernel<'_> {
    /// Fills in what each outage loses.
    pub(super) fn lose(&self, events: &Events, losses: &mut Losses, scratch: &mut Scratch) {
        let Scratch { lost, ends, left, loss, of_lines, sums, .. } = scratch;
        for (place, (((line, lost), ends), left)) in
            self.lines.iter().zip(&mut *lost).zip(ends).zip(left).enumerate()
        {
            if let Course::Total = line.course {
                line.curve.fill(&events.starts, &events.durations, f64::INFINITY, ends);
                line.curve.fill(&events.starts, &events.durations, 0.0, lost);
                wide(Between { to: ends, from: lost, dependency: line.dependency });
            } else {
                let outages = events.starts.iter().zip(&events.durations);
                for (lost, (start, duration)) in lost.iter_mut().zip(outages) {
                    let whole = (0.0, f64::INFINITY);
                    *lost = line.course.lost(&line.curve, *start, *duration, whole) * line.dependency;
                }
            }
            strike(events, place, lost);
            match line.recapture.fade {
                Fade::None => left.fill(line.left(0.0)),
                _ => left.iter_mut().zip(&events.durations).for_each(|(left, of)| *left = line.left(*of)),
            }
            wide(Scale { column: lost, by: left, into: &mut scratch.one });
            wide(Add { to: loss, column: &scratch.one });
            if line.owner.is_none() {
                sum(events, &scratch.one, &mut sums[0]);
                keep(losses, Reason::NotCovered, &sums[0], 1.0);
            }
        }
        if self.outflows.is_empty() {
            return;
        }
        let one = &mut scratch.one;
        for (place, (one, duration)) in one.iter_mut().zip(&events.durations).enumerate() {
            of_lines.clear();
            let failed_over = Share::NONE;
            let of_line = |lost: &Vec<f64>| OfLine { lost_revenue: Money(lost[place]), failed_over };
            of_lines.extend(lost.iter().map(of_line));
            let flows = self.outflows.iter().map(|outflow| outflow.of(Hours(*duration), of_lines));
            *one = flows.sum::<Money>().0;
        }
        wide(Add { to: loss, column: one });
        sum(events, one, &mut sums[0]);
        keep(losses, Reason::NotCovered, &sums[0], 1.0);
    }
}

/// Takes more or less of a line, as each outage strikes it.
pub(super) fn strike(events: &Events, line: usize, column: &mut [f64]) {
    wide(Strike { struck: &events.struck, line, column });
}

columns!(Strike { struck: &'c [Struck], line: usize, column: &'c mut [f64] } =
for (lost, struck) in column.iter_mut().zip(struck) {
    *lost *= struck.factor(line);
});

columns!(
/// Revenue lost between two moments, as far as it depends on the service.
Between { to: &'c [f64], from: &'c mut [f64], dependency: f64 } =
for (from, to) in from.iter_mut().zip(to) {
    *from = (to - *from) * dependency;
});
