//! Scenario: everything that a projection needs, checked and resolved.

use crate::annual::Annual;
use crate::cost::{Allocation, Cash, CreditLine, Premium, Reserve};
mod origin;
mod plan;

pub use origin::Origin;
pub use plan::Plan;

use crate::cover::{Clock, Cover};
use crate::hedge::{Basis, EquityPut, Forward, Hedge, Parametric};
use crate::loss::{Damage, LostRevenue};
use crate::mitigation::{Discontinued, LostProfit, Outflow, Recapture};
use crate::outage::{Days, Outage, ServicePath};
use crate::peril::Peril;
use crate::profile::{Calendar, HOURS_OF_WEEK, Profile};
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
    /// Share that would be lost through time without the measure whose cost is
    /// claimed; none where no measure was taken.
    pub without_measure: Option<ServicePath>,
    /// Sales made up later.
    pub recapture: Recapture,
    /// Costs that stop with the sales, as a share of them.
    pub saved_cost_rate: Share,
    /// Charges that stop with the outage, whatever the sales.
    pub discontinued: Discontinued,
    /// What stock that was not sold brings.
    pub salvage: Money,
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
    /// How good its money is, where that is said for it alone.
    pub quality: Option<Quality>,
    /// Price of the year.
    pub premium: Premium,
    /// Currency in which the file states it, where that is another.
    pub stated_in: Option<Foreign>,
}

/// A parametric cover and its price.
#[derive(Clone, Debug)]
pub struct ParametricPolicy {
    /// What it pays.
    pub parametric: Parametric,
    /// How good its money is, where that is said for it alone.
    pub quality: Option<Quality>,
    /// Price of the year.
    pub premium: Premium,
    /// Currency in which the file states it, where that is another.
    pub stated_in: Option<Foreign>,
}

/// A hedge that is no insurance, and its price.
#[derive(Clone, Debug)]
pub struct HedgePosition {
    /// What it measures and pays.
    pub hedge: Hedge,
    /// How good its money is, where that is said for it alone.
    pub quality: Option<Quality>,
    /// What holding it costs in a year.
    pub premium: Premium,
    /// Currency in which the file states it, where that is another.
    pub stated_in: Option<Foreign>,
}

/// A foreign currency and the rate at which its amounts were changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Foreign {
    /// Its ISO 4217 code.
    pub currency: String,
    /// Home money for one unit of it.
    pub rate: f64,
}

/// A put on our own shares, and the fall of price that is looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct EquityHedge {
    /// What it pays.
    pub put: EquityPut,
    /// Share price before the outage.
    pub price_before: Money,
    /// Share price after it.
    pub price_after: Money,
    /// Price of the year.
    pub premium: Premium,
    /// Why we may hold an option on our own shares.
    pub legal_basis: Option<String>,
}

/// Foreign money that comes or goes, and its forward.
#[derive(Clone, Debug, PartialEq)]
pub struct CurrencyHedge {
    /// The foreign currency.
    pub currency: String,
    /// What is hedged.
    pub flow: Flow,
    /// The amount, in the foreign currency.
    pub amount: f64,
    /// Part of it that is fixed forward.
    pub hedged: Share,
    /// At what rate.
    pub forward: Forward,
    /// Spot rate of the day on which the rest is changed.
    pub spot_then: f64,
}

/// What a currency hedge is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// A premium that will be paid: certain.
    Premium,
    /// A claim that may be received: not certain.
    Claim,
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

/// A cover of the policy year as a whole and its price.
#[derive(Clone, Debug, PartialEq)]
pub struct AnnualPolicy {
    /// What it pays.
    pub annual: Annual,
    /// Premium of the year, and what the year does to it.
    pub premium: Premium,
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
    /// What question it answers, in a sentence or two.
    pub description: Option<Label>,
    /// Currency of every amount, as an ISO 4217 code.
    pub currency: String,
    /// IANA time zone in which the start and the profiles are read.
    pub timezone: String,
    /// The outage that is projected: the last of the policy year, where there are several.
    pub outage: Outage,
    /// Outages of the policy year before it, in date order.
    pub earlier: Vec<Past>,
    /// The policy year in which they all fall, where that is stated.
    pub policy_year: Option<Days>,
    /// Durations to project, in order.
    pub durations: Vec<Hours>,
    /// How much premium the event is charged.
    pub premium_counted: Allocation,
    /// Business lines.
    pub lines: Vec<Named<Line>>,
    /// The measures that shaped the scenario, where it has any.
    pub plan: Option<Plan>,
    /// Costs that the outage causes.
    pub outflows: Vec<Named<Outflow>>,
    /// Indemnity covers, in the order in which they are asked.
    pub covers: Vec<Named<Policy>>,
    /// Parametric covers.
    pub parametrics: Vec<Named<ParametricPolicy>>,
    /// Hedges that are no insurance.
    pub hedges: Vec<Named<HedgePosition>>,
    /// Suppliers that give back or answer for the outage.
    pub suppliers: Vec<Named<Supplier>>,
    /// Covers of the policy year as a whole.
    pub annuals: Vec<Named<AnnualPolicy>>,
    /// How good the money of payers is that do not say so themselves.
    pub recovery_quality: ProgrammeQuality,
    /// What happens where payers together pay more than was lost.
    pub over_recovery: OverRecovery,
    /// Cash that a loss can be met from, where liquidity is looked at.
    pub cash: Option<Cash>,
    /// Funds of our own, in the order in which they are used.
    pub reserves: Vec<Named<Reserve>>,
    /// Credit lines, in the order in which they are drawn.
    pub credit_lines: Vec<Named<CreditLine>>,
    /// Puts on our own shares.
    pub equity_puts: Vec<Named<EquityHedge>>,
    /// Forwards on foreign money.
    pub currency_hedges: Vec<Named<CurrencyHedge>>,
    /// Outages over which hedges are held against losses, where that is asked for.
    pub basis: Option<Basis>,
    /// What stops service, by chance.
    pub perils: Vec<Named<Peril>>,
    /// What the whole scenario assumes, in words.
    pub assumptions: Vec<Label>,
    /// Published figures to set beside ours.
    pub reported: Vec<Reported>,
}

