//! Panels: views beside the net loss, which no number of it enters.
//!
//! Money to meet a loss with, puts on our own shares and forwards on foreign
//! money change when we pay, what our shares are worth and at what rate we
//! change. They do not change what the outage cost, so each has a panel of its
//! own; only their price is in the cost of the programme, and that of an equity
//! put stands beside its payoff.

mod basis;
mod cash;
mod currency;
mod equity;

pub use basis::{BasisView, OnIndex, basis};
pub use cash::{CashView, cash};
pub use currency::{CurrencyView, currency};
pub use equity::{EquityView, equity};
