//! A fit as a page of text; its parts as JSON, as a picture and as a peril.

mod json;
mod peril;
mod qq;
mod sentences;
mod tables;
mod tail;
mod words;

pub use json::json;

use super::Language;
use super::table::wrap;
use crate::fit::Study;
use crate::quantity::Hours;
use words::{law, length, three, with_error};

const WIDTH: usize = 80;

/// Histories shorter than this are shown with a warning.
const FEW: usize = 8;

/// Writes a study as a page.
#[must_use]
pub fn page(study: &Study, language: Language) -> String {
    let mut parts = vec![head(study, language)];
    let mut section = |korean: &str, english: &str, bodies: Vec<String>| {
        let bodies: Vec<String> = bodies.into_iter().filter(|body| !body.is_empty()).collect();
        let body: Vec<&str> = bodies.iter().map(|body| body.trim_end()).collect();
        parts.push(format!("{}\n{}", language.of(korean, english), body.join("\n\n")));
    };
    section(
        "얼마나 오래 가나: 법칙",
        "How long an outage lasts: laws",
        vec![
            tables::laws(study, language),
            sentences::how_to_read(study, language),
            sentences::unfitted(study, language),
        ],
    );
    section(
        "긴 장애는 얼마나 긴가 (시간)",
        "How long the long ones are, in hours",
        vec![tables::passed(study, language), sentences::verdict(study, language)],
    );
    if let Some(best) = study.best() {
        let name = law(best.curve.family, language);
        let title = [
            format!("{name} 법칙과 이력 (Q–Q, 가로 법칙, 세로 이력)"),
            format!("The history against the {name} law (Q–Q: across the law, upwards the history)"),
        ];
        let picture = qq::draw(&qq::points(&study.sample, best), WIDTH, language);
        section(&title[0], &title[1], vec![picture, sentences::legend(language)]);
    }
    section("꼬리", "The tail", vec![tables::excess(study, language), tail::tail(study, language)]);
    section(
        "한 해에 몇 번",
        "How many a year brings",
        vec![
            tables::years(study, language),
            sentences::pace(study, language),
            sentences::clusters(study, language),
        ],
    );
    if let Some(toml) = peril::toml(study) {
        section(
            "시나리오에 붙일 위험 ([[peril]])",
            "A peril to paste into a scenario",
            vec![sentences::before_pasting(study, language), toml],
        );
    }
    if let Some(Ok(tailed)) = study.tailed() {
        let toml = peril::tailed(study, &tailed);
        section(
            "둘째 선택: 꼬리를 따로 둔 같은 위험",
            "A second choice: the same peril with a tail of its own",
            vec![tail::second_choice(study, &tailed, language), toml],
        );
    }
    format!("{}\n", parts.join("\n\n"))
}

fn say(language: Language, korean: String, english: String) -> String {
    let text = match language {
        Language::Ko => korean,
        Language::En => english,
    };
    wrap(&together(&text), WIDTH).replace(TIED, " ")
}

/// Stands for a space at which no line breaks.
const TIED: char = '\u{a0}';

/// Ties a number to its error, to its unit, and a probability to its name.
fn together(text: &str) -> String {
    let mut tied = String::new();
    for word in text.split(' ') {
        let after_digit = tied.ends_with(|last: char| last.is_ascii_digit());
        let after_p = tied.ends_with(" p");
        let unit = matches!(word.trim_end_matches([',', '.', ';', ':', ')']), "h" | "min");
        if !tied.is_empty() {
            tied.push(if after_p || after_digit && (unit || word.starts_with('±')) { TIED } else { ' ' });
        }
        tied.push_str(word);
    }
    tied
}

/// The data in one line, and what they cannot say.
fn head(study: &Study, language: Language) -> String {
    let hours = study.sample.hours();
    let n = hours.len();
    let show = |h: f64| length(Hours(h), language);
    let (from, last) = tables::days(study);
    let years = three(study.years.iter().map(|year| year.observed).sum());
    let (shortest, median, longest) =
        (show(hours[0]), length(study.sample.median(), language), show(hours[n - 1]));
    let mut lines = vec![
        say(
            language,
            format!("장애 {n}건 · {from}부터 {last}까지 ({years}년)"),
            format!("{n} outages · {from} to {last} ({years} years)"),
        ),
        say(
            language,
            format!("최단 {shortest} · 중앙값 {median} · 최장 {longest}"),
            format!("Shortest {shortest} · median {median} · longest {longest}"),
        ),
    ];
    lines.extend(in_short(study, language));
    if let Some(least) = study.sample.at_least() {
        let (least, out) = (length(least, language), study.left_out);
        let shorter = match (out, language) {
            (0, _) => String::new(),
            (_, Language::Ko) => format!(" 더 짧은 {out}건은 뺐습니다."),
            (1, Language::En) => " 1 shorter outage is left out.".into(),
            (_, Language::En) => format!(" {out} shorter outages are left out."),
        };
        lines.push(say(
            language,
            format!("{least} 이상만 기록된다고 보고, 법칙을 그 아래에서 잘린 것으로 맞춥니다.{shorter}"),
            format!(
                "Outages are reported from {least} on, and laws are fitted as cut off below it.{shorter}"
            ),
        ));
    }
    if n < FEW {
        lines.push(say(
            language,
            format!(
                "주의: {n}건은 거의 아무것도 증명하지 못합니다. 어떤 법칙이든 이 검정을 통과하고, 오차는 보이는 \
                 것보다 크며, 가장 긴 장애는 아직 오지 않았을 수 있습니다."
            ),
            format!(
                "Warning: {n} outages prove next to nothing. Almost any law passes these tests, errors are \
                 larger than they look, and the longest outage may well be still to come."
            ),
        ));
    }
    lines.join("\n")
}

/// How often and how long, in a sentence.
fn in_short(study: &Study, language: Language) -> Option<String> {
    let (best, pace) = (study.best()?, study.pace?);
    let passed = |share| three(best.exceeded_by(share, study.sample.at_least()).0);
    let (mean, half, tenth) = (with_error(pace.mean), passed(0.5), passed(0.1));
    let name = law(best.curve.family, language);
    let least = study.sample.at_least().map(|least| length(least, language));
    let (of, from) = least.map_or_else(Default::default, |least| {
        (format!(" ({least} 이상)"), format!(", of outages from {least} on"))
    });
    Some(say(
        language,
        format!(
            "요약{of}: 한 해 {mean}건, 절반은 {half}시간 안에 끝나고 10건 가운데 1건은 {tenth}시간을 넘깁니다 ({name})."
        ),
        format!(
            "In short{from}: {mean} a year; half are over in {half} h, 1 in 10 lasts longer than {tenth} h ({name})."
        ),
    ))
}
