//! What the rows add up to, beside what the books say.

use super::cells::Exact;

/// Rows and books side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reconciliation {
    /// What the rows add up to.
    pub rows: Exact,
    /// What the books say.
    pub books: Exact,
    /// Books less rows, exactly.
    pub difference: Exact,
    /// Books over rows; none where the rows add up to nothing.
    pub ratio: Option<f64>,
    /// What the ratio looks like.
    pub suspicion: Option<Suspicion>,
}

/// Why rows and books may differ by just so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suspicion {
    /// The rows are in units of so many.
    RowsIn(u32),
    /// The books' total is in units of so many.
    BooksIn(u32),
    /// The books' total is with value added tax of 10 %, the rows without.
    TaxInBooks,
    /// The rows are with value added tax of 10 %, the books' total without.
    TaxInRows,
}

/// Units in which Korean books are kept: thousands, ten thousands, millions, 100 millions.
const UNITS: [u32; 4] = [1_000, 10_000, 1_000_000, 100_000_000];

/// A ratio within this of a unit is one: a total for the books differs by less.
const NEAR_A_UNIT: f64 = 1.25;

/// Value added tax.
const TAX: f64 = 1.1;

/// A ratio within this of 1.1 is the tax.
const NEAR_THE_TAX: f64 = 0.005;

/// Sets the rows of a year beside the total of the books.
///
/// `covered` is the part of the year that the rows cover; the difference is taken
/// from the whole total, and only the suspicion makes allowance for it.
///
/// # Formula
///
/// ```text
/// difference = books - rows            exactly
/// ratio      = books / rows
/// unit       where ratio · covered, or else ratio, is within 1/1.25 and 1.25 of it or of its inverse
/// tax        where ratio · covered, or else ratio, is within 0.005 of 1.1, or of its inverse
/// ```
#[must_use]
pub fn reconcile(rows: Exact, books: Exact, covered: f64) -> Reconciliation {
    let ratio = (rows.0 != 0).then(|| books.money().0 / rows.money().0);
    // The total may be that of the whole year, or of the days that the rows cover.
    let suspicion = ratio.and_then(|ratio| suspect(ratio * covered).or_else(|| suspect(ratio)));
    Reconciliation { rows, books, difference: books - rows, ratio, suspicion }
}

fn suspect(ratio: f64) -> Option<Suspicion> {
    let near = |unit: f64| (ratio / unit).max(unit / ratio) <= NEAR_A_UNIT;
    let unit = UNITS.into_iter().find_map(|unit| {
        let size = f64::from(unit);
        let rows = near(size).then_some(Suspicion::RowsIn(unit));
        rows.or_else(|| near(1.0 / size).then_some(Suspicion::BooksIn(unit)))
    });
    let tax = |ratio: f64| (ratio - TAX).abs() <= NEAR_THE_TAX;
    unit.or_else(|| tax(ratio).then_some(Suspicion::TaxInBooks))
        .or_else(|| tax(1.0 / ratio).then_some(Suspicion::TaxInRows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_tells_what_is_wrong() {
        let won = Exact::whole;
        for (rows, books, covered, expected, because) in [
            (350_000, 350_000_000, 1.0, Some(Suspicion::RowsIn(1_000)), "thousands read as won"),
            (350, 350_000_000, 1.0, Some(Suspicion::RowsIn(1_000_000)), "millions read as won"),
            (350_000_000, 350_000, 1.0, Some(Suspicion::BooksIn(1_000)), "the total is in thousands"),
            (175_000, 350_000_000, 0.5, Some(Suspicion::RowsIn(1_000)), "half a year in thousands"),
            (100, 110, 1.0, Some(Suspicion::TaxInBooks), "with tax"),
            (110, 100, 1.0, Some(Suspicion::TaxInRows), "without"),
            (100, 105, 1.0, None, "an ordinary difference"),
            (100, 200, 0.5, None, "half a year against a whole one"),
            (100, 110, 0.5, Some(Suspicion::TaxInBooks), "half a year against half a year"),
            (0, 100, 1.0, None, "nothing was sold"),
        ] {
            assert_eq!(reconcile(won(rows), won(books), covered).suspicion, expected, "{because}");
        }
        assert_eq!(reconcile(Exact(1), won(350_000_000), 1.0).difference, Exact(349_999_999_999_999));
    }
}
