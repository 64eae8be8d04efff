//! The statement of one claim (산정내역서): one page on which every won can be followed.

mod code;
mod records;
mod steps;

use std::cmp::Ordering;

use jiff::civil::Date;

use super::mask;
use super::table::{Column, clean, draw, wrap};
use crate::read::claims::Row;
use crate::scheme::{
    Assessment, Assessor, Baseline, Claim, Column as Day, Due, Edge, Event, Exact, Flags, Form, Loss,
    Measure, Reason, Sales, Scheme, Status, Step, Windows, Won,
};
use crate::view::Language;
use crate::view::compensation::number::{exact, won};
use crate::view::compensation::words;

pub use code::{code, typed};

/// Columns of a terminal, and of a page.
const WIDTH: usize = 80;

/// A claim that was worked out, with what explains it.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'s> {
    /// The scheme.
    pub scheme: &'s Scheme,
    /// Its row.
    pub row: &'s Row,
    /// Its figures.
    pub claim: &'s Claim<'s>,
    /// What it comes to.
    pub told: &'s Assessment,
    /// How that came about.
    pub steps: &'s [Step],
    /// What was seen beside its own figures.
    pub flags: Flags,
    /// The first row that has something in common with it.
    pub first: Option<u64>,
    /// The columns of the baseline.
    pub windows: Option<&'s Windows>,
    /// The days on record.
    pub calendar: &'s [Day],
    /// The day on which it is issued.
    pub issued: Option<Date>,
    /// Its code.
    pub code: &'s str,
}

