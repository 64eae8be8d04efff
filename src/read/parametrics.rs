//! Section `[[parametric]]`.

use super::currency::currency;
use super::lines::{MET, checked_steps, steps};
use super::premium::premium;
use super::quality;
use super::scenario::{Context, Heading};
use super::section::Section;
use super::value::{HoursOrNone, MoneyOrNone};
use crate::hedge::{Parametric, PerHour, Schedule};
use crate::quantity::{Hours, Money, MoneyPerHour};
use crate::scenario::{Named, ParametricPolicy};

pub(super) fn parametric(
    section: &mut Section<'_>,
    context: &Context<'_>,
) -> Option<Named<ParametricPolicy>> {
    let stated_in = currency(section, context);
    let heading = Heading::read(section, context);
    let schedule = section.section("pays", true, "what it pays by the hours of outage", pays).flatten();
    let limit = section.optional::<MoneyOrNone>("limit", "most for one event; none unless said");
    let quality = quality::own(section);
    let limit = limit.and_then(|at| at.value.0);
    let premium = premium(section, limit);
    let schedule = schedule?;
    if let Schedule::PerHour(hourly) = &schedule
        && hourly.to().is_none()
        && limit.is_none()
    {
        let mend = "give `to` in `pays`, or a `limit`";
        section.error(section.head(), "a payment by the hour without end has no limit either", mend);
        return None;
    }
    if limit == Some(Money::ZERO) {
        section.error_at("limit", "the cover can never pay: its limit is 0", "give the limit, or \"none\"");
    }
    Some(heading?.over(ParametricPolicy {
        parametric: Parametric { schedule, limit },
        quality,
        premium: premium?,
        stated_in,
    }))
}

fn pays(section: &mut Section<'_>) -> Option<Schedule> {
    let amount = section.optional::<Money>("amount", "one amount, once `at` is reached");
    let at = section.optional::<Hours>("at", "duration at which `amount` is paid");
    let steps = steps(section, "amounts by duration; the highest step reached is paid");
    let met =
        section.choice("met", false, "how a duration is reached; needed with `amount` and `steps`", &MET);
    let per_hour = section.optional::<Money>("per_hour", "so much for each hour between `from` and `to`");
    let from = section.optional::<Hours>("from", "duration from which hours are paid");
    let to = section.optional::<HoursOrNone>("to", "duration up to which hours are paid, or \"none\"");
    let whole_hours =
        section.optional::<bool>("whole_hours", "whether only whole hours count; false unless said");

    let forms = ["amount", "steps", "per_hour"];
    let given: Vec<_> = forms.into_iter().filter(|form| section.has(form)).collect();
    let beside: &[&str] = match given.as_slice() {
        ["amount"] => &["at", "met"],
        ["steps"] => &["met"],
        ["per_hour"] => &["from", "to"],
        _ => {
            section.error(
                section.head(),
                "it is not clear what is paid",
                "give one of amount, steps and per_hour",
            );
            return None;
        }
    };
    let mut complete = true;
    for key in beside.iter().filter(|key| !section.has(key)) {
        complete = false;
        let message = format!("`{}` needs `{key}` beside it", given[0]);
        let mend = match *key {
            "met" => "give met = \"more_than\" or met = \"at_least\"".to_owned(),
            "to" => "give to = \"24h\" or to = \"none\"".to_owned(),
            _ => format!("give {key} = \"6h\""),
        };
        section.error(section.head(), message, mend);
    }
    for key in ["at", "met", "from", "to", "whole_hours"] {
        let belongs = beside.contains(&key) || key == "whole_hours" && given[0] == "per_hour";
        if section.has(key) && !belongs {
            let message = format!("`{key}` says nothing beside `{}`", given[0]);
            section.error_at(key, message, format!("leave `{key}` out"));
        }
    }
    if !complete {
        return None;
    }
    let met = met.map(|at| at.value);
    match given[0] {
        "amount" => {
            let steps = vec![(at?.value, amount?.value)];
            checked_steps(section, Some(steps), met).map(Schedule::Steps)
        }
        "steps" => checked_steps(section, steps, met).map(Schedule::Steps),
        _ => {
            let rate = MoneyPerHour(per_hour?.value.0);
            let whole = whole_hours.is_some_and(|at| at.value);
            match PerHour::new(rate, from?.value, to?.value.0, whole) {
                Ok(hourly) => Some(Schedule::PerHour(hourly)),
                Err(error) => {
                    section.error_at("to", error.to_string(), "let `to` come after `from`");
                    None
                }
            }
        }
    }
}
