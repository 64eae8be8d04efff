//! What a cover pays, step by step, or why it pays nothing.

use super::Page;
use crate::cover::{Cover, Response, Step};
use crate::hedge::Contract;
use crate::mitigation::Head;
use crate::outage::Perils;
use crate::panel::OnIndex;
use crate::quantity::{Hours, Met, Money};
use crate::reason::Reason;
use crate::scenario::{Named, Policy};
use crate::view::words;
use crate::waterfall::{Priced, Recovery};

impl Page<'_> {
    pub(super) fn payer(&mut self, name: &str) -> Option<()> {
        let scenario = self.scenario();
        if let Some(place) = scenario.covers.iter().position(|cover| cover.id == name) {
            let policy = &scenario.covers[place];
            self.cover(place);
            let (terms, path) = (&policy.terms, format!("cover.{}.premium", policy.id));
            let claims = self.waterfall.year.claims(place);
            self.price(Priced::Cover(place), &terms.premium, terms.limit(), &path, claims);
            self.origin(policy);
            return Some(());
        }
        if let Some(place) = scenario.parametrics.iter().position(|cover| cover.id == name) {
            let (cover, haircut) = (&scenario.parametrics[place], self.waterfall.haircut.payouts[place]);
            self.parametric(cover, &self.waterfall.parametrics[place], self.waterfall.payouts[place]);
            self.worth(&format!("parametric.{name}"), cover.terms.quality.as_ref(), haircut);
            let (terms, path) = (&cover.terms, format!("parametric.{name}.premium"));
            let claims = self.waterfall.year.payout(place);
            self.price(Priced::Parametric(place), &terms.premium, terms.parametric.limit, &path, claims);
            self.held_against_loss(OnIndex::Parametric(place));
            self.origin(cover);
            return Some(());
        }
        if let Some(place) = scenario.annuals.iter().position(|annual| annual.id == name) {
            self.annual(place);
            return Some(());
        }
        let place = scenario.hedges.iter().position(|hedge| hedge.id == name)?;
        let (hedge, haircut) = (&scenario.hedges[place], self.waterfall.haircut.hedges[place]);
        self.hedge(hedge, &self.waterfall.hedges[place]);
        self.worth(&format!("hedge.{name}"), hedge.terms.quality.as_ref(), haircut);
        let (terms, claims) = (&hedge.terms, self.waterfall.year.settled(place));
        let stated =
            if matches!(terms.hedge.contract, Contract::CatBond(_)) { "spread" } else { "premium" };
        let path = format!("hedge.{name}.{stated}");
        let most = terms.hedge.contract.paid_once();
        self.price(Priced::Hedge(place), &terms.premium, most, &path, claims);
        self.held_against_loss(OnIndex::Hedge(place));
        self.origin(hedge);
        Some(())
    }

    fn cover(&mut self, place: usize) {
        let (policy, recovery) = (&self.scenario().covers[place], &self.waterfall.covers[place]);
        let haircut = self.waterfall.haircut.covers[place];
        let (cover, response) = (&policy.terms.cover, &recovery.response);
        self.heading(self.context.language.label(&policy.label), &policy.id);
        if let Some(clause) = &policy.clause {
            self.say(format!("  {clause}"));
        }
        self.stated_in(policy.terms.stated_in.as_ref());
        let order = words::Word::Order.say(self.context.language);
        let from = self.place(&format!("cover.{}.order", policy.id));
        self.say(format!("  {order}: {}{from}", cover.order.key()));
        self.hours_clause(policy, cover, response);
        if let Some(why) = self.why_nothing(policy, recovery) {
            let nothing = self.of("지급 없음", "Pays nothing");
            self.say(format!("  {nothing}: {why}"));
        }
        self.measured(policy, response);
        for (head, amount) in Head::ALL.into_iter().zip(response.presented) {
            if amount != Money::ZERO {
                let (presented, head) =
                    (self.of("청구", "presented"), words::head(head.1, self.context.language));
                self.sum(format!("  {presented}: {head}"), amount);
            }
        }
        self.measured_otherwise(response);
        let mut before: Money = response.insured.iter().copied().sum();
        for &(step, after) in &response.after {
            if before == Money::ZERO {
                break;
            }
            if let Some(text) = self.step(policy, cover, response, step, before) {
                self.sum(format!("- {text}"), after - before);
            }
            before = after;
        }
        self.sum(self.of("= 담보 손해", "= covered loss").to_owned(), response.total());
        if let (Some(tower), Some(paid)) = (&policy.terms.tower, &recovery.tower) {
            self.tower(policy, tower, paid);
        }
        let given_up = self.of("- 초과 회수로 감액", "- given up: others paid it").to_owned();
        self.unless_zero(given_up, -recovery.given_up);
        self.sum(self.of("= 지급", "= paid").to_owned(), recovery.paid);
        self.subrogation(place);
        self.worth(&format!("cover.{}", policy.id), policy.terms.quality.as_ref(), haircut);
    }

    /// Says what a step does, with its figures; nothing where the cover has no such term.
    fn step(
        &self,
        policy: &Named<Policy>,
        cover: &Cover,
        response: &Response,
        step: Step,
        before: Money,
    ) -> Option<String> {
        let language = self.context.language;
        let place = |key: &str| self.place(&format!("cover.{}.{key}", policy.id));
        let named = |reason| words::reason(reason, language);
        Some(match step {
            Step::Trigger => {
                if let Some(why) = self.refusal(policy, response) {
                    return Some(why);
                }
                let failed = [Reason::ExcludedPeril, Reason::WaitingPeriod]
                    .into_iter()
                    .find(|reason| response.retained[*reason] == before && before > Money::ZERO);
                // A time deductible takes hours later on; only a test that failed takes all here.
                let failed = failed.filter(|_| response.after(Step::Trigger) == Money::ZERO)?;
                format!(
                    "{}{}",
                    named(failed),
                    place(if failed == Reason::ExcludedPeril { "perils" } else { "waiting_period" })
                )
            }
            Step::IndemnityPeriod if cover.maximum_period.is_some() => {
                let (word, longest) =
                    (self.of("최대보상기간", "Maximum period of indemnity, to"), cover.maximum_period?);
                format!("{word} {}{}", self.hours(longest), place("maximum_period"))
            }
            Step::IndemnityPeriod => {
                let closure = cover.extensions.access(self.scenario().outage.cause).map(|access| {
                    let (word, most) = (self.of("출입제한 최대", "Closure, to"), self.hours(access.most()));
                    format!("{word} {most}{}", place("access"))
                });
                closure.or_else(|| self.indemnity(policy, cover, response))?
            }
            Step::WaitingPeriod => {
                let wait = cover.waiting_period?;
                let (hours, reading) = (self.hours(wait.hours()), words::reading(wait.reading(), language));
                let (word, clock) = (named(Reason::WaitingPeriod), self.clock(cover, response));
                format!("{word} {hours}, {reading}{clock}{}", place("waiting_period"))
            }
            Step::Additions => {
                let credits = (response.credited > Money::ZERO)
                    .then(|| self.of("서비스 크레딧", "Suppliers' credits").to_owned());
                let said: Vec<_> =
                    self.additions(policy, cover, response).into_iter().chain(credits).collect();
                if said.is_empty() {
                    return None;
                }
                said.join("; ")
            }
            Step::Contribution => self.contribution(policy, response)?,
            Step::Average => self.average(policy, cover, response)?,
            _ => return self.money_step(policy, response, step, before),
        })
    }

    /// Says why a cover pays nothing, where it pays nothing of a loss.
    pub(super) fn why_nothing(&self, policy: &Named<Policy>, recovery: &Recovery) -> Option<String> {
        if recovery.paid > Money::ZERO {
            return None;
        }
        let (cover, response) = (&policy.terms.cover, &recovery.response);
        let place = |key: &str| self.place(&format!("cover.{}.{key}", policy.id));
        if !cover.in_force(self.outage) {
            let (not, day) =
                (self.of("담보기간이 아님", "not in force on"), self.outage.start_local.date());
            return Some(format!("{not} {day}{}", place("period")));
        }
        let presented: Money = response.presented.iter().copied().sum();
        if presented == Money::ZERO {
            return Some(self.of("담보하는 손해가 없음", "no loss falls to it").to_owned());
        }
        if !cover.perils.include(self.outage.cause) {
            let cause = self.outage.cause.map_or("?", |cause| words::cause(cause, self.context.language));
            let named = match &cover.perils {
                Perils::Any => String::new(),
                Perils::Named(causes) => causes
                    .iter()
                    .map(|cause| words::cause(*cause, self.context.language))
                    .collect::<Vec<_>>()
                    .join(", "),
            };
            let not = self.of("담보 사유가 아님", "not among its perils");
            return Some(format!("{cause}: {not} ({named}){}", place("perils")));
        }
        if let Some(why) = self.refusal(policy, response) {
            return Some(why);
        }
        if let Some(wait) = cover.waiting_period
            && !response.runs.iter().any(|run| wait.met(run))
        {
            let sign = match wait.how_met() {
                Met::MoreThan => "≤",
                Met::AtLeast => "<",
            };
            let word = words::reason(Reason::WaitingPeriod, self.context.language);
            let counted =
                response.runs.iter().map(|run| run.counted.length()).fold(Hours::ZERO, Hours::max);
            let (outage, hours) = (self.hours(counted), self.hours(wait.hours()));
            let clock = self.clock(cover, response);
            return Some(format!("{outage} {sign} {word} {hours}{clock}{}", place("waiting_period")));
        }
        let before_deductible = response.after(Step::Sublimit);
        if response.after(Step::Deductible) == Money::ZERO && before_deductible > Money::ZERO {
            let word = words::reason(Reason::Deductible, self.context.language);
            let loss = self.money(before_deductible);
            let amount = self.deductible(cover.deductible, &response.deducted);
            return Some(format!("{loss} ≤ {word} {amount}{}", place("deductible")));
        }
        let largest = response.retained.iter().max_by(|(_, a), (_, b)| a.0.total_cmp(&b.0));
        largest.map(|(reason, _)| words::reason(reason, self.context.language).to_owned())
    }
}
