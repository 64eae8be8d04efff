//! Section `[[parametric]]`.

use super::super::currency::currency;
use super::super::lines::{MET, checked_steps, steps};
use super::super::premium::premium;
use super::super::quality;
use super::super::scenario::{Context, Heading};
use super::super::section::{At, Section};
use super::super::value::{HoursOrNone, MoneyOrNone, Strike};
use super::{index, keys_of, level};
use crate::hedge::{Index, LossMeasure, LossTrigger, Parametric, PerHour, Schedule, Tick};
use crate::quantity::{Hours, Money, MoneyPerHour};
use crate::scenario::{Named, ParametricPolicy};

pub(in super::super) fn parametric(
    section: &mut Section<'_>,
    context: &Context<'_>,
) -> Option<Named<ParametricPolicy>> {
    let stated_in = currency(section, context);
    let heading = Heading::read(section, context);
    let index = measured(section, context);
    let schedule = section.section("pays", true, "what it pays by the index", pays).flatten();
    let only_if =
        section.section("only_if", false, "a loss that must come as well before it pays", loss_trigger);
    let limit = section.optional::<MoneyOrNone>("limit", "most for one event; none unless said");
    let annual_limit =
        section.optional::<MoneyOrNone>("annual_limit", "most for the policy year; none unless said");
    let quality = quality::own(section);
    let premium = premium(section, limit.as_ref().and_then(|at| at.value.0));
    for key in ["limit", "annual_limit"] {
        let given = if key == "limit" { &limit } else { &annual_limit };
        if given.as_ref().is_some_and(|at| at.value.0 == Some(Money::ZERO)) {
            let message = format!("the cover can never pay: its {} is 0", key.replace('_', " "));
            section.error_at(key, message, "give the limit, or \"none\"");
        }
    }
    let only_if = match only_if {
        Some(trigger) => Some(trigger?),
        None => None,
    };
    let [limit, annual_limit] = [limit, annual_limit].map(|limit| limit.and_then(|at| at.value.0));
    let schedule = schedule?;
    let endless = match &schedule {
        Schedule::PerHour(hourly) => hourly.to().is_none(),
        Schedule::Tick(tick) => tick.cap.is_none(),
        Schedule::Steps(_) | Schedule::AddedSteps(_) | Schedule::Loss { .. } => false,
    };
    if endless && limit.is_none() {
        let mend = "give `to` in `pays`, or a `limit`";
        section.error(section.head(), "a payment by the hour without end has no limit either", mend);
        return None;
    }
    let parametric = Parametric { index: index?, schedule, only_if, limit, annual_limit };
    Some(heading?.over(ParametricPolicy { parametric, quality, premium: premium?, stated_in }))
}

/// Reads the index, which is the hours of outage unless said.
fn measured(section: &mut Section<'_>, context: &Context<'_>) -> Option<Index> {
    let index = index::index(section, context);
    if !section.has("index") {
        return Some(Index::OutageHours);
    }
    if index.as_ref().is_some_and(|index| !index.is_of_hours()) {
        let mend = "measure hours here and the loss in `only_if`, or write a [[hedge]]";
        section.error_at("index", "a parametric cover measures hours, and this index reads money", mend);
        return None;
    }
    index
}

fn loss_trigger(section: &mut Section<'_>) -> Option<LossTrigger> {
    let threshold = section.required::<Money>("loss", "the loss that must come");
    let measure = section.choice("of", true, "which loss is measured", &LossMeasure::ALL);
    let met = section.choice("met", true, "how the loss is reached", &MET);
    Some(LossTrigger { measure: measure?.value, threshold: threshold?.value, met: met?.value })
}

const FORMS: [&str; 5] = ["amount", "steps", "per_hour", "tick", "loss"];
const BESIDE: [&str; 8] = ["at", "met", "additive", "from", "to", "whole_hours", "strike", "cap"];

fn pays(section: &mut Section<'_>) -> Option<Schedule> {
    let amount = section.optional::<Money>("amount", "one amount, once `at` is reached");
    let at = section.optional::<Hours>("at", "hours of the index at which `amount` or `loss` is paid");
    let steps = steps(section, "amounts by hours of the index; the highest step reached is paid");
    let met = section.choice(
        "met",
        false,
        "how the hours are reached; needed with `amount`, `steps` and `loss`",
        &MET,
    );
    let additive =
        section.optional::<bool>("additive", "whether steps add up; only the highest pays unless said");
    let per_hour = section.optional::<Money>("per_hour", "so much for each hour between `from` and `to`");
    let from = section.optional::<Hours>("from", "hours of the index from which hours are paid");
    let to =
        section.optional::<HoursOrNone>("to", "hours of the index up to which hours are paid, or \"none\"");
    let whole_hours =
        section.optional::<bool>("whole_hours", "whether only whole hours count; false unless said");
    let tick = section.optional::<Money>("tick", "so much for each hour of the index above `strike`");
    let strike = section.optional::<Strike>("strike", "hours of the index from which `tick` is paid");
    let cap = section.optional::<MoneyOrNone>("cap", "the most that `tick` pays, or \"none\"");
    let loss = section.choice("loss", false, "the loss itself, once `at` is reached", &LossMeasure::ALL);

    let given: Vec<_> = FORMS.into_iter().filter(|form| section.has(form)).collect();
    let (needs, may): (&[&str], &[&str]) = match given.as_slice() {
        ["amount"] | ["loss"] => (&["at", "met"], &[]),
        ["steps"] => (&["met"], &["additive"]),
        ["per_hour"] => (&["from", "to"], &["whole_hours"]),
        ["tick"] => (&["strike", "cap"], &[]),
        _ => {
            let mend = "give one of amount, steps, per_hour, tick and loss";
            section.error(section.head(), "it is not clear what is paid", mend);
            return None;
        }
    };
    if !keys_of(section, &format!("`{}`", given[0]), needs, may, &BESIDE) {
        return None;
    }
    let met = met.map(|at| at.value);
    match given[0] {
        "amount" => {
            let steps = vec![(at?.value, amount?.value)];
            checked_steps(section, Some(steps), met).map(Schedule::Steps)
        }
        "steps" => {
            let added = additive.is_some_and(|at| at.value);
            let form = if added { Schedule::AddedSteps } else { Schedule::Steps };
            checked_steps(section, steps, met).map(form)
        }
        "tick" => {
            let strike = level(section, &Index::OutageHours, strike)?;
            Some(Schedule::Tick(Tick { tick: tick?.value, strike, cap: cap?.value.0 }))
        }
        "loss" => Some(Schedule::Loss { at: at?.value, met: met?, measure: loss?.value }),
        _ => hourly(section, per_hour?.value, from?.value, to?, whole_hours.is_some_and(|at| at.value)),
    }
}

fn hourly(
    section: &Section<'_>,
    per_hour: Money,
    from: Hours,
    to: At<HoursOrNone>,
    whole_hours: bool,
) -> Option<Schedule> {
    match PerHour::new(MoneyPerHour(per_hour.0), from, to.value.0, whole_hours) {
        Ok(hourly) => Some(Schedule::PerHour(hourly)),
        Err(error) => {
            section.error(to.span, error.to_string(), "let `to` come after `from`");
            None
        }
    }
}
