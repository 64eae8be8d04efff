//! Claim: a cover's terms on a column of outages.
//!
//! Each step changes the column of what is still claimed, as the term's own
//! arithmetic says for one amount, and notes what that leaves with the insured.

use super::kernel::NeedsWaterfall;
use crate::cover::{
    AggregateDeductible, Clock, Cover, CoverYear, Deductible, Extensions, IndemnityPeriod, PeriodLimits,
    Reading, Step, Suffered, WaitingPeriod, above_limit, share_borne, within_year,
};
use crate::mitigation::{Allocation, Head};
use crate::quantity::{Hours, Met, Money, Share};
use crate::reason::Reason;
use crate::risk::Events;
use crate::wide::{Columns, wide};

/// The terms of a cover that a column can be passed through, in their order.
#[derive(Clone, Debug)]
pub(super) struct Terms {
    wait: Option<WaitingPeriod>,
    indemnity_period: Option<IndemnityPeriod>,
    steps: Vec<OnMoney>,
}

/// A step on an amount of money.
#[derive(Clone, Copy, Debug)]
enum OnMoney {
    Deductible(Deductible),
    InsuredShare(Share),
    OccurrenceLimit(Money),
    AggregateDeductible(AggregateDeductible),
    AggregateLimit(Money),
}

impl Terms {
    /// Reads a cover's terms.
    ///
    /// # Errors
    ///
    /// Names the first term that needs more of an outage than its amount of lost
    /// profit and its hours.
    pub(super) fn of(cover: &Cover) -> Result<Self, NeedsWaterfall> {
        let Cover {
            heads,
            lines: _,
            perils: _,
            measure,
            period,
            waiting_period,
            clock,
            indemnity_period,
            extended_period,
            maximum_period,
            average,
            hours_clause,
            period_limits,
            sublimits,
            deductible,
            insured_share,
            no_share,
            occurrence_limit,
            deductible_erodes_limit,
            aggregate_deductible,
            aggregate_limit,
            extensions,
            make_up,
            overtime,
            other_insurance,
            order,
        } = cover;
        let plain = |plain: bool, term| if plain { Ok(()) } else { Err(NeedsWaterfall::of(term)) };
        plain(heads[..] == [Head::LostProfit], "heads beside lost profit")?;
        plain(measure.is_none(), "its own measure of profit")?;
        plain(period.is_none(), "the days on which it is in force")?;
        plain(*clock == Clock::default(), "the clock of its waiting period")?;
        plain(extended_period.is_none() && maximum_period.is_none(), "an extended or maximum period")?;
        plain(average.is_none(), "average")?;
        plain(hours_clause.is_none(), "an hours clause")?;
        plain(*period_limits == PeriodLimits::NONE, "limits of hours or days")?;
        plain(sublimits.iter().all(Option::is_none), "a sublimit")?;
        plain(no_share.is_empty(), "heads without a share")?;
        plain(!deductible_erodes_limit, "a deductible that erodes the limit")?;
        plain(*extensions == Extensions::default(), "an extension of cover")?;
        plain(*make_up == Allocation::ProRata && !overtime, "how it counts sales made up")?;
        plain(other_insurance.is_none(), "other insurance")?;
        plain(of_amount(*deductible), "its deductible")?;
        let read = waiting_period.map(WaitingPeriod::reading);
        let trims_or_tests = !matches!(read, Some(Reading::TimeDeductibleProRata | Reading::GreaterOf));
        plain(trims_or_tests, "the reading of its waiting period")?;
        let capped = matches!(aggregate_deductible, Some(AggregateDeductible::CapOnRetentions { .. }));
        plain(!capped, "a cap on the deductibles of the year")?;
        let mut deducted = false;
        let steps = order.steps().iter().filter_map(|step| match step {
            Step::Deductible if !std::mem::replace(&mut deducted, true) => {
                (*deductible != Deductible::NONE).then_some(OnMoney::Deductible(*deductible))
            }
            Step::InsuredShare => {
                (*insured_share != Share::NONE).then_some(OnMoney::InsuredShare(*insured_share))
            }
            Step::OccurrenceLimit => occurrence_limit.map(OnMoney::OccurrenceLimit),
            Step::AggregateDeductible => aggregate_deductible.map(OnMoney::AggregateDeductible),
            Step::AggregateLimit => aggregate_limit.map(OnMoney::AggregateLimit),
            _ => None,
        });
        Ok(Self { wait: *waiting_period, indemnity_period: *indemnity_period, steps: steps.collect() })
    }

    /// Returns whether no hour of an outage is trimmed and no wait has to be met.
    pub(super) fn takes_all(&self) -> bool {
        self.wait.is_none() && self.indemnity_period.is_none()
    }

