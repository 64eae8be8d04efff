//! Amounts, durations and shares out of text.

use super::Fault;
use crate::quantity::{Hours, Share};

/// Checks a proportion that was written as `text`.
pub(super) fn share(proportion: f64, text: &str) -> Result<Share, Fault> {
    match Share::new(proportion) {
        Some(share) => Ok(share),
        None if proportion > 1.0 && proportion <= 100.0 => Err(Fault::new(
            format!("{text} is ambiguous: {text} % or {text} times the whole?"),
            format!("write \"{text}%\" or {}", proportion / 100.0),
        )),
        None => Err(Fault::new(
            format!("{text} is not a share of a whole"),
            "give \"0%\" to \"100%\", or 0 to 1",
        )),
    }
}

/// Reads a share such as `"12.5%"` or `"0.125"`.
///
/// # Errors
///
/// Refuses what is not between nothing and all, and a number above 1 without `%`.
pub fn parse_share(text: &str) -> Result<Share, Fault> {
    let trimmed = text.trim();
    let digits = trimmed.strip_suffix('%').map(str::trim_end);
    let number: f64 = digits
        .unwrap_or(trimmed)
        .parse()
        .map_err(|_| Fault::new(format!("{text:?} is not a share"), "write \"10%\" or 0.1"))?;
    match digits {
        Some(_) => Share::new(number / 100.0).ok_or_else(|| {
            Fault::new(format!("{text:?} is not a share of a whole"), "give \"0%\" to \"100%\"")
        }),
        None => share(number, trimmed),
    }
}

/// Reads a clock time such as `"09:00"` or `"24:00"`, in minutes of the day.
pub(super) fn parse_clock(text: &str) -> Result<u16, Fault> {
    let fault =
        || Fault::new(format!("{text:?} is not a clock time"), "write \"09:00\", at most \"24:00\"");
    let (hours, minutes) = text.trim().split_once(':').ok_or_else(fault)?;
    let number = |digits: &str| match digits.len() {
        1 | 2 => digits.parse::<u16>().map_err(|_| fault()),
        _ => Err(fault()),
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let of_day = hours * 60 + minutes;
    if minutes < 60 && of_day <= 24 * 60 { Ok(of_day) } else { Err(fault()) }
}

/// Reads a duration such as `"127h30m"`, `"3d"`, `"89m"` or `"1.5h"`.
///
/// # Errors
///
/// Refuses a number without a unit, an unknown unit, and what is below zero.
pub fn parse_duration(text: &str) -> Result<Hours, Fault> {
    let fault = || {
        Fault::new(
            format!("{text:?} is not a duration"),
            "write \"12h\", \"3d\", \"89m\" or \"127h30m\" (mo, w, d, h, m and s are known)",
        )
    };
    let mut rest = text.trim();
    let mut seconds = 0.0;
    if rest.is_empty() {
        return Err(fault());
    }
    if rest.starts_with('-') {
        return Err(Fault::new(format!("{text:?} is negative"), "give a duration of 0 or more"));
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(fault)?;
        let (number, tail) = rest.split_at(digits);
        let (number, tail) = (number.parse::<f64>().map_err(|_| fault())?, tail.trim_start());
        let letters = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        seconds += number
            * match unit {
                // A twelfth of a year of 8,760 hours: months of a policy, not of a calendar.
                "mo" | "month" | "months" | "개월" => 2_628_000.0,
                "w" => 604_800.0,
                "d" | "일" => 86_400.0,
                "h" | "시간" => 3_600.0,
                "m" | "min" | "분" => 60.0,
                "s" | "초" => 1.0,
                _ => return Err(fault()),
            };
        rest = tail.trim_start();
    }
    Ok(Hours(seconds / 3_600.0))
}

/// Reads an amount such as `"30억"`, `"1억 2,000만"`, `"₩1,234"` or `"500,000원"`.
///
/// The arithmetic is exact: decimal digits are shifted, not multiplied.
///
/// # Errors
///
/// Refuses what is not a number with known units.
pub fn parse_money(text: &str) -> Result<f64, Fault> {
    let fault = || {
        Fault::new(format!("{text:?} is not an amount"), "write 500_000_000, \"5억\" or \"1억 2,000만\"")
    };
    let cleaned: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',' && *c != '_').collect();
    let mut rest = cleaned.trim_start_matches('₩').trim_end_matches('원');
    let (mut total, mut last_unit) = (0.0, f64::INFINITY);
    if rest.is_empty() {
        return Err(fault());
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(rest.len());
        let (digits, tail) = rest.split_at(end);
        let units = [("조", 1e12), ("억", 1e8), ("백만", 1e6), ("만", 1e4), ("천", 1e3)];
        let (unit, tail) =
            match units.iter().find_map(|(word, unit)| Some((*unit, tail.strip_prefix(word)?))) {
                Some(found) => found,
                None if tail.is_empty() => (1.0, tail),
                None => return Err(fault()),
            };
        let number: f64 = digits.parse().map_err(|_| fault())?;
        if !number.is_finite() || unit >= last_unit {
            return Err(fault());
        }
        // Shifting the decimal point in the digits keeps 3.7 억 at 370,000,000.
        let exponent = unit.log10().round();
        total += format!("{digits}e{exponent}").parse::<f64>().map_err(|_| fault())?;
        (rest, last_unit) = (tail, unit);
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_as_people_write_them() {
        for (text, hours) in [
            ("127h30m", 127.5),
            ("3d", 72.0),
            ("89m", 89.0 / 60.0),
            ("1d12h", 36.0),
            ("1.5h", 1.5),
            ("50h20m", 50.0 + 1.0 / 3.0),
            ("2w", 336.0),
            ("127시간 30분", 127.5),
            ("90s", 0.025),
            ("18 months", 13_140.0),
            ("12개월", 8_760.0),
        ] {
            assert_eq!(parse_duration(text), Ok(Hours(hours)), "{text}");
        }
        for text in ["", "12", "h", "12x", "-3h", "1h2", "1..5h", "NaNh"] {
            assert!(parse_duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn amounts_as_people_write_them() {
        for (text, won) in [
            ("30억", 3e9),
            ("3.7억", 370_000_000.0),
            ("1억 2,000만", 120_000_000.0),
            ("₩1,234", 1234.0),
            ("500,000원", 500_000.0),
            ("2조 1,288억", 2_128_800_000_000.0),
            ("350백만", 350_000_000.0),
        ] {
            assert_eq!(parse_money(text), Ok(won), "{text}");
        }
        for text in ["", "억", "3만 2억", "3,5oo", "1e9", "nan", "inf", "5 apples"] {
            assert!(parse_money(text).is_err(), "{text}");
        }
    }

    #[test]
    fn shares_that_could_mean_two_things_are_refused() {
        assert_eq!(parse_share("12.5%"), Ok(Share::new(0.125).unwrap()));
        assert_eq!(parse_share("0.1"), Ok(Share::new(0.1).unwrap()));
        let fault = parse_share("80").unwrap_err();
        assert!(fault.message.contains("ambiguous") && fault.mend.contains("\"80%\""), "{fault:?}");
        for text in ["150%", "-1%", "101", "ten", "%"] {
            assert!(parse_share(text).is_err(), "{text}");
        }
    }
}
