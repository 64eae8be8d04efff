//! Measures: the parts of a plan against outages, each of which can be left out.
//!
//! A measure says what it changes of the lines, of the customers who leave, or of
//! who pays. A scenario without a measure is another scenario: see
//! [`Scenario::without`](crate::scenario::Scenario::without).

use crate::mitigation::{Communication, Head, Recapture};
use crate::outage::{EarlyWarning, Failover, PathError, RampUp, ServicePath};
use crate::quantity::Money;
use crate::term::term;

term! {
    /// The five parts: contingency, continuity plan, crisis communication,
    /// financial risk transfer, early warning.
    pub const MEASURE: Term = {
        key: "measure",
        korean: "대비책",
        english: "Measure of the plan",
        file_key: "measure.part",
        unit: "money",
        formula: "worth = net loss without the measure - net loss with all of them\ncost = yearly upkeep, as the event is charged + cost of the event",
        order: "before the outage: it changes the lines, the outflows or the payers that the scenario has",
        source: "ISO 22301 (continuity, warning and communication); ISO 31000 (risk transfer); the arithmetic is a difference of two projections",
    };
}

/// A part of the plan to which a measure belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Spare capacity that stands by.
    Contingency,
    /// Getting the business back: restoration, ramp-up, orders that wait.
    ContinuityPlan,
    /// Telling customers in time.
    CrisisCommunication,
    /// Covers and hedges.
    FinancialRiskTransfer,
    /// Seeing an outage coming.
    EarlyWarning,
}

impl Part {
    /// Every part, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 5] = [
        ("contingency", Self::Contingency),
        ("continuity_plan", Self::ContinuityPlan),
        ("crisis_communication", Self::CrisisCommunication),
        ("financial_risk_transfer", Self::FinancialRiskTransfer),
        ("early_warning", Self::EarlyWarning),
    ];

    /// Returns the part's name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Returns the head under which a cost of the event falls.
    #[must_use]
    pub fn head(self) -> Head {
        match self {
            Self::CrisisCommunication => Head::Communication,
            _ => Head::ExtraExpense,
        }
    }
}

/// A measure: what it costs, and what it changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The part of the plan to which it belongs.
    pub part: Part,
    /// What it costs a year to have it.
    pub upkeep: Money,
    /// What it costs in an outage.
    pub of_event: Money,
    /// False alarms that a year is expected to bring.
    pub false_alarms: FalseAlarms,
    /// Lines that it changes, by their place in the scenario.
    pub lines: Vec<usize>,
    /// How it changes the way of an outage through these lines.
    pub way: WayChange,
    /// The recapture that it brings them.
    pub recapture: Option<Recapture>,
    /// Outflows that it changes, by their place in the scenario.
    pub outflows: Vec<usize>,
    /// The notice that it sends their customers.
    pub communication: Option<Communication>,
    /// Whether the covers and hedges of the scenario are there because of it.
    pub transfers: bool,
}

/// False alarms, each of which costs something.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FalseAlarms {
    /// How many a year is expected to bring.
    pub a_year: f64,
    /// Cost of each.
    pub each: Money,
}

impl FalseAlarms {
    /// Returns what they cost in a year.
    #[must_use]
    pub fn cost(self) -> Money {
        Money(self.a_year * self.each.0)
    }
}

/// What changes on a service path; what is not said stays as it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WayChange {
    /// Other stages.
    pub stages: Option<ServicePath>,
    /// Another ramp.
    pub ramp_up: Option<RampUp>,
    /// A spare that takes over.
    pub failover: Option<Failover>,
    /// A warning ahead.
    pub early_warning: Option<EarlyWarning>,
}

impl WayChange {
    /// Returns whether nothing is said.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Returns a path as it runs under the measure.
    ///
    /// # Errors
    ///
    /// As [`ServicePath::with_ramp_up`].
    pub fn of(&self, path: &ServicePath) -> Result<ServicePath, PathError> {
        let stages = self.stages.as_ref().unwrap_or(path);
        let ramp_up = self.ramp_up.as_ref().unwrap_or_else(|| path.ramp());
        let mut changed = stages.clone().with_ramp_up(ramp_up.clone())?;
        if let Some(failover) = self.failover.or(path.failover()) {
            changed = changed.with_failover(failover);
        }
        if let Some(warning) = self.early_warning.or(path.early_warning()) {
            changed = changed.with_early_warning(warning);
        }
        Ok(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outage::BreakPoint;
    use crate::quantity::{Hours, Share};

    #[test]
    fn parts_stand_in_the_order_of_their_list() {
        for (place, (key, part)) in Part::ALL.into_iter().enumerate() {
            assert_eq!((part as usize, part.key()), (place, key));
        }
    }

    #[test]
    fn what_a_measure_does_not_speak_of_stays() {
        let spare = Failover { after: Hours(2.0), carries: Share::ALL, success: Share::ALL };
        let path = ServicePath::total().with_ramp_up(Hours(3.0)).unwrap().with_failover(spare);
        let sooner = ServicePath::restored(BreakPoint::after(Hours(8.0)));
        let change = WayChange { stages: Some(sooner.clone()), ..WayChange::default() };
        let changed = change.of(&path).unwrap();
        assert_eq!(changed.stages(), sooner.stages());
        assert_eq!((changed.ramp(), changed.failover()), (path.ramp(), path.failover()));
        assert_eq!(WayChange::default().of(&path).unwrap(), path);
    }
}
