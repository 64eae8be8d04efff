//! The clock of a waiting period, in words.

use super::Language;
use super::number::{duration, percent};
use crate::cover::{Clock, Counts, Restarts};
use crate::quantity::Hours;

/// Returns which hours count, led by a comma; nothing where every hour does.
pub(super) fn words(clock: &Clock, language: Language) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut say = |korean: &str, english: &str| words.push(language.of(korean, english).to_owned());
    match clock.counts {
        Counts::EveryHour => {}
        Counts::OpenHours(_) => say("영업시간만 계산", "open hours only"),
        Counts::TradingHours => say("매출이 있는 시간만 계산", "hours with sales only"),
    }
    if clock.per_provider {
        say("사업자별로 계산", "each provider by itself");
    }
    if clock.notice_after > Hours::ZERO {
        let word = language.of("통지부터", "from the notice at");
        words.push(format!("{word} {}", duration(clock.notice_after, language)));
    }
    if let Some(level) = clock.service_below {
        let word = language.of("서비스 수준 미만", "with service below");
        words.push(format!("{word} {}", percent(level.get())));
    }
    match clock.restarts {
        Restarts::Apart { merge_gap } if merge_gap > Hours::ZERO => {
            let word = language.of("짧은 복구는 이어진 것으로", "merged over gaps below");
            words.push(format!("{word} {}", duration(merge_gap, language)));
        }
        Restarts::Apart { .. } => {}
        Restarts::AddUp { within } => {
            let word = language.of("합산 간격", "added up within");
            words.push(format!("{word} {}", duration(within, language)));
        }
    }
    words.iter().map(|word| format!(", {word}")).collect()
}
