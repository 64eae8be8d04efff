//! A measure of the plan: what it changes, what it costs, and what it is worth.

use super::Page;
use crate::measure::Measure;
use crate::projection::worth;
use crate::quantity::Money;
use crate::scenario::{Line, Named};
use crate::view::number::percent;
use crate::view::words;

impl Page<'_> {
    /// Explains a measure; nothing where the plan has none of that name.
    pub(super) fn measure(&mut self, name: &str) -> Option<()> {
        let scenario = self.scenario();
        let plan = scenario.plan.as_ref()?;
        let place = plan.measures.iter().position(|measure| measure.id == name)?;
        let measure = &plan.measures[place];
        let path = format!("measure.{}", measure.id);
        self.heading(self.context.language.label(&measure.label), &measure.id);
        let part = words::part(measure.terms.part, self.context.language);
        let here = self.place(&format!("{path}.part"));
        self.say(format!("  {part}{here}"));
        self.changes(&measure.terms, &path);
        let cost = |page: &mut Self, korean: &str, english: &str, key: &str, amount: Money| {
            let text = format!("  {}{}", page.of(korean, english), page.place(&format!("{path}.{key}")));
            page.unless_zero(text, amount);
        };
        let Measure { upkeep, of_event, false_alarms, .. } = measure.terms;
        cost(self, "연간 유지비", "upkeep of a year", "cost", upkeep);
        cost(self, "연간 오경보 비용", "false alarms of a year", "false_alarms", false_alarms.cost());
        cost(self, "사고 때의 비용", "cost of the event", "cost_of_event", of_event);
        let told = worth(scenario).into_iter().find(|worth| worth.measure == Some(place));
        match told.as_ref().and_then(|worth| worth.rows.first()) {
            Some(row) => {
                self.sum(self.of("이 대비책을 뺀 순손실", "net loss without it").to_owned(), row.without);
                self.sum(self.of("- 적용한 순손실", "- net loss with it").to_owned(), -row.net);
                self.sum(self.of("= 비용을 뺀 가치", "= worth after its cost").to_owned(), row.worth());
                let text = self.of("  그 안의 비용", "  cost in it").to_owned();
                self.unless_zero(text, row.cost);
            }
            None => self.say(self.of("  빠져 있음", "  left out").to_owned()),
        }
        self.origin(measure);
        Some(())
    }

    fn changes(&mut self, measure: &Measure, path: &str) {
        let scenario = self.scenario();
        let changed = |page: &mut Self, key: &str, text: String| {
            let here = page.place(&format!("{path}.{key}"));
            page.say(format!("    {text}{here}"));
        };
        let names: Vec<&str> = measure.lines.iter().map(|line| scenario.lines[*line].id.as_str()).collect();
        let names = names.join(", ");
        if let Some(failover) = measure.way.failover {
            let (after, carries) = (self.hours(failover.after), percent(failover.carries.get()));
            let (takes, chance) = (self.of("뒤 담당", "takes over"), percent(failover.success.get()));
            changed(self, "failover", format!("{names}: {after} {takes} {carries} × {chance}"));
        }
        if let Some(warning) = measure.way.early_warning {
            let (lead, needs) = (self.hours(warning.lead), self.hours(warning.preparation));
            let carries = percent(warning.carries.get());
            let words = [self.of("전 경보, 준비", "ahead, preparing takes"), self.of("담당", "carries")];
            let chance = percent(warning.prepared().get());
            let text = format!("{names}: {lead} {} {needs}, {} {carries} × {chance}", words[0], words[1]);
            changed(self, "early_warning", text);
        }
        for (given, key, korean, english) in [
            (measure.way.stages.is_some(), "stages", "복구 단계 변경", "service comes back otherwise"),
            (measure.way.ramp_up.is_some(), "ramp_up", "정상화 변경", "sales return otherwise"),
            (measure.recapture.is_some(), "recapture", "이연 회복 변경", "sales are made up otherwise"),
        ] {
            if given {
                let text = format!("{names}: {}", self.of(korean, english));
                // The moment of restoration stands for stages.
                let key = if key == "stages" && self.place(&format!("{path}.stages")).is_empty() {
                    "restored"
                } else {
                    key
                };
                changed(self, key, text);
            }
        }
        if let Some(notice) = measure.communication {
            let (kept, at) = (percent(notice.kept().get()), self.hours(notice.notice));
            let ids: Vec<&str> =
                measure.outflows.iter().map(|place| scenario.outflows[*place].id.as_str()).collect();
            let word = self.of("첫 공지로 남는 고객", "kept by a first notice at");
            changed(self, "communication", format!("{}: {word} {at}, {kept}", ids.join(", ")));
        }
        if measure.transfers {
            let text = self.of("보험과 헤지", "the covers and hedges").to_owned();
            changed(self, "part", text);
        }
    }

    /// Where a key of a line stands: in a measure that set it, or in the line.
    pub(super) fn set_at(&self, line: &Named<Line>, key: &str) -> String {
        let scenario = self.scenario();
        let place = scenario.lines.iter().position(|other| other.id == line.id);
        let measures = scenario.plan.iter().flat_map(|plan| plan.in_force());
        let setting = measures
            .filter(|(_, measure)| place.is_some_and(|place| measure.terms.lines.contains(&place)))
            .map(|(_, measure)| self.place(&format!("measure.{}.{key}", measure.id)))
            .filter(|here| !here.is_empty())
            .last();
        setting.unwrap_or_else(|| self.place(&format!("line.{}.{key}", line.id)))
    }
}
