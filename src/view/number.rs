//! Numbers as people read them: units, rounding that adds up, durations.

use crate::quantity::{Hours, Money};
use crate::view::Language;

/// A unit in which amounts are shown. Display only: no result depends on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// Its name on the command line.
    pub key: &'static str,
    factor: f64,
    decimals: u32,
    korean: &'static str,
    english: &'static str,
}

/// Every unit that can be asked for.
pub const UNITS: [Unit; 8] = [
    Unit { key: "won", factor: 1.0, decimals: 0, korean: "", english: "" },
    Unit { key: "cheon", factor: 1e3, decimals: 0, korean: "천", english: "thousand" },
    Unit { key: "man", factor: 1e4, decimals: 0, korean: "만", english: "10 thousand" },
    Unit { key: "baekman", factor: 1e6, decimals: 0, korean: "백만", english: "million" },
    Unit { key: "eok", factor: 1e8, decimals: 1, korean: "억", english: "100 million" },
    Unit { key: "jo", factor: 1e12, decimals: 3, korean: "조", english: "trillion" },
    Unit { key: "million", factor: 1e6, decimals: 1, korean: "백만", english: "million" },
    Unit { key: "billion", factor: 1e9, decimals: 2, korean: "십억", english: "billion" },
];

impl Unit {
    /// Returns the unit of that name.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        let key = if key == "one" { "won" } else { key };
        UNITS.into_iter().find(|unit| unit.key == key)
    }

    /// Returns the unit in which amounts up to `largest` read well.
    #[must_use]
    pub fn auto(largest: Money, currency: &str, language: Language) -> Self {
        let keys = match (currency, language) {
            ("KRW", Language::Ko) => [(1e9, "eok"), (1e6, "man")],
            _ => [(1e10, "billion"), (1e6, "million")],
        };
        let key = keys.into_iter().find(|(from, _)| largest.0.abs() >= *from).map_or("won", |(_, key)| key);
        let mut unit = Self::named(key).unwrap_or(UNITS[0]);
        if key == "won" {
            unit.decimals = decimals_of(currency);
        }
        unit
    }

    /// Returns the same unit with one more digit, for amounts of an hour.
    #[must_use]
    pub fn finer(self) -> Self {
        if self.factor > 1.0 { Self { decimals: self.decimals + 1, ..self } } else { self }
    }

    /// Returns the same unit with as many digits as a step of so much needs, and no more.
    #[must_use]
    pub fn to_the(self, step: Money) -> Self {
        let decimals = -libm::log10(step.0 / self.factor).floor();
        Self { decimals: decimals.clamp(0.0, 12.0) as u32, ..self }
    }

    /// Returns the unit as it stands over a table: `억원`, `KRW billion`.
    #[must_use]
    pub fn title(self, currency: &str, language: Language) -> String {
        match (currency, language) {
            ("KRW", Language::Ko) => format!("{}원", self.korean),
            (_, Language::Ko) => format!("{}{currency}", self.korean),
            (_, Language::En) => format!("{currency} {}", self.english).trim_end().to_owned(),
        }
    }

    /// Rounds an amount to a whole number of the last digit shown.
    #[must_use]
    pub fn round(self, amount: Money) -> i128 {
        (amount.0 / self.factor * 10f64.powi(self.decimals as i32)).round() as i128
    }

    /// Rounds parts so that they add up to `total`, by the largest remainder.
    #[must_use]
    pub fn round_parts(self, parts: &[Money], total: i128) -> Vec<i128> {
        let scale = 10f64.powi(self.decimals as i32) / self.factor;
        let exact: Vec<f64> = parts.iter().map(|part| part.0 * scale).collect();
        let mut rounded: Vec<i128> = exact.iter().map(|part| part.floor() as i128).collect();
        let mut order: Vec<usize> = (0..exact.len()).collect();
        order.sort_by(|&a, &b| (exact[b] - exact[b].floor()).total_cmp(&(exact[a] - exact[a].floor())));
        // Parts that are nothing stay nothing.
        order.retain(|&place| exact[place] != 0.0);
        if order.is_empty() {
            return rounded;
        }
        let missing = total - rounded.iter().sum::<i128>();
        let count = order.len() as i128;
        let (each, more) = (missing.div_euclid(count), missing.rem_euclid(count) as usize);
        for (turn, place) in order.into_iter().enumerate() {
            rounded[place] += each + i128::from(turn < more);
        }
        rounded
    }

    /// Writes a rounded number with its decimals and separators.
    ///
    /// Nothing is `-`; below zero is △ in Korean and a minus in English.
    #[must_use]
    pub fn write(self, rounded: i128, language: Language) -> String {
        if rounded == 0 {
            return "-".into();
        }
        let sign = if rounded < 0 { language.of("△", "-") } else { "" };
        let digits = rounded.unsigned_abs();
        let scale = 10u128.pow(self.decimals);
        let whole = group(digits / scale);
        match self.decimals {
            0 => format!("{sign}{whole}"),
            decimals => format!("{sign}{whole}.{:0width$}", digits % scale, width = decimals as usize),
        }
    }

    /// Rounds and writes an amount.
    #[must_use]
    pub fn show(self, amount: Money, language: Language) -> String {
        self.write(self.round(amount), language)
    }
}

