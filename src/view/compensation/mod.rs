//! What a file of claims comes to, as a page and as JSON.

pub mod columns;
pub mod estimate;
mod json;
mod lab;
pub mod lines;
pub mod number;
pub mod rows;
mod scheme;
pub mod words;

use crate::scheme::{By, Flag, Reason, Scheme, Status, Tally, Totals};
use crate::view::Language;
use crate::view::table::{Column, clean, draw, wrap};
use number::{span, won};

pub use json::json;
pub use lab::{Audit, Lab};
pub use scheme::{length, list, one, rounding};

/// Writes what is paid as an outflow of a scenario file, to paste into it.
#[must_use]
pub fn outflow(batch: &Batch<'_>) -> String {
    let (scheme, totals) = (batch.scheme, batch.totals);
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let (ko, en) = (text(&scheme.name.ko), text(&scheme.name.en));
    let waiting = match totals.all.pending() {
        0 => String::new(),
        pending => format!("; {} more won wait for review", group_of(pending)),
    };
    format!(
        "# {} {} under {}, {} paid{waiting}.\n[[outflow]]\nid = \"compensation\"\n\
         label = {{ ko = {ko}, en = {en} }}\nhead = \"compensation\"\namount = {}\n",
        totals.all.rows(),
        if totals.all.rows() == 1 { "claim" } else { "claims" },
        scheme.id,
        totals.all.with(Status::Paid),
        totals.all.total(),
    )
}

fn group_of(amount: i128) -> String {
    won(amount, Language::En)
}

/// Columns of a terminal.
const WIDTH: usize = 80;

/// A file of claims that was worked out.
#[derive(Clone, Debug)]
pub struct Batch<'b> {
    /// The scheme.
    pub scheme: &'b Scheme,
    /// Name of the file of claims.
    pub claims: &'b str,
    /// What it comes to.
    pub totals: &'b Totals,
    /// In what it was written, where that can be told.
    pub encoding: &'static str,
    /// Headings that were passed over.
    pub passed_over: &'b [String],
    /// Checks that no column allowed.
    pub unchecked: Vec<Unchecked>,
    /// What else was asked.
    pub lab: Lab<'b>,
}

/// A check that the file has no column for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unchecked {
    /// Papers.
    Papers,
    /// The day on which claims came.
    Received,
    /// Business numbers.
    Business,
    /// Accounts.
    Account,
    /// Digests of papers.
    PapersHash,
}

impl Unchecked {
    /// Returns its name in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Papers => "papers",
            Self::Received => "received",
            Self::Business => "business_number",
            Self::Account => "account",
            Self::PapersHash => "papers_hash",
        }
    }

    fn words(self, language: Language) -> &'static str {
        match self {
            Self::Papers => language.of("제출서류", "papers"),
            Self::Received => language.of("접수일", "day of claim"),
            Self::Business => language.of("사업자등록번호", "business number"),
            Self::Account => language.of("계좌", "account"),
            Self::PapersHash => language.of("증빙해시", "papers hash"),
        }
    }
}

/// Writes a page of 80 columns.
#[must_use]
pub fn page(batch: &Batch<'_>, language: Language) -> String {
    let Batch { scheme, totals, .. } = batch;
    let name = language.label(&scheme.name);
    let file = clean(batch.claims);
    let total = won(totals.all.total(), language);
    let rows = won(totals.all.rows().into(), language);
    let unit = if totals.all.rows() == 1 { "row" } else { "rows" };
    let head = match language {
        Language::Ko => format!("{name} ({})\n{file} · {rows}건 · 지급 합계 {total}원", scheme.id),
        Language::En => format!("{name} ({})\n{file} · {rows} {unit} · {total} won to pay", scheme.id),
    };
    let mut parts = vec![head, ends(totals, language), reasons(totals, language), budget(totals, language)];
    parts.push(bands(batch, language));
    parts.extend(By::ALL.into_iter().filter_map(|by| groups(totals, by, language)));
    parts.extend([flags(totals, language), rejects(totals, language)]);
    parts.extend(lab::tables(batch, language));
    parts.push(notes(batch, language));
    let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}\n", parts.join("\n\n"))
}

fn titled(title: &str, table: String) -> String {
    format!("{title}\n{table}")
}

fn count(count: u64, language: Language) -> String {
    won(count.into(), language)
}

