//! An outflow, walked back to its inputs.

use super::Page;
use crate::mitigation::{Amount, Churn, ChurnCurve, Fine, Goodwill, Refund, SlaPenalty, Threshold};
use crate::quantity::{Hours, Money, Share};
use crate::view::number::percent;
use crate::view::words;

impl Page<'_> {
    pub(super) fn outflow(&mut self, place: usize) {
        let scenario = self.scenario();
        let (outflow, amount) = (&scenario.outflows[place], self.waterfall.outflows[place]);
        let path = format!("outflow.{}", outflow.id);
        self.heading(self.context.language.label(&outflow.label), &outflow.id);
        let outage = self.waterfall.duration;
        if let Amount::Churn(churn) = &outflow.terms.amount {
            self.churn(churn, &format!("{path}.churn"));
        }
        let (formula, key) = match &outflow.terms.amount {
            Amount::Fixed(amount) => (self.fixed(*amount, outflow.terms.normal), "amount"),
            Amount::PerHour { rate, after, most } => {
                let counted = (outage - *after).positive();
                let rate = self.beyond_normal(*rate * Hours(1.0), outflow.terms.normal);
                let formula = if *after > Hours::ZERO {
                    let (outage, after) = (self.hours(outage), self.hours(*after));
                    format!("{rate} × ({outage} - {after} = {})", self.hours(counted))
                } else {
                    format!("{rate} × {}", self.hours(counted))
                };
                let most = most.map_or(String::new(), |most| {
                    format!(", {} {}", self.of("한도", "at most"), self.money(most))
                });
                (format!("{formula}{most}"), "per_hour")
            }
            Amount::ShareOfLostRevenue { share, lines } => {
                let lost =
                    lines.iter().map(|line| self.waterfall.lines[*line].lost_revenue().total()).sum();
                (format!("{} × {}", percent(share.get()), self.money(lost)), "share_of_lost_revenue")
            }
            Amount::Tiered(steps) => (self.step_reached(steps), "steps"),
            Amount::Sla(penalty) => (self.sla(penalty), "sla"),
            Amount::Refund(refund) => (self.refund(refund), "refund"),
            Amount::Goodwill(goodwill) => (self.goodwill(goodwill), "goodwill"),
            Amount::Fine(fine) => (self.fine(fine), "fine"),
            Amount::Churn(churn) => {
                let lost = number(churn.leaving(outage).lost);
                let back = percent(churn.win_back.rest().get());
                (format!("{lost} × {} × {back}", self.money(churn.value)), "churn")
            }
            Amount::DataLoss(loss) => {
                let chance = scenario.lines[loss.line].terms.path.fails_over(outage);
                let (point, rework) = (self.hours(loss.point), self.money(loss.rework));
                let each = number(loss.transactions);
                (format!("{point} × {each} × {rework} × {}", percent(chance.get())), "data_loss")
            }
            Amount::Damage(damage) => (self.damage_formula(damage, outage), "damage"),
            Amount::Daily(days) => (self.days(days), "daily"),
        };
        let place = self.place(&format!("{path}.{key}"));
        let head = words::head(outflow.terms.head, self.context.language);
        self.sum(format!("  {head}: {formula}{place}"), amount);
        if !outflow.terms.insurable {
            let why = self.of("어느 보험에도 청구하지 않음", "no cover is asked for it");
            self.say(format!("  {why}"));
        }
        self.origin(outflow);
    }

    fn sla(&self, penalty: &SlaPenalty) -> String {
        let down = penalty.used + self.waterfall.duration;
        let uptime = percent(penalty.tiers.uptime(down).get());
        let credit = percent(penalty.tiers.credit(down).get());
        let words = [self.of("가동률", "uptime"), self.of("배상률", "credit")];
        let most = if penalty.cap < Share::ALL {
            format!(", {} {}", self.of("한도", "at most"), percent(penalty.cap.get()))
        } else {
            String::new()
        };
        format!("{} {uptime}, {} {credit}{most} × {}", words[0], words[1], self.money(penalty.fees))
    }

    fn refund(&self, refund: &Refund) -> String {
        let (users, fee) = (number(refund.users), self.money(refund.monthly_fee));
        let (outage, month) = (self.hours(self.waterfall.duration), self.hours(refund.month));
        let multiple =
            if refund.multiple == 1.0 { String::new() } else { format!(" × {}", refund.multiple) };
        format!("{users} × {fee} × {outage} / {month}{multiple}{}", self.not_met(refund.from))
    }

    fn goodwill(&self, goodwill: &Goodwill) -> String {
        let (users, amount) = (number(goodwill.users), self.money(goodwill.amount));
        let taken = percent(goodwill.take_up.get());
        let cost = if goodwill.cost == Share::ALL {
            String::new()
        } else {
            format!(" × {} {}", self.of("원가", "at a cost of"), percent(goodwill.cost.get()))
        };
        format!("{users} × {amount} × {taken}{cost}{}", self.not_met(goodwill.from))
    }

    fn fine(&self, fine: &Fine) -> String {
        let base = format!("{} × {}", self.money(fine.base), percent(fine.rate.get()));
        let most = fine
            .most()
            .map_or(String::new(), |most| format!(", {} {}", self.of("한도", "at most"), self.money(most)));
        let chance = percent(fine.probability.get());
        let (worse, better) = (fine.aggravation, fine.mitigation);
        format!("({base} × {worse} × {better}{most}) × {chance}{}", self.not_met(fine.from))
    }

    /// Says which duration is not met, where one is not.
    fn not_met(&self, from: Option<Threshold>) -> String {
        match from {
            Some(threshold) if !Threshold::passed(from, self.waterfall.duration) => {
                let at = self.hours(threshold.at);
                let words = self.of("에 이르지 못함", "is not met");
                format!("; {at} {words}")
            }
            _ => String::new(),
        }
    }

    fn churn(&mut self, churn: &Churn, path: &str) {
        let leaving = churn.leaving(self.waterfall.duration);
        let curve = match &churn.curve {
            ChurnCurve::Weibull { most, scale, shape } => {
                format!("{} · (1 - e^(-(D/{})^{shape}))", percent(most.get()), self.hours(*scale))
            }
            ChurnCurve::Logistic { most, midpoint, spread } => {
                let (middle, spread) = (self.hours(*midpoint), self.hours(*spread));
                format!("{} / (1 + e^(-(D - {middle})/{spread}))", percent(most.get()))
            }
            ChurnCurve::Table(points) => {
                let points: Vec<String> = points
                    .iter()
                    .map(|(at, share)| format!("{} {}", self.hours(*at), percent(share.get())))
                    .collect();
                points.join(", ")
            }
        };
        let word = self.of("이탈 비율", "share who leave");
        let place = self.place(&format!("{path}.curve"));
        let share = percent(leaving.share.get());
        self.say(format!("  {word}: {curve} = {share}{place}"));
        let all = churn.exposed * leaving.share.get();
        let (exposed, left) = (number(churn.exposed), number(all));
        let word = self.of("노출 고객", "customers exposed");
        self.say(format!("  {word} {exposed} × {share} = {left}"));
        if let Some(notice) = churn.communication {
            let word = self.of("위기소통으로 남은 고객", "kept by communication");
            let when = self.of("첫 공지", "first notice");
            let place = self.place(&format!("{path}.communication"));
            let (kept, at) = (percent(notice.kept().get()), self.hours(notice.notice));
            self.say(format!("  - {word} {kept} ({when} {at}): {}{place}", number(leaving.kept)));
        }
        if churn.anyway > Share::NONE {
            let word = self.of("어차피 떠났을 고객", "would have left anyway");
            let place = self.place(&format!("{path}.anyway"));
            self.say(format!("  - {word}: {}{place}", number(leaving.anyway)));
        }
    }
}

/// A count of people, to the hundredth where it is no whole number.
fn number(count: f64) -> String {
    let rounded = (count * 100.0).round() / 100.0;
    Money(rounded).to_string()
}
