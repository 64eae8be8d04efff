//! Scenario: everything that a projection needs, checked and resolved.

use crate::cover::{Clock, Cover};
use crate::hedge::Parametric;
use crate::loss::{Damage, LostRevenue};
use crate::mitigation::{Discontinued, LostProfit, Outflow, Recapture};
use crate::outage::{Outage, Period, ServicePath};
use crate::profile::Profile;
use crate::quantity::{Hours, Money, Share};
use crate::recovery::{OverRecovery, ProgrammeQuality, Quality, Supplier};
use crate::tower::Tower;

/// A word for people, in Korean and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Korean.
    pub ko: String,
    /// English.
    pub en: String,
}

impl Label {
    /// The same word in both languages.
    #[must_use]
    pub fn same(word: &str) -> Self {
        Self { ko: word.to_owned(), en: word.to_owned() }
    }
}

/// A part of the scenario under its name, with where its figures come from.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// Name in the file, unique among its kind.
    pub id: String,
    /// Name for people.
    pub label: Label,
    /// Clause of the policy or contract that it stands for.
    pub clause: Option<String>,
    /// Keys of the sources of its figures.
    pub sources: Vec<String>,
    /// What in it is an assumption, in words.
    pub assumption: Option<Label>,
    /// The part itself.
    pub terms: T,
}

/// A business line: what it normally brings, and how an outage takes it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Revenue by hour.
    pub profile: Profile,
    /// Hours from the calendar's origin to the profile's first hour.
    pub origin: Hours,
    /// Where the profile came from, in words.
    pub profile_from: String,
    /// Share of the line that depends on the failed service.
    pub dependency: Share,
    /// Who provides the service that it depends on, where that is stated.
    pub provider: Option<String>,
    /// Share lost through time.
    pub path: ServicePath,
    /// Sales made up later.
    pub recapture: Recapture,
    /// Costs that stop with the sales, as a share of them.
    pub saved_cost_rate: Share,
    /// Charges that stop with the outage, whatever the sales.
    pub discontinued: Discontinued,
    /// What stands in place of the profile where no revenue is known.
    pub damage: Option<Damage>,
}

/// A policy: its cover, the tower through which it is placed, and its price.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The terms for one occurrence.
    pub cover: Cover,
    /// The layers; none where one carrier pays the covered loss.
    pub tower: Option<Tower>,
    /// Premium of the year.
    pub premium: Money,
    /// How good its money is, where that is said for it alone.
    pub quality: Option<Quality>,
}

/// A parametric cover and its price.
#[derive(Clone, Debug)]
pub struct ParametricPolicy {
    /// What it pays.
    pub parametric: Parametric,
    /// Premium of the year.
    pub premium: Money,
    /// How good its money is, where that is said for it alone.
    pub quality: Option<Quality>,
}

/// How much of the year's premium one event is charged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PremiumCounted {
    /// All of it.
    #[default]
    Full,
    /// None of it.
    None,
}

/// A figure that somebody published about the event, to set beside ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// What was reported, in words.
    pub label: Label,
    /// The amount, or the lower end of a range.
    pub amount: Money,
    /// The upper end of a range.
    pub up_to: Option<Money>,
    /// Keys of its sources.
    pub sources: Vec<String>,
}

/// An outage of the policy year before the one that is projected.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// The outage.
    pub outage: Outage,
    /// How long it lasted.
    pub duration: Hours,
}

/// One outage of a business under a programme, for a ladder of durations.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Name for people.
    pub name: Label,
    /// Currency of every amount, as an ISO 4217 code.
    pub currency: String,
    /// IANA time zone in which the start and the profiles are read.
    pub timezone: String,
    /// The outage that is projected: the last of the policy year, where there are several.
    pub outage: Outage,
    /// Outages of the policy year before it, in date order.
    pub earlier: Vec<Past>,
    /// The policy year in which they all fall, where that is stated.
    pub policy_year: Option<Period>,
    /// Durations to project, in order.
    pub durations: Vec<Hours>,
    /// How much premium the event is charged.
    pub premium_counted: PremiumCounted,
    /// Business lines.
    pub lines: Vec<Named<Line>>,
    /// Costs that the outage causes.
    pub outflows: Vec<Named<Outflow>>,
    /// Indemnity covers, in the order in which they are asked.
    pub covers: Vec<Named<Policy>>,
    /// Parametric covers.
    pub parametrics: Vec<Named<ParametricPolicy>>,
    /// Suppliers that give back or answer for the outage.
    pub suppliers: Vec<Named<Supplier>>,
    /// How good the money of payers is that do not say so themselves.
    pub recovery_quality: ProgrammeQuality,
    /// What happens where payers together pay more than was lost.
    pub over_recovery: OverRecovery,
    /// What the whole scenario assumes, in words.
    pub assumptions: Vec<Label>,
    /// Published figures to set beside ours.
    pub reported: Vec<Reported>,
}

impl Scenario {
    /// A scenario of an outage that, so far, takes nothing and is covered by nobody.
    #[must_use]
    pub fn plain(outage: Outage, durations: Vec<Hours>) -> Self {
        Self {
            name: Label::default(),
            currency: String::new(),
            timezone: String::new(),
            outage,
            earlier: vec![],
            policy_year: None,
            durations,
            premium_counted: PremiumCounted::Full,
            lines: vec![],
            outflows: vec![],
            covers: vec![],
            parametrics: vec![],
            suppliers: vec![],
            recovery_quality: ProgrammeQuality::default(),
            over_recovery: OverRecovery::Report,
            assumptions: vec![],
            reported: vec![],
        }
    }

    /// Returns what a line loses in an outage of `duration`.
    #[must_use]
    pub fn lost_profit(&self, line: usize, outage: &Outage, duration: Hours) -> LostProfit<'_> {
        let Line {
            profile,
            origin,
            dependency,
            path,
            recapture,
            saved_cost_rate,
            discontinued,
            damage,
            ..
        } = &self.lines[line].terms;
        let lost = match damage {
            Some(damage) => LostRevenue::by_damage(damage, path, duration),
            None => LostRevenue::new(profile, outage.start - *origin, *dependency, path, duration),
        };
        let profit = LostProfit::new(lost, *recapture, *saved_cost_rate, duration);
        profit.with_discontinued(*discontinued, duration)
    }

    /// Returns whether a cover waits for the outage as a whole, hour by hour.
    #[must_use]
    pub fn counts_the_outage(&self, cover: &Cover) -> bool {
        cover.clock == Clock::default() && self.outage.interruptions.count() == 1
    }

    /// Returns the premium that the event is charged.
    #[must_use]
    pub fn programme_cost(&self) -> Money {
        match self.premium_counted {
            PremiumCounted::None => Money::ZERO,
            PremiumCounted::Full => {
                let covers = self.covers.iter().map(|cover| cover.terms.premium);
                covers.chain(self.parametrics.iter().map(|hedge| hedge.terms.premium)).sum()
            }
        }
    }

    /// Returns whether there is nobody who could pay for the outage.
    #[must_use]
    pub fn nobody_pays(&self) -> bool {
        self.covers.is_empty() && self.parametrics.is_empty() && self.suppliers.is_empty()
    }

    /// Returns the longest duration to project.
    #[must_use]
    pub fn longest(&self) -> Hours {
        self.durations.iter().copied().fold(Hours::ZERO, Hours::max)
    }
}
