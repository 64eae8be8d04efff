//! What a payer has to set aside: the budget with its range, and other schemes beside it.

use super::{Estimated, named, told};
use crate::scheme::Scheme;
use crate::scheme::lab::{Against, Estimate, Likely, Outlook};
use crate::view::Language;
use crate::view::compensation::{WIDTH, titled};
use crate::view::table::{Column, draw, wrap};

/// Writes what is paid, what waits, and what both come to, each from P10 to P90.
pub fn budget(total: &Outlook, language: Language) -> String {
    let waits = total.waiting.p90 > 0.0;
    let mut rows = vec![(language.of("기준대로 지급", "Paid by the rule"), total.paid)];
    if waits {
        rows.push((language.of("심사 대기 (최소액)", "Waiting, at the least"), total.waiting));
        rows.push((language.of("합계", "Together"), total.budget));
    }
    rows.push((language.of("신청 (건수)", "Claims (number)"), total.claims));
    let column = |heading: &str, of: fn(&Likely) -> f64| {
        Column::numbers(heading, rows.iter().map(|(_, likely)| told(likely, of(likely), language)))
    };
    let columns = [
        column("P10", |likely| likely.p10),
        column("P50", |likely| likely.p50),
        column("P90", |likely| likely.p90),
        column(language.of("평균", "Mean"), |likely| likely.mean),
    ];
    let first = Column::words("", rows.iter().map(|(name, _)| (*name).to_owned()));
    let table = titled(language.of("예산 (단위: 원)", "Budget (won)"), draw(&first, &columns, WIDTH));
    if !waits {
        return table;
    }
    let note = language.of(
        "심사 대기는 기준이 심사 후 지급하는 최소액만 센 것이므로 실제는 더 클 수 있습니다. 몫의 P10과 P90을 더해도 \
         합계의 P10과 P90이 되지 않습니다.",
        "What waits counts with the least that the scheme pays after a review, so it may be more. P10 and P90 of \
         the parts do not add up to those of both.",
    );
    format!("{table}\n{}", wrap(note, WIDTH))
}

/// Writes the budget of the same population under each scheme, in all and by group.
pub fn compared(estimated: &Estimated<'_>, language: Language) -> Vec<String> {
    if estimated.others.is_empty() {
        return vec![];
    }
    let others = estimated.others.iter().map(|(scheme, estimate)| (*scheme, estimate));
    let all: Vec<(&Scheme, &Estimate)> =
        std::iter::once((estimated.scheme, estimated.estimate)).chain(others).collect();
    vec![in_all(&all, language), against(estimated, language), by_group(estimated, &all, language)]
}

fn in_all(all: &[(&Scheme, &Estimate)], language: Language) -> String {
    let column = |heading: &str, of: fn(&Outlook) -> (Likely, f64)| {
        let cells = all.iter().map(|(_, estimate)| of(&estimate.total));
        Column::numbers(heading, cells.map(|(likely, amount)| told(&likely, amount, language))).kept()
    };
    let columns = [
        column("P10", |total| (total.budget, total.budget.p10)),
        column("P50", |total| (total.budget, total.budget.p50)),
        column("P90", |total| (total.budget, total.budget.p90)),
        column(language.of("그중 심사 대기", "Of it waiting"), |total| {
            (total.waiting, total.waiting.mean)
        }),
    ];
    let first = Column::words(language.of("기준", "Scheme"), all.iter().map(|it| it.0.id.clone()));
    let title = language.of(
        "같은 모집단을 다른 기준으로: 지급과 심사 대기의 예산 (단위: 원)",
        "The same population under other schemes: paid and waiting (won)",
    );
    titled(title, draw(&first, &columns, WIDTH))
}

fn against(estimated: &Estimated<'_>, language: Language) -> String {
    let others = &estimated.others;
    let against: Vec<Against> =
        others.iter().map(|(_, estimate)| estimate.against(estimated.estimate)).collect();
    let column = |heading: &str, of: fn(&Likely) -> f64| {
        let cells = against.iter().map(|it| told(&it.more, of(&it.more), language));
        Column::numbers(heading, cells).kept()
    };
    let dearer = against.iter().map(|it| format!("{:.0}%", 100.0 * it.dearer));
    let columns = [
        column("P10", |more| more.p10),
        column("P50", |more| more.p50),
        column("P90", |more| more.p90),
        Column::numbers(language.of("더 드는 비율", "Dearer in"), dearer).kept(),
    ];
    let first = Column::words(language.of("기준", "Scheme"), others.iter().map(|it| it.0.id.clone()));
    let title = match language {
        Language::Ko => format!("{}보다 더 드는 금액, 같은 추출끼리 (단위: 원)", estimated.scheme.id),
        Language::En => format!("More than under {}, draw by draw (won)", estimated.scheme.id),
    };
    titled(&title, draw(&first, &columns, WIDTH))
}

fn by_group(estimated: &Estimated<'_>, all: &[(&Scheme, &Estimate)], language: Language) -> String {
    let columns = all.iter().map(|(scheme, estimate)| {
        let cells = estimate.groups.iter().map(|group| told(&group.budget, group.budget.mean, language));
        Column::numbers(&scheme.id, cells).kept()
    });
    let columns: Vec<_> = columns.collect();
    let names = estimated.groups.iter().map(|group| named(group, language));
    let first = Column::words(language.of("집단", "Group"), names);
    let title = language.of("집단별 평균 예산 (단위: 원)", "Mean budget by group (won)");
    titled(title, draw(&first, &columns, WIDTH))
}
