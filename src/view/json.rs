//! The projection as JSON, `netloss.project/1`: English keys, amounts unrounded
//! in the main unit of the currency.

mod recovery;
mod tower;
mod year;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{basis, clause, id, measures, prices, sources};
use crate::cover::{Bridge, Response};
use crate::mitigation::Head;
use crate::outage::Cause;
use crate::projection::{Kink, KinkCause, Projection, Subject};
use crate::quantity::Money;
use crate::read::library::Source;
use crate::scenario::{Label, Scenario};
use crate::waterfall::{Priced, Waterfall};

/// The version of what this module writes.
pub const SCHEMA: &str = "netloss.project/1";

/// Amounts under names, in the order of the scenario.
pub(super) type Amounts = serde_json::Map<String, serde_json::Value>;

#[derive(Serialize)]
struct Document<'d> {
    schema: &'static str,
    name: Words<'d>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Words<'d>>,
    currency: &'d str,
    timezone: &'d str,
    start: String,
    cause: Option<&'static str>,
    /// The order in which terms apply, where all covers have the same.
    order: Option<&'static str>,
    /// The order of each cover.
    orders: BTreeMap<&'d str, &'static str>,
    premium_counted: &'static str,
    over_recovery: &'static str,
    /// How `borne` shares out what covers and hedges pay.
    attribution: &'static str,
    /// Premiums with their rate on line.
    premiums: BTreeMap<&'d str, prices::Price>,
    waiting_readings: BTreeMap<&'d str, Waiting>,
    /// The policy year, where the scenario states one.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<year::Year>,
    /// Every measure of the plan, in force or left out.
    plan: Vec<measures::Told<'d>>,
    rows: Vec<Row>,
    kinks: Vec<Turn<'d>>,
    /// Hedges held against losses, where the scenario asks for that.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    basis: BTreeMap<String, basis::Measured>,
    dead_zones: Vec<Stretch>,
    falls: Vec<Stretch>,
    assumptions: Vec<Assumption<'d>>,
    reported: Vec<Reported<'d>>,
    /// Every source that is cited, by key, where it is asked for.
    #[serde(flatten)]
    sources: Option<sources::Told<'d>>,
}

#[derive(Serialize)]
struct Words<'d> {
    ko: &'d str,
    en: &'d str,
}

impl<'d> From<&'d Label> for Words<'d> {
    fn from(label: &'d Label) -> Self {
        Self { ko: &label.ko, en: &label.en }
    }
}

#[derive(Serialize)]
struct Waiting {
    hours: f64,
    reading: &'static str,
}

#[derive(Serialize)]
struct Row {
    hours: f64,
    gross: f64,
    recaptured: f64,
    saved: f64,
    outflows: Amounts,
    /// Supplier credits that reduce the loss.
    credits: Amounts,
    economic_loss: f64,
    /// Both forms of a policy in figures, of each cover with a measure of its own.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    measures: BTreeMap<String, Amounts>,
    /// Part of the loss up to which each cover with an average clause is insured.
    #[serde(skip_serializing_if = "Amounts::is_empty")]
    average: Amounts,
    /// When the waits that are met are over, by cover, on other clocks than the outage's.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    waits_over: BTreeMap<String, Vec<f64>>,
    /// What each cover still covers after each step of the order.
    covered_after: BTreeMap<String, Amounts>,
    /// The covered loss of each cover, by head.
    covered: BTreeMap<String, Amounts>,
    recoveries: Amounts,
    /// What each cover gives up so that recoveries come to no more than the loss.
    given_up: Amounts,
    layers: BTreeMap<String, Amounts>,
    /// What each layer takes and has left, by cover and layer.
    tower: tower::Parts,
    /// Premium that falls due for reinstatement of layers.
    reinstatement_premium: f64,
    /// What each carrier pays, by cover and layer.
    carriers: BTreeMap<String, BTreeMap<String, Amounts>>,
    payouts: Amounts,
    /// What each cover and hedge bears of what they pay together.
    borne: Amounts,
    /// What each parametric cover and hedge measured.
    indices: Amounts,
    /// What each hedge settles at; below zero it costs.
    hedges: Amounts,
    /// What others who are liable for the outage pay us.
    third_party: Amounts,
    /// What annual covers pay of it.
    annual: Amounts,
    /// What comes from each supplier, from its uptime to our part of a claim.
    suppliers: BTreeMap<String, recovery::FromSupplier>,
    /// What suppliers owe the insurers: no money of ours.
    subrogation: BTreeMap<String, Amounts>,
    /// What each payer is expected to fall short by, and why.
    haircut: BTreeMap<String, Amounts>,
    /// What recoveries lose to dispute, default and delay.
    haircuts: f64,
    /// What each part of the programme costs, by kind.
    costs: BTreeMap<String, Amounts>,
    programme_cost: f64,
    net: f64,
    /// Views beside the net loss.
    panels: prices::Panels,
    retained: Amounts,
    lines: BTreeMap<String, LineAmounts>,
    /// How much of the worst case did not happen; nothing where nothing could be lost.
    resilience: Option<f64>,
    /// What each measure in force is worth.
    plan: BTreeMap<String, measures::Amounts>,
}

