//! What an annual cover gives one outage, of what it pays of the year.

use super::Page;
use crate::annual::{self, Annual};
use crate::quantity::Money;
use crate::scenario::{AnnualPolicy, Named};
use crate::waterfall::Priced;

impl Page<'_> {
    pub(super) fn annual(&mut self, place: usize) {
        let scenario = self.scenario();
        let (policy, given) = (&scenario.annuals[place], self.waterfall.annual[place]);
        self.heading(self.context.language.label(&policy.label), &policy.id);
        if let Some(clause) = &policy.clause {
            self.say(format!("  {clause}"));
        }
        if given <= Money::ZERO {
            let why = self.why_annual_gives_nothing(policy, place);
            let nothing = self.of("지급 없음", "Pays nothing");
            self.say(format!("  {nothing}: {why}"));
        }
        let terms = scenario.annuals.iter().map(|annual| &annual.terms.annual);
        let year = annual::paid(terms, &self.waterfall.year);
        let (measured, paid) = year[place];
        if let Annual::Basket(covers, _) = &policy.terms.annual {
            for cover in covers {
                let kept = self.waterfall.year.kept.get(*cover).copied().unwrap_or_default();
                self.sum(format!("  {}", scenario.covers[*cover].id), kept);
            }
        }
        let text = match policy.terms.annual {
            Annual::Basket(..) => self.of("= 연간 합계", "= together in the year"),
            Annual::StopLoss(_) => self.of("연간 우리 부담", "retained in the year"),
        };
        self.sum(format!("  {text}"), measured);
        let span = policy.terms.annual.span();
        let path = format!("annual.{}", policy.id);
        let (above, attachment) = (self.of("- 개시점", "- attachment"), self.money(span.attachment()));
        let place_of = self.place(&format!("{path}.attachment"));
        self.sum(format!("{above} {attachment}{place_of}"), -span.attachment().min(measured));
        let over = (measured - span.attachment()).positive();
        if let Some(limit) = span.limit().filter(|limit| over > *limit) {
            let (word, limit) = (self.of("- 한도 초과", "- above the limit"), self.money(limit));
            let place_of = self.place(&format!("{path}.limit"));
            self.sum(format!("{word} {limit}{place_of}"), paid - over);
        }
        self.sum(self.of("= 연간 지급", "= paid of the year").to_owned(), paid);
        if paid - given > Money::ZERO {
            let text = self.of("- 앞선 장애에 지급", "- paid for the outages before");
            self.sum(text.to_owned(), given - paid);
        }
        self.sum(self.of("= 이 장애의 몫", "= given to this outage").to_owned(), given);
        let claims = annual::Claims { paid, reinstatement: Money::ZERO };
        let premium = &policy.terms.premium;
        self.price(Priced::Annual(place), premium, span.limit(), &format!("{path}.premium"), claims);
        self.origin(policy);
    }

    /// What each annual cover takes off the net loss.
    pub(super) fn annuals(&mut self) {
        let scenario = self.scenario();
        for (place, (policy, given)) in scenario.annuals.iter().zip(&self.waterfall.annual).enumerate() {
            let why = if *given > Money::ZERO {
                String::new()
            } else {
                format!(": {}", self.why_annual_gives_nothing(policy, place))
            };
            self.sum(format!("- {}{}{why}", policy.id, super::clause(policy)), -*given);
        }
    }

    /// Says why an annual cover gives this outage nothing.
    pub(super) fn why_annual_gives_nothing(&self, policy: &Named<AnnualPolicy>, place: usize) -> String {
        let terms = self.scenario().annuals.iter().map(|annual| &annual.terms.annual);
        let (measured, paid) = annual::paid(terms, &self.waterfall.year)[place];
        let span = policy.terms.annual.span();
        if measured <= span.attachment() {
            let (year, attachment) = (self.money(measured), self.money(span.attachment()));
            let (so_far, at) = (self.of("연간 누계", "the year comes to"), self.of("개시점", "attachment"));
            format!("{so_far} {year} ≤ {at} {attachment}")
        } else if span.limit().is_some_and(|limit| paid >= limit) {
            self.of("앞선 장애로 소진", "used up by the outages before").to_owned()
        } else {
            self.of("이 장애는 더하는 것이 없음", "this outage adds nothing to the year").to_owned()
        }
    }
}
