//! Scenario files, format 1: the whole file, from its text to a [`Scenario`].

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use toml::de::DeTable;

use super::finding::{Finding, Findings, Places};
use super::outages::{self, Outages};
use super::perils;
use super::section::{At, Section};
use super::value::{Version, Words};
use super::{
    annual, circumstances, cover, currency, equity, hedge, library, lines, liquidity, measures, outflow,
    premium, quality, suppliers,
};
use crate::hedge::Basis;
use crate::outage::Interruptions;
use crate::profile::Calendar;
use crate::quantity::{Hours, Money};
use crate::recovery::OverRecovery;
use crate::scenario::{Label, Named, Reported, Scenario};
use crate::tower::View;

/// The format of scenario files that this program reads.
pub const FORMAT: u32 = 1;

/// What the command line puts in place of the file's own words.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Another start.
    pub start: Option<String>,
    /// Another ladder of durations.
    pub durations: Option<Vec<Hours>>,
}

/// What became of a scenario file.
#[derive(Debug)]
pub struct Reading {
    /// The scenario, if no error was found.
    pub scenario: Option<Scenario>,
    /// Everything that was found, in the order of the file.
    pub findings: Vec<Finding>,
    /// Where each value stands.
    pub places: Places,
    /// The sources that the file brings itself, by key.
    pub sources: BTreeMap<String, library::Source>,
}

/// What readers of parts need to know of the rest of the file.
pub(super) struct Context<'c> {
    /// Hours of the years concerned, where outage and time zone could be read.
    pub calendar: Option<&'c Calendar>,
    /// The start of the first outage on the calendar.
    pub start: Option<Hours>,
    /// Hours from there to the end of the last outage, at the longest duration of the ladder.
    pub spans: Hours,
    /// The longest outage of the file.
    pub longest: Hours,
    /// Whether the policy year has other outages before the one that is projected.
    pub several: bool,
    /// The local day of each outage.
    pub days: Vec<Date>,
    /// Whether the file says when the policy year starts.
    pub policy_year: bool,
    /// Whose loss is looked at, where that is stated.
    pub view: Option<View>,
    /// Folder of the scenario file, from which other files are named.
    pub folder: Option<&'c Path>,
    /// Keys of sources that may be cited.
    pub sources: Vec<String>,
    /// Whether service comes back in between.
    pub interruptions: Interruptions,
    /// Names of the lines, in order.
    pub lines: Vec<String>,
    /// Names of the covers, in order.
    pub covers: Vec<String>,
    /// Currency of the file.
    pub currency: Option<String>,
    /// Rates at which other currencies are changed.
    pub rates: Vec<currency::Rate>,
}

/// Reads a scenario file.
///
/// `folder` is where files that the scenario names are looked for.
#[must_use]
pub fn read(text: &str, folder: Option<&Path>, overrides: &Overrides) -> Reading {
    let findings = Findings::new(text);
    let (table, faults) = DeTable::parse_recoverable(text);
    for fault in &faults {
        let mend = "mend the TOML first; text stands in quotes, and a key once in its table";
        findings.error(fault.span().unwrap_or(0..0), fault.message().trim().to_owned(), mend);
    }
    let mut section = Section::file(table.get_ref(), &findings);
    let (scenario, sources) = file(&mut section, folder, overrides);
    section.refuse_unknown_keys();
    let usable = !findings.any_error();
    let (findings, places) = findings.finish();
    Reading { scenario: scenario.filter(|_| usable), findings, places, sources }
}

