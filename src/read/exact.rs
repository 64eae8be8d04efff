//! Exact figures out of text: whole won and decimal rates, never by way of a binary fraction.

use crate::scheme::{Rate, Won};

/// What is wrong with a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wrong {
    /// There is none.
    Blank,
    /// A spreadsheet's own error, such as `#N/A`.
    SheetError,
    /// `NaN` or an infinity.
    NotFinite,
    /// Written with an exponent, by which digits are lost.
    Exponent,
    /// A dash, which may be a zero or nothing on record.
    Dash,
    /// Commas that part no thousands.
    Commas,
    /// Less than a won.
    BelowAWon,
    /// Below zero where nothing can be.
    Negative,
    /// More than any claim can be.
    TooLarge,
    /// No number at all.
    NotANumber,
    /// A share above 1 without its percent sign.
    Ambiguous,
    /// No share of a whole.
    NoShare,
    /// More digits than are kept exact.
    TooFine,
}

impl Wrong {
    /// Returns its name in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::SheetError => "spreadsheet_error",
            Self::NotFinite => "not_finite",
            Self::Exponent => "exponent",
            Self::Dash => "dash",
            Self::Commas => "commas",
            Self::BelowAWon => "below_a_won",
            Self::Negative => "negative",
            Self::TooLarge => "too_large",
            Self::NotANumber => "not_a_number",
            Self::Ambiguous => "ambiguous_share",
            Self::NoShare => "no_share",
            Self::TooFine => "too_fine",
        }
    }

    /// Returns what is wrong, and how to mend it.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Blank => ("is blank", "give the figure, 0 where it is nothing"),
            Self::SheetError => ("is a spreadsheet's error", "mend the formula and save the file again"),
            Self::NotFinite => ("is not a finite number", "give a whole number of won"),
            Self::Exponent => {
                ("is written with an exponent, which drops digits", "format the column as a number")
            }
            Self::Dash => ("is a dash: zero, or nothing on record?", "write 0, or leave it blank"),
            Self::Commas => ("has commas that part no thousands", "write 1,234,567 or 1234567"),
            Self::BelowAWon => ("is no whole number of won", "round it by your own rule first"),
            Self::Negative => ("is below zero", "give 0 or more; take returns off the sales of their day"),
            Self::TooLarge => (
                "is more than 10 trillion won, or too long to be exact",
                "is its unit won, not a part of it?",
            ),
            Self::NotANumber => ("is not a number", "write 1234567, \"1,234,567원\" or \"123만\""),
            Self::Ambiguous => ("is ambiguous: percent, or times the whole?", "write 80% or 0.8"),
            Self::NoShare => ("is not a share of a whole", "give 0% to 100%, or 0 to 1"),
            Self::TooFine => ("has more than six decimals", "round it to six decimals"),
        }
    }
}

/// Reads whole won such as `1234567`, `1,234,567원`, `₩1,234`, `12만`, `1억 2,000만`,
/// `１２３`, `△1,234` or `(1,234)`.
///
/// # Errors
///
/// Refuses whatever is no whole number of won, and says why.
pub fn parse_won(text: &str) -> Result<Won, Wrong> {
    if let Some(won) = plain_whole(text.as_bytes()) {
        return held(won.into());
    }
    let text = text.trim();
    not_a_figure(text)?;
    let (negative, rest) = sign(text);
    let plain = plain(rest);
    let rest = plain.trim_start_matches(['₩', '￦']).trim_end_matches('원');
    if rest.is_empty() {
        return Err(Wrong::NotANumber);
    }
    let won = units(rest)?;
    held(if negative { -won } else { won })
}

fn held(won: i128) -> Result<Won, Wrong> {
    match i64::try_from(won) {
        Ok(whole) if whole.unsigned_abs() <= Won::MOST.0.unsigned_abs() => Ok(Won(whole)),
        _ => Err(Wrong::TooLarge),
    }
}

/// Reads an amount that cannot be below zero.
///
/// # Errors
///
/// As [`parse_won`], and for what is below zero.
pub fn parse_amount(text: &str) -> Result<Won, Wrong> {
    match parse_won(text)? {
        Won(below) if below < 0 => Err(Wrong::Negative),
        amount => Ok(amount),
    }
}

/// Reads a share such as `18.5%` or `0.185`, to six decimals.
///
/// # Errors
///
/// Refuses what is not between nothing and all, and a number above 1 without `%`.
pub fn parse_part(text: &str) -> Result<Rate, Wrong> {
    let (rate, percent) = parse_number(text)?;
    if rate.is_negative() {
        Err(Wrong::Negative)
    } else if rate.is_at_most(1) {
        Ok(rate)
    } else if !percent && rate.is_at_most(100) {
        Err(Wrong::Ambiguous)
    } else {
        Err(Wrong::NoShare)
    }
}

