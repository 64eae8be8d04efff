//! Profiles that are there: bundled ones, and those of a file.

use serde_json::{Value, json};

use super::heat;
use super::{WIDTH, percent, say};
use crate::profile::Season;
use crate::read::library::{Basis, BundledShape};
use crate::read::profile::Made;
use crate::view::Language;
use crate::view::table::{Column, clean, draw, wrap};

/// Draws a bundled shape, with what in it is measured.
#[must_use]
pub fn bundled(shape: &BundledShape, language: Language, colour: bool) -> String {
    let (label, week) = (shape.label(), shape.week());
    let sum: f64 = week.weights().iter().sum();
    let weights: Vec<f64> = week.weights().iter().map(|weight| weight * 168.0 / sum).collect();
    let mut lines = vec![
        format!("{}: {}", shape.id, clean(language.label(&label))),
        heat::draw(&weights, language, colour).trim_end().to_owned(),
        heat::legend(language, colour),
        heat::ends(&weights, language),
        String::new(),
    ];
    let bands: Vec<(usize, usize, Basis)> = shape.bands().collect();
    let hours = Column::words(
        language.of("시간대", "Band"),
        bands.iter().map(|(from, to, _)| format!("{from:02}–{to:02}")),
    );
    let day: f64 = weights.iter().sum();
    let share = |(from, to, _): &(usize, usize, Basis)| {
        let inside = (0..7).flat_map(|day| weights[day * 24 + from..day * 24 + to].iter()).sum::<f64>();
        percent(inside / day)
    };
    let columns = [
        Column::numbers(language.of("몫", "Share"), bands.iter().map(share)),
        Column::words(
            language.of("근거", "Basis"),
            bands.iter().map(|(.., basis)| basis_of(*basis, language).to_owned()),
        ),
    ];
    lines.push(draw(&hours, &columns, WIDTH));
    let days = shape.basis_of_days();
    let said: Vec<String> = (0..7)
        .map(|place| format!("{} {}", heat::day(place, language), basis_of(days[place], language)))
        .collect();
    let said = if days.iter().all(|basis| *basis == days[0]) {
        language.of("모두 ", "all ").to_owned() + basis_of(days[0], language)
    } else {
        said.join(", ")
    };
    lines.push(say(language, &format!("요일: {said}"), &format!("Days: {said}")));
    lines.push(say(
        language,
        "측정: 출처에 인쇄된 값. 나머지: 하루에서 남는 몫. 나눔: 더 큰 덩어리를 고르게 나눈 것. 가정: 우리가 정한 것.",
        "Measured: printed in the source. Residual: what is left of the day. Split: an even part of a larger block. \
         Assumed: our choice.",
    ));
    lines.push(String::new());
    lines.push(wrap(&clean(&shape.rule), WIDTH));
    lines.extend(shape.note.as_deref().map(|note| wrap(&clean(note), WIDTH)));
    let sources = shape.sources().join(", ");
    if !sources.is_empty() {
        lines.push(wrap(&format!("{}: {sources}", language.of("출처", "Sources")), WIDTH));
    }
    format!("{}\n", lines.join("\n"))
}

fn basis_of(basis: Basis, language: Language) -> &'static str {
    match basis {
        Basis::Measured => language.of("측정", "measured"),
        Basis::Residual => language.of("나머지", "residual"),
        Basis::Split => language.of("나눔", "split"),
        Basis::Assumed => language.of("가정", "assumed"),
    }
}

/// Draws a profile of a file, with how sure it is.
#[must_use]
pub fn made(made: &Made, language: Language, colour: bool) -> String {
    let weights = relative(made);
    let title = match made.id == *language.label(&made.label) {
        true => clean(&made.id),
        false => format!("{}: {}", clean(&made.id), clean(language.label(&made.label))),
    };
    let mut lines = vec![
        title,
        heat::draw(&weights, language, colour).trim_end().to_owned(),
        heat::legend(language, colour),
        heat::ends(&weights, language),
    ];
    let by_day = by_day(made, language);
    if !by_day.is_empty() {
        lines.extend([String::new(), by_day]);
    }
    if let Some(season) = season(made, language) {
        lines.extend([String::new(), season]);
    }
    if !made.days.is_empty() {
        let first = Column::words(language.of("날", "Days"), made.days.iter().map(|day| day.name.clone()));
        let columns = [
            Column::numbers(
                language.of("평소 대비", "Over usual"),
                made.days.iter().map(|day| format!("{:.3}", day.factor)),
            ),
            Column::numbers(
                language.of("표준편차", "Spread"),
                made.days.iter().map(|day| day.spread.map_or("-".into(), |spread| format!("{spread:.3}"))),
            ),
            Column::numbers(
                language.of("본 일수", "Seen"),
                made.days.iter().map(|day| day.count.to_string()),
            ),
            Column::words(
                language.of("다음까지 알려짐", "Known until"),
                made.days.iter().map(|day| day.dates.iter().max().map_or("-".into(), ToString::to_string)),
            ),
        ];
        lines.extend([String::new(), draw(&first, &columns, WIDTH)]);
    }
    lines.push(String::new());
    if let Some(growth) = made.growth {
        let growth = percent(growth);
        lines.push(say(
            language,
            &format!("뺀 추세: 연 {growth}"),
            &format!("Trend taken out: {growth} a year"),
        ));
    }
    if let Some(name) = &made.hours_from {
        lines.push(say(
            language,
            &format!("하루 안의 시간은 {name} 모양에서 왔습니다."),
            &format!("Hours inside a day are those of {name}, not of the data."),
        ));
    }
    let from = made.made_from.as_deref().map_or(String::new(), |from| format!("{} · ", clean(from)));
    lines.push(wrap(&format!("{from}{}", clean(&made.timezone)), WIDTH));
    format!("{}\n", lines.join("\n"))
}

