//! The simulation as tables: loss by year, loss by outage, exceedance curves.
//!
//! A part is the year table of a shard with two columns more: what each batch of
//! years leaves with us by reason, and in its first row what run it is part of.

use serde_json::{Value, json};

use super::Shown;
use crate::frame::{Cells, Frame};
use crate::reason::Reason;
use crate::risk::{
    ACTIVE, BATCH, Events, Losses, Measure, Part, Payer, RETAINED, RUN, Subject, YEAR, quantiles_of,
};

/// Returns the loss of each year of a block; years are counted from 1.
#[must_use]
pub fn years(subject: &Subject, first: u64, losses: &Losses) -> Frame {
    let mut frame = Frame::default();
    let count = losses.years as u64;
    frame.column(YEAR, Cells::Integers((first + 1..=first + count).collect()));
    let mut has_outage = vec![0; losses.years];
    for year in &losses.active {
        has_outage[*year as usize] = 1;
    }
    frame.column(ACTIVE, Cells::Integers(has_outage));
    for (place, measure) in subject.measures().into_iter().enumerate() {
        frame.column(subject.column(measure), Cells::Numbers(losses.all_years(place)));
    }
    frame
}

/// Returns a block of a part: the loss of each year, what is retained, and of which
/// run it is, where `header` says that it is the first.
#[must_use]
pub fn part(subject: &Subject, header: Option<Part>, first: u64, losses: &Losses) -> Frame {
    let mut frame = years(subject, first, losses);
    let rows = frame.rows();
    let mut retained = vec![String::new(); rows];
    for (cell, batch) in retained.iter_mut().step_by(BATCH).zip(&losses.retained) {
        let kept = Reason::ALL.iter().map(|(key, reason)| (key, batch[*reason as usize]));
        let kept = kept.filter(|(_, amount)| *amount != 0.0).map(|(key, amount)| format!("{key}={amount}"));
        *cell = kept.collect::<Vec<_>>().join(";");
    }
    let mut run = vec![String::new(); rows];
    if let (Some(part), Some(cell)) = (header, run.first_mut()) {
        *cell = self::run(subject, part).to_string();
    }
    frame.column(RETAINED, Cells::Texts(retained.into_iter().collect()));
    frame.column(RUN, Cells::Texts(run.into_iter().collect()));
    frame
}

/// Tells what run a part is of: all that its summary needs of the scenario.
fn run(subject: &Subject, part: Part) -> Value {
    let payer = |payer: &Payer| {
        json!({
            "kind": payer.kind.key(),
            "id": payer.id,
            "premium": payer.premium.0,
            "cost": payer.cost.0,
            "layers": payer.layers,
        })
    };
    json!({
        "schema": "netloss.years/1",
        "name": { "ko": subject.name.ko, "en": subject.name.en },
        "currency": subject.currency,
        "seed": subject.seed,
        "stratified": subject.stratified,
        "revenue": subject.revenue.0,
        "needs_waterfall": subject.needs_waterfall,
        "payers": subject.payers.iter().map(payer).collect::<Vec<_>>(),
        "years": part.years,
        "shard": [part.shard, part.of],
    })
}

/// Returns the loss of each outage of a block, in order of years and of time.
#[must_use]
pub fn outages(subject: &Subject, perils: &[&str], events: &Events, losses: &Losses) -> Frame {
    let mut frame = Frame::default();
    let places = || events.active().flat_map(|(year, places)| places.map(move |at| (year, at)));
    let first = events.first();
    frame.column(YEAR, Cells::Integers(places().map(|(year, _)| first + year as u64 + 1).collect()));
    let nth = events.active().flat_map(|(_, places)| 1..=places.len() as u64);
    frame.column("outage", Cells::Integers(nth.collect()));
    let drawn = || places().map(|(_, at)| events.outage(at));
    frame.column("peril", Cells::Texts(drawn().map(|it| perils[it.peril]).collect()));
    frame.column("start_hour", Cells::Numbers(drawn().map(|it| it.start.0).collect()));
    frame.column("hours", Cells::Numbers(drawn().map(|it| it.duration.0).collect()));
    let payers = subject.measures().into_iter().filter(Measure::is_payer);
    let measures = [Measure::Gross, Measure::NetBeforeCost].into_iter().chain(payers);
    for (measure, column) in measures.zip(losses.outages.iter().flatten()) {
        frame.column(subject.column(measure), Cells::Numbers(column.clone()));
    }
    frame
}

/// Returns the exceedance curves, of the year's total and of its worst outage, each
/// figure with its standard error.
#[must_use]
pub fn exceedance(shown: &Shown<'_>) -> Frame {
    let curves = [
        ("aggregate", "gross", Measure::Gross),
        ("aggregate", "net", Measure::Net),
        ("occurrence", "gross", Measure::WorstGross),
        ("occurrence", "net", Measure::WorstNet),
    ];
    let years = shown.summary.years;
    let rows = || curves.into_iter().flat_map(|curve| quantiles_of(years).map(move |at| (curve, at)));
    let mut frame = Frame::default();
    frame.column("curve", Cells::Texts(rows().map(|((curve, ..), _)| curve).collect()));
    frame.column("loss", Cells::Texts(rows().map(|((_, loss, _), _)| loss).collect()));
    frame.column("return_period", Cells::Integers(rows().map(|(_, (_, it))| u64::from(it)).collect()));
    frame.column("level", Cells::Numbers(rows().map(|(_, (p, _))| p).collect()));
    let mut figure = |name: &str, of: fn(&crate::risk::Distribution, f64) -> f64| {
        let cell = |((_, _, measure), (p, _)): ((&str, &str, Measure), (f64, u32))| {
            shown.summary.get(measure).map_or(f64::NAN, |years| of(years, p))
        };
        frame.column(name, Cells::Numbers(rows().map(cell).collect()));
    };
    figure("var", |years, p| years.value_at_risk(p).value.0);
    figure("var_se", |years, p| years.value_at_risk(p).error.0);
    figure("tvar", |years, p| years.tail_value_at_risk(p).value.0);
    figure("tvar_se", |years, p| years.tail_value_at_risk(p).error.0);
    frame
}
