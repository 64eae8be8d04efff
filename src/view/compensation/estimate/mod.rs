//! An estimate as a page.

mod budget;
mod file;

use super::number::won;
use super::{WIDTH, titled, words};
use crate::scheme::Scheme;
use crate::scheme::lab::{Estimate, Group, Likely, Outlook};
use crate::view::Language;
use crate::view::table::{Column, clean, draw, wrap};

pub use file::{json, outflow};

/// An estimate with what it was made from.
#[derive(Clone, Debug)]
pub struct Estimated<'e> {
    /// The scheme.
    pub scheme: &'e Scheme,
    /// Name of the file of the population.
    pub population: &'e str,
    /// Its groups.
    pub groups: &'e [Group],
    /// What they come to.
    pub estimate: &'e Estimate,
    /// How often it was drawn, and with which seed.
    pub draws: (u32, u64),
    /// The same population under other schemes.
    pub others: Vec<(&'e Scheme, Estimate)>,
}

/// Columns that names of groups take.
const NAMES: usize = 44;

/// The step to which a figure is told: none finer than the draws know its mean.
fn step(likely: &Likely) -> f64 {
    if likely.error > 1.0 { 10_f64.powi(likely.error.log10().floor() as i32) } else { 1.0 }
}

/// Writes one of its amounts, or counts, as far as the draws know it.
fn told(likely: &Likely, amount: f64, language: Language) -> String {
    let step = step(likely);
    won(((amount / step).round() * step) as i128, language)
}

/// Writes an estimate as a page of 80 columns.
#[must_use]
pub fn page(estimated: &Estimated<'_>, language: Language) -> String {
    let Estimated { scheme, groups, estimate, .. } = estimated;
    let (paid, name) = (estimate.total.paid, language.label(&scheme.name));
    let [mean, p10, p90] = [paid.mean, paid.p10, paid.p90].map(|amount| told(&paid, amount, language));
    let between = match (language, p10 == p90) {
        (Language::Ko, true) => format!("열에 여덟 번은 꼭 {p10}원"),
        (Language::Ko, false) => format!("열에 여덟 번은 {p10}~{p90}원"),
        (Language::En, true) => format!("8 times in 10 exactly {p10} won"),
        (Language::En, false) => format!("8 times in 10 between {p10} and {p90} won"),
    };
    let population = clean(estimated.population);
    let head = match language {
        Language::Ko => {
            format!("{name} ({})\n{population} · 추정 지급액 {mean}원\n{between}", scheme.id)
        }
        Language::En => {
            format!("{name} ({})\n{population} · estimated to pay {mean} won\n{between}", scheme.id)
        }
    };
    let names = groups.iter().map(|group| named(group, language));
    let names = names.chain([language.of("합계", "All").to_owned()]);
    let rows: Vec<&Outlook> = estimate.groups.iter().chain([&estimate.total]).collect();
    let column = |heading: &str, of: &dyn Fn(&Outlook) -> (Likely, f64)| {
        let cells = rows.iter().map(|row| of(row));
        Column::numbers(heading, cells.map(|(likely, amount)| told(&likely, amount, language))).kept()
    };
    let mean = |likely: Likely| (likely, likely.mean);
    let columns = [
        column(language.of("신청", "Claims"), &|row| mean(row.claims)),
        column(language.of("매출 손실", "Lost sales"), &|row| mean(row.lost_sales)),
        column(language.of("지급", "Paid"), &|row| mean(row.paid)),
        column("P10", &|row| (row.paid, row.paid.p10)),
        column("P90", &|row| (row.paid, row.paid.p90)),
        column(language.of("심사 대기", "Waiting"), &|row| mean(row.waiting)),
    ];
    let first = Column::words(language.of("집단", "Group"), names);
    let title = language.of(
        "집단별 (원, 신청은 건수; 평균과 지급의 P10~P90)",
        "By group (won; means, and P10 to P90 of what is paid)",
    );
    let groups = titled(title, draw(&first, &columns, WIDTH));
    let notes: Vec<_> = notes(estimated, language).iter().map(|note| wrap(note, WIDTH)).collect();
    let mut parts = vec![head, budget::budget(&estimate.total, language)];
    parts.extend(budget::compared(estimated, language));
    parts.extend([groups, reasons(estimate, language), notes.join("\n")]);
    format!("{}\n", parts.join("\n\n"))
}

fn named(group: &Group, language: Language) -> String {
    // Longer names would push the figures out of the page.
    let short = |name: &str| clean(words::group(name, language)).chars().take(24).collect::<String>();
    let name = match (short(&group.industry), short(&group.service)) {
        (industry, service) if service.is_empty() => industry,
        (industry, service) => format!("{industry} · {service}"),
    };
    wrap(&name, NAMES)
}

