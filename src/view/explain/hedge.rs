//! What a parametric cover or a hedge measures and pays, or why it pays nothing.

use super::Page;
use crate::hedge::{
    Contract, Counting, Gap, Index, IndustryLossWarranty, Level, LossMeasure, Monitor, Payout, Rounding,
    Schedule, Service, Settlement, WarrantyForm,
};
use crate::quantity::{Hours, Met, Money};
use crate::scenario::{HedgePosition, Named, ParametricPolicy};
use crate::view::Language;
use crate::view::number::percent;

impl Page<'_> {
    pub(super) fn parametric(&mut self, policy: &Named<ParametricPolicy>, payout: &Payout, paid: Money) {
        self.heading(self.context.language.label(&policy.label), &policy.id);
        self.clause_of(policy);
        self.stated_in(policy.terms.stated_in.as_ref());
        let (cover, key) = (&policy.terms.parametric, format!("parametric.{}", policy.id));
        if !matches!(cover.index, Index::OutageHours) {
            self.index(&cover.index, payout.level, &key);
        }
        let text = self.schedule(&cover.schedule, Hours(payout.level.0));
        self.sum(format!("  {text}{}", self.place(&format!("{key}.pays"))), payout.scheduled);
        if let Some(trigger) = cover.only_if {
            let loss = self.loss(trigger.measure);
            let sign = sign(payout.triggered, trigger.met);
            let text = format!(
                "  {} {} {sign} {}{}",
                self.of("손해 조건:", "needs a loss:"),
                self.money(loss),
                self.money(trigger.threshold),
                self.place(&format!("{key}.only_if")),
            );
            self.say(text);
            if !payout.triggered {
                self.sum(self.of("- 조건 미충족", "- trigger not met").to_owned(), -payout.scheduled);
            }
        }
        let event = payout.paid + payout.cut_by_year;
        if payout.triggered && event < payout.scheduled {
            let limit = self.money(cover.limit.unwrap_or_default());
            let place = self.place(&format!("{key}.limit"));
            let word = self.of("- 한도", "- above limit");
            self.sum(format!("{word} {limit}{place}"), event - payout.scheduled);
        }
        if payout.cut_by_year > Money::ZERO {
            let limit = self.money(cover.annual_limit.unwrap_or_default());
            let place = self.place(&format!("{key}.annual_limit"));
            let word = self.of("- 연간 한도", "- above the year's limit");
            self.sum(format!("{word} {limit}{place}"), -payout.cut_by_year);
        }
        self.given_up(payout.paid - paid);
        self.sum(self.of("= 지급", "= paid").to_owned(), paid);
        if payout.scheduled == Money::ZERO {
            let at = self.hours(Hours(payout.level.0));
            self.say(match self.context.language {
                Language::Ko => format!("  지급 없음: {at}에는 아직 지급이 시작되지 않음"),
                Language::En => format!("  Pays nothing: at {at} it has not started to pay"),
            });
        }
    }

    fn schedule(&self, schedule: &Schedule, hours: Hours) -> String {
        match schedule {
            Schedule::PerHour(hourly) => {
                let (rate, from) = (self.money(hourly.rate() * Hours(1.0)), self.hours(hourly.from()));
                let to =
                    hourly.to().map_or(self.of("끝까지", "the end").to_owned(), |to| self.hours(to));
                let (counted, whole) = (self.hours(hourly.paid_hours(hours)), hourly.whole_hours());
                let whole = if whole { self.of(" (정시만)", " (whole hours)") } else { "" };
                format!("{rate} × {counted}{whole} [{from}–{to}]")
            }
            Schedule::Steps(steps) => self.step_reached_at(steps, hours),
            Schedule::AddedSteps(steps) => {
                let together = self.of("도달한 단계의 합", "together with the steps below it");
                format!("{}, {together}", self.step_reached_at(steps, hours))
            }
            Schedule::Tick(tick) => {
                let (rate, strike) = (self.money(tick.tick), self.hours(Hours(tick.strike.0)));
                let cap = tick.cap.map_or(self.of("없음", "none").to_owned(), |cap| self.money(cap));
                format!(
                    "{rate} × ({} - {strike})⁺, {} {cap}",
                    self.hours(hours),
                    self.of("상한", "at most")
                )
            }
            Schedule::Loss { at, met, .. } => {
                let reached = sign(met.by(hours, *at), *met);
                let loss = self.of("손해액", "the loss");
                format!("{loss}: {} {reached} {}", self.hours(hours), self.hours(*at))
            }
        }
    }

    pub(super) fn hedge(&mut self, position: &Named<HedgePosition>, settled: &Settlement) {
        self.heading(self.context.language.label(&position.label), &position.id);
        self.clause_of(position);
        self.stated_in(position.terms.stated_in.as_ref());
        let (hedge, key) = (&position.terms.hedge, format!("hedge.{}", position.id));
        self.index(&hedge.index, settled.level, &key);
        let text = self.contract(&hedge.contract, &hedge.index, settled.level);
        let event = settled.payoff + settled.given_up + settled.cut_by_year;
        self.sum(format!("  {text}{}", self.place(&format!("{key}.kind"))), event);
        if settled.cut_by_year > Money::ZERO {
            let word = self.of("- 올해 이미 지급", "- paid earlier in the year");
            self.sum(word.to_owned(), -settled.cut_by_year);
        }
        self.given_up(settled.given_up);
        let costs = settled.payoff < Money::ZERO;
        let word = if costs {
            self.of("= 정산 (우리가 지급)", "= settles against us")
        } else {
            self.of("= 지급", "= paid")
        };
        self.sum(word.to_owned(), settled.payoff);
        if let Contract::CatBond(bond) = &hedge.contract {
            let (cost, coupon) = (self.money(bond.cost_of_year()), self.money(bond.coupon()));
            self.say(match self.context.language {
                Language::Ko => format!("  연간 비용 {cost} (스프레드); 투자자 쿠폰 {coupon}"),
                Language::En => format!("  A year costs {cost} (the spread); investors earn {coupon}"),
            });
        }
    }

    fn given_up(&mut self, amount: Money) {
        let word = self.of("- 초과 회수로 감액", "- given up: others paid it");
        self.unless_zero(word.to_owned(), -amount);
    }

    fn contract(&self, contract: &Contract, index: &Index, level: Level) -> String {
        let at = |level: Level| self.level(index, level);
        let tick = |tick: Money| {
            if index.is_of_hours() { format!("{} × ", self.money(tick)) } else { String::new() }
        };
        let read = at(level);
        match contract {
            Contract::CallSpread(spread) => {
                let (lower, upper) = (at(spread.lower()), at(spread.upper()));
                format!("{}({read} - {lower})⁺ [{lower}–{upper}]", tick(spread.tick()))
            }
            Contract::Swap(swap) => format!("{}({read} - {})", tick(swap.tick), at(swap.strike)),
            Contract::Cap(cap) => format!("{}({read} - {})⁺", tick(cap.tick), at(cap.strike)),
            Contract::SoldFloor(floor) => {
                format!("-{}({} - {read})⁺", tick(floor.tick), at(floor.strike))
            }
            Contract::Collar(collar) => {
                let (floor, cap) = (collar.floor(), collar.cap());
                let tick = tick(cap.tick);
                format!("{tick}({read} - {})⁺ - {tick}({} - {read})⁺", at(cap.strike), at(floor.strike))
            }
            Contract::RevenueSwap(swap) => {
                let share = percent(swap.notional.get());
                format!("{share} × ({} - {read})", self.money(swap.fixed))
            }
            Contract::CatBond(bond) => {
                let (from, to) = (at(bond.attachment()), at(bond.exhaustion()));
                let gone = percent(bond.reduced_share(level).get());
                let principal = self.of("원금", "principal");
                format!("{principal} {} × {gone} [{from}–{to}]", self.money(bond.principal()))
            }
            Contract::Warranty(warranty) => self.warranty(warranty, Money(level.0)),
        }
    }

    fn warranty(&self, warranty: &IndustryLossWarranty, own: Money) -> String {
        let outage = self.waterfall.duration;
        let industry = warranty.industry().of(outage);
        let met = warranty.how_met();
        let industry_sign = sign(warranty.industry_met(outage), met);
        let own_sign = sign(warranty.own_met(own), met);
        let form = match warranty.form() {
            WarrantyForm::Binary => self.of("한도 전액", "the limit").to_owned(),
            WarrantyForm::Indemnity => self.of("초과 손해", "the loss above its trigger").to_owned(),
            WarrantyForm::ProRata(full) => {
                format!("{} {}", self.of("비례, 전액은", "pro rata, in full at"), self.money(full))
            }
        };
        format!(
            "{form}; {} {} {industry_sign} {}; {} {} {own_sign} {}",
            self.of("산업 손해", "industry"),
            self.money(industry),
            self.money(warranty.industry_trigger()),
            self.of("우리 손해", "our loss"),
            self.money(own),
            self.money(warranty.own_trigger()),
        )
    }

    /// Says what an index reads, and how it is measured.
    fn index(&mut self, index: &Index, level: Level, key: &str) {
        let word = self.of("지수", "index");
        let (how, read) = (self.how_measured(index), self.level(index, level));
        let told = if matches!(index, Index::Revenue { .. }) { "period" } else { "index" };
        self.say(format!("  {word}: {how} = {read}{}", self.place(&format!("{key}.{told}"))));
        if let Index::HoursBelow { monitor, .. } | Index::Measured { monitor, .. } = index {
            let counted = self.counting(monitor);
            if !counted.is_empty() {
                self.say(format!("      {counted}"));
            }
        }
    }

    fn how_measured(&self, index: &Index) -> String {
        match index {
            Index::OutageHours => self.of("장애 시간", "hours of outage").to_owned(),
            Index::HoursBelow { service, below, .. } => {
                let level = percent(below.get());
                let whose = self.whose(service);
                match self.context.language {
                    Language::Ko => format!("{whose} 서비스 수준 {level} 미만 시간"),
                    Language::En => format!("hours of {whose} below {level} of service"),
                }
            }
            Index::Measured { log, .. } => {
                let runs = log.until(self.waterfall.duration).len();
                match self.context.language {
                    Language::Ko => format!("모니터 기록 {runs}건의 시간"),
                    Language::En => format!("hours of {runs} recorded runs"),
                }
            }
            Index::EquivalentHours { service, weights } => {
                let whose = self.whose(service);
                let weighted = weights.is_some();
                match self.context.language {
                    Language::Ko if weighted => format!("{whose} 가중 환산 장애 시간"),
                    Language::Ko => format!("{whose} 환산 장애 시간"),
                    Language::En if weighted => format!("weighted hours of lost service of {whose}"),
                    Language::En => format!("hours of lost service of {whose}"),
                }
            }
            Index::Loss(LossMeasure::Economic) => self.of("손실", "loss").to_owned(),
            Index::Loss(LossMeasure::AfterCovers) => {
                self.of("담보 회수 후 손실", "loss that covers leave").to_owned()
            }
            Index::Revenue { period, .. } => {
                let period = self.hours(*period);
                match self.context.language {
                    Language::Ko => format!("처음 {period}의 매출"),
                    Language::En => format!("revenue of the first {period}"),
                }
            }
        }
    }

    fn whose(&self, service: &Service) -> String {
        let name = |line: &usize| self.scenario().lines[*line].id.clone();
        match service.lines() {
            [(line, _)] => name(line),
            several => {
                let weighted = several.iter().map(|(line, share)| format!("{} {share}", name(line)));
                weighted.collect::<Vec<_>>().join(" + ")
            }
        }
    }

    fn counting(&self, monitor: &Monitor) -> String {
        let mut said = Vec::new();
        if monitor.min_run() > Hours::ZERO {
            let least = self.hours(monitor.min_run());
            said.push(match self.context.language {
                Language::Ko => format!("{least} 미만 제외"),
                Language::En => format!("runs under {least} dropped"),
            });
        }
        if let Some((within, gap)) = monitor.merge() {
            let (within, counted) = (self.hours(within), gap == Gap::Counted);
            said.push(match self.context.language {
                Language::Ko if counted => format!("{within} 미만 간격은 합쳐 세고 간격도 포함"),
                Language::Ko => format!("{within} 미만 간격은 합침 (간격 제외)"),
                Language::En if counted => format!("runs under {within} apart joined, gap counted"),
                Language::En => format!("runs under {within} apart joined, gap not counted"),
            });
        }
        if monitor.counting() == Counting::Longest {
            said.push(self.of("가장 긴 것만", "the longest alone").to_owned());
        }
        match monitor.rounding() {
            Rounding::None => {}
            Rounding::Down => said.push(self.of("정시 버림", "whole hours, rounded down").to_owned()),
            Rounding::Up => said.push(self.of("정시 올림", "whole hours, rounded up").to_owned()),
        }
        said.join("; ")
    }

    fn level(&self, index: &Index, level: Level) -> String {
        if index.is_of_hours() { self.hours(Hours(level.0)) } else { self.money(Money(level.0)) }
    }

    fn loss(&self, measure: LossMeasure) -> Money {
        let recovered = match measure {
            LossMeasure::Economic => Money::ZERO,
            LossMeasure::AfterCovers => self.waterfall.recovered(),
        };
        self.waterfall.economic_loss - recovered
    }

    fn clause_of<T>(&mut self, part: &Named<T>) {
        if let Some(clause) = &part.clause {
            self.say(format!("  {clause}"));
        }
    }
}

/// The sign between a value and the threshold that it meets or does not meet.
fn sign(is_met: bool, how: Met) -> &'static str {
    match (is_met, how) {
        (true, Met::MoreThan) => ">",
        (true, Met::AtLeast) => "≥",
        (false, Met::MoreThan) => "≤",
        (false, Met::AtLeast) => "<",
    }
}
