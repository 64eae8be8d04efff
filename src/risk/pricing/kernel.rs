//! Kernel: a programme that prices a block of outages column by column.

use std::fmt;

use super::claim::Terms;
use super::curve::{Course, Curve};
use crate::annual::PolicyYear;
use crate::cost::Premium;
use crate::hedge::{Index, Level, Parametric, PerHour, Schedule};
use crate::mitigation::{Discontinued, Fade, OfLine, Outflow, Overtime, Recapture};
use crate::quantity::{Hours, Money, Share};
use crate::reason::Reason;
use crate::recovery::{OverRecovery, ProgrammeQuality};
use crate::risk::losses::BATCH;
use crate::risk::simulation::Year;
use crate::risk::{Events, Losses};
use crate::scenario::{Line, Named, ParametricPolicy, Policy, Scenario};
use crate::waterfall::cost_of;
use crate::wide::{Columns, wide};

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
    covers: Vec<PlainCover>,
    payouts: Vec<&'s Parametric>,
    /// What the programme costs, whatever the year brings.
    cost: f64,
    /// Places of the first measures of covers, payouts and exhausted limits.
    columns: [usize; 3],
}

/// A line whose profit is a part of its lost revenue.
#[derive(Clone, Debug)]
struct PlainLine {
    curve: Curve,
    course: Course,
    dependency: f64,
    recapture: Recapture,
    saved_cost_rate: Share,
    /// The first cover that names it, and whether that answers to the cause.
    owner: Option<(usize, bool)>,
}

