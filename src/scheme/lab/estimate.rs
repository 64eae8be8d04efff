//! Estimate: what a scheme will cost before anybody has claimed, with its range.

use super::population::Group;
use crate::peril::normal::quantile;
use crate::risk::{Dimension, Draws};
use crate::scheme::{Assessor, Claim, Moment, Rate, Reason, Sales, Status, Won};

/// Places in the ranges of a population, draw by draw: the same for each group, and for each
/// scheme that is set beside another.
#[derive(Clone, Debug)]
pub struct Places(Vec<Place>);

/// Where a draw stands in each range, 0 to 1.
#[derive(Clone, Copy, Debug)]
struct Place {
    share: f64,
    substitution: f64,
    margin: f64,
    claim_rate: f64,
    end: f64,
    businesses: f64,
    annual_sales: f64,
}

impl Places {
    /// Draws so many of a seed.
    #[must_use]
    pub fn draw(draws: u32, seed: u64) -> Self {
        let numbers = Draws::new(seed);
        let place = |draw| {
            let pair = |of| numbers.pair(draw, of, Dimension::Event);
            let ([share, substitution], [margin, claim_rate]) = (pair(0), pair(1));
            let ([end, businesses], [annual_sales, _]) = (pair(2), pair(3));
            Place { share, substitution, margin, claim_rate, end, businesses, annual_sales }
        };
        Self((0..u64::from(draws)).map(place).collect())
    }
}

/// What a group comes to in a draw, in claims and in won.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Cost {
    lost_sales: f64,
    claims: f64,
    paid: f64,
    waiting: f64,
}

impl Cost {
    fn budget(&self) -> f64 {
        self.paid + self.waiting
    }

    fn add(&mut self, more: &Self) {
        self.lost_sales += more.lost_sales;
        self.claims += more.claims;
        self.paid += more.paid;
        self.waiting += more.waiting;
    }
}

/// A group under a scheme, draw by draw.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Priced {
    costs: Vec<Cost>,
    reasons: Vec<(Reason, f64)>,
}

/// A figure that is uncertain: its mean, and what it is below in so many of a hundred draws.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Likely {
    /// Mean.
    pub mean: f64,
    /// Below this in 10 of a hundred draws.
    pub p10: f64,
    /// Below this in 50.
    pub p50: f64,
    /// Below this in 90.
    pub p90: f64,
    /// Standard error of the mean: what another seed would move it by.
    pub error: f64,
}

/// What a group, or all of them, will come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outlook {
    /// Sales lost by all businesses, whether they claim or not.
    pub lost_sales: Likely,
    /// Claims.
    pub claims: Likely,
    /// What is paid at once.
    pub paid: Likely,
    /// What waits for a person, as far as the scheme tells.
    pub waiting: Likely,
    /// Both together: the budget. Its tenths are no sums of theirs.
    pub budget: Likely,
}

/// What a scheme will come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimate {
    /// Each group, in the order given.
    pub groups: Vec<Outlook>,
    /// All of them.
    pub total: Outlook,
    /// What becomes of claims, and of how many on average, in the order met.
    pub reasons: Vec<(Reason, f64)>,
    /// The budget of all groups, draw by draw.
    budgets: Vec<f64>,
}

/// The budget of a scheme against another's, each draw with the same one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// By how much it is more; below zero where it is less.
    pub more: Likely,
    /// Part of the draws in which it is more.
    pub dearer: f64,
}

/// What a scheme asks for and a group does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lacking {
    /// The place of the group.
    pub group: usize,
    /// Why the scheme cannot price it.
    pub reason: Reason,
}

/// Sizes of business that stand for a group: the middles of so many equal parts of it.
const SIZES: usize = 64;

/// Estimates what a scheme will cost a group in each draw.
///
/// # Formula
///
/// For each draw, at one place of each range that all groups share:
///
/// ```text
/// part       = the outage's part of a week, by the hours in which the group sells
/// lost sales = annual × size × 7/365 × part × platform share × (1 - substitution)
/// cost       = businesses × claim rate × mean over sizes of what the scheme pays
/// ```
///
/// Sizes are lognormal with the group's spread and the mean 1. A range is even. The ranges
/// (businesses, annual sales, end of the outage, share, substitution, margin, claim rate) are
/// independent of each other; that all groups stand at the same place of one makes the range
/// of the total as wide as it can be, for an error in one is most often one in all.
///
/// # Order
///
/// The modelled loss stands in the place of the scheme's own measure of a loss: its
/// baseline, and any share of the platform among its factors, are not applied again.
///
/// # Errors
///
/// Says what the scheme asks for and the group does not say.
pub fn price(assessor: &Assessor<'_>, group: &Group, places: &Places) -> Result<Priced, Reason> {
    let sizes = sizes(group.spread);
    let mut reasons = Vec::new();
    let costs = places.0.iter().map(|place| cost(assessor, group, &sizes, place, &mut reasons));
    let costs = costs.collect::<Result<_, _>>()?;
    Ok(Priced { costs, reasons })
}