/// Reads a margin: a share, or one below zero.
///
/// # Errors
///
/// As [`parse_part`], but for the sign.
pub fn parse_margin(text: &str) -> Result<Rate, Wrong> {
    let (negative, rest) =
        if text.starts_with(|c: char| c.is_ascii_digit()) { (false, text) } else { sign(text.trim()) };
    let share = parse_part(rest)?;
    Ok(if negative { share.negative() } else { share })
}

/// Reads a decimal number, with or without `%`, and whether it had one.
///
/// # Errors
///
/// Refuses what is no number of up to six decimals.
pub fn parse_number(text: &str) -> Result<(Rate, bool), Wrong> {
    if let Some(rate) = plain_decimal(text.as_bytes()) {
        return Ok((rate, false));
    }
    let text = text.trim();
    not_a_figure(text)?;
    let (negative, rest) = sign(text);
    let plain = plain(rest);
    let (number, percent) = match plain.strip_suffix('%') {
        Some(number) => (number, true),
        None => (plain.as_str(), false),
    };
    let (whole, rest) = decimal(number)?;
    if rest.len() > 6 {
        return Err(Wrong::TooFine);
    }
    let mantissa = digits(&format!("{whole}{rest}")).ok_or(Wrong::TooLarge)?;
    let of = 10_i64.pow(rest.len() as u32 + if percent { 2 } else { 0 });
    let parts = i64::try_from(mantissa).map_err(|_| Wrong::TooLarge)?;
    let rate = Rate::new(if negative { -parts } else { parts }, of).ok_or(Wrong::TooLarge)?;
    Ok((rate, percent))
}

/// Reads nothing but digits, as most figures are, up to what any claim can be.
#[inline]
fn plain_whole(text: &[u8]) -> Option<i64> {
    if !(1..=13).contains(&text.len()) {
        return None;
    }
    let mut won = 0;
    (leading_digits(text, &mut won) == text.len()).then_some(won as i64)
}

/// Adds the digits that a text begins with behind those of a number, and counts them.
#[inline]
fn leading_digits(text: &[u8], number: &mut u64) -> usize {
    let mut count = 0;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        (*number, count) = (10 * *number + u64::from(digit), count + 1);
    }
    count
}

/// Reads `0.185` or `12`, as far as 32 binary digits and six decimals go; whatever else has a reading
/// has it elsewhere.
#[inline]
fn plain_decimal(text: &[u8]) -> Option<Rate> {
    if !(1..=10).contains(&text.len()) {
        return None;
    }
    let mut parts = 0;
    let whole = leading_digits(text, &mut parts);
    let places = match text[whole..] {
        _ if whole == 0 => return None,
        [] => 0,
        [b'.', ref decimals @ ..] => {
            let places = leading_digits(decimals, &mut parts);
            if !(1..=6).contains(&places) || places < decimals.len() {
                return None;
            }
            places
        }
        _ => return None,
    };
    Some(Rate::decimal(u32::try_from(parts).ok()?, places as u32))
}

fn not_a_figure(text: &str) -> Result<(), Wrong> {
    let lower = text.to_ascii_lowercase();
    let number = lower.trim_start_matches(['-', '+']);
    if text.is_empty() {
        Err(Wrong::Blank)
    } else if text.starts_with('#') {
        Err(Wrong::SheetError)
    } else if ["nan", "inf", "infinity"].contains(&number) {
        Err(Wrong::NotFinite)
    } else if ["-", "–", "—", "−"].contains(&text) {
        Err(Wrong::Dash)
    } else if number.contains('e') && number.split('e').all(|part| part.bytes().any(|b| b.is_ascii_digit()))
    {
        Err(Wrong::Exponent)
    } else {
        Ok(())
    }
}

/// Takes off the ways in which Korean accounts write what is below zero.
fn sign(text: &str) -> (bool, &str) {
    if let Some(inside) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (true, inside);
    }
    match text.strip_prefix(['-', '−', '△', '▲']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Writes full-width digits, signs and commas as plain ones, without spaces.
fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | '，' | '．' | '％' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// Parts a number into the digits before and after its point, and checks its commas.
fn decimal(text: &str) -> Result<(String, &str), Wrong> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    if !whole.chars().all(|c| c.is_ascii_digit() || c == ',') || !all_digits(rest) || whole.is_empty() {
        return Err(Wrong::NotANumber);
    }
    let grouped = whole.contains(',');
    if grouped && (first.is_empty() || first.len() > 3 || groups.any(|group| group.len() != 3)) {
        return Err(Wrong::Commas);
    }
    if text.ends_with('.') {
        return Err(Wrong::NotANumber);
    }
    Ok((whole.replace(',', ""), rest))
}

