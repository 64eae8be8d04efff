//! Waterfall: the steps from lost revenue to net loss, each won with an owner.

use crate::cover::{Cover, Measured, Response};
use crate::mitigation::{Head, LostProfit};
use crate::quantity::{Hours, Money};
use crate::reason::{Reason, Retained};
use crate::scenario::Scenario;
use crate::tower::TowerResponse;

/// One outage of one duration, from lost revenue to what stays with us.
///
/// # Formula
///
/// ```text
/// economic loss = gross - recaptured - saved + outflows
/// net           = economic loss - recoveries - payouts + programme cost
///               = retained by reason - met by payouts - recovery above loss
///                 + programme cost
/// ```
///
/// `gross` is lost revenue. Both lines hold to rounding for every input, and
/// are checked whenever a waterfall is made.
#[derive(Clone, Debug)]
pub struct Waterfall<'s> {
    /// How long the outage lasted.
    pub duration: Hours,
    /// What each line lost.
    pub lines: Vec<LostProfit<'s>>,
    /// What each outflow came to.
    pub outflows: Vec<Money>,
    /// What each cover answered.
    pub covers: Vec<Recovery>,
    /// What each parametric cover paid.
    pub payouts: Vec<Money>,
    /// Lost revenue before any measure.
    pub gross: Money,
    /// Sales made up later.
    pub recaptured: Money,
    /// Costs that stopped with the sales.
    pub saved: Money,
    /// Lost profit and outflows: what a CFO calls the loss.
    pub economic_loss: Money,
    /// Premium charged to the event.
    pub programme_cost: Money,
    /// Loss that no cover paid, by reason.
    pub retained: Retained,
    /// Payouts that met a retained loss.
    pub met_by_payouts: Money,
    /// Payouts beyond every retained loss: a gain.
    pub recovery_above_loss: Money,
    /// What stays with us.
    pub net: Money,
}

/// What a cover answered, and what its tower made of it.
#[derive(Clone, Debug)]
pub struct Recovery {
    /// The cover's own answer.
    pub response: Response,
    /// The tower's, where there is one.
    pub tower: Option<TowerResponse>,
    /// What is paid in the end.
    pub paid: Money,
}

impl<'s> Waterfall<'s> {
    /// Runs one duration through the scenario.
    ///
    /// # Panics
    ///
    /// If the two reconciliations do not meet: a fault of this program.
    #[must_use]
    pub fn new(scenario: &'s Scenario, duration: Hours) -> Self {
        let lines: Vec<_> =
            (0..scenario.lines.len()).map(|line| scenario.lost_profit(line, duration)).collect();
        let lost_revenue: Vec<Money> = lines.iter().map(|line| line.lost_revenue().total()).collect();
        let outflows: Vec<Money> =
            scenario.outflows.iter().map(|outflow| outflow.terms.of(duration, &lost_revenue)).collect();

        let gross: Money = lost_revenue.iter().copied().sum();
        let recaptured: Money = lines.iter().map(LostProfit::recaptured).sum();
        let saved: Money = lines.iter().map(LostProfit::saved).sum();
        let profit: Money = lines.iter().map(LostProfit::total).sum();
        let economic_loss = profit + outflows.iter().copied().sum();

        let (covers, mut retained) = recover(scenario, duration, &lines, &outflows);
        let payouts: Vec<Money> =
            scenario.parametrics.iter().map(|hedge| hedge.terms.parametric.payout(duration)).collect();
        let recovered: Money = covers.iter().map(|cover| cover.paid).sum();
        for cover in &covers {
            retained.add(&cover.response.retained);
            if let Some(tower) = &cover.tower {
                retained.add(&tower.retained);
            }
        }

        let programme_cost = scenario.programme_cost();
        let paid_out: Money = payouts.iter().copied().sum();
        let met_by_payouts = paid_out.min(retained.total());
        let waterfall = Self {
            duration,
            lines,
            outflows,
            covers,
            payouts,
            gross,
            recaptured,
            saved,
            economic_loss,
            programme_cost,
            retained,
            met_by_payouts,
            recovery_above_loss: paid_out - met_by_payouts,
            net: economic_loss - recovered - paid_out + programme_cost,
        };
        waterfall.reconcile();
        waterfall
    }

