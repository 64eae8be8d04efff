//! Loss: a profile under an outage, before any measure is taken.

mod damage;
mod lost_revenue;

pub use damage::{Band, Banded, BandedError, DAMAGE, Damage, DamageFunction, Effect, TwoPart};
pub use lost_revenue::{LOST_REVENUE, LostRevenue};
