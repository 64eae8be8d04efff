//! Terminal chart: loss and net loss against the outage's duration.

use unicode_width::UnicodeWidthStr;

use super::number::Unit;
use crate::projection::{Kink, Projection};
use crate::quantity::{Hours, Money};
use crate::scenario::Scenario;
use crate::view::Language;
use crate::waterfall::Waterfall;

const HEIGHT: usize = 14;

/// Marks of kinks, in the order of the table that names them.
pub const MARKS: &str = "123456789abcdefghijklmnopqrstuvwxyz";

/// Draws loss (`·`) and net loss (`━`) over a square-root axis of hours, so that
/// the first day and the first week can both be read. Kinks bear their marks.
pub fn draw(
    scenario: &Scenario,
    projection: &Projection<'_>,
    kinks: &[&Kink],
    unit: Unit,
    width: usize,
    language: Language,
) -> String {
    let until = scenario.longest();
    let show = |amount: f64| {
        let shown = unit.show(Money(amount), language);
        if shown == "-" { "0".into() } else { shown }
    };
    let sample = |columns: usize| -> Vec<Waterfall<'_>> {
        let at = |column: usize| {
            let part = (column as f64 + 0.5) / columns as f64;
            Hours(until.0 * part * part)
        };
        (0..columns).map(|column| Waterfall::new(scenario, at(column))).collect()
    };
    let rough = sample(60);
    let ends = projection.rows.iter().chain(&rough);
    let (low, high) = ends.fold((0.0f64, 0.0f64), |(low, high), row| {
        (low.min(row.net.0), high.max(row.net.0).max(row.economic_loss.0))
    });
    let ticks = nice_ticks(low, high);
    let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
    let margin = ticks.iter().map(|tick| show(*tick).width()).max().unwrap_or(1);
    let columns = width.saturating_sub(margin + 2).max(20);
    let rows = sample(columns);

    let line_of = |amount: f64| {
        let part = (amount - low) / (high - low).max(f64::MIN_POSITIVE);
        ((1.0 - part) * (HEIGHT - 1) as f64).round().clamp(0.0, (HEIGHT - 1) as f64) as usize
    };
    let mut grid = vec![vec![' '; columns]; HEIGHT];
    for (column, row) in rows.iter().enumerate() {
        grid[line_of(row.economic_loss.0)][column] = '·';
        grid[line_of(row.net.0)][column] = '━';
    }
    let column_of = |hours: Hours| {
        ((hours.0 / until.0).max(0.0).sqrt() * columns as f64).min(columns as f64 - 1.0) as usize
    };
    for (kink, mark) in kinks.iter().zip(MARKS.chars()) {
        grid[line_of(kink.net.0)][column_of(kink.at)] = mark;
    }

    let label_at: Vec<(usize, f64)> = ticks.iter().map(|tick| (line_of(*tick), *tick)).collect();
    let mut drawn = String::new();
    for (line, cells) in grid.iter().enumerate() {
        let label = label_at.iter().find(|(at, _)| *at == line).map(|(_, tick)| show(*tick));
        let (label, edge) = label.map_or((String::new(), '│'), |label| (label, '┤'));
        let pad = " ".repeat(margin - label.width());
        let cells: String = cells.iter().collect();
        drawn.push_str(format!("{pad}{label} {edge}{cells}").trim_end());
        drawn.push('\n');
    }
    let (axis, labels) = hour_axis(until, columns, column_of, language);
    let pad = " ".repeat(margin);
    drawn.push_str(&format!("{pad} └{axis}\n{pad}  {labels}\n"));
    drawn
}

/// Returns round amounts from at or below `low` to at or above `high`.
fn nice_ticks(low: f64, high: f64) -> Vec<f64> {
    let span = (high - low).max(1e-9);
    let rough = span / 4.0;
    let magnitude = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].map(|n| n * magnitude).into_iter().find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * magnitude);
    let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
    (first..=last.max(first + 1)).map(|n| n as f64 * step).collect()
}

fn hour_axis(
    until: Hours,
    columns: usize,
    column_of: impl Fn(Hours) -> usize,
    language: Language,
) -> (String, String) {
    let candidates =
        [1.0, 2.0, 4.0, 8.0, 12.0, 24.0, 48.0, 72.0, 120.0, 168.0, 336.0, 720.0, 2160.0, 4320.0, 8760.0];
    let mut axis = vec!['─'; columns];
    let mut labels = String::new();
    let mut used = 0;
    for hours in candidates.into_iter().filter(|hours| *hours <= until.0) {
        let column = column_of(Hours(hours));
        let label = format!("{hours}{}", language.of("시간", "h"));
        let begin = column.saturating_sub(label.width() / 2);
        if begin < used + usize::from(used > 0) * 2 || begin + label.width() > columns {
            continue;
        }
        axis[column] = '┬';
        labels.push_str(&" ".repeat(begin - used));
        labels.push_str(&label);
        used = begin + label.width();
    }
    (axis.into_iter().collect(), labels)
}
