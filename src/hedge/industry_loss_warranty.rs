//! Industry loss warranty: cover that needs a loss of the whole industry.

use std::fmt;

use crate::quantity::{Hours, Met, Money, MoneyPerHour};
use crate::steps::Steps;
use crate::term::term;

term! {
    /// The trigger of our own loss keeps it an insurance.
    pub const INDUSTRY_LOSS_WARRANTY: Term = {
        key: "industry_loss_warranty",
        korean: "산업손해보증",
        english: "Industry loss warranty",
        file_key: "hedge.kind",
        unit: "money",
        formula: "binary     limit · 1{I ≥ T and X ≥ U}\nindemnity  min(limit, (X - U)⁺) · 1{I ≥ T}\npro_rata   limit · clamp((I - T) / (full - T), 0, 1) · 1{X ≥ U}",
        order: "After the covers and their towers: X is our own loss, I that of the industry",
        source: "Phoenix Re, Understanding industry loss warranties",
    };
}

/// What the industry loses in an outage of any duration.
#[derive(Clone, Debug, PartialEq)]
pub enum IndustryLoss {
    /// The same in every outage.
    Fixed(Money),
    /// So much an hour.
    PerHour(MoneyPerHour),
    /// The amount of the highest step reached.
    Steps(Steps),
}

impl IndustryLoss {
    /// Returns the loss of the industry in an outage of `duration`.
    #[must_use]
    pub fn of(&self, duration: Hours) -> Money {
        match self {
            Self::Fixed(amount) => *amount,
            Self::PerHour(rate) => *rate * duration,
            Self::Steps(steps) => steps.reached(duration),
        }
    }
}

/// What a warranty pays once both triggers are met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum WarrantyForm {
    /// The limit.
    Binary,
    /// One's own loss above its trigger, up to the limit.
    Indemnity,
    /// The limit, in proportion to the way of the industry's loss from its trigger
    /// to the amount given here.
    ProRata(Money),
}

/// A limit that is paid when the industry loses much and we lose some of it.
///
/// # Formula
///
/// With `I` the industry's loss and its trigger `T`, `U` the trigger of one's own
/// ultimate net loss `X`:
///
/// ```text
/// binary     limit · 1{I ≥ T and X ≥ U}
/// indemnity  min(limit, (X - U)⁺) · 1{I ≥ T}
/// pro rata   limit · clamp((I - T) / (full - T), 0, 1) · 1{X ≥ U}
/// ```
///
/// The wording says whether a trigger is reached "at" or only "above" its amount.
///
/// # Source
///
/// Phoenix Re, Understanding industry loss warranties: two triggers, of which the
/// ultimate net loss keeps the contract an insurance.
///
/// # Example
///
/// ```
/// use netloss::hedge::{IndustryLoss, IndustryLossWarranty, WarrantyForm};
/// use netloss::quantity::{Hours, Met, Money};
/// let warranty = IndustryLossWarranty::new(
///     Money(100.0), Money(20_000.0), Money(10.0), Met::AtLeast, WarrantyForm::Binary,
///     IndustryLoss::Fixed(Money(25_000.0)),
/// )?;
/// assert_eq!(warranty.payoff(Hours(8.0), Money(40.0)), Money(100.0));
/// assert_eq!(warranty.payoff(Hours(8.0), Money(5.0)), Money(0.0));
/// # Ok::<(), netloss::hedge::WarrantyError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct IndustryLossWarranty {
    limit: Money,
    industry_trigger: Money,
    own_trigger: Money,
    met: Met,
    form: WarrantyForm,
    industry: IndustryLoss,
}

impl IndustryLossWarranty {
    /// Checks a warranty once.
    ///
    /// # Errors
    ///
    /// Refuses a pro-rata form that pays in full at or below its trigger.
    pub fn new(
        limit: Money,
        industry_trigger: Money,
        own_trigger: Money,
        met: Met,
        form: WarrantyForm,
        industry: IndustryLoss,
    ) -> Result<Self, WarrantyError> {
        match form {
            WarrantyForm::ProRata(full) if full <= industry_trigger => {
                Err(WarrantyError { trigger: industry_trigger, full })
            }
            _ => Ok(Self { limit, industry_trigger, own_trigger, met, form, industry }),
        }
    }

