//! Encoding: UTF-8, or what Korean spreadsheets save.

use encoding_rs::EUC_KR;

use super::lines::Fields;
use super::reject::Why;

/// In what a file is written; the first letter beyond ASCII decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Nothing but ASCII so far.
    #[default]
    Ascii,
    /// UTF-8.
    Utf8,
    /// CP949, in which Korean spreadsheets save CSV.
    Cp949,
}

impl Encoding {
    /// Learns from a record, or refuses it.
    pub fn learn(&mut self, fields: Fields<'_>) -> Result<(), Why> {
        if fields.is_text() || fields.all().is_ascii() {
            return Ok(());
        }
        let utf8 = fields.each().all(|bytes| std::str::from_utf8(bytes).is_ok());
        let reads = |bytes| EUC_KR.decode_without_bom_handling_and_without_replacement(bytes).is_some();
        let korean = || fields.each().all(reads);
        match self {
            Self::Ascii if utf8 => *self = Self::Utf8,
            Self::Ascii if korean() => *self = Self::Cp949,
            Self::Utf8 if utf8 => {}
            Self::Cp949 if korean() => {}
            _ => return Err(Why::Encoding),
        }
        Ok(())
    }

    /// Returns a field as text, by way of `other` where it is none as it stands; a record
    /// that was learnt from has no field that is none at all.
    #[inline]
    pub fn decode<'t>(self, bytes: &'t [u8], other: &'t mut String) -> &'t str {
        match (self, std::str::from_utf8(bytes)) {
            (Self::Cp949, _) if !bytes.is_ascii() => {
                *other = EUC_KR.decode_without_bom_handling(bytes).0.into_owned();
                other.trim()
            }
            (_, Ok(text)) => text.trim(),
            (_, Err(_)) => {
                *other = String::from_utf8_lossy(bytes).into_owned();
                other.trim()
            }
        }
    }
}
