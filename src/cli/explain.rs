//! `netloss explain`

use clap::Args;

use super::Lang;
use super::error::Error;
use super::output::To;
use super::project::{Ladder, parse_hours, parse_start};
use super::source::Source;
use super::typed::rung;
use super::without::leave_out;
use crate::quantity::Hours;
use crate::read::Reading;
use crate::scenario::Scenario;
use crate::view::explain::{Context, Focus, Moment, explain};

/// Walk one number back to its inputs
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    netloss explain kakao-2022 --at 24h --line gift_shop\n  \
    netloss explain starter --at 10h30m --cover primary")]
pub struct Arguments {
    /// Scenario file, `-` for stdin, or the name of a bundled scenario [default: kakao-2022]
    scenario: Option<String>,
    /// Duration of the outage, such as 26h; needed where the file gives several
    #[arg(long, value_name = "DURATION", value_parser = parse_hours)]
    at: Option<Hours>,
    /// One outage of the policy year, by its name [default: the last]
    #[arg(long, value_name = "NAME")]
    outage: Option<String>,
    /// The lost profit of a line, an outflow, or a measure
    #[arg(long, value_name = "NAME", conflicts_with = "cover")]
    line: Option<String>,
    /// What a cover or a hedge pays, or why it pays nothing
    #[arg(long, value_name = "NAME")]
    cover: Option<String>,
    /// What a supplier gives back and answers for
    #[arg(long, value_name = "NAME", conflicts_with_all = ["cover", "line"])]
    supplier: Option<String>,
    /// Leave out a measure, or a part of the plan such as early-warning, or all
    #[arg(long, value_name = "MEASURE", value_delimiter = ',')]
    without: Vec<String>,
    /// Another start, in local time, such as 2026-12-24T18:00
    #[arg(long, value_name = "TIME", value_parser = parse_start)]
    start: Option<String>,
    /// Language
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    #[command(flatten)]
    to: To,
}

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    let source = Source::open(arguments.scenario.as_deref())?;
    let overrides = Ladder::at(arguments.start.clone(), arguments.at).overrides();
    let reading = source.scenario(&overrides, false, colour)?;
    let Reading { scenario: Some(scenario), places, sources, .. } = &reading else {
        return Err(Error::Input("the scenario cannot be used".into()));
    };
    let scenario = &leave_out(scenario, &arguments.without)?;
    let focus = match (&arguments.line, &arguments.cover, &arguments.supplier) {
        (Some(line), ..) => Focus::Line(line.clone()),
        (None, Some(cover), _) => Focus::Cover(cover.clone()),
        (None, None, Some(supplier)) => Focus::Supplier(supplier.clone()),
        (None, None, None) => Focus::Net,
    };
    let context =
        Context { scenario, places, sources, file: &source.name, language: arguments.lang.into() };
    let name =
        [&arguments.line, &arguments.cover, &arguments.supplier].into_iter().find_map(Option::as_deref);
    let moment = moment(arguments, scenario)?;
    match explain(context, moment, &focus) {
        Some(text) => arguments.to.write(text.as_bytes()),
        None => {
            let lines = scenario.lines.iter().map(|part| part.id.as_str());
            let lines = lines.chain(scenario.outflows.iter().map(|part| part.id.as_str()));
            let measures = scenario.plan.iter().flat_map(|plan| &plan.measures);
            let lines = lines.chain(measures.map(|part| part.id.as_str()));
            let covers = scenario.covers.iter().map(|part| part.id.as_str());
            let covers = covers.chain(scenario.parametrics.iter().map(|part| part.id.as_str()));
            let covers = covers.chain(scenario.hedges.iter().map(|part| part.id.as_str()));
            let covers = covers.chain(scenario.annuals.iter().map(|part| part.id.as_str()));
            let suppliers = scenario.suppliers.iter().map(|part| part.id.as_str());
            let covers = covers.chain(scenario.reserves.iter().map(|part| part.id.as_str()));
            let covers = covers.chain(scenario.credit_lines.iter().map(|part| part.id.as_str()));
            let covers = covers.chain(scenario.equity_puts.iter().map(|part| part.id.as_str()));
            let covers = covers.chain(scenario.currency_hedges.iter().map(|part| part.id.as_str()));
            let list =
                |names: Vec<&str>| if names.is_empty() { "none".to_owned() } else { names.join(", ") };
            Err(Error::usage(
                format!("the scenario has no part {:?}", name.unwrap_or_default()),
                format!(
                    "--line: {}; --cover: {}; --supplier: {}",
                    list(lines.collect()),
                    list(covers.collect()),
                    list(suppliers.collect()),
                ),
            ))
        }
    }
}

/// Finds the outage that is asked about, and how long it lasts.
fn moment(arguments: &Arguments, scenario: &Scenario) -> Result<Moment, Error> {
    let names = || scenario.earlier.iter().map(|past| past.outage.id.as_str());
    let asked = arguments.outage.as_deref().filter(|id| *id != scenario.outage.id || id.is_empty());
    if let Some(id) = asked {
        let place = names().position(|name| name == id).ok_or_else(|| {
            let known: Vec<&str> = names().chain([scenario.outage.id.as_str()]).collect();
            let known = known.join(", ");
            let known = if known.is_empty() { "none has a name".to_owned() } else { known };
            Error::usage(format!("the scenario has no outage {id:?}"), format!("--outage: {known}"))
        })?;
        let lasted = scenario.earlier[place].duration;
        return match arguments.at {
            Some(at) if at != lasted => Err(Error::usage(
                format!("outage {id:?} has a duration of its own"),
                "leave --at out; only the last outage is projected for others",
            )),
            _ => Ok(Moment::Earlier(place)),
        };
    }
    match (arguments.at, scenario.durations.as_slice()) {
        (Some(at), _) => Ok(Moment::Projected(at)),
        (None, [only]) => Ok(Moment::Projected(*only)),
        (None, _) => {
            let hint = format!("give --at DURATION, such as --at {}", rung(&scenario.durations));
            Err(Error::usage("the outage has several durations".to_owned(), hint))
        }
    }
}
