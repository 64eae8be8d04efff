//! Hedge: payouts that follow an index and not the loss.
//!
//! A parametric cover measures hours and pays what its schedule says, whatever
//! was lost. It may pay more than the loss; the waterfall shows that as a line.
//! Bonds, options and swaps do the same without being insurance, and some of them
//! can cost: that is a line of its own as well.
//!
//! # To add a form
//!
//! 1. Write its file: the type with its formula and source, and a checked
//!    constructor where it can be stated wrongly.
//! 2. Put it into [`Contract`], or into [`Schedule`] where it is insurance, with
//!    the marks at which it bends: the search for kinks finds them.
//! 3. Read its keys in `read/hedge/`, and explain it in `view/explain/hedge.rs`.
//! 4. Write a row in `tests/cases` for each sentence of its rule, and the same
//!    rule once more, slowly, in `tests/laws/hedges.rs`.

mod basis;
mod call_spread;
mod cat_bond;
mod contract;
mod currency;
mod double_trigger;
mod equity_put;
mod hedge_ratio;
mod index;
mod industry_loss_warranty;
mod log;
mod monitor;
mod parametric;
mod per_hour;
mod revenue_swap;
mod service;
mod swap;
mod tick;

pub use basis::{Asked, BASIS_RISK, Basis, BasisRisk, InvalidBasis, Outcome};
pub use call_spread::{CallSpread, HOURS_CALL, StrikesError};
pub use cat_bond::{CAT_BOND, CatBond};
pub use contract::{Bend, Contract, Hedge, Settlement};
pub use currency::{CURRENCY_FORWARD, Compounding, Forward, InvalidForward};
pub use double_trigger::{DOUBLE_TRIGGER, LossTrigger};
pub use equity_put::{EQUITY_PUT, EquityKind, EquityPut, InvalidEquityPut};
pub use hedge_ratio::{HEDGE_RATIO, HedgeRatio};
pub use index::{Index, Level, LossMeasure, Seen};
pub use industry_loss_warranty::{
    INDUSTRY_LOSS_WARRANTY, IndustryLoss, IndustryLossWarranty, WarrantyError, WarrantyForm,
};
pub use log::{Log, LogError};
pub use monitor::{Counting, Gap, InvalidMonitor, Monitor, Rounding, Run, TRIGGER_MEASUREMENT};
pub use parametric::{BINARY_TRIGGER, Parametric, Payout, STEPPED_TRIGGER, Schedule};
pub use per_hour::{HOURLY_TRIGGER, PerHour, PerHourError};
pub use revenue_swap::{REVENUE_SWAP, RevenueSwap};
pub use service::{Service, Weights};
pub use swap::{Cap, Collar, SWAP, SoldFloor, Swap};
pub use tick::{INDEX_COVER, Tick};
