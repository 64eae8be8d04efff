//! How far a run over a file has come, for people who wait longer than a second.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::cli::simulate::for_people;
use crate::read::claims::Place;

pub struct Progress {
    bar: ProgressBar,
    rows: Arc<AtomicU64>,
}

impl Progress {
    /// Begins at a place of a file of so many bytes, where that is known.
    pub fn new(bytes: Option<u64>, from: Place) -> Self {
        let template = match bytes {
            Some(_) => "{wide_bar} {rows} rows · {rate} a second · {percent}% · {eta} left",
            None => "{spinner} {rows} rows · {rate} a second",
        };
        let rows = Arc::new(AtomicU64::new(from.rows));
        let (so_far, by_then) = (rows.clone(), rows.clone());
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let style = style
            .with_key("rows", move |_: &ProgressState, text: &mut dyn Write| {
                let _ = write!(text, "{}", HumanCount(so_far.load(Ordering::Relaxed)));
            })
            .with_key("rate", move |state: &ProgressState, text: &mut dyn Write| {
                let rows = by_then.load(Ordering::Relaxed) - from.rows;
                let _ =
                    write!(text, "{}", HumanCount((rows as f64 / state.elapsed().as_secs_f64()) as u64));
            })
            .with_key("percent", |state: &ProgressState, text: &mut dyn Write| {
                let _ = write!(text, "{:.0}", 100.0 * state.fraction());
            });
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden()).with_style(style);
        bar.set_position(from.bytes);
        // What an earlier run did was not done in no time by this one.
        bar.reset_eta();
        Self { bar, rows }
    }

    /// Tells the place up to which all is done.
    pub fn at(&self, place: Place) {
        self.rows.store(place.rows, Ordering::Relaxed);
        if self.bar.is_hidden() && for_people() && self.bar.elapsed() >= Duration::from_secs(1) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(place.bytes);
    }

    /// Clears the line.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
