//! Loss: a profile under an outage, before any measure is taken.

mod lost_revenue;

pub use lost_revenue::LostRevenue;
