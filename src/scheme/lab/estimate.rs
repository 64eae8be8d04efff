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
mod tests {
    use jiff::civil::datetime;

    use super::super::population::Range;
    use super::*;
    use crate::scheme::IndustryHours;
    use crate::scheme::lab::tests_scheme;
    use crate::scheme::{Factor, Form, Scheme};

    fn sure(value: f64) -> Range {
        Range { low: value, high: value }
    }

    #[test]
    fn sizes_have_the_mean_and_nearly_the_spread_of_the_group() {
        let sizes = sizes(0.5);
        let mean = sizes.iter().sum::<f64>() / 64.0;
        let deviation = (sizes.iter().map(|size| (size - mean).powi(2)).sum::<f64>() / 64.0).sqrt();
        assert!((mean - 1.0).abs() < 1e-12 && (0.45..0.5).contains(&deviation), "{mean} {deviation}");
        assert!(super::sizes(0.0).iter().all(|size| (*size - 1.0).abs() < 1e-12));
    }

    #[test]
    fn ranks_are_those_of_a_hundred_draws() {
        let told = likely((1..=100).map(f64::from).rev().collect());
        // The deviation of 1 to 100 is the root of 100 × 101 / 12.
        assert_eq!([told.mean, told.p10, told.p50, told.p90], [50.5, 10.0, 50.0, 90.0]);
        assert!((told.error - (100.0 * 101.0 / 12.0_f64).sqrt() / 10.0).abs() < 1e-12, "{told:?}");
    }

    /// A thousand shops of one size, open evenly, without their service for Saturday.
    fn shops() -> Group {
        let night = datetime(2022, 10, 16, 0, 0, 0, 0);
        Group {
            industry: "food".into(),
            service: "orders".into(),
            class: None,
            of_size: None,
            businesses: sure(1_000.0),
            annual_sales: sure(365_000_000.0),
            spread: 0.0,
            hours: IndustryHours::new(vec![], std::iter::repeat_n(1, 168)).unwrap(),
            from: datetime(2022, 10, 15, 0, 0, 0, 0),
            until: (night, night),
            platform_share: sure(0.5),
            substitution: sure(0.2),
            margin: None,
            fee: None,
            claim_rate: sure(0.1),
            assumed: vec![],
            sources: String::new(),
        }
    }

    fn estimate(scheme: &Scheme, groups: &[Group], seed: u64) -> Result<Estimate, Vec<Lacking>> {
        let (assessor, places) = (Assessor::new(scheme, &[]).unwrap(), Places::draw(200, seed));
        Estimate::of(groups.iter().map(|group| price(&assessor, group, &places)).collect())
    }

    fn of(groups: &[Group], seed: u64) -> Estimate {
        estimate(&tests_scheme(), groups, seed).unwrap()
    }

    #[test]
    fn one_cell_by_hand() {
        // 365 m a year are 1 m a day; half of it by the platform, four fifths of that
        // lost: 400,000. A hundred of the thousand claim, and the scheme pays the loss.
        let told = of(&[shops(), shops()], 1);
        let one = told.groups[0];
        assert_eq!(one.lost_sales.mean.round(), 400_000_000.0);
        assert_eq!((one.claims.p10, one.paid.p10, one.paid.p90), (100.0, 40_000_000.0, 40_000_000.0));
        assert_eq!(told.total.paid.mean, 80_000_000.0);
        assert!((told.reasons[0].1 - 200.0).abs() < 1e-9 && told.reasons[0].0 == Reason::Paid);
    }

    #[test]
    fn a_service_that_is_back_later_costs_more() {
        let noon = datetime(2022, 10, 16, 12, 0, 0, 0);
        let later = Group { until: (noon, noon), ..shops() };
        assert_eq!(of(&[later], 1).total.paid.mean, 60_000_000.0);
        // Anywhere between the two: the mean lies in the middle of 40 and 60 m.
        let between = Group { until: (shops().until.0, noon), ..shops() };
        let paid = of(&[between], 1).total.paid;
        assert!((paid.mean - 50_000_000.0).abs() < 1_500_000.0, "{paid:?}");
        assert!(paid.p10 < 44_000_000.0 && paid.p90 > 56_000_000.0, "{paid:?}");
    }