fn ends(totals: &Totals, language: Language) -> String {
    let mut names: Vec<String> =
        Status::ALL.iter().map(|status| words::status(*status, language).to_owned()).collect();
    let mut counts: Vec<_> = Status::ALL.iter().map(|status| totals.all.with(*status)).collect();
    names.push(language.of("합계 = 입력 행", "All = rows in").into());
    counts.push(counts.iter().sum());
    let amounts = Status::ALL.iter().map(|status| match status {
        Status::Paid => won(totals.all.total(), language),
        _ => "-".into(),
    });
    let amounts: Vec<_> = amounts.chain([won(totals.all.total(), language)]).collect();
    let title = language.of("처리 결과 (단위: 원)", "What became of the claims (won)");
    let columns = [
        Column::numbers(language.of("건수", "Claims"), counts.iter().map(|n| count(*n, language))),
        Column::numbers(language.of("금액", "Amount"), amounts),
    ];
    titled(title, draw(&Column::words(language.of("구분", "End"), names), &columns, WIDTH))
}

fn reasons(totals: &Totals, language: Language) -> String {
    let told: Vec<_> = Reason::ALL.into_iter().filter(|reason| totals.all.of(*reason) > 0).collect();
    if told.is_empty() {
        return String::new();
    }
    let first = Column::words(
        language.of("사유", "Reason"),
        told.iter().map(|reason| words::reason(*reason, language).to_owned()),
    );
    let columns = [
        Column::words("", told.iter().map(|reason| words::status(reason.status(), language).to_owned())),
        Column::numbers(
            language.of("건수", "Claims"),
            told.iter().map(|reason| count(totals.all.of(*reason), language)),
        ),
        Column::numbers(
            language.of("금액", "Amount"),
            told.iter().map(|reason| dash(totals.all.amount_of(*reason), language)),
        ),
    ];
    titled(language.of("사유별", "By reason"), draw(&first, &columns, WIDTH))
}

/// What the scheme may cost once all who wait were looked at.
fn budget(totals: &Totals, language: Language) -> String {
    let (paid, pending) = (totals.all.total(), totals.all.pending());
    if pending == 0 {
        return String::new();
    }
    let names = [
        language.of("지급 확정", "Paid now"),
        language.of("심사 대기 (계산된 금액)", "Waiting, as worked out"),
        language.of("모두 인정되면", "If all of it is granted"),
    ];
    let first = Column::words(language.of("예산", "Budget"), names.map(str::to_owned));
    let amounts = [paid, pending, paid + pending].map(|amount| won(amount, language));
    let table = draw(&first, &[Column::numbers(language.of("금액", "Amount"), amounts)], WIDTH);
    if totals.all.of(Reason::Individual) == 0 {
        return table;
    }
    let note = language.of(
        "개별 심사 구간은 기준이 정한 최소액으로 셌으므로 실제는 더 클 수 있습니다.",
        "Losses that a person assesses count with the least that the scheme allows, so it may be more.",
    );
    format!("{table}\n{}", wrap(note, WIDTH))
}

fn dash(amount: i128, language: Language) -> String {
    if amount == 0 { "-".into() } else { won(amount, language) }
}

fn tallies(heading: &str, rows: Vec<(String, &Tally)>, language: Language) -> String {
    let column = |heading: &str, of: &dyn Fn(&Tally) -> String| {
        Column::numbers(heading, rows.iter().map(|(_, tally)| of(tally))).kept()
    };
    let mean = |tally: &Tally| match i128::from(tally.with(Status::Paid)) {
        0 => "-".into(),
        paid => won(tally.total() / paid, language),
    };
    let columns = [
        column(language.of("건수", "Claims"), &|tally| count(tally.rows(), language)),
        column(language.of("지급", "Paid"), &|tally| count(tally.with(Status::Paid), language)),
        column(language.of("심사", "Review"), &|tally| count(tally.with(Status::Review), language)),
        column(language.of("금액", "Amount"), &|tally| dash(tally.total(), language)),
        column(language.of("평균", "Mean"), &mean),
    ];
    let first = Column::words(heading, rows.iter().map(|(name, _)| name.clone()));
    draw(&first, &columns, WIDTH)
}

fn bands(batch: &Batch<'_>, language: Language) -> String {
    let rows: Vec<_> = batch
        .totals
        .bands
        .iter()
        .map(|((rule, band), tally)| (place(batch.scheme, *rule, *band, language), tally))
        .collect();
    if rows.len() < 2 {
        return String::new();
    }
    titled(language.of("구간별", "By rule and band"), tallies(language.of("구간", "Band"), rows, language))
}

