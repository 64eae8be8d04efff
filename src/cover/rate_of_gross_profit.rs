//! Rate of gross profit: how much of each sale the policy insures.

use std::fmt;

use crate::profile::Trend;
use crate::quantity::{Hours, Money, Share};
use crate::term::term;

term! {
    /// It is not our own margin: a policy insures some costs that stop, and leaves out
    /// some that go on.
    pub const RATE_OF_GROSS_PROFIT: Term = {
        key: "rate_of_gross_profit",
        korean: "이익률",
        english: "Rate of gross profit",
        file_key: "cover.measure.rate",
        unit: "share of turnover",
        formula: "difference        (turnover + closing stock - opening stock - uninsured working expenses) / turnover\nadditions         (net profit + insured standing charges) / turnover\noperating profit  (operating profit + fixed costs) / turnover\ncosts that stop   1 - cost of sales - charges that need not go on\nnet income        (net income + continuing expenses) / turnover\nall of them · trend",
        order: "Before any term of the cover: it turns lost sales into insured profit",
        source: "UK gross profit wordings, difference and additions basis; Korean notes on the sum insured of 기업휴지보험: operating profit and fixed costs; US gross earnings forms",
    };
}

/// Figures of the books from which a rate of insured profit is worked out.
///
/// # Formula
///
/// ```text
/// difference        GP = turnover + closing stock - opening stock
///                        - uninsured working expenses
/// additions         GP = net profit + insured standing charges
///   with a net loss GP = insured standing charges - loss · insured / all of them
/// operating profit  GP = operating profit + fixed costs
/// costs that stop   GE = sales - cost of sales - charges that need not go on
/// net income        GE = net income + continuing operating expenses, at least 0
///
/// rate = profit / turnover · trend
/// ```
///
/// The first three give a rate of gross profit, the last two one of gross
/// earnings. It is kept apart from the margin by which we reckon our own loss:
/// the policy counts some costs as insured that stop, and some as uninsured
/// that go on.
///
/// # Source
///
/// Difference and additions basis: UK wordings and the Chartered Insurance
/// Institute's texts on business interruption. Operating profit with fixed
/// costs: Korean brokers' notes on the sum insured of 기업휴지보험. Gross
/// earnings and net income: US forms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Books {
    /// The policy, or an agreement, states the rate.
    Stated(Share),
    /// Gross profit as what is left of turnover.
    Difference {
        /// Turnover of the last financial year.
        turnover: Money,
        /// Stock and work in progress at its beginning.
        opening_stock: Money,
        /// Stock and work in progress at its end.
        closing_stock: Money,
        /// Costs that vary with the turnover and are not insured.
        uninsured_working_expenses: Money,
    },
    /// Gross profit as what is added to net profit.
    Additions {
        /// Turnover of the last financial year.
        turnover: Money,
        /// Net profit; below zero for a loss.
        net_profit: Money,
        /// Standing charges that the policy insures.
        insured_charges: Money,
        /// All standing charges, against which a net loss is shared out.
        all_charges: Money,
    },
    /// Gross profit as operating profit and fixed costs: Korean practice.
    OperatingProfit {
        /// Turnover of the last financial year.
        turnover: Money,
        /// Operating profit; below zero for a loss.
        operating_profit: Money,
        /// Costs that go on whatever is sold.
        fixed_costs: Money,
    },
    /// Gross earnings from the sales down.
    CostsThatStop {
        /// Cost of sales, as a share of them.
        cost_of_sales: Share,
        /// Charges that need not go on, as a share of sales.
        charges: Share,
    },
    /// Gross earnings from the net income up.
    NetIncome {
        /// Turnover of the last financial year.
        turnover: Money,
        /// Net income; below zero for a loss.
        net_income: Money,
        /// Normal operating expenses that go on.
        continuing_expenses: Money,
    },
}

