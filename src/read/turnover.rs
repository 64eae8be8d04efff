//! Keys of `revenue` that bring earlier figures to the time of the outage.

use jiff::civil::{Date, DateTime};

use super::lines::Revenue;
use super::scenario::Context;
use super::section::{At, Section};
use super::value::LocalTime;
use crate::profile::{HOURS_OF_WEEK, Special, Trend, Turnover};
use crate::quantity::{Hours, Money};

/// What a profile is multiplied by before it is used.
pub(super) struct Adjustment {
    trend: Trend,
    specials: Vec<Special>,
    /// The factors in words, for those who ask where a profile comes from.
    words: String,
}

impl Adjustment {
    /// Adjusts a profile, where there is anything to adjust.
    pub(super) fn apply(self, section: &Section<'_>, revenue: Revenue) -> Option<Revenue> {
        if self.trend == Trend::NONE && self.specials.is_empty() {
            return Some(revenue);
        }
        // Special days are known on the calendar, and the profile may begin later.
        let on_profile = |special: &Special| Special {
            from: special.from - revenue.origin,
            to: special.to - revenue.origin,
            ..*special
        };
        let specials: Vec<Special> = self.specials.iter().map(on_profile).collect();
        match revenue.profile.adjusted(self.trend, &specials) {
            Ok(profile) => {
                Some(Revenue { profile, from: format!("{}{}", revenue.from, self.words), ..revenue })
            }
            Err(error) => {
                section.error(section.head(), error.to_string(), "give factors of a usual size");
                None
            }
        }
    }
}

pub(super) fn adjustment(section: &mut Section<'_>, context: &Context<'_>) -> Option<Adjustment> {
    let trend =
        section.optional::<f64>("trend", "how turnover has moved since these figures; 1 unless said");
    let specials = section.sections("special", "days that bring more or less than usual", |part| {
        let from = part.required::<LocalTime>("from", "first day, or a local time");
        let to = part.required::<LocalTime>("to", "the day on which it is over, or a local time");
        let factor = part.required::<f64>("factor", "how much more or less: 1.05 for 5% more")?;
        let (from, to) = (from?, to?);
        let words = format!(" × {} ({}–{})", factor.value, from.value.0, to.value.0);
        let (from, to) = (moment(part, context, from)?, moment(part, context, to)?);
        if from >= to {
            let mend = "give the first day and the day after the last one";
            part.error(part.head(), "the special days end before they begin", mend);
            return None;
        }
        Some((Special { from, to, factor: checked(part, factor)? }, words))
    });
    if specials.len() < section.length("special") {
        return None;
    }
    let trend = match trend {
        Some(at) => checked(section, at)?,
        None => Trend::NONE,
    };
    let mut words = if trend == Trend::NONE { String::new() } else { format!(" × {}", trend.get()) };
    let (specials, of_specials): (Vec<_>, Vec<String>) = specials.into_iter().map(|at| at.value).unzip();
    words.push_str(&of_specials.concat());
    Some(Adjustment { trend, specials, words })
}

fn checked(section: &Section<'_>, At { value, span }: At<f64>) -> Option<Trend> {
    match Trend::new(value) {
        Ok(trend) => Some(trend),
        Err(error) => {
            section.error(span, error.to_string(), "give 1.08 for 8% more, 0.92 for 8% less");
            None
        }
    }
}

fn moment(section: &Section<'_>, context: &Context<'_>, at: At<LocalTime>) -> Option<Hours> {
    let text = at.value.0;
    let day = text.parse::<Date>().ok().filter(|_| !text.contains(':')).map(|day| day.at(0, 0, 0, 0));
    let Some(local) = day.or_else(|| text.parse::<DateTime>().ok()) else {
        let message = format!("{text:?} is not a day");
        section.error(at.span, message, "write \"2026-02-16\", or a local time");
        return None;
    };
    let calendar = context.calendar?;
    match calendar.instant(local) {
        Ok(instant) => Some(calendar.elapsed(instant)),
        Err(error) => {
            section.error(at.span, error.to_string(), "give a local time that comes once");
            None
        }
    }
}

/// Reads what a new business has turned over, as what it makes of a week.
pub(super) fn since_opening(section: &mut Section<'_>) -> Option<Money> {
    let turnover = section.required::<Money>("turnover", "what it has turned over");
    let open_for = section.required::<Hours>("open_for", "how long it has been open, such as \"90d\"");
    let At { value: open_for, span } = open_for?;
    match Turnover::since_opening(turnover?.value, open_for) {
        Ok(turnover) => Some(turnover.over(Hours(HOURS_OF_WEEK as f64), Trend::NONE, Trend::NONE)),
        Err(error) => {
            section.error(span, error.to_string(), "give per_year of a business of a year and more");
            None
        }
    }
}
