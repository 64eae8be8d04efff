//! A profile out of what a business has sold: a week, its seasons, its holidays.
//!
//! ```text
//! rows ─▶ Cells ─▶ days_of_sales ─▶ Question ─▶ Estimate
//!         exact    each local day,   what the    week, season, trend,
//!         sums by  its hours, gaps   data can    named days, each with
//!         hour     and holidays      tell apart  spread and count
//! ```
//!
//! Sums are exact ([`Exact`], in millionths of the currency unit) until the days are
//! laid out, so that they can be reconciled with the books to the won.
//!
//! # Formula
//!
//! An hour `t` of an ordinary day is modelled as
//!
//! ```text
//! expected(t) = length(t) · week(hour of week) · season(part of year) · exp(g · x)
//! ```
//!
//! with `x` in years from the middle of the days, and every factor found by marginal
//! totals: the week, the season and the trend are those for which each hour of the
//! week, each part of the year, and the days weighed by `x` bring in the model what
//! they brought in the books. The season's factors average 1 over a year of 365 days.
//! Named days come after: the factor of a kind is what its days brought, over what
//! those weekdays bring in that season.
//!
//! # Order
//!
//! Week, season and trend together and on ordinary days alone; then the named days.
//! A day has one name at most.
//!
//! # Source
//!
//! Method of marginal totals: R. A. Bailey, "Insurance Rates with Minimum Bias",
//! Proceedings of the Casualty Actuarial Society 50, 1963; it is the maximum of the
//! Poisson likelihood with a logarithmic link.

mod bands;
mod cells;
mod days;
mod estimate;
mod figures;
mod question;
mod reconcile;

pub use bands::{BAND_HOURS, Quarter, Quarters, QuartersError, of_quarters};
pub use cells::{Cell, Cells, Day, Exact};
pub use days::{Empty, Grain, Laid, Lay, Unsaid, days_of_sales};
pub use estimate::{DayOfSales, Estimate, EstimateError, estimate};
pub use figures::{Figure, Growth, Outlier};
pub use question::{Growing, Question, SeasonBy, Unseen};
pub use reconcile::{Reconciliation, Suspicion, reconcile};
