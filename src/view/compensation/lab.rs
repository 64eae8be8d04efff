//! The policy lab as tables and as JSON.

use serde_json::{Value, json};

use super::number::{rate, span, won};
use super::{Batch, WIDTH, place, rows, titled, words};
use crate::scheme::lab::{Change, Cliff, Cliffs, Drawn, Layer, Spread, Stratum};
use crate::scheme::{Due, Scheme, Status, Tally};
use crate::view::Language;
use crate::view::table::{Column, draw, wrap};

/// What else was asked of a file of claims.
#[derive(Clone, Debug, Default)]
pub struct Lab<'l> {
    /// What is paid to each under the scheme itself.
    pub spread: Option<&'l Spread>,
    /// Other schemes, and what changes under each.
    pub others: Vec<(&'l Scheme, &'l Change)>,
    /// The cliffs of the scheme.
    pub cliffs: Option<&'l Cliffs>,
    /// Claims to audit.
    pub sample: Option<Audit<'l>>,
}

/// Claims to audit.
#[derive(Clone, Copy, Debug)]
pub struct Audit<'l> {
    /// How many were asked for.
    pub size: usize,
    /// The seed.
    pub seed: u64,
    /// Each stratum with its claims.
    pub layers: &'l [Layer],
}

pub(super) fn tables(batch: &Batch<'_>, language: Language) -> Vec<String> {
    let lab = &batch.lab;
    let mut parts = Vec::new();
    if let Some(spread) = lab.spread.filter(|_| !lab.others.is_empty()) {
        parts.push(compared(batch, spread, language));
    }
    if let Some(found) = lab.cliffs {
        parts.push(cliffs(batch.scheme, found, language));
    }
    if let Some(audit) = lab.sample {
        parts.push(sample(batch.scheme, audit, language));
    }
    parts
}

fn compared(batch: &Batch<'_>, spread: &Spread, language: Language) -> String {
    let own = (batch.scheme, &batch.totals.all, spread, None);
    let others = batch.lab.others.iter();
    let all: Vec<(&Scheme, &Tally, &Spread, Option<&Change>)> = std::iter::once(own)
        .chain(others.map(|(scheme, change)| (*scheme, &change.tally, &change.spread, Some(*change))))
        .collect();
    let column = |heading: &str, cell: &dyn Fn(usize) -> String| {
        Column::numbers(heading, (0..all.len()).map(cell)).kept()
    };
    let changed = |of: &dyn Fn(&Change) -> i128| {
        all.iter()
            .map(|it| it.3.map_or_else(|| "-".into(), |change| won(of(change), language)))
            .collect::<Vec<_>>()
    };
    let percentile = |percent: u8| {
        move |place: usize, all: &[(&Scheme, &Tally, &Spread, Option<&Change>)]| {
            all[place]
                .2
                .percentile(percent)
                .map_or_else(|| "-".into(), |amount| won(amount.0.into(), language))
        }
    };
    let columns = [
        column(language.of("지급", "Paid"), &|place| won(all[place].1.total(), language)),
        column(language.of("심사 대기액", "Waiting"), &|place| won(all[place].1.pending(), language)),
        column(language.of("지급 건수", "Claims paid"), &|place| {
            won(all[place].1.with(Status::Paid).into(), language)
        }),
        column("P10", &|place| percentile(10)(place, &all)),
        column(language.of("중앙값", "Median"), &|place| percentile(50)(place, &all)),
        column("P90", &|place| percentile(90)(place, &all)),
        Column::numbers(
            language.of("늘어난 건수", "Claims with more"),
            changed(&|change| change.more.0.into()),
        ),
        Column::numbers(language.of("늘어난 금액", "By, in all"), changed(&|change| change.more.1)),
        Column::numbers(
            language.of("줄어든 건수", "Claims with less"),
            changed(&|change| change.less.0.into()),
        ),
        Column::numbers(language.of("줄어든 금액", "By, in all"), changed(&|change| change.less.1)),
        Column::numbers(language.of("그대로", "The same"), changed(&|change| change.same.into())),
    ];
    let first = Column::words(language.of("기준", "Scheme"), all.iter().map(|it| it.0.id.clone()));
    let title =
        language.of("같은 신청을 다른 기준으로 (단위: 원)", "The same claims under other schemes (won)");
    let note = language.of(
        "늘고 주는 것은 첫 기준에 견준 것이며, 심사 대기는 계산된 금액으로 셉니다. 다른 기준의 서류와 접수 기간은 \
         보지 않습니다.",
        "More and less are against the first; a claim that waits counts as what it would be. Papers and \
         periods of the other schemes are not looked at.",
    );
    format!("{}\n{}", titled(title, draw(&first, &columns, WIDTH)), wrap(note, WIDTH))
}

