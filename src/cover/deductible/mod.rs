//! Deductible: money that the insured bears first, once per occurrence.

mod apply;

use std::fmt;

use super::ByHead;
use crate::mitigation::Head;
use crate::quantity::{Hours, Met, Money, Share};
use crate::term::term;

term! {
    pub const DEDUCTIBLE: Term = {
        key: "deductible",
        korean: "자기부담금",
        english: "Deductible",
        file_key: "cover.deductible",
        unit: "money",
        formula: "paid = (x - d)⁺\nlimit_above_deductible    min(L, (x - d)⁺)\nlimit_first               (min(x, L) - d)⁺\ndeductible_erodes_limit   min(L - d, (x - d)⁺)\nper_head                  each head bears its own d\nlargest_of_heads          the largest d of the heads that lost anything, once",
        order: "After sublimits and before the insured's share, once per occurrence",
        source: "Klugman, Panjer and Willmot, Loss Models, chapter 8; brokers on limits in excess of deductibles and of retentions",
    };
}

term! {
    pub const FRANCHISE: Term = {
        key: "franchise",
        korean: "프랜차이즈 공제",
        english: "Franchise deductible",
        file_key: "cover.deductible",
        unit: "money",
        formula: "paid = x where x passes d, 0 where it does not",
        order: "In place of the deductible",
        source: "Klugman, Panjer and Willmot, Loss Models, chapter 8",
    };
}

term! {
    pub const DISAPPEARING_DEDUCTIBLE: Term = {
        key: "disappearing_deductible",
        korean: "소멸성 공제",
        english: "Disappearing deductible",
        file_key: "cover.deductible",
        unit: "money",
        formula: "borne = d · (U - x) / (U - d)   between d and U, 0 from U on",
        order: "In place of the deductible",
        source: "Property wordings; Loss Models, chapter 8",
    };
}

term! {
    pub const PERCENTAGE_DEDUCTIBLE: Term = {
        key: "percentage_deductible",
        korean: "비율 공제",
        english: "Percentage deductible",
        file_key: "cover.deductible",
        unit: "money",
        formula: "d = clamp(p · base, minimum, maximum)\nbase: loss, sum insured, limit or annual value",
        order: "In place of the deductible",
        source: "Calculation rules of the open exposure data standard; brokers on percentages as equivalent days",
    };
}

term! {
    pub const AVERAGE_DAILY_VALUE: Term = {
        key: "average_daily_value",
        korean: "일평균가액 공제",
        english: "Average daily value deductible",
        file_key: "cover.deductible",
        unit: "days",
        formula: "d = n · V / working days\nV: what all lines of the cover would have made while the outage lasts, hit or not; or the loss",
        order: "In place of the deductible",
        source: "Property wordings of engineering insurers; of the loss, by endorsement",
    };
}

pub(super) use apply::{take, take_from_lost_profit};

/// What the insured bears of a loss before the cover pays.
///
/// # Formula
///
/// For a loss `x`, the sum of the heads after sublimits, the cover goes on with
/// `(x - d)⁺`, where `d` is
///
/// ```text
/// straight               d
/// franchise              x where x does not pass the threshold, 0 where it does
/// disappearing           d                        x ≤ d
///                        d · (U - x) / (U - d)    d < x < U
///                        0                        x ≥ U
/// percentage             clamp(p · base, minimum, maximum)
/// average_daily_value    n · V / working days
/// per_head               d of each head off that head
/// largest_of_heads       the largest d of the heads that lost anything
/// ```
///
/// The base of a percentage is `x`, or an amount that the policy states. `V` is the
/// profit that the cover's lines would have made while the outage lasts, hit or
/// not; where the average is of the loss, it is `x`. A week of 168 hours has so
/// many working days, and part of a day counts as that part.
///
/// Under the reading `greater_of` the larger of `d` and the loss inside the
/// waiting period is taken. Each head gives in proportion to its amount. The limit
/// stands above the deductible, unless the cover says that it is eroded by it or
/// its order puts the limit first.
///
/// # Source
///
/// Ordinary and franchise deductibles: Klugman, Panjer and Willmot, Loss Models,
/// chapter 8. Disappearing and percentage deductibles: property wordings; the
/// percentage with a least and a most is common in the market's data standards.
/// Average daily value: property wordings of engineering insurers; of the loss, by
/// endorsement. A percentage of annual value is told by brokers as so many days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Deductible {
    /// The same amount of every loss.
    Straight(Money),
    /// All of a loss up to the threshold, nothing of one that passes it.
    Franchise {
        /// The loss that has to be passed.
        threshold: Money,
        /// How it is passed.
        met: Met,
    },
    /// An amount that shrinks as the loss grows, and vanishes.
    Disappearing {
        /// The amount of a small loss.
        amount: Money,
        /// The loss from which on nothing is deducted.
        vanishes_at: Money,
    },
    /// A part of the loss or of a stated amount, within bounds.
    Percentage {
        /// The part.
        share: Share,
        /// What it is a part of.
        base: PercentageOf,
        /// The least that is deducted.
        minimum: Money,
        /// The most that is deducted; none is endless.
        maximum: Option<Money>,
    },
    /// So many average days.
    AverageDailyValue {
        /// How many.
        days: f64,
        /// What is averaged.
        average: DailyAverage,
        /// Working days of a week.
        week: f64,
    },
    /// Each head bears an amount of its own.
    PerHead(ByHead),
    /// The largest of the amounts of the heads that lost anything.
    LargestOfHeads(ByHead),
}

