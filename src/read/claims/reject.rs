//! Rejects: rows that are no claim, each with its own reason.

use super::super::exact::Wrong;
use super::heads::Field;

/// Why a row could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// A quote is never closed.
    OpenQuote,
    /// It is longer than any claim.
    TooLong,
    /// It is neither UTF-8 nor CP949.
    Encoding,
    /// It holds characters that no text has.
    Control,
    /// It has fewer fields than the head.
    FieldMissing,
    /// It has more fields than the head.
    FieldTooMany,
    /// It holds nothing.
    Empty,
    /// It does not name its claim.
    NoId,
    /// Its name is too long, or would be taken for a formula.
    BadId,
    /// Its name is that of a sum.
    Total,
    /// An earlier row has the same name.
    SameId,
    /// A resident registration number stands in it.
    ResidentNumber,
    /// A figure is wrong.
    Figure(Wrong),
    /// A duration is none.
    Duration,
    /// A duration has no unit.
    NoUnit,
    /// A day or a time is none.
    Day,
    /// The outage ends before it begins.
    EndBeforeStart,
    /// Two columns tell different lengths of the outage.
    TwoOutages,
    /// The loss is not usual sales less those of the outage.
    TwoLosses,
    /// A class is not known to the scheme.
    Class,
    /// A paper is not known to the scheme.
    Paper,
    /// A business number is not one.
    Business,
    /// A number of days is none.
    Days,
}

impl Why {
    /// Returns its name in files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::OpenQuote => "open_quote",
            Self::TooLong => "row_too_long",
            Self::Encoding => "encoding",
            Self::Control => "control_character",
            Self::FieldMissing => "field_missing",
            Self::FieldTooMany => "field_too_many",
            Self::Empty => "empty_row",
            Self::NoId => "no_id",
            Self::BadId => "bad_id",
            Self::Total => "total",
            Self::SameId => "same_id",
            Self::ResidentNumber => "resident_number",
            Self::Figure(wrong) => wrong.key(),
            Self::Duration => "not_a_duration",
            Self::NoUnit => "duration_without_unit",
            Self::Day => "not_a_day",
            Self::EndBeforeStart => "end_before_start",
            Self::TwoOutages => "two_outages",
            Self::TwoLosses => "two_losses",
            Self::Class => "unknown_class",
            Self::Paper => "unknown_paper",
            Self::Business => "not_a_business_number",
            Self::Days => "not_a_number_of_days",
        }
    }

    /// Returns what is wrong, and how to mend it.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::OpenQuote => ("a quote is never closed", "close the quote, or double it inside a field"),
            Self::TooLong => ("the row has more than a mebibyte", "give one claim to a row"),
            Self::Encoding => ("the row is not in the file's encoding", "save the file as UTF-8"),
            Self::Control => ("the row holds a control character", "take it out"),
            Self::FieldMissing => {
                ("the row has fewer fields than the head", "give every column, empty or not")
            }
            Self::FieldTooMany => {
                ("the row has more fields than the head", "put amounts with commas in quotes")
            }
            Self::Empty => ("the row is empty", "leave it out"),
            Self::NoId => ("the claim has no name", "give each claim an id"),
            Self::BadId => (
                "the id is no plain name",
                "use up to 64 letters, digits, -, _, . and /, a letter or digit first",
            ),
            Self::Total => ("the row is a sum of claims, and no claim", "leave it out"),
            Self::SameId => ("an earlier row has the same id", "give each claim an id of its own"),
            Self::ResidentNumber => {
                ("a resident registration number stands in the row", "take it out of the file altogether")
            }
            Self::Figure(wrong) => wrong.words(),
            Self::Duration => {
                ("is not a duration", "write 127h30m, 89m, 2d or 127시간 30분, at most 366 days")
            }
            Self::NoUnit => ("has no unit of time", "write 4h or 89m"),
            Self::Day => ("is not a day or a time", "write 2022-10-15, or 2022-10-15T15:30"),
            Self::EndBeforeStart => ("the outage ends before it begins", "put start and end in order"),
            Self::TwoOutages => ("two columns tell different lengths of the outage", "leave one out"),
            Self::TwoLosses => {
                ("the loss is not usual sales less those of the outage", "leave the loss out")
            }
            Self::Class => ("is no class of the scheme", "`netloss schemes ID` tells its classes"),
            Self::Paper => ("is no paper of the scheme", "number the papers as `netloss schemes ID` does"),
            Self::Business => ("is no business number", "give ten digits, 123-45-67890"),
            Self::Days => ("is no number of days", "give a whole number, 0 to 366"),
        }
    }
}

/// A row that is no claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Why.
    pub why: Why,
    /// The field at fault, where it is one.
    pub field: Option<Field>,
    /// The day of the sales at fault, where it is one.
    pub day: Option<jiff::civil::Date>,
    /// The value at fault, where it tells nobody's name or number.
    pub value: String,
}

impl Reject {
    /// A row that is none as a whole.
    #[must_use]
    pub fn row(why: Why) -> Self {
        Self { why, field: None, day: None, value: String::new() }
    }

    pub(super) fn field(why: Why, field: Field, value: &str) -> Self {
        let value = if field.is_personal() { String::new() } else { value.chars().take(40).collect() };
        Self { why, field: Some(field), day: None, value }
    }
}
