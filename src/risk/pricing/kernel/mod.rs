//! Kernel: a programme that prices a block of outages column by column.

mod columns;
mod covers;
mod layers;
mod lines;
mod payouts;

use std::fmt;

use self::columns::{Add, add_to_years, add_to_years_with_worst, columns};
use self::covers::PlainCover;
use self::lines::PlainLine;
use crate::annual::PolicyYear;
use crate::cost::Premium;
use crate::hedge::Parametric;
use crate::mitigation::{OfLine, Outflow};
use crate::recovery::{OverRecovery, ProgrammeQuality};
use crate::risk::simulation::Year;
use crate::risk::{Events, Losses, Measure, Subject};
use crate::scenario::Scenario;
use crate::waterfall::cost_of;
use crate::wide::wide;

/// Why a programme cannot be priced column by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedsWaterfall {
    part: Option<String>,
    term: &'static str,
}

impl NeedsWaterfall {
    pub(super) fn of(term: &'static str) -> Self {
        Self { part: None, term }
    }

    pub(super) fn asked_for() -> Self {
        Self::of("it was asked for")
    }

    fn in_part(self, id: &str) -> Self {
        Self { part: Some(id.to_owned()), ..self }
    }
}

impl fmt::Display for NeedsWaterfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Some(part) => write!(f, "{part}: {}", self.term),
            None => write!(f, "{}", self.term),
        }
    }
}

/// A programme whose terms need no more than amounts and hours.
#[derive(Clone, Debug)]
pub struct Kernel<'s> {
    lines: Vec<PlainLine>,
    outflows: Vec<&'s Outflow>,
    covers: Vec<PlainCover<'s>>,
    payouts: Vec<&'s Parametric>,
    /// What the programme costs, whatever the year brings.
    cost: f64,
    /// Places of the first measures of covers and of payouts.
    columns: [usize; 2],
}

/// Columns that a kernel works in.
#[derive(Clone, Debug, Default)]
pub(super) struct Scratch {
    /// Lost revenue of each line.
    lost: Vec<Vec<f64>>,
    /// Revenue until the end of each outage, for each line that is lost as a whole.
    ends: Vec<Vec<f64>>,
    /// What lost revenue leaves of profit, for each line.
    left: Vec<Vec<f64>>,
    loss: Vec<f64>,
    claims: Vec<f64>,
    paid: Vec<f64>,
    payouts: Vec<f64>,
    one: Vec<f64>,
    of_lines: Vec<OfLine>,
    exhausted: Vec<u32>,
    tower: layers::Scratch,
    sums: [Vec<f64>; 2],
}

impl<'s> Kernel<'s> {
    /// Reads a programme.
    ///
    /// # Errors
    ///
    /// Names the first term for which an outage needs its whole waterfall.
    pub fn new(scenario: &'s Scenario, year: &Year) -> Result<Self, NeedsWaterfall> {
        let plain = |plain: bool, term| if plain { Ok(()) } else { Err(NeedsWaterfall::of(term)) };
        plain(scenario.hedges.is_empty(), "hedges beside parametric covers")?;
        plain(scenario.suppliers.is_empty(), "suppliers")?;
        plain(scenario.annuals.is_empty(), "covers of the year as a whole")?;
        plain(scenario.credit_lines.is_empty(), "credit lines")?;
        plain(scenario.recovery_quality == ProgrammeQuality::default(), "the quality of recoveries")?;
        plain(scenario.over_recovery == OverRecovery::Report, "a rule that holds recoveries to the loss")?;
        plain(scenario.outage.interruptions.count() == 1, "interruptions within an outage")?;
        let lines: Result<Vec<_>, _> =
            (0..scenario.lines.len()).map(|line| lines::plain_line(scenario, line, year)).collect();
        let measures = Subject::of(scenario).measures();
        let covers = scenario.covers.iter().enumerate();
        let covers: Result<Vec<_>, _> =
            covers.map(|(place, policy)| covers::plain_cover(policy, place, &measures)).collect();
        let payouts: Result<Vec<_>, _> = scenario.parametrics.iter().map(payouts::plain_payout).collect();
        let (lines, covers, payouts) = (lines?, covers?, payouts?);
        let covers_from = Measure::FIRST.len();
        let payouts_from = covers_from + covers.len();
        Ok(Self {
            lines,
            outflows: scenario.outflows.iter().map(|outflow| &outflow.terms).collect(),
            covers,
            payouts,
            cost: cost_of(scenario, &PolicyYear::default()).0,
            columns: [covers_from, payouts_from],
        })
    }

