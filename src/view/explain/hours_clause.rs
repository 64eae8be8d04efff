//! The outages with which an hours clause joins this one.

use super::Page;
use crate::cover::{Cover, Response};
use crate::quantity::{Hours, Money};
use crate::scenario::{Named, Policy};

impl Page<'_> {
    /// Says with which outages this one is an occurrence, and what it adds to what
    /// the outages of its cause recover.
    pub(super) fn hours_clause(&mut self, policy: &Named<Policy>, cover: &Cover, response: &Response) {
        let (Some(clause), Some(joined)) = (cover.hours_clause, &response.joined) else { return };
        let place = self.place(&format!("cover.{}.hours_clause", policy.id));
        let (word, window) = (self.of("시간조항", "Hours clause"), self.hours(clause.window()));
        let with: Vec<&str> = joined.with.iter().filter_map(|start| self.outage_at(*start)).collect();
        let with = if with.is_empty() {
            self.of("이 장애는 단독 1사고", "this outage is an occurrence of its own").to_owned()
        } else {
            let one = self.of("한 사고로 묶인 장애", "one occurrence with");
            format!("{one} {}", with.join(", "))
        };
        self.say(format!("  {word} {window}: {with}{place}"));
        if joined.before > Money::ZERO || !joined.with.is_empty() {
            let text = self.of(
                "  같은 원인의 장애에 대한 보상액, 연간 조건 적용 전",
                "  recovered of the outages of this cause, before terms of the year",
            );
            self.sum(text.to_owned(), joined.recovered);
            self.sum(
                self.of("  - 앞선 장애까지", "  - up to the outage before").to_owned(),
                -joined.before,
            );
            let given = joined.recovered - joined.before;
            self.sum(self.of("  = 이 장애의 몫", "  = given to this outage").to_owned(), given);
        }
    }

    /// Returns the name of the outage that starts at a moment.
    fn outage_at(&self, start: Hours) -> Option<&str> {
        let earlier = self.scenario().earlier.iter().map(|past| &past.outage);
        earlier.chain([&self.scenario().outage]).find(|it| it.start == start).map(|it| it.id.as_str())
    }
}
