//! Profiles: the week as a heat map, what was built and on what, and profile files.

mod build;
mod file;
mod heat;
mod json;
mod seoul;
mod show;

pub use build::page;
pub use file::{file, of_seoul};
pub use json::{built, bundled, made, seoul as seoul_json};
pub use seoul::{SeoulTrade, page as seoul_page};
pub use show::{bundled as bundled_page, list, list_json, made as made_page};

use crate::profile::build::Figure;
use crate::view::Language;
use crate::view::table::wrap;

/// Columns of a page.
const WIDTH: usize = 80;

fn say(language: Language, korean: &str, english: &str) -> String {
    wrap(language.of(korean, english), WIDTH)
}

/// Writes a factor to three digits with its standard error, where it has one.
fn with_error(figure: &Figure) -> String {
    match figure.error {
        Some(error) => format!("{:.3} ±{error:.3}", figure.value),
        None => format!("{:.3}", figure.value),
    }
}

/// Writes a part as percent with a digit.
fn percent(part: f64) -> String {
    format!("{:.1}%", 100.0 * part)
}

/// Says how far the hours of a week are spread, and over how many weeks, or quarters.
fn spread(week: &[Figure], (ko, en): (&str, &str), language: Language) -> String {
    let mut relative: Vec<(f64, usize)> = week
        .iter()
        .enumerate()
        .filter(|(_, hour)| hour.value > 0.0)
        .filter_map(|(place, hour)| Some((hour.spread? / hour.value, place)))
        .collect();
    relative.sort_by(|a, b| a.0.total_cmp(&b.0));
    let counts = week.iter().map(|hour| hour.count);
    let (fewest, most) = (counts.clone().min().unwrap_or(0), counts.max().unwrap_or(0));
    let weeks = if fewest == most { fewest.to_string() } else { format!("{fewest}–{most}") };
    let Some((widest, place)) = relative.last().copied() else {
        let korean = format!("각 시간의 관측 {weeks}{ko}. 한 번씩만 본 시간은 흩어짐을 말할 수 없습니다.");
        let english = format!("Seen in each hour: {weeks} {en}. What was seen once has no spread.");
        return say(language, &korean, &english);
    };
    let (middle, hour) = (percent(relative[relative.len() / 2].0), place % 24);
    let (day, widest) = (heat::day(place / 24, language), percent(widest));
    let korean = format!(
        "각 시간의 관측 {weeks}{ko}. {ko}마다의 흩어짐(표준편차)은 중앙값 {middle}, 최대 {widest} ({day} {hour:02}시)."
    );
    let english = format!(
        "Seen in each hour: {weeks} {en}s. Spread from {en} to {en} (standard deviation): {middle} in the \
         middle, {widest} at most ({day} {hour:02}:00)."
    );
    say(language, &korean, &english)
}
