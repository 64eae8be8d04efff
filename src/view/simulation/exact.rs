//! Laws of a year that were worked out and not drawn, as a page and as JSON.

use serde_json::{Map, Value, json};

use super::json::level;
use crate::quantity::Money;
use crate::risk::exact::{Law, Refused};
use crate::risk::{Figure, Measure, PayerKind, QUANTILES, Subject};
use crate::view::Language;
use crate::view::number::Unit;
use crate::view::table::{Column, draw, wrap};

const WIDTH: usize = 80;

/// What was worked out of a scenario's year.
#[derive(Debug)]
pub struct Exact<'s> {
    /// Whose year it is.
    pub subject: &'s Subject,
    /// The law of the loss, of each cover and of each payout, where there is one.
    pub known: Vec<(Measure, Figures)>,
    /// What takes a draw, by the name of its column, and why.
    pub unknown: Vec<(String, Refused)>,
}

/// What is asked of a law.
#[derive(Clone, Debug)]
pub struct Figures {
    mean: Figure,
    deviation: Figure,
    /// VaR and TVaR at the usual levels.
    at_risk: Vec<[Option<Figure>; 2]>,
}

impl Figures {
    /// Asks a law.
    #[must_use]
    pub fn of(law: &Law) -> Self {
        let at = |(p, _): &(f64, u32)| [law.value_at_risk(*p), law.tail_value_at_risk(*p)];
        Self { mean: law.mean(), deviation: law.deviation(), at_risk: QUANTILES.iter().map(at).collect() }
    }

    fn all(&self) -> impl Iterator<Item = Figure> + '_ {
        [self.mean, self.deviation].into_iter().chain(self.at_risk.iter().flatten().copied().flatten())
    }
}

/// Writes why means were left out, a line each; nothing where none was.
pub(super) fn left_out(unknown: &[(String, Refused)], language: Language) -> Option<String> {
    let line = |(name, why): &(String, Refused)| {
        let line = match language {
            Language::Ko => format!("적분하지 않음: {name} · {}", reason(*why, language)),
            Language::En => format!("Not by integration: {name}, as {}", reason(*why, language)),
        };
        wrap(&line, WIDTH)
    };
    (!unknown.is_empty()).then(|| unknown.iter().map(line).collect::<Vec<_>>().join("\n"))
}

/// Why means were left out, by name.
pub(super) fn reasons(unknown: &[(String, Refused)]) -> Value {
    Value::Object(unknown.iter().map(|(name, why)| (name.clone(), json!(why.to_string()))).collect())
}

/// Writes a refusal for people.
#[must_use]
pub fn reason(why: Refused, language: Language) -> String {
    match (language, why) {
        (Language::En, _) => why.to_string(),
        (Language::Ko, Refused::NoPeril) => "위험이나 사업부문이 없다".into(),
        (Language::Ko, Refused::NoSum) => "장애별 금액을 더한 것만으로는 나오지 않는다".into(),
        (Language::Ko, Refused::State) => "그해의 앞선 장애에 따라 다음 장애의 조건이 달라진다".into(),
        (Language::Ko, Refused::Cases) => "심도와 지속시간과 피해 부문이 모두 변해 경우가 너무 많다".into(),
        (Language::Ko, Refused::Lines) => {
            "피해 여부가 갈리는 사업부문이 8개를 넘고 hits_together가 1보다 작다".into()
        }
    }
}