/// Reads the whole file, or describes it where the section does.
pub(super) fn file(
    section: &mut Section<'_>,
    folder: Option<&Path>,
    overrides: &Overrides,
) -> (Option<Scenario>, BTreeMap<String, library::Source>) {
    let format = section.required::<Version>("format", "version of this file's format: 1");
    if let Some(At { value: Version(value), span }) = format
        && value != FORMAT
    {
        section.error(span, format!("format {value} is not known"), "this program reads format = 1");
    }
    let name = section.required::<Label>("name", "what the scenario is called");
    let description =
        section.optional::<Label>("description", "what question it answers, in a sentence or two");
    let currency = section.required::<String>("currency", "ISO 4217 code, such as \"KRW\"");
    let currency = currency.filter(|At { value, span }| {
        let good = value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_uppercase());
        if !good {
            section.error(
                span.clone(),
                format!("{value:?} is not a currency code"),
                "write \"KRW\" or \"USD\"",
            );
        }
        good
    });
    let timezone = section.required::<String>("timezone", "IANA time zone, such as \"Asia/Seoul\"");
    let premium_counted = premium::counted(section);
    let view = section.choice(
        "view",
        false,
        "whose loss is looked at; needed where a captive takes a layer",
        &View::ALL,
    );
    let assumptions =
        section.optional::<Vec<Label>>("assumptions", "what the scenario assumes, for every reader");

    let sources: BTreeMap<_, _> = section
        .map("sources", "sources of figures, by a key of your own", |entry| {
            let title = entry.required::<String>("title", "what it is called");
            let mut text = |name, meaning| entry.optional::<String>(name, meaning).map(|at| at.value);
            let publisher = text("publisher", "who published it");
            let date = text("date", "when");
            let url = text("url", "where it can be read");
            let kind = text("kind", "official, company, press, survey, analyst or own");
            let confidence = text("confidence", "high, medium or low");
            Some(library::Source { title: title?.value, publisher, date, url, kind, confidence })
        })
        .into_iter()
        .collect();

    let rates = currency::rates(section, currency.as_ref());

    let outages = outages::outages(section, timezone.as_ref(), overrides);

    let known_sources = library::sources().keys().chain(sources.keys()).cloned().collect();
    let mut context = Context {
        calendar: outages.as_ref().map(|outages| &outages.calendar),
        start: outages.as_ref().map(Outages::first),
        days: outages.as_ref().map_or_else(Vec::new, Outages::days),
        policy_year: section.has("policy_year"),
        view: view.map(|at| at.value),
        spans: outages.as_ref().map_or(Hours::ZERO, Outages::span),
        longest: outages.as_ref().map_or(Hours::ZERO, Outages::longest),
        several: outages.as_ref().is_some_and(|outages| !outages.earlier.is_empty()),
        folder,
        sources: known_sources,
        interruptions: outages
            .as_ref()
            .map(|outages| outages.outage.interruptions.clone())
            .unwrap_or_default(),
        lines: vec![],
        covers: vec![],
        currency: currency.as_ref().map(|at| at.value.clone()),
        rates,
    };
    let basis =
        section.section("basis", false, "outages over which hedges are held against losses", hedge::basis);
    let basis = basis.flatten();
    // Profiles and weights reach to the longest outage that is looked at.
    let beyond = (basis.as_ref().map_or(Hours::ZERO, Basis::longest) - context.longest).positive();
    context.spans += beyond;
    context.longest += beyond;
    let lines =
        section.sections("line", "a business line: what it brings and how an outage takes it", |part| {
            lines::line(part, &context)
        });
    if lines.is_empty() && !section.has("line") {
        section.error_at("line", "the file has no line", "give at least one [[line]] with its revenue");
    }
    context.lines = section.ids("line").into_iter().map(|id| id.value).collect();
    let outflows = section
        .sections("outflow", "a cost that the outage causes", |part| outflow::outflow(part, &context));
    let meaning = "a part of the plan: what it costs, and what it changes";
    let measures =
        section.sections("measure", meaning, |part| measures::measure(part, &context, &lines, &outflows));
    measures::compare(section, &lines, &outflows, &measures);
    let covers = section.sections("cover", "an indemnity cover, asked in the file's order", |part| {
        cover::cover(part, &context)
    });
    let parametrics = section.sections("parametric", "a cover that pays by an index of hours", |part| {
        hedge::parametric(part, &context)
    });
    let perils =
        section.sections("peril", "what stops service, by chance: for `netloss simulate`", |part| {
            perils::peril(part, &context)
        });
    let hedges = section.sections("hedge", "an option, swap, bond or warranty on an index", |part| {
        hedge::hedge(part, &context)
    });
    let mut payers: Vec<(&str, At<String>)> = vec![];
    for (key, kind) in [
        ("cover", "a cover"),
        ("parametric", "a parametric cover"),
        ("hedge", "a hedge"),
        ("annual", "an annual cover"),
    ] {
        for payer in section.ids(key) {
            let same =
                |(other, earlier): &&(&str, At<String>)| *other != kind && earlier.value == payer.value;
            if let Some((other, _)) = payers.iter().find(same) {
                let message = format!("id {:?} names {other} and {kind}", payer.value);
                section.error(payer.span.clone(), message, "give each payer a name of its own");
            }
            payers.push((kind, payer));
        }
    }
    let liable =
        section.sections("supplier", "a supplier that gives back or answers for the outage", |part| {
            suppliers::supplier(part, &context)
        });
    context.covers = section.ids("cover").into_iter().map(|id| id.value).collect();
    let annuals = section
        .sections("annual", "a cover of the policy year as a whole", |part| annual::annual(part, &context));
    annual::compare(section, &annuals, &covers);
    let recovery_quality = section.section(
        "recovery_quality",
        false,
        "how good the money of payers is: disputes, default, delay",
        quality::programme,
    );
    let over_recovery = section.choice(
        "over_recovery",
        false,
        "what happens where payers together pay more than was lost; report unless said",
        &OverRecovery::ALL,
    );
    for kind in ["reserve", "credit_line", "equity_put", "currency_hedge"] {
        for part in section.ids(kind) {
            if payers.iter().any(|(_, payer)| payer.value == part.value) {
                let message = format!("id {:?} names a cover and a {kind}", part.value);
                section.error(part.span, message, "give each a name of its own");
            }
        }
    }
    let cash =
        section.section("cash", false, "money at hand, and what has to be met with it", liquidity::cash);
    let reserves = section.sections("reserve", "a fund of our own that pays for a loss", |part| {
        liquidity::reserve(part, &context)
    });
    let credit_lines = section.sections("credit_line", "a committed line of credit", |part| {
        liquidity::credit_line(part, &context)
    });
    liquidity::compare(section);
    let equity_puts =
        section.sections("equity_put", "a put on our own shares, beside the net loss", |part| {
            equity::equity_put(part, &context)
        });
    let currency_hedges = section.sections("currency_hedge", "foreign money and its forward", |part| {
        currency::currency_hedge(part, &context)
    });
    let cause_stated = outages.as_ref().is_none_or(Outages::state_causes);
    suppliers::compare(section, &liable, cause_stated);
    cover::compare(section, &covers, &outflows, cause_stated);
    cover::make_up::compare(section, &covers, &lines);
    let happened: Vec<_> = outages.iter().flat_map(Outages::all).collect();
    circumstances::compare(section, &covers, &lines, &outflows, &happened);
    let reported =
        section.sections("reported", "a published figure to set beside the projection", |part| {
            reported(part, &context)
        });

    let cover_spans: Vec<_> = covers.iter().map(|cover| cover.span.clone()).collect();
    let scenario = (|| {
        let outages = outages?;
        let bare = Scenario {
            name: name?.value,
            description: description.map(|at| at.value),
            currency: currency?.value,
            timezone: timezone?.value,
            outage: outages.outage,
            earlier: outages.earlier,
            policy_year: outages.policy_year,
            durations: outages.durations,
            premium_counted: premium_counted?,
            lines: values(lines),
            plan: None,
            outflows: values(outflows),
            covers: values(covers),
            parametrics: values(parametrics),
            hedges: values(hedges),
            basis,
            suppliers: values(liable),
            annuals: values(annuals),
            recovery_quality: recovery_quality.flatten().unwrap_or_default(),
            over_recovery: over_recovery.map(|at| at.value).unwrap_or_default(),
            cash: cash.flatten(),
            reserves: values(reserves),
            credit_lines: values(credit_lines),
            equity_puts: values(equity_puts),
            currency_hedges: values(currency_hedges),
            perils: values(perils),
            assumptions: assumptions.map(|at| at.value).unwrap_or_default(),
            reported: values(reported),
        };
        Some(bare.with_measures(values(measures)))
    })();
    if let Some(scenario) = scenario.as_ref().filter(|_| section.is_sound()) {
        circumstances::measures(section, scenario, &cover_spans);
    }
    (scenario, sources)
}