#[derive(Clone, Debug)]
struct PlainCover {
    terms: Terms,
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
            (0..scenario.lines.len()).map(|line| plain_line(scenario, line, year)).collect();
        let covers: Result<Vec<_>, _> = scenario.covers.iter().map(plain_cover).collect();
        let payouts: Result<Vec<_>, _> = scenario.parametrics.iter().map(plain_payout).collect();
        let (lines, covers, payouts) = (lines?, covers?, payouts?);
        let covers_from = super::Measure::WITH_TAIL.len() + 1;
        let payouts_from = covers_from + covers.len();
        let exhausted_from = payouts_from + payouts.len();
        Ok(Self {
            lines,
            outflows: scenario.outflows.iter().map(|outflow| &outflow.terms).collect(),
            covers,
            payouts,
            cost: cost_of(scenario, &PolicyYear::default()).0,
            columns: [covers_from, payouts_from, exhausted_from],
        })
    }

    pub(super) fn price(&self, events: &Events, losses: &mut Losses, scratch: &mut Scratch) {
        let outages = events.outages();
        scratch.room(self.lines.len(), outages);
        self.lose(events, losses, scratch);
        let [covers_from, payouts_from, exhausted_from] = self.columns;
        for place in 0..self.covers.len() {
            self.cover(place, events, losses, scratch);
            add_to_years(events, &scratch.claims, &mut losses.columns[covers_from + place]);
            losses.note(2 + place, &scratch.claims);
            for outage in scratch.exhausted.drain(..) {
                losses.columns[exhausted_from + place][events.years[outage as usize] as usize] = 1.0;
            }
        }
        for (place, payout) in self.payouts.iter().enumerate() {
            pay(payout, events, &mut scratch.one);
            add_to_years(events, &scratch.one, &mut losses.columns[payouts_from + place]);
            losses.note(2 + self.covers.len() + place, &scratch.one);
            wide(Add { to: &mut scratch.payouts, column: &scratch.one });
        }
        let Scratch { loss, paid, payouts, one, .. } = scratch;
        wide(Net { loss, paid, payouts, net: one });
        losses.note(0, loss);
        losses.note(1, one);
        let [gross, net, worst_gross, worst_net, above, cost, ..] = &mut losses.columns[..] else { return };
        add_to_years(events, loss, gross);
        worst_of_years(events, loss, gross, worst_gross);
        add_to_years(events, one, net);
        worst_of_years(events, one, net, worst_net);
        cost.fill(self.cost);
        net.iter_mut().for_each(|net| *net += self.cost);
        if !self.payouts.is_empty() {
            wide(Above { loss, paid, payouts, above: one });
            add_to_years(events, one, above);
        }
    }

    /// Fills in what each outage loses.
    fn lose(&self, events: &Events, losses: &mut Losses, scratch: &mut Scratch) {
        let Scratch { lost, ends, left, loss, of_lines, sums, .. } = scratch;
        for (place, (((line, lost), ends), left)) in
            self.lines.iter().zip(&mut *lost).zip(ends).zip(left).enumerate()
        {
            if let Course::Total = line.course {
                line.curve.fill(&events.starts, |outage| events.durations[outage], ends);
                line.curve.fill(&events.starts, |_| 0.0, lost);
                wide(Between { to: ends, from: lost, dependency: line.dependency });
            } else {
                let outages = events.starts.iter().zip(&events.durations);
                for (lost, (start, duration)) in lost.iter_mut().zip(outages) {
                    let whole = (0.0, f64::INFINITY);
                    *lost = line.course.lost(&line.curve, *start, *duration, whole) * line.dependency;
                }
            }
            strike(events, place, lost);
            for (left, duration) in left.iter_mut().zip(&events.durations) {
                *left = line.left(*duration);
            }
            wide(Scale { column: lost, by: left, into: &mut scratch.one });
            wide(Add { to: loss, column: &scratch.one });
            if line.owner.is_none() {
                sum(events, &scratch.one, &mut sums[0]);
                keep(losses, Reason::NotCovered, &sums[0], 1.0);
            }
        }
        if self.outflows.is_empty() {
            return;
        }
        let one = &mut scratch.one;
        for (place, (one, duration)) in one.iter_mut().zip(&events.durations).enumerate() {
            of_lines.clear();
            let failed_over = Share::NONE;
            let of_line = |lost: &Vec<f64>| OfLine { lost_revenue: Money(lost[place]), failed_over };
            of_lines.extend(lost.iter().map(of_line));
            let flows = self.outflows.iter().map(|outflow| outflow.of(Hours(*duration), of_lines));
            *one = flows.sum::<Money>().0;
        }
        wide(Add { to: loss, column: one });
        sum(events, one, &mut sums[0]);
        keep(losses, Reason::NotCovered, &sums[0], 1.0);
    }

    /// Works out what a cover pays of each outage, and what it leaves with us.
    fn cover(&self, place: usize, events: &Events, losses: &mut Losses, scratch: &mut Scratch) {
        let Scratch { lost, ends, left, claims, paid, one, exhausted, sums: [before, after], .. } = scratch;
        let terms = &self.covers[place].terms;
        let (until, from) = (terms.period_ends(), terms.trimmed());
        claims.fill(0.0);
        one.fill(0.0);
        for (at, (((line, lost), ends), left)) in
            self.lines.iter().zip(lost).zip(ends).zip(left).enumerate()
        {
            match line.owner {
                Some((owner, true)) if owner == place => {}
                Some((owner, false)) if owner == place => {
                    // The cover refuses the peril: all that it names stays with us.
                    wide(Scale { column: lost, by: left, into: claims });
                    sum(events, claims, before);
                    keep(losses, Reason::ExcludedPeril, before, 1.0);
                    claims.fill(0.0);
                    continue;
                }
                _ => continue,
            }
            wide(Scale { column: lost, by: left, into: one });
            sum(events, one, before);
            if terms.takes_all() {
                wide(Add { to: claims, column: one });
                continue;
            }
            let outages = events.starts.iter().zip(&events.durations).zip(left.iter());
            let lost = |start: &f64, duration: &f64, left: &f64, span| {
                line.course.lost(&line.curve, *start, *duration, span) * line.dependency * left
            };
            if until.is_finite() {
                for (one, ((start, duration), left)) in one.iter_mut().zip(outages.clone()) {
                    let until = if terms.met(*duration) { until } else { f64::INFINITY };
                    *one = lost(start, duration, left, (0.0, until));
                }
                strike(events, at, one);
                sum(events, one, after);
                keep(losses, Reason::IndemnityPeriod, before, 1.0);
                keep(losses, Reason::IndemnityPeriod, after, -1.0);
                std::mem::swap(before, after);
            }
            if let (Course::Total, false) = (&line.course, until.is_finite()) {
                line.curve.fill(&events.starts, |outage| from.min(events.durations[outage]), one);
                wide(Between { to: ends, from: one, dependency: line.dependency });
                wide(Met { terms, durations: &events.durations, left, column: one });
            } else {
                for (one, ((start, duration), left)) in one.iter_mut().zip(outages) {
                    let met = f64::from(u8::from(terms.met(*duration)));
                    *one = met * lost(start, duration, left, (from, until.max(from)));
                }
            }
            strike(events, at, one);
            sum(events, one, after);
            keep(losses, Reason::WaitingPeriod, before, 1.0);
            keep(losses, Reason::WaitingPeriod, after, -1.0);
            wide(Add { to: claims, column: one });
        }
        sum(events, claims, before);
        terms.pass(events, claims, exhausted, |reason, claims| {
            sum(events, claims, after);
            keep(losses, reason, before, 1.0);
            keep(losses, reason, after, -1.0);
            std::mem::swap(before, after);
        });
        wide(Add { to: paid, column: claims });
    }
}