fn due(due: Due, language: Language) -> String {
    match due {
        Due::Amount(amount) => won(amount.0.into(), language),
        Due::OfLoss { at_least, .. } => {
            let least = won(at_least.map_or(0, |least| least.0.into()), language);
            match language {
                Language::Ko => format!("산식({least}~)"),
                Language::En => format!("formula ({least}+)"),
            }
        }
        Due::Review { at_least } => {
            let least = won(at_least.0.into(), language);
            match language {
                Language::Ko => format!("심사({least}~)"),
                Language::En => format!("review ({least}+)"),
            }
        }
    }
}

fn cliffs(scheme: &Scheme, found: &Cliffs, language: Language) -> String {
    if found.cliffs.is_empty() {
        return language
            .of("이 기준에는 손실 구간의 절벽이 없습니다.", "This scheme has no cliff in the loss.")
            .into();
    }
    let numbers = |heading: &str, cell: &dyn Fn(&Cliff) -> String| {
        Column::numbers(heading, found.cliffs.iter().map(cell)).kept()
    };
    let first = Column::words(
        language.of("경계", "Edge"),
        found.cliffs.iter().map(|cliff| {
            let edge = span(None, Some(cliff.at), language.of("원", ""), language);
            match scheme.rules.get(usize::from(cliff.rule)).and_then(|rule| rule.class) {
                Some(_) => format!("{}: {edge}", place(scheme, cliff.rule, None, language)),
                None => edge,
            }
        }),
    );
    let columns = [
        numbers(language.of("아래", "Below"), &|cliff| due(cliff.below, language)),
        numbers(language.of("위", "Above"), &|cliff| due(cliff.above, language)),
        numbers(language.of("1원에 뛰는 금액", "Leap for one won"), &|cliff| {
            won(cliff.leap().0.into(), language)
        }),
        numbers(language.of("바로 아래 5%", "Claims in 5% below"), &|cliff| {
            won(cliff.near_below.into(), language)
        }),
        numbers(language.of("바로 위 5%", "Claims in 5% above"), &|cliff| {
            won(cliff.near_above.into(), language)
        }),
    ];
    let mut text = titled(language.of("절벽 (단위: 원)", "Cliffs (won)"), draw(&first, &columns, WIDTH));
    if found.cliffs.iter().any(|cliff| matches!(cliff.above, Due::Review { .. })) {
        let note = language.of(
            "개별 심사 구간으로 뛰는 금액은 기준이 정한 최소액만 셉니다. 심사액은 더 클 수 있습니다.",
            "Into a review the leap counts the least that the scheme pays there; what is assessed may be more.",
        );
        text = format!("{text}\n{}", wrap(note, WIDTH));
    }
    if let Some(even) = found.even() {
        let (part, total, now) = (rate(even.rate), won(even.total, language), won(found.total(), language));
        let factor = decimal(even.rate);
        let (more, less) = (won(even.more.into(), language), won(even.less.into(), language));
        let note = match language {
            Language::Ko => format!(
                "같은 예산의 완만한 기준: 구간으로 지급되는 손실의 {part}를 지급하면 {total}원(지금 {now}원), {more}건은 \
                 늘고 {less}건은 줄며, 1원에 뛰는 금액이 없습니다. 기준 파일: form = \"formula\", factors = [\"{factor}\"]"
            ),
            Language::En => format!(
                "An even rule of the same budget: {part} of each loss that a band pays comes to {total} won (now \
                 {now}); {more} claims get more and {less} less, and no won makes a leap. In a scheme file: \
                 form = \"formula\", factors = [\"{factor}\"]"
            ),
        };
        text = format!("{text}\n{}", wrap(&note, WIDTH));
    }
    text
}

fn decimal(rate: crate::scheme::Rate) -> String {
    let millionths = i128::from(rate.parts()) * 1_000_000 / i128::from(rate.of());
    format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
}

