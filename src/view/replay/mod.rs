//! Replays: our number beside the reported one, as tables, a page of documentation,
//! a walk from inputs to number, JSON and CSV.

mod data;
mod markdown;
mod table;
mod walk;

pub use data::{csv, json};
pub use markdown::markdown;
pub use table::table;
pub use walk::walk;

use super::Language;
use super::figure::{self, Step};
use crate::read::events::Figure;
use crate::read::replay::{Asked, Replayed, Test};
use crate::replay::{Comparison, Measure, Summary, Verdict};

const WIDTH: usize = 80;

/// One comparison of a replayed case.
#[derive(Clone, Copy)]
struct Row<'r> {
    replayed: &'r Replayed<'r>,
    asked: &'r Asked,
    figure: &'static Figure,
    comparison: &'r Comparison,
}

fn rows<'r>(replayed: &'r [Replayed<'r>]) -> impl Iterator<Item = Row<'r>> {
    replayed.iter().flat_map(|replayed| {
        let asked = replayed.case.asked.iter().zip(&replayed.comparisons);
        asked.filter_map(|(asked, comparison)| {
            let figure = replayed.case.figure(&asked.figure)?;
            Some(Row { replayed, asked, figure, comparison })
        })
    })
}

impl Row<'_> {
    /// Our number, in the step of the reported one.
    fn ours(&self, language: Language) -> String {
        let ours = self.comparison.ours;
        if self.asked.measure() == Some(Measure::ShareOfDay) {
            return format!("{:.2}%", ours * 100.0);
        }
        if ours == 0.0 { "0".into() } else { self.step(language).rounded(ours, language) }
    }

    fn step(&self, language: Language) -> Step {
        let reported = self.figure.value;
        Step::of(if reported == 0.0 { self.comparison.ours } else { reported }, language)
    }

    /// The reported number, as it was published; one of ours that is long is rounded.
    fn reported(&self, language: Language) -> String {
        let exact = figure::amount(self.figure, language);
        let long = self.figure.is_money() && exact.len() > 9 && self.figure.up_to.is_none();
        if long { self.step(language).rounded(self.figure.value, language) } else { exact }
    }

    /// The error as a part of the reported number, or in its unit where that is nothing.
    fn error(&self, language: Language) -> String {
        match (self.comparison.verdict, self.comparison.relative) {
            (Verdict::Within, _) => "-".into(),
            (_, Some(relative)) => signed_percent(relative),
            (_, None) if self.comparison.error == 0.0 => "0.0%".into(),
            (_, None) => format!("+{}", self.step(language).rounded(self.comparison.error, language)),
        }
    }
}

fn signed_percent(part: f64) -> String {
    let tenths = (part * 1000.0).round() / 10.0;
    if tenths == 0.0 { "0.0%".into() } else { format!("{tenths:+.1}%") }
}

fn percent(part: Option<f64>) -> String {
    part.map_or_else(|| "-".into(), |part| format!("{:.1}%", part * 100.0))
}

fn verdict(verdict: Verdict, language: Language) -> &'static str {
    let (korean, english) = match verdict {
        Verdict::Reproduced => ("재현", "reproduced"),
        Verdict::Within => ("범위 안", "in range"),
        Verdict::Missed => ("빗나감", "missed"),
    };
    language.of(korean, english)
}

fn measure(measure: Option<Measure>, language: Language) -> &'static str {
    let (korean, english) = match measure {
        Some(Measure::LostRevenue) => ("매출 손실", "lost revenue"),
        Some(Measure::Outflows) => ("유출비용", "outflows"),
        Some(Measure::EconomicLoss) => ("손실", "loss"),
        Some(Measure::Recoveries) => ("보험금", "insurance paid"),
        Some(Measure::AfterInsurance) => ("보험 후 손실", "loss after insurance"),
        Some(Measure::ThirdParty) => ("구상 회수", "recourse"),
        Some(Measure::Net) => ("순손실", "net loss"),
        Some(Measure::ShareOfDay) => ("하루 매출 대비 손실", "lost part of the day"),
        None => ("", ""),
    };
    language.of(korean, english)
}

const TESTS: [Test; 3] = [Test::Forecast, Test::Profile, Test::Arithmetic];

fn test(test: Test, language: Language) -> (&'static str, &'static str) {
    let (korean, english) = match test {
        Test::Forecast => (
            ("결과를 맞히는가", "입력과 따로 나온 수치와의 비교. 여기서 맞아야 예측입니다."),
            ("Does it foretell?", "Figures found apart from the inputs. Only here is agreement foresight."),
        ),
        Test::Profile => (
            (
                "시간대 분포가 맞는가",
                "멈춘 시간이 하루에서 차지하는 몫을 업종 분포와 비교한 것. 금액은 아닙니다.",
            ),
            (
                "Do the hours fit?",
                "The part of a day that fell into the outage, by a bundled shape of the week. No amounts.",
            ),
        ),
        Test::Arithmetic => (
            (
                "같은 계산을 하는가",
                "공표한 쪽이 같은 입력으로 계산한 수치와의 비교. 맞아도 예측력은 보이지 않습니다.",
            ),
            (
                "Does it reckon alike?",
                "Figures that were themselves reckoned from such inputs. Agreement shows no foresight.",
            ),
        ),
    };
    if language == Language::Ko { korean } else { english }
}

/// The comparisons of one kind, summed up.
fn summary(replayed: &[Replayed<'_>], test: Test) -> Summary {
    let of_test = rows(replayed).filter(|row| row.asked.test == test);
    let comparisons: Vec<Comparison> = of_test.map(|row| *row.comparison).collect();
    Summary::of(&comparisons)
}
