//! Baseline: what sales would have been, by the rule that a scheme names.

use std::ops::RangeInclusive;

use jiff::civil::{Date, Weekday};

use super::calendar::{MOST_WEEKS, Windows};
use super::claim::{Claim, NO_RECORD, Sales};
use super::exact::{Exact, Rate, Won};
use super::reason::Reason;
use crate::scenario::Label;

/// Which sales count as usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The best whole week of the window.
    BestWeek,
    /// For each day of the outage the mean of the same weekday in the window.
    MeanOfSameWeekday,
    /// The median of so many whole weeks, the last ones before the outage first.
    MedianOfWeeks(u8),
    /// The same weekdays 52 weeks before.
    SameWeekLastYear,
    /// Sales of a year by 365, for each day of the outage.
    AnnualByDays,
    /// The outage's part of a usual week, by the industry's hours.
    Modelled,
    /// Handed in with the claim, under the scheme's own definition.
    Given,
}

/// How a scheme measures the loss of sales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Which sales count as usual.
    pub baseline: Baseline,
    /// Whether sales are those of a mean day, and not of the whole outage.
    pub per_day: bool,
    /// The days that it looks at, where it looks at records.
    pub dates: Option<Dates>,
    /// The clause that says so.
    pub clause: Option<Label>,
}

/// The days that a measure of a loss looks at, both ends included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dates {
    /// On which day a week begins.
    pub week_from: Weekday,
    /// Where usual sales are looked for.
    pub window: RangeInclusive<Date>,
    /// Whose sales count as those of the outage.
    pub outage: RangeInclusive<Date>,
}

impl Dates {
    /// Returns how many days the sales of the outage cover.
    #[must_use]
    pub fn outage_days(&self) -> i64 {
        let span = self.outage.start().until(*self.outage.end());
        span.map_or(0, |span| i64::from(span.get_days()) + 1)
    }
}

/// A loss of sales, and the two figures that it is the difference of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Usual sales and those of the outage, where the loss was not handed in as such.
    pub sales: Option<(Exact, Exact)>,
    /// Usual less outage; below zero where sales rose.
    pub loss: Exact,
    /// The place of the week that was taken, where one was.
    pub week: Option<u8>,
    /// How many weeks or days of usual sales it was taken from.
    pub out_of: u16,
}

/// Works out the loss of sales of one claim.
///
/// # Errors
///
/// Says what is missing.
#[inline]
pub fn loss(
    baseline: Baseline,
    outage_days: i64,
    windows: Option<&Windows>,
    claim: &Claim<'_>,
) -> Result<Loss, Reason> {
    match claim.sales {
        Sales::Unknown => Err(Reason::NoSales),
        Sales::Loss(loss) => Ok(Loss { sales: None, loss: loss.into(), week: None, out_of: 0 }),
        Sales::Pair { usual, outage } => {
            difference(Usual { sales: usual.into(), week: None, out_of: 0 }, outage.into())
        }
        Sales::Modelled { week, part } => {
            let sales = Exact::from(week).times(part).ok_or(Reason::OutOfRange)?;
            let share = claim.platform_share.unwrap_or(Rate::ONE);
            let loss = sales.times(share).ok_or(Reason::OutOfRange)?;
            let kept = share.rest().and_then(|rest| sales.times(rest)).ok_or(Reason::OutOfRange)?;
            Ok(Loss { sales: Some((sales, kept)), loss, week: None, out_of: 0 })
        }
        Sales::Records(sales) => {
            let windows = windows.ok_or(Reason::NoSales)?;
            let outage = windows.outage.total(sales).ok_or(Reason::NoSales)?;
            let usual = usual(baseline, outage_days, windows, claim.annual_sales, sales)?;
            difference(usual, outage.into())
        }
    }
}

struct Usual {
    sales: Exact,
    week: Option<u8>,
    out_of: u16,
}

fn difference(usual: Usual, outage: Exact) -> Result<Loss, Reason> {
    let loss = usual.sales.minus(outage).ok_or(Reason::OutOfRange)?;
    Ok(Loss { sales: Some((usual.sales, outage)), loss, week: usual.week, out_of: usual.out_of })
}

fn usual(
    baseline: Baseline,
    outage_days: i64,
    windows: &Windows,
    annual: Option<Won>,
    sales: &[i64],
) -> Result<Usual, Reason> {
    match baseline {
        Baseline::BestWeek => best(windows, sales),
        Baseline::MedianOfWeeks(weeks) => median(weeks.into(), windows, sales),
        Baseline::MeanOfSameWeekday => mean(windows, sales),
        Baseline::SameWeekLastYear => {
            let before = windows.last_year.as_ref().ok_or(Reason::NoBaseline)?;
            let sales = before.total(sales).ok_or(Reason::NoBaseline)?.into();
            Ok(Usual { sales, week: None, out_of: 1 })
        }
        Baseline::AnnualByDays => {
            let annual = annual.ok_or(Reason::NoAnnualSales)?;
            let part = Rate::new(outage_days, 365).ok_or(Reason::OutOfRange)?;
            let sales = Exact::from(annual).times(part).ok_or(Reason::OutOfRange)?;
            Ok(Usual { sales, week: None, out_of: 1 })
        }
        // Both are figures of the claim and no records.
        Baseline::Modelled | Baseline::Given => Err(Reason::NoBaseline),
    }
}

fn best(windows: &Windows, sales: &[i64]) -> Result<Usual, Reason> {
    let mut best: Option<(Won, usize)> = None;
    let mut complete = 0;
    for (place, week) in windows.weeks.iter().enumerate() {
        let Some(sum) = week.total(sales) else { continue };
        complete += 1;
        if best.is_none_or(|(most, _)| sum > most) {
            best = Some((sum, place));
        }
    }
    let (sum, place) = best.ok_or(Reason::NoBaseline)?;
    Ok(Usual { sales: sum.into(), week: Some(place as u8), out_of: complete })
}

fn median(wanted: usize, windows: &Windows, sales: &[i64]) -> Result<Usual, Reason> {
    let mut sums = [0_i64; MOST_WEEKS];
    let mut found = 0;
    let before = windows.weeks.iter().filter(|week| week.from < windows.outage.from).rev();
    for week in before {
        if found == wanted.min(MOST_WEEKS) {
            break;
        }
        if let Some(Won(sum)) = week.total(sales) {
            sums[found] = sum;
            found += 1;
        }
    }
    if found < wanted || found == 0 {
        return Err(Reason::NoBaseline);
    }
    let sums = &mut sums[..found];
    sums.sort_unstable();
    let (low, high) = (sums[(found - 1) / 2], sums[found / 2]);
    let middle = Exact::new(i128::from(low) + i128::from(high), 2).ok_or(Reason::OutOfRange)?;
    Ok(Usual { sales: middle, week: None, out_of: found as u16 })
}

fn mean(windows: &Windows, sales: &[i64]) -> Result<Usual, Reason> {
    let mut sum = Exact::ZERO;
    let mut fewest = u16::MAX;
    for same in &windows.same_weekday {
        let (mut total, mut days) = (0_i128, 0_u16);
        for column in same {
            match *sales.get(*column).ok_or(Reason::NoBaseline)? {
                NO_RECORD => {}
                day => {
                    total += i128::from(day);
                    days += 1;
                }
            }
        }
        let mean = Exact::new(total, days.into()).ok_or(Reason::NoBaseline)?;
        sum = sum.plus(mean).ok_or(Reason::OutOfRange)?;
        fewest = fewest.min(days);
    }
    Ok(Usual { sales: sum, week: None, out_of: fewest })
}