fn stratum(scheme: &Scheme, (status, rule, band): Stratum, language: Language) -> String {
    let status = words::status(status, language);
    match (rule, band) {
        (Some(rule), Some(band)) => format!("{status}: {}", place(scheme, rule, Some(band), language)),
        _ => status.to_owned(),
    }
}

fn sample(scheme: &Scheme, Audit { size, seed, layers }: Audit<'_>, language: Language) -> String {
    let with = |layer: &'_ Layer| (layer.stratum, layer.claims, layer.drawn.len());
    let drawn: Vec<_> =
        layers.iter().flat_map(|layer| layer.drawn.iter().map(move |it| (with(layer), it))).collect();
    let first = Column::words(language.of("신청", "Claim"), drawn.iter().map(|it| it.1.id.clone()));
    let columns = [
        Column::numbers(language.of("행", "Row"), drawn.iter().map(|it| it.1.row.to_string())),
        Column::numbers(
            language.of("지급", "Paid"),
            drawn.iter().map(|it| won(it.1.amount.into(), language)),
        ),
        Column::numbers(
            language.of("층 표본", "Of stratum"),
            drawn.iter().map(|it| format!("{}/{}", it.0.2, it.0.1)),
        ),
        Column::words(
            language.of("층", "Stratum"),
            drawn.iter().map(|it| stratum(scheme, it.0.0, language)),
        ),
    ];
    let title = match language {
        Language::Ko => format!("감사 표본 {}건 (요청 {size}, 시드 {seed})", drawn.len()),
        Language::En => format!("Claims to audit: {} of {size} asked for, seed {seed}", drawn.len()),
    };
    titled(&title, draw(&first, &columns, WIDTH))
}

pub(super) fn json(batch: &Batch<'_>) -> Vec<(&'static str, Value)> {
    let lab = &batch.lab;
    let mut told = Vec::new();
    let percentiles = |spread: &Spread| {
        let at = |percent| spread.percentile(percent).map(|amount| amount.0);
        json!({ "p10": at(10), "p50": at(50), "p90": at(90) })
    };
    if let Some(spread) = lab.spread.filter(|_| !lab.others.is_empty()) {
        told.push(("distribution", percentiles(spread)));
        let one = |(scheme, change): &(&Scheme, &Change)| {
            json!({
                "scheme": scheme.id,
                "amount": super::json::won(change.tally.total()),
                "pending": super::json::won(change.tally.pending()),
                "paid": change.tally.with(Status::Paid),
                "distribution": percentiles(&change.spread),
                "more": { "claims": change.more.0, "amount": super::json::won(change.more.1) },
                "less": { "claims": change.less.0, "amount": super::json::won(change.less.1) },
                "same": change.same,
            })
        };
        told.push(("compared", lab.others.iter().map(one).collect()));
    }
    if let Some(found) = lab.cliffs {
        let cliff = |cliff: &Cliff| {
            json!({
                "rule": cliff.rule + 1, "band": cliff.band + 1, "at": cliff.at.at,
                "edge": if cliff.at.edge == crate::scheme::Edge::UpTo { "up_to" } else { "below" },
                "leap": cliff.leap().0, "near_below": cliff.near_below, "near_above": cliff.near_above,
            })
        };
        told.push(("cliffs", found.cliffs.iter().map(cliff).collect()));
        let even = found.even().map(|even| {
            json!({ "factor": decimal(even.rate), "amount": super::json::won(even.total), "more": even.more, "less": even.less })
        });
        told.push(("even_rule", json!(even)));
    }
    if let Some(Audit { size, seed, layers }) = lab.sample {
        let claim = |it: &Drawn| json!({ "row": it.row, "id": it.id, "amount": it.amount });
        let one = |layer: &Layer| {
            let (status, rule, band) = layer.stratum;
            json!({
                "status": rows::status(status),
                "rule": rule.map(|rule| rule + 1),
                "band": band.map(|band| band + 1),
                "claims": layer.claims,
                "drawn": layer.drawn.iter().map(claim).collect::<Vec<_>>(),
            })
        };
        let strata: Vec<_> = layers.iter().map(one).collect();
        told.push(("sample", json!({ "size": size, "seed": seed, "strata": strata })));
    }
    told
}
