//! Likelihood: the parameters under which the history is most probable.
//!
//! Every law comes down to one equation in one unknown. Where outages below a
//! length are not reported, each density is divided by the share of outages that
//! reach it; without that, a law would learn that short outages do not happen.

use super::curve::{Curve, Family, LN_ROOT_2_PI, ln_normal_above};
use super::digamma::digamma;
use super::root::{self, Root};
use super::sample::Sample;
use crate::peril::gamma::Gamma;

/// A truncated law of which fewer outages than this are ever reported is not kept:
/// the history then says nothing of where the law begins.
const LEAST_REPORTED: f64 = 1e-3;

/// Parameters of the greatest likelihood.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Estimate {
    pub curve: Curve,
    /// The likelihood still rises where the search ends: it has no greatest value
    /// within what can be told from the history.
    pub at_bound: bool,
}

/// Returns the law of a family that makes the sample most probable.
///
/// # Formula
///
/// With `t` the least duration that is reported, if any:
///
/// ```text
/// lognormal   μ = mean of ln x, σ² = its variance;
///             truncated: ξ from m₂/m₁² = (1 - ξ(h - ξ))/(h - ξ)², y = ln(x/t),
///             m₁ and m₂ its moments, h = φ(ξ)/(1 - Φ(ξ)); σ = m₁/(h - ξ), μ = ln t - ξσ
/// weibull     1/k + mean ln x = (mean x^k·ln x - t^k·ln t)/(mean x^k - t^k);
///             s^k = mean x^k - t^k                             without t: t^k = 0
/// gamma       ln k - ψ(k) = ln mean x - mean ln x, s = mean x/k;
///             truncated: the same two equations, with Γ(k, t/s) for Γ(k)
/// pareto      α = 1/mean ln(x/m), m = t, or the shortest outage
/// ```
///
/// # Source
///
/// Klugman, Panjer and Willmot, Loss Models, chapter 13 (truncation); Cohen, Annals
/// of Mathematical Statistics 21 (1950), for the truncated normal law, and del
/// Castillo, Annals of the Institute of Statistical Mathematics 46 (1994), for when
/// it has no maximum.
pub(super) fn estimate(sample: &Sample, family: Family) -> Estimate {
    match (family, sample.threshold()) {
        (Family::Lognormal, None) => lognormal(sample),
        (Family::Lognormal, Some(least)) => lognormal_above(sample, least),
        (Family::Weibull, least) => weibull(sample, least),
        (Family::Gamma, None) => gamma(sample),
        (Family::Gamma, Some(least)) => gamma_above(sample, least),
        (Family::Pareto, least) => pareto(sample, least.unwrap_or(sample.shortest())),
    }
}

/// Returns the natural logarithm of the likelihood.
pub(super) fn ln_likelihood(sample: &Sample, curve: Curve) -> f64 {
    let hours = sample.hours();
    let whole: f64 = hours.iter().map(|hours| curve.ln_density(*hours)).sum();
    let reported = sample.threshold().map_or(0.0, |least| curve.ln_above(least));
    whole - hours.len() as f64 * reported
}

fn inside(family: Family, parameters: [f64; 2]) -> Estimate {
    Estimate { curve: Curve { family, parameters }, at_bound: false }
}

fn lognormal(sample: &Sample) -> Estimate {
    let mu = sample.mean(libm::log);
    let variance = sample.mean(|x| {
        let off = libm::log(x) - mu;
        off * off
    });
    inside(Family::Lognormal, [libm::exp(mu), variance.sqrt()])
}

fn lognormal_above(sample: &Sample, least: f64) -> Estimate {
    let over = |x: f64| libm::log(x / least);
    let first = sample.mean(over);
    let second = sample.mean(|x| over(x) * over(x));
    let ratio = second / (first * first);
    // Mills' ratio less ξ: the mean over the threshold in units of σ.
    let ahead = |xi: f64| libm::exp(-0.5 * xi * xi - LN_ROOT_2_PI - ln_normal_above(xi)) - xi;
    let law = |xi: f64, sigma: f64| [least * libm::exp(-xi * sigma), sigma];
    let spread = |xi: f64| (1.0 - xi * ahead(xi)) / (ahead(xi) * ahead(xi));
    let farthest = -crate::peril::normal::quantile(LEAST_REPORTED);
    if spread(farthest) <= ratio {
        // At a fixed ξ the equation for σ is quadratic.
        let part = farthest * first;
        let sigma = f64::midpoint(part, (part * part + 4.0 * second).sqrt());
        return Estimate { at_bound: true, ..inside(Family::Lognormal, law(farthest, sigma)) };
    }
    // So far below the mean, the threshold cuts nothing off.
    let nearest = -40.0 - 2.0 / (ratio - 1.0).max(f64::EPSILON).sqrt();
    let xi = root::between(|xi| ratio - spread(xi), nearest, farthest);
    inside(Family::Lognormal, law(xi, first / ahead(xi)))
}

