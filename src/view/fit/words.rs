//! Words of a fit, and numbers with no more digits than they deserve.

use crate::fit::{Family, Figure};
use crate::quantity::Hours;
use crate::view::Language;
use crate::view::number::{duration, group};

/// Returns the name of a law.
pub fn law(family: Family, language: Language) -> &'static str {
    match family {
        Family::Lognormal => language.of("로그정규", "lognormal"),
        Family::Weibull => language.of("와이블", "Weibull"),
        Family::Gamma => language.of("감마", "gamma"),
        Family::Pareto => language.of("파레토", "Pareto"),
    }
}

/// Returns the name of a parameter, by its key in a scenario file.
pub fn parameter(key: &'static str, language: Language) -> &'static str {
    match (language, key) {
        (Language::Ko, "median") => "중앙값",
        (Language::Ko, "shape") => "형상",
        (Language::Ko, "scale") => "척도",
        (Language::Ko, "minimum") => "최소",
        _ => key,
    }
}

/// Writes a figure with its standard error, to two digits of the error.
pub fn with_error(figure: Figure) -> String {
    match figure.error.filter(|error| error.is_finite() && *error > 0.0) {
        Some(error) => {
            let decimals = (1.0 - libm::floor(libm::log10(error))).clamp(0.0, 4.0) as usize;
            format!("{} ±{}", grouped(figure.value, decimals), grouped(error, decimals))
        }
        None => three(figure.value),
    }
}

/// Writes a number to three digits, or to the whole where it has more.
pub fn three(number: f64) -> String {
    if number == 0.0 {
        return "0".into();
    }
    let decimals = (2.0 - libm::floor(libm::log10(number.abs()))).clamp(0.0, 4.0) as usize;
    grouped(number, decimals)
}

fn grouped(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    // What rounds to nothing has no sign.
    let nothing = text.starts_with('-') && text.bytes().all(|byte| b"-0.".contains(&byte));
    let text = if nothing { text[1..].to_owned() } else { text };
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    match whole.parse::<u128>() {
        Ok(digits) => format!("{}{rest}", group(digits)),
        Err(_) => text,
    }
}

/// Writes a probability: two digits, and no nothing where there is something.
pub fn probability(p: f64) -> String {
    if p < 0.005 { "<.01".into() } else { format!("{p:.2}") }
}

/// Writes a length that a history holds, to the minute where it has one.
pub fn length(hours: Hours, language: Language) -> String {
    let minutes = (60.0 * hours.0).round();
    duration(if minutes > 0.0 { Hours(minutes / 60.0) } else { hours }, language)
}

/// Rounds to six digits, as a scenario file gets a number.
pub fn six(number: f64) -> f64 {
    format!("{number:.5e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_they_deserve() {
        let figure = |value, error| with_error(Figure { value, error: Some(error) });
        assert_eq!(figure(4.0498, 1.663), "4.0 ±1.7");
        assert_eq!(figure(0.0498, 0.0031), "0.0498 ±0.0031");
        assert_eq!(figure(1234.5, 310.2), "1,234 ±310");
        assert_eq!(figure(-0.0004, 0.38), "0.00 ±0.38");
        assert_eq!(
            [three(4.0498), three(127.5), three(1234.5), three(0.0123)],
            ["4.05", "128", "1,234", "0.0123"]
        );
        assert_eq!([probability(0.001), probability(0.005), probability(1.0)], ["<.01", "0.01", "1.00"]);
        assert_eq!([six(4.049_804_4), six(127.5), six(1e-7)], [4.0498, 127.5, 1e-7]);
    }
}
