//! Writes sales of a known rhythm: the file with which `benches/sales.py` shows that
//! memory stays flat and the rhythm is found again.
//!
//! ```text
//! cargo run --release --example sales -- ROWS FILE.csv
//! ```
//!
//! Two years of Seoul, 2023 and 2024. An hour has a Poisson number of sales about
//! `ROWS · week · month · growth`, each of 1,000 to 30,000 won, at any second of it. The
//! rhythm is in the first lines of stdout, as JSON.

use std::fs::File;
use std::io::{BufWriter, Write};

use jiff::ToSpan;
use jiff::civil::date;

/// Growth a year.
const GROWTH: f64 = 0.08;

/// Draws of splitmix64, in [0, 1).
struct Draws(u64);

impl Draws {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A Poisson number: by its definition where it is small, and by the normal law else.
    fn poisson(&mut self, mean: f64) -> u64 {
        if mean < 100.0 {
            let (mut number, mut product, least) = (0, self.unit(), (-mean).exp());
            while product > least {
                number += 1;
                product *= self.unit();
            }
            return number;
        }
        let (u, v) = (1.0 - self.unit(), self.unit());
        let normal = (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos();
        (mean + mean.sqrt() * normal).round().max(0.0) as u64
    }
}

fn week(hour: usize) -> f64 {
    let (day, hour) = (hour / 24, (hour % 24) as f64);
    let bump = |at: f64, wide: f64| (-(hour - at) * (hour - at) / wide).exp();
    let of_day = 0.15 + bump(12.5, 3.0) + 1.4 * bump(19.0, 6.0);
    of_day * [0.8, 0.85, 0.9, 1.0, 1.3, 1.5, 1.2][day]
}

fn month(month: usize) -> f64 {
    1.0 + 0.2 * (std::f64::consts::TAU * (month as f64 + 0.5) / 12.0).cos()
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (rows, file) = (arguments.next(), arguments.next());
    let (Some(rows), Some(file)) = (rows.and_then(|rows| rows.replace('_', "").parse::<f64>().ok()), file)
    else {
        eprintln!("usage: sales ROWS FILE.csv");
        std::process::exit(2);
    };
    let (first, days) = (date(2023, 1, 1), 731);
    let rate = |number: i32, hour: usize| {
        let day = first + number.days();
        let weekday = day.weekday().to_monday_zero_offset() as usize;
        let years = f64::from(number - days / 2) / 365.2425;
        week(weekday * 24 + hour) * month(day.month() as usize - 1) * (1.0 + GROWTH).powf(years)
    };
    let all =
        |f: &mut dyn FnMut(i32, usize)| (0..days).for_each(|day| (0..24).for_each(|hour| f(day, hour)));
    let mut sum = 0.0;
    all(&mut |day, hour| sum += rate(day, hour));
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&file)?);
    writeln!(out, "거래번호,거래일시,매출액")?;
    let (mut draws, mut id, mut total) = (Draws(1), 0_u64, 0_u64);
    for number in 0..days {
        let day = first + number.days();
        for hour in 0..24 {
            for _ in 0..draws.poisson(rows * rate(number, hour) / sum) {
                let (bits, second) = (draws.bits(), draws.bits() % 3600);
                let amount = 1_000 + bits % 291 * 100;
                id += 1;
                total += amount;
                writeln!(out, "{id},{day} {hour:02}:{:02}:{:02},{amount}", second / 60, second % 60)?;
            }
        }
    }
    out.flush()?;
    let weights = |of: &dyn Fn(usize) -> f64, count| (0..count).map(of).collect::<Vec<f64>>();
    println!("{{\"rows\": {id}, \"total\": {total}, \"growth\": {GROWTH},");
    println!(" \"week\": {:?},", weights(&week, 168));
    println!(" \"months\": {:?}}}", weights(&month, 12));
    Ok(())
}
