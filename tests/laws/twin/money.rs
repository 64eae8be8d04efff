//! Terms of a cover that count money.

/// What the insured bears first.
#[derive(Clone, Copy, Debug)]
pub enum Deductible {
    Straight(f64),
    Franchise { threshold: f64, at_least: bool },
    Disappearing { amount: f64, vanishes_at: f64 },
    Percentage { share: f64, minimum: f64, maximum: Option<f64> },
}

impl Deductible {
    /// The same rule with every amount put through `change`.
    pub fn map(self, change: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Straight(amount) => Self::Straight(change(amount)),
            Self::Franchise { threshold, at_least } => {
                Self::Franchise { threshold: change(threshold), at_least }
            }
            Self::Disappearing { amount, vanishes_at } => {
                Self::Disappearing { amount: change(amount), vanishes_at: change(vanishes_at) }
            }
            Self::Percentage { share, minimum, maximum } => {
                Self::Percentage { share, minimum: change(minimum), maximum: maximum.map(change) }
            }
        }
    }
}

/// What the insured bears of a loss before the cover pays.
pub(super) fn borne_first(deductible: Deductible, loss: f64) -> f64 {
    match deductible {
        Deductible::Straight(amount) => amount,
        Deductible::Franchise { threshold, at_least } => {
            let passed = if at_least { loss >= threshold } else { loss > threshold };
            if passed { 0.0 } else { loss }
        }
        Deductible::Disappearing { amount, vanishes_at } => {
            if loss <= amount {
                amount
            } else if loss >= vanishes_at {
                0.0
            } else {
                amount * (vanishes_at - loss) / (vanishes_at - amount)
            }
        }
        Deductible::Percentage { share, minimum, maximum } => {
            let mut borne = share * loss;
            if borne < minimum {
                borne = minimum;
            }
            if let Some(maximum) = maximum
                && borne > maximum
            {
                borne = maximum;
            }
            borne
        }
    }
}
