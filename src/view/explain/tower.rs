//! What each layer of a tower pays, and what the year does to it.

use super::Page;
use crate::outage::Days;
use crate::quantity::Money;
use crate::reason::Reason;
use crate::scenario::{Named, Policy};
use crate::tower::{DropDown, Layer, LayerLoss, ProRata, Tower, TowerResponse};
use crate::view::number::percent;
use crate::view::words;

impl Page<'_> {
    pub(super) fn tower(&mut self, policy: &Named<Policy>, tower: &Tower, response: &TowerResponse) {
        if tower.retention() > Money::ZERO {
            let place = self.place(&format!("cover.{}.tower.retention", policy.id));
            let text = match response.retention {
                Money::ZERO if response.layers.iter().any(|part| part.in_layer > Money::ZERO) => self.of(
                    "자기보유 없음: 하향적용된 계층 아래에 남은 한도가 없음",
                    "no retention: nothing is left below the layer that dropped down",
                ),
                _ => self.of("자기보유", "retention"),
            };
            self.sum(format!("- {text}{place}"), -response.retention);
        }
        for (place, (layer, part)) in tower.layers().iter().zip(&response.layers).enumerate() {
            self.layer(policy, layer, part, response.year.used(place));
        }
        for reason in [Reason::LayerGap, Reason::LayerExhausted, Reason::AboveLimit] {
            self.stays(reason, response.retained[reason]);
        }
    }

    fn layer(&mut self, policy: &Named<Policy>, layer: &Layer, part: &LayerLoss, used: Money) {
        let path = format!("cover.{}.layer.{}", policy.id, layer.id());
        let limit =
            layer.limit().map_or(self.of("무한", "unlimited").to_owned(), |limit| self.money(limit));
        let (place, in_layer) = (self.place(&path), self.of("계층 내", "in layer"));
        let mut shared = format!("{in_layer} {}", self.money(part.in_layer));
        if part.whole != part.in_layer {
            let less = self.money(part.in_layer - part.whole);
            shared = format!("({shared} - {less})");
        }
        let text = format!(
            "  {}: {limit} xs {}, {shared} × {}{place}",
            layer.id(),
            self.money(layer.attachment()),
            percent(layer.placed().get()),
        );
        self.sum(text, part.paid);
        if part.attaches != layer.attachment() {
            let (text, at) =
                (self.of("하향적용, 개시점", "drops down, and attaches at"), self.money(part.attaches));
            let place = self.place(&format!("{path}.drop_down"));
            self.say(format!("      {text} {at}{place}"));
        } else if part.in_layer > Money::ZERO && layer.terms().drop_down != DropDown::None {
            let text = self
                .of("하향적용 없음: 아래 계층이 온전함", "does not drop down: nothing below it is used up");
            self.say(format!("      {text}"));
        }
        self.not_followed(&path, layer, part);
        self.corridor(&path, layer, part);
        if layer.carriers().len() > 1 {
            for carrier in layer.carriers() {
                let amount = self.money(part.whole * carrier.share);
                let share = percent(carrier.share.get());
                self.say(format!("      {} {share}: {amount}", carrier.name));
            }
        }
        self.stays(Reason::UnplacedShare, part.whole - part.paid - part.within_group);
        if part.within_group > Money::ZERO {
            let place = self.place(&format!("{path}.captive"));
            let text = self.of("그룹 안의 지급", "paid within the group");
            let amount = self.money(part.within_group);
            self.say(format!("      {text}: {amount}{place}"));
        }
        self.reinstatement(&path, layer, part);
        if let (Some(next), Some(most), Some(year)) =
            (layer.left(used), layer.annual_most(), layer.left_in_year(used))
        {
            let (left, of) = (
                self.of("남은 한도: 다음 사고", "left: for the next loss"),
                self.of("연간", "in the year"),
            );
            let (next, year, most) = (self.money(next), self.money(year), self.money(most));
            self.say(format!("      {left} {next}, {of} {year} / {most}"));
        }
    }

    fn not_followed(&mut self, path: &str, layer: &Layer, part: &LayerLoss) {
        let Some(exclusion) = layer.terms().exclusion.as_ref().filter(|_| part.in_layer > Money::ZERO)
        else {
            return;
        };
        let language = self.context.language;
        let heads: Vec<&str> = exclusion.heads.iter().map(|head| words::head(*head, language)).collect();
        let place = self.place(&format!("{path}.excludes"));
        let text = self.of("추종하지 않음", "does not follow");
        self.say(format!("      {text}: {}{place}", heads.join(", ")));
        self.stays(Reason::NotFollowed, part.not_followed);
    }

    fn corridor(&mut self, path: &str, layer: &Layer, part: &LayerLoss) {
        let Some(corridor) = layer.terms().corridor.filter(|_| part.corridor > Money::ZERO) else { return };
        let followed = part.in_layer - part.not_followed;
        let (word, share) = (self.of("코리더", "corridor"), percent(corridor.share().get()));
        let (to, from) = (followed.at_most(corridor.to()), corridor.from());
        let (to, from) = (self.money(to), self.money(from));
        let place = self.place(&format!("{path}.corridor"));
        self.say(format!("      {word}: {share} × ({to} - {from}){place}"));
        self.stays(Reason::Corridor, part.corridor);
    }

    fn reinstatement(&mut self, path: &str, layer: &Layer, part: &LayerLoss) {
        let Some(terms) = layer.terms().reinstatements.as_ref() else { return };
        if part.reinstated <= Money::ZERO {
            return;
        }
        let (word, reinstated) = (self.of("한도 복원", "reinstated"), self.money(part.reinstated));
        let limit = self.money(layer.limit().unwrap_or_default());
        let premium = self.money(terms.layer_premium());
        let parts = terms.tranches().iter().map(|part| percent(*part)).collect::<Vec<_>>().join(", ");
        let time = match (terms.pro_rata(), self.scenario().policy_year) {
            (ProRata::AmountAndTime, Some(year)) => format!(" × {}", self.days_left(year)),
            _ => String::new(),
        };
        let placed = percent(layer.placed().get());
        let (due, amount) = (self.of("복원보험료", "premium"), self.money(part.reinstatement_premium));
        let place = self.place(&format!("{path}.reinstatements"));
        self.say(format!(
            "      {word} {reinstated} / {limit} × {premium} × ({parts}){time} × {placed}: {due} {amount}{place}"
        ));
    }

    /// The part of the policy year that is left at the outage: `305/365`.
    fn days_left(&self, year: Days) -> String {
        let left = year.left_on(self.outage.start_local.date()).get() * year.length() as f64;
        let days = self.of("일", " days");
        format!("{}/{}{days}", left.round(), year.length())
    }

    fn stays(&mut self, reason: Reason, kept: Money) {
        if kept > Money::ZERO {
            let (stays, kept) = (self.of("우리 부담", "stays with us"), self.money(kept));
            let reason = words::reason(reason, self.context.language);
            self.say(format!("      {stays}, {reason}: {kept}"));
        }
    }
}
