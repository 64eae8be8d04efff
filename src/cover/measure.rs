//! Measure: what the policy counts as lost, where that is not what we count.

use super::RateOfGrossProfit;
use crate::quantity::{Hours, Money, MoneyPerHour};
use crate::term::term;

term! {
    /// Sales that are made up inside the period are actual turnover.
    pub const GROSS_PROFIT_FORM: Term = {
        key: "gross_profit_form",
        korean: "총이익 방식",
        english: "Gross profit form",
        file_key: "cover.measure.form",
        unit: "money",
        formula: "loss = (rate of gross profit · (standard turnover - actual turnover)⁺ - savings)⁺",
        order: "Before any term of the cover; increased cost of working comes with the additions",
        source: "UK gross profit wordings",
    };
}

term! {
    /// It ends with the restoration, where the gross profit form goes on until sales
    /// have recovered.
    pub const GROSS_EARNINGS_FORM: Term = {
        key: "gross_earnings_form",
        korean: "총수익 방식",
        english: "Gross earnings form",
        file_key: "cover.measure.cost_of_sales",
        unit: "money",
        formula: "loss = (lost sales - cost of sales - charges that need not go on - savings)⁺\n     = net income + continuing operating expenses that would have been earned\nuntil operations are restored",
        order: "Before any term of the cover; what is lost after restoration falls away with the indemnity period",
        source: "US forms, gross earnings and business income; brokers' comparisons of the two forms",
    };
}

/// The form of a policy: which profit it insures, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The shortfall of sales at the rate of gross profit, until results are
    /// normal again.
    GrossProfit,
    /// Net income and continuing expenses, until operations are restored.
    GrossEarnings,
}

impl Form {
    /// Every form, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 2] =
        [("gross_profit", Self::GrossProfit), ("gross_earnings", Self::GrossEarnings)];

    /// Returns the form's name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }
}

/// Insured charges that cease or fall because of the outage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Savings {
    /// None do.
    #[default]
    None,
    /// So much in every outage.
    Amount(Money),
    /// So much for each hour of outage.
    PerHour(MoneyPerHour),
}

impl Savings {
    /// Returns what is saved in an outage of `duration`; nothing without an outage.
    #[must_use]
    pub fn of(self, duration: Hours) -> Money {
        match self {
            Self::None => Money::ZERO,
            Self::Amount(_) if duration <= Hours::ZERO => Money::ZERO,
            Self::Amount(amount) => amount,
            Self::PerHour(rate) => rate * duration,
        }
    }
}

/// How a policy measures lost profit.
///
/// # Formula
///
/// With `ST` the standard and `AT` the actual turnover of the period, sales made
/// up in it included:
///
/// ```text
/// gross profit    loss = RGP · (ST - AT)⁺ - savings      until results are normal
/// gross earnings  loss = (lost sales - cost of sales - charges that need not go on)
///                        - savings                       until operations are restored
/// ```
///
/// No loss is below zero. Increased cost of working is added later, with the
/// other amounts that have no hours.
///
/// # Order of application
///
/// Before any term of the cover. What it measures more or less than we lose is
/// kept apart, as the policy's measure.
///
/// # Source
///
/// UK gross profit wordings; US forms, business income and gross earnings, with
/// the comparisons of both that brokers publish.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Which profit, until when.
    pub form: Form,
    /// Part of each sale that is insured.
    pub rate: RateOfGrossProfit,
    /// Insured charges that cease or fall.
    pub savings: Savings,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn savings_come_with_an_outage() {
        for (savings, hours, saved, because) in [
            (Savings::None, 8.0, 0.0, "nothing falls"),
            (Savings::Amount(Money(28.0)), 0.0, 0.0, "without an outage nothing is saved"),
            (Savings::Amount(Money(28.0)), 0.5, 28.0, "the same for every outage"),
            (Savings::PerHour(MoneyPerHour(4.0)), 7.0, 28.0, "by the hour"),
        ] {
            assert_eq!(savings.of(Hours(hours)), Money(saved), "{because}");
        }
    }

    #[test]
    fn forms_stand_in_the_order_of_their_list() {
        for (place, (key, form)) in Form::ALL.into_iter().enumerate() {
            assert_eq!((form as usize, form.key()), (place, key));
        }
    }
}