fn reasons(estimate: &Estimate, language: Language) -> String {
    let told = estimate.reasons.iter();
    let first = Column::words(
        language.of("사유", "Reason"),
        told.clone().map(|(reason, _)| words::reason(*reason, language).to_owned()),
    );
    let claims = told.map(|(_, claims)| won(claims.round() as i128, language));
    let title = language.of("사유별 신청 (평균)", "By reason (mean)");
    titled(title, draw(&first, &[Column::numbers(language.of("신청", "Claims"), claims).kept()], WIDTH))
}

/// What a reader has to know of the model, and which figures nobody measured.
fn notes(estimated: &Estimated<'_>, language: Language) -> Vec<String> {
    let (draws, seed) = estimated.draws;
    let draws = won(draws.into(), language);
    let model = match language {
        Language::Ko => format!(
            "모형이며 누구의 지급액도 아닙니다. 손실 = 연매출 × 7/365 × 장애가 차지하는 한 주의 몫 × 플랫폼 비중 × \
             (1 - 대체율). 기준의 매출 비교 방법 대신 씁니다. 범위에서 {draws}번 뽑아(시드 {seed}), 그만큼으로 \
             알 수 있는 자리까지 적었습니다."
        ),
        Language::En => format!(
            "A model, and nobody's payment. Loss = annual sales x 7/365 x the outage's part of a week x platform \
             share x (1 - substitution), in place of the scheme's own comparison of sales. {draws} draws from the \
             ranges, seed {seed}; figures are rounded to what so many draws know."
        ),
    };
    let ours = language.of(
        "우리의 가정: 범위 안은 고르고 범위끼리는 독립이며, 모든 집단이 범위의 같은 자리에 있습니다(합계의 폭이 \
         가장 넓습니다). 집단 안의 크기는 로그정규입니다.",
        "Assumed by us: a range is even and independent of the others, and all groups stand at the same place of it, \
         which makes the total as uncertain as it can be; sizes in a group are lognormal.",
    );
    let mut notes = vec![model, ours.to_owned()];
    notes.extend(assumed(estimated.groups, language));
    let label = language.of("기준의 가정", "Assumed by the scheme");
    notes.extend(estimated.scheme.assumptions.iter().map(|it| format!("{label}: {}", language.label(it))));
    for (scheme, _) in &estimated.others {
        let label = match language {
            Language::Ko => format!("{}의 가정", scheme.id),
            Language::En => format!("Assumed by {}", scheme.id),
        };
        notes.extend(scheme.assumptions.iter().map(|it| format!("{label}: {}", language.label(it))));
    }
    notes
}

/// The assumed figures of the population, each with the groups for which it is.
fn assumed(groups: &[Group], language: Language) -> Vec<String> {
    let mut headings: Vec<&str> = Vec::new();
    for heading in groups.iter().flat_map(|group| &group.assumed) {
        if !headings.contains(heading) {
            headings.push(heading);
        }
    }
    let label = language.of("모집단의 가정", "Assumed in the population");
    let one = |heading: &&str| {
        let with = groups.iter().filter(|group| group.assumed.contains(heading));
        let names: Vec<_> = with.map(|group| clean(words::group(&group.industry, language))).collect();
        let what = figure(heading, language);
        if names.len() == groups.len() { what.to_owned() } else { format!("{what} ({})", names.join(", ")) }
    };
    match headings.iter().map(one).collect::<Vec<_>>() {
        none if none.is_empty() => vec![],
        told => vec![format!("{label}: {}.", told.join("; "))],
    }
}

fn figure(heading: &str, language: Language) -> &str {
    match heading {
        "industry" => language.of("업종", "industry"),
        "service" => language.of("쓰는 서비스", "which service it uses"),
        "class" => language.of("구분", "class"),
        "businesses" => language.of("사업체 수", "number of businesses"),
        "annual_sales" => language.of("연매출", "annual sales"),
        "spread" => language.of("매출 편차", "spread of sales"),
        "profile" => language.of("시간대", "hours in which it sells"),
        "outage_start" => language.of("장애 시작", "start of the outage"),
        "outage_end" => language.of("장애 종료", "end of the outage"),
        "platform_share" => language.of("플랫폼 비중", "platform share"),
        "substitution" => language.of("대체율", "substitution"),
        "margin" => language.of("영업이익률", "margin"),
        "fee" => language.of("월 요금", "fee"),
        "claim_rate" => language.of("신청률", "claim rate"),
        other => other,
    }
}