fn reported(section: &mut Section<'_>, context: &Context<'_>) -> Option<Reported> {
    let label = section.required::<Label>("label", "what was reported, and by whom");
    let amount = section.required::<Money>("amount", "the amount, or the lower end of a range");
    let up_to = section.optional::<Money>("up_to", "the upper end of a range");
    let sources = cited(section, context);
    Some(Reported { label: label?.value, amount: amount?.value, up_to: up_to.map(|at| at.value), sources })
}

/// What every named part says about itself.
pub(super) struct Heading {
    id: String,
    label: Label,
    clause: Option<String>,
    sources: Vec<String>,
    assumption: Option<Label>,
}

impl Heading {
    pub fn read(section: &mut Section<'_>, context: &Context<'_>) -> Option<Self> {
        let id = section.required::<String>("id", "a name of its own, from a-z, A-Z, 0-9, - and _");
        let label = section.optional::<Label>("label", "name for people; the id unless said");
        let clause = section.optional::<String>("clause", "clause of the policy or contract that says so");
        let sources = cited(section, context);
        let assumption = section.optional::<Label>("assumption", "what in it is assumed, in words");
        let At { value: id, span } = id?;
        if !sound_id(&id) {
            let message = format!("id {id:?} has a character that ids cannot have");
            section.error(span, message, "use a-z, A-Z, 0-9, - and _; put other words into `label`");
            return None;
        }
        let label = label.map_or_else(|| Label::same(&id), |at| at.value);
        let assumption = assumption.map(|at| at.value);
        Some(Self { id, label, clause: clause.map(|at| at.value), sources, assumption })
    }

    pub fn over<T>(self, terms: T) -> Named<T> {
        let Self { id, label, clause, sources, assumption } = self;
        Named { id, label, clause, sources, assumption, terms }
    }
}

/// Returns whether an id has only characters that need no quotes on a command line.
pub(super) fn sound_id(id: &str) -> bool {
    id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn cited(section: &mut Section<'_>, context: &Context<'_>) -> Vec<String> {
    let Some(At { value: Words(keys), span }) =
        section.optional::<Words>("source", "key or keys of the sources of its figures")
    else {
        return vec![];
    };
    for key in keys.iter().filter(|key| !context.sources.contains(key)) {
        let nearest = super::section::nearest(key, context.sources.iter().map(String::as_str));
        let mend = match nearest {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("describe it under [sources.{key}] with its title, date and url"),
        };
        section.error(span.clone(), format!("source {key:?} is not known"), mend);
    }
    keys
}

fn values<T>(parts: Vec<At<T>>) -> Vec<T> {
    parts.into_iter().map(|part| part.value).collect()
}
