//! Tables of claims that are no text: each cell as a CSV file would have it, so that a row
//! means the same wherever it stands.

#[cfg(feature = "batch")]
mod parquet;
#[cfg(feature = "xlsx")]
mod xlsx;

#[cfg(feature = "batch")]
pub use parquet::{Parquet, Slice, Table};
#[cfg(feature = "xlsx")]
pub use xlsx::workbook;

/// Adds a cell of text, in quotes where it needs them.
pub(super) fn push_text(text: &str, out: &mut Vec<u8>) {
    if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    for (place, part) in text.split('"').enumerate() {
        if place > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(part.as_bytes());
    }
    out.push(b'"');
}

/// Adds a day, and its time where it has one, as `2022-10-15T15:30`.
fn push_time(time: jiff::civil::DateTime, day_alone: bool, out: &mut Vec<u8>) {
    let two = |number: i8, out: &mut Vec<u8>| {
        let number = number.unsigned_abs();
        out.extend_from_slice(&[b'0' + number / 10, b'0' + number % 10]);
    };
    let year = time.year().unsigned_abs();
    two((year / 100) as i8, out);
    two((year % 100) as i8, out);
    for (mark, number) in [(b'-', time.month()), (b'-', time.day())] {
        out.push(mark);
        two(number, out);
    }
    if day_alone {
        return;
    }
    for (mark, number) in [(b'T', time.hour()), (b':', time.minute())] {
        out.push(mark);
        two(number, out);
    }
    if time.second() > 0 {
        out.push(b':');
        two(time.second(), out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_as_a_csv_file_has_them() {
        let mut out = vec![];
        for text in ["서울", "a,b", "say \"no\"", "two\nlines", ""] {
            push_text(text, &mut out);
            out.push(b'|');
        }
        assert_eq!(String::from_utf8(out).unwrap(), "서울|\"a,b\"|\"say \"\"no\"\"\"|\"two\nlines\"||");
        let mut out = vec![];
        for (second, alone) in [(0, false), (5, false), (0, true)] {
            push_time(jiff::civil::datetime(2022, 10, 15, 15, 30, second, 0), alone, &mut out);
            out.push(b'|');
        }
        assert_eq!(String::from_utf8(out).unwrap(), "2022-10-15T15:30|2022-10-15T15:30:05|2022-10-15|");
    }
}
