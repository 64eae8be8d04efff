//! Steps: how an amount came about, told by the function that works it out.

use super::baseline::Loss;
use super::exact::{Exact, Rate, Won};

/// One step on the way from a claim to its amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The loss of sales was found.
    Loss(Loss),
    /// The loss was rounded.
    LossRounded {
        /// Before.
        from: Exact,
        /// After.
        to: Won,
    },
    /// The loss of sales was multiplied.
    Factor {
        /// By the factor at this place of the formula.
        place: u8,
        /// At this rate.
        rate: Rate,
        /// What came out.
        after: Exact,
    },
    /// The service was away for so many counted days.
    Days(i64),
    /// A band was found.
    Band(u8),
    /// The fee was taken for a time.
    Fee {
        /// A month's fee.
        month: Won,
        /// The time, in seconds.
        seconds: i64,
        /// The fee of that time.
        fee: Exact,
    },
    /// The fee was multiplied.
    Times {
        /// By this.
        rate: Rate,
        /// What came out.
        after: Exact,
    },
    /// One amount is due to each.
    Flat(Won),
    /// A person assessed so much.
    Assessed(Won),
    /// The least that is paid took effect.
    Floor(Won),
    /// The most that is paid took effect.
    Cap(Won),
    /// The payment was rounded.
    Rounded {
        /// Before.
        from: Exact,
        /// After.
        to: Won,
    },
}

/// Watches the steps of an assessment; `()` watches nothing and costs nothing.
pub trait Observer {
    /// Sees a step as it is taken.
    fn see(&mut self, step: Step);
}

impl Observer for () {
    #[inline(always)]
    fn see(&mut self, _: Step) {}
}

impl Observer for Vec<Step> {
    fn see(&mut self, step: Step) {
        self.push(step);
    }
}
