//! Insured profit: what the lines of a cover lose by the policy's own measure.

use super::{Form, Measure};
use crate::mitigation::{Allocation, LostProfit};
use crate::quantity::{Hours, Money, Share};
use crate::spans::Spans;

/// Profit that a cover's lines lose in one outage, as the policy measures it.
///
/// # Formula
///
/// With `L` the net lost sales, made up sales off, `S` the savings, and `M` the
/// sales made up:
///
/// ```text
/// reduction         = rate · L
/// shortfall         = (reduction - S - salvage)⁺
/// total             = shortfall + overtime
/// between(a, b)     = rate · L between(a, b) · shortfall / reduction
///                     + overtime · M between(a, b) / M
/// ```
///
/// Savings and salvage have no hours of their own: each lost hour gives its part,
/// so that what a waiting period removes is measured net of them. Overtime goes
/// with the sales that it makes up, where the policy counts it. Where the policy has no measure of its own it
/// takes our lost profit, before any charges that stop.
#[derive(Clone, Debug)]
pub struct InsuredProfit<'a> {
    lines: Vec<&'a LostProfit<'a>>,
    measure: Option<Measure>,
    savings: Money,
    after_savings: Share,
    /// What salvage leaves of each line.
    after_salvage: Vec<Share>,
    /// Which hours sales made up later are taken from, and the end of each line's wait.
    make_up: (Allocation, Vec<Hours>),
    /// Whether the policy counts overtime.
    overtime: bool,
}

impl<'a> InsuredProfit<'a> {
    /// Measures what `lines` lose in an outage of `duration`.
    #[must_use]
    pub fn new(lines: Vec<&'a LostProfit<'a>>, measure: Option<Measure>, duration: Hours) -> Self {
        let make_up = (Allocation::ProRata, vec![Hours::ZERO; lines.len()]);
        let (mut savings, mut after_savings) = (Money::ZERO, Share::ALL);
        if let Some(measure) = measure {
            let reduction: Money = lines.iter().map(|line| reduction(line, Some(measure))).sum();
            savings = measure.savings.of(duration).min(reduction);
            after_savings = savings.part_of(reduction).rest();
        }
        let left = |line: &&LostProfit<'_>| {
            line.salvage().part_of(reduction(line, measure) * after_savings).rest()
        };
        let after_salvage = lines.iter().map(left).collect();
        Self { lines, measure, savings, after_savings, after_salvage, make_up, overtime: false }
    }

    /// Takes sales made up later from the hours before or after each line's wait.
    #[must_use]
    pub fn make_up_from(self, allocation: Allocation, waits: Vec<Hours>) -> Self {
        Self { make_up: (allocation, waits), ..self }
    }

    /// Counts what making up costs, where the policy does.
    #[must_use]
    pub fn with_overtime(self, counted: bool) -> Self {
        Self { overtime: counted, ..self }
    }

    /// Returns how many lines it is measured on.
    #[must_use]
    pub fn lines(&self) -> &[&'a LostProfit<'a>] {
        &self.lines
    }

    /// Returns the policy's measure; nothing where it takes ours.
    #[must_use]
    pub fn measure(&self) -> Option<Measure> {
        self.measure
    }

    /// Returns the profit that one line loses in `[from, to)`.
    #[must_use]
    pub fn of_line(&self, line: usize, from: Hours, to: Hours) -> Money {
        let lost = self.lines[line];
        let (allocation, wait) = (self.make_up.0, self.make_up.1[line]);
        let shortfall = match self.measure {
            None => lost.allocated(allocation, wait, (from, to)),
            Some(measure) => {
                let sales = lost.lost_sales_allocated(allocation, wait, (from, to));
                sales * measure.rate.get() * self.after_savings
            }
        };
        let shortfall = shortfall * self.after_salvage[line];
        if !self.overtime {
            return shortfall;
        }
        shortfall + lost.overtime_allocated(allocation, wait, (from, to))
    }

    /// Returns the profit lost in `[from, to)`, hours after the outage's start.
    #[must_use]
    pub fn between(&self, from: Hours, to: Hours) -> Money {
        (0..self.lines.len()).map(|line| self.of_line(line, from, to)).sum()
    }

    /// Returns the profit lost in stretches of the outage, given for each line.
    #[must_use]
    pub fn within(&self, hours: &[Spans]) -> Money {
        let of_line = |(line, spans): (usize, &Spans)| -> Money {
            spans.iter().map(|(from, to)| self.of_line(line, from, to)).sum()
        };
        hours.iter().enumerate().map(of_line).sum()
    }

    /// Returns all the profit lost.
    #[must_use]
    pub fn total(&self) -> Money {
        self.between(Hours::ZERO, self.ends())
    }

    /// Returns the profit that `[from, to)` of the outage would have brought, all
    /// lines being open.
    #[must_use]
    pub fn normally(&self, from: Hours, to: Hours) -> Money {
        let of_line = |line: &&LostProfit<'_>| match self.measure {
            None => line.normally(from, to),
            Some(measure) => line.lost_revenue().normally(from, to) * measure.rate.get(),
        };
        self.lines.iter().map(of_line).sum()
    }

    /// Returns the profit lost in each hour from the outage's start.
    #[must_use]
    pub fn by_hour(&self) -> Vec<Money> {
        let hours = self.ends().0.ceil() as usize;
        (0..hours).map(|hour| self.between(Hours(hour as f64), Hours(hour as f64 + 1.0))).collect()
    }

    /// Returns when the last profit is lost.
    #[must_use]
    pub fn ends(&self) -> Hours {
        self.lines.iter().map(|line| line.lost_revenue().ends()).fold(Hours::ZERO, Hours::max)
    }

    /// Returns what the lines lose by our own reckoning.
    #[must_use]
    pub fn our_own(&self) -> Money {
        self.lines.iter().map(|line| line.measured()).sum()
    }

    /// Lays the two forms beside one another, in the figures of this outage;
    /// nothing where the policy has no measure of its own.
    #[must_use]
    pub fn bridge(&self) -> Option<Bridge> {
        let measure = self.measure?;
        let over = |amount: fn(&LostProfit<'_>) -> Money| self.lines.iter().map(|line| amount(line)).sum();
        let standard_turnover =
            over(|line| line.lost_revenue().normally(Hours::ZERO, line.lost_revenue().ends()));
        let lost_sales: Money =
            over(|line| line.lost_sales_between(Hours::ZERO, line.lost_revenue().ends()));
        let reduction = lost_sales * measure.rate.get();
        let salvage = |(line, left): (&&LostProfit<'_>, &Share)| {
            self::reduction(line, self.measure) * self.after_savings * left.rest()
        };
        let salvage: Money = self.lines.iter().zip(&self.after_salvage).map(salvage).sum();
        let overtime = if self.overtime { over(|line| line.overtime()) } else { Money::ZERO };
        let gross_profit_form = reduction - self.savings - salvage + overtime;
        let restored: Vec<Spans> =
            self.lines.iter().map(|line| Spans::one(Hours::ZERO, line.lost_revenue().restored())).collect();
        let gross_earnings_form = self.within(&restored);
        Some(Bridge {
            standard_turnover,
            actual_turnover: standard_turnover - lost_sales,
            lost_sales,
            costs_that_stop: lost_sales - reduction,
            savings: self.savings,
            salvage,
            overtime,
            gross_profit_form,
            after_restoration: gross_profit_form - gross_earnings_form,
            gross_earnings_form,
        })
    }
}

