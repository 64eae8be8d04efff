//! Schemes as pages: what each pays, by which clause, and who says so.

use super::number::{rate, span, won};
use super::words;
use crate::quantity::{Hours, Met};
use crate::read::library;
use crate::scheme::{Due, Factor, FeeTime, Form, Level, PartDay, Rounding, Rule, Scheme, Wait, Won};
use crate::view::Language;
use crate::view::number::duration;
use crate::view::table::{Column, clean, draw, wrap};

const WIDTH: usize = 80;

/// Lists schemes, a line each.
#[must_use]
pub fn list(schemes: &[Scheme], language: Language) -> String {
    let ids = Column::words("id", schemes.iter().map(|scheme| scheme.id.clone()));
    let names = schemes.iter().map(|scheme| wrap(language.label(&scheme.name), 40));
    let names = Column::words(language.of("이름", "Name"), names);
    let end = language.of("한 가지를 보려면 netloss schemes ID", "For one of them: netloss schemes ID");
    format!("{}\n\n{end}\n", draw(&ids, &[names], WIDTH))
}

/// Writes one scheme as a page of 80 columns.
#[must_use]
pub fn one(scheme: &Scheme, language: Language) -> String {
    let mut lines = vec![clean(language.label(&scheme.name)), scheme.id.clone(), String::new()];
    let mut say = |word: &str, text: String| lines.push(said(word, &text));
    say(language.of("지급자", "Payer"), language.label(&scheme.payer).to_owned());
    if let Some(kind) = &scheme.in_kind {
        say(language.of("지급 형태", "Given in"), language.label(kind).to_owned());
    }
    match (scheme.from, scheme.until) {
        (None, None) => {}
        (from, until) => {
            let day = |day: Option<jiff::civil::Date>| day.map_or_else(String::new, |day| day.to_string());
            say(
                language.of("시행", "In force"),
                format!("{} ~ {}", day(from), day(until)).trim().to_owned(),
            );
        }
    }
    if let Some(period) = &scheme.period {
        say(language.of("접수", "Claims taken"), format!("{} ~ {}", period.start(), period.end()));
    }
    if let Some(longest) = scheme.event.longest {
        say(language.of("최장 장애", "Longest outage"), length(longest, language));
    }
    if let Some(measure) = &scheme.measure {
        let mut text = words::baseline(measure.baseline, language);
        if measure.per_day {
            text.push_str(language.of(" (일평균)", " (a mean day)"));
        }
        say(language.of("평소 매출", "Usual sales"), text);
        if let Some(clause) = &measure.clause {
            say(language.of("근거", "Clause"), language.label(clause).to_owned());
        }
        if let Some(dates) = &measure.dates {
            let days = |days: &std::ops::RangeInclusive<jiff::civil::Date>| {
                format!("{} ~ {}", days.start(), days.end())
            };
            say(language.of("비교 기간", "Looked for in"), days(&dates.window));
            say(language.of("장애 기간", "Outage"), days(&dates.outage));
        }
        let without = if scheme.pays_without_loss {
            language.of("가장 낮은 구간", "the lowest band")
        } else {
            language.of("0원", "nothing")
        };
        say(language.of("손실이 없으면", "Without a loss"), without.into());
    }
    for size in &scheme.sizes {
        let whom = if size.industries.is_empty() {
            language.of("그 밖의 업종", "other industries").to_owned()
        } else {
            size.industries.join(", ")
        };
        let limit = span(None, Some(size.annual_sales), language.of("원", ""), language);
        say(language.of("연 매출 한도", "Annual sales"), format!("{limit} ({whom})"));
    }
    for rule in &scheme.rules {
        lines.push(String::new());
        lines.push(this_rule(scheme, rule, language));
    }
    lines.push(String::new());
    lines.push(said(language.of("끝수 처리", "Rounding"), &rounding(scheme.rounding, language)));
    if !scheme.papers.is_empty() {
        let papers = scheme.papers.iter().enumerate();
        let papers = papers.map(|(place, paper)| format!("{}. {}", place + 1, language.label(&paper.name)));
        lines.push(said(language.of("제출서류", "Papers"), &papers.collect::<Vec<_>>().join("  ")));
    }
    if let Some(appeal) = &scheme.appeal {
        lines.push(said(language.of("이의신청", "Appeal"), language.label(appeal)));
    }
    for (word, labels) in [
        (language.of("가정", "Assumed"), &scheme.assumptions),
        (language.of("참고", "Note"), &scheme.notes),
    ] {
        lines.extend(labels.iter().map(|label| said(word, language.label(label))));
    }
    for key in &scheme.sources {
        let text = match library::sources().get(key) {
            Some(source) => {
                let parts =
                    [Some(source.title.as_str()), source.publisher.as_deref(), source.date.as_deref()];
                format!("{} [{key}]", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
            None => clean(key),
        };
        lines.push(said(language.of("출처", "Source"), &text));
    }
    format!("{}\n", lines.join("\n"))
}

fn said(word: &str, text: &str) -> String {
    let text = format!("{word}: {}", clean(text));
    wrap(&text, WIDTH - 2).replace('\n', "\n  ")
}

/// Tells a rounding in words.
pub fn rounding(rounding: Rounding, language: Language) -> String {
    let unit = won(rounding.unit.0.into(), language);
    let mode = words::mode(rounding.mode, language);
    let what = match rounding.at {
        Level::Loss => language.of("손실액", "the loss"),
        Level::Payment => language.of("지급액", "the payment"),
    };
    match language {
        Language::Ko => format!("{what}을 {unit}원 단위로 {mode}, 한 번"),
        Language::En => format!("{what}, {mode} to {unit} won, once"),
    }
}

/// Writes a duration in seconds.
pub fn length(seconds: i64, language: Language) -> String {
    duration(Hours(seconds as f64 / 3600.0), language)
}

fn this_rule(scheme: &Scheme, rule: &Rule, language: Language) -> String {
    let class = rule.class.and_then(|class| scheme.classes.get(usize::from(class)));
    let whom = class.map_or_else(String::new, |class| format!("{}: ", language.label(&class.name)));
    let mut lines = vec![wrap(&format!("{whom}{}", clean(language.label(&rule.clause))), WIDTH)];
    let mut say = |text: String| lines.push(format!("  {}", wrap(&text, WIDTH - 2).replace('\n', "\n  ")));
    if let Some(wait) = rule.wait {
        say(waits(wait, language));
    }
    match &rule.form {
        Form::OnLoss(_) => lines.push(bands(
            rule,
            language.of("매출 손실", "Loss of sales"),
            language.of("원", ""),
            language,
        )),
        Form::OnDays { part, .. } => {
            lines.push(bands(
                rule,
                language.of("장애 일수", "Days without service"),
                language.of("일", " days"),
                language,
            ));
            let part = match part {
                PartDay::Whole => {
                    language.of("하루가 안 되는 시간은 하루로 셈", "a part of a day counts as a day")
                }
                PartDay::Nothing => {
                    language.of("하루가 안 되는 시간은 버림", "a part of a day counts nothing")
                }
            };
            lines.push(format!("  {part}"));
        }
        Form::Formula(factors) => say(formula(factors, language)),
        Form::OfFee { month, time, times } => say(fee(*month, *time, &rate(*times), language)),
        Form::Flat(amount) => {
            say(format!("{}{}", won(amount.0.into(), language), language.of("원", " won")))
        }
    }
    let mut say = |text: String| lines.push(format!("  {text}"));
    if let Some(floor) = rule.floor {
        say(format!("{} {}", language.of("하한", "no less than"), won(floor.0.into(), language)));
    }
    if let Some(cap) = rule.cap {
        say(format!("{} {}", language.of("상한", "no more than"), won(cap.0.into(), language)));
    }
    lines.join("\n")
}

fn bands(rule: &Rule, heading: &str, unit: &str, language: Language) -> String {
    let mut from = None;
    let spans = rule.bands().iter().map(|band| {
        let told = span(from, band.to, unit, language);
        from = band.to;
        told
    });
    let first = Column::words(heading, spans.collect::<Vec<_>>());
    let due = rule.bands().iter().map(|band| match band.due {
        Due::Amount(amount) => won(amount.0.into(), language),
        Due::OfLoss { at_least, at_most } => {
            let limit = |words: (&str, &str), limit: Option<Won>| {
                limit.map(|limit| {
                    format!("{} {}", language.of(words.0, words.1), won(limit.0.into(), language))
                })
            };
            let limits = [limit(("하한", "at least"), at_least), limit(("상한", "at most"), at_most)];
            let parts =
                std::iter::once(formula(&band.factors, language)).chain(limits.into_iter().flatten());
            parts.collect::<Vec<_>>().join(", ")
        }
        Due::Review { at_least } => {
            let least = won(at_least.0.into(), language);
            match language {
                Language::Ko => format!("심사 ({least} 이상)"),
                Language::En => format!("review (at least {least})"),
            }
        }
    });
    let due = Column::numbers(language.of("지급액(원)", "Due (won)"), due.collect::<Vec<_>>());
    draw(&first, &[due], WIDTH).lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

/// Writes a formula as its factors.
pub fn formula(factors: &[Factor], language: Language) -> String {
    let names = factors.iter().map(|factor| match factor {
        Factor::Times(number) => rate(*number),
        other => format!("({})", words::factor(*other, language)),
    });
    let loss = language.of("매출 손실", "loss of sales").to_owned();
    std::iter::once(loss).chain(names).collect::<Vec<_>>().join(" × ")
}

fn fee(month: u32, time: FeeTime, times: &str, language: Language) -> String {
    let time = match time {
        FeeTime::Outage => language.of("장애 시간", "hours of outage").to_owned(),
        FeeTime::Fixed(seconds) => length(seconds, language),
    };
    match language {
        Language::Ko => format!("월 요금 ÷ {month}시간 × {time} × {times}"),
        Language::En => format!("fee of a month ÷ {month} h × {time} × {times}"),
    }
}

/// Tells how long the service must have been away.
pub fn waits(wait: Wait, language: Language) -> String {
    let one = |(met, seconds): (Met, i64), what: &str| {
        let length = length(seconds, language);
        match (language, met) {
            (Language::Ko, Met::MoreThan) => format!("{what} {length} 초과"),
            (Language::Ko, Met::AtLeast) => format!("{what} {length} 이상"),
            (Language::En, Met::MoreThan) => format!("more than {length} {what}"),
            (Language::En, Met::AtLeast) => format!("at least {length} {what}"),
        }
    };
    let pieces = [
        wait.outage.map(|threshold| one(threshold, language.of("연속", "in one piece"))),
        wait.month.map(|threshold| one(threshold, language.of("월 누적", "over the month"))),
    ];
    pieces.into_iter().flatten().collect::<Vec<_>>().join(language.of(" 또는 ", ", or "))
}
