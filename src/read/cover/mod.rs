//! Section `[[cover]]`.

mod average;
mod clock;
mod extension;
mod hours_clause;
mod limits;
pub(super) mod make_up;
mod measure;
mod measured;
mod layer;
mod money;
mod period;
mod programme;
mod tower;
mod waiting;

use super::currency::currency;
use super::lines::lines_named;
use super::premium::premium;
use super::quality;
use super::scenario::{Context, Heading};
use super::section::{At, Section};
use super::value::MoneyOrNone;
use limits::Limits;

use crate::cover::{Cover, Deductible, Form, IndemnityPeriod, OtherInsurance, RunsFrom};
use crate::mitigation::{Allocation, Head};
use crate::outage::{Cause, Perils};
use crate::quantity::{Hours, Money, Share};
use crate::scenario::{Named, Policy, line};

pub(super) use programme::compare;

pub(super) fn cover(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<Policy>> {
    let stated_in = currency(section, context);
    let heading = Heading::read(section, context);
    let heads = section.choices("heads", true, "heads of loss that the cover names", &Head::ALL);
    let lines =
        section.optional::<Vec<String>>("lines", "lines whose lost profit it covers; all unless said");
    let perils = perils(section);
    let deductible = section.value_or_section::<Money, _>(
        "deductible",
        "what the insured bears first, once per occurrence; 0 unless said",
        |at| Some(Deductible::Straight(at.value)),
        money::deductible,
    );
    let has_deductible = section.has("deductible");
    let measure = section
        .section(
            "measure",
            false,
            "what the policy counts as lost profit; ours unless said",
            measure::measure,
        )
        .flatten();
    let average = section
        .section("average", false, "what a sum insured that is too low does to a loss", |part| {
            average::average(part, measure)
        })
        .flatten();
    let waiting = section
        .section(
            "waiting_period",
            false,
            "hours before the cover responds, and what becomes of them",
            |part| waiting::waiting_period(part, has_deductible, context),
        )
        .flatten();
    let indemnity = section.value_or_section::<Hours, _>(
        "indemnity_period",
        "longest span for which lost profit is covered; endless unless said",
        |at| Some((at, RunsFrom::Outage)),
        |part| {
            let length = part.required::<Hours>("length", "its length");
            let from = part.choice(
                "from",
                true,
                "from when it is counted",
                &[("outage", RunsFrom::Outage), ("end_of_waiting", RunsFrom::EndOfWaiting)],
            );
            Some((length?, from?.value))
        },
    );
    let extended = section.optional::<Hours>(
        "extended_period",
        "how long loss after restoration is covered, beyond the indemnity period; no longer unless said",
    );
    let sublimits = section.section("sublimits", false, "most for one head", money::sublimits);
    let insured_share = section.value_or_section::<Share, _>(
        "insured_share",
        "part of each loss that the insured keeps; none unless said",
        |at| Some((at.value, vec![])),
        money::insured_share,
    );
    let limit = section.optional::<MoneyOrNone>(
        "occurrence_limit",
        "most for one event, or \"none\"; needed unless layers say it",
    );
    let limits = Limits::read(section);
    let hours_clause = hours_clause::read(section, context);
    let period = period::period(section, &context.days);
    let below = tower::below(section);
    let layers =
        section.sections("layer", "a layer of the tower: so much in excess of so much", tower::layer);
    let quality = quality::own(section);

    if !section.has("occurrence_limit") && !section.has("layer") {
        let mend = "give occurrence_limit = 3_000_000_000, or \"none\" where there is no limit";
        section.error(section.head(), "the cover does not say its limit", mend);
    }
    let indemnity_period =
        indemnity.and_then(|(length, from)| match IndemnityPeriod::new(length.value, from) {
            Ok(period) => Some(period),
            Err(error) => {
                section.error(length.span, error.to_string(), "give its length, or leave the key out");
                None
            }
        });
    let (waiting, clock) = waiting.unzip();
    let until_restored = measure.is_some_and(|measure| measure.form == Form::GrossEarnings);
    if section.has("extended_period") && !section.has("indemnity_period") && !until_restored {
        let message = "`extended_period` adds nothing: lost profit is covered until results are normal";
        let mend = "give an indemnity_period, or the gross_earnings form, or leave the key out";
        section.error_at("extended_period", message, mend);
    }
    if let (Some(wait), Some(period)) = (waiting, indemnity_period)
        && period.runs_from() == RunsFrom::Outage
        && wait.hours() >= period.ends(wait.hours())
    {
        let (wait_hours, ends) = (wait.hours().0, period.ends(wait.hours()).0);
        let message = format!(
            "the waiting period of {wait_hours} h is not over before the indemnity period of {ends} h is"
        );
        let mend = "shorten the wait, or count the indemnity period from \"end_of_waiting\"";
        if wait.reading().goes_back() {
            section.warning(section.span_of("waiting_period"), message, mend);
        } else {
            section.error_at("waiting_period", message, mend);
        }
    }
    let extensions = extension::extensions(section, heads.as_ref().map_or(&[], |at| &at.value));
    let make_up = section.choice(
        "make_up_allocation",
        false,
        "which lost hours the sales made up later are taken from; pro_rata unless said",
        &Allocation::ALL,
    );
    let overtime = section.choice(
        "overtime",
        false,
        "whether what making up costs is part of the loss; not_measured unless said",
        &[("measured", true), ("not_measured", false)],
    );
    let other_insurance = section.choice(
        "other_insurance",
        false,
        "how the cover shares a loss with others that say so too; the first answers alone unless said",
        &OtherInsurance::ALL,
    );
    let limit = limit.and_then(|at| at.value.0);
    let tower = tower::tower(
        section,
        layers,
        (below, limit),
        heads.as_ref().map(|heads| heads.value.as_slice()),
        context,
    );
    let premium = premium(section, line(limit, tower.as_ref()));
    let (share, no_share) = insured_share.unwrap_or((Share::NONE, vec![]));
    let deductible = deductible.unwrap_or(Deductible::NONE);
    let deductible = money::of_limit(section, deductible, limit);
    never_pays(section, limit, share);

    if section.has("measure") && measure.is_none() || section.has("average") && average.is_none() {
        return None;
    }
    measured::check(section, heads.as_ref(), waiting.zip(clock.as_ref()), indemnity_period);
    let lines = lines_named(section, lines, context);
    let mut cover = Cover {
        heads: heads?.value,
        lines,
        perils: perils?,
        measure,
        waiting_period: waiting,
        clock: clock.unwrap_or_default(),
        indemnity_period,
        extended_period: extended.map(|at| at.value),
        average,
        sublimits: sublimits.unwrap_or_default(),
        hours_clause,
        deductible,
        insured_share: share,
        no_share,
        occurrence_limit: limit,
        extensions,
        make_up: make_up.map_or(Allocation::ProRata, |at| at.value),
        overtime: overtime.is_some_and(|at| at.value),
        other_insurance: other_insurance.map(|at| at.value),
        period,
        ..Cover::plain()
    };
    limits.apply(section, &mut cover);
    hours_clause::check(section, &cover);
    flags(section, &cover);
    Some(heading?.over(Policy { cover, tower, quality, premium: premium?, stated_in }))
}

fn perils(section: &mut Section<'_>) -> Option<Perils> {
    let mut words = vec![("any", None)];
    words.extend(Cause::ALL.map(|(word, cause)| (word, Some(cause))));
    let At { value: named, span } =
        section.choices("perils", true, "causes to which the cover answers, or [\"any\"]", &words)?;
    let causes: Vec<Cause> = named.iter().copied().flatten().collect();
    if causes.iter().any(|cause| !cause.is_insurable()) {
        section.error(
            span,
            "planned work is no peril: no cover answers for it",
            "leave it out of `perils`",
        );
        return None;
    }
    match (named.len() - causes.len(), causes.len()) {
        (0, 0) => section.error(
            span,
            "the cover can never pay: it names no peril",
            "write [\"any\"] or the causes",
        ),
        (_, 0) => return Some(Perils::Any),
        (0, _) => return Some(Perils::Named(causes)),
        _ => section.error(
            span,
            "\"any\" leaves nothing for other perils to add",
            "keep \"any\" or the causes",
        ),
    }
    None
}

/// Notes what a flag of a head presupposes and the cover does not have.
fn flags(section: &Section<'_>, cover: &Cover) {
    for ((name, _), sublimit) in Head::ALL.into_iter().zip(cover.sublimits) {
        let Some(sublimit) = sublimit else { continue };
        if sublimit.in_addition && cover.occurrence_limit.is_none() {
            let message =
                format!("the sublimit of {name} comes in addition to a limit that the cover does not have");
            section.error_at("sublimits", message, "give occurrence_limit, or leave `in_addition` out");
        }
        if let Some(limit) = cover.occurrence_limit
            && sublimit.most > limit
            && !sublimit.in_addition
        {
            let most = sublimit.most;
            let message =
                format!("the sublimit of {name} is {most}, above the occurrence limit of {limit}");
            let mend = "lower it, or say that it comes in addition: { limit = …, in_addition = true }";
            section.warning(section.span_of("sublimits"), message, mend);
        }
        if sublimit.net_of_deductible && cover.deductible == Deductible::NONE {
            let message =
                format!("the sublimit of {name} is net of a deductible that the cover does not have");
            section.error_at("sublimits", message, "give `deductible`, or leave `net_of_deductible` out");
        }
    }
    for head in cover.no_share.iter().filter(|head| !cover.heads.contains(head)) {
        let message = format!("no_share names {}, and the cover does not", head.key());
        section.error_at("insured_share", message, "name a head of the cover, or leave it out");
    }
}

fn never_pays(section: &Section<'_>, limit: Option<Money>, share: Share) {
    if limit == Some(Money::ZERO) {
        section.error_at(
            "occurrence_limit",
            "the cover can never pay: its limit is 0",
            "give the limit, or \"none\"",
        );
    }
    if share == Share::ALL {
        section.error_at(
            "insured_share",
            "the cover can never pay: the insured keeps all of it",
            "give a share below 100%",
        );
    }
}
