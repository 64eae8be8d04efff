//! Tolerable outage: the hours until what one outage leaves with us passes an amount.

use super::simulation::Year;
use crate::annual::PolicyYear;
use crate::outage::Outage;
use crate::quantity::{Hours, Money};
use crate::scenario::Scenario;
use crate::waterfall::Waterfall;

/// Hours until an amount is passed, over starts through the year.
///
/// The start matters: an outage of a Friday evening costs more than one of a Monday
/// night. Each is the first outage of its year, and the programme's cost is left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerable {
    /// At the worst start.
    pub soonest: Option<Hours>,
    /// At half of all starts it takes longer.
    pub median: Option<Hours>,
    /// At the best start; nothing where it is not passed within [`Tolerable::LONGEST`].
    pub latest: Option<Hours>,
}

impl Tolerable {
    /// The longest outage that is looked at.
    pub const LONGEST: Hours = Hours(720.0);
    /// Starts that are looked at, spread over the year and over the week.
    pub const STARTS: u32 = 168;

    /// Looks for the first moment at which net loss passes `amount`, to the second.
    ///
    /// `of_net` tells net loss from the loss before any recovery.
    #[must_use]
    pub fn of(scenario: &Scenario, amount: Money, of_net: bool) -> Self {
        let year = Year::of(scenario);
        let mut found: Vec<Option<Hours>> = (0..Self::STARTS)
            .map(|place| {
                // A golden section of the year falls on every hour of the week in turn.
                let part = (f64::from(place) * 0.618_033_988_749_894_9).fract();
                let start = Hours((part * year.length.0).floor());
                let outage = Outage {
                    start: year.first + start,
                    start_local: year.local(start),
                    ..scenario.outage.clone()
                };
                first_passed(scenario, &outage, amount, of_net)
            })
            .collect();
        let hours = |passed: &Option<Hours>| passed.map_or(f64::INFINITY, |hours| hours.0);
        found.sort_by(|one, other| hours(one).total_cmp(&hours(other)));
        Self { soonest: found[0], median: found[found.len() / 2], latest: found[found.len() - 1] }
    }
}

fn first_passed(scenario: &Scenario, outage: &Outage, amount: Money, of_net: bool) -> Option<Hours> {
    let passes = |duration: f64| {
        let waterfall = Waterfall::after(scenario, outage, Hours(duration), &PolicyYear::default());
        let borne = if of_net { waterfall.net - waterfall.programme_cost } else { waterfall.economic_loss };
        borne > amount
    };
    let mut low = 0.0;
    let mut high = (1..)
        .map(|step| f64::from(step) * 0.5)
        .take_while(|at| *at <= Tolerable::LONGEST.0)
        .find(|at| {
            let passed = passes(*at);
            if !passed {
                low = *at;
            }
            passed
        })?;
    const SECOND: f64 = 1.0 / 3600.0;
    while high - low > SECOND {
        let middle = f64::midpoint(low, high);
        if passes(middle) { high = middle } else { low = middle }
    }
    Some(Hours(high))
}
