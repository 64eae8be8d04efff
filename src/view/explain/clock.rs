//! The clock of a waiting period, with the hours that it counted.

use super::Page;
use crate::cover::{Cover, Response};
use crate::view::clock;

impl Page<'_> {
    /// Says which hours count and when the waits are over, where these are not just
    /// the hours of the outage.
    pub(super) fn clock(&self, cover: &Cover, response: &Response) -> String {
        let Some(wait) = cover.waiting_period else { return String::new() };
        if self.scenario().counts_the_outage(cover) {
            return String::new();
        }
        let counted = clock::words(&cover.clock, self.context.language);
        let over = response.runs.iter().filter(|run| wait.met(run)).map(|run| self.hours(wait.over(run)));
        match over.collect::<Vec<_>>().join(", ") {
            over if over.is_empty() => counted,
            over => format!("{counted}, {} {over}", self.of("종료", "over at")),
        }
    }
}
