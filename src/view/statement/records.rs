//! What stands behind the steps: sales day by day, every week that was looked at, and the
//! whole table of bands.

use super::steps::span;
use super::{Statement, WIDTH};
use crate::scheme::{Baseline, Due, Form, Sales, Stretch};
use crate::view::Language;
use crate::view::compensation::number::won;
use crate::view::compensation::place;
use crate::view::table::wrap;

fn indented(text: &str) -> String {
    format!("  {}", wrap(text, WIDTH - 4).replace('\n', "\n    "))
}

/// Sales of the outage and of the usual week day by day, and the weeks that were compared.
pub fn sales(statement: &Statement<'_>, taken: Option<u8>, language: Language) -> String {
    let (Sales::Records(sales), Some(windows)) = (statement.claim.sales, statement.windows) else {
        return String::new();
    };
    let title = language.of("제출한 매출 자료 (원)", "Sales as handed in (won)");
    let mut lines = vec![title.to_owned()];
    let outage = language.of("장애 기간", "outage");
    lines.extend(sum(statement, &windows.outage, sales, outage, language));
    let usual = taken.and_then(|week| windows.weeks.get(usize::from(week)));
    if let Some(week) = usual {
        lines.extend(sum(statement, week, sales, language.of("평소", "usual"), language));
    }
    let baseline = statement.scheme.measure.as_ref().map(|measure| measure.baseline);
    if let Some(Baseline::BestWeek | Baseline::MedianOfWeeks(_)) = baseline {
        let weeks = windows.weeks.iter().enumerate().filter_map(|(place, week)| {
            let last = week.from.checked_add(jiff::ToSpan::days(6)).unwrap_or(week.from);
            let total = week.total(sales)?;
            let mark = if taken == Some(place as u8) { " ◀" } else { "" };
            Some(format!(
                "    {}: {}{mark}",
                span(week.from, last, language),
                won(total.0.into(), language)
            ))
        });
        let name = language
            .of("비교한 주 (장애 기간과 겹치는 주는 뺌)", "weeks compared (none that touches the outage)");
        lines.push(format!("  {name}"));
        lines.extend(weeks);
    }
    lines.join("\n")
}

/// Writes a stretch as the sum of its columns.
fn sum(
    statement: &Statement<'_>,
    stretch: &Stretch,
    sales: &[i64],
    name: &str,
    language: Language,
) -> Option<String> {
    let total = stretch.total(sales)?;
    let last = stretch.columns.last().map(|column| statement.calendar[*column])?;
    let more = if last.week { 6 } else { 0 };
    let to = last.from.checked_add(jiff::ToSpan::days(more)).unwrap_or(last.from);
    let each: Vec<_> = stretch.columns.iter().map(|column| won(sales[*column].into(), language)).collect();
    let days = span(stretch.from, to, language);
    Some(indented(&format!("{name} {days}: {} = {}", each.join(" + "), won(total.0.into(), language))))
}

/// Every band of the rule, so that the one that was taken can be seen among the others.
pub fn bands(statement: &Statement<'_>, language: Language) -> String {
    let (scheme, Some(rule)) = (statement.scheme, statement.told.rule) else { return String::new() };
    let bands = scheme.rules.get(usize::from(rule)).map_or(&[][..], |rule| rule.bands());
    if bands.is_empty() {
        return String::new();
    }
    let due = |due: Due| match due {
        Due::Amount(amount) => format!("{}{}", won(amount.0.into(), language), language.of("원", " won")),
        Due::OfLoss { .. } => language.of("산식으로 계산", "by a formula").into(),
        Due::Review { .. } => language
            .of("개별 심사 (금액은 기준에 없음)", "review by a person (no amount is published)")
            .into(),
    };
    let each = bands.iter().enumerate().map(|(band, found)| {
        let mark = if statement.told.band == Some(band as u8) { " ◀" } else { "" };
        let mut span = place(scheme, rule, Some(band as u8), language);
        let of_loss = matches!(scheme.rules[usize::from(rule)].form, Form::OnLoss(_));
        if band == 0 && of_loss && !scheme.pays_without_loss {
            span = format!("{} {span}", language.of("0원 초과 ~", "more than 0,"));
        }
        indented(&format!("{span}: {}{mark}", due(found.due)))
    });
    let title = language.of("구간표", "All bands");
    [title.to_owned()].into_iter().chain(each).collect::<Vec<_>>().join("\n")
}
