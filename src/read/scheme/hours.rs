//! Section `[[industry_hours]]` of a scheme file.

use super::super::library;
use super::super::section::{At, Section};
use super::super::value::Words;
use crate::scheme::IndustryHours;

/// The largest weight: far above any that tells hours apart.
const MOST: f64 = 1_000_000.0;

/// Reads in which hours industries sell.
pub fn hours(section: &mut Section<'_>) -> Option<IndustryHours> {
    let industries = section.required::<Words>("industries", "names in the column `industry`");
    let shape = section.optional::<String>("shape", "a bundled shape of the week, such as kr-food-service");
    let of_day =
        section.optional::<Vec<f64>>("hours_of_day", "in place of a shape: 24 whole weights, 00:00 first");
    let of_week =
        section.optional::<Vec<f64>>("days_of_week", "in place of a shape: 7 whole weights, Monday first");
    if let Some(named) = shape {
        if section.has("hours_of_day") || section.has("days_of_week") {
            section.error(named.span, "the hours are given twice", "give a shape, or hours and days");
            return None;
        }
        let Some(shape) = library::shape(&named.value) else {
            let known = library::shape_names().collect::<Vec<_>>().join(", ");
            let message = format!("no bundled shape is called {:?}", named.value);
            section.error(named.span, message, format!("write one of {known}"));
            return None;
        };
        return IndustryHours::new(industries?.value.0, shape.whole_weights().into_iter());
    }
    if !section.has("hours_of_day") || !section.has("days_of_week") {
        let mend = "give a bundled `shape`, or `hours_of_day` and `days_of_week`";
        section.error(section.head(), "nothing says when these industries sell", mend);
    }
    let (of_day, of_week) = (whole(section, of_day?, 24)?, whole(section, of_week?, 7)?);
    let weights = of_week.iter().flat_map(|day| of_day.iter().map(move |hour| day * hour));
    let hours = IndustryHours::new(industries?.value.0, weights);
    if hours.is_none() {
        section.error(
            section.head(),
            "no hour has any sales",
            "give at least one hour and one day a weight",
        );
    }
    hours
}

fn whole(section: &Section<'_>, weights: At<Vec<f64>>, wanted: usize) -> Option<Vec<u64>> {
    let good = |weight: &f64| *weight >= 0.0 && *weight <= MOST && weight.fract() == 0.0;
    if weights.value.len() == wanted && weights.value.iter().all(good) {
        return Some(weights.value.iter().map(|weight| *weight as u64).collect());
    }
    let message = format!("these are not {wanted} whole weights");
    section.error(
        weights.span,
        message,
        "give whole numbers from 0 to 1_000_000: shares times 1000 will do",
    );
    None
}
