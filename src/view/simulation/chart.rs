//! Terminal chart: loss of a year against how rarely it is passed.

use unicode_width::UnicodeWidthStr;

use crate::quantity::Money;
use crate::risk::{Distribution, quantiles_of};
use crate::view::Language;
use crate::view::number::Unit;

const HEIGHT: usize = 12;

/// Draws loss (`·`) and net loss (`━`) of a year over return periods on a logarithmic
/// axis. Between the periods of the table the lines run straight.
pub(super) fn draw(
    gross: &Distribution,
    net: &Distribution,
    unit: Unit,
    width: usize,
    language: Language,
) -> String {
    let years = gross.years();
    let points = |of: &Distribution| -> Vec<(f64, f64)> {
        let point = |(p, period): (f64, u32)| (libm::log10(f64::from(period)), of.value_at_risk(p).value.0);
        quantiles_of(of.years()).map(point).collect()
    };
    let (gross, net) = (points(gross), points(net));
    let all = || gross.iter().chain(&net).map(|(_, amount)| *amount);
    let (low, high) = (all().fold(0.0, f64::min), all().fold(f64::MIN_POSITIVE, f64::max));
    let show = |amount: f64| {
        let shown = unit.show(Money(amount), language);
        if shown == "-" { "0".to_owned() } else { shown }
    };
    let level = |line: usize| high - (high - low) * line as f64 / (HEIGHT - 1) as f64;
    let labelled = |line: usize| line.is_multiple_of((HEIGHT - 1) / 2);
    let margin =
        (0..HEIGHT).filter(|line| labelled(*line)).map(|line| show(level(line)).width()).max().unwrap_or(1);
    let columns = width.saturating_sub(margin + 2);
    let (first, last) = (gross[0].0, gross[gross.len() - 1].0);
    let mut grid = vec![vec![' '; columns]; HEIGHT];
    for (points, mark) in [(&gross, '·'), (&net, '━')] {
        let places =
            (0..columns).map(|column| first + (last - first) * column as f64 / (columns - 1) as f64);
        for (column, at) in places.enumerate() {
            let part = (between(points, at) - low) / (high - low);
            let line = ((1.0 - part) * (HEIGHT - 1) as f64).round().clamp(0.0, (HEIGHT - 1) as f64);
            grid[line as usize][column] = mark;
        }
    }
    let mut lines: Vec<String> = grid
        .into_iter()
        .enumerate()
        .map(|(line, cells)| {
            let label = if labelled(line) { show(level(line)) } else { String::new() };
            let edge = if labelled(line) { '┤' } else { '│' };
            let cells: String = cells.into_iter().collect();
            format!("{}{label}{edge}{}", " ".repeat(margin - label.width()), cells.trim_end())
        })
        .collect();
    let mut axis = vec!['─'; columns];
    let mut names = vec![' '; columns + 6];
    for (_, period) in quantiles_of(years).filter(|(_, period)| *period != 250) {
        let at = (libm::log10(f64::from(period)) - first) / (last - first);
        let column = (at * (columns - 1) as f64).round() as usize;
        axis[column] = '┬';
        let name = period.to_string();
        let from = column.min(columns - name.len());
        for (place, digit) in name.chars().enumerate() {
            names[from + place] = digit;
        }
    }
    lines.push(format!("{}└{}", " ".repeat(margin), axis.into_iter().collect::<String>()));
    let names: String = names.into_iter().collect();
    lines.push(format!("{}{}", " ".repeat(margin + 1), names.trim_end()));
    lines.push(format!(
        "{}{}",
        " ".repeat(margin + 1),
        language.of(
            "몇 년에 한 번 넘는가     · 손실   ━ 순손실",
            "passed in 1 year of so many     · loss   ━ net loss"
        )
    ));
    lines.join("\n")
}

/// The amount between points, on the straight line that joins them.
fn between(points: &[(f64, f64)], at: f64) -> f64 {
    let after = points.partition_point(|(place, _)| *place <= at).clamp(1, points.len() - 1);
    let ((x0, y0), (x1, y1)) = (points[after - 1], points[after]);
    y0 + (y1 - y0) * ((at - x0) / (x1 - x0)).clamp(0.0, 1.0)
}