impl Estimate {
    /// Puts groups together that were priced at the same places.
    ///
    /// # Errors
    ///
    /// Says which groups could not be priced.
    pub fn of(groups: Vec<Result<Priced, Reason>>) -> Result<Self, Vec<Lacking>> {
        let lacking = groups.iter().enumerate();
        let lacking =
            lacking.filter_map(|(group, it)| Some(Lacking { group, reason: *it.as_ref().err()? }));
        let lacking: Vec<_> = lacking.collect();
        if !lacking.is_empty() {
            return Err(lacking);
        }
        let groups: Vec<Priced> = groups.into_iter().flatten().collect();
        let draws = groups.first().map_or(0, |group| group.costs.len());
        let mut all = vec![Cost::default(); draws];
        let mut reasons: Vec<(Reason, f64)> = Vec::new();
        for group in &groups {
            for (sum, more) in all.iter_mut().zip(&group.costs) {
                sum.add(more);
            }
            for (reason, claims) in &group.reasons {
                *of_reason(&mut reasons, *reason) += claims / draws as f64;
            }
        }
        Ok(Self {
            groups: groups.iter().map(|group| outlook(&group.costs)).collect(),
            total: outlook(&all),
            reasons,
            budgets: all.iter().map(Cost::budget).collect(),
        })
    }

    /// Sets its budget against that of another scheme, estimated at the same places.
    #[must_use]
    pub fn against(&self, other: &Self) -> Against {
        let more: Vec<f64> =
            self.budgets.iter().zip(&other.budgets).map(|(own, other)| own - other).collect();
        let dearer = more.iter().filter(|more| **more > 0.0).count() as f64 / more.len().max(1) as f64;
        Against { more: likely(more), dearer }
    }
}

/// What becomes of a claim of each size, at one place of each range.
fn cost(
    assessor: &Assessor<'_>,
    group: &Group,
    sizes: &[f64],
    at: &Place,
    reasons: &mut Vec<(Reason, f64)>,
) -> Result<Cost, Reason> {
    let (earliest, latest) = group.until;
    let between = latest.duration_since(earliest).as_secs() as f64 * at.end;
    let away = earliest.duration_since(group.from).as_secs() + between.round() as i64;
    let until =
        group.from.checked_add(jiff::SignedDuration::from_secs(away)).map_err(|_| Reason::OutOfRange)?;
    let (from, until) = Moment::of(group.from).zip(Moment::of(until)).ok_or(Reason::OutOfRange)?;
    let part = group.hours.part(from, until).ok_or(Reason::OutOfRange)?;
    let lost = part.parts() as f64 / part.of() as f64
        * group.platform_share.at(at.share)
        * (1.0 - group.substitution.at(at.substitution));
    let businesses = group.businesses.at(at.businesses);
    let claims = businesses * group.claim_rate.at(at.claim_rate);
    let each = sizes.len() as f64;
    let (mut lost_sales, mut paid, mut waiting) = (0.0, 0.0, 0.0);
    for size in sizes {
        let annual = group.annual_sales.at(at.annual_sales) * size;
        let loss = annual * 7.0 / 365.0 * lost;
        let claim = Claim {
            class: group.class,
            industry: group.of_size,
            sales: Sales::Loss(Won(loss.round() as i64)),
            outage_from: Some(from),
            outage: Some(away),
            fee: group.fee,
            annual_sales: Some(Won(annual.round() as i64)),
            margin: group.margin.map(|range| millionths(range.at(at.margin))),
            fixed_costs: Rate::new(0, 1),
            platform_share: Some(Rate::ONE),
            substitution: Rate::new(0, 1),
            ..Claim::default()
        };
        let told = assessor.assess(&claim, &mut ());
        match told.reason.status() {
            Status::Review if told.reason != Reason::Individual => return Err(told.reason),
            Status::Rejected => return Err(told.reason),
            _ => {}
        }
        *of_reason(reasons, told.reason) += claims / each;
        lost_sales += loss;
        paid += told.amount.0 as f64;
        waiting += told.pending.0 as f64;
    }
    Ok(Cost {
        lost_sales: businesses * lost_sales / each,
        claims,
        paid: claims * paid / each,
        waiting: claims * waiting / each,
    })
}

fn of_reason(reasons: &mut Vec<(Reason, f64)>, reason: Reason) -> &mut f64 {
    let known = reasons.iter().position(|(known, _)| *known == reason);
    let known = known.unwrap_or_else(|| {
        reasons.push((reason, 0.0));
        reasons.len() - 1
    });
    &mut reasons[known].1
}

fn millionths(share: f64) -> Rate {
    Rate::new((share * 1e6).round() as i64, 1_000_000).unwrap_or(Rate::ONE)
}

/// Sizes of a lognormal whose mean is one, exactly.
fn sizes(spread: f64) -> Vec<f64> {
    let sigma = libm::log1p(spread * spread).sqrt();
    let middle = |place: usize| (place as f64 + 0.5) / SIZES as f64;
    let sizes: Vec<f64> = (0..SIZES).map(|place| libm::exp(sigma * quantile(middle(place)))).collect();
    let mean = sizes.iter().sum::<f64>() / SIZES as f64;
    sizes.into_iter().map(|size| size / mean).collect()
}

fn outlook(costs: &[Cost]) -> Outlook {
    let of = |one: fn(&Cost) -> f64| likely(costs.iter().map(one).collect());
    Outlook {
        lost_sales: of(|cost| cost.lost_sales),
        claims: of(|cost| cost.claims),
        paid: of(|cost| cost.paid),
        waiting: of(|cost| cost.waiting),
        budget: of(Cost::budget),
    }
}

fn likely(mut values: Vec<f64>) -> Likely {
    values.sort_by(f64::total_cmp);
    let at = |percent: usize| {
        let rank = (values.len() * percent).div_ceil(100).max(1);
        values.get(rank - 1).copied().unwrap_or_default()
    };
    let draws = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / draws;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    let error = (squares / (draws - 1.0).max(1.0) / draws).sqrt();
    Likely { mean, p10: at(10), p50: at(50), p90: at(90), error }
}

#[cfg(test)]
mod tests;
