//! Arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    let done = std::panic::catch_unwind(netloss::cli::run);
    ExitCode::from(done.unwrap_or_else(|_| {
        eprintln!("this is a fault of netloss: please report it with the scenario that caused it");
        netloss::cli::exit::INTERNAL
    }))
}
