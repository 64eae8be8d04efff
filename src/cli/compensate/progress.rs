//! How far a run over a file has come, for people who wait longer than a second.

use std::fmt::Write;
use std::time::{Duration, Instant};

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::cli::simulate::for_people;

pub struct Progress {
    bar: ProgressBar,
    rows: u64,
    began: Instant,
}

impl Progress {
    /// Begins with a file of so many bytes, where that is known.
    pub fn new(bytes: Option<u64>) -> Self {
        let template = match bytes {
            Some(_) => "{wide_bar} {msg} · {percent}% · {eta} left",
            None => "{spinner} {msg}",
        };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let percent = |state: &ProgressState, text: &mut dyn Write| {
            let _ = write!(text, "{:.0}", 100.0 * state.fraction());
        };
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        Self { bar: bar.with_style(style.with_key("percent", percent)), rows: 0, began: Instant::now() }
    }

    /// Tells how many bytes and rows are done.
    pub fn at(&mut self, bytes: u64, rows: u64) {
        self.rows += rows;
        let lasted = self.began.elapsed();
        if self.bar.is_hidden() {
            if !for_people() || lasted < Duration::from_secs(1) {
                return;
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        let rate = self.rows as f64 / lasted.as_secs_f64();
        self.bar.set_message(format!(
            "{} rows · {} a second",
            HumanCount(self.rows),
            HumanCount(rate as u64)
        ));
        self.bar.set_position(bytes);
    }

    /// Clears the line.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }
}