    /// Returns the end of the indemnity period, hours after an outage's start.
    pub(super) fn period_ends(&self) -> f64 {
        let wait = self.wait.map_or(Hours::ZERO, WaitingPeriod::hours);
        self.indemnity_period.map_or(f64::INFINITY, |period| period.ends(wait).0)
    }

    /// Returns whether an outage meets the wait.
    #[inline(always)]
    pub(super) fn met(&self, duration: f64) -> bool {
        self.wait.is_none_or(|wait| wait.met_by(Hours(duration)))
    }

    /// Returns the hours that a time deductible takes from the front.
    pub(super) fn trimmed(&self) -> f64 {
        self.wait.filter(|wait| !wait.reading().goes_back()).map_or(0.0, |wait| wait.hours().0)
    }

    /// Passes a column of lost profit through the steps; `kept` hears of each with the
    /// column before it and after it.
    pub(super) fn pass(
        &self,
        events: &Events,
        claims: &mut [f64],
        exhausted: &mut Vec<u32>,
        mut kept: impl FnMut(Reason, &[f64]),
    ) {
        for step in &self.steps {
            match *step {
                OnMoney::Deductible(deductible) => {
                    wide(Deduct { claims, deductible });
                    kept(Reason::Deductible, claims);
                }
                OnMoney::InsuredShare(share) => {
                    wide(KeepShare { claims, share });
                    kept(Reason::InsuredShare, claims);
                }
                OnMoney::OccurrenceLimit(limit) => {
                    wide(Limit { claims, limit, exhausted });
                    kept(Reason::AboveLimit, claims);
                }
                OnMoney::AggregateDeductible(absorb) => {
                    let (mut year, mut so_far) = (u32::MAX, CoverYear::default());
                    for (claim, of) in claims.iter_mut().zip(&events.slots) {
                        if year != *of {
                            (year, so_far) = (*of, CoverYear::default());
                        }
                        let borne = absorb.left(&so_far).min(Money(*claim));
                        *claim -= borne.0;
                        so_far.borne += borne;
                    }
                    kept(Reason::AggregateDeductible, claims);
                }
                OnMoney::AggregateLimit(limit) => {
                    of_year(events, claims, limit, exhausted);
                    kept(Reason::AggregateLimit, claims);
                }
            }
        }
    }
}

/// Whether a deductible follows from the amount of the loss alone.
fn of_amount(deductible: Deductible) -> bool {
    match deductible {
        Deductible::Straight(_)
        | Deductible::Franchise { .. }
        | Deductible::Disappearing { .. }
        | Deductible::Percentage { .. } => true,
        Deductible::AverageDailyValue { .. } | Deductible::PerHead(_) | Deductible::LargestOfHeads(_) => {
            false
        }
    }
}

/// Cuts what the outages of a year claim together to its limit.
fn of_year(events: &Events, claims: &mut [f64], limit: Money, exhausted: &mut Vec<u32>) {
    wide(Limit { claims, limit, exhausted });
    for year in &events.busy {
        let mut places = events.of_active(*year as usize);
        // What it claims first is below the limit by now.
        let mut paid = places.next().map_or(Money::ZERO, |first| Money(claims[first]));
        for place in places {
            let within = within_year(Money(claims[place]), limit, paid);
            if Met::MoreThan.by_amount(Money(claims[place]), within) {
                exhausted.push(place as u32);
            }
            claims[place] = within.0;
            paid += within;
        }
    }
}

struct Deduct<'c> {
    claims: &'c mut [f64],
    deductible: Deductible,
}

impl Columns for Deduct<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        if let Deductible::Straight(amount) = self.deductible {
            // The one that most covers have, on a path of its own for its speed.
            self.claims.iter_mut().for_each(|claim| *claim -= amount.0.min(*claim));
            return;
        }
        for claim in self.claims {
            *claim -= self.deductible.of(&Suffered::loss(Money(*claim))).0;
        }
    }
}

struct KeepShare<'c> {
    claims: &'c mut [f64],
    share: Share,
}

impl Columns for KeepShare<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        for claim in self.claims {
            *claim -= share_borne(Money(*claim), self.share).0;
        }
    }
}

/// Cuts each claim to a limit, and notes which ones use it up.
struct Limit<'c> {
    claims: &'c mut [f64],
    limit: Money,
    exhausted: &'c mut Vec<u32>,
}

impl Columns for Limit<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        /// Claims that are looked at together: most often none of them is above.
        const TOGETHER: usize = 32;
        let Self { claims, limit, exhausted } = self;
        for (chunk, claims) in claims.chunks_mut(TOGETHER).enumerate() {
            if !claims.iter().fold(false, |any, claim| any | (*claim > limit.0)) {
                continue;
            }
            for (place, claim) in claims.iter_mut().enumerate() {
                if Met::MoreThan.by_amount(Money(*claim), limit) {
                    exhausted.push((chunk * TOGETHER + place) as u32);
                }
                *claim -= above_limit(Money(*claim), limit).0;
            }
        }
    }
}
