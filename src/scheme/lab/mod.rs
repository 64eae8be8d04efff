//! Policy lab: the same claims under other rules, the cliffs of a rule, and whom to audit.

mod cliff;
mod compare;
mod sample;

pub use cliff::{Cliff, Cliffs, Even};
pub use compare::{Change, Spread};
pub use sample::{Drawn, Layer, Sample, Stratum};