#[derive(Serialize)]
struct LineAmounts {
    gross: f64,
    recaptured: f64,
    saved: f64,
    lost_profit: f64,
}

#[derive(Serialize)]
struct Turn<'d> {
    hours: f64,
    cause: &'static str,
    /// The payer: a cover, a parametric cover or a hedge, or the one whose price turns.
    cover: Option<&'d str>,
    credit_line: Option<&'d str>,
    layer: Option<&'d str>,
    supplier: Option<&'d str>,
    line: Option<&'d str>,
    outflow: Option<&'d str>,
    head: Option<&'static str>,
    clause: Option<&'d str>,
    net: f64,
    slope_before: f64,
    slope_after: f64,
    own_change: f64,
    jump: f64,
    own_jump: f64,
}

#[derive(Serialize)]
struct Stretch {
    from_hours: f64,
    to_hours: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<f64>,
}

#[derive(Serialize)]
struct Assumption<'d> {
    of: Option<&'d str>,
    text: Words<'d>,
    sources: &'d [String],
}

#[derive(Serialize)]
struct Reported<'d> {
    label: Words<'d>,
    amount: f64,
    up_to: Option<f64>,
    sources: &'d [String],
}

/// Writes a projection as JSON.
///
/// # Panics
///
/// Never: every value is a finite number or a text.
#[must_use]
pub fn write(scenario: &Scenario, projection: &Projection<'_>) -> String {
    write_with(scenario, projection, None)
}

/// Writes a projection as JSON with the sources of its figures, to which the file
/// adds those of its `own`.
///
/// # Panics
///
/// As [`write()`].
#[must_use]
pub fn write_with_sources(
    scenario: &Scenario,
    projection: &Projection<'_>,
    own: &BTreeMap<String, Source>,
) -> String {
    write_with(scenario, projection, Some(sources::told(scenario, own)))
}

fn write_with(
    scenario: &Scenario,
    projection: &Projection<'_>,
    sources: Option<sources::Told<'_>>,
) -> String {
    let readings = scenario.covers.iter().filter_map(|policy| {
        let wait = policy.terms.cover.waiting_period?;
        Some((policy.id.as_str(), Waiting { hours: wait.hours().0, reading: wait.reading().key() }))
    });
    let rows = projection.rows.iter().enumerate().map(|(place, row)| {
        let borne = projection.borne.as_ref().map(|rows| &rows[place]);
        Row { borne: recovery::borne(scenario, row, borne), ..self::row(scenario, row) }
    });
    let document = Document {
        schema: SCHEMA,
        name: (&scenario.name).into(),
        description: scenario.description.as_ref().map(Words::from),
        currency: &scenario.currency,
        timezone: &scenario.timezone,
        start: scenario.outage.start_local.to_string(),
        cause: scenario.outage.cause.map(Cause::key),
        order: one_order(scenario),
        orders: scenario
            .covers
            .iter()
            .map(|policy| (policy.id.as_str(), policy.terms.cover.order.key()))
            .collect(),
        premium_counted: scenario.premium_counted.key(),
        premiums: prices::premiums(scenario),
        over_recovery: scenario.over_recovery.key(),
        attribution: if projection.borne.is_some() { "shapley" } else { "sequential" },
        waiting_readings: readings.collect(),
        year: year::year(scenario, projection),
        plan: measures::told(scenario),
        rows: rows.zip(measures::rows(scenario)).map(|(row, plan)| Row { plan, ..row }).collect(),
        kinks: projection.kinks.iter().map(|kink| turn(scenario, kink)).collect(),
        basis: basis::measured(scenario),
        dead_zones: projection
            .dead_zones
            .iter()
            .map(|(from, to)| Stretch { from_hours: from.0, to_hours: to.0, by: None })
            .collect(),
        falls: projection
            .falls
            .iter()
            .map(|fall| Stretch { from_hours: fall.from.0, to_hours: fall.to.0, by: Some(fall.by.0) })
            .collect(),
        assumptions: assumptions(scenario),
        reported: scenario
            .reported
            .iter()
            .map(|reported| Reported {
                label: (&reported.label).into(),
                amount: reported.amount.0,
                up_to: reported.up_to.map(|amount| amount.0),
                sources: &reported.sources,
            })
            .collect(),
        sources,
    };
    let mut text = serde_json::to_string_pretty(&document).expect("numbers and texts");
    text.push('\n');
    text
}

