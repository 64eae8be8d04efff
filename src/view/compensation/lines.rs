//! Lines of a file of short cells, put down in place: nothing that is written is moved.

use crate::scheme::{Exact, Reason, Status};

use super::rows::status;

/// Bytes that no line takes beside its free text.
const ROOM: usize = 1_024;

/// Lines one behind the other.
#[derive(Debug, Default)]
pub struct Lines {
    /// What is written, and room behind it.
    bytes: Vec<u8>,
    len: usize,
}

impl Lines {
    /// Begins with room for about so many bytes.
    #[must_use]
    pub fn for_bytes(bytes: usize) -> Self {
        Self { bytes: vec![0; bytes + ROOM], len: 0 }
    }

    /// Returns what is written.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Adds a line, with so many bytes of free text in it.
    #[inline]
    pub fn add(&mut self, text: usize, write: impl FnOnce(&mut Line<'_>)) {
        // Quotes within quotes are doubled.
        let room = ROOM + 2 * text;
        if self.bytes.len() < self.len + room {
            self.bytes.resize(2 * self.bytes.len() + room, 0);
        }
        let mut line = Line { room: &mut self.bytes[self.len..], len: 0 };
        write(&mut line);
        self.len += line.len;
    }
}

/// A line while it is written: a name of up to 64 letters, numbers, and words.
#[derive(Debug)]
pub struct Line<'l> {
    room: &'l mut [u8],
    len: usize,
}

impl Line<'_> {
    /// Returns room for so many bytes more.
    #[inline]
    fn next<const N: usize>(&mut self) -> &mut [u8; N] {
        self.room[self.len..].first_chunk_mut().expect("a line has room for its cells")
    }

    /// Adds one byte.
    #[inline]
    pub fn byte(&mut self, byte: u8) {
        self.room[self.len] = byte;
        self.len += 1;
    }

    /// Adds a short text.
    #[inline]
    pub fn text(&mut self, text: &str) {
        self.room[self.len..self.len + text.len()].copy_from_slice(text.as_bytes());
        self.len += text.len();
    }

    /// Adds text that anybody may have written, in quotes where it needs them, and so that no
    /// spreadsheet takes it for a formula.
    pub fn free(&mut self, text: &str) {
        let formula = text.starts_with(['=', '+', '-', '@', '\t']);
        let quoted = text.contains([',', '"', '\n', '\r']);
        if quoted {
            self.byte(b'"');
        }
        if formula {
            self.byte(b'\'');
        }
        for (place, part) in text.split('"').enumerate() {
            if place > 0 {
                self.text("\"\"");
            }
            self.text(part);
        }
        if quoted {
            self.byte(b'"');
        }
    }

    /// Adds the name of a reason.
    #[inline]
    pub fn reason(&mut self, reason: Reason) {
        self.word(&REASONS[reason as usize]);
    }

    /// Adds the name of a status.
    #[inline]
    pub fn status(&mut self, status: Status) {
        self.word(&STATUSES[status as usize]);
    }

    #[inline]
    fn word(&mut self, (word, len): &Word) {
        *self.next() = *word;
        self.len += len;
    }

    /// Adds the digits of a whole number.
    #[inline]
    pub fn whole(&mut self, number: u64) {
        if number < 10 {
            self.byte(b'0' + number as u8);
        } else if number < EIGHT {
            let digits = eight_digits(number as u32);
            let zeros = digits.trailing_zeros() / 8;
            *self.next() = ((digits | ZEROS) >> (8 * zeros)).to_le_bytes();
            self.len += 8 - zeros as usize;
        } else {
            self.whole(number / EIGHT);
            *self.next() = (eight_digits((number % EIGHT) as u32) | ZEROS).to_le_bytes();
            self.len += 8;
        }
    }

    /// Adds the digits of an amount, to the millionth of a won and not beyond.
    #[inline]
    pub fn exact(&mut self, amount: Exact) {
        let (over, under) = amount.as_it_stands();
        if over < 0 {
            self.byte(b'-');
        }
        let over = over.unsigned_abs();
        match (u64::try_from(over), u64::try_from(under)) {
            (Ok(over), Ok(under)) => {
                self.whole(over / under);
                self.decimals(over % under, under);
            }
            (Err(_), Ok(under)) if over >> 64 < u128::from(under) => {
                let whole = (over / u128::from(under)) as u64;
                self.whole(whole);
                self.decimals((over - u128::from(whole) * u128::from(under)) as u64, under);
            }
            _ => self.long(amount),
        }
    }

    /// Adds what stands behind the point, where there is anything.
    #[inline]
    fn decimals(&mut self, rest: u64, under: u64) {
        if rest == 0 {
            return;
        }
        let millionths = match rest.checked_mul(MILLION) {
            Some(millions) => millions / under,
            None => (u128::from(rest) * u128::from(MILLION) / u128::from(under)) as u64,
        };
        if millionths == 0 {
            return;
        }
        let digits = eight_digits(100 * millionths as u32);
        self.byte(b'.');
        *self.next() = (digits | ZEROS).to_le_bytes();
        self.len += 8 - digits.leading_zeros() as usize / 8;
    }

    /// Adds an amount of more digits than a word of the machine has; its sign is there.
    #[cold]
    fn long(&mut self, amount: Exact) {
        let (over, under) = (amount.over().unsigned_abs(), amount.under().unsigned_abs());
        self.text(&(over / under).to_string());
        let (mut rest, mut millionths) = (over % under, 0);
        for _ in 0..6 {
            // The rest is below a number that ten times itself may not be held by.
            let (mut digit, mut sum) = (0, 0_u128);
            for _ in 0..10 {
                match under - sum {
                    gap if rest >= gap => (digit, sum) = (digit + 1, rest - gap),
                    _ => sum += rest,
                }
            }
            (millionths, rest) = (10 * millionths + digit, sum);
        }
        self.decimals(millionths, MILLION);
    }
}