    pub(super) fn price(&self, events: &Events, losses: &mut Losses, scratch: &mut Scratch) {
        let outages = events.outages();
        scratch.room(self.lines.len(), outages);
        self.lose(events, losses, scratch);
        let [covers_from, payouts_from] = self.columns;
        for place in 0..self.covers.len() {
            self.cover(place, events, losses, scratch);
            add_to_years(events, &scratch.claims, &mut losses.columns[covers_from + place]);
            losses.note(2 + place, &scratch.claims);
        }
        for (place, payout) in self.payouts.iter().enumerate() {
            payouts::pay(payout, events, &mut scratch.one);
            add_to_years(events, &scratch.one, &mut losses.columns[payouts_from + place]);
            losses.note(2 + self.covers.len() + place, &scratch.one);
            wide(Add { to: &mut scratch.payouts, column: &scratch.one });
        }
        let Scratch { loss, paid, payouts, one, .. } = scratch;
        wide(Net { loss, paid, payouts, net: one });
        losses.note(0, loss);
        losses.note(1, one);
        // A year without an outage costs what the programme costs.
        let of_net = [Measure::Net, Measure::Cost];
        for (idle, measure) in losses.idle.iter_mut().zip(Measure::FIRST) {
            *idle = if of_net.contains(&measure) { self.cost } else { 0.0 };
        }
        let [gross, net, worst_gross, worst_net, above, cost, ..] = &mut losses.columns[..] else { return };
        add_to_years_with_worst(events, loss, [gross, worst_gross]);
        add_to_years_with_worst(events, one, [net, worst_net]);
        cost.fill(self.cost);
        net.iter_mut().for_each(|net| *net += self.cost);
        if !self.payouts.is_empty() {
            wide(Above { loss, paid, payouts, above: one });
            add_to_years(events, one, above);
        }
    }
}

impl Scratch {
    fn room(&mut self, lines: usize, outages: usize) {
        for columns in [&mut self.lost, &mut self.ends, &mut self.left] {
            columns.resize_with(lines, Vec::new);
            columns.iter_mut().for_each(|column| column.resize(outages, 0.0));
        }
        for column in [&mut self.loss, &mut self.claims, &mut self.paid, &mut self.payouts, &mut self.one] {
            column.resize(outages, 0.0);
        }
        for sum in [&mut self.loss, &mut self.paid, &mut self.payouts] {
            sum.fill(0.0);
        }
    }
}

/// Whether a premium is the same in every year.
fn even(premium: &Premium) -> bool {
    premium.swing.is_none() && premium.no_claims_bonus.is_none() && premium.profit_commission.is_none()
}

columns!(Net { loss: &'c [f64], paid: &'c [f64], payouts: &'c [f64], net: &'c mut [f64] } =
for (((net, loss), paid), payouts) in net.iter_mut().zip(loss).zip(paid).zip(payouts) {
    *net = loss - paid - payouts;
});

columns!(
/// What payouts bring beyond the loss that covers leave.
Above { loss: &'c [f64], paid: &'c [f64], payouts: &'c [f64], above: &'c mut [f64] } =
for (((above, loss), paid), payouts) in above.iter_mut().zip(loss).zip(paid).zip(payouts) {
    *above = (payouts - (loss - paid).max(0.0)).max(0.0);
});
