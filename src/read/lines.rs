//! Sections `[[line]]` and `[[outflow]]`.

use super::scenario::{Context, Heading};
use super::section::{At, Section};
use super::value::Until;
use super::{addition, hourly, library, turnover};
use crate::mitigation::{Amount, Discontinued, Fade, Head, Outflow, Recapture};
use crate::outage::{BreakPoint, ServicePath, Stage};
use crate::profile::{Level, Profile, WeekShape};
use crate::quantity::{Hours, Met, Money, MoneyPerHour, Share};
use crate::scenario::{Line, Named};
use crate::steps::Steps;

/// How a threshold is met, under the words of a scenario file.
pub(super) const MET: [(&str, Met); 2] = [("more_than", Met::MoreThan), ("at_least", Met::AtLeast)];

pub(super) fn line(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<Line>> {
    let heading = Heading::read(section, context);
    let path = path(section, context);
    let without_measure = section.section(
        "without_measure",
        false,
        "how service would come back without the measure whose cost is claimed",
        |part| self::path(part, context),
    );
    let lasts = context.spans + path.as_ref().map_or(Hours::ZERO, ServicePath::ramp_up);
    let revenue = section.section("revenue", true, "what the line normally brings, by hour", |part| {
        revenue(part, context, lasts)
    });
    let revenue = revenue.flatten();
    let dependency = section.optional::<Share>(
        "dependency",
        "share of the line that the failed service carries; all unless said",
    );
    let provider = section.optional::<String>(
        "provider",
        "who provides the service that it depends on; lines of one provider wait together",
    );
    let recapture = section.value_or_section::<Share, _>(
        "recapture",
        "share of lost revenue made up later; none unless said",
        |At { value: factor, .. }| Some(Recapture::even(factor)),
        recapture,
    );
    let saved = section.optional::<Share>(
        "saved_cost_rate",
        "costs that stop with the sales, as a share of them; none unless said",
    );
    let salvage =
        section.optional::<Money>("salvage", "what stock that was not sold brings; none unless said");
    let Revenue { profile, origin, from } = revenue?;
    Some(heading?.over(Line {
        profile,
        origin,
        profile_from: from,
        dependency: dependency.map_or(Share::ALL, |at| at.value),
        provider: provider.map(|at| at.value),
        path: path?,
        without_measure: without_measure.flatten(),
        recapture: recapture.unwrap_or_default(),
        saved_cost_rate: saved.map_or(Share::NONE, |at| at.value),
        discontinued: Discontinued::default(),
        salvage: salvage.map_or(Money::ZERO, |at| at.value),
        damage: None,
    }))
}

pub(super) struct Revenue {
    pub(super) profile: Profile,
    pub(super) origin: Hours,
    pub(super) from: String,
}

const FORMS: &str = "give per_hour; or shape, hours_of_day or hours_of_week; or hourly";

fn revenue(section: &mut Section<'_>, context: &Context<'_>, lasts: Hours) -> Option<Revenue> {
    let per_hour = section.optional::<Money>("per_hour", "the same amount in every hour");
    let shape = section.optional::<String>(
        "shape",
        "a bundled shape of the week, or \"flat\"; needs per_year or per_week",
    );
    let of_day = section
        .optional::<Vec<f64>>("hours_of_day", "24 amounts, 00:00 first; weights where a total is given");
    let of_week = section.optional::<Vec<f64>>(
        "hours_of_week",
        "168 amounts, Monday 00:00 first; weights where a total is given",
    );
    let hourly = section
        .optional::<String>("hourly", "a CSV or Parquet file with a time and a revenue for each hour");
    let per_week = section.optional::<Money>("per_week", "what the week adds up to");
    let per_year = section.optional::<Money>("per_year", "what the year of the outage adds up to");
    let new_business = section.section(
        "since_opening",
        false,
        "what a business younger than a year has turned over",
        turnover::since_opening,
    );
    let adjusted = turnover::adjustment(section, context);

    let forms = ["per_hour", "shape", "hours_of_day", "hours_of_week", "hourly"];
    let given: Vec<_> = forms.into_iter().filter(|form| section.has(form)).collect();
    if given.len() != 1 {
        let message = match given.as_slice() {
            [] => "revenue does not say how it runs through the hours".to_owned(),
            several => format!("revenue is given more than once: {}", several.join(", ")),
        };
        section.error(section.head(), message, FORMS);
        return None;
    }
    let level = match (per_week, per_year, new_business) {
        (Some(_), Some(year), _) => {
            section.error(year.span, "a total is given for the week and for the year", "keep one of them");
            return None;
        }
        (Some(total), None, Some(_)) | (None, Some(total), Some(_)) => {
            let message = "a total is given, and what the business has turned over since it opened";
            section.error(total.span, message, "keep one of them");
            return None;
        }
        (Some(week), None, None) => Some(Level::PerWeek(week.value)),
        (None, Some(year), None) => Some(Level::PerYear(year.value)),
        (None, None, Some(week)) => Some(Level::PerWeek(week?)),
        (None, None, None) => None,
    };
    let adjusted = adjusted?;
    if let Some(file) = hourly {
        if level.is_some() {
            section.error(
                file.span,
                "an hourly file brings its own total",
                "leave per_week, per_year and since_opening out",
            );
            return None;
        }
        let series = series(section, &file, context, lasts)?;
        return adjusted.apply(section, series);
    }

    let (shape, from) = if let Some(amount) = per_hour {
        if level.is_some() {
            section.error(amount.span, "per_hour brings its own total", "leave the other total out");
            return None;
        }
        (Ok(WeekShape::flat(amount.value.0)), "per_hour".to_owned())
    } else if let Some(At { value: name, span }) = shape {
        if level.is_none() {
            section.error(span, "a shape needs a total", "give per_year or per_week beside it");
            return None;
        }
        match library::shape(&name) {
            Some(bundled) => (Ok(bundled.week()), name),
            None => {
                let mend = match super::section::nearest(&name, library::shape_names()) {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => format!("known: {}", library::shape_names().collect::<Vec<_>>().join(", ")),
                };
                section.error(span, format!("shape {name:?} is not known"), mend);
                return None;
            }
        }
    } else if let Some(hours) = of_day {
        (WeekShape::of_day(&hours.value), "hours_of_day".to_owned())
    } else {
        (WeekShape::of_week(&of_week?.value), "hours_of_week".to_owned())
    };
    let shape = match shape {
        Ok(shape) => shape,
        Err(error) => {
            section.error_at(
                given[0],
                format!("`{}`: {error}", given[0]),
                "list one number of 0 or more for each hour",
            );
            return None;
        }
    };
    match shape.over(context.calendar?, level.unwrap_or(Level::AsGiven)) {
        Ok(profile) => adjusted.apply(section, Revenue { profile, origin: Hours::ZERO, from }),
        Err(error) => {
            section.error(section.head(), error.to_string(), "give amounts of a usual size");
            None
        }
    }
}

fn series(
    section: &Section<'_>,
    file: &At<String>,
    context: &Context<'_>,
    lasts: Hours,
) -> Option<Revenue> {
    let calendar = context.calendar?;
    let needed = (context.start?, lasts);
    match hourly::read(&file.value, context.folder, calendar, needed) {
        Ok(series) => {
            Some(Revenue { profile: series.profile, origin: series.origin, from: file.value.clone() })
        }
        Err(faults) => {
            for fault in faults {
                section.error(file.span.clone(), fault.message, fault.mend);
            }
            None
        }
    }
}

fn path(section: &mut Section<'_>, context: &Context<'_>) -> Option<ServicePath> {
    let restored = section.optional::<Hours>(
        "restored",
        "when the line is back by its own clock; the end of the outage unless said",
    );
    let stages = section.sections("stages", "how service comes back, stage by stage", stage);
    let ramp_up =
        section.optional::<Hours>("ramp_up", "time from restoration to normal sales, in a straight line");
    let path = match (restored, stages.is_empty()) {
        (Some(At { span, .. }), false) => {
            section.error(
                span,
                "`restored` and `stages` both say when service is back",
                "keep one of them",
            );
            return None;
        }
        (Some(At { value, .. }), true) => Ok(ServicePath::restored(BreakPoint::after(value))),
        (None, true) => Ok(context.interruptions.path()),
        (None, false) => {
            ServicePath::new(stages.into_iter().map(|stage| stage.value).collect(), Hours::ZERO)
        }
    };
    let ramp_up = ramp_up.map_or(Hours::ZERO, |at| at.value);
    match path.and_then(|path| path.with_ramp_up(ramp_up)) {
        Ok(path) => Some(path),
        Err(error) => {
            section.error_at("stages", error.to_string(), "let each stage end after the one before it");
            None
        }
    }
}

fn stage(section: &mut Section<'_>) -> Option<Stage> {
    let until =
        section.required::<Until>("until", "when the stage ends: so long after the start, or \"end\"");
    let share =
        section.optional::<Share>("until_share", "a share of the outage's duration, added to `until`");
    let lost = section.value_or_section::<Share, _>(
        "lost",
        "share of the line that is lost, even or from one level to another",
        |At { value, .. }| Some((value, value)),
        |slope| {
            let from = slope.required::<Share>("from", "share lost when the stage begins");
            let to = slope.required::<Share>("to", "share lost when it ends");
            Some((from?.value, to?.value))
        },
    );
    if !section.has("lost") {
        section.error(
            section.head(),
            "the stage does not say what is lost",
            "give `lost`, such as \"100%\"",
        );
    }
    let (lost_from, lost_to) = lost?;
    let until = match (until?.value, share) {
        (Until::End, None) => BreakPoint::END,
        (Until::End, Some(At { span, .. })) => {
            section.error(span, "the end of the outage needs no share", "leave `until_share` out");
            return None;
        }
        (Until::After(offset), None) => BreakPoint::after(offset),
        (Until::After(offset), Some(share)) => BreakPoint::at_share(share.value, offset),
    };
    Some(Stage { until, lost_from, lost_to })
}

fn recapture(section: &mut Section<'_>) -> Option<Recapture> {
    let factor = section.required::<Share>("factor", "share made up after an outage of no length");
    let fade = section.choice(
        "fade",
        true,
        "how it declines with duration",
        &[
            ("exponential", Fade::Exponential as fn(Hours) -> Fade),
            ("linear", Fade::Linear as fn(Hours) -> Fade),
        ],
    );
    let over = section.required::<Hours>("over", "time of the decline: by a factor e, or to nothing");
    let At { value: over, span } = over?;
    if over <= Hours::ZERO {
        section.error(
            span,
            "a decline over no time is none",
            "give more than 0, or write recapture = \"…%\"",
        );
        return None;
    }
    Some(Recapture { fade: (fade?.value)(over), ..Recapture::even(factor?.value) })
}

pub(super) fn outflow(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<Outflow>> {
    let heading = Heading::read(section, context);
    let head = section.choice("head", true, "kind of loss, by which covers name it", &Head::ALL[1..]);
    let fixed = section.optional::<Money>("amount", "the same for every outage");
    let per_hour = section.optional::<Money>("per_hour", "so much for each hour");
    let after = section.optional::<Hours>("after", "hours that pass before `per_hour` starts");
    let share = section
        .optional::<Share>("share_of_lost_revenue", "a share of revenue lost, before any is made up");
    let lines =
        section.optional::<Vec<String>>("lines", "lines whose lost revenue counts; all unless said");
    let steps = steps(section, "amounts by duration; the highest step reached counts");
    let met = section.choice("met", false, "how a step is reached; needed with `steps`", &MET);

    let addition = addition::read(section);

    let forms = ["amount", "per_hour", "share_of_lost_revenue", "steps", "daily"];
    let given: Vec<_> = forms.into_iter().filter(|form| section.has(form)).collect();
    if given.len() != 1 {
        let message = match given.as_slice() {
            [] => "the outflow does not say how much".to_owned(),
            several => format!("the outflow's amount is given more than once: {}", several.join(", ")),
        };
        section.error(section.head(), message, format!("give one of {}", forms.join(", ")));
        return None;
    }
    for (key, form) in [("after", "per_hour"), ("lines", "share_of_lost_revenue"), ("met", "steps")] {
        if section.has(key) && !section.has(form) {
            section.error_at(
                key,
                format!("`{key}` says nothing without `{form}`"),
                format!("leave `{key}` out"),
            );
        }
    }
    let lines = lines_named(section, lines, context);
    let amount = match given[0] {
        "amount" => Amount::Fixed(fixed?.value),
        "daily" => Amount::Daily(addition.daily.clone()?),
        "per_hour" => Amount::PerHour {
            rate: MoneyPerHour(per_hour?.value.0),
            after: after.map_or(Hours::ZERO, |at| at.value),
            most: None,
        },
        "share_of_lost_revenue" => Amount::ShareOfLostRevenue { share: share?.value, lines },
        _ => Amount::Tiered(checked_steps(section, steps, met.map(|at| at.value))?),
    };
    let outflow = Outflow::new(head?.value, amount);
    Some(heading?.over(addition.onto(section, outflow)))
}

/// Returns the places of the lines named, or of all where none are.
pub(super) fn lines_named(
    section: &Section<'_>,
    names: Option<At<Vec<String>>>,
    context: &Context<'_>,
) -> Vec<usize> {
    let Some(At { value: names, span }) = names else { return (0..context.lines.len()).collect() };
    if names.is_empty() {
        section.error(
            span.clone(),
            "the list names no line",
            "name the lines, or leave `lines` out for all",
        );
    }
    let named = |name: String| At { value: name, span: span.clone() };
    names.into_iter().filter_map(|name| line_place(section, &named(name), context)).collect()
}

/// Returns the place of the line of a name, or notes that there is none.
pub(super) fn line_place(section: &Section<'_>, name: &At<String>, context: &Context<'_>) -> Option<usize> {
    let At { value: name, span } = name;
    let place = context.lines.iter().position(|line| line == name);
    if place.is_none() {
        let mend = match super::section::nearest(name, context.lines.iter().map(String::as_str)) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("lines of this file: {}", context.lines.join(", ")),
        };
        section.error(span.clone(), format!("there is no line {name:?}"), mend);
    }
    place
}

/// Reads a list of steps, each with a duration and an amount; nothing if one is at fault.
pub(super) fn steps(section: &mut Section<'_>, meaning: &'static str) -> Option<Vec<(Hours, Money)>> {
    let steps = section.sections("steps", meaning, |step| {
        let at = step.required::<Hours>("at", "duration of the step");
        let amount = step.required::<Money>("amount", "amount of the step");
        Some((at?.value, amount?.value))
    });
    let complete = steps.len() == section.length("steps");
    complete.then(|| steps.into_iter().map(|step| step.value).collect())
}

/// Puts steps together, or notes why they make none.
pub(super) fn checked_steps(
    section: &Section<'_>,
    steps: Option<Vec<(Hours, Money)>>,
    met: Option<Met>,
) -> Option<Steps> {
    let Some(met) = met else {
        let mend = "give met = \"more_than\" or met = \"at_least\": wordings differ on the very moment";
        section.error(section.head(), "it is not said how a step is reached", mend);
        return None;
    };
    match Steps::new(steps?, met) {
        Ok(steps) => Some(steps),
        Err(error) => {
            section.error_at("steps", error.to_string(), "order the steps by duration, each once");
            None
        }
    }
}