/// Names a rule and a band of it.
pub fn place(scheme: &Scheme, rule: u8, band: Option<u8>, language: Language) -> String {
    let Some(rule) = scheme.rules.get(usize::from(rule)) else { return String::new() };
    let class = rule.class.and_then(|class| scheme.classes.get(usize::from(class)));
    let class = class.map(|class| language.label(&class.name).to_owned());
    let days = matches!(rule.form, crate::scheme::Form::OnDays { .. });
    let unit = if days { language.of("일", " days") } else { language.of("원", "") };
    let band = band.map(|band| {
        let band = usize::from(band);
        let from = band.checked_sub(1).and_then(|before| rule.bands()[before].to);
        span(from, rule.bands()[band].to, unit, language)
    });
    match (class, band) {
        (Some(class), Some(band)) => format!("{class}: {band}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => language.of("구간 없음", "no band").into(),
    }
}

/// Groups that are shown; the rest are one line.
const SHOWN: usize = 12;

fn groups(totals: &Totals, by: By, language: Language) -> Option<String> {
    let groups = totals.by(by)?;
    let mut rows: Vec<_> = groups.named.iter().collect();
    rows.sort_by_key(|(word, tally)| (std::cmp::Reverse((tally.total(), tally.rows())), *word));
    let mut rest = groups.others;
    for (_, tally) in rows.iter().skip(SHOWN) {
        rest.merge(tally);
    }
    let name = |word: &str| match word {
        "" => language.of("(없음)", "(not given)").to_owned(),
        word => clean(word).chars().take(24).collect(),
    };
    let mut told: Vec<_> = rows.iter().take(SHOWN).map(|(word, tally)| (name(word), *tally)).collect();
    if rest.rows() > 0 {
        told.push((language.of("(그 밖)", "(others)").into(), &rest));
    }
    let heading = words::by(by, language);
    let title = match language {
        Language::Ko => format!("{heading}별"),
        Language::En => format!("By {}", heading.to_lowercase()),
    };
    Some(titled(&title, tallies(heading, told, language)))
}

fn flags(totals: &Totals, language: Language) -> String {
    let told: Vec<_> = Flag::ALL.into_iter().filter(|flag| totals.flags[*flag as usize] > 0).collect();
    if told.is_empty() {
        return String::new();
    }
    let what = |flag: &Flag| {
        if flag.holds() {
            language.of("지급 보류", "held for review")
        } else {
            language.of("표시만", "told only")
        }
    };
    let first = Column::words(
        language.of("의심 표시", "Flag"),
        told.iter().map(|flag| words::flag(*flag, language).to_owned()),
    );
    let columns = [
        Column::numbers(
            language.of("건수", "Claims"),
            told.iter().map(|flag| count(totals.flags[*flag as usize], language)),
        ),
        Column::words(language.of("처리", "What is done"), told.iter().map(|flag| what(flag).to_owned())),
    ];
    draw(&first, &columns, WIDTH)
}

fn rejects(totals: &Totals, language: Language) -> String {
    if totals.rejects.is_empty() {
        return String::new();
    }
    let first = Column::words(
        language.of("처리하지 못한 행", "Rejected rows"),
        totals.rejects.keys().map(ToString::to_string),
    );
    let why = totals.rejects.keys().map(|why| words::reject(why, language).to_owned());
    let counts = totals.rejects.values().map(|n| count(*n, language));
    let counts = Column::numbers(language.of("건수", "Rows"), counts);
    draw(&first, &[Column::words("", why), counts], WIDTH)
}

fn notes(batch: &Batch<'_>, language: Language) -> String {
    let mut notes = Vec::new();
    if !batch.unchecked.is_empty() {
        let list: Vec<_> = batch.unchecked.iter().map(|what| what.words(language)).collect();
        let list = list.join(", ");
        notes.push(match language {
            Language::Ko => format!("열이 없어 확인하지 않음: {list}"),
            Language::En => format!("Not checked, for want of a column: {list}"),
        });
    }
    if !batch.passed_over.is_empty() {
        let list: Vec<_> = batch.passed_over.iter().map(|name| clean(name)).collect();
        let list = list.join(", ");
        notes.push(match language {
            Language::Ko => format!("쓰지 않은 열: {list}"),
            Language::En => format!("Columns passed over: {list}"),
        });
    }
    for assumption in &batch.scheme.assumptions {
        let text = language.label(assumption);
        notes.push(match language {
            Language::Ko => format!("가정: {text}"),
            Language::En => format!("Assumed: {text}"),
        });
    }
    if let Some(kind) = &batch.scheme.in_kind {
        let kind = language.label(kind);
        notes.push(match language {
            Language::Ko => format!("현금이 아니라 {kind}로 지급합니다."),
            Language::En => format!("Given in {kind}, not in money."),
        });
    }
    notes.iter().map(|note| wrap(note, WIDTH)).collect::<Vec<_>>().join("\n")
}