/// What a percentage deductible is a part of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PercentageOf {
    /// The loss.
    Loss,
    /// The sum insured.
    SumInsured(Money),
    /// The limit.
    Limit(Money),
    /// What the insured business brings in a year.
    AnnualValue(Money),
}

impl PercentageOf {
    /// The bases, under the names that they have in a scenario file.
    pub const NAMES: [&'static str; 4] = ["loss", "sum_insured", "limit", "annual_value"];

    /// Returns its name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        let place = match self {
            Self::Loss => 0,
            Self::SumInsured(_) => 1,
            Self::Limit(_) => 2,
            Self::AnnualValue(_) => 3,
        };
        Self::NAMES[place]
    }

    /// Returns the stated amount; nothing where it is the loss.
    #[must_use]
    pub fn stated(self) -> Option<Money> {
        match self {
            Self::Loss => None,
            Self::SumInsured(amount) | Self::Limit(amount) | Self::AnnualValue(amount) => Some(amount),
        }
    }
}

/// What a daily value is the average of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DailyAverage {
    /// What the lines would have made while the outage lasted, hit or not.
    Value,
    /// The loss.
    Loss,
}

/// What a deductible is measured on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Suffered {
    /// The loss that bears it.
    pub loss: Money,
    /// The loss presented to the cover, by head.
    pub presented: ByHead,
    /// Profit that the cover's lines would have made while the outage lasted.
    pub normal_profit: Money,
    /// How long the outage lasted.
    pub duration: Hours,
}

/// What a deductible came to, and what was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Deducted {
    /// The loss that bore it.
    pub on: Money,
    /// What the deductible came to by its own rule.
    pub own: Money,
    /// What it came to once the year's cap on retentions had its say.
    pub due: Money,
    /// What was taken: more, where the loss inside the waiting period was larger.
    pub taken: Money,
    /// What each head claimed after it.
    pub left: ByHead,
}

impl Suffered {
    /// A loss of which nothing else is known.
    #[must_use]
    pub fn loss(loss: Money) -> Self {
        Self { loss, ..Self::default() }
    }
}

impl Deductible {
    /// Nothing is deducted.
    pub const NONE: Self = Self::Straight(Money::ZERO);

    /// Checks a deductible that vanishes.
    ///
    /// # Errors
    ///
    /// Refuses one that vanishes before it applies.
    pub fn disappearing(amount: Money, vanishes_at: Money) -> Result<Self, InvalidDeductible> {
        if vanishes_at > amount {
            Ok(Self::Disappearing { amount, vanishes_at })
        } else {
            Err(InvalidDeductible::Vanished { amount, vanishes_at })
        }
    }

    /// Checks a percentage within bounds.
    ///
    /// # Errors
    ///
    /// Refuses a maximum below the minimum.
    pub fn percentage(
        share: Share,
        base: PercentageOf,
        minimum: Money,
        maximum: Option<Money>,
    ) -> Result<Self, InvalidDeductible> {
        match maximum {
            Some(maximum) if maximum < minimum => Err(InvalidDeductible::Bounds { minimum, maximum }),
            _ => Ok(Self::Percentage { share, base, minimum, maximum }),
        }
    }

