//! Times: days and local times, as people and programs write them.

use jiff::civil::{Date, DateTime};

use super::reject::Why;
use crate::scheme::Moment;

/// Reads a day, or a day with its time.
pub fn time(text: &str) -> Result<Moment, Why> {
    Moment::of(local_time(text)?).ok_or(Why::Day)
}

pub fn local_time(text: &str) -> Result<DateTime, Why> {
    if let Some(time) = plain_time(text.as_bytes()) {
        return Ok(time);
    }
    if let Ok(time) = text.parse::<DateTime>() {
        return Ok(time);
    }
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let eight;
    let parts = match parts.as_slice() {
        [whole] if whole.len() == 8 => {
            eight = [&whole[..4], &whole[4..6], &whole[6..]];
            &eight[..]
        }
        parts => parts,
    };
    let number =
        |place: usize| parts.get(place).map_or(Ok(0), |part| part.parse::<i8>().map_err(|_| Why::Day));
    if !(3..=6).contains(&parts.len()) || parts[0].len() != 4 {
        return Err(Why::Day);
    }
    let year = parts[0].parse().map_err(|_| Why::Day)?;
    let day = Date::new(year, number(1)?, number(2)?).map_err(|_| Why::Day)?;
    let time = jiff::civil::Time::new(number(3)?, number(4)?, number(5)?, 0).map_err(|_| Why::Day)?;
    Ok(day.to_datetime(time))
}

/// Reads `2022-10-15T15:30`, with seconds or without; whatever else is a time is read
/// elsewhere.
#[inline]
fn plain_time(text: &[u8]) -> Option<DateTime> {
    let (day, rest) = text.split_first_chunk()?;
    let (time, seconds) = rest.split_first_chunk()?;
    let (day, time) = (Eight::of(day, b"0000-00-"), Eight::of(time, b"00T00:00"));
    // A space stands for the T as well.
    let time = if time.byte(2) == b'T' ^ b' ' { Eight(time.0 & !(0xff << 16)) } else { time };
    if !(day.fits(b"9999-99-") && time.fits(b"99T99:99")) {
        return None;
    }
    let second = match *seconds {
        [] => 0,
        [b':', tens @ b'0'..=b'5', ones @ b'0'..=b'9'] => (10 * (tens - b'0') + ones - b'0') as i8,
        _ => return None,
    };
    let year = 100 * i16::from(day.two(0)) + i16::from(day.two(2));
    DateTime::new(year, day.two(5), time.two(0), time.two(3), time.two(6), second, 0).ok()
}

/// Eight characters less those of a pattern: digits become their values, and marks zero.
#[derive(Clone, Copy)]
struct Eight(u64);

impl Eight {
    #[inline]
    fn of(text: &[u8; 8], pattern: &[u8; 8]) -> Self {
        Self(u64::from_le_bytes(*text) ^ u64::from_le_bytes(*pattern))
    }

    #[inline]
    fn byte(self, place: u32) -> u8 {
        (self.0 >> (8 * place)) as u8
    }

    /// Returns whether digits stand at each 9 of a pattern and its marks elsewhere.
    #[inline]
    fn fits(self, pattern: &[u8; 8]) -> bool {
        let most = pattern.map(|byte| if byte == b'9' { 9 } else { 0 });
        let over = u64::from_le_bytes(most.map(|most| 0x7f - most));
        const HIGH: u64 = 0x8080_8080_8080_8080;
        // What is above the most reaches the highest bit of its byte.
        (self.0 | ((self.0 & !HIGH) + over)) & HIGH == 0
    }

    /// Returns the number of two digits.
    #[inline]
    fn two(self, place: u32) -> i8 {
        (10 * self.byte(place) + self.byte(place + 1)) as i8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_form_of_a_time_is_read_as_any_other_is() {
        let fits = ["2022-10-15T15:30", "2022-10-15 15:30", "2024-02-29T23:59", "2022-10-15T15:30:59"];
        for text in fits {
            assert_eq!(plain_time(text.as_bytes()), text.parse().ok(), "{text}");
        }
        // Each character in turn replaced by each other one.
        for text in fits {
            for place in 0..text.len() {
                for byte in 0..=0x7f_u8 {
                    let mut other = text.as_bytes().to_vec();
                    other[place] = byte;
                    let other = String::from_utf8(other).unwrap();
                    let known = |text: &str| text.parse::<DateTime>().ok();
                    if let Some(time) = plain_time(other.as_bytes()) {
                        assert_eq!(Some(time), known(&other), "{other}");
                    } else if byte.is_ascii_digit() {
                        assert_eq!(known(&other), None, "{other}");
                    }
                }
            }
        }
        for text in ["", "2022-10-15", "2022-10-15T15:3", "2022-10-15T15:30:", "2022-10-15T15:30:600"] {
            assert_eq!(plain_time(text.as_bytes()), None, "{text}");
        }
    }
}
