//! Amounts as books write them, read exactly.

use crate::profile::build::Exact;
use crate::read::value::{Fault, parse_money};

/// A unit in which books are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookUnit {
    /// Its name in Korean.
    pub name: &'static str,
    /// Its name on the command line.
    pub key: &'static str,
    /// How many units of the currency it is.
    pub factor: u32,
}

/// Units that can be named.
pub const BOOK_UNITS: [BookUnit; 5] = [
    BookUnit { name: "원", key: "won", factor: 1 },
    BookUnit { name: "천원", key: "cheon", factor: 1_000 },
    BookUnit { name: "만원", key: "man", factor: 10_000 },
    BookUnit { name: "백만원", key: "baekman", factor: 1_000_000 },
    BookUnit { name: "억원", key: "eok", factor: 100_000_000 },
];

impl BookUnit {
    /// Returns the unit of a Korean or Latin name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        let krw = if name == "krw" { "won" } else { &name };
        BOOK_UNITS.into_iter().find(|unit| unit.name == name || unit.key == krw)
    }

    /// Returns the unit of so many units of the currency.
    #[must_use]
    pub fn of(factor: u32) -> Option<Self> {
        BOOK_UNITS.into_iter().find(|unit| unit.factor == factor)
    }
}

/// Digits that an amount may have before the point.
const MOST_DIGITS: usize = 18;

/// Digits after the point that are kept.
const DECIMALS: usize = 6;

/// Reads digits with an optional minus, commas by threes and a decimal point; nothing
/// where there is anything else.
#[must_use]
pub fn plain(text: &[u8]) -> Option<Exact> {
    let (minus, digits) = match text.strip_prefix(b"-") {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mut whole, mut count, mut group, mut commas) = (0_i64, 0, 0, false);
    let mut at = 0;
    while let Some(&byte) = digits.get(at) {
        match byte {
            b'0'..=b'9' if count < MOST_DIGITS => {
                whole = whole * 10 + i64::from(byte - b'0');
                count += 1;
                group += 1;
            }
            b',' if count > 0 && (if commas { group == 3 } else { group <= 3 }) => {
                (commas, group) = (true, 0);
            }
            b'.' => break,
            _ => return None,
        }
        at += 1;
    }
    if count == 0 || commas && group != 3 {
        return None;
    }
    let mut millionths = 0;
    if let Some(decimals) = digits.get(at + 1..) {
        let kept = decimals.trim_ascii_end();
        let zeros = kept.iter().rev().take_while(|byte| **byte == b'0').count();
        let kept = &kept[..kept.len() - zeros];
        if decimals.is_empty() || kept.len() > DECIMALS || !decimals.iter().all(u8::is_ascii_digit) {
            return None;
        }
        for place in 0..DECIMALS {
            millionths = millionths * 10 + i128::from(kept.get(place).map_or(0, |digit| digit - b'0'));
        }
    }
    let amount = i128::from(whole) * Exact::ONE + millionths;
    Some(Exact(if minus { -amount } else { amount }))
}

/// Reads an amount as people and spreadsheets write it: `1,234`, `₩1,234`, `12만`,
/// `3.5억`, `△1,234`, `(1,234)`, `１２３`, `-` for nothing.
///
/// # Errors
///
/// Refuses what is empty, no number, too long to be exact, or could mean two numbers.
pub fn amount(text: &str) -> Result<Exact, Fault> {
    let text = text.trim();
    let ascii: String = text.chars().filter_map(narrow).collect();
    if ascii.is_empty() {
        return Err(Fault::new("the amount is empty", "write 0 where nothing was sold, or drop the row"));
    }
    if ascii == "-" {
        return Ok(Exact(0));
    }
    let inner = ascii.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let triangle = ascii.strip_prefix(['△', '▲']);
    let minus = ascii.strip_prefix('-');
    let (negative, rest) = match (inner, triangle, minus) {
        (Some(rest), _, _) | (_, Some(rest), _) | (_, _, Some(rest)) => (true, rest),
        _ => (false, ascii.as_str()),
    };
    let rest = rest.trim_start_matches(['₩', '\\', '+']).trim_start_matches("KRW").trim_end_matches("KRW");
    let (negative, rest) = match rest.strip_prefix('-') {
        Some(rest) if !negative => (true, rest),
        _ => (negative, rest),
    };
    let digits = rest.trim_end_matches('원');
    let read = plain(digits.as_bytes()).map(Ok).unwrap_or_else(|| longer(rest, text))?;
    if read.0 < 0 {
        return Err(no_amount(text));
    }
    Ok(if negative { -read } else { read })
}