/// Writes the laws as a page.
#[must_use]
pub fn page(exact: &Exact<'_>, language: Language) -> String {
    let Exact { subject, known, .. } = exact;
    let all = || known.iter().flat_map(|(_, figures)| figures.all());
    let finite = || all().filter(|figure| figure.value.0.is_finite());
    let large = known.first().and_then(|(_, figures)| figures.at_risk.get(3)?[0]);
    let large =
        large.map_or_else(|| finite().map(|it| it.value).fold(Money::ZERO, Money::max), |it| it.value);
    // A hundred-thousandth of a bad year is as fine as anybody reads it.
    let unit = Unit::auto(large, &subject.currency, language).to_the(Money(large.0.max(1.0) / 1e5));
    let show = |figure: Option<Figure>| match figure {
        Some(figure) if figure.value.0.is_finite() => unit.show(figure.value, language),
        _ => "∞".into(),
    };
    let worst = finite().filter(|figure| figure.value.0 > 0.0);
    let worst = worst.map(|figure| figure.error.0 / figure.value.0).fold(0.0, f64::max);
    let head = [
        language.label(&subject.name).to_owned(),
        match language {
            Language::Ko => format!("추출 없이 적분으로 계산 · 어느 값도 {worst:.0e}배 넘게 어긋나지 않음"),
            Language::En => format!(
                "Worked out by integration, none drawn · no figure is off by more than {worst:.0e} of it"
            ),
        },
        format!("{}: {}", language.of("단위", "Unit"), unit.title(&subject.currency, language)),
    ];
    let name = |measure: Measure| match measure {
        Measure::Gross => language.of("손실", "Loss").to_owned(),
        _ => id(subject, measure),
    };
    let column = |of: &dyn Fn(&Figures) -> Vec<Option<Figure>>| -> Vec<Column> {
        let one = |(measure, figures): &(Measure, Figures)| {
            Column::numbers(&name(*measure), of(figures).into_iter().map(show))
        };
        known.iter().map(one).collect()
    };
    let names = |heading: &str, names: Vec<String>| Column::words(heading, names);
    let year = names(
        language.of("한 해", "A year"),
        vec![
            language.of("연평균", "Mean (AAL)").to_owned(),
            language.of("표준편차", "Standard deviation").to_owned(),
        ],
    );
    let periods = |heading: &str| {
        let period = |(_, period): &(f64, u32)| match language {
            Language::Ko => format!("{period}년에 한 번"),
            Language::En => format!("1 year in {period}"),
        };
        Column::words(heading, QUANTILES.iter().map(period))
    };
    let at_risk = |kind: usize| column(&|figures| figures.at_risk.iter().map(|both| both[kind]).collect());
    let tables = [
        (year, column(&|figures| vec![Some(figures.mean), Some(figures.deviation)])),
        (periods(language.of("재현기간(VaR)", "Passed in (VaR)")), at_risk(0)),
        (periods(language.of("그 이상의 평균(TVaR)", "Mean of worse (TVaR)")), at_risk(1)),
    ];
    let tables = tables.iter().filter(|(_, columns)| !columns.is_empty());
    let tables = tables.map(|(first, columns)| draw(first, columns, WIDTH));
    let parts = std::iter::once(wrap_lines(&head)).chain(tables).chain(left_out(&exact.unknown, language));
    let mut text = parts.collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

fn wrap_lines(lines: &[String]) -> String {
    lines.iter().map(|line| wrap(line, WIDTH)).collect::<Vec<_>>().join("\n")
}

fn id(subject: &Subject, measure: Measure) -> String {
    let (kind, place) = match measure {
        Measure::Cover(place) => (PayerKind::Cover, place),
        Measure::Payout(place) => (PayerKind::Payout, place),
        _ => return subject.column(measure),
    };
    subject.of_kind(kind).nth(place).map(|payer| payer.id.clone()).unwrap_or_default()
}

/// Writes the laws as JSON, under the keys of a simulation; each error is what the
/// figure's arithmetic may be off by.
#[must_use]
pub fn json(exact: &Exact<'_>) -> String {
    let Exact { subject, known, unknown } = exact;
    let of = |wanted: fn(&Measure) -> bool| -> Map<String, Value> {
        let these = known.iter().filter(|(measure, _)| wanted(measure));
        these.map(|(measure, it)| (id(subject, *measure), figures(it))).collect()
    };
    let gross = known.iter().find(|(measure, _)| *measure == Measure::Gross);
    let document = json!({
        "schema": "netloss.simulate/1",
        "exact": true,
        "currency": subject.currency,
        "gross": gross.map_or(Value::Null, |(_, it)| figures(it)),
        "covers": of(|measure| matches!(measure, Measure::Cover(_))),
        "payouts": of(|measure| matches!(measure, Measure::Payout(_))),
        "not_exact": reasons(unknown),
    });
    format!("{document:#}\n")
}

fn figures(of: &Figures) -> Value {
    let table = |kind: usize, figure: fn(Figure) -> Money| -> Map<String, Value> {
        let at = |((p, _), both): (&(f64, u32), &[Option<Figure>; 2])| {
            (level(*p), json!(both[kind].map(|it| figure(it).0)))
        };
        QUANTILES.iter().zip(&of.at_risk).map(at).collect()
    };
    json!({
        "mean": of.mean.value.0,
        "error": of.mean.error.0,
        "sd": of.deviation.value.0,
        "sd_error": of.deviation.error.0,
        "var": table(0, |it| it.value),
        "var_error": table(0, |it| it.error),
        "tvar": table(1, |it| it.value),
        "tvar_error": table(1, |it| it.error),
    })
}
