//! Risk: many simulated policy years, and what they say.
//!
//! ```text
//! seed, year ─▶ Draws ─▶ Events ─▶ Losses ─▶ Tallies ─▶ Summary
//!               numbers  outages   what a    sums and   means, quantiles,
//!                        of years  year is   the worst  each with its error
//!                                  measured  years
//!                                  by
//! ```
//!
//! Outages are drawn without a look at the programme ([`Simulation`]) and priced
//! without a look at the draws ([`Pricing`]); a [`Store`] keeps them for many
//! programmes.

mod batches;
pub mod compound;
mod cost_of_risk;
mod distribution;
mod draw;
mod events;
pub mod exact;
mod exposure;
mod figure;
mod keep;
mod losses;
mod part;
mod pricing;
mod simulation;
mod store;
mod strata;
mod subject;
mod summary;
mod tally;
mod tolerable;

pub use cost_of_risk::CostOfRisk;
pub use distribution::{Chance, Distribution, Estimate};
pub use draw::{Dimension, Draws};
pub use events::{Drawn, Events};
pub use exposure::Exposure;
pub use figure::Figure;
pub use keep::{Keep, QUANTILES, quantiles_of};
pub use losses::{BATCH, Losses, Measure};
pub use part::{ACTIVE, Part, RETAINED, RUN, YEAR};
pub use pricing::{Kernel, NeedsWaterfall, Pricing, Scratch};
pub use simulation::{Simulation, Year};
pub use store::{Desk, Pilot, Store};
pub use subject::{Payer, PayerKind, Subject};
pub use summary::{BLOCK, Rule, Summary, Tallies, blocks, of_block, pilot_blocks};
pub use tally::Tally;
pub use tolerable::Tolerable;
