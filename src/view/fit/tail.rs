//! The tail of a history: what it says, and what a peril may make of it.

use super::say;
use super::sentences::endless;
use super::words::{law, length, three, with_error};
use crate::fit::{FEWEST_FOR_TAIL, NoTail, Study, Tail, Tailed};
use crate::view::Language;

/// The tail on its own, and whether it is heavy.
pub fn tail(study: &Study, language: Language) -> String {
    let Some(Tail { threshold, outages, hill, scale, shape }) = study.tail else {
        let (n, fewest) = (study.sample.hours().len(), FEWEST_FOR_TAIL);
        return if n < fewest {
            say(
                language,
                format!("꼬리를 따로 맞추려면 {fewest}건이 필요하고, {n}건이 있습니다."),
                format!("A tail of its own is fitted from {fewest} outages on; there are {n}."),
            )
        } else {
            String::new()
        };
    };
    let over = length(threshold, language);
    let (hill, scale, xi) = (with_error(hill), with_error(scale), with_error(shape));
    let tells = match study.tail.and_then(|tail| tail.heavy()) {
        Some(true) if shape.value >= 1.0 => language.of(
            "평균이 끝없는 무거운 꼬리입니다: 위험에 at_most를 주십시오.",
            "The tail is heavy and its mean endless: give the peril an at_most.",
        ),
        Some(true) => language.of(
            "지수법칙보다 무거운 꼬리입니다: 오래갈수록 더 오래갑니다.",
            "It is heavier than an exponential tail: the longer an outage, the longer still.",
        ),
        Some(false) => language.of(
            "지수법칙보다 가벼운 꼬리입니다: 끝이 있습니다.",
            "It is lighter than an exponential tail: outages come to an end.",
        ),
        None if shape.error.is_none() => "",
        None => language.of(
            "지수법칙보다 무거운지 가벼운지 말할 수 없습니다.",
            "Whether it is heavier or lighter than an exponential tail cannot be told.",
        ),
    };
    let unused = match study.tailed() {
        Some(Err(reason)) => no_tail(reason, language),
        _ => "",
    };
    let told = [tells, unused].into_iter().filter(|said| !said.is_empty()).collect::<Vec<_>>().join(" ");
    say(
        language,
        format!("{over}을 넘긴 {outages}건: 일반화 파레토 ξ {xi}, 척도 {scale}시간; Hill α {hill}. {told}"),
        format!(
            "The {outages} outages beyond {over}: generalised Pareto shape {xi}, scale {scale} h; Hill's alpha \
             {hill}. {told}"
        ),
    )
}

/// Why no peril has the tail.
fn no_tail(reason: NoTail, language: Language) -> &'static str {
    match reason {
        NoTail::NoError => language.of(
            "형상의 표준오차를 구할 수 없어 위험에 쓰기에는 너무 불확실합니다.",
            "Its shape has no standard error: the tail is too uncertain for a peril.",
        ),
        NoTail::Uncertain => language.of(
            "표준오차 안에서 끝이 있는 꼬리(0 미만)도 평균이 끝없는 꼬리(1 초과)도 됩니다. 위험에 쓰기에는 너무 \
             불확실합니다.",
            "Within its error the shape may be below 0, where outages have an end, and above 1, where \
             their mean has none: the tail is too uncertain for a peril.",
        ),
        NoTail::Apart => language.of(
            "가장 나은 법칙에는 그 위가 없거나 아래가 없어 꼬리를 이을 수 없습니다.",
            "The best law lies all on one side of it, so that the tail cannot take over there.",
        ),
    }
}

/// How a peril with the tail differs from the plain one, and which to take.
pub fn second_choice(study: &Study, tailed: &Tailed, language: Language) -> String {
    let Some(best) = study.best() else { return String::new() };
    let Tail { threshold, outages, .. } = tailed.tail;
    let plain = best.exceeded_by(0.01, study.sample.at_least());
    let plain = three(tailed.plain.at_most.map_or(plain, |most| plain.min(most)).0);
    let with = three(tailed.exceeded_by(0.01).0);
    let (name, over) = (law(best.curve.family, language), length(threshold, language));
    let percent = |share: f64| three(100.0 * share);
    let by_law = percent(best.curve.reaching(threshold.0) / tailed.plain.reported);
    let seen = percent(outages as f64 / study.sample.hours().len() as f64);
    let mut said = vec![say(
        language,
        format!(
            "먼저 쓸 것은 위의 위험입니다. 이것은 그 대신 쓰며, 함께 쓸 수 없습니다. 꼬리를 장애 {outages}건에만 \
             맞췄으므로 오차가 큽니다. {over}을 넘는 장애는 {name} 법칙으로 {by_law}%, 이력으로 {seen}%입니다. 100건 가운데 1건이 \
             넘는 시간은 이 꼬리로 {with}시간, 위의 위험으로 {plain}시간입니다."
        ),
        format!(
            "The peril above is the first choice. This one goes in its place, never beside it, and its tail \
             rests on {outages} outages alone. Longer than {over} last {by_law}% by the {name} law and {seen}% of the history. 1 outage \
             in 100 lasts longer than {with} h with the tail, {plain} h by the peril above."
        ),
    )];
    if tailed.at_most.is_some() {
        said.push(endless(language));
    }
    said.join("\n")
}