    /// Checks a deductible of average days.
    ///
    /// # Errors
    ///
    /// Refuses a number of days that is negative or not finite, and a week of no
    /// working day or of more than seven.
    pub fn average_daily_value(
        days: f64,
        average: DailyAverage,
        week: f64,
    ) -> Result<Self, InvalidDeductible> {
        if !(days.is_finite() && days >= 0.0) {
            Err(InvalidDeductible::Days(days))
        } else if week > 0.0 && week <= 7.0 {
            Ok(Self::AverageDailyValue { days, average, week })
        } else {
            Err(InvalidDeductible::Week(week))
        }
    }

    /// Returns what the insured bears of a loss, never more than the loss.
    #[must_use]
    pub fn of(self, suffered: &Suffered) -> Money {
        let loss = suffered.loss;
        let borne = match self {
            Self::Straight(amount) => amount,
            Self::Franchise { threshold, met } if met.by_amount(loss, threshold) => Money::ZERO,
            Self::Franchise { .. } => loss,
            Self::Disappearing { amount, .. } if loss <= amount => amount,
            Self::Disappearing { amount, vanishes_at } => {
                let left = (vanishes_at - loss).positive().part_of(vanishes_at - amount);
                amount * left
            }
            Self::Percentage { share, base, minimum, maximum } => {
                (base.stated().unwrap_or(loss) * share).max(minimum).at_most(maximum)
            }
            Self::AverageDailyValue { days, average, week } => {
                let value = if average == DailyAverage::Loss { loss } else { suffered.normal_profit };
                let working_days = suffered.duration.0 / 24.0 * week / 7.0;
                if working_days > 0.0 { Money(value.0 * days / working_days) } else { Money::ZERO }
            }
            Self::PerHead(own) => Head::ALL
                .into_iter()
                .map(|(_, head)| own[head as usize].min(suffered.presented[head as usize]))
                .sum(),
            Self::LargestOfHeads(own) => {
                let involved = own.into_iter().zip(suffered.presented);
                let involved = involved.filter(|(_, presented)| *presented > Money::ZERO);
                involved.map(|(amount, _)| amount).fold(Money::ZERO, Money::max)
            }
        };
        borne.min(loss)
    }

    /// Returns the losses at which the rule runs another way, besides the one at
    /// which the deductible is used up.
    #[must_use]
    pub fn turns(self) -> Vec<Money> {
        match self {
            Self::Disappearing { vanishes_at, .. } => vec![vanishes_at],
            Self::Percentage { share, base: PercentageOf::Loss, minimum, maximum }
                if share > Share::NONE =>
            {
                let bounds = [Some(minimum), maximum].into_iter().flatten();
                bounds.map(|bound| Money(bound.0 / share.get())).collect()
            }
            _ => vec![],
        }
    }

    /// Returns the amounts by head, where heads have amounts of their own.
    #[must_use]
    pub fn by_head(self) -> Option<ByHead> {
        match self {
            Self::PerHead(own) | Self::LargestOfHeads(own) => Some(own),
            _ => None,
        }
    }
}

/// A deductible that no policy can state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum InvalidDeductible {
    /// It vanishes before it applies.
    Vanished {
        /// Its amount.
        amount: Money,
        /// The loss at which it is to vanish.
        vanishes_at: Money,
    },
    /// Its most is below its least.
    Bounds {
        /// The least.
        minimum: Money,
        /// The most.
        maximum: Money,
    },
    /// It is no number of days.
    Days(f64),
    /// A week cannot have so many working days.
    Week(f64),
}

impl fmt::Display for InvalidDeductible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vanished { amount, vanishes_at } => {
                write!(f, "a deductible of {amount} cannot vanish at a loss of {vanishes_at}")
            }
            Self::Bounds { minimum, maximum } => {
                write!(f, "the deductible is at least {minimum} and at most {maximum}")
            }
            Self::Days(days) => write!(f, "the deductible is {days} average days; give 0 or more"),
            Self::Week(week) => write!(f, "a week of {week} working days; give more than 0, and 7 at most"),
        }
    }
}