/// Writes a statement of 80 columns.
#[must_use]
pub fn page(statement: &Statement<'_>, language: Language) -> String {
    let parts = [
        head(statement, language),
        table(statement, language),
        result(statement, language),
        records::sales(statement, week(statement), language),
        records::bands(statement, language),
        papers(statement, language),
        others(statement, language),
        next(statement, language),
        end(statement, language),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n\n"))
}

fn line(word: &str, text: &str) -> String {
    wrap(&format!("{word}: {}", clean(text)), WIDTH - 2).replace('\n', "\n  ")
}

/// Returns the week whose sales were taken as usual, where one was.
fn week(statement: &Statement<'_>) -> Option<u8> {
    statement.steps.iter().find_map(|step| match step {
        Step::Loss(loss) => loss.week,
        _ => None,
    })
}

/// Returns whether a scheme is for an outage; the statutory ones are for days of measures.
fn outage(scheme: &Scheme) -> bool {
    let times = scheme.rules.iter().any(|rule| {
        rule.wait.is_some() || matches!(rule.form, Form::OnDays { .. } | Form::OfFee { .. } | Form::Flat(_))
    });
    times || scheme.event != Event::default() || scheme.dates().is_some()
}

fn head(statement: &Statement<'_>, language: Language) -> String {
    let Statement { scheme, row, .. } = statement;
    let title = if outage(scheme) {
        language.of("서비스 장애 피해지원금 산정내역서", "Statement of compensation for an outage")
    } else {
        language.of("보상금 산정내역서", "Statement of compensation")
    };
    let mut lines = vec![title.to_owned(), "─".repeat(WIDTH)];
    let mut who = vec![row.id.clone()];
    if !row.name.is_empty() {
        who.push(mask::name(&clean(&row.name)));
    }
    if !row.industry.is_empty() {
        who.push(clean(&row.industry));
    }
    if let Some(business) = &row.business {
        let number = mask::business_number(business);
        who.push(format!("{} {number}", language.of("사업자등록번호", "business number")));
    }
    lines.push(line(language.of("신청", "Claim"), &who.join(" · ")));
    let basis = format!("{} ({})", language.label(&scheme.name), scheme.id);
    lines.push(line(language.of("산정 기준", "Scheme"), &basis));
    let rule = statement.told.rule.and_then(|rule| scheme.rules.get(usize::from(rule)));
    if let Some(rule) = rule {
        lines.push(line(language.of("적용 조항", "Clause"), language.label(&rule.clause)));
    }
    if let Some(day) = statement.issued {
        let day = match language {
            Language::Ko => format!("{}. {}. {}.", day.year(), day.month(), day.day()),
            Language::En => day.to_string(),
        };
        lines.push(line(language.of("발급", "Issued"), &day));
    }
    lines.join("\n")
}

fn table(statement: &Statement<'_>, language: Language) -> String {
    let lines = steps::lines(statement, language);
    if lines.is_empty() {
        return String::new();
    }
    let first = Column::words(language.of("단계", "Step"), (0..lines.len()).map(steps::numbered));
    let columns = [
        Column::words(language.of("항목", "Item"), lines.iter().map(|line| wrap(&line.item, 20))),
        Column::words(language.of("계산", "How"), lines.iter().map(|line| wrap(&clean(&line.how), 34))),
        Column::numbers(language.of("금액(원)", "Won"), lines.iter().map(|line| line.amount.clone())),
    ];
    draw(&first, &columns, WIDTH)
}

fn result(statement: &Statement<'_>, language: Language) -> String {
    let told = statement.told;
    let status = told.reason.status();
    let mut lines = Vec::new();
    match status {
        Status::Paid => {
            let kind = statement.scheme.in_kind.as_ref().map(|kind| format!(" · {}", language.label(kind)));
            let amount = steps::official(told.amount, language);
            lines.push(format!(
                "{}: {amount}{}",
                language.of("지급액", "To be paid"),
                kind.unwrap_or_default()
            ));
        }
        Status::Review => {
            let mut text =
                language.of("지급액: 심사 뒤에 정해집니다", "To be paid: after review").to_owned();
            if told.pending > Won::ZERO && told.reason != Reason::Individual {
                let amount = won(told.pending.0.into(), language);
                text.push_str(&match language {
                    Language::Ko => format!(" (인정되면 {amount}원)"),
                    Language::En => format!(" ({amount} won if granted)"),
                });
            }
            lines.push(text);
        }
        Status::Zero | Status::Rejected => {
            lines.push(language.of("지급액: 0원", "To be paid: 0 won").into())
        }
    }
    lines.push(line(language.of("사유", "Reason"), words::reason(told.reason, language)));
    let names: Vec<_> = statement.flags.iter().map(|flag| words::flag(flag, language)).collect();
    if !names.is_empty() {
        let first = statement.first.map(|row| match language {
            Language::Ko => format!(" (먼저 접수된 {row}번째 행과)"),
            Language::En => format!(" (with row {row}, which came first)"),
        });
        let text = format!("{}{}", names.join(", "), first.unwrap_or_default());
        lines.push(line(language.of("확인할 것", "To be looked at"), &text));
    }
    lines.join("\n")
}

fn papers(statement: &Statement<'_>, language: Language) -> String {
    let Some(bits) = statement.claim.papers else { return String::new() };
    let papers = statement.scheme.papers.iter().enumerate().map(|(place, paper)| {
        let there = bits & 1 << place != 0;
        let state =
            if there { language.of("제출", "handed in") } else { language.of("미제출", "missing") };
        format!("{} {}: {state}", steps::numbered(place), language.label(&paper.name))
    });
    let list = papers.collect::<Vec<_>>().join("  ");
    if list.is_empty() { list } else { line(language.of("제출서류", "Papers"), &list) }
}

/// What the same records come to under other baselines, for information.
fn others(statement: &Statement<'_>, language: Language) -> String {
    let Some(measure) = &statement.scheme.measure else { return String::new() };
    if !matches!(statement.claim.sales, Sales::Records(_)) {
        return String::new();
    }
    let baselines = [
        Baseline::BestWeek,
        Baseline::MeanOfSameWeekday,
        Baseline::MedianOfWeeks(4),
        Baseline::SameWeekLastYear,
        Baseline::AnnualByDays,
    ];
    let mut lines = Vec::new();
    for baseline in baselines.into_iter().filter(|baseline| *baseline != measure.baseline) {
        let measure = Measure { baseline, ..measure.clone() };
        let scheme = Scheme { measure: Some(measure), ..statement.scheme.clone() };
        let Ok(assessor) = Assessor::new(&scheme, statement.calendar) else { continue };
        let mut steps = vec![];
        let told = assessor.assess(statement.claim, &mut steps);
        let found = steps.iter().find_map(|step| match step {
            Step::Loss(loss) => loss.sales.map(|(usual, outage)| (usual, outage, *loss)),
            _ => None,
        });
        let Some((usual, outage, Loss { loss, out_of, .. })) = found else { continue };
        let due = match told.reason.status() {
            Status::Paid => format!("{}{}", won(told.amount.0.into(), language), language.of("원", " won")),
            _ => words::reason(told.reason, language).to_owned(),
        };
        let mut name = words::baseline(baseline, language);
        match (baseline, statement.claim.annual_sales, scheme.dates()) {
            (Baseline::AnnualByDays, Some(annual), Some(dates)) => {
                let (annual, days) = (won(annual.0.into(), language), dates.outage_days());
                name = match language {
                    Language::Ko => format!("연 매출 {annual} ÷ 365 × {days}일"),
                    Language::En => format!("annual sales of {annual} ÷ 365 × {days} days"),
                };
            }
            (Baseline::MeanOfSameWeekday, ..) => name.push_str(&match language {
                Language::Ko => format!(" (요일마다 장애 기간 밖 {out_of}일 이상)"),
                Language::En => format!(" (each of {out_of} days or more outside the outage)"),
            }),
            _ => {}
        }
        let [usual, outage, loss] = [usual, outage, loss].map(|amount| exact(amount, language));
        let text = format!("{name}: {usual} - {outage} = {loss} → {due}");
        lines.push(format!("  {}", wrap(&text, WIDTH - 4).replace('\n', "\n    ")));
    }
    if lines.is_empty() {
        return String::new();
    }
    let title = language.of(
        "평소 매출을 다르게 잡으면 (참고용, 지급액은 바뀌지 않음)",
        "By other baselines (for information; what is paid stays)",
    );
    format!("{title}\n{}", lines.join("\n"))
}

/// How far it is to the next band.
fn next(statement: &Statement<'_>, language: Language) -> String {
    let told = statement.told;
    let place = || Some((statement.scheme.rules.get(usize::from(told.rule?))?, usize::from(told.band?)));
    let Some((rule, band)) = place() else { return String::new() };
    let bands = rule.bands();
    let (Some(end), Some(above)) = (bands[band].to, bands.get(band + 1)) else { return String::new() };
    let due = match above.due {
        Due::Amount(amount) => match language {
            Language::Ko => format!("{}원", won(amount.0.into(), language)),
            Language::En => format!("{} won", won(amount.0.into(), language)),
        },
        Due::OfLoss { .. } => language.of("산식으로 계산", "by a formula").into(),
        Due::Review { .. } => language.of("개별 심사", "review by a person").into(),
    };
    let step = i64::from(end.edge == Edge::UpTo);
    let more = match &rule.form {
        Form::OnLoss(_) => {
            let Some(more) = told.loss.and_then(|loss| to_reach(loss, Won(end.at + step))) else {
                return String::new();
            };
            let more = won(more.0.into(), language);
            match language {
                Language::Ko => format!("손실이 {more}원 더 크면 {due}"),
                Language::En => format!("a loss larger by {more} won: {due}"),
            }
        }
        _ => {
            let days = statement.steps.iter().find_map(|step| match step {
                Step::Days(days) => Some(*days),
                _ => None,
            });
            let Some(days) = days else { return String::new() };
            let more = end.at + step - days;
            match language {
                Language::Ko => format!("장애가 {more}일 더 길면 {due}"),
                Language::En => format!("an outage longer by {more} days: {due}"),
            }
        }
    };
    line(language.of("다음 구간까지", "To the next band"), &more)
}

/// The fewest whole won that bring a loss to an edge.
fn to_reach(loss: Exact, edge: Won) -> Option<Won> {
    let short = Exact::from(edge).minus(loss)?;
    if short.against(Won::ZERO) == Ordering::Greater {
        short.rounded(crate::scheme::Mode::Up, Won(1))
    } else {
        None
    }
}

fn end(statement: &Statement<'_>, language: Language) -> String {
    let scheme = statement.scheme;
    let mut lines = Vec::new();
    for assumption in &scheme.assumptions {
        lines.push(line(language.of("가정", "Assumed"), language.label(assumption)));
    }
    let appeal = match &scheme.appeal {
        Some(appeal) => language.label(appeal).to_owned(),
        None => match language {
            Language::Ko => format!(
                "이 기준에는 이의신청 절차가 적혀 있지 않습니다. 먼저 {}에 물으십시오.",
                language.label(&scheme.payer)
            ),
            Language::En => {
                format!("the scheme names no procedure; ask {} first", language.label(&scheme.payer))
            }
        },
    };
    lines.push(line(language.of("이의신청", "Appeal"), &appeal));
    lines.push(line(language.of("확인번호", "Code"), statement.code));
    let meaning = language.of(
        "같은 기준과 자료로 다시 계산하면 같은 번호가 나옵니다. 금액이 맞게 계산되었음을 확인할 뿐, \
         자료가 사실인지 누가 발급했는지는 증명하지 않습니다.",
        "The same scheme and figures give the same code again. It shows that the amount was worked out \
         rightly, and neither that the figures are true nor who issued this paper.",
    );
    lines.push(format!("  {}", wrap(meaning, WIDTH - 2).replace('\n', "\n  ")));
    let again = format!(
        "netloss verify-statement {} CLAIMS.csv --id {} --scheme {}",
        statement.code, statement.row.id, scheme.id
    );
    lines.push(format!("  {}", wrap(&again, WIDTH - 2).replace('\n', "\n    ")));
    lines.join("\n")
}

/// Tells whether a code that somebody gave is that of the claim.
#[must_use]
pub fn verified(statement: &Statement<'_>, given: &str, language: Language) -> String {
    let id = &statement.row.id;
    let amount = won(statement.told.amount.0.into(), language);
    let reason = words::reason(statement.told.reason, language);
    let scheme = &statement.scheme.id;
    if given == statement.code {
        return match language {
            Language::Ko => format!(
                "확인됨: {given}\n  {id}, {scheme}: {amount}원 ({reason})\n  같은 기준과 자료로 다시 계산해 같은 번호가 \
                 나왔습니다.\n  자료가 사실인지, 누가 발급했는지는 이 번호로 알 수 없습니다.\n"
            ),
            Language::En => format!(
                "the same: {given}\n  {id}, {scheme}: {amount} won ({reason})\n  The scheme and the figures of the \
                 file give this code and amount.\n  Whether the figures are true, and who issued the paper, it \
                 cannot tell.\n"
            ),
        };
    }
    match language {
        Language::Ko => format!(
            "error: 번호가 다릅니다: {given}\n  {id}, {scheme}: 이 파일로 계산하면 {amount}원 ({reason})입니다.\n  \
             hint: 발급 뒤에 자료나 기준이 바뀌었는지, 신청 번호와 기준이 맞는지 보십시오\n"
        ),
        Language::En => format!(
            "error: {given} is another code\n  {id}, {scheme}: this file gives {amount} won ({reason}).\n  hint: did \
             figures or scheme change since, or is the claim another one?\n"
        ),
    }
}