/// What is not plain digits: units of ten thousands, or a power of ten.
fn longer(rest: &str, text: &str) -> Result<Exact, Fault> {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    if rest.chars().all(digits) {
        return Err(ambiguous(rest, text));
    }
    let power = rest.contains(['e', 'E']) && rest.chars().all(|c| digits(c) || "eE+-".contains(c));
    let number = match power {
        true => rest.parse::<f64>().map_err(|_| no_amount(text))?,
        false if rest.contains(['만', '억', '조', '천', '백', '십']) => {
            parse_money(rest).map_err(|_| no_amount(text))?
        }
        false => return Err(no_amount(text)),
    };
    of_number(number).ok_or_else(|| too_large(text))
}

/// Reads a number of a spreadsheet; nothing where it is not finite or not exact.
#[must_use]
pub fn of_number(number: f64) -> Option<Exact> {
    /// Whole numbers beyond this are not exact.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let sound = number.is_finite() && number.abs() <= EXACT;
    let part = (number.fract() * Exact::ONE as f64).round() as i128;
    sound.then(|| Exact(number.trunc() as i128 * Exact::ONE + part))
}

/// Digits, points and commas that are no plain number.
fn ambiguous(rest: &str, text: &str) -> Fault {
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    let decimals = rest.rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
    if digits > MOST_DIGITS && !rest.contains('.') {
        too_large(text)
    } else if rest.matches('.').count() == 1 && decimals > DECIMALS {
        let mend = format!("round amounts to {DECIMALS} digits after the point at most");
        Fault::new(format!("{text:?} has {decimals} digits after the point"), mend)
    } else if digits == 0 {
        no_amount(text)
    } else {
        let mend = "part thousands by commas, 1,234,567, and decimals by a point";
        Fault::new(format!("{text:?} can be read in more than one way"), mend)
    }
}

fn too_large(text: &str) -> Fault {
    Fault::new(format!("{text:?} is too large to be exact"), "is the column right, and its unit?")
}

fn no_amount(text: &str) -> Fault {
    Fault::new(format!("{text:?} is not an amount"), "write 1,234, △1,234, 12만 or 3.5억")
}

/// Full-width characters as narrow ones, without white space.
pub(super) fn narrow(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        '−' | '–' => Some('-'),
        '￦' => Some('₩'),
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_books_write_them() {
        let won = Exact::whole;
        for (text, expected) in [
            ("1234", won(1234)),
            ("1,234", won(1234)),
            ("1,234,567.5", Exact(1_234_567_500_000)),
            ("12.000000000", won(12)),
            ("-1,234", won(-1234)),
            ("₩1,234", won(1234)),
            ("￦ 1,234", won(1234)),
            ("1 234원", won(1234)),
            ("△1,234", won(-1234)),
            ("▲1,234", won(-1234)),
            ("(1,234)", won(-1234)),
            ("₩-500", won(-500)),
            ("−500", won(-500)),
            ("１２３", won(123)),
            ("12만", won(120_000)),
            ("3.5억", won(350_000_000)),
            ("△3.5억원", won(-350_000_000)),
            ("1억 2,000만", won(120_000_000)),
            ("1.5E+06", won(1_500_000)),
            ("-", won(0)),
            ("999999999999999999", won(999_999_999_999_999_999)),
            ("0.000001", Exact(1)),
        ] {
            assert_eq!(amount(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_or_more_than_one_is_refused() {
        for (text, said) in [
            ("", "empty"),
            ("3,5oo", "not an amount"),
            ("#N/A", "not an amount"),
            ("NaN", "not an amount"),
            ("inf", "not an amount"),
            ("합계", "not an amount"),
            ("--5", "not an amount"),
            ("1,23", "more than one way"),
            ("1.234,56", "more than one way"),
            ("1,2345", "more than one way"),
            (",123", "more than one way"),
            ("1.", "more than one way"),
            ("1.2345678", "7 digits after the point"),
            ("1234567890123456789", "too large"),
            ("1e30", "too large"),
        ] {
            let fault = amount(text).unwrap_err();
            assert!(fault.message.contains(said), "{text}: {}", fault.message);
        }
    }

    #[test]
    fn numbers_of_a_spreadsheet_lose_their_noise() {
        assert_eq!(of_number(0.1 + 0.2), Some(Exact(300_000)));
        assert_eq!(of_number(-1234.5), Some(Exact(-1_234_500_000)));
        for wrong in [f64::NAN, f64::INFINITY, 1e17] {
            assert_eq!(of_number(wrong), None);
        }
    }

    #[test]
    fn units_by_their_names() {
        for (name, factor) in [("천원", 1_000), (" 백만 원", 1_000_000), ("KRW", 1), ("eok", 100_000_000)]
        {
            assert_eq!(BookUnit::named(name).map(|unit| unit.factor), Some(factor), "{name}");
        }
        assert_eq!(BookUnit::named("달러"), None);
    }
}
