//! Q–Q picture: what the law expects against what was observed, both in hours.

use unicode_width::UnicodeWidthStr;

use crate::fit::{Fit, Sample};
use crate::view::Language;

const HEIGHT: usize = 17;

/// Durations that stand at an axis, in hours.
const TICKS: [f64; 20] = [
    1.0 / 60.0,
    1.0 / 12.0,
    0.25,
    0.5,
    1.0,
    2.0,
    4.0,
    8.0,
    16.0,
    24.0,
    48.0,
    96.0,
    168.0,
    336.0,
    720.0,
    1440.0,
    2880.0,
    8760.0,
    17_520.0,
    87_600.0,
];

/// Returns for each outage what the law expects of its rank, and how long it lasted.
///
/// # Formula
///
/// The quantile at `(i - ½)/n` of the law of reported outages, for the outage of rank `i`.
pub fn points(sample: &Sample, fit: &Fit) -> Vec<(f64, f64)> {
    let n = sample.hours().len() as f64;
    let share = |place: usize| 1.0 - (place as f64 + 0.5) / n;
    let one = |(place, hours): (usize, &f64)| (fit.exceeded_by(share(place), sample.at_least()).0, *hours);
    sample.hours().iter().enumerate().map(one).collect()
}

/// Draws the points (`o`, several `O`) and the line on which law and history agree (`·`).
pub fn draw(points: &[(f64, f64)], width: usize, language: Language) -> String {
    let both = points.iter().flat_map(|(law, seen)| [*law, *seen]).filter(|hours| *hours > 0.0);
    let (low, high) = both
        .map(libm::log)
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), ln| (low.min(ln), high.max(ln)));
    let part = |hours: f64| ((libm::log(hours) - low) / (high - low)).clamp(0.0, 1.0);
    let ticks: Vec<f64> =
        TICKS.into_iter().filter(|tick| (low - 1e-9..=high + 1e-9).contains(&libm::log(*tick))).collect();
    let margin = ticks.iter().map(|tick| label(*tick, language).width()).max().unwrap_or(0);
    let columns = width - margin - 2;
    let column = |hours: f64| (part(hours) * (columns - 1) as f64).round() as usize;
    let line = |hours: f64| HEIGHT - 1 - (part(hours) * (HEIGHT - 1) as f64).round() as usize;

    let mut grid = vec![vec![' '; columns]; HEIGHT];
    let agreeing = |column: usize| {
        let up = column as f64 / (columns - 1) as f64;
        HEIGHT - 1 - (up * (HEIGHT - 1) as f64).round() as usize
    };
    for (row, cells) in grid.iter_mut().enumerate() {
        for (at, cell) in cells.iter_mut().enumerate() {
            if agreeing(at) == row {
                *cell = '·';
            }
        }
    }
    for (law, seen) in points {
        let cell = &mut grid[line(*seen)][column(*law)];
        *cell = if matches!(*cell, 'o' | 'O') { 'O' } else { 'o' };
    }
    let mut drawn = String::new();
    let mut above = None;
    for (row, cells) in grid.iter().enumerate() {
        // Of ticks on one line or on the next, the longest stands.
        let tick = ticks.iter().rev().find(|tick| line(**tick) == row);
        let tick = tick.filter(|_| above.is_none_or(|above| row > above + 1));
        above = tick.map(|_| row).or(above);
        let (text, edge) = tick.map_or((String::new(), '│'), |tick| (label(*tick, language), '┤'));
        let pad = " ".repeat(margin - text.width());
        let cells: String = cells.iter().collect();
        drawn.push_str(format!("{pad}{text} {edge}{cells}").trim_end());
        drawn.push('\n');
    }
    let (axis, labels) = axis(&ticks, columns, column, language);
    let pad = " ".repeat(margin);
    drawn.push_str(&format!("{pad} └{axis}\n{}\n", format!("{pad}  {labels}").trim_end()));
    drawn
}

fn axis(
    ticks: &[f64],
    columns: usize,
    column: impl Fn(f64) -> usize,
    language: Language,
) -> (String, String) {
    let mut axis = vec!['─'; columns];
    let (mut labels, mut used) = (String::new(), 0);
    for tick in ticks {
        let (at, text) = (column(*tick), label(*tick, language));
        let begin = at.saturating_sub(text.width() / 2);
        if begin < used + 2 * usize::from(used > 0) || begin + text.width() > columns {
            continue;
        }
        axis[at] = '┬';
        labels.push_str(&" ".repeat(begin - used));
        labels.push_str(&text);
        used = begin + text.width();
    }
    (axis.into_iter().collect(), labels)
}

fn label(hours: f64, language: Language) -> String {
    if hours < 1.0 {
        format!("{:.0}{}", hours * 60.0, language.of("분", " min"))
    } else {
        format!("{hours}{}", language.of("시간", " h"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outages_on_their_law_lie_on_the_line() {
        let points: Vec<(f64, f64)> = (0..7).map(|power| 2_f64.powi(power)).map(|h| (h, h)).collect();
        let drawn = draw(&points, 80, Language::En);
        assert!(drawn.lines().all(|line| line.width() <= 80), "{drawn}");
        let shown = drawn.matches(['o', 'O']).count();
        assert_eq!(shown, 7, "{drawn}");
        // The first line holds the longest at its end, the last but two the shortest.
        let lines: Vec<&str> = drawn.lines().collect();
        assert!(lines[0].ends_with('o') && lines[HEIGHT - 1].contains("┤o"), "{drawn}");
    }
}
