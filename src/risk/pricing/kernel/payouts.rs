//! Payouts: what each parametric cover pays of each outage.

use super::columns::columns;
use super::{NeedsWaterfall, even};
use crate::hedge::{Index, Level, Parametric, PerHour, Schedule};
use crate::quantity::{Hours, Money};
use crate::risk::Events;
use crate::scenario::{Named, ParametricPolicy};
use crate::wide::wide;

pub(super) fn plain_payout(policy: &Named<ParametricPolicy>) -> Result<&Parametric, NeedsWaterfall> {
    let ParametricPolicy { parametric, quality, premium, stated_in: _ } = &policy.terms;
    let plain = |plain: bool, term| {
        if plain { Ok(()) } else { Err(NeedsWaterfall::of(term).in_part(&policy.id)) }
    };
    plain(quality.is_none(), "the quality of its money")?;
    plain(even(premium), "a premium that follows the losses")?;
    plain(matches!(parametric.index, Index::OutageHours), "its index")?;
    plain(parametric.only_if.is_none(), "a second trigger")?;
    plain(!matches!(parametric.schedule, Schedule::Loss { .. }), "a payout of the loss itself")?;
    Ok(parametric)
}

/// Fills in what a parametric cover pays of each outage.
pub(super) fn pay(cover: &Parametric, events: &Events, column: &mut [f64]) {
    match &cover.schedule {
        Schedule::PerHour(per_hour) => {
            wide(PayByHour {
                per_hour: *per_hour,
                limit: cover.limit,
                durations: &events.durations,
                column,
            });
        }
        schedule => {
            for (paid, duration) in column.iter_mut().zip(&events.durations) {
                *paid = schedule.pays_by(Level(*duration)).at_most(cover.limit).0;
            }
        }
    }
    let Some(limit) = cover.annual_limit else { return };
    let (mut year, mut paid) = (u32::MAX, Money::ZERO);
    for (payout, of) in column.iter_mut().zip(&events.slots) {
        if year != *of {
            (year, paid) = (*of, Money::ZERO);
        }
        let within = Money(*payout).at_most(Some((limit - paid).positive()));
        *payout = within.0;
        paid += within;
    }
}

columns!(PayByHour { per_hour: PerHour, limit: Option<Money>, durations: &'c [f64], column: &'c mut [f64] } =
for (paid, duration) in column.iter_mut().zip(durations) {
    *paid = per_hour.pay(Hours(*duration)).at_most(limit).0;
});
