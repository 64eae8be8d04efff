//! Workers: blocks of years on several threads, handed on in their order.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::sync_channel;

use crate::risk::{Events, Losses, Pricing, Scratch, Simulation, of_block};

/// Whether somebody has asked to stop (Ctrl-C).
static STOP: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C end a run after the blocks that are under way.
pub fn listen() {
    // Where no handler can be set, Ctrl-C ends the program as it always does.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(crate::cli::exit::INTERRUPTED));
        }
    });
}

/// Returns whether the run was asked to stop.
pub fn stopped() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// What is noted beyond the subject's measures of a year.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// What each outage comes to.
    pub by_outage: bool,
    /// The net loss of a year without the programme's cost.
    pub net_before_cost: bool,
}

/// What a thread works with; kept from block to block.
#[derive(Debug, Default)]
pub struct Desk {
    /// The outages of the block.
    pub events: Events,
    /// What they come to.
    pub losses: Losses,
    scratch: Scratch,
}

impl Desk {
    /// Draws a block of the years of a run and prices it.
    pub fn block(
        &mut self,
        simulation: &Simulation<'_>,
        pricing: &Pricing<'_>,
        wanted: Wanted,
        block: u64,
        years: u64,
    ) {
        self.by_outage(wanted.by_outage);
        let (first, years) = of_block(block, years);
        simulation.draw(first, years, &mut self.events);
        pricing.price(&self.events, &mut self.losses, &mut self.scratch);
        if wanted.net_before_cost {
            self.losses.with_net_before_cost(pricing.measures());
        }
    }

    fn by_outage(&mut self, wanted: bool) {
        match (wanted, &self.losses.outages) {
            (true, None) => self.losses.outages = Some(vec![]),
            (false, Some(_)) => self.losses.outages = None,
            _ => {}
        }
    }
}

/// Works on blocks on several threads and takes the results in the blocks' order, on
/// the calling thread, until `take` says that it has enough.
///
/// A block is the same whoever works on it, so that threads change nothing. Returns
/// the block up to which results were taken.
pub fn in_order<T: Send, E>(
    threads: usize,
    blocks: Range<u64>,
    work: impl Fn(&mut Desk, u64) -> T + Sync,
    mut take: impl FnMut(u64, T) -> Result<bool, E>,
) -> Result<u64, E> {
    let next = AtomicU64::new(blocks.start);
    let enough = AtomicBool::new(false);
    let mut taken = blocks.start;
    std::thread::scope(|scope| {
        let (sender, results) = sync_channel(2 * threads);
        for _ in 0..threads {
            let (sender, next, enough, work) = (sender.clone(), &next, &enough, &work);
            scope.spawn(move || {
                let mut desk = Desk::default();
                while !(stopped() || enough.load(Ordering::Relaxed)) {
                    let block = next.fetch_add(1, Ordering::Relaxed);
                    if block >= blocks.end || sender.send((block, work(&mut desk, block))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        for (block, result) in results {
            early.insert(block, result);
            while let Some(result) = early.remove(&taken) {
                taken += 1;
                match take(taken - 1, result) {
                    Ok(false) => {}
                    Ok(true) => {
                        enough.store(true, Ordering::Relaxed);
                        return Ok(taken);
                    }
                    Err(error) => {
                        enough.store(true, Ordering::Relaxed);
                        return Err(error);
                    }
                }
            }
        }
        Ok(taken)
    })
}
