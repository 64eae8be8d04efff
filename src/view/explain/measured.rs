//! What a policy measures, said in figures: its form, its rate, and average.

use super::Page;
use crate::cover::{Average, Basis, Books, Bridge, Cover, Form, Measure, Response, ValueAtRisk};
use crate::quantity::{Money, Share};
use crate::reason::Reason;
use crate::scenario::{Named, Policy};
use crate::view::number::percent;
use crate::view::words;

impl Page<'_> {
    /// Walks from turnover to the policy's loss, and from one form to the other.
    pub(super) fn measured(&mut self, policy: &Named<Policy>, response: &Response) {
        let (Some(measure), Some(bridge)) = (policy.terms.cover.measure, response.bridge) else { return };
        let word = self.of("산정 방식", "Measured by the");
        let place = self.place(&format!("cover.{}.measure", policy.id));
        let (form, rate) = (words::form(measure.form, self.context.language), self.rate(measure));
        self.say(format!("  {word} {form}, {rate}{place}"));
        let Bridge { standard_turnover, actual_turnover, costs_that_stop, savings, .. } = bridge;
        let Bridge { salvage, overtime, .. } = bridge;
        let Bridge { gross_profit_form, after_restoration, gross_earnings_form, .. } = bridge;
        let stops = percent(measure.rate.get().rest().get());
        let costs = format!("    - {} {stops}", self.of("담보하지 않는 비용", "costs not insured"));
        for (text, amount) in [
            (self.of("    표준매출액", "    standard turnover").to_owned(), standard_turnover),
            (self.of("    - 실제매출액", "    - actual turnover").to_owned(), -actual_turnover),
            (costs, -costs_that_stop),
            (self.of("    - 절감된 담보 비용", "    - insured charges saved").to_owned(), -savings),
            (self.of("    - 잔존물", "    - salvage").to_owned(), -salvage),
            (self.of("    + 만회에 든 시간외 비용", "    + overtime to make up").to_owned(), overtime),
        ] {
            self.unless_zero(text, amount);
        }
        let until_normal = self.of(
            "    = 총이익 방식: 실적이 정상이 될 때까지",
            "    = gross profit form: until results are normal",
        );
        self.sum(until_normal.to_owned(), gross_profit_form);
        self.unless_zero(
            self.of("    - 복구 뒤의 손실", "    - lost after restoration").to_owned(),
            -after_restoration,
        );
        let until_restored = self.of(
            "    = 총수익 방식: 복구될 때까지",
            "    = gross earnings form: until operations are restored",
        );
        self.sum(until_restored.to_owned(), gross_earnings_form);
    }

    /// Says how far the policy's measure is from our own loss.
    pub(super) fn measured_otherwise(&mut self, response: &Response) {
        let word = words::reason(Reason::PolicyMeasure, self.context.language);
        self.unless_zero(format!("- {word}"), -response.retained[Reason::PolicyMeasure]);
    }

    fn rate(&self, measure: Measure) -> String {
        let (money, part) = (|amount| self.money(amount), |share: Share| percent(share.get()));
        let rate = part(measure.rate.get());
        let worked_out = match measure.rate.books() {
            Books::Stated(stated) => part(stated),
            Books::Difference { turnover, opening_stock, closing_stock, uninsured_working_expenses } => {
                let stock = match closing_stock - opening_stock {
                    Money::ZERO => String::new(),
                    _ => format!(" + {} - {}", money(closing_stock), money(opening_stock)),
                };
                let (turnover, expenses) = (money(turnover), money(uninsured_working_expenses));
                format!("({turnover}{stock} - {expenses}) / {turnover}")
            }
            Books::Additions { turnover, net_profit, insured_charges, all_charges } => {
                let charges = if net_profit < Money::ZERO {
                    format!(" × {} / {}", money(insured_charges), money(all_charges))
                } else {
                    String::new()
                };
                format!(
                    "({} + {}{charges}) / {}",
                    money(insured_charges),
                    money(net_profit),
                    money(turnover)
                )
            }
            Books::OperatingProfit { turnover, operating_profit, fixed_costs } => {
                format!("({} + {}) / {}", money(operating_profit), money(fixed_costs), money(turnover))
            }
            Books::CostsThatStop { cost_of_sales, charges } => {
                format!("100% - {} - {}", part(cost_of_sales), part(charges))
            }
            Books::NetIncome { turnover, net_income, continuing_expenses } => {
                format!("({} + {}) / {}", money(net_income), money(continuing_expenses), money(turnover))
            }
        };
        let trend = measure.rate.trend().get();
        let worked_out = if trend == 1.0 { worked_out } else { format!("({worked_out}) × {trend}") };
        let word = self.of("이익률", "rate of profit");
        if worked_out == rate { format!("{word} {rate}") } else { format!("{word} {rate} = {worked_out}") }
    }

    /// Says until when lost profit is covered.
    pub(super) fn indemnity(
        &self,
        policy: &Named<Policy>,
        cover: &Cover,
        response: &Response,
    ) -> Option<String> {
        let place = |key: &str| self.place(&format!("cover.{}.{key}", policy.id));
        let until_restored = cover.measure.is_some_and(|measure| measure.form == Form::GrossEarnings);
        let mut text = match cover.indemnity_period {
            Some(period) => {
                let wait = cover.waiting_period.and_then(|wait| {
                    response.runs.iter().find(|run| wait.met(run)).map(|run| wait.over(run))
                });
                let ends = self.hours(period.ends(wait.unwrap_or_default()));
                let word = self.of("보상기간", "Indemnity period, to");
                format!("{word} {ends}{}", place("indemnity_period"))
            }
            None if until_restored => {
                let word = self.of("복구될 때까지", "Until operations are restored");
                format!("{word}{}", place("measure"))
            }
            None => return None,
        };
        if let Some(extended) = cover.extended_period {
            let word = self.of("복구 뒤", "and after restoration");
            text.push_str(&format!(", {word} {}{}", self.hours(extended), place("extended_period")));
        }
        Some(text)
    }

    /// Says an average clause with its figures; nothing where it does nothing.
    pub(super) fn average(
        &self,
        policy: &Named<Policy>,
        cover: &Cover,
        response: &Response,
    ) -> Option<String> {
        let Average { basis, .. } = cover.average?;
        let place = self.place(&format!("cover.{}.average", policy.id));
        let word = words::reason(Reason::Average, self.context.language);
        match basis {
            Basis::AgreedValue => None,
            Basis::Declared { estimate, up_to } => {
                let word = self.of("신고액 연동 한도", "Limit of the declaration");
                let times = percent(up_to);
                Some(format!("{word} {times} × {}{place}", self.money(estimate)))
            }
            Basis::Proportional { sum_insured, value } => {
                let at_risk = self.money(value.of(cover.indemnity_length()));
                let factor = percent(response.average.get());
                let sum_insured = self.money(sum_insured);
                let worked_out = self.value_at_risk(value, cover);
                Some(format!("{word} {factor} = {sum_insured} / {at_risk} ({worked_out}){place}"))
            }
        }
    }

    fn value_at_risk(&self, value: ValueAtRisk, cover: &Cover) -> String {
        match value {
            ValueAtRisk::Iso { coinsurance, net_income, operating_expenses, less } => {
                let less = match less {
                    Money::ZERO => String::new(),
                    less => format!(" - {}", self.money(less)),
                };
                let (income, expenses) = (self.money(net_income), self.money(operating_expenses));
                format!("{} × ({income} + {expenses}{less})", percent(coinsurance.get()))
            }
            ValueAtRisk::GrossProfit { rate, annual_turnover } => {
                let years =
                    cover.indemnity_length().map_or(1.0, |period| period.0 / crate::profile::YEAR.0);
                let years = if years > 1.0 { format!(" × {years}") } else { String::new() };
                format!("{} × {}{years}", percent(rate.get().get()), self.money(annual_turnover))
            }
        }
    }
}