fn one_order(scenario: &Scenario) -> Option<&'static str> {
    let mut orders = scenario.covers.iter().map(|policy| policy.terms.cover.order);
    let first = orders.next().unwrap_or_default();
    orders.all(|order| order == first).then(|| first.key())
}

fn row(scenario: &Scenario, row: &Waterfall<'_>) -> Row {
    let pair = |name: &str, amount: f64| (name.to_owned(), amount.into());
    let covers = || scenario.covers.iter().zip(&row.covers);
    let by_supplier = |amounts: &[crate::quantity::Money]| {
        scenario.suppliers.iter().zip(amounts).map(|(part, amount)| pair(&part.id, amount.0)).collect()
    };
    let layers = covers().filter_map(|(policy, recovery)| {
        let (terms, response) = (policy.terms.tower.as_ref()?, recovery.tower.as_ref()?);
        let layers = terms.layers().iter().zip(&response.layers);
        let paid = layers.map(|(layer, loss)| pair(layer.id(), loss.paid.0)).collect();
        Some((policy.id.clone(), paid))
    });
    let carriers = covers().filter_map(|(policy, recovery)| {
        let (terms, response) = (policy.terms.tower.as_ref()?, recovery.tower.as_ref()?);
        let layers = terms.layers().iter().zip(&response.layers).map(|(layer, loss)| {
            let pays =
                |carrier: &crate::tower::Carrier| pair(&carrier.name, (loss.whole * carrier.share).0);
            (layer.id().to_owned(), layer.carriers().iter().map(pays).collect())
        });
        Some((policy.id.clone(), layers.collect()))
    });
    let mut retained: Amounts =
        row.retained.iter().map(|(reason, amount)| pair(reason.key(), amount.0)).collect();
    retained.extend([
        pair("met_by_credits", 0.0 - row.met.credits.0),
        pair("met_by_payouts", 0.0 - row.met.payouts.0),
        pair("met_by_third_party", 0.0 - row.met.third_party.0),
        pair("met_by_annual_covers", 0.0 - row.met.annual.0),
        pair("recovery_above_loss", 0.0 - row.recovery_above_loss.0),
        pair("paid_on_hedges", row.paid_on_hedges().0),
        pair("programme_cost", row.programme_cost.0),
    ]);
    let lines = scenario.lines.iter().zip(&row.lines).map(|(line, lost)| {
        let amounts = LineAmounts {
            gross: lost.lost_revenue().total().0,
            recaptured: lost.recaptured().0,
            saved: lost.saved().0,
            lost_profit: lost.total().0,
        };
        (line.id.clone(), amounts)
    });
    Row {
        hours: row.duration.0,
        gross: row.gross.0,
        recaptured: row.recaptured.0,
        saved: row.saved.0,
        outflows: scenario
            .outflows
            .iter()
            .zip(&row.outflows)
            .map(|(o, amount)| pair(&o.id, amount.0))
            .collect(),
        credits: by_supplier(&row.credits),
        economic_loss: row.economic_loss.0,
        measures: covers()
            .filter_map(|(policy, recovery)| measure(&policy.id, &recovery.response))
            .collect(),
        average: covers()
            .filter(|(policy, _)| policy.terms.cover.average.is_some())
            .map(|(policy, recovery)| pair(&policy.id, recovery.response.average.get()))
            .collect(),
        waits_over: covers()
            .filter(|(policy, _)| !scenario.counts_the_outage(&policy.terms.cover))
            .filter_map(|(policy, recovery)| {
                let wait = policy.terms.cover.waiting_period?;
                let met = recovery.response.runs.iter().filter(|run| wait.met(run));
                Some((policy.id.clone(), met.map(|run| wait.over(run).0).collect()))
            })
            .collect(),
        covered_after: covers()
            .map(|(policy, recovery)| {
                let after = recovery.response.after.iter();
                (policy.id.clone(), after.map(|(step, amount)| pair(step.key(), amount.0)).collect())
            })
            .collect(),
        covered: covers()
            .map(|(policy, recovery)| {
                let heads = Head::ALL.into_iter().zip(recovery.response.covered);
                let heads = heads.filter(|((_, head), _)| policy.terms.cover.heads.contains(head));
                (policy.id.clone(), heads.map(|((key, _), amount)| pair(key, amount.0)).collect())
            })
            .collect(),
        recoveries: covers().map(|(policy, recovery)| pair(&policy.id, recovery.paid.0)).collect(),
        given_up: covers().map(|(policy, recovery)| pair(&policy.id, recovery.given_up.0)).collect(),
        layers: layers.collect(),
        tower: tower::parts(scenario, row),
        reinstatement_premium: row.reinstatement_premium().0,
        carriers: carriers.collect(),
        payouts: scenario
            .parametrics
            .iter()
            .zip(&row.payouts)
            .map(|(p, amount)| pair(&p.id, amount.0))
            .collect(),
        borne: Amounts::new(),
        indices: indices(scenario, row),
        hedges: scenario
            .hedges
            .iter()
            .zip(&row.hedges)
            .map(|(hedge, settled)| pair(&hedge.id, settled.payoff.0))
            .collect(),
        third_party: by_supplier(&row.third_party),
        annual: scenario
            .annuals
            .iter()
            .zip(&row.annual)
            .map(|(annual, paid)| pair(&annual.id, paid.0))
            .collect(),
        suppliers: recovery::suppliers(scenario, row),
        subrogation: recovery::subrogation(scenario, row),
        haircut: recovery::haircut(scenario, row),
        haircuts: row.haircuts().0,
        costs: prices::costs(scenario, row),
        resilience: row.resilience(),
        plan: BTreeMap::new(),
        programme_cost: row.programme_cost.0,
        net: row.net.0,
        panels: prices::panels(scenario, row),
        retained,
        lines: lines.collect(),
    }
}