impl std::error::Error for InvalidDeductible {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_ladder_of_losses_through_each_kind() {
        let franchise = |met| Deductible::Franchise { threshold: Money(150.0), met };
        let disappearing = Deductible::disappearing(Money(100.0), Money(500.0)).unwrap();
        let tenth = Share::new(0.1).unwrap();
        let percentage =
            Deductible::percentage(tenth, PercentageOf::Loss, Money(25.0), Some(Money(60.0))).unwrap();
        for (deductible, loss, paid, because) in [
            (Deductible::Straight(Money(150.0)), 140.0, 0.0, "below the amount"),
            (Deductible::Straight(Money(150.0)), 410.0, 260.0, "the rest"),
            (franchise(Met::MoreThan), 140.0, 0.0, "below the threshold"),
            (franchise(Met::MoreThan), 150.0, 0.0, "reaching is not passing"),
            (franchise(Met::AtLeast), 150.0, 150.0, "reaching is enough"),
            (franchise(Met::MoreThan), 160.0, 160.0, "all of it, once passed"),
            (disappearing, 80.0, 0.0, "as a straight one below its amount"),
            (disappearing, 100.0, 0.0, "and up to it"),
            (disappearing, 300.0, 250.0, "half way half of it is gone"),
            (disappearing, 500.0, 500.0, "gone"),
            (disappearing, 900.0, 900.0, "and it stays gone"),
            (percentage, 100.0, 75.0, "the least"),
            (percentage, 410.0, 369.0, "a tenth"),
            (percentage, 900.0, 840.0, "the most"),
            (percentage, 10.0, 0.0, "never more than the loss"),
        ] {
            let loss = Money(loss);
            assert!(
                (loss - deductible.of(&Suffered::loss(loss)) - Money(paid)).0.abs() < 1e-9,
                "{deductible:?}: {because}"
            );
        }
    }

    #[test]
    fn average_days_of_the_value_and_of_the_loss() {
        let outage = Suffered {
            loss: Money(1450.0),
            normal_profit: Money(3000.0),
            duration: Hours(14.0 * 24.0),
            ..Suffered::default()
        };
        for (average, days, duration, borne, because) in [
            (DailyAverage::Value, 2.0, 336.0, 600.0, "two of ten working days of 3,000"),
            (DailyAverage::Loss, 2.0, 336.0, 290.0, "two of ten working days of the loss itself"),
            (DailyAverage::Loss, 10.0, 336.0, 1450.0, "no more than the loss"),
            (DailyAverage::Value, 2.0, 24.0, 1450.0, "an outage shorter than the days is borne in full"),
            (DailyAverage::Value, 2.0, 0.0, 0.0, "no outage, no day"),
        ] {
            let deductible = Deductible::average_daily_value(days, average, 5.0).unwrap();
            let outage = Suffered { duration: Hours(duration), ..outage };
            assert!((deductible.of(&outage).0 - borne).abs() < 1e-9, "{because}");
        }
        assert!(Deductible::average_daily_value(1.0, DailyAverage::Loss, 8.0).is_err());
        assert!(Deductible::average_daily_value(-1.0, DailyAverage::Loss, 5.0).is_err());
    }

    #[test]
    fn a_percentage_of_a_stated_amount_does_not_grow_with_the_loss() {
        let tenth = Share::new(0.1).unwrap();
        let of = |base, loss| {
            let deductible = Deductible::percentage(tenth, base, Money::ZERO, Some(Money(60.0))).unwrap();
            deductible.of(&Suffered::loss(Money(loss))).0
        };
        for base in [
            PercentageOf::SumInsured(Money(500.0)),
            PercentageOf::Limit(Money(500.0)),
            PercentageOf::AnnualValue(Money(500.0)),
        ] {
            assert_eq!([of(base, 410.0), of(base, 900.0)], [50.0, 50.0]);
        }
        assert_eq!([of(PercentageOf::Loss, 410.0), of(PercentageOf::Loss, 900.0)], [41.0, 60.0]);
    }

    #[test]
    fn a_vanishing_deductible_pays_without_a_jump() {
        let deductible = Deductible::disappearing(Money(100.0), Money(500.0)).unwrap();
        for at in [100.0, 500.0] {
            let [below, above] =
                [at - 1e-7, at + 1e-7].map(|loss| deductible.of(&Suffered::loss(Money(loss))).0);
            assert!((below - above).abs() < 1e-6, "{at}");
        }
    }

    #[test]
    fn refuses_what_no_policy_can_state() {
        assert!(Deductible::disappearing(Money(100.0), Money(100.0)).is_err());
        assert!(
            Deductible::percentage(Share::ALL, PercentageOf::Loss, Money(60.0), Some(Money(25.0))).is_err()
        );
    }
}
