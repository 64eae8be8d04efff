//! Masks: how much of a name or a number is shown. One rule for every view, since
//! two different masks of one number can be put together to the whole of it.

/// Shows the first and the last letter of a name: `김*수`, `홍*`, `행****점`.
#[must_use]
pub fn name(name: &str) -> String {
    let letters: Vec<char> = name.trim().chars().collect();
    let hidden = |letter: &char| if letter.is_whitespace() { ' ' } else { '*' };
    match letters.as_slice() {
        [] => String::new(),
        [_] => "*".into(),
        [first, _] => format!("{first}*"),
        [first, middle @ .., last] => {
            format!("{first}{}{last}", middle.iter().map(hidden).collect::<String>())
        }
    }
}

/// Shows the first five digits of a business number: `123-45-*****`.
#[must_use]
pub fn business_number(digits: &[u8; 10]) -> String {
    let shown: String = digits[..5].iter().map(|digit| char::from(b'0' + digit)).collect();
    format!("{}-{}-*****", &shown[..3], &shown[3..])
}

/// Shows the last four signs of an account, and no more than half of them.
#[must_use]
pub fn account(account: &str) -> String {
    let signs: Vec<char> = account.chars().collect();
    let shown = 4.min(signs.len() / 2);
    let hidden = "*".repeat(signs.len() - shown);
    format!("{hidden}{}", signs[signs.len() - shown..].iter().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_never_shows_the_whole() {
        for (given, shown) in
            [("김철수", "김*수"), ("홍길", "홍*"), ("김", "*"), ("행복 분식점", "행* **점"), ("", "")]
        {
            assert_eq!(name(given), shown);
        }
        assert_eq!(business_number(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]), "123-45-*****");
        assert_eq!(account("110123456789"), "********6789");
        assert_eq!(account("1101"), "**01");
        assert_eq!(account("1"), "*");
    }
}
