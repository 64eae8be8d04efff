//! The command line as it was typed, for a hint that can be pasted into a shell.

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

#[cfg(test)]
mod tests {
    use super::quoted;

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
