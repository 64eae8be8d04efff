//! How far the payouts of one payer stay from the loss.

use super::Page;
use crate::panel::{self, OnIndex};
use crate::view::Language;
use crate::view::basis::{contracts, percent_of_tenths};

impl Page<'_> {
    /// Says how a payer on an index stands to the loss, where the scenario asks for that.
    pub(super) fn held_against_loss(&mut self, of: OnIndex) {
        let views = panel::basis(self.scenario());
        let Some(view) = views.iter().find(|view| view.of == Some(of)) else { return };
        let (risk, ratio, place) = (view.risk, view.ratio, self.place("basis"));
        let [loss, paid, short, over] =
            [risk.expected_loss, risk.expected_payout, risk.mean_shortfall, risk.mean_overpay]
                .map(|amount| self.money(amount));
        let or_not =
            |text: Option<String>| text.unwrap_or_else(|| self.of("미정의", "not defined").to_owned());
        let removed = or_not(risk.variance_reduction.map(percent_of_tenths));
        let best = or_not(ratio.ratio.map(|ratio| format!("{ratio:.3}")));
        let held = contracts(self.scenario(), view);
        let lines = match self.context.language {
            Language::Ko => [
                format!("  베이시스{place}: 기대손실 {loss}, 기대지급 {paid}"),
                format!("      기대부족 {short}, 기대초과 {over}; 분산 감소 {removed}, 헤지비율 {best}"),
            ],
            Language::En => [
                format!("  basis{place}: expected loss {loss}, payout {paid}"),
                format!("      short {short}, over {over}; variance removed {removed}, hedge ratio {best}"),
            ],
        };
        for line in lines {
            self.say(line);
        }
        if let Some(held) = held {
            let word = self.of("최적 계약 수", "contracts best held");
            self.say(format!("      {word}: {held}"));
        }
    }
}
