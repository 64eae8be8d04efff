//! How an outage takes a line, course by course, and what becomes of what is lost.

use super::Page;
use crate::loss::{Damage, DamageFunction, LostRevenue};
use crate::mitigation::{Fade, Headroom, LostProfit};
use crate::outage::{Curved, RAMP_ENDS, RampUp, Segment, Way};
use crate::quantity::{Hours, Money, Share};
use crate::scenario::{Line, Named};
use crate::view::number::percent;

impl Page<'_> {
    /// Tells each course that the outage may run, and what it loses.
    pub(super) fn courses(&mut self, line: &Named<Line>, lost: &LostRevenue<'_>) {
        let terms = &line.terms;
        let courses = terms.path.courses(self.waterfall.duration);
        for course in &courses {
            if courses.len() > 1 {
                let (way, key) = match course.way {
                    Way::Unhelped => (self.of("대비 없이", "unhelped"), ""),
                    Way::FailedOver => (self.of("예비 설비 가동", "a spare takes over"), "failover"),
                    Way::Warned => (self.of("경보를 받고 준비함", "warned and prepared"), "early_warning"),
                };
                let place = self.set_at(line, key);
                self.say(format!("  {way}: {}{place}", percent(course.chance.get())));
            }
            let ramp = course.segments.partition_point(|segment| segment.to <= lost.restored());
            let (staged, after) = course.segments.split_at(ramp);
            for segment in staged {
                self.stretch(terms, lost, *segment, course.chance);
            }
            match (terms.path.ramp(), after) {
                (RampUp::Curved(curve), [first, .., last]) => {
                    self.curved(line, lost, curve, (*first, *last), course.chance, after);
                }
                _ => after.iter().for_each(|segment| self.stretch(terms, lost, *segment, course.chance)),
            }
        }
    }

    fn stretch(&mut self, terms: &Line, lost: &LostRevenue<'_>, segment: Segment, chance: Share) {
        let share = match (segment.lost_from, segment.lost_to) {
            (from, to) if from == to => percent(from.get()),
            (from, to) => format!("{} → {}", percent(from.get()), percent(to.get())),
        };
        let normally = self.money(lost.normally(segment.from, segment.to));
        let (normal, of) = (self.of("평소", "normally"), self.of("손실", "lost"));
        let when = format!("{}–{}", self.hours(segment.from), self.hours(segment.to));
        let text = format!("  {when}: {normal} {normally} × {of} {share}");
        let amount = lost.along(&[segment], segment.from, segment.to) * chance;
        self.sum(format!("{text}{}", self.taken(terms, chance)), amount);
    }

    fn curved(
        &mut self,
        line: &Named<Line>,
        lost: &LostRevenue<'_>,
        curve: &Curved,
        (first, last): (Segment, Segment),
        chance: Share,
        segments: &[Segment],
    ) {
        let when = format!("{}–{}", self.hours(first.from), self.hours(last.to));
        let starts = curve.starts_at().map_or(String::new(), |level| {
            let word = self.of("복구 직후 수준", "from");
            format!(" {word} {}", percent(level.get()))
        });
        let (word, until) = (
            self.of("정상화 곡선, 시간상수", "sales return on a curve, time constant"),
            match (curve.horizon(), self.of("까지", "until less than")) {
                (Some(horizon), _) => {
                    format!("{} {}", self.of("한도", "followed for"), self.hours(horizon))
                }
                (None, until) => format!("{until} {}", percent(RAMP_ENDS)),
            },
        );
        let place = self.set_at(line, "ramp_up");
        let tau = self.hours(curve.time_constant());
        let text = format!("  {when}: {word} {tau},{starts} {until}{}", self.taken(&line.terms, chance));
        self.sum(format!("{text}{place}"), lost.along(segments, first.from, last.to) * chance);
    }

    /// What part of a stretch counts: what depends on the service, in this course.
    fn taken(&self, terms: &Line, chance: Share) -> String {
        let mut text = String::new();
        for (word, share) in
            [(self.of("의존", "dependent"), terms.dependency), (self.of("확률", "chance"), chance)]
        {
            if share != Share::ALL {
                text.push_str(&format!(" × {word} {}", percent(share.get())));
            }
        }
        text
    }

    /// Tells what a damage function says.
    pub(super) fn damaged(&mut self, damage: &Damage, at: Hours, place: &str, amount: Money) {
        let formula = self.damage_formula(damage, at);
        self.sum(format!("  {formula}{place}"), amount);
    }

    /// Puts a duration into a damage function.
    pub(super) fn damage_formula(&self, damage: &Damage, at: Hours) -> String {
        let function = match &damage.function {
            DamageFunction::Banded(bands) => {
                let band = bands.band(at).copied();
                band.map_or(String::new(), |band| {
                    let hours = self.hours(at);
                    let offset = self.hours(band.offset);
                    format!("({} + {} × ({hours} - {offset}))", band.constant, band.slope)
                })
            }
            DamageFunction::Power { one_hour, exponent } => {
                format!("{one_hour} × {}^{exponent}", at.0)
            }
            DamageFunction::TwoPart(model) => {
                let chance = percent(model.chance(at).get());
                format!("Φ {chance} × e^… {:.4}", model.cost(at))
            }
        };
        format!("{function} × {} × {}", damage.units, damage.worth)
    }

    /// Tells what is made up, and what becomes of a queue.
    pub(super) fn made_up(&mut self, line: &Named<Line>, lost: &LostProfit<'_>) {
        let recapture = line.terms.recapture;
        let waits = recapture.after(self.waterfall.duration);
        if waits == Share::NONE {
            return;
        }
        let fade = match recapture.fade {
            Fade::None => String::new(),
            Fade::Exponential(tau) => {
                format!(" = {} · e^(-D/{})", percent(recapture.factor.get()), self.hours(tau))
            }
            Fade::Linear(tau) => {
                format!(" = {} · (1 - D/{})", percent(recapture.factor.get()), self.hours(tau))
            }
        };
        let place = self.set_at(line, "recapture");
        if let (Some(queue), Some(served)) = (recapture.queue, lost.served()) {
            let word = self.of("대기 수요", "sales that wait");
            let waited = self.money(served.waited);
            self.say(format!("  {word} {}{fade}: {waited}{place}", percent(waits.get())));
            let headroom = match queue.headroom {
                Headroom::Share(share) => percent(share.get()),
                Headroom::PerHour(rate) => self.money(rate * Hours(1.0)),
            };
            let (room, leaves) = (
                self.of("시간당 여유", "spare capacity an hour"),
                self.of("시간당 포기", "give up an hour"),
            );
            let abandon = percent(queue.abandon.get());
            let queue_place = self.set_at(line, "recapture.queue");
            self.say(format!("    {room} {headroom}, {leaves} {abandon}{queue_place}"));
            let (gone, left) = (self.money(served.abandoned), self.money(served.left()));
            let words = [
                self.of("처리 시간", "hours served"),
                self.of("포기", "given up"),
                self.of("남음", "still waiting"),
            ];
            let [hours, given_up, waiting] = words;
            self.say(format!("    {hours} {}, {given_up} {gone}, {waiting} {left}", served.hours));
            let word = self.of("이연 회복", "made up later");
            self.sum(format!("- {word} {}", percent(lost.recaptured_share().get())), -lost.recaptured());
        } else {
            let word = self.of("이연 회복", "made up later");
            self.sum(format!("- {word} {}{fade}{place}", percent(waits.get())), -lost.recaptured());
        }
    }

    /// Tells what stops costing, and what making up costs.
    pub(super) fn stopped(&mut self, line: &Named<Line>, lost: &LostProfit<'_>) {
        let path = format!("line.{}", line.id);
        let mut told = |key: &str, korean: &str, english: &str, amount: Money| {
            if amount != Money::ZERO {
                let place = self.place(&format!("{path}.{key}"));
                let word = self.of(korean, english).to_owned();
                self.sum(format!("{word}{place}"), amount);
            }
        };
        told("discontinued_charges", "- 중단된 비용", "- charges that stop", -lost.discontinued());
        told("salvage", "- 잔존물", "- salvage", -lost.salvage());
        told("recapture", "+ 만회에 든 시간외 비용", "+ overtime to make up", lost.overtime());
    }
}