/// Returns the profit that goes with a line's lost sales, before savings and salvage.
fn reduction(line: &LostProfit<'_>, measure: Option<Measure>) -> Money {
    let ends = line.lost_revenue().ends();
    match measure {
        None => line.between(Hours::ZERO, ends),
        Some(measure) => line.lost_sales_between(Hours::ZERO, ends) * measure.rate.get(),
    }
}

/// The same outage under the gross profit and the gross earnings form.
///
/// # Formula
///
/// ```text
/// lost sales - costs that stop - savings - salvage + overtime = gross profit form
/// gross profit form - lost after restoration                  = gross earnings form
/// ```
///
/// # Source
///
/// Brokers' comparisons of the two forms: the gross profit form goes on until
/// sales have recovered, the gross earnings form ends with the restoration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bridge {
    /// Turnover that the period would have brought.
    pub standard_turnover: Money,
    /// Turnover that it brings, sales made up included.
    pub actual_turnover: Money,
    /// The shortfall between them.
    pub lost_sales: Money,
    /// Costs that fall with the sales: what the rate leaves out.
    pub costs_that_stop: Money,
    /// Insured charges that cease.
    pub savings: Money,
    /// What stock that was not sold brings.
    pub salvage: Money,
    /// What making up sales costs.
    pub overtime: Money,
    /// The loss until results are normal.
    pub gross_profit_form: Money,
    /// Of it, what is lost after operations are restored.
    pub after_restoration: Money,
    /// The loss until then.
    pub gross_earnings_form: Money,
}

