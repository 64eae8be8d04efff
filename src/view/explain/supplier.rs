//! What a supplier gives back and answers for, and what a recovery is worth.

use super::{Page, clause};
use crate::quantity::Money;
use crate::recovery::{Claim, Haircut, Liability, PaidAs, Quality, ServiceCredit, Split, Supplier};
use crate::scenario::Named;
use crate::view::Language;
use crate::view::number::percent;
use crate::view::words;
use crate::waterfall::FromSupplier;

impl Page<'_> {
    pub(super) fn supplier(&mut self, name: &str) -> Option<()> {
        let scenario = self.scenario();
        let place = scenario.suppliers.iter().position(|supplier| supplier.id == name)?;
        let (supplier, from) = (&scenario.suppliers[place], self.waterfall.suppliers[place]);
        self.heading(self.context.language.label(&supplier.label), &supplier.id);
        if let Some(clause) = &supplier.clause {
            self.say(format!("  {clause}"));
        }
        if !supplier.terms.perils.include(self.outage.cause) {
            let cause = self.outage.cause.map_or("?", |cause| words::cause(cause, self.context.language));
            let not = self.of("이 사업자의 장애가 아님", "not its failure");
            let place = self.place(&format!("supplier.{name}.perils"));
            self.say(format!("  {cause}: {not}{place}"));
            return Some(());
        }
        if let Some(credit) = &supplier.terms.credit {
            self.credit(&supplier.id, credit, from);
        }
        if let (Some(liability), Some(claim)) = (supplier.terms.liability(), from.claim) {
            self.claim(supplier, liability, claim);
        } else if supplier.terms.liability.is_some() {
            let place = self.place(&format!("supplier.{}.sole_remedy", supplier.id));
            let sole = self.of("크레딧이 유일한 구제", "nothing is claimed: the credit is the sole remedy");
            self.say(format!("  {sole}{place}"));
        }
        self.sum(self.of("= 우리 수취", "= comes to us").to_owned(), from.credit + claimed(from));
        let haircut = self.waterfall.haircut.third_party[place];
        self.worth(&format!("supplier.{}", supplier.id), supplier.terms.quality.as_ref(), haircut);
        self.origin(supplier);
        Some(())
    }

    fn credit(&mut self, id: &str, credit: &ServiceCredit, from: FromSupplier) {
        let context = self.context;
        let place = |key: &str| context.place(&format!("supplier.{id}.credit{key}"));
        let uptime = credit.uptime(self.waterfall.duration, from.earlier);
        let missed = credit.tiers.missed(self.waterfall.duration + credit.down_before + from.earlier);
        let (word, fee) = (self.of("가동률", "uptime"), self.money(credit.monthly_fee));
        let uptime = percent(uptime.get());
        let text = match missed {
            Some(place_of) => {
                let tier = credit.tiers.tiers()[place_of];
                let (below, part) = (percent(tier.below.get()), percent(tier.credit.get()));
                format!(
                    "  {word} {uptime} < {below}: {part} × {fee}{}",
                    place(&format!(".tiers[{}]", place_of + 1))
                )
            }
            None => format!(
                "  {word} {uptime}: {}{}",
                self.of("모든 단계 충족", "every tier is kept"),
                place(".tiers[1]")
            ),
        };
        self.sum(text, from.owed);
        let less = match credit.paid_as {
            _ if !credit.claimed => {
                Some(format!("{}{}", self.of("청구하지 않음", "not claimed"), place(".claimed")))
            }
            PaidAs::LaterBills { stays } => {
                let word = self
                    .of("이후 청구서에서 차감, 계약 유지 확률", "against later bills, chance of staying");
                Some(format!("{word} {}{}", percent(stays.get()), place(".stays")))
            }
            PaidAs::Money => None,
        };
        if let Some(less) = less.filter(|_| from.credit != from.owed) {
            self.sum(format!("- {less}"), from.credit - from.owed);
        }
        let inures = if from.inures {
            self.of("담보 손해에서 차감", "it reduces the loss that the covers measure")
        } else {
            self.of("담보와 별도로 우리 몫", "it is ours beside the covers")
        };
        self.say(format!("      {inures}{}", place(".inures")));
    }

    fn claim(&mut self, supplier: &Named<Supplier>, liability: &Liability, claim: Claim) {
        let (context, language) = (self.context, self.context.language);
        let place = |key: &str| context.place(&format!("supplier.{}.liability.{key}", supplier.id));
        let heads: Vec<_> = liability.heads.iter().map(|head| words::head(*head, language)).collect();
        let all = liability.heads.len() == crate::mitigation::Head::COUNT;
        let heads = if all { self.of("전체", "any head").to_owned() } else { heads.join(", ") };
        let claimable = self.of("책임 대상 손해", "loss for which it answers");
        self.sum(format!("  {claimable} ({heads}){}", place("heads")), claim.claimable);
        let cap = liability.cap.map_or(self.of("무한", "none").to_owned(), |cap| self.money(cap));
        let text = format!(
            "  min({cap}, {} × {}){}{}",
            percent(liability.fault_share.get()),
            self.money(claim.claimable),
            place("cap"),
            clause(supplier),
        );
        self.sum(text, claim.claimed);
        let expected = claim.claimed * liability.success - liability.legal_cost;
        let text = format!(
            "  {} {} × {} - {} {}{}",
            self.of("승소 확률", "success"),
            percent(liability.success.get()),
            self.money(claim.claimed),
            self.of("소송 비용", "cost"),
            self.money(liability.legal_cost),
            place("success"),
        );
        self.sum(text, expected);
        if !claim.pursued {
            let not = self.of("청구 실익 없음", "not pursued: it would cost more than it brings");
            self.say(format!("      {not}"));
            return;
        }
        let rule = match liability.split {
            Split::MadeWhole => self.of("우리 미보전 손실 우선", "we first, up to what no insurance paid"),
            Split::ProRata => self.of("부담 비율대로", "as each bore the loss"),
            Split::InsurerFirst => self.of("보험자 우선", "the insurers first, up to what they paid"),
            Split::Contract { .. } => self.of("약정 비율", "as agreed"),
        };
        self.sum(format!("  {}: {rule}{}", self.of("우리 몫", "our part"), place("split")), claim.ours);
        if claim.insurers > Money::ZERO {
            let (word, amount) = (self.of("보험자 몫", "the insurers' part"), self.money(claim.insurers));
            self.say(format!("      {word}: {amount}"));
        } else if liability.subrogation_waived {
            let waived = self.of("보험자 대위권 포기", "the insurers waived theirs");
            self.say(format!("      {waived}{}", place("subrogation_waived")));
        }
    }

    /// Says what a recovery is expected to fall short by, and why.
    pub(super) fn worth(&mut self, path: &str, own: Option<&Quality>, haircut: Haircut) {
        if haircut == Haircut::default() {
            return;
        }
        let quality = own.unwrap_or(&self.scenario().recovery_quality.quality);
        let path = if own.is_some() { format!("{path}.quality") } else { "recovery_quality".to_owned() };
        let place = |key: &str| self.place(&format!("{path}.{key}"));
        let mut parts = Vec::new();
        if let Some(dispute) = &quality.dispute {
            let (word, part) =
                (self.of("분쟁 예상", "dispute, expected"), percent(dispute.expected().get()));
            parts.push((format!("- {word} {part}{}", place("dispute[1]")), haircut.dispute));
        }
        if let Some(default) = quality.default {
            let text = format!(
                "- {} {} × {} × {}{}",
                self.of("부도", "default"),
                percent(default.cumulative().get()),
                percent(default.loss_given_default().get()),
                percent(default.collateralised().rest().get()),
                place("default"),
            );
            parts.push((text, haircut.default));
        }
        let language = self.context.language;
        if let Some(payments) = &quality.payments {
            let months = payments.instalments().iter().map(|instalment| {
                let (part, month) = (percent(instalment.part.get()), instalment.month);
                match language {
                    Language::Ko => format!("{part} {month}개월"),
                    Language::En => format!("{part} after {month} months"),
                }
            });
            let text = format!(
                "- {} {} ({}){}",
                self.of("지급 지연, 연", "delay, a year"),
                percent(payments.rate().get()),
                months.collect::<Vec<_>>().join(", "),
                place("payments"),
            );
            parts.push((text, haircut.time));
        }
        for (text, amount) in parts {
            self.sum(text, -amount);
        }
    }

    /// Says what suppliers owe the insurers of a cover: no money of ours.
    pub(super) fn subrogation(&mut self, place: usize) {
        let policy = &self.scenario().covers[place];
        let layers = policy.terms.tower.iter().flat_map(|tower| tower.layers());
        let names = layers.map(|layer| format!(", {}", layer.id())).chain([String::new()]);
        let word = self.of("사업자가 보험자에게 줄 몫", "suppliers owe its insurers");
        for (name, share) in names.zip(&self.waterfall.subrogation[place]) {
            if *share > Money::ZERO {
                let share = self.money(*share);
                self.say(format!("      {word}{name}: {share}"));
            }
        }
    }

    /// Tells credits that reduce the loss, before the loss is summed.
    pub(super) fn credits(&mut self) {
        let waterfall = self.waterfall;
        for (supplier, amount) in self.scenario().suppliers.iter().zip(&waterfall.credits) {
            let word = self.of("크레딧", "credit");
            self.unless_zero(format!("- {}, {word}{}", supplier.id, clause(supplier)), -*amount);
        }
    }

    /// Tells what suppliers pay us, and what all recoveries fall short by.
    pub(super) fn suppliers_and_haircuts(&mut self) {
        let (scenario, waterfall) = (self.scenario(), self.waterfall);
        for (supplier, amount) in scenario.suppliers.iter().zip(&waterfall.third_party) {
            let word = self.of("수취", "pays us");
            self.unless_zero(format!("- {}, {word}{}", supplier.id, clause(supplier)), -*amount);
        }
        let covers = scenario.covers.iter().map(|part| &part.id).zip(&waterfall.haircut.covers);
        let payouts = scenario.parametrics.iter().map(|part| &part.id).zip(&waterfall.haircut.payouts);
        let hedges = scenario.hedges.iter().map(|part| &part.id).zip(&waterfall.haircut.hedges);
        let suppliers = scenario.suppliers.iter().map(|part| &part.id).zip(&waterfall.haircut.third_party);
        for (id, haircut) in covers.chain(payouts).chain(hedges).chain(suppliers) {
            let word = self.of("회수 할인", "haircut of");
            self.unless_zero(format!("+ {word} {id}"), haircut.total());
        }
    }
}

fn claimed(from: FromSupplier) -> Money {
    from.claim.map_or(Money::ZERO, |claim| claim.ours)
}
