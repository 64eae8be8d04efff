//! Waterfall: the steps from lost revenue to net loss, each won with an owner.

mod charges;
mod observe;
mod recover;
mod shared;
mod settle;
mod suppliers;

pub use settle::Haircuts;
pub use suppliers::FromSupplier;

use crate::annual::{self, PolicyYear};
use crate::cost::Liquidity;
use crate::cover::{ByHead, Response};
use crate::hedge::{Payout, Seen, Settlement};
use crate::mitigation::{Head, LostProfit, OfLine, resilience};
use crate::outage::Outage;
use crate::quantity::{Hours, Money};
use crate::reason::{Reason, Retained};
use crate::scenario::Scenario;
use crate::tower::TowerResponse;

pub use charges::{Charge, Priced, cost_of};

/// One outage of one duration, from lost revenue to what stays with us.
///
/// # Formula
///
/// ```text
/// economic loss = gross - recaptured - saved + outflows - credits
/// net           = economic loss - recoveries - payouts + paid on hedges
///                 - third parties - annual covers + haircuts + programme cost
///               = retained by reason - met by payouts, third parties and
///                 annual covers - recovery above loss + paid on hedges
///                 + programme cost
/// ```
///
/// `gross` is lost revenue; a haircut is retained under its own reason. Both
/// lines hold to rounding for every input, and are checked whenever a waterfall
/// is made.
#[derive(Clone, Debug)]
pub struct Waterfall<'s> {
    /// When the outage started, in hours from the calendar's origin.
    pub start: Hours,
    /// How long the outage lasted.
    pub duration: Hours,
    /// What each line lost.
    pub lines: Vec<LostProfit<'s>>,
    /// What each outflow came to.
    pub outflows: Vec<Money>,
    /// Supplier credits that reduce the loss.
    pub credits: Vec<Money>,
    /// What each cover answered.
    pub covers: Vec<Recovery>,
    /// What each parametric cover paid.
    pub payouts: Vec<Money>,
    /// What each parametric cover answered.
    pub parametrics: Vec<Payout>,
    /// What each hedge settled at; below zero it costs.
    pub hedges: Vec<Settlement>,
    /// What each third party that is liable pays us.
    pub third_party: Vec<Money>,
    /// What each annual cover pays of this outage.
    pub annual: Vec<Money>,
    /// What comes from each supplier, from its credit to our part of a claim.
    pub suppliers: Vec<FromSupplier>,
    /// What suppliers owe the insurers, by cover and layer: no money of ours.
    pub subrogation: Vec<Vec<Money>>,
    /// What is expected to be lost of each recovery.
    pub haircut: Haircuts,
    /// Lost revenue before any measure.
    pub gross: Money,
    /// Sales made up later.
    pub recaptured: Money,
    /// Costs that stopped with the sales.
    pub saved: Money,
    /// Lost profit and outflows, less credits: what a CFO calls the loss.
    pub economic_loss: Money,
    /// What each part of the programme costs: what is charged to the event.
    pub charges: Vec<Charge>,
    /// With what money the loss is met, where the scenario looks at it.
    pub liquidity: Option<Liquidity>,
    /// Cost of the programme charged to the event.
    pub programme_cost: Money,
    /// Loss that no cover paid, by reason, and what haircuts take back.
    pub retained: Retained,
    /// What met a retained loss without being a cover of it.
    pub met: Met,
    /// Receipts beyond every retained loss: a gain.
    pub recovery_above_loss: Money,
    /// What stays with us.
    pub net: Money,
    /// What the outage leaves of the policy year.
    pub year: PolicyYear,
}

/// What met a retained loss, in order of application.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Met {
    /// Suppliers' credits that no cover took off its loss.
    pub credits: Money,
    /// Payouts on an index.
    pub payouts: Money,
    /// Third parties that are liable.
    pub third_party: Money,
    /// Covers of the year as a whole.
    pub annual: Money,
}