impl Policy {
    /// Returns the most that it pays for one event, where that is not endless.
    #[must_use]
    pub fn limit(&self) -> Option<Money> {
        line(self.cover.occurrence_limit, self.tower.as_ref())
    }
}

/// Returns the limit that stands behind one event: that of the cover, or of all
/// layers together where that is less.
#[must_use]
pub fn line(occurrence_limit: Option<Money>, tower: Option<&Tower>) -> Option<Money> {
    let layers = tower.and_then(|tower| {
        let mut limits = tower.layers().iter().map(|layer| layer.limit());
        limits.try_fold(Money::ZERO, |sum, limit| Some(sum + limit?))
    });
    layers.map_or(occurrence_limit, |layers| Some(layers.at_most(occurrence_limit)))
}

impl Scenario {
    /// A scenario of an outage that, so far, takes nothing and is covered by nobody.
    #[must_use]
    pub fn plain(outage: Outage, durations: Vec<Hours>) -> Self {
        Self {
            name: Label::default(),
            description: None,
            currency: String::new(),
            timezone: String::new(),
            outage,
            earlier: vec![],
            policy_year: None,
            durations,
            premium_counted: Allocation::Full,
            lines: vec![],
            plan: None,
            outflows: vec![],
            covers: vec![],
            parametrics: vec![],
            hedges: vec![],
            suppliers: vec![],
            annuals: vec![],
            recovery_quality: ProgrammeQuality::default(),
            over_recovery: OverRecovery::Report,
            cash: None,
            reserves: vec![],
            credit_lines: vec![],
            equity_puts: vec![],
            currency_hedges: vec![],
            basis: None,
            perils: vec![],
            assumptions: vec![],
            reported: vec![],
        }
    }

    /// Returns the local hour of the week of each of `hours` elapsed hours from `first`
    /// on, counted from the calendar's origin: 0 is Monday 00:00.
    ///
    /// A scenario that no file stands behind may name no time zone: its calendar begins
    /// on a Monday.
    #[must_use]
    pub fn hours_of_week(&self, first: Hours, hours: usize) -> Vec<u8> {
        let begins = self.earlier.first().map_or(&self.outage, |past| &past.outage);
        match Calendar::new(&self.timezone, begins.start_local.year()) {
            Ok(calendar) => calendar.hours_of_week_from(first, hours),
            Err(_) => {
                let week = HOURS_OF_WEEK as i64;
                let at = |hour: usize| (first.0.floor() as i64 + hour as i64).rem_euclid(week) as u8;
                (0..hours).map(at).collect()
            }
        }
    }

    /// Returns what a line loses in an outage of `duration` that strikes it as it does.
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
            salvage,
            damage,
            ..
        } = &self.lines[line].terms;
        let lost = match damage {
            Some(damage) => LostRevenue::by_damage(damage, path, duration),
            None => LostRevenue::new(profile, outage.start - *origin, *dependency, path, duration),
        };
        let lost = lost.struck(outage.struck, line);
        let profit = LostProfit::new(lost, *recapture, *saved_cost_rate, duration);
        profit.with_discontinued(*discontinued, duration).with_salvage(*salvage)
    }

    /// Returns what a line would lose without the measure that kept turnover.
    #[must_use]
    pub fn without_measure(
        &self,
        line: usize,
        outage: &Outage,
        duration: Hours,
    ) -> Option<LostRevenue<'_>> {
        let Line { profile, origin, dependency, without_measure, .. } = &self.lines[line].terms;
        let path = without_measure.as_ref()?;
        let lost = LostRevenue::new(profile, outage.start - *origin, *dependency, path, duration);
        Some(lost.struck(outage.struck, line))
    }

    /// Returns the chance that a line's spare takes over in an outage of `duration`; a
    /// line that is not hit has no need of it.
    #[must_use]
    pub fn fails_over(&self, line: usize, outage: &Outage, duration: Hours) -> Share {
        let hit = outage.struck.hits(line);
        if hit { self.lines[line].terms.path.fails_over(duration) } else { Share::NONE }
    }

    /// Returns whether a cover waits for the outage as a whole, hour by hour.
    #[must_use]
    pub fn counts_the_outage(&self, cover: &Cover) -> bool {
        cover.clock == Clock::default() && self.outage.interruptions.count() == 1
    }

    /// Returns the downtime of a supplier in the earlier outages of the month in
    /// which an outage starts.
    #[must_use]
    pub fn down_earlier(&self, supplier: &Supplier, outage: &Outage) -> Hours {
        let month = |outage: &Outage| (outage.start_local.year(), outage.start_local.month());
        let earlier = self.earlier.iter().filter(|past| {
            past.outage.start < outage.start
                && month(&past.outage) == month(outage)
                && supplier.perils.include(past.outage.cause)
        });
        earlier.map(|past| past.duration).sum()
    }

    /// Returns whether there is nobody who could pay for the outage.
    #[must_use]
    pub fn nobody_pays(&self) -> bool {
        let covered = !(self.covers.is_empty() && self.parametrics.is_empty());
        !covered && self.hedges.is_empty() && self.suppliers.is_empty() && self.annuals.is_empty()
    }

    /// Returns the longest duration to project.
    #[must_use]
    pub fn longest(&self) -> Hours {
        self.durations.iter().copied().fold(Hours::ZERO, Hours::max)
    }
}
