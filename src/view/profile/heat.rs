//! A week as a heat map: seven rows of twenty-four hours.

use unicode_width::UnicodeWidthStr;

use crate::profile::HOURS_OF_WEEK;
use crate::view::Language;

/// Names of the days, Monday first.
pub fn day(place: usize, language: Language) -> &'static str {
    let days = [
        ("월", "Mon"),
        ("화", "Tue"),
        ("수", "Wed"),
        ("목", "Thu"),
        ("금", "Fri"),
        ("토", "Sat"),
        ("일", "Sun"),
    ];
    let (korean, english) = days[place % 7];
    language.of(korean, english)
}

/// A shade: from how many average hours on, its mark, and its colour of 256.
const SHADES: [(f64, char, u8); 6] =
    [(0.0, '·', 239), (0.25, '░', 61), (0.75, '▒', 67), (1.25, '▓', 143), (2.0, '█', 220), (4.0, '█', 208)];

/// Draws weights of which the average is 1, with each day's part of the week.
pub fn draw(weights: &[f64], language: Language, colour: bool) -> String {
    let week: f64 = weights.iter().sum();
    let margin = (0..7).map(|place| day(place, language).width()).max().unwrap_or(0);
    let ticks: String = (0..24).step_by(3).map(|hour| format!("{hour:02}    ")).collect();
    let share = language.of("주 대비", "of week");
    let mut drawn = format!("{} {ticks} {share}\n", " ".repeat(margin));
    for place in 0..7 {
        let name = day(place, language);
        let hours = &weights[place * 24..][..24];
        let cells: String = hours.iter().map(|weight| cell(*weight, colour)).collect();
        let total = 100.0 * hours.iter().sum::<f64>() / week.max(f64::MIN_POSITIVE);
        let pad = " ".repeat(margin - name.width());
        drawn.push_str(&format!("{name}{pad} {cells} {total:>6.2}%\n"));
    }
    drawn
}

/// One hour, two columns wide; nothing at all is blank.
fn cell(weight: f64, colour: bool) -> String {
    let shade = SHADES.iter().rev().find(|(from, ..)| weight >= *from).filter(|_| weight > 0.0);
    match shade {
        None => "  ".into(),
        Some((_, mark, number)) if colour => format!("\u{1b}[38;5;{number}m{mark}{mark}\u{1b}[0m"),
        Some((_, mark, _)) => format!("{mark}{mark}"),
    }
}

/// Says what the shades are.
pub fn legend(language: Language, colour: bool) -> String {
    let shade = |place: usize| cell(SHADES[place].0.max(0.01), colour);
    let [a, b, c, d, e] = [shade(0), shade(1), shade(2), shade(3), shade(4)];
    match language {
        Language::Ko => {
            format!("평균 시간의 {a} ¼ 미만  {b} ¼부터  {c} ¾부터  {d} 1¼부터  {e} 2배부터, 빈칸은 0")
        }
        Language::En => {
            format!("Average hours: {a} below ¼  {b} from ¼  {c} from ¾  {d} from 1¼  {e} from 2, blank 0")
        }
    }
}

/// Says which hours bring the most and the least.
pub fn ends(weights: &[f64], language: Language) -> String {
    let by = |a: &usize, b: &usize| weights[*a].total_cmp(&weights[*b]);
    let most = (0..HOURS_OF_WEEK).max_by(by).unwrap_or(0);
    let least = (0..HOURS_OF_WEEK).min_by(by).unwrap_or(0);
    let hour = |place: usize| {
        format!("{} {:02}{}", day(place / 24, language), place % 24, language.of("시", ":00"))
    };
    match language {
        Language::Ko => format!(
            "가장 많은 시간 {} (평균의 {:.2}배), 가장 적은 시간 {} ({:.2}배)",
            hour(most),
            weights[most],
            hour(least),
            weights[least]
        ),
        Language::En => format!(
            "Busiest hour {} ({:.2} average hours), quietest {} ({:.2})",
            hour(most),
            weights[most],
            hour(least),
            weights[least]
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_day_has_a_row_of_the_same_width_in_both_languages() {
        let weights: Vec<f64> = (0..168).map(|hour| f64::from(hour % 24) / 11.5).collect();
        for language in [Language::Ko, Language::En] {
            let drawn = draw(&weights, language, false);
            let widths: Vec<usize> = drawn.lines().skip(1).map(UnicodeWidthStr::width).collect();
            assert_eq!(widths.len(), 7);
            assert!(widths.iter().all(|width| *width == widths[0] && *width <= 80), "{widths:?}");
            assert!(drawn.lines().next().unwrap().width() <= 80);
            assert!(legend(language, false).width() <= 80, "{}", legend(language, false).width());
            assert_eq!(drawn.matches("14.29%").count(), 7);
        }
        assert!(draw(&weights, Language::En, true).contains("\u{1b}[38;5;"));
    }

    #[test]
    fn a_closed_hour_is_blank_and_a_bare_one_is_not() {
        assert_eq!((cell(0.0, false), cell(0.01, false)), ("  ".into(), "··".into()));
        assert_eq!((cell(1.0, false), cell(9.0, false)), ("▒▒".into(), "██".into()));
    }
}
