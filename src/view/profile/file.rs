//! A profile file: what a scenario takes as the shape of a line.

use std::fmt::Write;

use jiff::civil::Date;
use serde_json::json;

use super::seoul::SeoulTrade;
use crate::profile::WEEKS_OF_YEAR;
use crate::profile::build::{Figure, Grain, SeasonBy};
use crate::read::profile::FORMAT;
use crate::read::sales::Sales;
use crate::read::sales::build::{Built, BuiltLine};

const HEAD: &str = "\
# A rhythm of revenue: take it in a scenario with
#   [line.revenue]
#   shape = \"this-file.toml\"      # or \"this-file.toml#ID\" where there are several
#   per_year = \"3.5억\"
# `netloss profile show this-file.toml` draws it.
";

/// Writes the profiles of a build.
#[must_use]
pub fn file(sales: &Sales, built: &Built) -> String {
    let mut text = format!("{HEAD}format = {FORMAT}\n");
    for line in &built.lines {
        one(&mut text, sales, built, line);
    }
    text
}

fn one(text: &mut String, sales: &Sales, built: &Built, line: &BuiltLine) {
    let estimate = &line.estimate;
    let zone = built.choices.zone.iana_name().unwrap_or_default();
    let what = match built.grain {
        Grain::Sale => "sales",
        Grain::Hour => "totals of hours",
        Grain::Day => "totals of days",
    };
    let files = sales.files.iter().map(|file| base(&file.name)).collect::<Vec<_>>().join(", ");
    let (first, last) = line.span;
    let made = format!(
        "{files}: {} {what}, {first} to {last}, {} in all",
        super::build::whole(line.rows),
        line.sum
    );
    head(text, if line.name.is_empty() { "sales" } else { &line.name }, zone, &made);
    if let Some(name) = &built.choices.hours_from {
        let _ = writeln!(text, "hours_from = {}", quoted(name));
    }
    if let Some(growth) = estimate.growth {
        let _ = writeln!(text, "growth = {}", six(growth.per_year));
    }
    let _ = writeln!(text, "hour = {}", six(line.hour));
    week(text, &line.week);
    match estimate.question.season {
        SeasonBy::None => {}
        SeasonBy::Months => {
            list(text, "months", &estimate.season.iter().map(|f| f.value).collect::<Vec<_>>(), 12)
        }
        SeasonBy::Weeks => {
            let factors: Vec<f64> = estimate.season.iter().map(|f| f.value).collect();
            debug_assert_eq!(factors.len(), WEEKS_OF_YEAR);
            list(text, "weeks", &factors, 13);
        }
    }
    let named = &built.choices.named;
    for (kind, figure) in estimate.kinds.iter().enumerate() {
        let Some(figure) = figure else { continue };
        let dates: Vec<String> = named.of(kind).map(|date: Date| format!("\"{date}\"")).collect();
        let _ = writeln!(text, "\n[[profile.day]]\nname = {}", quoted(&named.kinds[kind]));
        let _ = writeln!(text, "factor = {}", six(figure.value));
        if let Some(spread) = figure.spread {
            let _ = writeln!(text, "spread = {}", six(spread));
        }
        let rows: Vec<String> = dates.chunks(6).map(|row| format!("  {},", row.join(", "))).collect();
        let _ = writeln!(text, "count = {}\ndates = [\n{}\n]", figure.count, rows.join("\n"));
    }
}

/// Writes the profiles of trades of Seoul.
#[must_use]
pub fn of_seoul(trades: &[SeoulTrade<'_>], files: &str) -> String {
    let mut text = format!("{HEAD}format = {FORMAT}\n");
    for of in trades {
        let quarters = of.trade.quarters.len();
        let made = format!(
            "{files}: {} {}, {quarters} quarters; hours are even inside six bands, days have the same hours",
            of.trade.code, of.trade.name
        );
        head(&mut text, &of.trade.code, "Asia/Seoul", &made);
        if !of.trade.name.is_empty() {
            let _ = writeln!(text, "label = {}", quoted(&of.trade.name));
        }
        week(&mut text, &of.found.week);
        if let Some(season) = of.found.season {
            let months: Vec<f64> = (0..12).map(|month| season[month / 3].value).collect();
            list(&mut text, "months", &months, 12);
        }
    }
    text
}

fn head(text: &mut String, id: &str, zone: &str, made: &str) {
    let _ = writeln!(text, "\n[[profile]]\nid = {}", quoted(id));
    let _ = writeln!(text, "timezone = {}\nmade_from = {}", quoted(zone), quoted(made));
}

fn week(text: &mut String, week: &[Figure]) {
    let of = |pick: fn(&Figure) -> f64| week.iter().map(pick).collect::<Vec<f64>>();
    text.push_str("# Monday 00:00 first, a day in each row; an average hour is 1.\n");
    list(text, "hours", &of(|hour| hour.value), 24);
    if week.iter().all(|hour| hour.spread.is_some()) {
        list(text, "spread", &of(|hour| hour.spread.unwrap_or_default()), 24);
    }
    list(text, "count", &of(|hour| hour.count as f64), 24);
}

fn list(text: &mut String, key: &str, numbers: &[f64], a_row: usize) {
    let row = |row: &[f64]| {
        format!("  {},", row.iter().map(|number| six(*number)).collect::<Vec<_>>().join(", "))
    };
    let rows: Vec<String> = numbers.chunks(a_row).map(row).collect();
    let _ = writeln!(text, "{key} = [\n{}\n]", rows.join("\n"));
}

/// Writes a number to six decimals, without the zeros behind.
fn six(number: f64) -> String {
    let text = format!("{number:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.to_owned() }
}

/// Writes a text in quotes, as JSON and TOML both have them.
fn quoted(text: &str) -> String {
    json!(crate::view::clean(text)).to_string()
}

fn base(name: &str) -> String {
    std::path::Path::new(name).file_name().map_or(name.into(), |name| name.to_string_lossy().into_owned())
}
