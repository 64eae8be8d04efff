//! Steps: amounts by duration, of which the highest one reached counts.

use std::fmt;

use crate::quantity::{Hours, Met, Money};

/// Amounts that rise in steps with duration; steps do not add up.
///
/// # Example
///
/// 100 from 4 hours, 250 from 8, 500 from 12 (each "at least"):
///
/// ```
/// use netloss::quantity::{Hours, Met, Money};
/// use netloss::steps::Steps;
/// let steps = Steps::new(
///     vec![(Hours(4.0), Money(100.0)), (Hours(8.0), Money(250.0)), (Hours(12.0), Money(500.0))],
///     Met::AtLeast,
/// )?;
/// assert_eq!(steps.reached(Hours(3.9)), Money(0.0));
/// assert_eq!(steps.reached(Hours(9.5)), Money(250.0));
/// assert_eq!(steps.reached(Hours(12.0)), Money(500.0));
/// # Ok::<(), netloss::steps::StepsError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    steps: Vec<(Hours, Money)>,
    met: Met,
}

impl Steps {
    /// Checks steps of duration and amount, in order of duration.
    ///
    /// # Errors
    ///
    /// Refuses an empty list and a step that does not come after the one before.
    pub fn new(steps: Vec<(Hours, Money)>, met: Met) -> Result<Self, StepsError> {
        if steps.is_empty() {
            return Err(StepsError::Empty);
        }
        match steps.windows(2).position(|pair| pair[1].0 <= pair[0].0) {
            Some(place) => Err(StepsError::OutOfOrder { step: place + 1 }),
            None => Ok(Self { steps, met }),
        }
    }

    /// Returns the amount of the highest step that `duration` reaches.
    #[must_use]
    pub fn reached(&self, duration: Hours) -> Money {
        let reached = self.steps.iter().rev().find(|(at, _)| self.met.by(duration, *at));
        reached.map_or(Money::ZERO, |(_, amount)| *amount)
    }

    /// Returns the amounts of all steps that `duration` reaches, together.
    #[must_use]
    pub fn added(&self, duration: Hours) -> Money {
        let reached = self.steps.iter().filter(|(at, _)| self.met.by(duration, *at));
        reached.map(|(_, amount)| *amount).sum()
    }

    /// Returns the duration of each step, in order.
    pub fn durations(&self) -> impl Iterator<Item = Hours> + '_ {
        self.steps.iter().map(|(at, _)| *at)
    }

    /// Returns how a step is reached.
    #[must_use]
    pub fn met(&self) -> Met {
        self.met
    }
}

/// A list that makes no steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepsError {
    /// There is no step.
    Empty,
    /// A step does not come after the one before it.
    OutOfOrder {
        /// Which step, counted from 0.
        step: usize,
    },
}

impl fmt::Display for StepsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "at least one step is needed"),
            Self::OutOfOrder { step } => {
                write!(f, "step {} does not come after step {step}; order steps by duration", step + 1)
            }
        }
    }
}

impl std::error::Error for StepsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reaching_a_step_is_not_passing_it() {
        let steps = vec![(Hours(4.0), Money(100.0)), (Hours(8.0), Money(250.0))];
        for (met, hours, amount) in [
            (Met::AtLeast, 8.0, 250.0),
            (Met::MoreThan, 8.0, 100.0),
            (Met::MoreThan, 8.01, 250.0),
            (Met::MoreThan, 4.0, 0.0),
        ] {
            let steps = Steps::new(steps.clone(), met).unwrap();
            assert_eq!(steps.reached(Hours(hours)), Money(amount), "{met:?} {hours}");
        }
    }

    #[test]
    fn steps_that_add_up_pay_each_one_reached() {
        let steps = vec![(Hours(4.0), Money(100.0)), (Hours(8.0), Money(250.0))];
        let steps = Steps::new(steps, Met::AtLeast).unwrap();
        for (hours, amount) in [(3.9, 0.0), (4.0, 100.0), (8.0, 350.0)] {
            assert_eq!(steps.added(Hours(hours)), Money(amount));
        }
    }

    #[test]
    fn refuses_steps_out_of_order() {
        let twice = vec![(Hours(4.0), Money(1.0)), (Hours(4.0), Money(2.0))];
        assert!(Steps::new(twice, Met::AtLeast).unwrap_err().to_string().contains("step 2"));
        assert_eq!(Steps::new(vec![], Met::AtLeast), Err(StepsError::Empty));
    }
}