impl Met {
    /// Lets receipts meet what is retained, one after the other, and returns with
    /// them what is left over.
    fn of(retained: Money, [credits, payouts, third_party, annual]: [Money; 4]) -> (Self, Money) {
        let mut left = retained.positive();
        let mut above = Money::ZERO;
        let mut meet = |receipt: Money| {
            let met = receipt.min(left);
            left -= met;
            above += receipt - met;
            met
        };
        let met = Self {
            credits: meet(credits),
            payouts: meet(payouts),
            third_party: meet(third_party),
            annual: meet(annual),
        };
        (met, above)
    }

    /// Returns all that was met.
    #[must_use]
    pub fn total(&self) -> Money {
        self.credits + self.payouts + self.third_party + self.annual
    }
}

/// What a cover answered, and what its tower made of it.
#[derive(Clone, Debug)]
pub struct Recovery {
    /// The cover's own answer.
    pub response: Response,
    /// The tower's, where there is one.
    pub tower: Option<TowerResponse>,
    /// What is given up so that recoveries come to no more than the loss.
    pub given_up: Money,
    /// What is paid in the end.
    pub paid: Money,
}

impl Recovery {
    /// Returns what each layer pays, or the cover where it has no tower.
    #[must_use]
    pub fn by_layer(&self) -> Vec<Money> {
        let layers = |tower: &TowerResponse| tower.layers.iter().map(|layer| layer.paid).collect();
        self.tower.as_ref().map_or_else(|| vec![self.paid], layers)
    }
}

impl<'s> Waterfall<'s> {
    /// Runs the scenario's outage, of one duration, through a fresh policy year.
    ///
    /// # Panics
    ///
    /// If the two reconciliations do not meet: a fault of this program.
    #[must_use]
    pub fn new(scenario: &'s Scenario, duration: Hours) -> Self {
        Self::after(scenario, &scenario.outage, duration, &PolicyYear::default())
    }

