//! Profile: what each hour normally brings and an outage can stop.
//!
//! A [`WeekShape`] spread over a [`Calendar`], or a series of hours as the books
//! have it, becomes a [`Profile`]: cumulative integrals over the local years, so
//! that any interval of any length costs two look-ups. A [`Rhythm`] adds seasons and
//! named days to the week; [`build`] finds one in what a business has sold.

pub mod build;
mod calendar;
mod open_hours;
mod rhythm;
mod series;
mod shape;
mod turnover;

pub use calendar::{Calendar, CalendarError};
pub use open_hours::{OpenHours, OpenHoursError, OpenWeek};
pub use rhythm::{Rhythm, Season, WEEKS_OF_YEAR, month_of, week_of};
pub use series::{Profile, ProfileError};
pub use shape::{HOURS_OF_WEEK, Level, ShapeError, WeekShape};
pub use turnover::{STANDARD_TURNOVER, Special, Trend, Turnover, TurnoverError, YEAR};