fn plain_line(scenario: &Scenario, place: usize, year: &Year) -> Result<PlainLine, NeedsWaterfall> {
    let Named { id, terms, .. } = &scenario.lines[place];
    let Line {
        profile,
        origin,
        profile_from: _,
        dependency,
        provider: _,
        path,
        without_measure: _,
        recapture,
        saved_cost_rate,
        discontinued,
        salvage,
        damage,
    } = terms;
    let plain = |plain: bool, term| {
        if plain { Ok(()) } else { Err(NeedsWaterfall::of(term).in_part(id)) }
    };
    plain(damage.is_none(), "a damage function")?;
    plain(
        *salvage == Money::ZERO && *discontinued == Discontinued::default(),
        "salvage or charges that stop",
    )?;
    plain(recapture.queue.is_none(), "a queue of sales")?;
    plain(recapture.overtime == Overtime::default(), "overtime")?;
    let course = Course::of(path).ok_or_else(|| NeedsWaterfall::of("its service path").in_part(id))?;
    let causes: Vec<_> =
        scenario.perils.iter().map(|peril| owner(scenario, place, peril.terms.cause)).collect();
    let owner = causes.first().copied().flatten();
    plain(causes.iter().all(|of_cause| *of_cause == owner), "perils for which different covers answer")?;
    Ok(PlainLine {
        curve: Curve::new(profile, year.first - *origin),
        course,
        dependency: dependency.get(),
        recapture: *recapture,
        saved_cost_rate: *saved_cost_rate,
        owner,
    })
}

/// Returns the cover that is asked for a line's profit, and whether it answers to
/// the cause: the first that does, or failing that the first that names the line.
fn owner(scenario: &Scenario, line: usize, cause: Option<crate::outage::Cause>) -> Option<(usize, bool)> {
    let covers = || scenario.covers.iter().map(|policy| &policy.terms.cover);
    let answers = covers().position(|cover| cover.lines.contains(&line) && cover.perils.include(cause));
    answers
        .map(|cover| (cover, true))
        .or_else(|| covers().position(|cover| cover.lines.contains(&line)).map(|cover| (cover, false)))
}

fn plain_cover(policy: &Named<Policy>) -> Result<PlainCover, NeedsWaterfall> {
    let Policy { cover, tower, quality, premium, stated_in: _ } = &policy.terms;
    let in_part = |needs: NeedsWaterfall| needs.in_part(&policy.id);
    let plain = |plain: bool, term| if plain { Ok(()) } else { Err(in_part(NeedsWaterfall::of(term))) };
    plain(tower.is_none(), "a tower")?;
    plain(quality.is_none(), "the quality of its money")?;
    plain(even(premium), "a premium that follows the losses")?;
    Ok(PlainCover { terms: Terms::of(cover).map_err(in_part)? })
}

fn plain_payout(policy: &Named<ParametricPolicy>) -> Result<&Parametric, NeedsWaterfall> {
    let ParametricPolicy { parametric, quality, premium, stated_in: _ } = &policy.terms;
    let plain = |plain: bool, term| {
        if plain { Ok(()) } else { Err(NeedsWaterfall::of(term).in_part(&policy.id)) }
    };
    plain(quality.is_none(), "the quality of its money")?;
    plain(even(premium), "a premium that follows the losses")?;
    plain(matches!(parametric.index, Index::OutageHours), "its index")?;
    plain(parametric.only_if.is_none(), "a second trigger")?;
    plain(!matches!(parametric.schedule, Schedule::Loss { .. }), "a payout of the loss itself")?;
    Ok(parametric)
}

/// Whether a premium is the same in every year.
fn even(premium: &Premium) -> bool {
    premium.swing.is_none() && premium.no_claims_bonus.is_none() && premium.profit_commission.is_none()
}

impl PlainLine {
    /// Returns what an hour's lost revenue leaves of profit lost.
    #[inline(always)]
    fn left(&self, duration: f64) -> f64 {
        let made_up = match self.recapture.fade {
            Fade::None => self.recapture.factor,
            _ => self.recapture.after(Hours(duration)),
        };
        made_up.rest().get() * self.saved_cost_rate.rest().get()
    }
}

/// Fills in what a parametric cover pays of each outage.
fn pay(cover: &Parametric, events: &Events, column: &mut [f64]) {
    match &cover.schedule {
        Schedule::PerHour(per_hour) => {
            wide(PayByHour {
                per_hour: *per_hour,
                limit: cover.limit,
                durations: &events.durations,
                column,
            });
        }
        schedule => {
            for (paid, duration) in column.iter_mut().zip(&events.durations) {
                *paid = schedule.pays_by(Level(*duration)).at_most(cover.limit).0;
            }
        }
    }
    let Some(limit) = cover.annual_limit else { return };
    let (mut year, mut paid) = (u32::MAX, Money::ZERO);
    for (payout, of) in column.iter_mut().zip(&events.years) {
        if year != *of {
            (year, paid) = (*of, Money::ZERO);
        }
        let within = Money(*payout).at_most(Some((limit - paid).positive()));
        *payout = within.0;
        paid += within;
    }
}