    /// Runs an outage through the scenario, after what the policy year has seen.
    ///
    /// # Panics
    ///
    /// As [`Waterfall::new`].
    #[must_use]
    pub fn after(scenario: &'s Scenario, outage: &Outage, duration: Hours, opening: &PolicyYear) -> Self {
        let sum = |amounts: &[Money]| amounts.iter().copied().sum::<Money>();
        let places = 0..scenario.lines.len();
        let lines: Vec<_> = places.map(|line| scenario.lost_profit(line, outage, duration)).collect();
        let lost_revenue: Vec<Money> = lines.iter().map(|line| line.lost_revenue().total()).collect();
        let of_line = |(line, lost): (usize, &Money)| OfLine {
            lost_revenue: *lost,
            failed_over: scenario.fails_over(line, outage, duration),
        };
        let of_lines: Vec<OfLine> = lost_revenue.iter().enumerate().map(of_line).collect();
        let outflows: Vec<Money> =
            scenario.outflows.iter().map(|outflow| outflow.terms.of(duration, &of_lines)).collect();

        let gross = sum(&lost_revenue);
        let recaptured: Money = lines.iter().map(LostProfit::recaptured).sum();
        let saved: Money = lines.iter().map(LostProfit::saved).sum();
        let profit: Money = lines.iter().map(LostProfit::total).sum();
        let mut suppliers = suppliers::credits(scenario, outage, duration);
        let credits: Vec<Money> = suppliers.iter().map(FromSupplier::inured).collect();
        let credited = sum(&credits);
        let economic_loss = profit + sum(&outflows) - credited;

        let presented =
            recover::Presented { scenario, outage, duration, lines: &lines, outflows: &outflows, credited };
        let (mut covers, mut retained) = recover::recover(&presented, opening);
        let recovered: Money = covers.iter().map(|cover| cover.paid).sum();
        let seen =
            observe::Event { start: outage.start, duration, lines: &lines, economic_loss, recovered };
        let (parametrics, mut hedges) = observe::settle(scenario, &seen, opening);
        let mut payouts: Vec<Money> = parametrics.iter().map(|cover| cover.paid).collect();
        for cover in &covers {
            if let Some(tower) = &cover.tower {
                retained.add(&tower.retained);
            }
        }
        let mut heads = ByHead::default();
        heads[Head::LostProfit as usize] = profit;
        for (outflow, amount) in scenario.outflows.iter().zip(&outflows) {
            heads[outflow.terms.head as usize] += *amount;
        }
        suppliers::claim(scenario, outage, &heads, economic_loss, &covers, &mut suppliers);
        let subrogation = suppliers::subrogation(&suppliers, &covers);
        let third_party: Vec<Money> = suppliers.iter().map(FromSupplier::received).collect();
        let elsewhere = sum(&third_party);
        settle::hold_to_loss(
            scenario,
            economic_loss,
            &mut covers,
            (&mut payouts, &mut hedges),
            elsewhere,
            &mut retained,
        );
        // What no cover took of the credits meets what covers leave with us.
        let settled: Money = hedges.iter().map(|hedge| hedge.payoff.positive()).sum();
        let taken: Money = covers.iter().map(|cover| cover.response.credited).sum();
        let receipts = [credited - taken, sum(&payouts) + settled, sum(&third_party)];
        let [credits_left, paid_out, received] = receipts;
        let kept = retained.total();
        let kept = kept - Met::of(kept, [credits_left, paid_out, received, Money::ZERO]).0.total();
        let kept_by_cover = covers.iter().enumerate().map(|(place, cover)| {
            let tower = cover.tower.as_ref().map_or(Money::ZERO, |tower| tower.retained.total());
            let so_far = opening.kept.get(place).copied().unwrap_or_default();
            so_far + cover.response.retained.total() + tower
        });
        let year = PolicyYear {
            outages: opening.outages + 1,
            covers: covers.iter().map(|cover| cover.response.year.clone()).collect(),
            towers: covers
                .iter()
                .map(|cover| cover.tower.as_ref().map(|tower| tower.year.clone()).unwrap_or_default())
                .collect(),
            retained: opening.retained + kept,
            claims: charges::claims(opening, &covers),
            payouts: charges::payouts(opening, &payouts),
            hedges: charges::settled(opening, &hedges),
            needed: opening.needed,
            kept: kept_by_cover.collect(),
        };
        let annual = given_by_annual_covers(scenario, opening, &year);
        let receipts = [credits_left, paid_out, received, sum(&annual)];

        let haircut = settle::haircuts(scenario, &covers, &payouts, &hedges, &suppliers, &annual);
        let lost = haircut.total();
        retained[Reason::Dispute] = lost.dispute;
        retained[Reason::CounterpartyDefault] = lost.default;
        retained[Reason::TimeValue] = lost.time;
        let (met, recovery_above_loss) = Met::of(retained.total(), receipts);

        let mut waterfall = Self {
            start: outage.start,
            duration,
            lines,
            outflows,
            credits,
            covers,
            payouts,
            parametrics,
            hedges,
            third_party,
            annual,
            suppliers,
            subrogation,
            haircut,
            gross,
            recaptured,
            saved,
            economic_loss,
            charges: vec![],
            liquidity: None,
            programme_cost: Money::ZERO,
            retained,
            met,
            recovery_above_loss,
            net: Money::ZERO,
            year,
        };
        waterfall.charge(scenario, opening);
        waterfall.net = waterfall.net_by_lines();
        waterfall.reconcile();
        waterfall
    }

    /// Returns what all outflows come to.
    #[must_use]
    pub fn outflow(&self) -> Money {
        self.outflows.iter().copied().sum()
    }

    /// Returns what all supplier credits come to.
    #[must_use]
    pub fn credited(&self) -> Money {
        self.credits.iter().copied().sum()
    }

    /// Returns what all indemnity covers pay.
    #[must_use]
    pub fn recovered(&self) -> Money {
        self.covers.iter().map(|cover| cover.paid).sum()
    }

