//! Average: a sum insured that is too low pays only its part of each loss.

use super::{Claim, RateOfGrossProfit};
use crate::mitigation::Head;
use crate::profile::YEAR;
use crate::quantity::{Hours, Money, Share};
use crate::reason::Reason;
use crate::term::term;

term! {
    /// Never to be taken for the insured's share of each loss, which is also called
    /// coinsurance.
    pub const AVERAGE: Term = {
        key: "average",
        korean: "비례보상",
        english: "Average clause",
        file_key: "cover.average",
        unit: "share of the loss",
        formula: "factor = min(1, sum insured / V), 1 where V is nothing\niso           V = coinsurance · (net income + operating expenses - listed items)\ngp            V = rate of gross profit · annual turnover · max(1, indemnity period / 12 months)\ndeclared      factor 1; lost profit up to 133 1/3% of the estimate declared\nagreed_value  factor 1",
        order: "After the indemnity period and waiting period, before sublimits and the deductible",
        source: "ISO business income form, coinsurance; UK wordings, average and declaration-linked cover; Korean wordings, 코인슈어런스",
    };
}

/// What the sum insured is held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueAtRisk {
    /// Coinsurance percentage of the US form: a part of the year's net income and
    /// operating expenses.
    Iso {
        /// The percentage agreed.
        coinsurance: Share,
        /// Net income of the twelve months from inception; below zero for a loss.
        net_income: Money,
        /// Operating expenses of the same months.
        operating_expenses: Money,
        /// Items that the form takes off.
        less: Money,
    },
    /// Gross profit of the year, and of more than a year where the indemnity
    /// period is longer.
    GrossProfit {
        /// Rate of gross profit.
        rate: RateOfGrossProfit,
        /// Turnover of the twelve months before the event, with its trend.
        annual_turnover: Money,
    },
}

impl ValueAtRisk {
    /// Returns the sum that should be insured.
    #[must_use]
    pub fn of(self, indemnity_period: Option<Hours>) -> Money {
        match self {
            Self::Iso { coinsurance, net_income, operating_expenses, less } => {
                (net_income + operating_expenses - less).positive() * coinsurance
            }
            Self::GrossProfit { rate, annual_turnover } => {
                let years = indemnity_period.map_or(1.0, |period| (period.0 / YEAR.0).max(1.0));
                Money((annual_turnover * rate.get()).0 * years)
            }
        }
    }
}

/// The clause by which average is applied.
///
/// # Formula
///
/// ```text
/// factor = min(1, sum insured / V)           1 where V is nothing
///
/// iso            V = coinsurance · (net income + operating expenses - listed items)
/// gp             V = RGP · annual turnover · max(1, indemnity period / 12 months)
/// declared       factor 1; lost profit up to 133 1/3 % of the estimate declared
/// agreed_value   factor 1
/// ```
///
/// # Order of application
///
/// After the indemnity and waiting period, before sublimits and the deductible;
/// some wordings take the deductible off first. Lost profit is always cut; extra
/// expense and increased cost of working only where the clause says so: under
/// the gross profit basis it does unless stated otherwise.
///
/// # Source
///
/// ISO business income form, coinsurance (its example: half of 400,000 needed,
/// 150,000 bought, three quarters of a loss of 80,000 paid); UK wordings, average
/// and declaration-linked cover; Korean wordings, 비례보상 with 코인슈어런스.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis {
    /// The loss is cut where the sum insured is below the value at risk.
    Proportional {
        /// The sum insured.
        sum_insured: Money,
        /// What it is held against.
        value: ValueAtRisk,
    },
    /// No cut, but a limit of so many times the estimate declared.
    Declared {
        /// The estimate.
        estimate: Money,
        /// How many times it: four thirds on the market.
        up_to: f64,
    },
    /// The value was agreed: no cut.
    AgreedValue,
}

/// Four thirds: the limit of declaration-linked cover on the market.
pub const DECLARED_LIMIT: f64 = 4.0 / 3.0;

/// An average clause, and the heads that it cuts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    /// What the sum insured is held against.
    pub basis: Basis,
    /// Whether it cuts extra expense and increased cost of working too.
    pub applies_to_icow: bool,
}

impl Average {
    /// Returns the part of a loss that is paid.
    ///
    /// # Example
    ///
    /// Half of 400,000 should be insured, and 150,000 is:
    ///
    /// ```
    /// use netloss::cover::{Average, Basis, ValueAtRisk};
    /// use netloss::quantity::{Money, Share};
    /// let value = ValueAtRisk::Iso {
    ///     coinsurance: Share::new(0.5).unwrap(),
    ///     net_income: Money(100_000.0),
    ///     operating_expenses: Money(300_000.0),
    ///     less: Money(0.0),
    /// };
    /// let basis = Basis::Proportional { sum_insured: Money(150_000.0), value };
    /// let average = Average { basis, applies_to_icow: false };
    /// assert_eq!(average.factor(None), Share::new(0.75).unwrap());
    /// ```
    #[must_use]
    pub fn factor(self, indemnity_period: Option<Hours>) -> Share {
        match self.basis {
            Basis::Proportional { sum_insured, value } => {
                let value = value.of(indemnity_period);
                if value > Money::ZERO { sum_insured.part_of(value) } else { Share::ALL }
            }
            Basis::Declared { .. } | Basis::AgreedValue => Share::ALL,
        }
    }

    /// Returns the most lost profit that is paid, under a declaration.
    #[must_use]
    pub fn limit(self) -> Option<Money> {
        match self.basis {
            Basis::Declared { estimate, up_to } => Some(Money(estimate.0 * up_to)),
            Basis::Proportional { .. } | Basis::AgreedValue => None,
        }
    }

    fn heads(self) -> &'static [Head] {
        if self.applies_to_icow { &[Head::LostProfit, Head::ExtraExpense] } else { &[Head::LostProfit] }
    }

    pub(super) fn cut(self, claim: &mut Claim<'_>, indemnity_period: Option<Hours>) {
        let short = self.factor(indemnity_period).rest();
        for head in self.heads() {
            let amount = claim.heads[*head as usize] * short;
            claim.heads[*head as usize] -= amount;
            claim.retained[Reason::Average] += amount;
        }
        let profit = claim.lost_profit();
        let above = *profit - profit.at_most(self.limit());
        claim.keep_profit(Reason::AboveLimit, above);
    }
}
