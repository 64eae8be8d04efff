//! Dependent business interruption: the loss that a provider's outage causes.

use crate::outage::Circumstances;
use crate::quantity::Money;
use crate::term::term;

term! {
    pub const DEPENDENT: Term = {
        key: "dependent_business_interruption",
        korean: "간접 기업휴지",
        english: "Dependent business interruption",
        file_key: "cover.dependent",
        unit: "money",
        formula: "limit of named providers where the provider is in the schedule, else the limit of unnamed ones, else nothing",
        order: "The schedule is asked with the cause; its limit is a sublimit of all heads together",
        source: "Corvus, Contingent business interruption; Munich Re, Contingent business interruptions due to cyber events",
    };
}

/// Providers whose outage a cover answers for.
///
/// # Formula
///
/// ```text
/// most = named limit      the provider stands in the schedule
///      = unnamed limit    it does not, and unnamed providers are covered
///      = 0                it does not, and they are not
/// ```
///
/// The waiting period, the deductible and all else are the cover's own. One
/// outage of a provider is one occurrence, however many lines it stops.
///
/// # Order of application
///
/// The schedule is asked with the cause, before anything is counted; the limit is
/// a sublimit of all heads together.
///
/// # Source
///
/// Dependent and contingent business interruption of cyber wordings: a schedule
/// of named providers, and a smaller sublimit, or none, for the others (Corvus,
/// "Contingent business interruption"; Munich Re, "Contingent business
/// interruptions due to cyber events").
#[derive(Clone, Debug, PartialEq)]
pub struct ProviderSchedule {
    /// Providers in the schedule.
    pub named: Vec<String>,
    /// Most for an outage of one of them; none is endless.
    pub named_limit: Option<Money>,
    /// What of all the others.
    pub unnamed: Unnamed,
}

/// How a cover answers for a provider that its schedule does not name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unnamed {
    /// Not at all.
    NotCovered,
    /// Up to a limit of its own; none is endless.
    Covered(Option<Money>),
}

/// What the schedule says of the provider that failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scheduled {
    /// It is named.
    Named(Option<Money>),
    /// It is not, and is covered all the same.
    Unnamed(Option<Money>),
    /// It is not covered.
    NotCovered,
}

impl ProviderSchedule {
    /// Returns what the schedule says of the provider that failed. A provider that
    /// nobody stated is not named.
    #[must_use]
    pub fn of(&self, circumstances: &Circumstances) -> Scheduled {
        let named = circumstances.provider.as_ref().is_some_and(|provider| self.named.contains(provider));
        match (named, self.unnamed) {
            (true, _) => Scheduled::Named(self.named_limit),
            (false, Unnamed::Covered(limit)) => Scheduled::Unnamed(limit),
            (false, Unnamed::NotCovered) => Scheduled::NotCovered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_outside_the_schedule_has_a_limit_of_its_own_or_none() {
        let schedule = |unnamed| ProviderSchedule {
            named: vec!["cloud".into(), "idc".into()],
            named_limit: Some(Money(80.0)),
            unnamed,
        };
        let of = |unnamed, provider: Option<&str>| {
            let provider = provider.map(str::to_owned);
            schedule(unnamed).of(&Circumstances { provider, ..Circumstances::default() })
        };
        let forty = Unnamed::Covered(Some(Money(40.0)));
        assert_eq!(of(forty, Some("idc")), Scheduled::Named(Some(Money(80.0))));
        assert_eq!(of(forty, Some("dns")), Scheduled::Unnamed(Some(Money(40.0))));
        assert_eq!(of(forty, None), Scheduled::Unnamed(Some(Money(40.0))));
        assert_eq!(of(Unnamed::NotCovered, Some("dns")), Scheduled::NotCovered);
    }
}