fn indices(scenario: &Scenario, row: &Waterfall<'_>) -> Amounts {
    let covers = scenario.parametrics.iter().zip(&row.parametrics);
    let covers = covers.map(|(cover, payout)| (cover.id.clone(), payout.level.0.into()));
    let hedges = scenario.hedges.iter().zip(&row.hedges);
    covers.chain(hedges.map(|(hedge, settled)| (hedge.id.clone(), settled.level.0.into()))).collect()
}

/// Both forms of a policy that measures by itself, in figures.
fn measure(id: &str, response: &Response) -> Option<(String, Amounts)> {
    let Bridge { standard_turnover, actual_turnover, lost_sales, costs_that_stop, savings, .. } =
        response.bridge?;
    let Bridge { gross_profit_form, after_restoration, gross_earnings_form, .. } = response.bridge?;
    let Bridge { salvage, overtime, .. } = response.bridge?;
    let amounts = [
        ("standard_turnover", standard_turnover),
        ("actual_turnover", actual_turnover),
        ("lost_sales", lost_sales),
        ("costs_that_stop", costs_that_stop),
        ("savings", savings),
        ("salvage", salvage),
        ("overtime", overtime),
        ("gross_profit_form", gross_profit_form),
        ("after_restoration", after_restoration),
        ("gross_earnings_form", gross_earnings_form),
    ];
    let pair = |(name, amount): (&str, Money)| (name.to_owned(), amount.0.into());
    Some((id.to_owned(), amounts.into_iter().map(pair).collect()))
}

fn turn<'d>(scenario: &'d Scenario, kink: &Kink) -> Turn<'d> {
    let name = Some(id(scenario, kink.subject));
    let layer = match (kink.subject, kink.cause) {
        (Subject::Cover(cover) | Subject::Price(Priced::Cover(cover)), cause) => {
            let tower = scenario.covers[cover].terms.tower.as_ref();
            tower.zip(cause.layer()).map(|(tower, layer)| tower.layers()[layer].id())
        }
        _ => None,
    };
    let head = match kink.cause {
        KinkCause::SublimitReached(head) => Some(head.key()),
        _ => None,
    };
    Turn {
        hours: kink.at.0,
        cause: kink.cause.key(),
        cover: name.filter(|_| prices::is_cover(kink.subject)),
        credit_line: name.filter(|_| prices::is_credit_line(kink.subject)),
        layer,
        supplier: name.filter(|_| matches!(kink.subject, Subject::Supplier(_))),
        line: name.filter(|_| matches!(kink.subject, Subject::Line(_))),
        outflow: name.filter(|_| matches!(kink.subject, Subject::Outflow(_))),
        head,
        clause: clause(scenario, kink.subject),
        net: kink.net.0,
        slope_before: kink.slope_before.0,
        slope_after: kink.slope_after.0,
        own_change: kink.own_change.0,
        jump: kink.jump.0,
        own_jump: kink.own_jump.0,
    }
}

fn assumptions(scenario: &Scenario) -> Vec<Assumption<'_>> {
    let whole =
        scenario.assumptions.iter().map(|text| Assumption { of: None, text: text.into(), sources: &[] });
    let parts = scenario.origins().into_iter().filter_map(|part| {
        let text = part.assumption?.into();
        Some(Assumption { of: Some(part.id), text, sources: part.sources })
    });
    whole.chain(parts).collect()
}
