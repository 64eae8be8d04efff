//! What the extensions of a cover do with a loss, or why they refuse it.

use super::Page;
use crate::cover::{Cover, Refusal, Response};
use crate::mitigation::{DailyShortfall, Head};
use crate::outage::PlaceFault;
use crate::quantity::{Money, Share};
use crate::scenario::{Named, Policy};
use crate::view::Language;
use crate::view::number::percent;
use crate::view::words;

impl Page<'_> {
    /// Says why an extension refuses the outage, and where the file says so.
    pub(super) fn refusal(&self, policy: &Named<Policy>, response: &Response) -> Option<String> {
        let facts = &self.scenario().outage.circumstances;
        let place = |key: &str| self.place(&format!("cover.{}.{key}", policy.id));
        let key = match self.scenario().outage.cause {
            Some(crate::outage::Cause::UtilityFailure) => "utility",
            _ => "access",
        };
        Some(match response.extended.refusal? {
            Refusal::Provider => {
                let provider = facts.provider.as_deref().unwrap_or("?");
                let why =
                    self.of("공급자 명단에 없고 미지정 담보도 없음", "not in the schedule of providers");
                format!("{provider}: {why}{}", place("dependent"))
            }
            Refusal::Place(fault) => {
                let why = match fault {
                    PlaceFault::NoDamage => self.of("물적 손해가 없음", "nothing was damaged"),
                    PlaceFault::TooFar => self.of("약정 거리 밖", "too far away"),
                    PlaceFault::OverheadLine => self.of("가공선로 면책", "overhead lines are excluded"),
                };
                format!("{why}{}", place(key))
            }
            Refusal::ClosureTooShort => {
                let access = policy.terms.cover.extensions.access?;
                let (closed, minimum) = (self.hours(self.waterfall.duration), self.hours(access.minimum()));
                let word = self.of("최소 폐쇄시간", "minimum closure");
                format!("{closed}: {word} {minimum}{}", place("access"))
            }
        })
    }

    /// Says what becomes of costs that the cover takes in beside lost profit.
    pub(super) fn additions(
        &self,
        policy: &Named<Policy>,
        cover: &Cover,
        response: &Response,
    ) -> Option<String> {
        let language = self.context.language;
        let (terms, extended) = (&cover.extensions, &response.extended);
        let place = |key: &str| self.place(&format!("cover.{}.{key}", policy.id));
        let head = |head| words::head(head, language);
        let mut said = Vec::new();
        if let (Some(terms), Some(answer)) = (terms.increased_cost, extended.increased_cost) {
            let (cost, saved) = (self.money(answer.cost), self.money(answer.economic_limit));
            let part = match terms.insured_part {
                Share::ALL => String::new(),
                part => format!(" × {}", percent(part.get())),
            };
            let mut text = format!("{}: min({cost}{part}, {saved})", head(Head::IncreasedCost));
            if terms.additional > Money::ZERO {
                let (left, most) = (self.money(answer.cost - answer.payable), self.money(terms.additional));
                text = format!("{text} + min({left}, {most})");
            }
            if answer.beyond_saving() > Money::ZERO {
                let more = self.money(answer.beyond_saving());
                text = match language {
                    Language::Ko => format!("{text}, 조치 비용이 절감액보다 {more} 많음"),
                    Language::En => format!("{text}, it costs {more} more than it saves"),
                };
            }
            said.push(text + &place("increased_cost"));
        }
        let expense = extended.extra_expense;
        if expense.inside_wait + expense.beyond_saving > Money::ZERO {
            let mut text = format!("{}: {}", head(Head::ExtraExpense), self.money(expense.spent));
            for (word, amount) in [
                (self.of("대기기간 안", "inside the waiting period"), expense.inside_wait),
                (self.of("절감액 초과", "beyond the profit saved"), expense.beyond_saving),
            ] {
                if amount > Money::ZERO {
                    text = format!("{text} - {} ({word})", self.money(amount));
                }
            }
            said.push(text + &place("extra_expense"));
        }
        if let Some(terms) = terms.reputation
            && response.presented[Head::Reputation as usize] > Money::ZERO
        {
            let harm = extended.reputation;
            let text = if harm.without_publicity > Money::ZERO {
                self.of("부정적 보도 없음", "there was no adverse publicity").to_owned()
            } else {
                let (from, to) = (terms.waiting_days() + 1, terms.period_days());
                let part = percent(terms.attribution().get());
                let within = self.money(harm.covered + harm.not_attributed);
                match language {
                    Language::Ko => format!("{from}일째–{to}일째 {within} × 귀속 {part}"),
                    Language::En => format!("days {from} to {to}: {within} × {part} put down to it"),
                }
            };
            said.push(format!("{}: {text}{}", head(Head::Reputation), place("reputation")));
        }
        if extended.fees_not_paid > Money::ZERO {
            let (fees, not) =
                (self.money(extended.fees_not_paid), self.of("담보하지 않는 비용", "fees not paid"));
            said.push(format!(
                "{}: {not} {fees}{}",
                head(Head::ClaimsPreparation),
                place("claims_preparation")
            ));
        }
        (!said.is_empty()).then(|| said.join("; "))
    }

    /// Says the limit of an extension, where the outage falls under one.
    pub(super) fn extension_limit(&self, policy: &Named<Policy>, response: &Response) -> Option<String> {
        let limit = self.money(response.extended.limit?);
        let cause = self.scenario().outage.cause;
        let terms = &policy.terms.cover.extensions;
        let (word, key) = if terms.dependent(cause).is_some() {
            (self.of("공급자 한도", "limit for the provider"), "dependent")
        } else if terms.utility(cause).is_some() {
            (self.of("공익설비 한도", "limit for a utility"), "utility")
        } else {
            (self.of("출입제한 한도", "limit for a closure"), "access")
        };
        Some(format!("{word} {limit}{}", self.place(&format!("cover.{}.{key}", policy.id))))
    }

    /// Says how the cover shares the loss with others.
    pub(super) fn contribution(&self, policy: &Named<Policy>, response: &Response) -> Option<String> {
        let clause = policy.terms.cover.other_insurance?;
        let alone: Money = response.alone.iter().copied().sum();
        let (clause, alone) = (words::other_insurance(clause, self.context.language), self.money(alone));
        let place = self.place(&format!("cover.{}.other_insurance", policy.id));
        Some(match self.context.language {
            Language::Ko => format!("다른 보험의 몫: {clause}, 단독이면 {alone}{place}"),
            Language::En => {
                format!("What other insurance pays: {clause}; alone it would pay {alone}{place}")
            }
        })
    }

    /// Says a daily shortfall by its days.
    pub(super) fn days(&self, days: &DailyShortfall) -> String {
        let sales = days.days();
        let margin = percent(days.margin().get());
        let expected = self.money(days.expected());
        match self.context.language {
            Language::Ko => format!("{sales}일간 (기대 {expected} - 실적) × {margin}"),
            Language::En => format!("{sales} days of (expected {expected} - actual) × {margin}"),
        }
    }

    /// Says an amount that every outage comes to.
    pub(super) fn fixed(&self, amount: Money, normal: Money) -> String {
        if normal > Money::ZERO {
            self.beyond_normal(amount, normal)
        } else {
            self.of("정액", "the same for every outage").to_owned()
        }
    }

    /// Says what is spent, less what would have been spent anyway.
    pub(super) fn beyond_normal(&self, amount: Money, normal: Money) -> String {
        if normal > Money::ZERO {
            let (amount, normal) = (self.money(amount), self.money(normal));
            format!("({amount} - {} {normal})", self.of("평소", "normally"))
        } else {
            self.money(amount)
        }
    }
}
