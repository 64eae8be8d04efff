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

/// Reads an amount such as `"30억"`, `"1억 2,000만"`, `"2천만"`, `"₩1,234"` or `"500,000원"`.
///
/// Units of ten thousands, such as `억`, fall from left to right, and so do the
/// tens, hundreds and thousands before each of them: `"1조 2천3백억"`. The arithmetic
/// is exact: decimal digits are shifted, not multiplied.
///
/// # Errors
///
/// Refuses what is not a number with known units, and units without a number or
/// out of order.
pub fn parse_money(text: &str) -> Result<f64, Fault> {
    let mend = "write 500_000_000, \"5억\", \"2천만\" or \"1억 2,000만\"";
    let fault = || Fault::new(format!("{text:?} is not an amount"), mend);
    let cleaned: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',' && *c != '_').collect();
    let mut rest = cleaned.trim_start_matches('₩').trim_end_matches('원');
    if rest.is_empty() {
        return Err(fault());
    }
    // Powers of ten: what is open below the next 만, 억 or 조, and the last unit of each kind.
    let (mut total, mut open) = (0.0, vec![]);
    let (mut last_great, mut last_small) = (u32::MAX, u32::MAX);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).unwrap_or(rest.len());
        let (digits, tail) = rest.split_at(end);
        let (small, tail) = unit(tail, &[("천", 3), ("백", 2), ("십", 1)]);
        let (great, tail) = unit(tail, &[("조", 12), ("억", 8), ("만", 4)]);
        if small.is_none() && great.is_none() && !tail.is_empty() {
            return Err(fault());
        }
        if digits.is_empty() && (small.is_some() || open.is_empty()) {
            let unit = small.or(great).map_or("", |(word, _)| word);
            return Err(Fault::new(format!("{text:?} has no number before {unit:?}"), mend));
        }
        if !digits.is_empty() {
            let power = small.map_or(0, |(_, power)| power);
            let number: f64 = digits.parse().map_err(|_| fault())?;
            let room = if last_small == u32::MAX { f64::INFINITY } else { 10_f64.powf(last_small.into()) };
            if power >= last_small || number >= room {
                return Err(out_of_order(text, mend));
            }
            open.push((digits, power));
            last_small = power;
        }
        let ends = great.is_some() || tail.is_empty();
        if ends {
            let great = great.map_or(0, |(_, power)| power);
            if great >= last_great {
                return Err(out_of_order(text, mend));
            }
            // Shifting the decimal point in the digits keeps 3.7 억 at 370,000,000.
            for (digits, power) in open.drain(..) {
                total += format!("{digits}e{}", power + great).parse::<f64>().map_err(|_| fault())?;
            }
            (last_great, last_small) = (great, u32::MAX);
        }
        rest = tail;
    }
    if total.is_finite() { Ok(total) } else { Err(Fault::new("the amount is too large to be exact", mend)) }
}

/// Takes a unit off the start of a text, with its power of ten.
fn unit<'t>(text: &'t str, units: &[(&'static str, u32)]) -> (Option<(&'static str, u32)>, &'t str) {
    let found = units.iter().find_map(|unit| Some((*unit, text.strip_prefix(unit.0)?)));
    found.map_or((None, text), |(unit, tail)| (Some(unit), tail))
}

fn out_of_order(text: &str, mend: &str) -> Fault {
    Fault::new(format!("{text:?} has its units out of order"), mend)
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
            ("2천만", 20_000_000.0),
            ("2천만원", 20_000_000.0),
            ("5백만", 5_000_000.0),
            ("3천억", 300_000_000_000.0),
            ("3십억", 3_000_000_000.0),
            ("1.5천만", 15_000_000.0),
            ("2천5백만", 25_000_000.0),
            ("1조 2천3백억 4천만 5", 1_230_040_000_005.0),
            ("2천350만", 23_500_000.0),
            ("7천", 7_000.0),
            ("1만 2천3백4십5원", 12_345.0),
        ] {
            assert_eq!(parse_money(text), Ok(won), "{text}");
        }
        for text in ["", "억", "3만 2억", "3,5oo", "1e9", "nan", "inf", "5 apples", "5사과"] {
            assert!(parse_money(text).is_err(), "{text}");
        }
        for (text, said) in [
            ("만천억", "no number before \"만\""),
            ("천만", "no number before \"천\""),
            ("2천백만", "no number before \"백\""),
            ("1억억", "no number before \"억\""),
            ("3만 2억", "out of order"),
            ("3백2천만", "out of order"),
            ("2천3천만", "out of order"),
            ("2천3500만", "out of order"),
            ("1억 2억", "out of order"),
        ] {
            let fault = parse_money(text).unwrap_err();
            assert!(fault.message.contains(said), "{text}: {}", fault.message);
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
