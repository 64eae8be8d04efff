//! An estimate as a page, as JSON and as an outflow.

use serde_json::{Value, json};

use super::number::won;
use super::{WIDTH, titled, words};
use crate::scheme::lab::{Estimate, Group, Likely, Outlook};
use crate::scheme::{Reason, Scheme};
use crate::view::Language;
use crate::view::table::{Column, clean, draw, wrap};

/// An estimate with what it was made from.
#[derive(Clone, Copy, Debug)]
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
}

/// Writes an estimate as a page of 80 columns.
#[must_use]
pub fn page(estimated: &Estimated<'_>, language: Language) -> String {
    let Estimated { scheme, groups, estimate, .. } = estimated;
    let round = |amount: f64| won(amount.round() as i128, language);
    let paid = estimate.total.paid;
    let head = match language {
        Language::Ko => format!(
            "{} ({})\n{} · 추정 지급액 {}원\n열에 여덟 번은 {}~{}원",
            language.label(&scheme.name),
            scheme.id,
            clean(estimated.population),
            round(paid.mean),
            round(paid.p10),
            round(paid.p90)
        ),
        Language::En => format!(
            "{} ({})\n{} · estimated {} won\n8 times in 10 between {} and {} won",
            language.label(&scheme.name),
            scheme.id,
            clean(estimated.population),
            round(paid.mean),
            round(paid.p10),
            round(paid.p90)
        ),
    };
    let names = groups.iter().map(|group| named(group, language));
    let names = names.chain([language.of("합계", "All").to_owned()]);
    let rows: Vec<&Outlook> = estimate.groups.iter().chain([&estimate.total]).collect();
    let column = |heading: &str, of: &dyn Fn(&Outlook) -> f64| {
        Column::numbers(heading, rows.iter().map(|row| round(of(row)))).kept()
    };
    let columns = [
        column(language.of("신청", "Claims"), &|row| row.claims.mean),
        column(language.of("매출 손실", "Lost sales"), &|row| row.lost_sales.mean),
        column(language.of("지급", "Paid"), &|row| row.paid.mean),
        column("P10", &|row| row.paid.p10),
        column("P90", &|row| row.paid.p90),
        column(language.of("심사 대기", "Waiting"), &|row| row.waiting.mean),
    ];
    let first = Column::words(language.of("집단", "Group"), names);
    let title = language.of(
        "추정 (원, 신청은 건수; 평균과 지급의 P10~P90)",
        "Estimate (won; means, and P10 to P90 of what is paid)",
    );
    let mut parts = vec![head, titled(title, draw(&first, &columns, WIDTH)), reasons(estimate, language)];
    parts.push(
        notes(estimated, language).iter().map(|note| wrap(note, WIDTH)).collect::<Vec<_>>().join("\n"),
    );
    format!("{}\n", parts.join("\n\n"))
}

fn named(group: &Group, language: Language) -> String {
    let industry = words::group(&group.industry, language);
    match words::group(&group.service, language) {
        "" => industry.to_owned(),
        service => format!("{industry} · {service}"),
    }
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
             (1 - 대체율). 기준의 매출 비교 방법 대신 씁니다. 범위에서 {draws}번 뽑았습니다(시드 {seed})."
        ),
        Language::En => format!(
            "A model, and nobody's payment. Loss = annual sales x 7/365 x the outage's part of a week x platform \
             share x (1 - substitution), in place of the scheme's own comparison of sales. {draws} draws from the \
             ranges, seed {seed}."
        ),
    };
    let ours = language.of(
        "우리의 가정: 범위 안은 고르고 범위끼리는 독립이며, 모든 집단이 범위의 같은 자리에 있습니다(합계의 폭이 \
         가장 넓습니다). 집단 안의 크기는 로그정규입니다.",
        "Assumed by us: a range is even and independent of the others, and all groups stand at the same place of it, \
         which makes the total as uncertain as it can be; sizes in a group are lognormal.",
    );
    let mut notes = vec![model, ours.to_owned()];
    if estimated.estimate.total.waiting.p90 > 0.0 {
        let least = language.of(
            "심사 대기는 기준이 정한 최소액만 센 것이며 지급에 들어 있지 않습니다.",
            "Waiting is not in what is paid, and counts the least that the scheme pays after a review.",
        );
        notes.push(least.to_owned());
    }
    notes.extend(assumed(estimated.groups, language));
    let label = language.of("기준의 가정", "Assumed by the scheme");
    notes.extend(estimated.scheme.assumptions.iter().map(|it| format!("{label}: {}", language.label(it))));
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

/// Writes an estimate as JSON, `netloss.estimate/1`: unrounded won.
#[must_use]
pub fn json(estimated: &Estimated<'_>) -> String {
    let likely = |it: Likely| json!({ "mean": it.mean, "p10": it.p10, "p50": it.p50, "p90": it.p90 });
    let outlook = |it: &Outlook| {
        json!({
            "lost_sales": likely(it.lost_sales),
            "claims": likely(it.claims),
            "paid": likely(it.paid),
            "waiting": likely(it.waiting),
        })
    };
    let group = |(group, it): (&Group, &Outlook)| {
        let mut told = outlook(it);
        if let Value::Object(told) = &mut told {
            told.insert("industry".into(), json!(group.industry));
            told.insert("service".into(), json!(group.service));
            told.insert("assumed".into(), json!(group.assumed));
            told.insert("source".into(), json!(group.sources));
        }
        told
    };
    let reason = |(reason, claims): &(Reason, f64)| json!({ "reason": reason.key(), "claims": claims });
    let document = json!({
        "schema": "netloss.estimate/1",
        "scheme": estimated.scheme.id,
        "population": estimated.population,
        "draws": estimated.draws.0,
        "seed": estimated.draws.1,
        "assumptions": {
            "en": notes(estimated, Language::En),
            "ko": notes(estimated, Language::Ko),
        },
        "total": outlook(&estimated.estimate.total),
        "reasons": estimated.estimate.reasons.iter().map(reason).collect::<Vec<_>>(),
        "groups": estimated.groups.iter().zip(&estimated.estimate.groups).map(group).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

/// Writes the mean as an outflow of a scenario file, to paste into it.
#[must_use]
pub fn outflow(estimated: &Estimated<'_>) -> String {
    let text = |text: &str| Value::from(text).to_string();
    let Estimated { scheme, estimate, .. } = estimated;
    let round = |amount: f64| won(amount.round() as i128, Language::En);
    let Outlook { paid, waiting, .. } = estimate.total;
    let review = match waiting.mean.round() {
        0.0 => String::new(),
        _ => {
            format!("# Not in it: {} won or more, on average, that wait for review.\n", round(waiting.mean))
        }
    };
    let (draws, seed) = estimated.draws;
    format!(
        "# The mean of a model and no claim: {} under {}, {draws} draws, seed {seed};\n\
         # 8 times in 10 between {} and {} won.\n{review}[[outflow]]\nid = \"compensation\"\n\
         label = {{ ko = {}, en = {} }}\nhead = \"compensation\"\namount = {:.0}\n",
        clean(estimated.population),
        scheme.id,
        round(paid.p10),
        round(paid.p90),
        text(&scheme.name.ko),
        text(&scheme.name.en),
        paid.mean.round(),
    )
}