    #[test]
    fn p10_is_no_more_than_the_median_and_that_no_more_than_p90_and_a_seed_says_all() {
        let unsure = |low, high| Range { low, high };
        let group = Group {
            spread: 1.0,
            platform_share: unsure(0.1, 0.5),
            substitution: unsure(0.0, 0.4),
            claim_rate: unsure(0.05, 0.5),
            ..shops()
        };
        let groups = [group.clone(), Group { businesses: sure(50.0), ..group }];
        for seed in 1..20 {
            let told = of(&groups, seed);
            assert_eq!(told, of(&groups, seed));
            for outlook in told.groups.iter().chain([&told.total]) {
                for it in [outlook.lost_sales, outlook.claims, outlook.paid] {
                    assert!(it.p10 < it.p50 && it.p50 < it.p90, "{it:?}");
                }
            }
        }
        assert_ne!(of(&groups, 1), of(&groups, 2));
    }

    #[test]
    fn what_a_scheme_asks_for_and_nobody_says_is_told_and_not_nothing() {
        let mut scheme = tests_scheme();
        scheme.rules[0].form = Form::Formula(vec![Factor::Margin]);
        let with = Group { margin: Some(sure(0.25)), ..shops() };
        let lacking = estimate(&scheme, &[with.clone(), shops()], 1).unwrap_err();
        assert_eq!(lacking, [Lacking { group: 1, reason: Reason::NoRate }]);
        assert_eq!(estimate(&scheme, &[with], 1).unwrap().total.paid.mean, 10_000_000.0);
    }

    #[test]
    fn how_many_there_are_and_what_they_sell_may_be_ranges_too() {
        let (low, high) = (Range { low: 500.0, high: 1_500.0 }, Range { low: 0.0, high: 730_000_000.0 });
        let many = of(&[Group { businesses: low, ..shops() }], 3).total;
        // Of 500 to 1,500 shops each tenth claims, and is paid 400,000.
        assert!(many.claims.p10 > 50.0 && many.claims.p10 < 70.0, "{many:?}");
        assert!(many.claims.p90 > 130.0 && many.claims.p90 < 150.0, "{many:?}");
        assert!((many.paid.p90 / many.claims.p90 - 400_000.0).abs() < 1e-3, "{many:?}");
        let large = of(&[Group { annual_sales: high, ..shops() }], 3).total;
        assert!(large.paid.p10 < 16_000_000.0 && large.paid.p90 > 64_000_000.0, "{large:?}");
        assert!((large.paid.mean - 40_000_000.0).abs() < 4.0 * large.paid.error, "{large:?}");
    }

    #[test]
    fn schemes_are_set_against_each_other_draw_by_draw() {
        let mut half = tests_scheme();
        half.rules[0].form = Form::Formula(vec![Factor::Times(Rate::new(1, 2).unwrap())]);
        let groups = [Group { claim_rate: Range { low: 0.0, high: 0.2 }, ..shops() }];
        let (whole, half) = (of(&groups, 1), estimate(&half, &groups, 1).unwrap());
        let against = half.against(&whole);
        // Half of each draw, so that the tenths change places: most is saved where most is due.
        assert!((against.more.p10 + whole.total.budget.p90 / 2.0).abs() < 500_000.0, "{against:?}");
        assert!((against.more.mean + half.total.budget.mean).abs() < 1e-3, "{against:?}");
        assert_eq!((against.dearer, whole.against(&half).dearer), (0.0, 1.0));
        assert_eq!(whole.against(&whole).more, Likely::default());
    }
}