    /// Returns the most that it pays.
    #[must_use]
    pub fn limit(&self) -> Money {
        self.limit
    }

    /// Returns the trigger of the industry's loss.
    #[must_use]
    pub fn industry_trigger(&self) -> Money {
        self.industry_trigger
    }

    /// Returns the trigger of one's own loss.
    #[must_use]
    pub fn own_trigger(&self) -> Money {
        self.own_trigger
    }

    /// Returns how a trigger is met.
    #[must_use]
    pub fn how_met(&self) -> Met {
        self.met
    }

    /// Returns the form.
    #[must_use]
    pub fn form(&self) -> WarrantyForm {
        self.form
    }

    /// Returns what the industry loses.
    #[must_use]
    pub fn industry(&self) -> &IndustryLoss {
        &self.industry
    }

    /// Returns whether the industry's loss meets its trigger.
    #[must_use]
    pub fn industry_met(&self, duration: Hours) -> bool {
        self.met.by_amount(self.industry.of(duration), self.industry_trigger)
    }

    /// Returns whether one's own loss meets its trigger.
    #[must_use]
    pub fn own_met(&self, own: Money) -> bool {
        self.met.by_amount(own, self.own_trigger)
    }

    /// Returns what is paid in an outage of `duration` with a loss of one's `own`.
    #[must_use]
    pub fn payoff(&self, duration: Hours, own: Money) -> Money {
        let industry = self.industry.of(duration);
        match self.form {
            WarrantyForm::Indemnity if self.industry_met(duration) => {
                (own - self.own_trigger).positive().min(self.limit)
            }
            WarrantyForm::Binary if self.industry_met(duration) && self.own_met(own) => self.limit,
            WarrantyForm::ProRata(full) if self.own_met(own) => {
                self.limit * (industry - self.industry_trigger).part_of(full - self.industry_trigger)
            }
            _ => Money::ZERO,
        }
    }
}

/// A pro-rata form that pays in full at or below its trigger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WarrantyError {
    trigger: Money,
    full: Money,
}

impl fmt::Display for WarrantyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { trigger, full } = self;
        write!(f, "an industry loss of {full} pays in full, and the trigger of {trigger} is not below it")
    }
}

impl std::error::Error for WarrantyError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn pays(form: WarrantyForm, industry: f64, own: f64) -> Money {
        let industry = IndustryLoss::Fixed(Money(industry));
        let (limit, trigger, own_trigger) = (Money(100.0), Money(20_000.0), Money(10.0));
        let warranty = IndustryLossWarranty::new(limit, trigger, own_trigger, Met::AtLeast, form, industry);
        warranty.unwrap().payoff(Hours(8.0), Money(own))
    }

    #[test]
    fn both_triggers_are_needed() {
        use WarrantyForm::{Binary, Indemnity, ProRata};
        let half = ProRata(Money(30_000.0));
        for (form, industry, own, paid, because) in [
            (Binary, 25_000.0, 40.0, 100.0, "both are met"),
            (Binary, 25_000.0, 5.0, 0.0, "our own loss is too small"),
            (Binary, 15_000.0, 40.0, 0.0, "the industry's loss is too small"),
            (Binary, 20_000.0, 10.0, 100.0, "reaching both is enough"),
            (Indemnity, 25_000.0, 40.0, 30.0, "our loss above its trigger"),
            (Indemnity, 25_000.0, 400.0, 100.0, "up to the limit"),
            (Indemnity, 15_000.0, 40.0, 0.0, "not without the industry"),
            (half, 25_000.0, 40.0, 50.0, "half of the way to 30 000"),
            (half, 40_000.0, 40.0, 100.0, "no more than the limit"),
            (half, 25_000.0, 5.0, 0.0, "not without a loss of our own"),
        ] {
            assert_eq!(pays(form, industry, own), Money(paid), "{because}");
        }
    }

    #[test]
    fn refuses_to_pay_in_full_below_the_trigger() {
        let form = WarrantyForm::ProRata(Money(20_000.0));
        let industry = IndustryLoss::Fixed(Money::ZERO);
        let (limit, trigger) = (Money(1.0), Money(20_000.0));
        assert!(
            IndustryLossWarranty::new(limit, trigger, Money::ZERO, Met::AtLeast, form, industry).is_err()
        );
    }
}