fn weibull(sample: &Sample, least: Option<f64>) -> Estimate {
    // In units of the longest, so that no power overflows.
    let longest = sample.longest();
    let ln: Vec<f64> = sample.hours().iter().map(|x| libm::log(x / longest)).collect();
    let n = ln.len() as f64;
    let mean_ln = ln.iter().sum::<f64>() / n;
    let cut = least.map(|least| libm::log(least / longest));
    // s^k, and its slope in k.
    let power = |k: f64| {
        let cut = cut.map_or([0.0; 2], |cut| [libm::exp(k * cut), libm::exp(k * cut) * cut]);
        let add = |[whole, weighted]: [f64; 2], ln: &f64| {
            let power = libm::exp(k * ln);
            [whole + power, weighted + power * ln]
        };
        let [whole, weighted] = ln.iter().fold([0.0; 2], add);
        [whole / n - cut[0], weighted / n - cut[1]]
    };
    let slope = |k: f64| {
        let [whole, weighted] = power(k);
        1.0 / k + mean_ln - weighted / whole
    };
    let law = |k: f64| inside(Family::Weibull, [k, longest * libm::pow(power(k)[0], 1.0 / k)]);
    let spread = (ln.iter().map(|ln| (ln - mean_ln) * (ln - mean_ln)).sum::<f64>() / n).sqrt();
    // Above nothing where too few outages reach the threshold.
    let hidden =
        |k: f64| cut.map_or(-1.0, |cut| libm::exp(k * cut) / power(k)[0] + libm::log(LEAST_REPORTED));
    let start = 1.0 / spread;
    match root::of_falling(slope, start, SHAPES) {
        Root::At(k) if hidden(k) <= 0.0 => law(k),
        Root::Above => Estimate { at_bound: true, ..law(SHAPES[1]) },
        Root::At(_) | Root::Below => {
            let lowest = match root::of_falling(hidden, start, SHAPES) {
                Root::At(k) => k,
                Root::Below | Root::Above => SHAPES[0],
            };
            Estimate { at_bound: true, ..law(lowest) }
        }
    }
}

/// Shapes among which a fit is looked for.
const SHAPES: [f64; 2] = [1e-2, 1e4];

fn gamma(sample: &Sample) -> Estimate {
    let mean = sample.mean(|x| x);
    let gap = libm::log(mean) - sample.mean(libm::log);
    let off = |k: f64| libm::log(k) - digamma(k) - gap;
    match root::of_falling(off, 0.5 / gap, SHAPES) {
        Root::At(k) => inside(Family::Gamma, [k, mean / k]),
        Root::Below | Root::Above => {
            let k = (0.5 / gap).clamp(SHAPES[0], SHAPES[1]);
            Estimate { at_bound: true, ..inside(Family::Gamma, [k, mean / k]) }
        }
    }
}

fn gamma_above(sample: &Sample, least: f64) -> Estimate {
    // In units of the threshold: x = w·t, and b = t/s is the only other parameter.
    let mean = sample.mean(|x| x / least);
    let mean_ln = sample.mean(|x| libm::log(x / least));
    let ln_whole = |k: f64, b: f64| libm::lgamma(k) + Gamma::of_shape(k).ln_above(b);
    let rate = |k: f64| {
        let off = |b: f64| k / b + libm::exp((k - 1.0) * libm::log(b) - b - ln_whole(k, b)) - mean;
        match root::of_falling(off, k / mean, [k / mean * 1e-3, 1e9]) {
            Root::At(b) => b,
            Root::Below | Root::Above => k / mean,
        }
    };
    let slope = |k: f64| {
        let (b, step) = (rate(k), 1e-5 * k);
        let of_whole = (ln_whole(k + step, b) - ln_whole(k - step, b)) / (2.0 * step);
        mean_ln + libm::log(b) - of_whole
    };
    let law = |k: f64| inside(Family::Gamma, [k, least / rate(k)]);
    let found = match root::of_falling(slope, gamma(sample).curve.parameters[0], SHAPES) {
        Root::At(k) => law(k),
        Root::Below => Estimate { at_bound: true, ..law(SHAPES[0]) },
        Root::Above => Estimate { at_bound: true, ..law(SHAPES[1]) },
    };
    let hidden = found.curve.reaching(least) < LEAST_REPORTED;
    Estimate { at_bound: found.at_bound || hidden, ..found }
}

fn pareto(sample: &Sample, minimum: f64) -> Estimate {
    let alpha = 1.0 / sample.mean(|x| libm::log(x / minimum));
    inside(Family::Pareto, [minimum, alpha])
}
