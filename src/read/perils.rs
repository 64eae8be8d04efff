//! Section `[[peril]]`: how often service stops, when, and for how long.

use super::scenario::{Context, Heading};
use super::section::{At, Section};
use crate::outage::Cause;
use crate::peril::{Duration, Frequency, Law, Peril, Start};
use crate::quantity::Hours;
use crate::scenario::Named;

pub(super) fn peril(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<Peril>> {
    let heading = Heading::read(section, context);
    let frequency = section.section("frequency", true, "how many outages a year brings", frequency);
    let duration = section.section("duration", true, "how long an outage lasts", duration);
    let start = section.choice(
        "start",
        true,
        "when an outage starts: any moment or any full hour of the year is as likely as another",
        &[("any_moment", Start::AnyMoment), ("full_hour", Start::FullHour)],
    );
    let cause =
        section.choice("cause", false, "why service stops; needed where a cover names perils", &Cause::ALL);
    Some(heading?.over(Peril {
        frequency: frequency??,
        duration: duration??,
        start: start?.value,
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

fn duration(section: &mut Section<'_>) -> Option<Duration> {
    let at_most = section.optional::<Hours>("at_most", "no outage lasts longer; endless unless said");
    let at_most = at_most.map(|at| at.value);
    let lognormal =
        section.section("lognormal", false, "by its median and the spread of its logarithm", |part| {
            let median = part.required::<Hours>("median", "half of all outages are over by then");
            let sigma = part.optional::<f64>("sigma", "standard deviation of the logarithm");
            let p90 = part.optional::<Hours>("p90", "nine of ten outages are over by then");
            let p95 = part.optional::<Hours>("p95", "nineteen of twenty outages are over by then");
            let p99 = part.optional::<Hours>("p99", "99 of a hundred outages are over by then");
            let given = one_of(part, &["sigma", "p90", "p95", "p99"])?;
            let median = median?.value;
            let through = |p: f64, at: Option<At<Hours>>| {
                Some(Duration::lognormal_through([(0.5, median), (p, at?.value)], at_most))
            };
            match given {
                "sigma" => {
                    let law = Law::Lognormal { median: median.0, sigma: sigma?.value };
                    Some(Duration::new(law, at_most))
                }
                "p90" => through(0.9, p90),
                "p95" => through(0.95, p95),
                _ => through(0.99, p99),
            }
        });
    let two = |section: &mut Section<'_>, name, meaning, law: fn(f64, f64) -> Law| {
        section.section(name, false, meaning, |part| {
            let shape = part.required::<f64>("shape", "its shape");
            let scale = part.required::<Hours>("scale", "its scale");
            Some(Duration::new(law(shape?.value, scale?.value.0), at_most))
        })
    };
    let gamma = two(section, "gamma", "by shape and scale", |shape, scale| Law::Gamma { shape, scale });
    let weibull =
        two(section, "weibull", "by shape and scale", |shape, scale| Law::Weibull { shape, scale });
    let pareto = section.section("pareto", false, "from a least duration on, with a heavy tail", |part| {
        let minimum = part.required::<Hours>("minimum", "the least duration");
        let alpha =
            part.required::<f64>("alpha", "tail index: the lower, the longer; above 1 unless `at_most`");
        Some(Duration::new(Law::Pareto { minimum: minimum?.value.0, alpha: alpha?.value }, at_most))
    });
    let three = |section: &mut Section<'_>, name, meaning, law: fn([f64; 3]) -> Law| {
        section.section(name, false, meaning, |part| {
            let minimum = part.required::<Hours>("minimum", "the least");
            let mode = part.required::<Hours>("mode", "the most frequent");
            let maximum = part.required::<Hours>("maximum", "the longest");
            Some(Duration::new(law([minimum?.value.0, mode?.value.0, maximum?.value.0]), at_most))
        })
    };
    let triangular =
        three(section, "triangular", "least, most frequent and longest", |[minimum, mode, maximum]| {
            Law::Triangular { minimum, mode, maximum }
        });
    let pert =
        three(section, "pert", "the same, with less weight at the ends", |[minimum, mode, maximum]| {
            Law::Pert { minimum, mode, maximum }
        });
    let laws = ["lognormal", "gamma", "weibull", "pareto", "triangular", "pert"];
    one_of(section, &laws)?;
    let law =
        [lognormal, gamma, weibull, pareto, triangular, pert].into_iter().flatten().flatten().next()?;
    let mend = "mend the law, or give `at_most` where its mean is endless";
    law.map_err(|error| section.error(section.head(), error.to_string(), mend)).ok()
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
