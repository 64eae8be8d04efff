//! The steps of an amount as lines of a statement, in the order in which they were taken.

use super::Statement;
use crate::scheme::{Baseline, Due, Exact, Factor, Form, Level, Loss, Mode, Rounding, Sales, Step, Won};
use crate::view::Language;
use crate::view::compensation::number::{exact, hangul, rate, won};
use crate::view::compensation::{length, place, rounding, words};

/// A line of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub item: String,
    /// How it came about.
    pub how: String,
    /// What it comes to.
    pub amount: String,
}

struct Lines<'l> {
    language: Language,
    lines: Vec<Line>,
    statement: &'l Statement<'l>,
    /// The amount before the step that comes next.
    last: Option<Exact>,
}

/// Returns the lines of a statement.
pub fn lines(statement: &Statement<'_>, language: Language) -> Vec<Line> {
    let mut lines = Lines { language, lines: vec![], statement, last: None };
    for step in statement.steps {
        lines.step(*step);
    }
    lines.lines
}

/// Numbers a line: ①, ②, …
pub fn numbered(place: usize) -> String {
    char::from_u32(0x2460 + place as u32)
        .filter(|_| place < 20)
        .map_or_else(|| (place + 1).to_string(), String::from)
}

impl Lines<'_> {
    fn of(&self, korean: &'static str, english: &'static str) -> &'static str {
        self.language.of(korean, english)
    }

    fn exact(&self, amount: Exact) -> String {
        exact(amount, self.language)
    }

    fn say(&mut self, item: String, how: String, amount: Option<Exact>) {
        let amount_text = amount.map_or_else(|| "-".into(), |amount| self.exact(amount));
        if amount.is_some() {
            self.last = amount;
        }
        self.lines.push(Line { item, how, amount: amount_text });
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Loss(loss) => self.loss(loss),
            Step::LossRounded { from, to } => {
                let how = format!("{} → {}", self.exact(from), self.exact(to.into()));
                self.say(self.of("손실액 끝수 처리", "Loss rounded").into(), how, Some(to.into()));
            }
            Step::Factor { place, rate, after } => self.factor(place, rate, after),
            Step::Days(days) => {
                let seconds = self.statement.claim.outage.unwrap_or_default();
                let length = length(seconds, self.language);
                let (item, how) = match self.language {
                    Language::Ko => ("장애 일수", format!("{length} → {days}일")),
                    Language::En => ("Days without service", format!("{length} → {days} days")),
                };
                self.say(item.into(), how, None);
            }
            Step::Band(band) => self.band(band),
            Step::Fee { month, seconds, fee } => self.fee(month, seconds, fee),
            Step::Times { rate: times, after } => {
                let before = self.last.map_or_else(String::new, |last| self.exact(last));
                let how = format!("{before} × {}", rate(times));
                self.say(self.of("배수 적용", "Multiple").into(), how, Some(after));
            }
            Step::Flat(amount) => {
                self.say(
                    self.of("지원금", "Amount").into(),
                    self.of("정액", "the same for everybody").into(),
                    Some(amount.into()),
                );
            }
            Step::Assessed(amount) => {
                let how = self.of("담당자 개별 심사", "assessed by a person");
                self.say(self.of("심사액", "Assessed").into(), how.into(), Some(amount.into()));
            }
            Step::Floor(floor) => {
                let how = self.of("하한보다 작아 하한액", "below the floor: the floor");
                self.say(self.of("하한 적용", "Floor").into(), how.into(), Some(floor.into()));
            }
            Step::Cap(cap) => {
                let how = self.of("상한보다 커서 상한액", "above the cap: the cap");
                self.say(self.of("상한 적용", "Cap").into(), how.into(), Some(cap.into()));
            }
            Step::Rounded { from, to } => {
                self.limits(from);
                let mut how = self.rounding();
                let dropped = Exact::from(to).minus(from).unwrap_or(Exact::ZERO);
                how = match dropped == Exact::ZERO {
                    true => format!("{how}: {}", self.of("해당 없음", "nothing to round")),
                    false => format!("{how}: {} → {}", self.exact(from), self.exact(to.into())),
                };
                self.say(self.of("끝수 처리", "Rounding").into(), how, Some(to.into()));
            }
        }
    }

    fn loss(&mut self, found: Loss) {
        let Some((usual, outage)) = found.sales else {
            let how = self.of("손실액으로 제출", "handed in as a loss");
            self.say(self.of("매출 손실", "Loss of sales").into(), how.into(), Some(found.loss));
            return;
        };
        let statement = self.statement;
        let dates = statement.scheme.dates();
        let records = matches!(statement.claim.sales, Sales::Records(_));
        let day = statement.scheme.measure.as_ref().is_some_and(|measure| measure.per_day);
        let paper = self.of("제출한 매출 자료", "sales as handed in");
        let mut item = self
            .of(
                if day { "조치 기간 일평균 매출" } else { "장애 기간 매출" },
                if day { "Sales of a mean day, then" } else { "Sales of the outage" },
            )
            .to_owned();
        if let Some(dates) = dates {
            item = format!("{item} ({})", span(*dates.outage.start(), *dates.outage.end(), self.language));
        }
        let first = self.lines.len();
        if let Sales::Modelled { week, part } = statement.claim.sales {
            return self.modelled(week, part, usual, found.loss);
        }
        self.say(item, paper.into(), Some(outage));
        let mut item = self
            .of(
                if day { "평소 일평균 매출" } else { "평소 매출" },
                if day { "Sales of a usual mean day" } else { "Usual sales" },
            )
            .to_owned();
        let week = found.week.and_then(|week| statement.windows?.weeks.get(usize::from(week)));
        if let Some(week) = week {
            let end = week.from.checked_add(jiff::ToSpan::days(6)).unwrap_or(week.from);
            item = format!("{item} ({})", span(week.from, end, self.language));
        }
        let baseline = statement.scheme.measure.as_ref().map(|measure| measure.baseline);
        let how = match baseline.filter(|_| records) {
            Some(baseline) => self.baseline(baseline, found.out_of),
            None => paper.into(),
        };
        self.say(item, how, Some(usual));
        let mut how = format!("{} - {}", numbered(first + 1), numbered(first));
        let clause = statement.scheme.measure.as_ref().and_then(|measure| measure.clause.as_ref());
        if let (Some(clause), false) = (clause, records) {
            how = format!("{how} [{}]", self.language.label(clause));
        }
        let item = if day {
            self.of("하루 매출 손실", "Loss of sales of a day")
        } else {
            self.of("매출 손실", "Loss of sales")
        };
        self.say(item.into(), how, Some(found.loss));
    }

    fn modelled(&mut self, week: Won, part: crate::scheme::Rate, usual: Exact, loss: Exact) {
        let paper = self.of("제출한 매출 자료", "sales as handed in");
        self.say(
            self.of("평소 한 주 매출", "Sales of a usual week").into(),
            paper.into(),
            Some(week.into()),
        );
        let how = format!("{} × {}/{}", won(week.0.into(), self.language), part.parts(), part.of());
        let item =
            self.of("장애 시간대 몫 (업종 시간대별 추정)", "Part of the outage, by the industry's hours");
        self.say(item.into(), how, Some(usual));
        let share = self.statement.claim.platform_share.map_or_else(|| "100%".to_owned(), rate);
        let how = format!("{} × {share}", self.exact(usual));
        self.say(
            self.of("매출 손실 (× 플랫폼 비중)", "Loss of sales (× platform share)").into(),
            how,
            Some(loss),
        );
    }

    fn week_from(&self) -> &'static str {
        let day = self.statement.scheme.dates().map(|dates| dates.week_from.to_monday_zero_offset());
        let names = [
            ("월", "Monday"),
            ("화", "Tuesday"),
            ("수", "Wednesday"),
            ("목", "Thursday"),
            ("금", "Friday"),
            ("토", "Saturday"),
            ("일", "Sunday"),
        ];
        let (korean, english) = day.and_then(|day| names.get(day as usize)).copied().unwrap_or_default();
        self.of(korean, english)
    }

    fn baseline(&self, baseline: Baseline, out_of: u16) -> String {
        let words = words::baseline(baseline, self.language);
        let window = self.statement.scheme.dates().map(|dates| &dates.window);
        let window =
            window.map_or_else(String::new, |days| span(*days.start(), *days.end(), self.language));
        match (baseline, self.language) {
            (Baseline::BestWeek, Language::Ko) => {
                format!("{window} 안 {}요일에 시작하는 {out_of}개 주 가운데 {words}", self.week_from())
            }
            (Baseline::BestWeek, Language::En) => {
                format!("{words} of the {out_of} in {window} that begin on a {}", self.week_from())
            }
            _ => words,
        }
    }

    fn factor(&mut self, place: u8, by: crate::scheme::Rate, after: Exact) {
        let rule =
            self.statement.told.rule.and_then(|rule| self.statement.scheme.rules.get(usize::from(rule)));
        let band = self.statement.told.band;
        let factor = rule.and_then(|rule| rule.factors(band).get(usize::from(place)).copied());
        let item = factor.map_or("", |factor| words::factor(factor, self.language));
        let before = self.last.map_or_else(String::new, |last| self.exact(last));
        let claim = self.statement.claim;
        let given = self.of("제출", "as handed in");
        let number = match factor {
            Some(Factor::Times(_)) | None => rate(by),
            Some(Factor::Days) => {
                format!("{}{} ({given})", by.parts(), self.of("일", " days"))
            }
            Some(Factor::MarginAndFixedCosts) => match (claim.margin, claim.fixed_costs) {
                (Some(margin), Some(costs)) => {
                    format!("{} ({} + {}, {given})", rate(by), rate(margin), rate(costs))
                }
                _ => rate(by),
            },
            Some(_) => format!("{} ({given})", rate(by)),
        };
        self.say(item.to_owned(), format!("{before} × {number}"), Some(after));
    }

    /// Says which limits there are, where none of them took effect.
    fn limits(&mut self, amount: Exact) {
        let statement = self.statement;
        let Some(rule) = statement.told.rule.and_then(|rule| statement.scheme.rules.get(usize::from(rule)))
        else {
            return;
        };
        let own = statement.told.band.and_then(|band| rule.bands().get(usize::from(band)));
        let (mut floor, mut cap) = (rule.floor, rule.cap);
        if let Some(Due::OfLoss { at_least, at_most }) = own.map(|band| band.due) {
            (floor, cap) = (at_least.or(floor), at_most.or(cap));
        }
        let applied = |step: &Step| matches!(step, Step::Floor(_) | Step::Cap(_));
        if (floor.is_none() && cap.is_none()) || statement.steps.iter().any(applied) {
            return;
        }
        let named = |word: &str, limit: Option<Won>| {
            limit.map(|limit| format!("{word} {}", won(limit.0.into(), self.language)))
        };
        let limits = [named(self.of("하한", "floor"), floor), named(self.of("상한", "cap"), cap)];
        let limits = limits.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let how = format!("{limits}: {}", self.of("해당 없음", "neither applies"));
        self.say(self.of("하한·상한 확인", "Limits").into(), how, Some(amount));
    }

    /// Says how the scheme rounds, in words that need no other page.
    fn rounding(&self) -> String {
        let Rounding { mode, unit, at } = self.statement.scheme.rounding;
        if at == Level::Loss {
            return rounding(self.statement.scheme.rounding, self.language);
        }
        let unit = won(unit.0.into(), self.language);
        match (self.language, mode) {
            (Language::Ko, Mode::Down) => format!("{unit}원 미만을 버림 (맨 끝에 한 번만)"),
            (Language::Ko, Mode::Up) => format!("{unit}원 미만을 올림 (맨 끝에 한 번만)"),
            _ => rounding(self.statement.scheme.rounding, self.language),
        }
    }

    fn fee(&mut self, month: Won, seconds: i64, fee: Exact) {
        let rule =
            self.statement.told.rule.and_then(|rule| self.statement.scheme.rules.get(usize::from(rule)));
        let hours = match rule.map(|rule| &rule.form) {
            Some(Form::OfFee { month, .. }) => *month,
            _ => return,
        };
        let item = self.of("월 이용요금", "Fee of a month");
        self.say(item.into(), self.of("제출한 요금", "as handed in").into(), Some(month.into()));
        let length = length(seconds, self.language);
        let month = won(month.0.into(), self.language);
        let how = match self.language {
            Language::Ko => format!("{month} ÷ {hours}시간 × {length}"),
            Language::En => format!("{month} ÷ {hours} h × {length}"),
        };
        self.say(self.of("해당 시간 요금", "Fee of the time").into(), how, Some(fee));
    }

    fn band(&mut self, band: u8) {
        let scheme = self.statement.scheme;
        let Some(rule) = self.statement.told.rule else { return };
        let Some(found) = scheme.rules[usize::from(rule)].bands().get(usize::from(band)) else { return };
        let span = place(scheme, rule, Some(band), self.language);
        self.say(
            self.of("적용 구간", "Band").into(),
            format!("{span} [{}]", self.language.label(&found.clause)),
            None,
        );
        if let Due::Amount(amount) = found.due {
            let how = self.of("이 구간에 정해진 금액", "the amount of the band");
            self.say(self.of("지원금", "Amount").into(), how.into(), Some(amount.into()));
        }
    }
}

/// Writes days as official papers do: `10. 15.~10. 21.`, `15 Oct - 21 Oct 2022`.
pub fn span(from: jiff::civil::Date, to: jiff::civil::Date, language: Language) -> String {
    match language {
        Language::Ko => format!("{}. {}.~{}. {}.", from.month(), from.day(), to.month(), to.day()),
        Language::En => format!("{from} to {to}"),
    }
}

/// Writes the amount as official papers do: `금 50,000원(금오만원)`.
pub fn official(amount: Won, language: Language) -> String {
    let number = won(amount.0.into(), language);
    match language {
        Language::Ko => format!("금 {number}원(금{}원)", hangul(amount)),
        Language::En => format!("{number} won (금{}원)", hangul(amount)),
    }
}
