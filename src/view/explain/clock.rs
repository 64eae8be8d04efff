//! The clock of a waiting period, in words and with the hours that it counted.

use super::Page;
use crate::cover::{Clock, Counts, Cover, Response, Restarts};
use crate::quantity::Hours;
use crate::view::number::percent;

impl Page<'_> {
    /// Says which hours count and when the waits are over, where these are not just
    /// the hours of the outage.
    pub(super) fn clock(&self, cover: &Cover, response: &Response) -> String {
        if self.scenario().counts_the_outage(cover) {
            return String::new();
        }
        let counted = self.counted(&cover.clock).join(", ");
        let Some(wait) = cover.waiting_period else { return String::new() };
        let over = response.runs.iter().filter(|run| wait.met(run)).map(|run| self.hours(wait.over(run)));
        let over: Vec<String> = over.collect();
        let counted = if counted.is_empty() { counted } else { format!(", {counted}") };
        if over.is_empty() {
            counted
        } else {
            format!("{counted}, {} {}", self.of("종료", "over at"), over.join(", "))
        }
    }

    fn counted(&self, clock: &Clock) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut say = |korean: &str, english: &str| words.push(self.of(korean, english).to_owned());
        match clock.counts {
            Counts::EveryHour => {}
            Counts::OpenHours(_) => say("영업시간만 계산", "open hours only"),
            Counts::TradingHours => say("매출이 있는 시간만 계산", "hours with sales only"),
        }
        if clock.per_provider {
            say("사업자별로 계산", "each provider by itself");
        }
        if clock.notice_after > Hours::ZERO {
            let (word, after) = (self.of("통지부터", "from the notice at"), self.hours(clock.notice_after));
            words.push(format!("{word} {after}"));
        }
        if let Some(level) = clock.service_below {
            let (word, level) = (self.of("서비스 수준 미만", "with service below"), percent(level.get()));
            words.push(format!("{word} {level}"));
        }
        match clock.restarts {
            Restarts::Apart { merge_gap } if merge_gap > Hours::ZERO => {
                let word = self.of("짧은 복구는 이어진 것으로", "merged over gaps below");
                words.push(format!("{word} {}", self.hours(merge_gap)));
            }
            Restarts::Apart { .. } => {}
            Restarts::AddUp { within } => {
                let word = self.of("합산 간격", "added up within");
                words.push(format!("{word} {}", self.hours(within)));
            }
        }
        words
    }
}
