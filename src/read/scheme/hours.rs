//! Section `[[industry_hours]]` of a scheme file.

use super::super::section::{At, Section};
use super::super::value::Words;
use crate::scheme::IndustryHours;

/// The largest weight: far above any that tells hours apart.
const MOST: f64 = 1_000_000.0;

/// Reads in which hours industries sell.
pub fn hours(section: &mut Section<'_>) -> Option<IndustryHours> {
    let industries = section.required::<Words>("industries", "names in the column `industry`");
    let of_day = section.required::<Vec<f64>>("hours_of_day", "24 whole weights, 00:00 first");
    let of_week = section.required::<Vec<f64>>("days_of_week", "7 whole weights, Monday first");
    let (of_day, of_week) = (whole(section, of_day?, 24)?, whole(section, of_week?, 7)?);
    let weights = of_week.iter().flat_map(|day| of_day.iter().map(move |hour| day * hour));
    let hours = IndustryHours::new(industries?.value.0, weights);
    if hours.is_none() {
        section.error(section.head(), "no hour has any sales", "give at least one hour and one day a weight");
    }
    hours
}

fn whole(section: &Section<'_>, weights: At<Vec<f64>>, wanted: usize) -> Option<Vec<u64>> {
    let good = |weight: &f64| *weight >= 0.0 && *weight <= MOST && weight.fract() == 0.0;
    if weights.value.len() == wanted && weights.value.iter().all(good) {
        return Some(weights.value.iter().map(|weight| *weight as u64).collect());
    }
    let message = format!("these are not {wanted} whole weights");
    section.error(weights.span, message, "give whole numbers from 0 to 1_000_000: shares times 1000 will do");
    None
}