    /// Returns the premium that falls due for reinstatement of layers.
    #[must_use]
    pub fn reinstatement_premium(&self) -> Money {
        let towers = self.covers.iter().filter_map(|cover| cover.tower.as_ref());
        towers.map(TowerResponse::reinstatement_premium).sum()
    }

    /// Returns what all parametric covers and hedges pay.
    #[must_use]
    pub fn paid_out(&self) -> Money {
        let settled: Money = self.hedges.iter().map(|hedge| hedge.payoff.positive()).sum();
        self.payouts.iter().copied().sum::<Money>() + settled
    }

    /// Returns what hedges cost that run against us, as an amount that we pay.
    #[must_use]
    pub fn paid_on_hedges(&self) -> Money {
        self.hedges.iter().map(|hedge| (-hedge.payoff).positive()).sum()
    }

    /// Returns what the scenario's hedges see of this outage.
    pub fn seen(&self) -> impl Seen + '_ {
        observe::Event {
            start: self.start,
            duration: self.duration,
            lines: &self.lines,
            economic_loss: self.economic_loss,
            recovered: self.covers.iter().map(|cover| cover.paid + cover.given_up).sum(),
        }
    }

    /// Returns what third parties and annual covers pay.
    #[must_use]
    pub fn received_elsewhere(&self) -> Money {
        self.third_party.iter().chain(&self.annual).copied().sum()
    }

    /// Returns what recoveries lose to dispute, default and delay.
    #[must_use]
    pub fn haircuts(&self) -> Money {
        [Reason::Dispute, Reason::CounterpartyDefault, Reason::TimeValue]
            .into_iter()
            .map(|reason| self.retained[reason])
            .sum()
    }

    /// Returns the part of the largest possible loss of sales that was avoided or
    /// made up; nothing where nothing could be lost.
    #[must_use]
    pub fn resilience(&self) -> Option<f64> {
        let largest = self.lines.iter().map(|line| line.lost_revenue().largest(self.duration)).sum();
        resilience(largest, self.gross - self.recaptured)
    }

    /// Returns net loss added up line by line.
    #[must_use]
    pub fn net_by_lines(&self) -> Money {
        self.gross - self.recaptured - self.saved + self.outflow()
            - self.credited()
            - self.recovered()
            - self.paid_out()
            + self.paid_on_hedges()
            - self.received_elsewhere()
            + self.haircuts()
            + self.programme_cost
    }

    /// Returns net loss added up by reason, the second way to the same number.
    #[must_use]
    pub fn net_by_reason(&self) -> Money {
        self.retained.total() - self.met.total() - self.recovery_above_loss
            + self.paid_on_hedges()
            + self.programme_cost
    }

    fn reconcile(&self) {
        let largest = [
            self.gross,
            self.economic_loss,
            self.recovered(),
            self.paid_out(),
            self.paid_on_hedges(),
            self.programme_cost,
        ];
        let slack = 1e-6_f64.max(1e-11 * largest.into_iter().fold(Money::ZERO, Money::max).0);
        let from_loss = self.economic_loss - self.recovered() - self.paid_out() - self.received_elsewhere()
            + self.paid_on_hedges()
            + self.haircuts()
            + self.programme_cost;
        for (way, net) in [("from the loss", from_loss), ("by reason", self.net_by_reason())] {
            assert!(
                (net.0 - self.net.0).abs() <= slack,
                "waterfall of {} h does not reconcile {way}: {} against {}",
                self.duration.0,
                net.0,
                self.net.0,
            );
        }
    }
}

/// Returns what each annual cover gives one outage: what it has paid of the year
/// after it, less what it had paid before.
fn given_by_annual_covers(scenario: &Scenario, before: &PolicyYear, after: &PolicyYear) -> Vec<Money> {
    let terms = || scenario.annuals.iter().map(|annual| &annual.terms.annual);
    let (then, now) = (annual::paid(terms(), before), annual::paid(terms(), after));
    now.into_iter().zip(then).map(|((_, now), (_, then))| now - then).collect()
}
