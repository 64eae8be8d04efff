//! Causes of an outage, and the perils that a cover names.

use crate::term::term;

term! {
    /// A loss goes to the first cover of the file that names its head, its line and
    /// its cause. Planned work is nobody's failure, and no cover answers for it.
    pub const PERILS: Term = {
        key: "perils",
        korean: "담보 사유",
        english: "Perils and cause test",
        file_key: "cover.perils",
        unit: "words",
        formula: "paid = 0   where the outage's cause is not among the cover's perils",
        order: "first of a cover's terms, with the waiting period's test",
        source: "InsureTutor, Dependent business interruption coverage: own and provider's, malicious and accidental",
    };
}

/// Why service stopped, in the classes by which covers are sold.
///
/// # Source
///
/// Cyber wordings part their cover by security failure and system failure, each
/// for the insured's own systems and for those of a provider it depends on;
/// property wordings add damage, utilities and denial of access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Malicious act against the insured's own systems.
    SecurityFailure,
    /// Accidental failure of the insured's own systems.
    SystemFailure,
    /// Malicious act against a provider.
    DependentSecurityFailure,
    /// Accidental failure at a provider: a data centre, a cloud, a carrier.
    DependentSystemFailure,
    /// Physical damage to the insured's own property.
    PhysicalDamage,
    /// Failure of power, water or telecommunications supply.
    UtilityFailure,
    /// Access barred by an authority or by damage nearby.
    DenialOfAccess,
    /// Work on the system that was planned: no cover answers for it.
    PlannedMaintenance,
}

impl Cause {
    /// Every cause, under the name that it has in a scenario file.
    pub const ALL: [(&'static str, Self); 8] = [
        ("security_failure", Self::SecurityFailure),
        ("system_failure", Self::SystemFailure),
        ("dependent_security_failure", Self::DependentSecurityFailure),
        ("dependent_system_failure", Self::DependentSystemFailure),
        ("physical_damage", Self::PhysicalDamage),
        ("utility_failure", Self::UtilityFailure),
        ("denial_of_access", Self::DenialOfAccess),
        ("planned_maintenance", Self::PlannedMaintenance),
    ];

    /// Returns its name in a scenario file.
    #[must_use]
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Returns whether it is an outage of a provider.
    #[must_use]
    pub fn is_of_provider(self) -> bool {
        matches!(self, Self::DependentSecurityFailure | Self::DependentSystemFailure)
    }

    /// Returns whether a cover can answer for it at all: what is planned is no peril.
    #[must_use]
    pub fn is_insurable(self) -> bool {
        self != Self::PlannedMaintenance
    }
}

/// The causes to which a cover answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Perils {
    /// Every cause, stated or not, but for planned work.
    Any,
    /// These causes only.
    Named(Vec<Cause>),
}

impl Perils {
    /// Returns whether the cover answers to `cause`. A cause that nobody stated
    /// is within `Any` and within no named peril; planned work is within neither.
    #[must_use]
    pub fn include(&self, cause: Option<Cause>) -> bool {
        if cause.is_some_and(|cause| !cause.is_insurable()) {
            return false;
        }
        match self {
            Self::Any => true,
            Self::Named(causes) => cause.is_some_and(|cause| causes.contains(&cause)),
        }
    }
}
