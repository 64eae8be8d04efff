//! Risk: many simulated policy years, and what they say.

pub mod compound;
mod distribution;
mod draw;
pub mod exact;
mod figure;
mod simulation;
mod summary;

pub use distribution::{Distribution, Estimate, Tally};
pub use draw::{Dimension, Draws};
pub use figure::Figure;
pub use simulation::{Block, Drawn, Measure, Simulation};
pub use summary::{Keep, Summary, Tallies};