impl Scratch {
    fn room(&mut self, lines: usize, outages: usize) {
        for columns in [&mut self.lost, &mut self.ends, &mut self.left] {
            columns.resize_with(lines, Vec::new);
            columns.iter_mut().for_each(|column| column.resize(outages, 0.0));
        }
        for column in [&mut self.loss, &mut self.claims, &mut self.paid, &mut self.payouts, &mut self.one] {
            column.clear();
            column.resize(outages, 0.0);
        }
    }
}

/// Takes more or less of a line, as each outage strikes it.
fn strike(events: &Events, line: usize, column: &mut [f64]) {
    for (lost, struck) in column.iter_mut().zip(&events.struck) {
        *lost *= struck.factor(line);
    }
}

/// Adds each outage's amount to its year.
fn add_to_years(events: &Events, amounts: &[f64], years: &mut [f64]) {
    for (amount, year) in amounts.iter().zip(&events.years) {
        years[*year as usize] += amount;
    }
}

/// Fills in the worst outage of each year, and nothing where all left a gain.
fn worst_of_years(events: &Events, amounts: &[f64], totals: &[f64], worst: &mut [f64]) {
    wide(Positive { column: totals, into: worst });
    for year in &events.busy {
        let of_year = &amounts[events.of_year(*year as usize)];
        worst[*year as usize] = of_year.iter().copied().fold(0.0, f64::max);
    }
}

/// Adds a column up, batch of years by batch of years.
fn sum(events: &Events, column: &[f64], sums: &mut Vec<f64>) {
    sums.clear();
    let mut from = 0;
    for batch in events.ends.chunks(BATCH) {
        let until = batch[batch.len() - 1] as usize;
        sums.push(wide(Sum { column: &column[from..until] }));
        from = until;
    }
}

fn keep(losses: &mut Losses, reason: Reason, sums: &[f64], sign: f64) {
    for (retained, sum) in losses.retained.iter_mut().zip(sums) {
        retained[reason as usize] += sign * sum;
    }
}

macro_rules! columns {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),* } = $run:expr) => {
        $(#[$doc])*
        struct $name<'c> { $($field: $kind),* }

        impl Columns for $name<'_> {
            type Output = ();

            #[inline(always)]
            fn run(self) {
                let Self { $($field),* } = self;
                $run
            }
        }
    };
}

columns!(Add { to: &'c mut [f64], column: &'c [f64] } =
    to.iter_mut().zip(column).for_each(|(to, amount)| *to += amount));

columns!(
/// Revenue lost between two moments, as far as it depends on the service.
Between { to: &'c [f64], from: &'c mut [f64], dependency: f64 } =
for (from, to) in from.iter_mut().zip(to) {
    *from = (to - *from) * dependency;
});

columns!(
/// Profit of the outages that meet the wait.
Met { terms: &'c Terms, durations: &'c [f64], left: &'c [f64], column: &'c mut [f64] } =
for ((lost, duration), left) in column.iter_mut().zip(durations).zip(left) {
    *lost = if terms.met(*duration) { *lost * left } else { 0.0 };
});

columns!(Scale { column: &'c [f64], by: &'c [f64], into: &'c mut [f64] } =
for ((into, amount), by) in into.iter_mut().zip(column).zip(by) {
    *into = amount * by;
});

columns!(Positive { column: &'c [f64], into: &'c mut [f64] } =
    into.iter_mut().zip(column).for_each(|(into, amount)| *into = amount.max(0.0)));

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

columns!(PayByHour { per_hour: PerHour, limit: Option<Money>, durations: &'c [f64], column: &'c mut [f64] } =
for (paid, duration) in column.iter_mut().zip(durations) {
    *paid = per_hour.pay(Hours(*duration)).at_most(limit).0;
});

struct Sum<'c> {
    column: &'c [f64],
}

impl Columns for Sum<'_> {
    type Output = f64;

    /// Adds up in eight lanes: the order is the same on every machine.
    #[inline(always)]
    fn run(self) -> f64 {
        const LANES: usize = 8;
        let mut lanes = [0.0; LANES];
        let chunks = self.column.chunks_exact(LANES);
        let rest: f64 = chunks.remainder().iter().sum();
        for chunk in chunks {
            for (lane, amount) in lanes.iter_mut().zip(chunk) {
                *lane += amount;
            }
        }
        lanes.iter().sum::<f64>() + rest
    }
}
