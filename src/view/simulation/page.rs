//! The simulation as a page: what a year costs, its worst years, who pays, what stays.

use super::{Shown, chart, percent, with_error};
use crate::quantity::{Hours, Money};
use crate::risk::{Distribution, Estimate, Measure, PayerKind, Tolerable, quantiles_of};
use crate::view::Language;
use crate::view::number::{Unit, duration};
use crate::view::table::{Column, draw};
use crate::view::words;

const WIDTH: usize = 80;

/// A page under way: what it shows, in which unit and language.
struct Page<'s> {
    shown: &'s Shown<'s>,
    unit: Unit,
    language: Language,
}

/// Writes a simulation as a page.
#[must_use]
pub fn page(shown: &Shown<'_>, language: Language) -> String {
    let gross = shown.summary.get(Measure::Gross);
    let large = gross.map_or(Money::ZERO, |years| years.value_at_risk(0.99).value);
    let page = Page { shown, unit: Unit::auto(large, &shown.subject.currency, language), language };
    let parts = [
        page.title(),
        page.year(),
        page.worst_years(),
        page.worst_outages(),
        page.beyond(),
        page.chart(),
        page.payers(),
        page.above_loss(),
        page.retained(),
        page.cost_of_risk(),
        page.appetite(),
        page.exact(),
    ];
    let mut text = parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}

