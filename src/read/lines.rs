//! Section `[[line]]`.

use super::damage::damage;
use super::path::path;
use super::profile::Made;
use super::recapture::{discontinued, recapture};
use super::scenario::{Context, Heading};
use super::section::{At, Section};
use super::{hourly, library, profile, turnover};
use crate::loss::Damage;
use crate::mitigation::Recapture;
use crate::outage::ServicePath;
use crate::profile::{Calendar, Level, Profile, WeekShape};
use crate::quantity::{Hours, Met, Money, MoneyPerHour, Share};
use crate::scenario::{Label, Line, Named};
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
    let (damage, source) = damage(section, context).map_or((None, None), |it| (Some(it.damage), it.source));
    let by_damage = section.has("damage");
    let revenue =
        section.section("revenue", !by_damage, "what the line normally brings, by hour", |part| {
            revenue(part, context, lasts)
        });
    let revenue = revenue.flatten();
    if by_damage {
        refuse_beside_damage(section);
    }
    let dependency = section.optional::<Share>(
        "dependency",
        "share of the line that the failed service carries; all unless said",
    );
    let provider = section.optional::<String>(
        "provider",
        "who provides the service that it depends on; lines of one provider wait together",
    );
    let made = recapture(section);
    let saved = section.optional::<Share>(
        "saved_cost_rate",
        "costs that stop with the sales, as a share of them; none unless said",
    );
    let salvage =
        section.optional::<Money>("salvage", "what stock that was not sold brings; none unless said");
    let discontinued = discontinued(section);
    let never_falls = |damage: &Damage| damage.never_falls(context.spans);
    if damage.as_ref().is_some_and(|damage| !never_falls(damage)) {
        let mend = "take it as an [[outflow]], which is asked for the whole duration only";
        section.error_at("damage", "the damage falls while the outage goes on", mend);
    }
    let Revenue { profile, origin, from } = match revenue {
        None if damage.is_some() => Revenue::none(),
        revenue => revenue?,
    };
    let caution = made.as_ref().and_then(|made| made.caution.clone());
    let mut line = heading?.over(Line {
        profile,
        origin,
        profile_from: from,
        dependency: dependency.map_or(Share::ALL, |at| at.value),
        provider: provider.map(|at| at.value),
        path: path?,
        without_measure: without_measure.flatten(),
        recapture: made.map_or_else(Recapture::default, |made| made.recapture),
        saved_cost_rate: saved.map_or(Share::NONE, |at| at.value),
        discontinued,
        salvage: salvage.map_or(Money::ZERO, |at| at.value),
        damage,
    });
    line.sources.extend(source);
    if let Some((caution, source)) = caution {
        line.sources.push(source.to_owned());
        line.assumption = Some(match line.assumption {
            None => caution,
            Some(said) => {
                let join = |one: &str, other: &str| format!("{one} {other}");
                Label { ko: join(&said.ko, &caution.ko), en: join(&said.en, &caution.en) }
            }
        });
    }
    Some(line)
}

/// A damage function knows no revenue: whatever works on revenue has no place beside it.
fn refuse_beside_damage(section: &Section<'_>) {
    for key in [
        "revenue",
        "stages",
        "ramp_up",
        "failover",
        "early_warning",
        "dependency",
        "recapture",
        "saved_cost_rate",
        "discontinued_charges",
    ] {
        if section.has(key) {
            let message = format!("`{key}` says nothing beside `damage`, which is all that the line loses");
            section.error_at(
                key,
                message,
                format!("leave `{key}` out, or give `revenue` in place of `damage`"),
            );
        }
    }
}

pub(super) struct Revenue {
    pub(super) profile: Profile,
    pub(super) origin: Hours,
    pub(super) from: String,
}

impl Revenue {
    fn none() -> Self {
        let nothing = Profile::new(vec![MoneyPerHour::ZERO]).expect("an hour of nothing is a profile");
        Self { profile: nothing, origin: Hours::ZERO, from: String::new() }
    }
}

const FORMS: &str = "give per_hour; or shape, hours_of_day or hours_of_week; or hourly";

fn revenue(section: &mut Section<'_>, context: &Context<'_>, lasts: Hours) -> Option<Revenue> {
    let per_hour = section.optional::<Money>("per_hour", "the same amount in every hour");
    let shape = section.optional::<String>(
        "shape",
        "a bundled shape of the week, \"flat\", or a profile file, \"taxi.toml\" or \"lines.toml#taxi\"; \
         needs per_year or per_week",
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
        if let Some(made) = of_file(section, &At { value: name.clone(), span: span.clone() }, context) {
            let made = made?;
            let from = made.made_from.as_ref().map_or(name.clone(), |from| format!("{name}, from {from}"));
            let profile = made.rhythm.over(context.calendar?, level.unwrap_or(Level::AsGiven));
            return match profile {
                Ok(profile) => adjusted.apply(section, Revenue { profile, origin: Hours::ZERO, from }),
                Err(error) => {
                    section.error(span, error.to_string(), "give amounts of a usual size");
                    None
                }
            };
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

/// Reads a profile file, where a shape names one; nothing inside where it
/// has faults, which are noted.
fn of_file(section: &Section<'_>, name: &At<String>, context: &Context<'_>) -> Option<Option<Made>> {
    let At { value: name, span } = name;
    let file = name.rsplit_once('#').map_or(name.as_str(), |(file, _)| file);
    if !file.ends_with(".toml") {
        return None;
    }
    let made = match profile::named(name, context.folder) {
        Ok(made) => made,
        Err(faults) => {
            for fault in faults {
                section.error(span.clone(), fault.message, fault.mend);
            }
            return Some(None);
        }
    };
    let zone = context.calendar.map_or("", Calendar::zone);
    if !zone.is_empty() && zone != made.timezone {
        let message =
            format!("{file} runs on clocks of {}, and the scenario on those of {zone}", made.timezone);
        section.warning(span.clone(), message, "build the profile with --timezone of the scenario");
    }
    let years = context.days.iter().map(|day| day.year());
    let known: Vec<i16> = made.rhythm.days.keys().map(|day| day.year()).collect();
    if let Some(year) = years.min()
        && known.last().is_some_and(|last| *last < year)
    {
        let message = format!("{file} names no day of {year}, as it does of earlier years");
        section.warning(span.clone(), message, "build it again with holidays of that year");
    }
    Some(Some(made))
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
