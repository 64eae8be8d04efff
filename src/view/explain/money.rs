//! The terms of a cover that count money, each in a line with its figures.

use super::Page;
use crate::cover::{
    AggregateDeductible, ByHead, DailyAverage, Deducted, Deductible, Period, Reading, Response, Step,
    Sublimit,
};
use crate::mitigation::Head;
use crate::quantity::{Hours, Money, Share};
use crate::reason::Reason;
use crate::scenario::{Named, Policy};
use crate::view::Language;
use crate::view::number::percent;
use crate::view::words;

impl Page<'_> {
    /// Says what a step does, with its figures; nothing where the cover has no such term.
    pub(super) fn money_step(
        &self,
        policy: &Named<Policy>,
        response: &Response,
        step: Step,
        before: Money,
    ) -> Option<String> {
        let (cover, language) = (&policy.terms.cover, self.context.language);
        let place = |key: &str| self.place(&format!("cover.{}.{key}", policy.id));
        let named = |reason| words::reason(reason, language);
        let greater = cover.waiting_period.is_some_and(|wait| wait.reading() == Reading::GreaterOf);
        Some(match step {
            Step::PeriodLimit => self.period_limits(policy, response)?,
            Step::Sublimit => {
                let sublimits = self.sublimits(policy, |sublimit| !sublimit.net_of_deductible);
                let said: Vec<String> =
                    sublimits.into_iter().chain(self.extension_limit(policy, response)).collect();
                if said.is_empty() {
                    return None;
                }
                said.join("; ")
            }
            Step::SublimitAfterDeductible => {
                let text = self.sublimits(policy, |sublimit| sublimit.net_of_deductible)?;
                format!("{text}{}", self.of(", 자기부담금 공제 후", ", after the deductible"))
            }
            Step::GreaterOfOnLostProfit if !greater => return None,
            Step::Deductible if cover.deductible == Deductible::NONE && !greater => return None,
            Step::GreaterOfOnLostProfit | Step::Deductible => {
                let amount = self.deductible(cover.deductible, &response.deducted);
                let inside = self.money(response.inside_waiting_period);
                let rule = if greater { format!("max({amount}, {inside})") } else { amount };
                let capped = match cover.aggregate_deductible {
                    Some(cap @ AggregateDeductible::CapOnRetentions { maintenance, .. }) => {
                        let (most, left) = (self.money(cap.amount()), self.money(maintenance));
                        let key = place("aggregate_deductible");
                        let [year, least] = [
                            self.of("연간 최대", "of the year at most"),
                            self.of("사고당 최소", "each loss at least"),
                        ];
                        format!(", {year} {most}, {least} {left}{key}")
                    }
                    _ => String::new(),
                };
                let on = if step == Step::GreaterOfOnLostProfit {
                    self.of(" (상실이익에서만)", " (off lost profit alone)")
                } else {
                    ""
                };
                format!("{} {rule}{on}{}{capped}", named(Reason::Deductible), place("deductible"))
            }
            Step::InsuredShare => {
                if cover.insured_share == Share::NONE {
                    return None;
                }
                let share = percent(cover.insured_share.get());
                let free: Vec<&str> =
                    cover.no_share.iter().map(|head| words::head(*head, language)).collect();
                let of = if free.is_empty() {
                    self.money(before)
                } else {
                    let bearing = Head::ALL.into_iter().filter(|(_, head)| !cover.no_share.contains(head));
                    let bearing = bearing.map(|(_, head)| words::head(head, language));
                    let bearing: Vec<&str> =
                        bearing.filter(|name| self.is_presented(response, name)).collect();
                    let free = free.join(", ");
                    let free = match language {
                        Language::Ko => format!("{free} 제외"),
                        Language::En => format!("not of {free}"),
                    };
                    format!("{} ({free})", bearing.join(", "))
                };
                format!("{} {share} × {of}{}", named(Reason::InsuredShare), place("insured_share"))
            }
            Step::OccurrenceLimit => {
                let limit = cover.occurrence_limit?;
                let word = self.of("1사고 한도", "Occurrence limit");
                let eroded = if cover.deductible_erodes_limit && response.deducted.taken > Money::ZERO {
                    let taken = response.deducted.taken;
                    let left = (limit - taken).positive();
                    format!(
                        " - {} = {}{}",
                        self.money(taken),
                        self.money(left),
                        place("limit_and_deductible")
                    )
                } else {
                    String::new()
                };
                format!("{word} {}{eroded}{}", self.money(limit), place("occurrence_limit"))
            }
            Step::AggregateDeductible => {
                let Some(absorb @ AggregateDeductible::Absorb(_)) = cover.aggregate_deductible else {
                    return None;
                };
                // What this loss bore was left before it.
                let left = absorb.left(&response.year) + response.retained[Reason::AggregateDeductible];
                format!(
                    "{}, {}{}",
                    named(Reason::AggregateDeductible),
                    self.left_of(left, absorb.amount()),
                    place("aggregate_deductible")
                )
            }
            Step::AggregateLimit => {
                let limit = cover.aggregate_limit?;
                // The step's result is what this loss used of it.
                let used = response.year.within_aggregate - response.after(Step::AggregateLimit);
                let word = self.of("연간 총보상한도", "Annual aggregate limit");
                let left = self.left_of((limit - used).positive(), limit);
                format!("{word}, {left}{}", place("aggregate_limit"))
            }
            _ => return None,
        })
    }

    fn left_of(&self, left: Money, whole: Money) -> String {
        let (left, whole) = (self.money(left), self.money(whole));
        match self.context.language {
            Language::Ko => format!("{whole} 중 {left} 남음"),
            Language::En => format!("{left} left of {whole}"),
        }
    }

    fn is_presented(&self, response: &Response, name: &str) -> bool {
        let heads = Head::ALL.into_iter().zip(response.presented);
        heads.into_iter().any(|((_, head), amount)| {
            amount > Money::ZERO && words::head(head, self.context.language) == name
        })
    }

    fn sublimits(&self, policy: &Named<Policy>, which: impl Fn(&Sublimit) -> bool) -> Option<String> {
        let language = self.context.language;
        let limits = Head::ALL.into_iter().zip(policy.terms.cover.sublimits);
        let limits: Vec<String> = limits
            .filter_map(|((_, head), sublimit)| {
                let sublimit = sublimit.filter(&which)?;
                let beside = if sublimit.in_addition {
                    self.of(" (한도와 별도)", " (in addition to the limit)")
                } else {
                    ""
                };
                Some(format!("{} {}{beside}", words::head(head, language), self.money(sublimit.most)))
            })
            .collect();
        if limits.is_empty() {
            return None;
        }
        let place = self.place(&format!("cover.{}.sublimits", policy.id));
        Some(format!("{}: {}{place}", words::reason(Reason::Sublimit, language), limits.join(", ")))
    }

    fn period_limits(&self, policy: &Named<Policy>, response: &Response) -> Option<String> {
        let limits = policy.terms.cover.period_limits;
        let said: Vec<String> = limits
            .periods()
            .filter_map(|period| {
                let most = self.money(limits.most(period, Hours(1.0))?);
                let of_period = response.periods_reached.iter().filter(|it| it.period == period);
                let (all, above) =
                    of_period.fold((0, 0), |(all, above), it| (all + 1, above + usize::from(it.reached)));
                let name = words::period_limit(period, self.context.language);
                let place = self.place(&format!("cover.{}.{}", policy.id, period.key()));
                let [unit, units] = match period {
                    Period::Hour => ["시간", "hours"],
                    Period::Day => ["일", "days"],
                    Period::Month => ["개월", "months"],
                };
                Some(match self.context.language {
                    Language::Ko => format!("{name} {most}, {all}{unit} 중 {above}{unit} 초과{place}"),
                    Language::En => format!("{name} {most}, {above} of {all} {units} above it{place}"),
                })
            })
            .collect();
        if said.is_empty() { None } else { Some(said.join("; ")) }
    }

    /// Says a deductible by its rule, with the figures of this loss.
    pub(super) fn deductible(&self, deductible: Deductible, deducted: &Deducted) -> String {
        let money = |amount| self.money(amount);
        match deductible {
            Deductible::Straight(amount) => money(amount),
            Deductible::Franchise { threshold, .. } => {
                format!("({}) {}", self.of("프랜차이즈", "franchise"), money(threshold))
            }
            Deductible::Disappearing { amount, vanishes_at } => {
                let (kind, gone) = (self.of("소멸성", "disappearing"), self.of("소멸", "gone at"));
                format!("({kind}) {}, {gone} {}", money(amount), money(vanishes_at))
            }
            Deductible::Percentage { share, base, minimum, maximum } => {
                let most = maximum.map_or(self.of("무한", "none").to_owned(), money);
                let part = percent(share.get());
                let of = money(base.stated().unwrap_or(deducted.on));
                format!("clamp({part} × {of}, {}, {most})", money(minimum))
            }
            Deductible::AverageDailyValue { days, average, .. } => {
                let of = match average {
                    DailyAverage::Value => self.of("일평균가액", "average daily value"),
                    DailyAverage::Loss => self.of("일평균 손해", "average daily loss"),
                };
                format!("({of} × {days}) {}", money(deducted.due))
            }
            Deductible::PerHead(own) => {
                format!("({}) {}", self.of("담보별", "per head"), self.amounts_by_head(&own))
            }
            Deductible::LargestOfHeads(own) => {
                let largest = self.of("담보 중 최대", "largest of heads");
                format!("({largest}: {}) {}", self.amounts_by_head(&own), money(deducted.due))
            }
        }
    }

    fn amounts_by_head(&self, amounts: &ByHead) -> String {
        let stated = Head::ALL.into_iter().zip(amounts).filter(|(_, amount)| **amount > Money::ZERO);
        let stated = stated.map(|((_, head), amount)| {
            format!("{} {}", words::head(head, self.context.language), self.money(*amount))
        });
        stated.collect::<Vec<_>>().join(", ")
    }
}