impl Page<'_> {
    fn of<'w>(&self, korean: &'w str, english: &'w str) -> &'w str {
        self.language.of(korean, english)
    }

    fn show(&self, estimate: Estimate) -> String {
        with_error(estimate, self.unit, self.language)
    }

    fn years(&self, measure: Measure) -> Option<&Distribution> {
        self.shown.summary.get(measure)
    }

    fn title(&self) -> Option<String> {
        let Shown { subject, summary, .. } = self.shown;
        let name = self.language.label(&subject.name);
        let years = grouped(summary.years);
        let seed = subject.seed;
        let drawn = match self.language {
            Language::Ko => format!("{years}년을 추출(시드 {seed}) · ± 표준오차"),
            Language::En => format!("{years} years drawn with seed {seed} · ± one standard error"),
        };
        let unit = self.unit.title(&subject.currency, self.language);
        let unit = format!("{}: {unit}", self.of("단위", "Unit"));
        let mut lines = vec![name.to_owned(), drawn, unit];
        if subject.stratified {
            lines.push(
                self.of(
                    "층화 추출: VaR·TVaR의 오차는 단순 추출의 것으로, 실제보다 큽니다",
                    "Stratified: errors of VaR and TVaR are those of plain draws, so too large",
                )
                .to_owned(),
            );
        }
        if let Some(reason) = &subject.needs_waterfall {
            lines.push(match self.language {
                Language::Ko => format!("장애마다 전체 단계를 계산({reason})"),
                Language::En => format!("Priced outage by outage, for {reason}"),
            });
        }
        if let Some(asked) = self.shown.stopped_before {
            let asked = grouped(asked);
            lines.push(match self.language {
                Language::Ko => format!("중단됨: {asked}년 가운데 {years}년까지의 결과"),
                Language::En => format!("Stopped: these are {years} of {asked} years"),
            });
        }
        Some(lines.join("\n"))
    }

    fn year(&self) -> Option<String> {
        let (gross, net) = (self.years(Measure::Gross)?, self.years(Measure::Net)?);
        let rows = [
            self.of("연평균", "Mean (AAL)").to_owned(),
            self.of("표준편차", "Standard deviation").to_owned(),
            self.of("손실이 있는 해", "Years with any").to_owned(),
        ];
        let column = |heading: &str, of: &Distribution| {
            let deviation = self.unit.to_the(of.mean().error).show(of.deviation(), self.language);
            let cells = [self.show(of.mean()), deviation, percent(of.chance_above_zero().share)];
            Column::numbers(heading, cells)
        };
        let columns = [
            column(self.of("손실", "Loss"), gross),
            column(self.of("순손실(프로그램 비용 포함)", "Net loss, programme cost included"), net),
        ];
        Some(draw(&Column::words(self.of("한 해", "A year"), rows), &columns, WIDTH))
    }

    fn periods(&self) -> Column {
        let period = |(_, period): (f64, u32)| match self.language {
            Language::Ko => format!("{}년에 한 번", grouped(u64::from(period))),
            Language::En => format!("1 year in {}", grouped(u64::from(period))),
        };
        Column::words(
            self.of("재현기간", "Return period"),
            quantiles_of(self.shown.summary.years).map(period),
        )
    }

    fn curve(
        &self,
        heading: &str,
        of: &Distribution,
        figure: fn(&Distribution, f64) -> Estimate,
    ) -> Column {
        let cells = quantiles_of(self.shown.summary.years).map(|(p, _)| self.show(figure(of, p)));
        Column::numbers(heading, cells)
    }

    fn worst_years(&self) -> Option<String> {
        quantiles_of(self.shown.summary.years).next()?;
        let (gross, net) = (self.years(Measure::Gross)?, self.years(Measure::Net)?);
        let columns = [
            self.curve(self.of("손실", "Loss"), gross, Distribution::value_at_risk),
            self.curve(self.of("순손실", "Net loss"), net, Distribution::value_at_risk),
        ];
        let heading = self.of(
            "연간 합계 초과확률(AEP): 그 해에 이만큼을 넘는다",
            "Worst years (AEP): the year's total passes",
        );
        Some(format!("{heading}\n{}", draw(&self.periods(), &columns, WIDTH)))
    }

    fn worst_outages(&self) -> Option<String> {
        quantiles_of(self.shown.summary.years).next()?;
        let (gross, net) = (self.years(Measure::WorstGross)?, self.years(Measure::WorstNet)?);
        let columns = [
            self.curve(self.of("손실", "Loss"), gross, Distribution::value_at_risk),
            self.curve(
                self.of("순손실(프로그램 비용 제외)", "Net loss, programme cost left out"),
                net,
                Distribution::value_at_risk,
            ),
        ];
        let heading = self.of(
            "최대 사고 초과확률(OEP): 그 해의 가장 큰 장애가 이만큼을 넘는다",
            "Worst outages (OEP): the year's worst outage passes",
        );
        Some(format!("{heading}\n{}", draw(&self.periods(), &columns, WIDTH)))
    }

    fn beyond(&self) -> Option<String> {
        quantiles_of(self.shown.summary.years).next()?;
        let (gross, net) = (self.years(Measure::Gross)?, self.years(Measure::Net)?);
        let columns = [
            self.curve(self.of("손실", "Loss"), gross, Distribution::tail_value_at_risk),
            self.curve(self.of("순손실", "Net loss"), net, Distribution::tail_value_at_risk),
        ];
        let heading = self.of("그보다 나쁜 해의 평균(TVaR)", "Mean of the years beyond (TVaR)");
        Some(format!("{heading}\n{}", draw(&self.periods(), &columns, WIDTH)))
    }

    fn chart(&self) -> Option<String> {
        let (gross, net) = (self.years(Measure::Gross)?, self.years(Measure::Net)?);
        let (last, _) = quantiles_of(self.shown.summary.years).last()?;
        let largest = gross.value_at_risk(last).value.max(net.value_at_risk(last).value);
        // A line has two ends.
        let drawn = quantiles_of(self.shown.summary.years).count() > 1 && largest > Money::ZERO;
        drawn.then(|| chart::draw(gross, net, self.unit, WIDTH, self.language))
    }

    fn payers(&self) -> Option<String> {
        let Shown { subject, summary, .. } = self.shown;
        let mut rows: Vec<[String; 6]> = Vec::new();
        for (_, kind) in PayerKind::ALL {
            for (place, payer) in subject.of_kind(kind).enumerate() {
                let measure = kind.measure(place);
                let mean = summary.mean(measure);
                let premium = payer.premium;
                let ratio = |part: f64, whole: f64| {
                    if premium > Money::ZERO && whole > 0.0 { Some(part / whole) } else { None }
                };
                let or_none = |ratio: Option<String>| ratio.unwrap_or_else(|| "-".into());
                let exhausted = (kind == PayerKind::Cover && payer.layers.is_empty())
                    .then(|| percent(summary.chance(Measure::Exhausted(place)).share));
                rows.push([
                    payer.id.clone(),
                    self.show(mean),
                    or_none(ratio(mean.value.0, premium.0).map(percent)),
                    or_none(ratio(premium.0, mean.value.0).map(|multiple| format!("{multiple:.2}"))),
                    percent(summary.chance(measure).share),
                    or_none(exhausted),
                ]);
                for (at, id) in payer.layers.iter().enumerate() {
                    rows.push([
                        format!("  {id}"),
                        self.show(summary.mean(Measure::Layer(place, at))),
                        "-".into(),
                        "-".into(),
                        percent(summary.chance(Measure::Layer(place, at)).share),
                        percent(summary.chance(Measure::LayerExhausted(place, at)).share),
                    ]);
                }
            }
        }
        if rows.is_empty() {
            return None;
        }
        let cells = |place: usize| rows.iter().map(move |row| row[place].clone());
        let columns = [
            Column::numbers(self.of("연평균 지급", "Mean paid"), cells(1)),
            Column::numbers(self.of("예상 손해율", "Loss ratio"), cells(2)),
            Column::numbers(self.of("배수", "Multiple"), cells(3)),
            Column::numbers(self.of("지급하는 해", "Attaches"), cells(4)),
            Column::numbers(self.of("소진되는 해", "Exhausts"), cells(5)),
        ];
        Some(draw(&Column::words(self.of("지급자", "Payer"), cells(0)), &columns, WIDTH))
    }

    fn above_loss(&self) -> Option<String> {
        let years = self.years(Measure::AboveLoss)?;
        let chance = years.chance_above_zero();
        if chance.share == 0.0 {
            return None;
        }
        let (mean, share) = (self.show(years.mean()), percent(chance.share));
        Some(match self.language {
            Language::Ko => format!("손실을 넘는 회수: 연평균 {mean}, {share}의 해에 발생"),
            Language::En => format!("Recovery above the loss: {mean} in a mean year, in {share} of years"),
        })
    }

    fn retained(&self) -> Option<String> {
        let retained = &self.shown.summary.retained;
        if retained.is_empty() {
            return None;
        }
        let names = retained.iter().map(|(reason, _)| words::reason(*reason, self.language).to_owned());
        let amounts = retained.iter().map(|(_, kept)| self.show(*kept));
        let heading = self.of("보험이 남기는 손실", "Left with us by covers");
        let column = Column::numbers(self.of("연평균", "Mean of a year"), amounts);
        Some(draw(&Column::words(heading, names), &[column], WIDTH))
    }

    fn cost_of_risk(&self) -> Option<String> {
        let Shown { subject, summary, cost_of_capital, .. } = self.shown;
        if subject.payers.is_empty() {
            return None;
        }
        let of = summary.cost_of_risk(*cost_of_capital);
        let mut rows: Vec<(&str, [Money; 2])> = vec![
            (self.of("보유 손실", "Retained loss"), of.map(|cost| cost.retained)),
            (self.of("프로그램 비용", "Programme"), of.map(|cost| cost.programme)),
        ];
        if cost_of_capital.is_some() {
            rows.push((self.of("자본비용", "Capital behind it"), of.map(|cost| cost.capital)));
        }
        rows.push((self.of("총위험비용", "Total cost of risk"), of.map(|cost| cost.total())));
        if subject.revenue > Money::ZERO {
            let per_mille = |cost: Money| Money(cost.0 / subject.revenue.0 * 1_000.0);
            let name = self.of("  매출 1,000당", "  in 1,000 of revenue");
            rows.push((name, of.map(|cost| per_mille(cost.total()))));
        }
        // A thousandth of what risk costs is as fine as anybody reads it.
        let fine = self.unit.to_the(Money(of[0].total().0.abs().max(1.0) / 1_000.0));
        let cells = |place: usize| {
            rows.iter().map(move |(name, of)| match name.starts_with("  ") {
                true => format!("{:.2}", of[place].0),
                false => fine.show(of[place], self.language),
            })
        };
        let names = rows.iter().map(|(name, _)| (*name).to_owned());
        let columns = [
            Column::numbers(self.of("프로그램 없이", "Without programme"), cells(0)),
            Column::numbers(self.of("프로그램과 함께", "With it"), cells(1)),
        ];
        Some(draw(
            &Column::words(self.of("한 해의 위험비용", "Cost of risk in a year"), names),
            &columns,
            WIDTH,
        ))
    }

    fn appetite(&self) -> Option<String> {
        let amount = self.shown.subject.appetite?;
        let shown = self.unit.show(amount, self.language);
        let passing = |measure| self.years(measure).and_then(|years| years.passing(amount.0));
        let say = |of: crate::risk::Chance| match (self.language, of.share > 0.0) {
            (Language::Ko, true) => {
                format!("{:.0}년에 한 번({} ±{})", 1.0 / of.share, percent(of.share), percent(of.error))
            }
            (Language::En, true) => {
                format!("1 year in {:.0} ({} ±{})", 1.0 / of.share, percent(of.share), percent(of.error))
            }
            (Language::Ko, false) => "추출한 해에는 없음".into(),
            (Language::En, false) => "in no year drawn".into(),
        };
        let (gross, net) = (say(passing(Measure::Gross)?), say(passing(Measure::Net)?));
        let mut lines = vec![match self.language {
            Language::Ko => format!("위험선호 {shown}: 손실은 {gross} 넘고,\n  순손실은 {net} 넘는다"),
            Language::En => {
                format!("Appetite of {shown}: the loss passes it {gross},\n  the net loss {net}")
            }
        }];
        if let Some(tolerable) = self.shown.tolerable {
            let names = [self.of("손실", "loss"), self.of("순손실", "net loss")];
            for (of, name) in tolerable.into_iter().zip(names) {
                lines.push(self.tolerable(of, name));
            }
        }
        Some(lines.join("\n"))
    }

    fn tolerable(&self, of: Tolerable, name: &str) -> String {
        let hours = |passed: Option<Hours>| match passed {
            Some(hours) => duration(whole_minutes(hours), self.language),
            None => {
                let longest = duration(Tolerable::LONGEST, self.language);
                match self.language {
                    Language::Ko => format!("{longest} 안에는 없음"),
                    Language::En => format!("not within {longest}"),
                }
            }
        };
        let [soonest, median, latest] = [of.soonest, of.median, of.latest].map(hours);
        match self.language {
            Language::Ko => format!(
                "  한 장애의 {name}이 그 금액을 넘기까지: 시작 시각에 따라 가장 빠르면 {soonest},\n    중앙값 {median}, 가장 늦으면 {latest}"
            ),
            Language::En => format!(
                "  Hours until the {name} of one outage passes it, by its start:\n    soonest {soonest}, median {median}, latest {latest}"
            ),
        }
    }

    fn exact(&self) -> Option<String> {
        let Shown { exact, not_exact, .. } = self.shown;
        let left_out = super::exact::left_out(not_exact, self.language);
        if exact.is_empty() {
            return left_out;
        }
        let cells = |of: &dyn Fn(&super::ExactMean) -> String| exact.iter().map(of).collect::<Vec<_>>();
        let fine = |mean: &super::ExactMean| {
            let unit = self.unit.to_the(Money(mean.drawn.error.0.max(1.0) / 100.0));
            unit.show(mean.exact, self.language)
        };
        let columns = [
            Column::numbers(self.of("적분값", "By integration"), cells(&fine)),
            Column::numbers(self.of("추출", "Drawn"), cells(&|mean| self.show(mean.drawn))),
            Column::numbers(
                self.of("차이(표준오차)", "Off by (s.e.)"),
                cells(&|mean| format!("{:+.1}", mean.deviation())),
            ),
        ];
        let names = Column::words(
            self.of("한 해의 평균", "Mean of a year"),
            exact.iter().map(|mean| mean.name.clone()),
        );
        let table = draw(&names, &columns, WIDTH);
        Some([Some(table), left_out].into_iter().flatten().collect::<Vec<_>>().join("\n"))
    }
}

fn whole_minutes(hours: Hours) -> Hours {
    Hours((hours.0 * 60.0).ceil() / 60.0)
}

fn grouped(number: u64) -> String {
    Money(number as f64).to_string()
}
