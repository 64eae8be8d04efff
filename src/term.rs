//! Terms: what each clause of a programme is called, and how it is worked out.
//!
//! A term is described once, beside the code that applies it. The documentation
//! of the code and the reference on the command line are made of the same words,
//! so that neither can say what the other does not.

/// A term of insurance, hedging or loss, as the reference tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Name on the command line.
    pub key: &'static str,
    /// Name in Korean.
    pub korean: &'static str,
    /// Name in English.
    pub english: &'static str,
    /// Path of its key in a scenario file; empty where it has none.
    pub file_key: &'static str,
    /// Unit of its amounts.
    pub unit: &'static str,
    /// How it is worked out.
    pub formula: &'static str,
    /// When it is applied.
    pub order: &'static str,
    /// Who says so.
    pub source: &'static str,
}

/// Declares a term, with documentation made of its own words.
macro_rules! term {
    (
        $(#[$more:meta])*
        pub const $name:ident: Term = {
            key: $key:literal,
            korean: $korean:literal,
            english: $english:literal,
            file_key: $file_key:literal,
            unit: $unit:literal,
            formula: $formula:literal,
            order: $order:literal,
            source: $source:literal $(,)?
        };
    ) => {
        #[doc = concat!($english, " (", $korean, ").")]
        #[doc = ""]
        $(#[$more])*
        #[doc = ""]
        #[doc = concat!("# Formula\n\n```text\n", $formula, "\n```\n\nUnit: ", $unit, ".")]
        #[doc = ""]
        #[doc = concat!("# Order of application\n\n", $order, ".")]
        #[doc = ""]
        #[doc = concat!("# Source\n\n", $source, ".")]
        pub const $name: $crate::term::Term = $crate::term::Term {
            key: $key,
            korean: $korean,
            english: $english,
            file_key: $file_key,
            unit: $unit,
            formula: $formula,
            order: $order,
            source: $source,
        };
    };
}

pub(crate) use term;
