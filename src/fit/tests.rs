//! Estimates against figures that were found another way.

use super::likelihood::{estimate, ln_likelihood};
use super::*;
use crate::peril::Duration;

fn sample(hours: &[f64], at_least: Option<f64>) -> Sample {
    let hours: Vec<Hours> = hours.iter().copied().map(Hours).collect();
    Sample::new(&hours, at_least.map(Hours)).unwrap()
}

/// The quantiles of a law at evenly spread shares, those below `from` left out.
fn points(curve: Curve, number: u32, from: Option<f64>) -> Sample {
    let share = |place: u32| (f64::from(place) + 0.5) / f64::from(number);
    let hours: Vec<f64> = (0..number).map(|place| curve.exceeded_by(share(place), from)).collect();
    sample(&hours, from)
}

const LAWS: [Curve; 4] = [
    Curve { family: Family::Lognormal, parameters: [6.0, 1.2] },
    Curve { family: Family::Weibull, parameters: [0.7, 5.0] },
    Curve { family: Family::Gamma, parameters: [0.8, 12.0] },
    Curve { family: Family::Pareto, parameters: [2.0, 1.5] },
];

/// Twelve durations that the tests work with, in hours.
const TWELVE: [f64; 12] = [0.4, 0.9, 1.1, 1.6, 2.3, 2.9, 4.2, 5.5, 8.0, 13.5, 26.0, 71.0];

fn near(found: [f64; 2], expected: [f64; 2], within: f64) {
    for (found, expected) in found.into_iter().zip(expected) {
        assert!((found - expected).abs() <= within * expected.abs(), "{found} is not {expected}");
    }
}

#[test]
fn ten_thousand_points_of_a_law_give_its_parameters_back() {
    for law in LAWS {
        let found = estimate(&points(law, 10_000, None), law.family);
        near(found.curve.parameters, law.parameters, 2e-3);
        assert!(!found.at_bound);
    }
}

#[test]
fn a_law_above_a_threshold_is_recovered_where_a_fit_without_it_goes_astray() {
    for law in LAWS {
        let from = 3.0;
        let above = points(law, 10_000, Some(from));
        let found = estimate(&above, law.family);
        assert!(!found.at_bound, "{law:?}");
        if law.family == Family::Pareto {
            // A Pareto law above a threshold is one that begins there.
            near(found.curve.parameters, [from, law.parameters[1]], 2e-3);
            continue;
        }
        near(found.curve.parameters, law.parameters, 2e-2);
        let naive = estimate(&sample(above.hours(), None), law.family).curve;
        let off = |curve: Curve| (curve.parameters[0] / law.parameters[0] - 1.0).abs();
        assert!(off(naive) > 0.5, "{law:?} without the threshold: {naive:?}");
    }
}

#[test]
fn no_parameters_nearby_are_more_likely() {
    for at_least in [None, Some(0.25)] {
        let sample = sample(&TWELVE, at_least);
        for family in [Family::Lognormal, Family::Weibull, Family::Gamma] {
            let found = estimate(&sample, family);
            let top = ln_likelihood(&sample, found.curve);
            let [first, second] = found.curve.parameters;
            for (i, j) in [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)] {
                let beside = |parameter: f64, by: i32| parameter * (1.0 + 1e-3 * f64::from(by));
                let parameters = [beside(first, i), beside(second, j)];
                let other = ln_likelihood(&sample, Curve { parameters, ..found.curve });
                assert!(other < top, "{family:?} {at_least:?}: {parameters:?} beats {found:?}");
            }
        }
    }
}

/// A fit as another program has it.
struct Other {
    at_least: Option<f64>,
    family: Family,
    parameters: [f64; 2],
    errors: [f64; 2],
    log_likelihood: f64,
    /// Kolmogorov and Smirnov, Anderson and Darling.
    distances: [f64; 2],
}