impl Books {
    /// Returns the profit insured in a year, with its turnover; nothing where only
    /// rates are given.
    #[must_use]
    pub fn profit(self) -> Option<(Money, Money)> {
        match self {
            Self::Stated(_) | Self::CostsThatStop { .. } => None,
            Self::Difference { turnover, opening_stock, closing_stock, uninsured_working_expenses } => {
                Some((turnover + closing_stock - opening_stock - uninsured_working_expenses, turnover))
            }
            Self::Additions { turnover, net_profit, insured_charges, all_charges } => {
                let borne = (-net_profit).positive() * insured_charges.part_of(all_charges);
                Some((insured_charges + net_profit.positive() - borne, turnover))
            }
            Self::OperatingProfit { turnover, operating_profit, fixed_costs } => {
                Some((operating_profit + fixed_costs, turnover))
            }
            Self::NetIncome { turnover, net_income, continuing_expenses } => {
                Some(((net_income + continuing_expenses).positive(), turnover))
            }
        }
    }
}

/// Sum insured as Korean brokers work it out: a year's insured profit by months.
///
/// # Formula
///
/// ```text
/// sum insured = (operating profit + fixed costs) · months / 12
/// ```
///
/// ```
/// use netloss::cover::sum_insured;
/// use netloss::quantity::{Hours, Money};
/// let eighteen_months = Hours(18.0 * 730.0);
/// assert_eq!(sum_insured(Money(400.0), Money(800.0), eighteen_months), Money(1800.0));
/// ```
#[must_use]
pub fn sum_insured(operating_profit: Money, fixed_costs: Money, period: Hours) -> Money {
    Money((operating_profit + fixed_costs).0 * period.0 / crate::profile::YEAR.0)
}

/// Share of each sale that the policy insures.
///
/// # Formula
///
/// [`Books`] tell how it is worked out; `trend` brings it to the time of the loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateOfGrossProfit {
    books: Books,
    trend: Trend,
    rate: Share,
}

impl RateOfGrossProfit {
    /// Works out the rate once.
    ///
    /// # Errors
    ///
    /// Refuses a year without turnover, and a rate below 0 or above 100 %.
    ///
    /// # Example
    ///
    /// Of a turnover of 12,000 uninsured working expenses take 4,800:
    ///
    /// ```
    /// use netloss::cover::{Books, RateOfGrossProfit};
    /// use netloss::profile::Trend;
    /// use netloss::quantity::Money;
    /// let books = Books::Difference {
    ///     turnover: Money(12_000.0),
    ///     opening_stock: Money(0.0),
    ///     closing_stock: Money(0.0),
    ///     uninsured_working_expenses: Money(4_800.0),
    /// };
    /// let rate = RateOfGrossProfit::new(books, Trend::NONE)?;
    /// assert!((rate.get().get() - 0.6).abs() < 1e-12);
    /// # Ok::<(), netloss::cover::InvalidRate>(())
    /// ```
    pub fn new(books: Books, trend: Trend) -> Result<Self, InvalidRate> {
        let rate = match (books, books.profit()) {
            (_, Some((_, turnover))) if turnover.0 <= 0.0 => return Err(InvalidRate::NoTurnover),
            (_, Some((profit, turnover))) => profit.0 / turnover.0,
            (Books::CostsThatStop { cost_of_sales, charges }, None) => {
                1.0 - cost_of_sales.get() - charges.get()
            }
            (Books::Stated(rate), _) => rate.get(),
            (_, None) => f64::NAN,
        };
        let rate = rate * trend.get();
        // A thousand equal costs may add up to a hair more than all.
        let near = if (-1e-12..0.0).contains(&rate) { 0.0 } else { rate };
        Share::new(near).map(|rate| Self { books, trend, rate }).ok_or(InvalidRate::NotAShare(rate))
    }

    /// Returns the rate.
    #[must_use]
    pub fn get(self) -> Share {
        self.rate
    }

    /// Returns what it was worked out from.
    #[must_use]
    pub fn books(self) -> Books {
        self.books
    }