    /// Returns what all indemnity covers pay.
    #[must_use]
    pub fn recovered(&self) -> Money {
        self.covers.iter().map(|cover| cover.paid).sum()
    }

    /// Returns what all parametric covers pay.
    #[must_use]
    pub fn paid_out(&self) -> Money {
        self.payouts.iter().copied().sum()
    }

    /// Returns net loss added up by reason, the second way to the same number.
    #[must_use]
    pub fn net_by_reason(&self) -> Money {
        self.retained.total() - self.met_by_payouts - self.recovery_above_loss + self.programme_cost
    }

    fn reconcile(&self) {
        let by_lines = self.gross - self.recaptured - self.saved + self.outflows.iter().copied().sum()
            - self.recovered()
            - self.paid_out()
            + self.programme_cost;
        let largest = [self.gross, self.economic_loss, self.paid_out(), self.programme_cost];
        let slack = 1e-6_f64.max(1e-11 * largest.into_iter().fold(Money::ZERO, Money::max).0);
        for (way, net) in [("by lines", by_lines), ("by reason", self.net_by_reason())] {
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

/// Presents each loss to the one cover that answers for it.
///
/// A loss goes to the first cover in the file that names its head and line and
/// answers to the cause; failing that, to the first that names it at all, which
/// then refuses the peril. A loss that no cover names is kept as not covered.
fn recover(
    scenario: &Scenario,
    duration: Hours,
    lines: &[LostProfit<'_>],
    outflows: &[Money],
) -> (Vec<Recovery>, Retained) {
    let line_owner = |line: usize| {
        owner(scenario, |cover| cover.heads.contains(&Head::LostProfit) && cover.lines.contains(&line))
    };
    let outflow_owner = |outflow: usize| {
        let head = scenario.outflows[outflow].terms.head;
        owner(scenario, |cover| cover.heads.contains(&head))
    };
    let line_owners: Vec<_> = (0..lines.len()).map(line_owner).collect();
    let outflow_owners: Vec<_> = (0..outflows.len()).map(outflow_owner).collect();

    let covers = scenario.covers.iter().enumerate().map(|(place, policy)| {
        let mine = |owner: &Option<usize>| *owner == Some(place);
        let presented = Measured {
            duration,
            cause: scenario.cause,
            profits: lines.iter().zip(&line_owners).filter(|(_, o)| mine(o)).map(|(l, _)| l).collect(),
            outflows: outflows
                .iter()
                .zip(&outflow_owners)
                .zip(&scenario.outflows)
                .filter(|((_, owner), _)| mine(owner))
                .map(|((amount, _), outflow)| (outflow.terms.head, *amount))
                .collect(),
        };
        let response = policy.terms.cover.respond(&presented);
        let tower = policy.terms.tower.as_ref().map(|tower| tower.respond(response.total()));
        let paid = tower.as_ref().map_or(response.total(), TowerResponse::paid);
        Recovery { response, tower, paid }
    });
    let covers = covers.collect();

    let mut retained = Retained::default();
    let bare_lines = lines.iter().zip(&line_owners).filter(|(_, o)| o.is_none()).map(|(l, _)| l.total());
    let bare_outflows =
        outflows.iter().zip(&outflow_owners).filter(|(_, o)| o.is_none()).map(|(amount, _)| *amount);
    retained[Reason::NotCovered] = bare_lines.chain(bare_outflows).sum();
    (covers, retained)
}

/// Returns the cover that answers for a loss which `names` picks out.
fn owner(scenario: &Scenario, names: impl Fn(&Cover) -> bool) -> Option<usize> {
    let covers = || scenario.covers.iter().map(|policy| &policy.terms.cover);
    let answers = |cover: &Cover| names(cover) && cover.perils.include(scenario.cause);
    covers().position(answers).or_else(|| covers().position(&names))
}
