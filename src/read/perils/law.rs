//! Laws of a peril: how durations, or severities, spread.

use super::one_of;
use crate::peril::{InvalidLaw, Law, Quantile};
use crate::quantity::Hours;
use crate::read::section::{At, Section};
use crate::read::value::{Signed, Value};

/// What a law is of.
pub(super) trait Quantity: Value {
    fn number(self) -> f64;
}

/// Durations, in hours.
impl Quantity for Hours {
    fn number(self) -> f64 {
        self.0
    }
}

/// Factors, without a unit.
impl Quantity for f64 {
    fn number(self) -> f64 {
        self
    }
}

/// The laws that there are, one of which is given.
const LAWS: [&str; 8] =
    ["lognormal", "gamma", "weibull", "pareto", "triangular", "pert", "fixed", "empirical"];

/// Reads a law and the most that its values are held to. `past` reads the key
/// `empirical`.
pub(super) fn law<Q: Quantity>(
    section: &mut Section<'_>,
    past: impl FnOnce(&mut Section<'_>) -> Option<Vec<f64>>,
) -> Option<(Law, Option<f64>)> {
    let at_most = section.optional::<Q>("at_most", "nothing lies above; endless unless said");
    let lognormal = section.section(
        "lognormal",
        false,
        "by its median and the spread of its logarithm, or through two or more quantiles",
        lognormal::<Q>,
    );
    let gamma = section.section("gamma", false, "by shape and scale", |part| {
        let shape = part.required::<f64>("shape", "its shape");
        let scale = part.required::<Q>("scale", "its scale");
        Some(Law::Gamma { shape: shape?.value, scale: scale?.value.number() })
    });
    let weibull = section.section(
        "weibull",
        false,
        "by shape and scale, or through two or more quantiles",
        weibull::<Q>,
    );
    let pareto = section.section("pareto", false, "from a least value on, with a heavy tail", |part| {
        let minimum = part.required::<Q>("minimum", "the least");
        let alpha =
            part.required::<f64>("alpha", "tail index: the lower, the heavier; above 1 unless `at_most`");
        Some(Law::Pareto { minimum: minimum?.value.number(), alpha: alpha?.value })
    });
    let triangular = section.section("triangular", false, "least, most frequent and largest", |part| {
        let [minimum, mode, maximum] = three::<Q>(part)?;
        Some(Law::Triangular { minimum, mode, maximum })
    });
    let pert = section.section("pert", false, "the same, with less weight at the ends", |part| {
        let [minimum, mode, maximum] = three::<Q>(part)?;
        Some(Law::Pert { minimum, mode, maximum })
    });
    let fixed = section.optional::<Q>("fixed", "always the same");
    let past = past(section);
    let tail = section.section(
        "tail",
        false,
        "a generalised Pareto tail beside the law, in its place above a threshold",
        tail::<Q>,
    );
    let given = one_of(section, &LAWS)?;
    let body = match given {
        "lognormal" => lognormal.flatten(),
        "gamma" => gamma.flatten(),
        "weibull" => weibull.flatten(),
        "pareto" => pareto.flatten(),
        "triangular" => triangular.flatten(),
        "pert" => pert.flatten(),
        "fixed" => fixed.map(|at| Law::Fixed(at.value.number())),
        _ => past.map(Law::Empirical),
    }?;
    let law = match tail {
        None => body,
        Some(tail) => {
            let [threshold, scale, shape] = tail?;
            Law::Tail { body: Box::new(body), threshold, scale, shape }
        }
    };
    let held = section.has("at_most");
    (at_most.is_some() || !held).then(|| (law, at_most.map(|at| at.value.number())))
}

fn three<Q: Quantity>(part: &mut Section<'_>) -> Option<[f64; 3]> {
    let minimum = part.required::<Q>("minimum", "the least");
    let mode = part.required::<Q>("mode", "the most frequent");
    let maximum = part.required::<Q>("maximum", "the largest");
    Some([minimum?.value.number(), mode?.value.number(), maximum?.value.number()])
}

fn tail<Q: Quantity>(part: &mut Section<'_>) -> Option<[f64; 3]> {
    let from = part.required::<Q>("from", "threshold: where the tail begins");
    let scale = part.required::<Q>("scale", "its scale");
    let shape = part.required::<Signed>(
        "shape",
        "its shape: above 0 heavy, 0 exponential, below 0 it ends; below 1 unless `at_most`",
    );
    Some([from?.value.number(), scale?.value.number(), shape?.value.0])
}

fn lognormal<Q: Quantity>(part: &mut Section<'_>) -> Option<Law> {
    let sigma =
        part.optional::<f64>("sigma", "standard deviation of the logarithm, beside the median alone");
    let quantiles = quantiles::<Q>(part);
    if !part.has("sigma") {
        return through(part, &quantiles?, "`median` and `sigma`", Law::lognormal_through);
    }
    let quantiles = quantiles?;
    let [Given { share: 0.5, value, .. }] = quantiles.as_slice() else {
        let mend = "keep `median` and `sigma`, or leave `sigma` out and give two quantiles or more";
        part.error(part.head(), "`sigma` goes with the median, and with no other quantile", mend);
        return None;
    };
    Some(Law::Lognormal { median: *value, sigma: sigma?.value })
}

fn weibull<Q: Quantity>(part: &mut Section<'_>) -> Option<Law> {
    let shape = part.optional::<f64>("shape", "its shape, beside its scale");
    let scale = part.optional::<Q>("scale", "its scale: 63 % lie below");
    let quantiles = quantiles::<Q>(part)?;
    match [part.has("shape"), part.has("scale")] {
        [false, false] => through(part, &quantiles, "`shape` and `scale`", Law::weibull_through),
        [true, true] if quantiles.is_empty() => {
            Some(Law::Weibull { shape: shape?.value, scale: scale?.value.number() })
        }
        _ => {
            let mend = "give both and no quantile, or two quantiles or more and neither";
            part.error(part.head(), "`shape` and `scale` go together, and without a quantile", mend);
            None
        }
    }
}

/// A quantile as the file gives it.
struct Given {
    name: &'static str,
    share: f64,
    value: f64,
}

/// Reads the quantiles that are given, in order; nothing where one is at fault.
fn quantiles<Q: Quantity>(part: &mut Section<'_>) -> Option<Vec<Given>> {
    let mut given: Vec<Given> = Vec::new();
    let mut sound = true;
    for (name, share, meaning) in [
        ("p05", 0.05, "one of twenty lies below"),
        ("p10", 0.1, "one of ten lies below"),
        ("p25", 0.25, "a quarter lies below"),
        ("median", 0.5, "half of all lie below"),
        ("p50", 0.5, "the median by another name"),
        ("p75", 0.75, "three quarters lie below"),
        ("p90", 0.9, "nine of ten lie below"),
        ("p95", 0.95, "nineteen of twenty lie below"),
        ("p99", 0.99, "99 of a hundred lie below"),
    ] {
        let read = part.optional::<Q>(name, meaning);
        sound &= read.is_some() || !part.has(name);
        if let Some(At { value, span }) = read {
            if given.last().is_some_and(|before| before.share == share) {
                part.error(span, "the median is given twice", "keep one of `median` and `p50`");
                sound = false;
            }
            given.push(Given { name, share, value: value.number() });
        }
    }
    sound.then_some(given)
}

/// A fitted law may miss a quantile by so much, as a part of it, before it is told.
const NEAR: f64 = 0.1;

/// Puts a law through quantiles, and tells how far it is from the one that it misses most.
fn through(
    part: &Section<'_>,
    given: &[Given],
    otherwise: &str,
    fit: fn(&[Quantile]) -> Result<Law, InvalidLaw>,
) -> Option<Law> {
    if given.len() < 2 {
        let mend =
            format!("give {otherwise}, or two or three of median, p05, p10, p25, p75, p90, p95, p99");
        part.error(part.head(), "the law is not said in full", mend);
        return None;
    }
    let quantiles: Vec<Quantile> = given.iter().map(|given| (given.share, given.value)).collect();
    let law = match fit(&quantiles) {
        Ok(law) => law,
        Err(error) => {
            part.error(part.head(), error.to_string(), "let quantiles rise from above 0");
            return None;
        }
    };
    if let Some(((share, _), ratio)) = law.farthest_from(&quantiles)
        && let Some(missed) = given.iter().find(|given| given.share == share)
        && (ratio - 1.0).abs() > NEAR
    {
        let (off, side) = ((ratio - 1.0).abs() * 100.0, if ratio > 1.0 { "above" } else { "below" });
        let message = format!(
            "the law nearest to these quantiles has its {} {off:.0} % {side} the one given",
            missed.name
        );
        part.warning(part.head(), message, "keep the two that matter most, or give another law");
    }
    Some(law)
}
