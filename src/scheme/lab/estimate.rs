//! Estimate: what a scheme will cost before anybody has claimed, with its range.

use jiff::civil::DateTime;

use crate::peril::normal::quantile;
use crate::risk::{Dimension, Draws};
use crate::scheme::{Assessor, Claim, IndustryHours, Moment, Rate, Reason, Sales, Status, Won};

/// From the least to the most that somebody holds possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
}

impl Range {
    fn at(self, place: f64) -> f64 {
        self.low + (self.high - self.low) * place
    }
}

/// Businesses that are alike but for their size.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Industry.
    pub industry: String,
    /// Service that failed, each with its own restoration.
    pub service: String,
    /// Class in the scheme, by its place.
    pub class: Option<u8>,
    /// Industry, by its place among those that the scheme's size limits name.
    pub of_size: Option<u8>,
    /// How many.
    pub businesses: f64,
    /// Mean sales of a year, in won.
    pub annual_sales: f64,
    /// Deviation of their sales of a year as a part of the mean.
    pub spread: f64,
    /// The hours in which they sell.
    pub hours: IndustryHours,
    /// When the service went away, local time.
    pub from: DateTime,
    /// When it was back: the earliest and the latest that somebody holds possible.
    pub until: (DateTime, DateTime),
    /// Part of sales through the platform.
    pub platform_share: Range,
    /// Part of those that is kept by other ways to order.
    pub substitution: Range,
    /// Operating margin, where the scheme asks for it.
    pub margin: Option<Range>,
    /// Fee of a month, where the scheme asks for it.
    pub fee: Option<Won>,
    /// Part of the businesses that claim.
    pub claim_rate: Range,
    /// Headings of the figures that are assumed and on no record.
    pub assumed: Vec<&'static str>,
    /// Where the others come from.
    pub sources: String,
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

/// Estimates what a scheme will cost.
///
/// # Formula
///
/// For each draw and group, at one place of each range that all groups share:
///
/// ```text
/// part       = the outage's part of a week, by the hours in which the group sells
/// lost sales = annual × size × 7/365 × part × platform share × (1 - substitution)
/// cost       = businesses × claim rate × mean over sizes of what the scheme pays
/// ```
///
/// Sizes are lognormal with the group's spread and the mean 1. A range is even. The ranges
/// (end of the outage, share, substitution, margin, claim rate) are independent of each
/// other; that all groups stand at the same place of one makes the range of the total as
/// wide as it can be, for an error in one is most often one in all.
///
/// # Order
///
/// The modelled loss stands in the place of the scheme's own measure of a loss: its
/// baseline, and any share of the platform among its factors, are not applied again.
///
/// # Errors
///
/// Says which groups lack a figure that the scheme asks for.
pub fn estimate(
    assessor: &Assessor<'_>,
    groups: &[Group],
    draws: u32,
    seed: u64,
) -> Result<Estimate, Vec<Lacking>> {
    let numbers = Draws::new(seed);
    let places: Vec<[f64; 5]> = (0..u64::from(draws))
        .map(|draw| {
            let pair = |place| numbers.pair(draw, place, Dimension::Event);
            let ([share, substitution], [margin, rate], [end, _]) = (pair(0), pair(1), pair(2));
            [share, substitution, margin, rate, end]
        })
        .collect();
    let mut all = vec![[0.0; 4]; places.len()];
    let (mut outlooks, mut reasons, mut lacking) = (Vec::new(), Vec::new(), Vec::new());
    for (place, group) in groups.iter().enumerate() {
        let sizes = sizes(group.spread);
        let mut of_group = Vec::with_capacity(places.len());
        for (at, total) in places.iter().zip(&mut all) {
            match cost(assessor, group, &sizes, *at, &mut reasons) {
                Ok(one) => of_group.push(one),
                Err(reason) => {
                    lacking.push(Lacking { group: place, reason });
                    break;
                }
            }
            for (sum, more) in total.iter_mut().zip(of_group.last().into_iter().flatten()) {
                *sum += more;
            }
        }
        outlooks.push(outlook(&of_group));
    }
    if !lacking.is_empty() {
        return Err(lacking);
    }
    for (_, claims) in &mut reasons {
        *claims /= f64::from(draws);
    }
    Ok(Estimate { groups: outlooks, total: outlook(&all), reasons })
}