const MILLION: u64 = 1_000_000;

/// The least number of more than eight digits.
const EIGHT: u64 = 100_000_000;

/// Eight digits that are zero, as text.
const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);

/// Returns the digits of a number of no more than eight, a byte each and the first one in
/// the lowest byte, all of them worked out at the same time.
#[inline]
fn eight_digits(number: u32) -> u64 {
    let fours = u64::from(number / 10_000) | u64::from(number % 10_000) << 32;
    // A multiple and a shift divide: by a hundred up to 9,999, and by ten up to 99.
    let hundreds = (fours * 5_243) >> 19 & 0x0000_007f_0000_007f;
    let pairs = hundreds | (fours - 100 * hundreds) << 16;
    let tens = (pairs * 103) >> 10 & 0x000f_000f_000f_000f;
    tens | (pairs - 10 * tens) << 8
}

/// A short text with room behind it, which is written all at once.
type Word = ([u8; 32], usize);

const fn word(text: &str) -> Word {
    let (mut word, mut at) = ([0; 32], 0);
    while at < text.len() {
        word[at] = text.as_bytes()[at];
        at += 1;
    }
    (word, text.len())
}

const REASONS: [Word; Reason::ALL.len()] = {
    let (mut words, mut place) = ([word(""); Reason::ALL.len()], 0);
    while place < words.len() {
        words[place] = word(Reason::ALL[place].key());
        place += 1;
    }
    words
};

const STATUSES: [Word; Status::ALL.len()] = {
    let (mut words, mut place) = ([word(""); Status::ALL.len()], 0);
    while place < words.len() {
        words[place] = word(status(Status::ALL[place]));
        place += 1;
    }
    words
};

#[cfg(test)]
mod tests {
    use super::*;

    fn text(write: impl FnOnce(&mut Line<'_>)) -> String {
        let mut lines = Lines::default();
        lines.add(0, write);
        String::from_utf8(lines.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn whole_numbers_have_all_their_digits_and_no_more() {
        let mut numbers = vec![0, u64::MAX];
        for digits in 0..19 {
            let ten = 10_u64.pow(digits);
            numbers.extend([ten - 1, ten, ten + 1, 7 * ten]);
        }
        // Each pair of digits at each place, and then some.
        for pair in 0..10_000 {
            numbers.extend([pair, 10_000 * pair, 9_999 * pair * pair, 1_000_003 * pair, 1 << (pair % 64)]);
        }
        for number in numbers {
            assert_eq!(text(|line| line.whole(number)), number.to_string());
        }
    }

    #[test]
    fn amounts_end_at_the_millionth() {
        for (over, under, expected) in [
            (11_000, 3, "3666.666666"),
            (-1, 2, "-0.5"),
            (-7, 1, "-7"),
            (3_056_202_072, 10_000, "305620.2072"),
            (1, 10_000_000, "0"),
            (1_000_001, 1_000_000, "1.000001"),
            (10, 10, "1"),
            (0, 7, "0"),
            (i128::from(u64::MAX) * 2 + 1, 2, "18446744073709551615.5"),
            (i128::from(u64::MAX) * 3 + 1, 3, "18446744073709551615.333333"),
            (i128::from(u64::MAX) * 3 + 3, 3, "18446744073709551616"),
            (i128::MAX, i128::MAX - 1, "1"),
            (i128::MAX - 1, i128::MAX, "0.999999"),
            (-(i128::MAX / 2 + 1), i128::MAX, "-0.5"),
            (i128::MAX, 1, "170141183460469231731687303715884105727"),
        ] {
            let amount = Exact::new(over, under).unwrap();
            assert_eq!(text(|line| line.exact(amount)), expected, "{over}/{under}");
        }
    }

    #[test]
    fn free_text_is_quoted_and_tamed_and_as_long_as_it_is() {
        let long = "가\"".repeat(3_000);
        let mut lines = Lines::default();
        for text in ["음식, 점", "say \"no\"", "=1+1", "plain", "", &long] {
            lines.add(text.len(), |line| {
                line.free(text);
                line.byte(b'|');
            });
        }
        let expected =
            format!("\"음식, 점\"|\"say \"\"no\"\"\"|'=1+1|plain||\"{}\"|", long.replace('"', "\"\""));
        assert_eq!(String::from_utf8_lossy(lines.as_bytes()), expected);
    }

    #[test]
    fn lines_stand_behind_each_other_however_many_there_are() {
        let mut lines = Lines::for_bytes(100);
        for _ in 0..1_000 {
            lines.add(0, |line| {
                line.text("접수-1");
                line.byte(b',');
                line.reason(Reason::PaidFloor);
                line.byte(b',');
                line.status(Status::Paid);
                line.byte(b'\n');
            });
        }
        assert_eq!(lines.as_bytes(), "접수-1,paid_at_floor,paid\n".repeat(1_000).as_bytes());
    }
}
