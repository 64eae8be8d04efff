//! Basket: one deductible for what several lines of insurance retain in a year.

use crate::term::term;

term! {
    /// A line is a cover of the scenario with what its own terms and its tower
    /// leave with the insured. Lines count together: a quiet line makes room for
    /// a bad one.
    pub const BASKET: Term = {
        key: "basket",
        korean: "다종목 통합 공제",
        english: "Multi-line aggregate (basket)",
        file_key: "annual",
        unit: "money",
        formula: "paid in the year = clamp(Σ retained by line - basket deductible, 0, basket limit)",
        order: "after third-party recoveries, before the stop loss",
        source: "Rough Notes, Double trigger contracts (alternative risk transfer); netloss defines the term",
    };
}