fn relative(made: &Made) -> Vec<f64> {
    let weights = made.rhythm.week.weights();
    let sum: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight * 168.0 / sum).collect()
}

/// Totals by day, with the spread and the number of its hours.
fn by_day(made: &Made, language: Language) -> String {
    let (Some(spread), Some(count)) = (&made.spread, &made.count) else { return String::new() };
    let weights = made.rhythm.week.weights();
    let day = |place: usize| place * 24..place * 24 + 24;
    let range = |numbers: Vec<f64>, show: &dyn Fn(f64) -> String| {
        let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let high = numbers.iter().copied().fold(0.0, f64::max);
        match numbers.len() {
            0 => "-".to_owned(),
            _ if show(low) == show(high) => show(low),
            _ => format!("{}–{}", show(low), show(high)),
        }
    };
    let relative = |place: usize| {
        day(place).filter(|hour| weights[*hour] > 0.0).map(|hour| spread[hour] / weights[hour]).collect()
    };
    let first = Column::words(
        language.of("요일", "Day"),
        (0..7).map(|place| heat::day(place, language).to_owned()),
    );
    let columns = [
        Column::numbers(
            language.of("시간의 흩어짐", "Spread of its hours"),
            (0..7).map(|place| range(relative(place), &percent)),
        ),
        Column::numbers(
            language.of("관측 주", "Weeks seen"),
            (0..7).map(|place| range(count[day(place)].to_vec(), &|count| format!("{count}"))),
        ),
    ];
    draw(&first, &columns, WIDTH)
}

fn season(made: &Made, language: Language) -> Option<String> {
    let (title, factors): (_, &[f64]) = match &made.rhythm.season {
        Season::None => return None,
        Season::Months(factors) => (language.of("달", "Months"), factors),
        Season::Weeks(factors) => (language.of("주", "Weeks"), factors.as_slice()),
    };
    let listed = factors.iter().map(|factor| format!("{factor:.3}")).collect::<Vec<_>>().join(" ");
    Some(wrap(&format!("{title}: {listed}"), WIDTH))
}

/// Lists bundled shapes.
#[must_use]
pub fn list(shapes: &[&BundledShape], language: Language) -> String {
    let first = Column::words(language.of("이름", "Name"), shapes.iter().map(|shape| shape.id.clone()));
    let measured = |shape: &&BundledShape| {
        let hours = shape.basis_of_hours().iter().filter(|basis| **basis == Basis::Measured).count();
        let days = shape.basis_of_days().iter().filter(|basis| **basis == Basis::Measured).count();
        match language {
            Language::Ko => format!("{hours}시간, {days}요일"),
            Language::En => format!("{hours} hours, {days} days"),
        }
    };
    let columns = [
        Column::words(
            language.of("무엇", "What"),
            shapes.iter().map(|shape| language.label(&shape.label()).to_owned()),
        ),
        Column::words(language.of("측정된 것", "Measured"), shapes.iter().map(measured)),
    ];
    let hint = say(
        language,
        "그리기: netloss profile show 이름. 시나리오에서: shape = \"이름\"",
        "Draw one: netloss profile show NAME. In a scenario: shape = \"NAME\"",
    );
    format!("{}\n\n{hint}\n", draw(&first, &columns, WIDTH))
}

/// Lists bundled shapes as JSON, `netloss.profiles/1`.
#[must_use]
pub fn list_json(shapes: &[&BundledShape]) -> String {
    let one = |shape: &&BundledShape| -> Value {
        let label = shape.label();
        json!({ "id": shape.id, "label": { "ko": label.ko, "en": label.en }, "sources": shape.sources() })
    };
    let shapes: Vec<Value> = shapes.iter().map(one).collect();
    format!("{:#}\n", json!({ "schema": "netloss.profiles/1", "profiles": shapes }))
}
