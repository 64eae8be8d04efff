//! Exact amounts as text.

use super::lines::Lines;
use crate::scheme::{Edge, End, Exact, Rate, Won};
use crate::view::Language;
use crate::view::number::group;

/// Writes whole won: `1,234,567`, `△1,234`.
pub fn won(amount: i128, language: Language) -> String {
    let sign = if amount < 0 { language.of("△", "-") } else { "" };
    format!("{sign}{}", group(amount.unsigned_abs()))
}

/// Writes an amount in plain digits, to the millionth of a won and not beyond.
pub fn digits(amount: Exact) -> String {
    let mut lines = Lines::default();
    lines.add(0, |line| line.exact(amount));
    String::from_utf8_lossy(lines.as_bytes()).into_owned()
}

/// Writes an amount with separators, to the millionth of a won; `…` where it goes on.
pub fn exact(amount: Exact, language: Language) -> String {
    let plain = digits(amount);
    let (sign, plain) = match plain.strip_prefix('-') {
        Some(rest) => (language.of("△", "-"), rest),
        None => ("", plain.as_str()),
    };
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, ""));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), group);
    let goes_on = {
        let mut under = amount.under();
        for prime in [2, 5] {
            while under % prime == 0 {
                under /= prime;
            }
        }
        under != 1 || decimals.len() == 6
    };
    match (decimals.is_empty(), goes_on) {
        (true, false) => format!("{sign}{whole}"),
        (true, true) => format!("{sign}{whole}…"),
        (false, false) => format!("{sign}{whole}.{decimals}"),
        (false, true) => format!("{sign}{whole}.{decimals}…"),
    }
}

/// Writes a rate in percent where that is short, and as a number otherwise.
pub fn rate(rate: Rate) -> String {
    let as_amount = Exact::new(i128::from(rate.parts()), i128::from(rate.of()));
    match as_amount {
        Some(_) if rate.of() == 1 && rate.parts() != 1 => rate.parts().to_string(),
        Some(amount) => match Rate::new(100, 1).and_then(|hundred| amount.times(hundred)) {
            Some(percent) if rate.parts().abs() <= rate.of() => format!("{}%", digits(percent)),
            _ => digits(amount),
        },
        None => String::new(),
    }
}

/// Writes the span of a band from the end before it to its own.
pub fn span(from: Option<End>, to: Option<End>, unit: &str, language: Language) -> String {
    let number = |end: End| group(u128::from(end.at.unsigned_abs()));
    match language {
        Language::Ko => {
            let from = from.map(|end| {
                let word = if end.edge == Edge::UpTo { "초과" } else { "이상" };
                format!("{}{unit} {word}", number(end))
            });
            let to = to.map(|end| {
                let word = if end.edge == Edge::UpTo { "이하" } else { "미만" };
                format!("{}{unit} {word}", number(end))
            });
            match (from, to) {
                (Some(from), Some(to)) => format!("{from} ~ {to}"),
                (one, other) => one.or(other).unwrap_or_else(|| "전부".into()),
            }
        }
        Language::En => {
            let from = from.map(|end| {
                let word = if end.edge == Edge::UpTo { "more than" } else { "at least" };
                format!("{word} {}{unit}", number(end))
            });
            let to = to.map(|end| {
                let word = if end.edge == Edge::UpTo { "up to" } else { "below" };
                format!("{word} {}{unit}", number(end))
            });
            match (from, to) {
                (Some(from), Some(to)) => format!("{from}, {to}"),
                (one, other) => one.or(other).unwrap_or_else(|| "all".into()),
            }
        }
    }
}

/// Writes whole won in Hangul: 50,000 is 오만.
pub fn hangul(amount: Won) -> String {
    const DIGITS: [&str; 10] = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"];
    const SMALL: [&str; 4] = ["", "십", "백", "천"];
    const GREAT: [&str; 5] = ["", "만", "억", "조", "경"];
    if amount.0 == 0 {
        return "영".into();
    }
    let mut rest = amount.0.unsigned_abs();
    let mut parts = Vec::new();
    for great in GREAT {
        let four = rest % 10_000;
        rest /= 10_000;
        if four > 0 {
            let mut text = String::new();
            for place in (0..4).rev() {
                let digit = (four / 10_u64.pow(place)) % 10;
                if digit > 0 {
                    text.push_str(DIGITS[digit as usize]);
                    text.push_str(SMALL[place as usize]);
                }
            }
            parts.push(format!("{text}{great}"));
        }
    }
    parts.reverse();
    format!("{}{}", if amount.0 < 0 { "마이너스 " } else { "" }, parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_hangul_as_official_papers_write_them() {
        for (won, text) in [
            (0, "영"),
            (50_000, "오만"),
            (30_000, "삼만"),
            (10_000, "일만"),
            (305_620, "삼십만오천육백이십"),
            (3_920_000, "삼백구십이만"),
            (100_000_000, "일억"),
            (1_111, "일천일백일십일"),
            (1_000_000_001, "일십억일"),
            (9_999, "구천구백구십구"),
            (10_000_000_000_000, "일십조"),
        ] {
            assert_eq!(hangul(Won(won)), text);
        }
    }

    #[test]
    fn an_amount_that_does_not_end_says_so() {
        let text = |over, under| exact(Exact::new(over, under).unwrap(), Language::Ko);
        assert_eq!(text(11_000, 3), "3,666.666666…");
        assert_eq!(text(50_000, 48), "1,041.666666…");
        assert_eq!(text(3_056_202_072, 10_000), "305,620.2072");
        assert_eq!(text(-1, 2), "△0.5");
        assert_eq!(digits(Exact::new(11_000, 3).unwrap()), "3666.666666");
        assert_eq!(rate(Rate::new(185, 1000).unwrap()), "18.5%");
        assert_eq!(rate(Rate::new(28, 1).unwrap()), "28");
        assert_eq!(rate(Rate::ONE), "100%");
    }
}
