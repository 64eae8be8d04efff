//! Encodings of CSV files: UTF-8 with or without its mark, and CP949.

use encoding_rs::EUC_KR;

/// Returns the text of a file. What is no UTF-8 is read as CP949, in which Korean
/// spreadsheets save CSV.
///
/// # Errors
///
/// Returns the line of the first byte that is neither.
pub fn decode(bytes: &[u8]) -> Result<String, usize> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let wrong = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error.valid_up_to(),
    };
    // The standard's name for CP949 is EUC-KR, of which CP949 is the wider form.
    let korean = EUC_KR.decode_without_bom_handling_and_without_replacement(bytes);
    let line = || bytes[..wrong].iter().filter(|byte| **byte == b'\n').count() + 1;
    korean.map(std::borrow::Cow::into_owned).ok_or_else(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_as_korean_spreadsheets_save_them() {
        let text = "시작,시간\n2022-10-15,127시간 30분\n";
        assert_eq!(decode(text.as_bytes()).as_deref(), Ok(text));
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()).as_deref(), Ok(text));
        let (bytes, ..) = EUC_KR.encode(text);
        assert_ne!(bytes, text.as_bytes());
        assert_eq!(decode(&bytes).as_deref(), Ok(text));
        // 똠 is in CP949 and not in the narrower EUC-KR.
        assert_eq!(decode(b"\x8c\x63").as_deref(), Ok("똠"));
    }

    #[test]
    fn what_is_neither_is_refused_with_its_line() {
        assert_eq!(decode(b"start,hours\n2022-10-15,\xff\xff\n"), Err(2));
    }
}