/// Parts the digits of a whole number by threes: `1,234,567`.
pub(super) fn group(number: u128) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Returns the digits after the point that a currency has.
fn decimals_of(currency: &str) -> u32 {
    if ["KRW", "JPY", "VND"].contains(&currency) { 0 } else { 2 }
}

/// Writes an amount in full, to the smallest unit of the currency: `1,234,567`.
#[must_use]
pub fn full(amount: Money, currency: &str, language: Language) -> String {
    let unit = Unit { decimals: decimals_of(currency), ..UNITS[0] };
    let rounded = unit.round(amount);
    if rounded == 0 { "0".into() } else { unit.write(rounded, language) }
}

/// Writes a duration to the second: `127 h 30 min`, `50시간 20분`.
#[must_use]
pub fn duration(hours: Hours, language: Language) -> String {
    let seconds = (hours.0 * 3600.0).round() as i64;
    let parts = [
        (seconds / 3600, language.of("시간", " h")),
        (seconds / 60 % 60, language.of("분", " min")),
        (seconds % 60, language.of("초", " s")),
    ];
    let said: Vec<_> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n}{unit}")).collect();
    if said.is_empty() { format!("0{}", language.of("시간", " h")) } else { said.join(" ") }
}

/// Writes a share: `12.5 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = (share * 1e6).round() / 1e4;
    format!("{percent}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_rounded_so_that_they_add_up() {
        let eok = Unit::named("eok").unwrap();
        let parts = [Money(1.234e8), Money(2.25e8), Money(0.0), Money(3.366e8)];
        let total = eok.round(parts.iter().copied().sum());
        let rounded = eok.round_parts(&parts, total);
        assert_eq!(rounded.iter().sum::<i128>(), total);
        assert_eq!(rounded[2], 0, "nothing stays nothing");
        assert_eq!(eok.round_parts(&[Money(0.4e7), Money(0.4e7)], 1).iter().sum::<i128>(), 1);
        assert_eq!(eok.round_parts(&[Money(2.04e8)], 21), [21], "the total leads");
    }

    #[test]
    fn amounts_in_the_units_of_their_readers() {
        let show =
            |key: &str, amount: f64, language| Unit::named(key).unwrap().show(Money(amount), language);
        assert_eq!(show("eok", 1.23e9, Language::Ko), "12.3");
        assert_eq!(show("eok", 1_234_567_890_123.0, Language::Ko), "12,345.7");
        assert_eq!(show("won", -1_234_567.0, Language::Ko), "△1,234,567");
        assert_eq!(show("won", -1_234_567.0, Language::En), "-1,234,567");
        assert_eq!(show("man", 99_999_999.0, Language::Ko), "10,000");
        assert_eq!(show("won", 0.4, Language::Ko), "-");
        assert_eq!(full(Money(1234.5), "KRW", Language::En), "1,235");
        assert_eq!(full(Money(1234.5), "USD", Language::En), "1,234.50");
        assert_eq!(Unit::auto(Money(4e10), "KRW", Language::Ko).title("KRW", Language::Ko), "억원");
        assert_eq!(Unit::auto(Money(4e10), "KRW", Language::En).title("KRW", Language::En), "KRW billion");
        assert_eq!(
            Unit::auto(Money(410.0), "USD", Language::En).show(Money(410.0), Language::En),
            "410.00"
        );
    }

    #[test]
    fn durations_to_the_second() {
        for (hours, korean, english) in [
            (127.5, "127시간 30분", "127 h 30 min"),
            (50.0 + 1.0 / 3.0, "50시간 20분", "50 h 20 min"),
            (0.0, "0시간", "0 h"),
            (0.01, "36초", "36 s"),
        ] {
            assert_eq!(duration(Hours(hours), Language::Ko), korean);
            assert_eq!(duration(Hours(hours), Language::En), english);
        }
        assert_eq!(percent(0.125), "12.5%");
    }
}
