//! Covers: what each pays of each outage, and what its terms leave with us.

use super::super::claim::Terms;
use super::super::curve::Course;
use super::columns::{Add, Scale, columns, keep, sum};
use super::layers::PlainTower;
use super::lines::{Between, strike};
use super::{Kernel, NeedsWaterfall, Scratch, even};
use crate::reason::Reason;
use crate::risk::{Events, Losses, Measure};
use crate::scenario::{Named, Policy};
use crate::wide::wide;

/// A cover whose terms need no more than amounts and hours.
#[derive(Clone, Debug)]
pub(super) struct PlainCover<'s> {
    terms: Terms,
    tower: Option<PlainTower<'s>>,
    /// Place of the measure of its used-up limit; none where layers have theirs.
    exhausted: Option<usize>,
}

pub(super) fn plain_cover<'s>(
    policy: &'s Named<Policy>,
    place: usize,
    measures: &[Measure],
) -> Result<PlainCover<'s>, NeedsWaterfall> {
    let Policy { cover, tower, quality, premium, stated_in: _ } = &policy.terms;
    let in_part = |needs: NeedsWaterfall| needs.in_part(&policy.id);
    let plain = |plain: bool, term| if plain { Ok(()) } else { Err(in_part(NeedsWaterfall::of(term))) };
    plain(quality.is_none(), "the quality of its money")?;
    plain(even(premium), "a premium that follows the losses")?;
    let at = |measure| measures.iter().position(|other| *other == measure);
    let lowest = at(Measure::Layer(place, 0)).unwrap_or_default();
    let tower = tower.as_ref().map(|tower| PlainTower::of(tower, lowest)).transpose();
    Ok(PlainCover {
        terms: Terms::of(cover).map_err(in_part)?,
        tower: tower.map_err(in_part)?,
        exhausted: at(Measure::Exhausted(place)),
    })
}

impl Kernel<'_> {
    /// Works out what a cover pays of each outage, and what it leaves with us.
    pub(super) fn cover(&self, place: usize, events: &Events, losses: &mut Losses, scratch: &mut Scratch) {
        let Scratch {
            lost,
            ends,
            left,
            claims,
            paid,
            one,
            exhausted,
            tower: of_tower,
            sums: [before, after],
            ..
        } = scratch;
        let PlainCover { terms, tower, exhausted: used_up } = &self.covers[place];
        let (until, from) = (terms.period_ends(), terms.trimmed());
        claims.fill(0.0);
        for (at, (((line, lost), ends), left)) in
            self.lines.iter().zip(lost).zip(ends).zip(left).enumerate()
        {
            match line.owner {
                Some((owner, true)) if owner == place => {}
                Some((owner, false)) if owner == place => {
                    // The cover refuses the peril: all that it names stays with us.
                    wide(Scale { column: lost, by: left, into: claims });
                    sum(events, claims, before);
                    keep(losses, Reason::ExcludedPeril, before, 1.0);
                    claims.fill(0.0);
                    continue;
                }
                _ => continue,
            }
            wide(Scale { column: lost, by: left, into: one });
            sum(events, one, before);
            if terms.takes_all() {
                wide(Add { to: claims, column: one });
                continue;
            }
            let outages = events.starts.iter().zip(&events.durations).zip(left.iter());
            let lost = |start: &f64, duration: &f64, left: &f64, span| {
                line.course.lost(&line.curve, *start, *duration, span) * line.dependency * left
            };
            if until.is_finite() {
                for (one, ((start, duration), left)) in one.iter_mut().zip(outages.clone()) {
                    let until = if terms.met(*duration) { until } else { f64::INFINITY };
                    *one = lost(start, duration, left, (0.0, until));
                }
                strike(events, at, one);
                sum(events, one, after);
                keep(losses, Reason::IndemnityPeriod, before, 1.0);
                keep(losses, Reason::IndemnityPeriod, after, -1.0);
                std::mem::swap(before, after);
            }
            if let (Course::Total, false) = (&line.course, until.is_finite()) {
                line.curve.fill(&events.starts, &events.durations, from, one);
                wide(Between { to: ends, from: one, dependency: line.dependency });
                wide(Met { terms, durations: &events.durations, left, column: one });
            } else {
                for (one, ((start, duration), left)) in one.iter_mut().zip(outages) {
                    let met = f64::from(u8::from(terms.met(*duration)));
                    *one = met * lost(start, duration, left, (from, until.max(from)));
                }
            }
            strike(events, at, one);
            sum(events, one, after);
            keep(losses, Reason::WaitingPeriod, before, 1.0);
            keep(losses, Reason::WaitingPeriod, after, -1.0);
            wide(Add { to: claims, column: one });
        }
        sum(events, claims, before);
        terms.pass(events, claims, exhausted, |reason, claims| {
            sum(events, claims, after);
            keep(losses, reason, before, 1.0);
            keep(losses, reason, after, -1.0);
            std::mem::swap(before, after);
        });
        for outage in exhausted.drain(..) {
            if let Some(used_up) = used_up {
                losses.columns[*used_up][events.slots[outage as usize] as usize] = 1.0;
            }
        }
        if let Some(tower) = tower {
            tower.pass(events, claims, losses, of_tower);
        }
        wide(Add { to: paid, column: claims });
    }
}

columns!(
/// Profit of the outages that meet the wait.
Met { terms: &'c Terms, durations: &'c [f64], left: &'c [f64], column: &'c mut [f64] } =
for ((lost, duration), left) in column.iter_mut().zip(durations).zip(left) {
    *lost = if terms.met(*duration) { *lost * left } else { 0.0 };
});