#[test]
fn every_figure_is_that_of_another_program() {
    // SciPy 1.17: the densities of scipy.stats, maximised by Nelder and Mead.
    #[rustfmt::skip]
    let others = [
        Other { at_least: None, family: Family::Lognormal, parameters: [4.049_804_402, 1.422_500_051], errors: [1.663_013_2, 0.290_366_6], log_likelihood: -38.040_275_953, distances: [0.092_805_694, 0.135_401_379] },
        Other { at_least: None, family: Family::Weibull, parameters: [0.689_076_447, 8.445_391_827], errors: [0.144_930_1, 3.759_838_1], log_likelihood: -39.330_120_285, distances: [0.141_809_447, 0.355_542_850] },
        Other { at_least: None, family: Family::Gamma, parameters: [0.595_204_849, 19.237_074_483], errors: [0.203_897_9, 9.759_102_4], log_likelihood: -39.923_611_006, distances: [0.187_214_129, 0.560_328_941] },
        Other { at_least: Some(0.25), family: Family::Lognormal, parameters: [3.427_745_191, 1.577_321_500], errors: [1.890_626_3, 0.434_576_8], log_likelihood: -37.630_868_785, distances: [0.074_102_857, 0.094_874_608] },
        Other { at_least: Some(0.25), family: Family::Weibull, parameters: [0.508_053_934, 4.664_420_005], errors: [0.191_426_0, 4.163_418_9], log_likelihood: -37.771_460_229, distances: [0.103_939_696, 0.142_502_502] },
        Other { at_least: Some(0.25), family: Family::Gamma, parameters: [0.181_153_961, 35.426_993_933], errors: [0.286_151_2, 29.335_485_4], log_likelihood: -37.942_914_966, distances: [0.119_910_327, 0.201_306_359] },
    ];
    for other in others {
        let found = Fit::new(&sample(&TWELVE, other.at_least), other.family, 0, &mut || 0.5).unwrap();
        near(found.curve.parameters, other.parameters, 1e-7);
        near(found.errors.map(Option::unwrap), other.errors, 1e-4);
        near(
            [found.log_likelihood, found.aic],
            [other.log_likelihood, 4.0 - 2.0 * other.log_likelihood],
            1e-9,
        );
        let distances = found.goodness.distances;
        near([distances.kolmogorov_smirnov, distances.anderson_darling], other.distances, 1e-6);
    }
}

#[test]
fn closed_forms_worked_by_hand() {
    // Logarithms 0, 1 and 2: mean 1, variance 2/3.
    let e = std::f64::consts::E;
    let three = sample(&[1.0, e, e * e], None);
    near(estimate(&three, Family::Lognormal).curve.parameters, [e, (2.0_f64 / 3.0).sqrt()], 1e-14);
    near(estimate(&three, Family::Pareto).curve.parameters, [1.0, 1.0], 1e-14);
}

#[test]
fn errors_are_those_of_closed_forms() {
    let sample = sample(&TWELVE, None);
    let mut no_draw = || 0.5;
    let fit = Fit::new(&sample, Family::Lognormal, 0, &mut no_draw).unwrap();
    let ([median, sigma], n) = (fit.curve.parameters, 12.0_f64);
    near(fit.errors.map(Option::unwrap), [median * sigma / n.sqrt(), sigma / (2.0 * n).sqrt()], 1e-5);
    let pareto = Fit::new(&sample, Family::Pareto, 0, &mut no_draw).unwrap();
    assert_eq!(pareto.errors[0], None, "the shortest outage is no smooth top");
    near([pareto.errors[1].unwrap(), 1.0], [pareto.curve.parameters[1] / n.sqrt(), 1.0], 1e-14);
}

#[test]
fn too_heavy_a_tail_has_no_lognormal_law_above_a_threshold() {
    // Logarithms over the threshold that spread more than their mean.
    let heavy = sample(&[1.01, 1.02, 1.03, 1.05, 1.1, 900.0, 4_000.0], Some(1.0));
    for family in [Family::Lognormal, Family::Weibull, Family::Gamma] {
        assert!(Fit::new(&heavy, family, 0, &mut || 0.5).is_none(), "{family:?}");
    }
    assert!(Fit::new(&heavy, Family::Pareto, 0, &mut || 0.5).is_some());
}

/// Numbers from 0 to 1 by a multiplicative congruence (Park and Miller, 1988).
fn numbers(stream: u32) -> impl FnMut() -> f64 {
    let mut state = 1 + u64::from(stream);
    for _ in 0..10 {
        state = state * 48_271 % 2_147_483_647;
    }
    move || {
        state = state * 48_271 % 2_147_483_647;
        state as f64 / 2_147_483_647.0
    }
}