    /// Returns the trend that brings it to the time of the loss.
    #[must_use]
    pub fn trend(self) -> Trend {
        self.trend
    }
}

/// Figures that give no rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidRate {
    /// There is no turnover to be a part of.
    NoTurnover,
    /// The rate is not a share of a sale.
    NotAShare(f64),
}

impl fmt::Display for InvalidRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTurnover => write!(f, "a rate of gross profit needs a turnover above 0"),
            Self::NotAShare(rate) => {
                let percent = (rate * 1e6).round() / 1e4;
                write!(f, "the figures give a rate of gross profit of {percent}%; it is 0% to 100%")
            }
        }
    }
}

impl std::error::Error for InvalidRate {}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(books: Books) -> Result<f64, InvalidRate> {
        RateOfGrossProfit::new(books, Trend::NONE).map(|rate| rate.get().get())
    }

    #[test]
    fn one_business_in_each_set_of_books() {
        let turnover = Money(12_000.0);
        let difference = |opening: f64, closing: f64| Books::Difference {
            turnover,
            opening_stock: Money(opening),
            closing_stock: Money(closing),
            uninsured_working_expenses: Money(4_800.0),
        };
        let additions = |profit: f64, insured: f64| Books::Additions {
            turnover,
            net_profit: Money(profit),
            insured_charges: Money(insured),
            all_charges: Money(6_000.0),
        };
        let share = |part| Share::new(part).unwrap();
        let korean = |profit: f64| Books::OperatingProfit {
            turnover,
            operating_profit: Money(profit),
            fixed_costs: Money(6_000.0),
        };
        let income = |income: f64| Books::NetIncome {
            turnover,
            net_income: Money(income),
            continuing_expenses: Money(6_000.0),
        };
        for (books, expected, because) in [
            (Books::Stated(share(0.4)), 0.4, "as the policy says"),
            (difference(0.0, 0.0), 0.6, "7,200 of 12,000"),
            (difference(500.0, 740.0), 0.62, "stock that grew was made and not sold"),
            (additions(1_200.0, 6_000.0), 0.6, "net profit and all charges: the same 7,200"),
            (additions(1_200.0, 4_800.0), 0.5, "a charge that is not insured"),
            (
                additions(-1_200.0, 4_500.0),
                0.3,
                "three quarters of the charges bear three quarters of the loss",
            ),
            (korean(1_200.0), 0.6, "operating profit and fixed costs"),
            (korean(-1_200.0), 0.4, "an operating loss takes from the fixed costs"),
            (
                Books::CostsThatStop { cost_of_sales: share(0.3), charges: share(0.1) },
                0.6,
                "from the sales down",
            ),
            (income(1_200.0), 0.6, "from the net income up"),
            (income(-1_200.0), 0.4, "a net loss that would have been reduces the claim"),
            (income(-9_000.0), 0.0, "and never below nothing"),
        ] {
            let got = rate(books).unwrap();
            assert!((got - expected).abs() < 1e-12, "{books:?}: {got}, {because}");
        }
    }

    #[test]
    fn the_trend_brings_the_rate_to_the_time_of_the_loss() {
        let stated = Books::Stated(Share::new(0.5).unwrap());
        let rate = |factor| RateOfGrossProfit::new(stated, Trend::new(factor).unwrap());
        assert!((rate(1.1).unwrap().get().get() - 0.55).abs() < 1e-12);
        assert!(matches!(rate(2.1), Err(InvalidRate::NotAShare(_))));
    }

    #[test]
    fn refuses_books_that_give_no_rate() {
        let books = |turnover: f64, expenses: f64| Books::Difference {
            turnover: Money(turnover),
            opening_stock: Money::ZERO,
            closing_stock: Money::ZERO,
            uninsured_working_expenses: Money(expenses),
        };
        assert_eq!(rate(books(0.0, 0.0)), Err(InvalidRate::NoTurnover));
        let refused = rate(books(100.0, 130.0)).unwrap_err();
        assert!(refused.to_string().contains("-30%"), "{refused}");
    }
}
