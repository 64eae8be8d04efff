//! Published figures as people read them: `USD 79 m`, `400억 KRW`, `at least 3 h`.

use serde::Serialize;

use crate::quantity::Hours;
use crate::read::events::{Bound, Figure, Kind, SaidBy};
use crate::view::Language;
use crate::view::number::{duration, group};

/// In how large a step an amount is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    factor: f64,
    english: &'static str,
    korean: &'static str,
}

const ONE: Step = Step { factor: 1.0, english: "", korean: "" };

const ENGLISH: [Step; 2] =
    [Step { factor: 1e9, english: " bn", korean: "" }, Step { factor: 1e6, english: " m", korean: "" }];

const KOREAN: [Step; 2] =
    [Step { factor: 1e8, english: "", korean: "억" }, Step { factor: 1e4, english: "", korean: "만" }];

impl Step {
    fn all(language: Language) -> [Self; 2] {
        if language == Language::Ko { KOREAN } else { ENGLISH }
    }

    /// Returns the step in which amounts about so large read well.
    pub fn of(amount: f64, language: Language) -> Self {
        Self::all(language).into_iter().find(|step| amount.abs() >= step.factor).unwrap_or(ONE)
    }

    /// Returns the largest step in which an amount loses nothing to three decimals.
    fn exact(amount: f64, language: Language) -> Self {
        let whole = |number: f64| (number - number.round()).abs() < 1e-6;
        let fits = |step: &Self| amount.abs() >= step.factor && whole(amount / step.factor * 1000.0);
        Self::all(language).into_iter().find(fits).unwrap_or(ONE)
    }

    fn word(self, language: Language) -> &'static str {
        language.of(self.korean, self.english)
    }

    /// Writes an amount with two decimals; in ones and in 만 without.
    pub fn rounded(self, amount: f64, language: Language) -> String {
        let decimals = if self.factor > 1e4 { 2 } else { 0 };
        format!("{}{}", grouped(&format!("{:.decimals$}", amount / self.factor)), self.word(language))
    }

    fn plain(self, amount: f64, language: Language) -> String {
        format!("{}{}", self.bare(amount), self.word(language))
    }

    /// Writes an amount without its step.
    fn bare(self, amount: f64) -> String {
        // Dividing may leave digits behind the last that was published.
        let digits = format!("{:.6}", amount / self.factor);
        grouped(digits.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// Parts the whole digits of a written number by threes.
fn grouped(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), group);
    rest.map_or_else(|| format!("{sign}{whole}"), |rest| format!("{sign}{whole}.{rest}"))
}

/// Writes the number or range of a figure, without its unit where that is a currency.
pub(super) fn amount(figure: &Figure, language: Language) -> String {
    let (low, high) = (figure.value, figure.up_to);
    let written = match figure.unit.as_str() {
        "h" => match high {
            Some(high) => {
                let [low, high] = [low, high].map(|hours| duration(Hours(hours), language));
                format!("{low}–{high}")
            }
            None => duration(Hours(low), language),
        },
        unit => {
            let step = high.into_iter().fold(Step::exact(low, language), |step, high| {
                let other = Step::exact(high, language);
                if other.factor < step.factor { other } else { step }
            });
            let low = high.map_or_else(
                || step.plain(low, language),
                |high| format!("{}–{}", step.bare(low), step.plain(high, language)),
            );
            if figure.is_money() { low } else { format!("{low}{}", counted(unit, language)) }
        }
    };
    match (figure.bound, language) {
        (Bound::Lower, Language::Ko) => format!("{written} 이상"),
        (Bound::Lower, Language::En) => format!("≥ {written}"),
        (Bound::Upper, Language::Ko) => format!("{written} 이하"),
        (Bound::Upper, Language::En) => format!("≤ {written}"),
        _ => written,
    }
}

/// Writes a figure with its unit, and whether it is about.
pub(super) fn full(figure: &Figure, language: Language) -> String {
    let about = if figure.bound == Bound::About { language.of("약 ", "about ") } else { "" };
    format!("{about}{}", with_unit(figure, language))
}

/// Writes a figure with its unit.
pub(super) fn with_unit(figure: &Figure, language: Language) -> String {
    let amount = amount(figure, language);
    match (figure.is_money(), language) {
        (false, _) => amount,
        (true, Language::Ko) => format!("{amount} {}", figure.unit),
        (true, Language::En) => format!("{} {amount}", figure.unit),
    }
}

