//! What the programme costs, kind by kind, and from which figures.

use super::Page;
use crate::annual::Claims;
use crate::cost::{Kind, Premium};
use crate::quantity::Money;
use crate::scenario::Foreign;
use crate::view::number::percent;
use crate::view::prices::id;
use crate::view::words;
use crate::waterfall::{Charge, Priced};

impl Page<'_> {
    /// Says under the sum what each part of the programme costs.
    pub(super) fn costs(&mut self, indent: &str) {
        let charges = self.waterfall.charges.clone();
        for charge in charges.iter().filter(|charge| charge.costs.total() != Money::ZERO) {
            let (name, kinds) = (id(self.scenario(), charge.of).to_owned(), self.kinds(charge));
            let total = self.money(charge.costs.total());
            self.say(format!(
                "{indent}{name}: {total}{}",
                if kinds.is_empty() { kinds } else { format!(" ({kinds})") }
            ));
        }
    }

    /// Names the kinds of a charge, where it is more than one of plain premium.
    fn kinds(&self, charge: &Charge) -> String {
        let kinds = charge.costs.iter().filter(|(_, amount)| *amount != Money::ZERO);
        let kinds: Vec<_> = kinds.collect();
        if let [(Kind::Premium, _)] = kinds.as_slice() {
            return String::new();
        }
        let word = |kind| words::cost(kind, self.context.language);
        kinds
            .iter()
            .map(|(kind, amount)| format!("{} {}", word(*kind), self.money(*amount)))
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Says the price of a cover: what was agreed, and what the event is charged.
    pub(super) fn price(
        &mut self,
        of: Priced,
        premium: &Premium,
        limit: Option<Money>,
        path: &str,
        claims: Claims,
    ) {
        let Some(charge) = self.waterfall.charges.iter().find(|charge| charge.of == of).copied() else {
            return;
        };
        if charge.costs.total() == Money::ZERO && premium.gross == Money::ZERO {
            return;
        }
        let place = self.place(path);
        let (word, gross) = (self.of("연간 보험료", "premium of the year"), self.money(premium.gross));
        self.say(format!("  {word} {gross}{place}"));
        if let Some(limit) = limit
            && let (Some(rate), Some(years)) = (premium.rate_on_line(limit), premium.payback(limit))
        {
            let (line, back) = (self.of("ROL", "rate on line"), self.of("회수기간", "payback"));
            let years = format!("{years:.1}{}", self.of("년", " years"));
            let (rate, limit) = (percent(rate), self.money(limit));
            self.say(format!("  {line} {gross} / {limit} = {rate}, {back} {years}"));
        }
        if let Some(text) = self.on_top(premium) {
            self.say(format!("  {text}"));
        }
        self.follows(premium, claims, path);
        for part in premium.instalments.iter().flat_map(|parts| parts.parts()) {
            let (word, amount) = (self.of("납입", "due"), self.money(part.amount));
            self.say(format!("  {word} {}: {amount}", part.due));
        }
        let kinds = self.kinds(&charge);
        let kinds = if kinds.is_empty() { kinds } else { format!(": {kinds}") };
        let (charged, key) =
            (self.of("이 사고에 부과", "charged to the event"), self.scenario().premium_counted.key());
        let allocation = self.place("premium_counted");
        self.sum(format!("  {charged} ({key}{allocation}){kinds}"), charge.costs.total());
    }

    /// Says what comes on top of a premium, and who gets it.
    fn on_top(&self, premium: &Premium) -> Option<String> {
        let mut said = Vec::new();
        if premium.tax.get() > 0.0 {
            said.push(format!("{} {}", self.of("세금", "tax"), percent(premium.tax.get())));
        }
        if premium.fee > Money::ZERO {
            said.push(format!("{} {}", self.of("수수료", "fee"), self.money(premium.fee)));
        }
        if premium.brokerage.get() > 0.0 {
            let (of, net) = (self.money(premium.brokerage()), self.money(premium.net_to_insurer()));
            let rate = percent(premium.brokerage.get());
            said.push(match self.context.language {
                crate::view::Language::Ko => format!("중개수수료 {rate} {of}, 보험사 수취 {net}"),
                crate::view::Language::En => format!("brokerage {rate} {of}, net to insurer {net}"),
            });
        }
        (!said.is_empty()).then(|| said.join(", "))
    }

    /// Says how a premium follows the claims of the year.
    fn follows(&mut self, premium: &Premium, claims: Claims, path: &str) {
        let (paid, of_year) = (self.money(claims.paid), self.money(premium.of_year(claims.paid)));
        if let Some(swing) = premium.swing {
            let (least, most) = (self.money(swing.minimum()), self.money(swing.maximum()));
            let (word, place) = (self.of("손해율 연동", "swing"), self.place(&format!("{path}.swing")));
            let load = swing.load();
            self.say(format!("  {word} clamp({paid} × {load:.4}, {least}, {most}) = {of_year}{place}"));
        }
        if let Some(bonus) = premium.no_claims_bonus {
            let word = words::cost(Kind::NoClaimsBonus, self.context.language);
            let place = self.place(&format!("{path}.no_claims_bonus"));
            let (share, up_to) = (percent(bonus.share.get()), self.money(bonus.claims_up_to));
            let sign = if bonus.is_lost(claims.paid) { ">" } else { "≤" };
            let given = self.money(bonus.given_back(premium.of_year(claims.paid), claims.paid));
            let claimed = self.of("보험금", "claims");
            self.say(format!("  {word} {share}: {claimed} {paid} {sign} {up_to} → {given}{place}"));
        }
        if let Some(terms) = premium.profit_commission {
            let word = words::cost(Kind::ProfitCommission, self.context.language);
            let place = self.place(&format!("{path}.profit_commission"));
            let (share, kept) = (percent(terms.share.get()), percent(terms.expense.rest().get()));
            let deficit = self.money(terms.deficit);
            let given = self.money(terms.given_back(premium.of_year(claims.paid), claims.paid));
            self.say(format!(
                "  {word} {share} × ({of_year} × {kept} - {paid} - {deficit})⁺ = {given}{place}"
            ));
            let forward = terms.carried_forward(premium.of_year(claims.paid), claims.paid);
            if forward > Money::ZERO {
                let (word, forward) =
                    (self.of("이월 결손", "deficit carried forward"), self.money(forward));
                self.say(format!("    {word} {forward}"));
            }
        }
        if let Some(carry) = premium.carry
            && carry.collateral > Money::ZERO
        {
            let (word, place) = (self.of("담보금", "collateral"), self.place(&format!("{path}.carry")));
            let (set_aside, months) = (self.money(carry.collateral), carry.term.0);
            let (funding, earned) = (percent(carry.funding.get()), percent(carry.earned.get()));
            let cost = self.money(carry.costs()[Kind::Collateral]);
            self.say(format!(
                "  {word} {set_aside} × ({funding} - {earned}) × {months}/12 = {cost}{place}"
            ));
        }
    }

    /// Says at what rate the amounts of a part were changed.
    pub(super) fn stated_in(&mut self, foreign: Option<&Foreign>) {
        let Some(Foreign { currency, rate }) = foreign else { return };
        let place = self.place(&format!("fx.{currency}"));
        let (stated, home) = (self.of("표시 통화", "stated in"), self.context.scenario.currency.clone());
        self.say(format!("  {stated} {currency}, {currency} 1 = {home} {}{place}", Money(*rate)));
    }
}
