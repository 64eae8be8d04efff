//! A line's lost profit and an outflow, walked back to their inputs.

use super::Page;
use crate::mitigation::{Amount, Fade};
use crate::quantity::{Hours, Share};
use crate::read::library;
use crate::view::number::percent;
use crate::view::words;

impl Page<'_> {
    pub(super) fn line_or_outflow(&mut self, name: &str) -> Option<()> {
        let scenario = self.scenario();
        if let Some(place) = scenario.lines.iter().position(|line| line.id == name) {
            self.line(place);
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
        let profile = self.of("시간대 매출", "revenue by hour");
        let profile =
            format!("  {profile}: {}{}", terms.profile_from, self.place(&format!("{path}.revenue")));
        self.say(profile);
        for segment in lost.lost_revenue().segments() {
            let normally = lost.lost_revenue().normally(segment.from, segment.to);
            let share = match (segment.lost_from, segment.lost_to) {
                (from, to) if from == to => percent(from.get()),
                (from, to) => format!("{} → {}", percent(from.get()), percent(to.get())),
            };
            let (normal, of) = (self.of("평소", "normally"), self.of("손실", "lost"));
            let text = format!(
                "  {}–{}: {normal} {} × {of} {share}",
                self.hours(segment.from),
                self.hours(segment.to),
                self.money(normally),
            );
            let text = if terms.dependency == Share::ALL {
                text
            } else {
                let depends = self.of("의존", "dependent");
                format!("{text} × {depends} {}", percent(terms.dependency.get()))
            };
            let amount = lost.lost_revenue().between(segment.from, segment.to);
            self.sum(text, amount);
        }
        self.sum(self.of("= 매출 손실", "= lost revenue").to_owned(), lost.lost_revenue().total());
        let made_up = lost.recaptured_share();
        if made_up > Share::NONE {
            let fade = match terms.recapture.fade {
                Fade::None => String::new(),
                Fade::Exponential(tau) => {
                    format!(" = {} · e^(-D/{})", percent(terms.recapture.factor.get()), self.hours(tau))
                }
                Fade::Linear(tau) => {
                    format!(" = {} · (1 - D/{})", percent(terms.recapture.factor.get()), self.hours(tau))
                }
            };
            let word = self.of("이연 회복", "made up later");
            let text = format!(
                "- {word} {}{fade}{}",
                percent(made_up.get()),
                self.place(&format!("{path}.recapture"))
            );
            self.sum(text, -lost.recaptured());
        }
        if terms.saved_cost_rate > Share::NONE {
            let word = self.of("절감 비용", "costs saved");
            let text = format!(
                "- {word} {}{}",
                percent(terms.saved_cost_rate.get()),
                self.place(&format!("{path}.saved_cost_rate"))
            );
            self.sum(text, -lost.saved());
        }
        self.sum(self.of("= 상실이익", "= lost profit").to_owned(), lost.total());
        self.origin(line);
        if let Some(shape) = library::shape(&terms.profile_from) {
            let note = shape.note.as_deref().map_or(String::new(), |note| format!(" {note}"));
            self.say(format!("  {}: {}{note}", shape.id, shape.rule));
            let keys: Vec<String> = shape.sources().into_iter().map(str::to_owned).collect();
            self.cite(&keys);
        }
    }

    fn outflow(&mut self, place: usize) {
        let scenario = self.scenario();
        let (outflow, amount) = (&scenario.outflows[place], self.waterfall.outflows[place]);
        let path = format!("outflow.{}", outflow.id);
        self.heading(self.context.language.label(&outflow.label), &outflow.id);
        let outage = self.waterfall.duration;
        let (formula, key) = match &outflow.terms.amount {
            Amount::Fixed(_) => (self.of("정액", "the same for every outage").to_owned(), "amount"),
            Amount::PerHour { rate, after } => {
                let counted = (outage - *after).positive();
                let rate = self.money(*rate * Hours(1.0));
                let formula = if *after > Hours::ZERO {
                    let (outage, after) = (self.hours(outage), self.hours(*after));
                    format!("{rate} × ({outage} - {after} = {})", self.hours(counted))
                } else {
                    format!("{rate} × {}", self.hours(counted))
                };
                (formula, "per_hour")
            }
            Amount::ShareOfLostRevenue { share, lines } => {
                let lost =
                    lines.iter().map(|line| self.waterfall.lines[*line].lost_revenue().total()).sum();
                (format!("{} × {}", percent(share.get()), self.money(lost)), "share_of_lost_revenue")
            }
            Amount::Tiered(steps) => (self.step_reached(steps), "steps"),
        };
        let place = self.place(&format!("{path}.{key}"));
        self.sum(
            format!("  {}: {formula}{place}", words::head(outflow.terms.head, self.context.language)),
            amount,
        );
        self.origin(outflow);
    }
}