fn counted(unit: &str, language: Language) -> String {
    let (korean, english) = match unit {
        "%" => ("%", "%"),
        "cases" => ("건", " cases"),
        "lines" => ("회선", " lines"),
        "firms" => ("개사", " firms"),
        "days" => ("일", " days"),
        "times" => ("배", " times"),
        other => return format!(" {other}"),
    };
    language.of(korean, english).to_owned()
}

/// Returns the word that a file has for a kind, a bound or a speaker.
pub(super) fn key(word: &impl Serialize) -> String {
    let word = serde_json::to_value(word).unwrap_or_default();
    word.as_str().unwrap_or_default().to_owned()
}

/// Returns who says it.
pub(super) fn said_by(by: SaidBy, language: Language) -> &'static str {
    let (korean, english) = match by {
        SaidBy::Company => ("회사", "company"),
        SaidBy::Official => ("정부", "official"),
        SaidBy::Court => ("법원", "court"),
        SaidBy::Analyst => ("분석가", "analyst"),
        SaidBy::Model => ("모형", "model"),
        SaidBy::Press => ("언론", "press"),
        SaidBy::TradeBody => ("업계", "trade"),
        SaidBy::Own => ("자체", "ours"),
    };
    language.of(korean, english)
}

/// Returns the name of what a figure measures.
pub(super) fn kind(kind: Kind, language: Language) -> &'static str {
    let (korean, english) = match kind {
        Kind::Duration => ("장애 시간", "Outage"),
        Kind::OtherDuration => ("그 밖의 시간", "Other lengths of time"),
        Kind::Revenue => ("매출", "Revenue"),
        Kind::RevenuePerHour => ("시간당 매출", "Revenue of an hour"),
        Kind::Profit => ("이익", "Profit"),
        Kind::LostRevenue => ("매출 손실", "Lost revenue"),
        Kind::ExtraCost => ("추가비용", "Extra cost"),
        Kind::SavedCost => ("절감 비용", "Costs saved"),
        Kind::GrossLoss => ("총손해", "Gross loss"),
        Kind::Compensation => ("보상", "Compensation"),
        Kind::Fine => ("과징금·합의금", "Fine or settlement"),
        Kind::Insurance => ("수령 보험금", "Insurance received"),
        Kind::InsuredLoss => ("보험손해", "Insured loss"),
        Kind::Recourse => ("구상 회수", "Recourse"),
        Kind::Claim => ("소송 청구", "Claim in court"),
        Kind::NetLoss => ("순손실", "Net loss"),
        Kind::Rule => ("보상·계약 규칙", "Rules of a scheme or contract"),
        Kind::Share => ("비중", "Shares"),
        Kind::Count => ("수", "Counts"),
    };
    language.of(korean, english)
}

/// Returns the word for how sure a figure is.
pub(super) fn confidence(word: &str, language: Language) -> &str {
    match word {
        "high" => language.of("신뢰도 높음", "high confidence"),
        "medium" => language.of("신뢰도 중간", "medium confidence"),
        "low" => language.of("신뢰도 낮음", "low confidence"),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::events::figure;

    #[test]
    fn a_figure_keeps_every_digit_that_was_published() {
        let say = |event, name, language| full(figure(event, name).unwrap(), language);
        for (event, name, english, korean) in [
            ("facebook-2021", "loss", "about USD 79 m", "약 7,900만 USD"),
            ("facebook-2021", "revenue-per-hour", "USD 13,231,481", "13,231,481 USD"),
            ("samsung-sds-2014", "loss", "KRW 94.57 bn", "945.7억 KRW"),
            ("kakao-2022", "loss-brokers", "KRW 12–22 bn", "120–220억 KRW"),
            ("kakao-2022", "outage", "127 h 30 min", "127시간 30분"),
            ("delta-2024", "loss", "USD ≥ 500 m", "5억 이상 USD"),
            ("crowdstrike-f500-2024", "insured-loss", "USD 540–1,080 m", "5.4–10.8억 USD"),
            ("kakao-2022", "use-kakaotalk", "44.41%", "44.41%"),
            ("kt-2021", "lines", "about 35 m lines", "약 3,500만회선"),
        ] {
            assert_eq!(say(event, name, Language::En), english);
            assert_eq!(say(event, name, Language::Ko), korean);
        }
    }
}
