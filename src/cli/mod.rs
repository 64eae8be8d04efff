//! The command line: arguments in, results to stdout, notes to stderr.
//!
//! No arithmetic: a command reads, calls the core, and hands the result to a view.

mod check;
mod compensate;
mod error;
mod events;
mod explain;
mod fit;
mod init;
mod merge;
mod output;
mod profile;
mod project;
mod schemes;
mod scenarios;
mod replay;
mod simulate;
mod source;
mod statement;
mod without;
mod terms;
mod typed;

use std::io::IsTerminal;

use clap::{Parser, Subcommand, ValueEnum};

pub use error::{Error, exit};

use crate::view::Language;

/// If our service is dark for D hours, what do we lose, who pays for it, and
/// what stays with us?
#[derive(Debug, Parser)]
#[command(
    name = "netloss",
    version,
    max_term_width = 80,
    after_help = "Try `netloss project`: the net loss by duration of the Kakao outage of 2022.\n\n\
        Exit codes: 0 done, 1 fault of the program, 2 wrong command line,\n\
        3 faults in a file, 4 warnings under --strict, 5 a file that could not be\n\
        read or written, 130 stopped by Ctrl-C."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Colour of messages
    // Last but for --help on every page, however many commands there are.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 900)]
    color: Colour,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Net loss by outage duration, with each turn of the curve and its clause
    Project(project::Arguments),
    /// The bundled scenarios: what each answers, and what in it is an assumption
    Scenarios(scenarios::Arguments),
    /// Losses of many drawn years, with and without the programme
    Simulate(simulate::Arguments),
    /// Put the shards of a simulation together
    Merge(merge::Arguments),
    /// Laws of how long and how often, from a history of outages
    Fit(fit::Arguments),
    /// What each merchant is paid under a compensation scheme, to the won; before anybody has
    /// claimed, what it will cost
    Compensate(compensate::Arguments),
    /// Compensation schemes for small merchants
    Schemes(schemes::Arguments),
    /// One page that explains to a merchant how the amount came about (산정내역서)
    Statement(statement::Arguments),
    /// Work the code of a statement out again
    VerifyStatement(statement::Verify),
    /// Shapes of revenue: build one from sales, draw one, list those that are bundled
    Profile(profile::Arguments),
    /// Walk one number back to its inputs, or say why a cover pays nothing
    Explain(explain::Arguments),
    /// Tell every fault of a scenario file, with line, column and mend
    Check(check::Arguments),
    /// Write a commented scenario to start from
    Init(init::Arguments),
    /// Every term with its formula, unit, order and names
    Terms(terms::Arguments),
    /// Outages of the past, with every figure published of them
    Events(events::Arguments),
    /// Events of the past, projected and held against what was reported
    Replay(replay::Arguments),
    /// Print the JSON Schema of scenario files, of profile files or of schemes
    Schema(Schema),
}

/// Print the JSON Schema of scenario files, of profile files or of schemes
#[derive(Debug, clap::Args)]
struct Schema {
    /// Which files
    #[arg(value_name = "FILES", default_value = "scenario")]
    of: Files,
    #[command(flatten)]
    to: output::To,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Files {
    Scenario,
    Profile,
    Scheme,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    fn on(self, stream: &impl IsTerminal) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                let plain = std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
                !plain && !dumb && stream.is_terminal()
            }
        }
    }
}

/// Language of the words in a result.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    /// 한국어
    Ko,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Ko => Self::Ko,
            Lang::En => Self::En,
        }
    }
}

/// Runs the command line and returns its exit code.
pub fn run() -> u8 {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let help = !error.use_stderr();
            // A closed pipe under `--help | head` is no fault.
            let _ = error.print();
            return if help { exit::DONE } else { exit::USAGE };
        }
    };
    let colour = arguments.color.on(&std::io::stderr());
    let at_stdout = arguments.color.on(&std::io::stdout());
    let done = match arguments.command {
        Command::Project(arguments) => project::run(&arguments, colour),
        Command::Scenarios(arguments) => scenarios::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments, colour),
        Command::Merge(arguments) => merge::run(&arguments),
        Command::Fit(arguments) => fit::run(&arguments, colour),
        Command::Compensate(arguments) => compensate::run(&arguments, colour),
        Command::Schemes(arguments) => schemes::run(&arguments, colour),
        Command::Statement(arguments) => statement::run(&arguments, colour),
        Command::VerifyStatement(arguments) => statement::verify(&arguments, colour),
        Command::Profile(arguments) => profile::run(&arguments, at_stdout),
        Command::Explain(arguments) => explain::run(&arguments, colour),
        Command::Check(check) => check::run(&check, at_stdout),
        Command::Init(arguments) => init::run(&arguments),
        Command::Terms(arguments) => terms::run(&arguments),
        Command::Events(arguments) => events::run(&arguments),
        Command::Replay(arguments) => replay::run(&arguments),
        Command::Schema(Schema { of, to }) => {
            let schema = match of {
                Files::Scenario => crate::read::schema::scenario(),
                Files::Profile => crate::read::schema::profile(),
                Files::Scheme => crate::read::schema::scheme(),
            };
            to.write(format!("{schema:#}\n").as_bytes())
        }
    };
    match done {
        Ok(()) => exit::DONE,
        Err(error) => {
            error.print();
            error.code()
        }
    }
}
