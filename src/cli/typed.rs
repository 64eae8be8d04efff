//! The command line as it was typed, for a hint that can be pasted into a shell.

use crate::quantity::Hours;
use crate::view::clean;

/// Returns this command with one more option, where it was not given already.
pub fn again(option: &str) -> String {
    let mut words = vec!["netloss".to_owned()];
    words.extend(std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()));
    if !words.iter().any(|word| word == option) {
        words.push(option.to_owned());
    }
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// Writes a word so that a shell takes it for one and for nothing else.
pub fn quoted(word: &str) -> String {
    let word = clean(word);
    let plain = |letter: char| letter.is_alphanumeric() || "-_./,=:@%+".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word;
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// Returns one of the durations that are projected, as `--at` takes it: a day where it is
/// among them, or the one in their middle.
pub fn rung(durations: &[Hours]) -> String {
    let day = Hours(24.0);
    let middle = durations.get(durations.len() / 2).copied().unwrap_or(day);
    duration(if durations.contains(&day) { day } else { middle })
}

/// Writes a duration as options take it: `127h30m`.
fn duration(hours: Hours) -> String {
    let seconds = (hours.0 * 3600.0).round() as i64;
    let parts = [(seconds / 3600, 'h'), (seconds / 60 % 60, 'm'), (seconds % 60, 's')];
    parts.iter().filter(|(number, _)| *number > 0).map(|(number, unit)| format!("{number}{unit}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rung_is_a_day_or_the_one_in_the_middle_as_it_can_be_typed() {
        let ladder = |hours: &[f64]| rung(&hours.iter().map(|hours| Hours(*hours)).collect::<Vec<_>>());
        assert_eq!(ladder(&[4.0, 24.0, 72.0, 127.5]), "24h");
        assert_eq!(ladder(&[4.0, 127.5, 200.0]), "127h30m");
        assert_eq!(ladder(&[1.0 / 120.0]), "30s");
        for typed in ["127h30m", "30s", "24h"] {
            assert_eq!(duration(crate::read::parse_duration(typed).unwrap()), typed);
        }
    }

    #[test]
    fn a_word_that_a_shell_would_part_or_read_is_quoted() {
        for (word, expected) in [
            ("kakao-1015-2022", "kakao-1015-2022"),
            ("지급/1월.csv", "지급/1월.csv"),
            ("my claims.csv", "'my claims.csv'"),
            ("$HOME", "'$HOME'"),
            ("it's", "'it'\\''s'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }
}