/// Lost sales, claims, what is paid and what waits, at one place of each range.
fn cost(
    assessor: &Assessor<'_>,
    group: &Group,
    sizes: &[f64],
    [share, substitution, margin, rate, end]: [f64; 5],
    reasons: &mut Vec<(Reason, f64)>,
) -> Result<[f64; 4], Reason> {
    let (earliest, latest) = group.until;
    let between = latest.duration_since(earliest).as_secs() as f64 * end;
    let away = earliest.duration_since(group.from).as_secs() + between.round() as i64;
    let until =
        group.from.checked_add(jiff::SignedDuration::from_secs(away)).map_err(|_| Reason::OutOfRange)?;
    let (from, until) = Moment::of(group.from).zip(Moment::of(until)).ok_or(Reason::OutOfRange)?;
    let part = group.hours.part(from, until).ok_or(Reason::OutOfRange)?;
    let lost = part.parts() as f64 / part.of() as f64
        * group.platform_share.at(share)
        * (1.0 - group.substitution.at(substitution));
    let claims = group.businesses * group.claim_rate.at(rate);
    let each = sizes.len() as f64;
    let (mut lost_sales, mut paid, mut waiting) = (0.0, 0.0, 0.0);
    for size in sizes {
        let annual = group.annual_sales * size;
        let loss = annual * 7.0 / 365.0 * lost;
        let claim = Claim {
            class: group.class,
            industry: group.of_size,
            sales: Sales::Loss(Won(loss.round() as i64)),
            outage_from: Some(from),
            outage: Some(away),
            fee: group.fee,
            annual_sales: Some(Won(annual.round() as i64)),
            margin: group.margin.map(|range| millionths(range.at(margin))),
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
        let known = reasons.iter().position(|(reason, _)| *reason == told.reason);
        let known = known.unwrap_or_else(|| {
            reasons.push((told.reason, 0.0));
            reasons.len() - 1
        });
        reasons[known].1 += claims / each;
        lost_sales += loss;
        paid += told.amount.0 as f64;
        waiting += told.pending.0 as f64;
    }
    Ok([group.businesses * lost_sales / each, claims, claims * paid / each, claims * waiting / each])
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

fn outlook(draws: &[[f64; 4]]) -> Outlook {
    let [lost_sales, claims, paid, waiting] = [0, 1, 2, 3].map(|place| likely(draws, place));
    Outlook { lost_sales, claims, paid, waiting }
}

fn likely(draws: &[[f64; 4]], place: usize) -> Likely {
    let mut values: Vec<f64> = draws.iter().map(|draw| draw[place]).collect();
    values.sort_by(f64::total_cmp);
    let at = |percent: usize| {
        let rank = (values.len() * percent).div_ceil(100).max(1);
        values.get(rank - 1).copied().unwrap_or_default()
    };
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    Likely { mean, p10: at(10), p50: at(50), p90: at(90) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;
    use crate::scheme::lab::tests_scheme;

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
        let draws: Vec<_> = (1..=100).map(|n| [f64::from(n), 0.0, 0.0, 0.0]).collect();
        assert_eq!(likely(&draws, 0), Likely { mean: 50.5, p10: 10.0, p50: 50.0, p90: 90.0 });
    }

    /// A thousand shops of one size, open evenly, without their service for Saturday.
    fn shops() -> Group {
        let night = datetime(2022, 10, 16, 0, 0, 0, 0);
        Group {
            industry: "food".into(),
            service: "orders".into(),
            class: None,
            of_size: None,
            businesses: 1_000.0,
            annual_sales: 365_000_000.0,
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

    fn of(groups: &[Group], seed: u64) -> Estimate {
        let scheme = tests_scheme();
        estimate(&Assessor::new(&scheme, &[]).unwrap(), groups, 200, seed).unwrap()
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
        let groups = [group.clone(), Group { businesses: 50.0, ..group }];
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
        scheme.rules[0].form = crate::scheme::Form::Formula(vec![crate::scheme::Factor::Margin]);
        let assessor = Assessor::new(&scheme, &[]).unwrap();
        let with = Group { margin: Some(sure(0.25)), ..shops() };
        let lacking = estimate(&assessor, &[with.clone(), shops()], 10, 1).unwrap_err();
        assert_eq!(lacking, [Lacking { group: 1, reason: Reason::NoRate }]);
        assert_eq!(estimate(&assessor, &[with], 10, 1).unwrap().total.paid.mean, 10_000_000.0);
    }
}
