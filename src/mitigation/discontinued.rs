//! Discontinued charges: costs that need not continue while the line is down.

use crate::quantity::{Hours, Money, MoneyPerHour};
use crate::term::term;

term! {
    pub const DISCONTINUED: Term = {
        key: "discontinued_charges",
        korean: "중단된 비용",
        english: "Discontinued charges",
        file_key: "line.discontinued_charges",
        unit: "money",
        formula: "saved = v * (gross - recaptured) + discontinued - overtime\ndiscontinued = amount + rate * (D - after), no more than the profit there is",
        order: "with saved costs; outside the hours that a policy measures",
        source: "gross earnings form: charges that do not necessarily continue (ISO CP 00 30)",
    };
}

/// Charges that stop with the outage, whatever the sales.
///
/// # Formula
///
/// ```text
/// discontinued = amount                       in any outage
///              + rate · (D - after)⁺          by the hour
/// ```
///
/// No more stops than the line would have earned: lost profit is never below what
/// making up costs.
///
/// # Order
///
/// With the saved costs: `saved = v · (gross - recaptured) + discontinued - overtime`.
/// They are an amount of the outage and belong to no hour, so a policy that trims
/// hours does not see them: what they change stays apart from its measure.
///
/// # Source
///
/// Gross earnings forms deduct charges and expenses that do not necessarily
/// continue (ISO CP 00 30, business income).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Discontinued {
    /// What stops in any outage.
    pub amount: Money,
    /// What stops in each hour.
    pub per_hour: MoneyPerHour,
    /// Hours that pass before the hourly charges stop.
    pub after: Hours,
}

impl Discontinued {
    /// Returns the charges that stop in an outage of `duration`.
    ///
    /// ```
    /// use netloss::mitigation::Discontinued;
    /// use netloss::quantity::{Hours, Money, MoneyPerHour};
    /// let rent = Discontinued { amount: Money(10.0), per_hour: MoneyPerHour(2.0), after: Hours(24.0) };
    /// assert_eq!(rent.of(Hours(30.0)), Money(22.0));
    /// assert_eq!(rent.of(Hours(0.0)), Money(0.0));
    /// ```
    #[must_use]
    pub fn of(self, duration: Hours) -> Money {
        if duration <= Hours::ZERO {
            return Money::ZERO;
        }
        self.amount + self.per_hour * (duration - self.after).positive()
    }
}
