//! Risk: many simulated policy years, and what they say.

mod distribution;
mod draw;
mod simulation;
mod summary;

pub use distribution::{Distribution, Estimate, Tally};
pub use draw::{Dimension, Draws};
pub use simulation::{Block, Drawn, Measure, Simulation};
pub use summary::{Keep, Summary, Tallies};
