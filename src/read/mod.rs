//! Reading: files into a checked scenario, or into findings that say where,
//! why and how to mend.

mod addition;
mod circumstances;
pub mod claims;
mod annual;
mod cover;
mod currency;
pub mod encoding;
pub mod events;
mod equity;
mod damage;
pub mod exact;
pub mod finding;
mod hedge;
mod history;
pub mod holidays;
mod hourly;
mod interruptions;
pub mod library;
mod lines;
mod measures;
mod liquidity;
mod outages;
mod outflow;
mod path;
pub mod population;
mod quality;
mod recapture;
pub mod replay;
mod rows;
pub mod sales;
pub mod profile;
mod suppliers;
mod premium;
mod scenario;
pub mod scheme;
mod perils;
pub mod schema;
mod section;
mod turnover;
mod starting_values;
mod value;
pub mod years;

#[cfg(feature = "batch")]
mod parquet;

pub use finding::{Finding, Findings, Place, Places, Severity};
pub use history::history;
pub use scenario::{Overrides, Reading, read};
pub use scheme::{SchemeReading, scheme};
pub use section::{Key, nearest};
pub use value::{Fault, parse_duration, parse_money, parse_share};
