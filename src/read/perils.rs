//! Section `[[peril]]`: how often service stops, when, for how long, how hard, and where.

mod hits;
mod law;
mod past;
mod start;

use super::scenario::{Context, Heading};
use super::section::Section;
use crate::outage::Cause;
use crate::peril::{Duration, Frequency, InvalidLaw, Peril, Severity};
use crate::quantity::Hours;
use crate::scenario::Named;

pub(super) fn peril(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<Peril>> {
    let heading = Heading::read(section, context);
    let frequency = section.section("frequency", true, "how many outages a year brings", frequency);
    let duration =
        section.section("duration", true, "how long an outage lasts", |part| duration(part, context));
    let start = start::start(section);
    let severity = section.section(
        "severity",
        false,
        "how hard an outage hits: the factor on what each line loses along its own path; 1 unless said. \
         Above 1 more is lost than the line's revenue brings, as in a peak season",
        severity,
    );
    let severity = severity.map_or(Some(Severity::default()), |read| read);
    let hits = hits::hits(section, context);
    let cause =
        section.choice("cause", false, "why service stops; needed where a cover names perils", &Cause::ALL);
    Some(heading?.over(Peril {
        frequency: frequency??,
        duration: duration??,
        start: start?,
        severity: severity?,
        hits: hits?,
        cause: cause.map(|at| at.value),
    }))
}

fn frequency(section: &mut Section<'_>) -> Option<Frequency> {
    let poisson = section.optional::<f64>("poisson", "mean of outages that do not know of one another");
    let clustered = section.section(
        "negative_binomial",
        false,
        "outages that come in clusters: mean and variance",
        |part| {
            let mean = part.required::<f64>("mean", "mean of a year");
            let variance = part.required::<f64>("variance", "variance of a year, above the mean");
            Some((mean?.value, variance?.value))
        },
    );
    let fixed = section.optional::<u32>("fixed", "the same number every year");
    let probability = section.optional::<f64>("bernoulli", "probability of one outage, otherwise none");
    one_of(section, &["poisson", "negative_binomial", "fixed", "bernoulli"])?;
    let law = match (poisson, clustered.flatten(), fixed, probability) {
        (Some(mean), ..) => Frequency::poisson(mean.value),
        (_, Some((mean, variance)), ..) => Frequency::negative_binomial(mean, variance),
        (.., Some(number), _) => Ok(Frequency::fixed(number.value)),
        (.., Some(probability)) => Frequency::bernoulli(probability.value),
        _ => return None,
    };
    law.map_err(|error| section.error(section.head(), error.to_string(), "give a law of counts")).ok()
}

fn duration(section: &mut Section<'_>, context: &Context<'_>) -> Option<Duration> {
    let (law, at_most) = law::law::<Hours>(section, |section| past::durations(section, context))?;
    checked(section, Duration::new(law, at_most.map(Hours)))
}

fn severity(section: &mut Section<'_>) -> Option<Severity> {
    let (law, at_most) = law::law::<f64>(section, past::factors)?;
    checked(section, Severity::new(law, at_most))
}

fn checked<T>(section: &Section<'_>, law: Result<T, InvalidLaw>) -> Option<T> {
    let mend = |error| match error {
        InvalidLaw::EndlessMean => "give `at_most`, or a lighter tail",
        _ => "mend the law",
    };
    law.map_err(|error| section.error(section.head(), error.to_string(), mend(error))).ok()
}

/// Returns the one key of several that is given, or notes that it is not one.
fn one_of<'k>(section: &Section<'_>, keys: &[&'k str]) -> Option<&'k str> {
    let given: Vec<_> = keys.iter().filter(|key| section.has(key)).copied().collect();
    match given.as_slice() {
        [one] => Some(one),
        [] => {
            section.error(
                section.head(),
                "the law is not said",
                format!("give one of {}", keys.join(", ")),
            );
            None
        }
        several => {
            let message = format!("more than one law is given: {}", several.join(", "));
            section.error(section.head(), message, "keep one of them");
            None
        }
    }
}
