//! A line's lost profit, walked back to its inputs.

use super::Page;
use crate::quantity::Share;
use crate::read::library;
use crate::view::number::percent;

impl Page<'_> {
    pub(super) fn line_or_outflow(&mut self, name: &str) -> Option<()> {
        let scenario = self.scenario();
        if let Some(place) = scenario.lines.iter().position(|line| line.id == name) {
            self.line(place);
            return Some(());
        }
        if let Some(()) = self.measure(name) {
            return Some(());
        }
        let place = scenario.outflows.iter().position(|outflow| outflow.id == name)?;
        self.outflow(place);
        Some(())
    }

    fn line(&mut self, place: usize) {
        let scenario = self.scenario();
        let (line, lost) = (&scenario.lines[place], &self.waterfall.lines[place]);
        let (path, terms) = (format!("line.{}", line.id), &line.terms);
        self.heading(self.context.language.label(&line.label), &line.id);
        match &terms.damage {
            Some(damage) => {
                let place = self.place(&format!("{path}.damage"));
                let (at, amount) = (lost.lost_revenue().restored(), lost.lost_revenue().total());
                self.damaged(damage, at, &place, amount);
            }
            None => {
                let profile = self.of("시간대 매출", "revenue by hour");
                let place = self.place(&format!("{path}.revenue"));
                self.say(format!("  {profile}: {}{place}", terms.profile_from));
                self.courses(line, lost.lost_revenue());
            }
        }
        self.sum(self.of("= 매출 손실", "= lost revenue").to_owned(), lost.lost_revenue().total());
        self.made_up(line, lost);
        if terms.saved_cost_rate > Share::NONE {
            let word = self.of("절감 비용", "costs saved");
            let text = format!(
                "- {word} {}{}",
                percent(terms.saved_cost_rate.get()),
                self.place(&format!("{path}.saved_cost_rate"))
            );
            self.sum(text, -lost.saved_with_sales());
        }
        self.stopped(line, lost);
        self.sum(self.of("= 상실이익", "= lost profit").to_owned(), lost.total());
        self.origin(line);
        // A trend stands behind the name.
        let name = terms.profile_from.split(" × ").next().unwrap_or_default();
        if let Some(shape) = library::shape(name) {
            let note = shape.note.as_deref().map_or(String::new(), |note| format!(" {note}"));
            self.say(format!("  {}: {}{note}", shape.id, shape.rule));
            let keys: Vec<String> = shape.sources().into_iter().map(str::to_owned).collect();
            self.cite(&keys);
        }
    }
}