impl Bridge {
    /// Returns the loss under a form.
    #[must_use]
    pub fn under(&self, form: Form) -> Money {
        match form {
            Form::GrossProfit => self.gross_profit_form,
            Form::GrossEarnings => self.gross_earnings_form,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cover::{Books, RateOfGrossProfit, Savings};
    use crate::loss::LostRevenue;
    use crate::mitigation::{Overtime, Recapture};
    use crate::outage::{BreakPoint, ServicePath, Stage};
    use crate::profile::{Profile, Trend};
    use crate::quantity::MoneyPerHour;

    fn share(part: f64) -> Share {
        Share::new(part).unwrap()
    }

    fn path() -> ServicePath {
        let stage = Stage { until: BreakPoint::END, lost_from: Share::ALL, lost_to: Share::ALL };
        ServicePath::new(vec![stage], Hours::ZERO).unwrap()
    }

    fn shop<'p>(profile: &'p Profile, path: &'p ServicePath, made_up: f64) -> LostProfit<'p> {
        let overtime = Overtime { fixed: Money(12.0), share: Share::NONE };
        let recapture = Recapture { overtime, ..Recapture::even(share(made_up)) };
        let lost = LostRevenue::new(profile, Hours::ZERO, Share::ALL, path, Hours(8.0));
        LostProfit::new(lost, recapture, share(0.4), Hours(8.0)).with_salvage(Money(6.0))
    }

    #[test]
    fn overtime_adds_to_a_loss_and_salvage_takes_off_it() {
        let profile = Profile::new(vec![MoneyPerHour(110.0); 24]).unwrap();
        let (path, whole) = (path(), (Hours::ZERO, Hours(8.0)));
        for (made_up, measured, because) in [
            (0.3, 375.6, "616 · 0.6 = 369.6, with 12 of overtime and without 6 of salvage"),
            (0.0, 522.0, "nothing is made up, so that nobody works overtime: 528 less 6"),
            (1.0, 12.0, "all is made up: the overtime is what was lost"),
        ] {
            let shop = shop(&profile, &path, made_up);
            assert!((shop.measured().0 - measured).abs() < 1e-9, "{because}");
            for (key, allocation) in Allocation::ALL {
                for wait in [0.0, 3.0, 8.0] {
                    let insured = InsuredProfit::new(vec![&shop], None, Hours(8.0))
                        .with_overtime(true)
                        .make_up_from(allocation, vec![Hours(wait)]);
                    let wait = Hours(wait);
                    let halves = insured.between(whole.0, wait) + insured.between(wait, whole.1);
                    assert!((insured.total().0 - measured).abs() < 1e-9, "{key}: {because}");
                    assert!((halves.0 - measured).abs() < 1e-9, "{key} in two parts: {because}");
                }
            }
        }
    }

    #[test]
    fn overtime_goes_with_the_sales_that_it_makes_up() {
        let profile = Profile::new(vec![MoneyPerHour(110.0); 24]).unwrap();
        let path = path();
        let shop = shop(&profile, &path, 0.3);
        let salvage_leaves = 1.0 - 6.0 / 369.6;
        for (allocation, inside, because) in [
            (Allocation::ProRata, 187.8, "half of the hours, half of the 375.6"),
            (Allocation::WaitingHoursFirst, 105.6 * salvage_leaves + 12.0, "all is made up in the wait"),
            (Allocation::CoveredHoursFirst, 264.0 * salvage_leaves, "nothing is made up in the wait"),
        ] {
            let insured = InsuredProfit::new(vec![&shop], None, Hours(8.0))
                .with_overtime(true)
                .make_up_from(allocation, vec![Hours(4.0)]);
            let got = insured.between(Hours::ZERO, Hours(4.0)).0;
            assert!((got - inside).abs() < 1e-9, "{got}: {because}");
        }
    }

    #[test]
    fn a_form_bridges_overtime_and_salvage() {
        let profile = Profile::new(vec![MoneyPerHour(110.0); 24]).unwrap();
        let path = path();
        let shop = shop(&profile, &path, 0.3);
        let rate = RateOfGrossProfit::new(Books::Stated(share(0.5)), Trend::NONE).unwrap();
        let measure = Measure { form: Form::GrossProfit, rate, savings: Savings::Amount(Money(28.0)) };
        let insured = InsuredProfit::new(vec![&shop], Some(measure), Hours(8.0)).with_overtime(true);
        let bridge = insured.bridge().unwrap();
        assert_eq!((bridge.savings, bridge.overtime), (Money(28.0), Money(12.0)));
        assert!((bridge.salvage.0 - 6.0).abs() < 1e-9, "{bridge:?}");
        assert!((bridge.gross_profit_form.0 - 286.0).abs() < 1e-9, "308 - 28 - 6 + 12");
        assert!((insured.total() - bridge.gross_profit_form).0.abs() < 1e-9);
    }
}
