//! Insured profit: what the lines of a cover lose by the policy's own measure.

use super::{Form, Measure};
use crate::mitigation::{Allocation, LostProfit};
use crate::quantity::{Hours, Money, Share};
use crate::spans::Spans;

/// Profit that a cover's lines lose in one outage, as the policy measures it.
///
/// # Formula
///
/// With `L` the net lost sales, made up sales off, and `S` the savings:
///
/// ```text
/// reduction         = rate · L
/// total             = (reduction - S)⁺
/// between(a, b)     = rate · L between(a, b) · total / reduction
/// ```
///
/// Savings have no hours of their own: each lost hour gives its part, so that
/// what a waiting period removes is measured net of them. Where the policy has
/// no measure of its own it takes our lost profit as it is.
#[derive(Clone, Debug)]
pub struct InsuredProfit<'a> {
    lines: Vec<&'a LostProfit<'a>>,
    measure: Option<Measure>,
    savings: Money,
    after_savings: Share,
    /// Which hours sales made up later are taken from, and the end of each line's wait.
    make_up: (Allocation, Vec<Hours>),
}

impl<'a> InsuredProfit<'a> {
    /// Measures what `lines` lose in an outage of `duration`.
    #[must_use]
    pub fn new(lines: Vec<&'a LostProfit<'a>>, measure: Option<Measure>, duration: Hours) -> Self {
        let make_up = (Allocation::ProRata, vec![Hours::ZERO; lines.len()]);
        let mut insured = Self { lines, measure, savings: Money::ZERO, after_savings: Share::ALL, make_up };
        if let Some(measure) = measure {
            let reduction = insured.total();
            insured.savings = measure.savings.of(duration).min(reduction);
            insured.after_savings = insured.savings.part_of(reduction).rest();
        }
        insured
    }

    /// Takes sales made up later from the hours before or after each line's wait.
    #[must_use]
    pub fn make_up_from(self, allocation: Allocation, waits: Vec<Hours>) -> Self {
        Self { make_up: (allocation, waits), ..self }
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
        match self.measure {
            None => lost.allocated(allocation, wait, (from, to)),
            Some(measure) => {
                let sales = lost.lost_sales_allocated(allocation, wait, (from, to));
                sales * measure.rate.get() * self.after_savings
            }
        }
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
        self.lines.iter().map(|line| line.between(Hours::ZERO, line.lost_revenue().ends())).sum()
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
        let gross_profit_form = reduction - self.savings;
        let restored: Vec<Spans> =
            self.lines.iter().map(|line| Spans::one(Hours::ZERO, line.lost_revenue().restored())).collect();
        let gross_earnings_form = self.within(&restored);
        Some(Bridge {
            standard_turnover,
            actual_turnover: standard_turnover - lost_sales,
            lost_sales,
            costs_that_stop: lost_sales - reduction,
            savings: self.savings,
            gross_profit_form,
            after_restoration: gross_profit_form - gross_earnings_form,
            gross_earnings_form,
        })
    }
}

/// The same outage under the gross profit and the gross earnings form.
///
/// # Formula
///
/// ```text
/// lost sales - costs that stop - savings    = gross profit form
/// gross profit form - lost after restoration = gross earnings form
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