#[test]
fn a_law_is_refused_as_often_as_its_probability_says() {
    // Histories of the law itself: their p-values are evenly spread, though every
    // one was measured against parameters of its own.
    let law = LAWS[0];
    let mut draw = numbers(0);
    let mut refused = 0;
    for _ in 0..200 {
        let hours: Vec<f64> = (0..15).map(|_| law.exceeded_by(draw(), None)).collect();
        let fit = Fit::new(&sample(&hours, None), law.family, 99, &mut draw).unwrap();
        refused += u32::from(fit.goodness.probability.anderson_darling <= 0.2);
    }
    assert!((25..=55).contains(&refused), "{refused} of 200 at one in five");
}

#[test]
fn another_law_is_told_from_its_own() {
    let history = points(LAWS[3], 200, None);
    let of = |family| Fit::new(&history, family, 199, &mut numbers(1)).unwrap();
    assert!(of(Family::Pareto).goodness.probability.anderson_darling > 0.5);
    assert!(of(Family::Weibull).goodness.probability.anderson_darling < 0.01);
    assert!(of(Family::Pareto).aic < of(Family::Lognormal).aic - 20.0);
}

fn records(hours: &[f64]) -> Vec<Record> {
    let start = |place: usize| jiff::civil::date(2015 + place as i16, 3, 1).at(9, 0, 0, 0);
    hours.iter().enumerate().map(|(place, h)| Record { start: start(place), lasts: Hours(*h) }).collect()
}

fn question(span: Option<Span>, at_least: Option<f64>) -> Question<'static> {
    Question { span, at_least: at_least.map(Hours), families: &Family::ALL, resamples: 19 }
}

#[test]
fn a_peril_has_the_unreported_outages_back() {
    let days = |from, to| Span::days(jiff::civil::date(from, 1, 1), jiff::civil::date(to, 12, 31)).unwrap();
    let study =
        Study::new(&records(&TWELVE), question(Some(days(2015, 2026)), Some(1.0)), numbers).unwrap();
    assert_eq!((study.left_out, study.sample.hours().len()), (2, 10));
    let (proposal, pace) = (study.proposal().unwrap(), study.pace.unwrap());
    assert!((pace.mean.value - 10.0 / 12.0).abs() < 1e-12);
    assert!((proposal.mean * proposal.reported - pace.mean.value).abs() < 1e-12);
    let least = study.sample.at_least().unwrap();
    assert!((proposal.curve.reaching(least.0) - proposal.reported).abs() < 1e-12);
    assert!(Duration::new(proposal.curve.law(), proposal.at_most).is_ok());
}

#[test]
fn without_a_stated_span_the_first_outage_only_opens_it() {
    let study = Study::new(&records(&TWELVE), question(None, None), numbers).unwrap();
    let pace = study.pace.unwrap();
    assert_eq!(pace.outages, 11);
    assert!((pace.mean.value - 1.0).abs() < 2e-3, "{pace:?}");
}

#[test]
fn no_answer_depends_on_what_else_is_asked() {
    let all = Study::new(&records(&TWELVE), question(None, None), numbers).unwrap();
    let one = Question { families: &[Family::Gamma], ..question(None, None) };
    let one = Study::new(&records(&TWELVE), one, numbers).unwrap();
    assert_eq!(one.fits[0], all.fits[2]);
    assert_eq!(one.pace, all.pace);
}

#[test]
fn an_endless_mean_is_held_at_the_longest_of_the_history() {
    let hours: Vec<f64> = (0..40).map(|n| libm::pow((f64::from(n) + 0.5) / 40.0, -1.0 / 0.8)).collect();
    let study = Study::new(&records(&hours), question(None, None), numbers).unwrap();
    let proposal = study.proposal().unwrap();
    assert_eq!(proposal.curve.family, Family::Pareto);
    assert_eq!(proposal.at_most, Some(Hours(study.sample.longest())));
    assert!(Duration::new(proposal.curve.law(), proposal.at_most).is_ok());
}