fn digits(text: &str) -> Option<i128> {
    if text.len() > 30 { None } else { text.parse().ok() }
}

/// Adds up `1억2,000만5`: great units fall from left to right, each with one small unit.
fn units(text: &str) -> Result<i128, Wrong> {
    let mut rest = text;
    let (mut total, mut last) = (0_i128, u32::MAX);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
        let (number, tail) = rest.split_at(end);
        let (small, tail) = unit(tail, &[("천", 3), ("백", 2), ("십", 1)]);
        let (great, tail) = unit(tail, &[("조", 12), ("억", 8), ("만", 4)]);
        let power = small + great;
        if number.is_empty() || power == 0 && !tail.is_empty() || power >= last {
            return Err(Wrong::NotANumber);
        }
        let (whole, fraction) = decimal(number)?;
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() as u32 > power {
            return Err(Wrong::BelowAWon);
        }
        let mantissa = digits(&format!("{whole}{fraction}")).ok_or(Wrong::TooLarge)?;
        let scale = 10_i128.pow(power - fraction.len() as u32);
        let part = mantissa.checked_mul(scale).ok_or(Wrong::TooLarge)?;
        // What follows a unit has to fit below it: 3만 20,000 is no amount.
        if last != u32::MAX && part >= 10_i128.pow(last) {
            return Err(Wrong::NotANumber);
        }
        total = total.checked_add(part).ok_or(Wrong::TooLarge)?;
        last = power;
        rest = tail;
    }
    Ok(total)
}

fn unit<'t>(text: &'t str, units: &[(&str, u32)]) -> (u32, &'t str) {
    let found = units.iter().find_map(|(word, power)| Some((*power, text.strip_prefix(word)?)));
    found.unwrap_or((0, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_korean_files_write_them() {
        for (text, won) in [
            ("1234567", 1_234_567),
            ("1,234,567", 1_234_567),
            (" 1 234 ", 1_234),
            ("₩1,234", 1_234),
            ("1234원", 1_234),
            ("1234.00", 1_234),
            ("12만", 120_000),
            ("3.5억", 350_000_000),
            ("1억 2,000만", 120_000_000),
            ("2천만원", 20_000_000),
            ("5백만", 5_000_000),
            ("1만 2,345원", 12_345),
            ("１２３", 123),
            ("△1,234", -1_234),
            ("(1,234)", -1_234),
            ("-5", -5),
            ("+5", 5),
            ("0", 0),
            ("68212208", 68_212_208),
            ("20000001", 20_000_001),
            ("10000000000000", 10_000_000_000_000),
        ] {
            assert_eq!(parse_won(text), Ok(Won(won)), "{text}");
        }
    }

    #[test]
    fn what_is_no_whole_number_of_won_is_refused_with_its_reason() {
        for (text, wrong) in [
            ("", Wrong::Blank),
            ("#N/A", Wrong::SheetError),
            ("#DIV/0!", Wrong::SheetError),
            ("NaN", Wrong::NotFinite),
            ("-inf", Wrong::NotFinite),
            ("1.2E+08", Wrong::Exponent),
            ("-", Wrong::Dash),
            ("1,23,456", Wrong::Commas),
            ("1,2345", Wrong::Commas),
            ("1234.5", Wrong::BelowAWon),
            ("1.23456만", Wrong::BelowAWon),
            ("1e", Wrong::NotANumber),
            ("사십만", Wrong::NotANumber),
            ("12만 3만", Wrong::NotANumber),
            ("3만 20,000", Wrong::NotANumber),
            ("12 apples", Wrong::NotANumber),
            ("10000000000001", Wrong::TooLarge),
            (&"9".repeat(31), Wrong::TooLarge),
        ] {
            assert_eq!(parse_won(text), Err(wrong), "{text}");
        }
        assert_eq!(parse_amount("-1"), Err(Wrong::Negative));
    }

    #[test]
    fn a_share_is_the_fraction_that_its_digits_say() {
        let rate = |parts, of| Rate::new(parts, of).unwrap();
        assert_eq!(parse_part("18.5%"), Ok(rate(37, 200)));
        assert_eq!(parse_part("0.185"), Ok(rate(37, 200)));
        assert_eq!(parse_part("1"), Ok(Rate::ONE));
        assert_eq!(parse_margin("-3.2%"), Ok(rate(-4, 125)));
        for (text, wrong) in [
            ("80", Wrong::Ambiguous),
            ("150%", Wrong::NoShare),
            ("101", Wrong::NoShare),
            ("-1%", Wrong::Negative),
            ("0.1234567", Wrong::TooFine),
            ("ten", Wrong::NotANumber),
            ("%", Wrong::NotANumber),
        ] {
            assert_eq!(parse_part(text), Err(wrong), "{text}");
        }
    }
}
