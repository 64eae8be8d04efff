//! When in the week or the year an outage of a peril starts.

use crate::peril::{Moment, Start};
use crate::profile::WeekShape;
use crate::read::section::{At, Section};

pub(super) fn start(section: &mut Section<'_>) -> Option<Start> {
    section.choice_or_section(
        "start",
        "when an outage starts: any moment or any full hour of the year is as likely as another, or \
         hours of the week have weights",
        &[("any_moment", Moment::Any), ("full_hour", Moment::FullHour)],
        Start::even,
        weekly,
    )
}

fn weekly(section: &mut Section<'_>) -> Option<Start> {
    let weights = section.required::<Vec<f64>>(
        "hours_of_week",
        "168 weights of local hours, Monday 00:00 first; how large they are together does not matter",
    );
    let moment = section.choice(
        "moment",
        true,
        "at which moment of its hour an outage starts",
        &[("any", Moment::Any), ("full_hour", Moment::FullHour)],
    );
    let At { value: weights, span } = weights?;
    if weights.iter().all(|weight| *weight == 0.0) {
        section.error(span, "no hour of the week has a weight", "give at least one more than 0");
        return None;
    }
    let week = WeekShape::of_week(&weights);
    let week = week.map_err(|error| {
        section.error(span, format!("`hours_of_week` {error}"), "give 168 numbers, Monday 00:00 first");
    });
    Some(Start::weekly(week.ok()?, moment?.value))
}
