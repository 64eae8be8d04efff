//! Nodes: severities that stand for all of a law, each with its weight.

use super::spread::Spread;

/// A severity, and how much of the law it stands for by a finer and a rougher rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    pub severity: f64,
    pub weights: [f64; 2],
}

/// Returns the severities to look at, with so many panels of the law's density, an even
/// number, and eight more at its ends.
///
/// # Formula
///
/// ```text
/// ∫ I(k) dF(k) ≈ Σ over panels  w₀ I(k₀) + w₁ I(k₁) + w₂ I(k₂)
/// ```
///
/// The weights are those for which each panel's share, mean and mean square come out as
/// the law has them: what is straight in the severity, or a parabola, is exact. Panels
/// are narrow where either many outages or the largest lie. The rougher rule has half as
/// many panels on the same severities.
pub(super) fn nodes(law: &Spread<'_>, panels: usize) -> Vec<Node> {
    let single = |(severity, share): &(f64, f64)| Node { severity: *severity, weights: [*share; 2] };
    let mut nodes: Vec<Node> = law.atoms.iter().map(single).collect();
    if law.share <= 0.0 {
        return nodes;
    }
    let levels = levels(panels);
    let panels = levels.len() - 1;
    let edges: Vec<f64> = levels.iter().map(|level| reached(law, *level)).collect();
    let mut add = |severity: f64, rule: usize, weight: f64| match nodes
        .iter_mut()
        .find(|node| node.severity == severity)
    {
        Some(node) => node.weights[rule] += weight,
        None => {
            let mut weights = [0.0; 2];
            weights[rule] = weight;
            nodes.push(Node { severity, weights });
        }
    };
    let last = edges[panels];
    for (rule, by) in [(0, 1), (1, 2)] {
        for place in (0..panels).step_by(by) {
            let (from, to) = (edges[place], edges[place + by]);
            let middle = if by == 1 { f64::midpoint(from, to) } else { edges[place + 1] };
            // What lies below the first edge belongs to the first panel.
            let begins = if place == 0 { 0.0 } else { from };
            let weights = weights([from, middle, to], law.between(begins, to));
            for (severity, weight) in [from, middle, to].into_iter().zip(weights) {
                add(severity, rule, weight);
            }
        }
    }
    let far = reached(law, 1.0 - (1.0 - levels[panels]) / 4.0).max(last);
    let mut centre = |rule: usize, from: f64, to: f64| {
        let [share, mean, _] = law.between(from, to);
        if share > 0.0 {
            add((mean / share).clamp(from, to), rule, share);
        }
    };
    centre(0, last, far);
    centre(0, far, f64::INFINITY);
    centre(1, last, f64::INFINITY);
    nodes.retain(|node| node.weights != [0.0; 2]);
    nodes
}

/// Weights of three values with which share, mean and mean square come out right; of the
/// two about the mean alone, with share and mean, where a weight would be below nothing.
fn weights([a, b, c]: [f64; 3], [share, mean, square]: [f64; 3]) -> [f64; 3] {
    // Seen from the middle, so that no large numbers cancel.
    let (a, c) = (a - b, c - b);
    let square = square - 2.0 * b * mean + b * b * share;
    let mean = mean - b * share;
    let of_a = (square - c * mean) / (a * (a - c));
    let of_c = (square - a * mean) / (c * (c - a));
    let three = [of_a, share - of_a - of_c, of_c];
    if three.iter().all(|weight| *weight >= 0.0) {
        three
    } else if mean >= 0.0 {
        let of_c = (mean / c).min(share);
        [0.0, share - of_c, of_c]
    } else {
        let of_a = (mean / a).min(share);
        [of_a, share - of_a, 0.0]
    }
}

/// The parts of the law at which panels end: close to one another at both ends, and at
/// last closer by a quarter each time.
fn levels(panels: usize) -> Vec<f64> {
    let level = |place: usize| {
        let sine = libm::sin(std::f64::consts::FRAC_PI_2 * place as f64 / (panels + 1) as f64);
        sine * sine
    };
    let beyond = 1.0 - level(panels);
    let part = |times: u32| beyond / f64::from(4_u32.pow(times));
    // One more than at the other end makes their number even.
    let near = (1..=5).rev().map(part);
    let far = (1..=4).map(|times| 1.0 - part(times));
    near.chain((1..=panels).map(level)).chain(far).collect()
}

/// The severity up to which so much of all outages and of the mean lies, half and half.
fn reached(law: &Spread<'_>, level: f64) -> f64 {
    let [all, mean, _] = law.below(f64::INFINITY);
    let (mut low, mut high) = (0.0, law.quantile(1.0 - 1e-15));
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        let [share, part, _] = law.below(middle);
        if f64::midpoint(share / all, part / mean) < level { low = middle } else { high = middle }
    }
    high
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peril::{Law, Severity};

    #[test]
    fn shares_and_means_are_exact_and_other_curves_nearly() {
        for law in [
            Law::Lognormal { median: 1.0, sigma: 0.5 },
            Law::Lognormal { median: 162_754.0, sigma: 1.5 },
            Law::Pareto { minimum: 0.4, alpha: 2.5 },
            Law::Pert { minimum: 0.2, mode: 1.0, maximum: 3.0 },
            Law::Gamma { shape: 0.7, scale: 2.0 },
        ] {
            let severity = Severity::new(law.clone(), None).unwrap();
            let nodes = nodes(&Spread::of_severities(&severity), 16);
            let sum = |rule: usize, of: &dyn Fn(f64) -> f64| -> f64 {
                nodes.iter().map(|node| node.weights[rule] * of(node.severity)).sum()
            };
            let mean = severity.mean();
            for rule in 0..2 {
                assert!((sum(rule, &|_| 1.0) - 1.0).abs() < 1e-12, "{law:?}");
                assert!((sum(rule, &|k| k) - mean).abs() < 1e-9 * mean, "{law:?}");
            }
            // A curve that rises fast, and turns to its end: as a cover's mean does.
            let curve = |k: f64| -libm::expm1(-k / mean);
            let (fine, rough) = (sum(0, &curve), sum(1, &curve));
            let many: f64 =
                (0..200_000).map(|it| curve(severity.quantile((f64::from(it) + 0.5) / 2e5))).sum();
            let off = (fine - many / 2e5).abs();
            assert!(off < (fine - rough).abs().max(1e-6) && (fine - rough).abs() < 2e-3, "{law:?}: {off}");
        }
    }
}
