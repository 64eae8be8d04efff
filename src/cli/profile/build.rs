//! `netloss profile build`

use std::io::Write;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cli::Lang;
use crate::cli::error::Error;
use crate::cli::output::To;
use crate::profile::build::{Empty, Exact, Grain, SeasonBy, of_quarters};
use crate::read::Fault;
use crate::read::holidays::{KOREAN_HOLIDAYS, KOREAN_SPECIAL_DAYS, NamedDays};
use crate::read::sales::amount::{self, BookUnit};
use crate::read::sales::build::{Choices, build};
use crate::read::sales::header::Named;
use crate::read::sales::moment::DateOrder;
use crate::read::sales::{self, Ask, Found, Sales, Seoul, Unread};
use crate::view;
use crate::view::profile::SeoulTrade;

/// Make a profile of sales: week, seasons, holidays and trend
#[derive(Debug, Args)]
#[command(after_help = "Rows are sales, or totals of hours or days. Headings may be Korean or English:\n\
    거래일시, 일자, 시간, 매출액, 금액, 사업부; date, hour, amount, line. What could be\n\
    read in two ways is refused, with the option that settles it. Quarters of Seoul's\n\
    commercial areas (시간대_00~06_매출_금액, 월요일_매출_금액) are read as they come.\n\n\
    Examples:\n  \
    netloss profile build sales.csv --timezone Asia/Seoul --annual 3.5억 -o shop.toml\n  \
    netloss profile build 2023.xlsx 2024.xlsx --timezone Asia/Seoul --holidays kr\n  \
    netloss profile build days.csv --timezone Asia/Seoul --hours-from kr-food-service\n  \
    netloss profile build seoul.csv --trade 한식음식점 -o korean-food.toml")]
pub struct Arguments {
    /// CSV (UTF-8 or CP949), xlsx or Parquet files of sales; `-` for CSV from stdin
    #[arg(value_name = "SALES", required = true)]
    sales: Vec<String>,
    /// Where the business is, such as Asia/Seoul
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,

    /// Heading of the date or time
    #[arg(long, value_name = "HEADING", help_heading = "Columns")]
    time_column: Option<String>,
    /// Heading of the hour, where it stands apart from the date
    #[arg(long, value_name = "HEADING", help_heading = "Columns")]
    hour_column: Option<String>,
    /// Heading of the amount
    #[arg(long, value_name = "HEADING", help_heading = "Columns")]
    amount_column: Option<String>,
    /// Heading of the business line: a profile for each
    #[arg(long, value_name = "HEADING", help_heading = "Columns")]
    line_column: Option<String>,
    /// Sheet of a workbook
    #[arg(long, value_name = "NAME", help_heading = "Columns")]
    sheet: Option<String>,

    /// Unit of the amounts: 원, 천원, 만원, 백만원 or 억원 (won, cheon, man, baekman, eok)
    #[arg(long, value_name = "UNIT", value_parser = unit, help_heading = "Reading")]
    unit: Option<BookUnit>,
    /// Order of dates such as 01/02/2022 or 22.10.15
    #[arg(long, value_name = "ORDER", help_heading = "Reading")]
    date_order: Option<Order>,
    /// The hour column names hours by their end, 1 to 24
    #[arg(long, help_heading = "Reading")]
    hour_ends: bool,
    /// What a row is [default: told by the times]
    #[arg(long, value_name = "GRAIN", help_heading = "Reading")]
    grain: Option<GrainOf>,
    /// What time without rows is; asked for where there is any
    #[arg(long, value_name = "WHAT", help_heading = "Reading")]
    empty: Option<EmptyOf>,
    /// Rows below zero: netted in their hour, or left out
    #[arg(long, value_name = "HOW", default_value = "net", help_heading = "Reading")]
    refunds: Refunds,
    /// Rows that are the same in every column as one before
    #[arg(long, value_name = "HOW", default_value = "keep", help_heading = "Reading")]
    duplicates: Duplicates,
    /// Rows that cannot be read
    #[arg(long, value_name = "HOW", default_value = "refuse", help_heading = "Reading")]
    bad_rows: BadRows,
    /// Days that do not count, such as an outage: 2022-10-15 or 2022-10-15..2022-10-20
    #[arg(long, value_name = "DAYS", value_parser = days, help_heading = "Reading")]
    leave_out: Vec<RangeInclusive<Date>>,

    /// Public holidays: kr (2010 to 2030), none, or a CSV file of date,kind
    #[arg(long, value_name = "DAYS", default_value = "none", help_heading = "Profile")]
    holidays: String,
    /// Special days: kr (days of gifts), none, or a CSV file of date,kind
    #[arg(long, value_name = "DAYS", default_value = "none", help_heading = "Profile")]
    special_days: String,
    /// Parts of the year [default: months, where a whole year is there]
    #[arg(long, value_name = "PARTS", help_heading = "Profile")]
    season: Option<SeasonOf>,
    /// Growth a year, such as 8% [default: estimated, where two years are there]
    #[arg(long, value_name = "PERCENT", value_parser = growth, allow_hyphen_values = true, help_heading = "Profile")]
    growth: Option<f64>,
    /// Bundled shape that spreads totals of days over hours
    #[arg(long, value_name = "NAME", help_heading = "Profile")]
    hours_from: Option<String>,
    /// What the books say of a year, to be reconciled to the won: 3.5억 or 2024=3.5억
    #[arg(long, value_name = "[YEAR=]AMOUNT", value_parser = annual, help_heading = "Profile")]
    annual: Vec<(Option<i16>, Exact)>,
    /// Trade of Seoul's commercial areas, by code or name
    #[arg(long, value_name = "TRADE", help_heading = "Profile")]
    trade: Vec<String>,
    /// Commercial area of Seoul, by code or name [default: all]
    #[arg(long, value_name = "AREA", help_heading = "Profile")]
    area: Vec<String>,

    /// Write the profile to this file, for `shape` in a scenario; - for stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Overwrite FILE where it exists
    #[arg(long, requires = "output")]
    force: bool,
    /// Form of the report; json holds unrounded figures and exact sums
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of the report
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Order {
    Ymd,
    Mdy,
    Dmy,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GrainOf {
    Sale,
    Hour,
    Day,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EmptyOf {
    /// Nothing was sold
    Closed,
    /// Rows are missing
    Gap,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Refunds {
    Net,
    LeaveOut,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum Duplicates {
    Keep,
    LeaveOut,
}

#[derive(Clone, Copy, Debug, PartialEq, ValueEnum)]
enum BadRows {
    Refuse,
    LeaveOut,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SeasonOf {
    None,
    Months,
    Weeks,
}

fn unit(text: &str) -> Result<BookUnit, String> {
    BookUnit::named(text).ok_or_else(|| "write 원, 천원, 만원, 백만원 or 억원".into())
}

fn days(text: &str) -> Result<RangeInclusive<Date>, String> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let read = from.parse::<Date>().ok().zip(to.parse::<Date>().ok()).filter(|(from, to)| from <= to);
    let read = read.map(|(from, to)| from..=to);
    read.ok_or_else(|| "write a day, 2022-10-15, or two, 2022-10-15..2022-10-20".into())
}

fn growth(text: &str) -> Result<f64, String> {
    let number = text.trim().strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    let sound = number.filter(|percent| *percent > -100.0 && *percent <= 1_000.0);
    sound.map(|percent| percent / 100.0).ok_or_else(|| "write percent a year, such as 8% or -3.5%".into())
}

fn annual(text: &str) -> Result<(Option<i16>, Exact), String> {
    let (year, amount) = match text.split_once('=') {
        Some((year, amount)) => (Some(year.trim().parse().map_err(|_| "write 2024=3.5억")?), amount),
        None => (None, text),
    };
    let amount = amount::amount(amount).map_err(|fault| fault.to_string())?;
    if amount.0 > 0 { Ok((year, amount)) } else { Err("give an amount above 0".into()) }
}

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    let ask = Ask {
        zone: zone(arguments)?,
        named: Named {
            time: arguments.time_column.clone(),
            hour: arguments.hour_column.clone(),
            amount: arguments.amount_column.clone(),
            line: arguments.line_column.clone(),
        },
        unit: arguments.unit,
        order: arguments.date_order.map(|order| match order {
            Order::Ymd => DateOrder::Ymd,
            Order::Mdy => DateOrder::Mdy,
            Order::Dmy => DateOrder::Dmy,
        }),
        hour_ends: arguments.hour_ends,
        without_refunds: arguments.refunds == Refunds::LeaveOut,
        without_bad_rows: arguments.bad_rows == BadRows::LeaveOut,
        without_duplicates: arguments.duplicates == Duplicates::LeaveOut,
    };
    let found = sales::read(&arguments.sales, &ask, arguments.sheet.as_deref(), &arguments.area);
    let found = found.map_err(|unread| match unread {
        Unread::File(name, error) => Error::file(&name, &error, "name a file of sales that can be read"),
        Unread::Faults(faults) => refused(&faults),
        Unread::NoZone => no_zone(),
    })?;
    match found {
        Found::Seoul(seoul) => of_seoul(arguments, &seoul, colour),
        Found::Sales(sales) => {
            let zone = ask.zone.ok_or_else(no_zone)?;
            of_sales(arguments, &sales, zone, colour)
        }
    }
}

fn no_zone() -> Error {
    let message = "it is not said on whose clocks the times of the rows are";
    Error::usage(message, "add the time zone: --timezone Asia/Seoul")
}

fn zone(arguments: &Arguments) -> Result<Option<TimeZone>, Error> {
    let Some(name) = &arguments.timezone else { return Ok(None) };
    let unknown = |_| {
        let message = format!("time zone {name:?} is not known");
        Error::usage(message, "give an IANA name such as Asia/Seoul")
    };
    TimeZone::get(name).map(Some).map_err(unknown)
}

fn of_sales(arguments: &Arguments, sales: &Sales, zone: TimeZone, colour: bool) -> Result<(), Error> {
    if !arguments.trade.is_empty() || !arguments.area.is_empty() {
        let message = "--trade and --area choose from Seoul's commercial areas, and these are other files";
        return Err(Error::usage(message, "leave them out; a column of lines is named with --line-column"));
    }
    let holidays = named(&arguments.holidays, KOREAN_HOLIDAYS)?;
    let special = named(&arguments.special_days, KOREAN_SPECIAL_DAYS)?;
    let choices = Choices {
        zone,
        grain: arguments.grain.map(|grain| match grain {
            GrainOf::Sale => Grain::Sale,
            GrainOf::Hour => Grain::Hour,
            GrainOf::Day => Grain::Day,
        }),
        empty: arguments.empty.map(|empty| match empty {
            EmptyOf::Closed => Empty::Closed,
            EmptyOf::Gap => Empty::Gap,
        }),
        left_out: arguments.leave_out.clone(),
        hours_from: arguments.hours_from.clone(),
        named: holidays.or(&special),
        season: arguments.season.map(|season| match season {
            SeasonOf::None => SeasonBy::None,
            SeasonOf::Months => SeasonBy::Months,
            SeasonOf::Weeks => SeasonBy::Weeks,
        }),
        growth: arguments.growth,
        annual: arguments.annual.clone(),
    };
    let built = build(sales, choices).map_err(|faults| refused(&faults))?;
    let language = arguments.lang.into();
    let colour = colour && arguments.to_stdout();
    let report = match arguments.format {
        Format::Json => view::profile::built(sales, &built),
        Format::Table => view::profile::page(sales, &built, language, colour),
    };
    arguments.write(&report, &view::profile::file(sales, &built))
}

fn of_seoul(arguments: &Arguments, seoul: &Seoul, colour: bool) -> Result<(), Error> {
    let idle = [
        ("--unit", arguments.unit.is_some()),
        ("--grain", arguments.grain.is_some()),
        ("--empty", arguments.empty.is_some()),
        ("--leave-out", !arguments.leave_out.is_empty()),
        ("--holidays", arguments.holidays != "none"),
        ("--special-days", arguments.special_days != "none"),
        ("--season", arguments.season.is_some()),
        ("--growth", arguments.growth.is_some()),
        ("--hours-from", arguments.hours_from.is_some()),
        ("--annual", !arguments.annual.is_empty()),
    ];
    let idle: Vec<&str> = idle.into_iter().filter(|(_, given)| *given).map(|(option, _)| option).collect();
    if !idle.is_empty() {
        let message =
            format!("{} says nothing of Seoul's commercial areas, which are quarters", idle.join(", "));
        return Err(Error::usage(message, "leave it out"));
    }
    let chosen = seoul.chosen(&arguments.trade).map_err(|faults| refused(&faults))?;
    let trades = chosen.into_iter().map(|trade| {
        let found = of_quarters(&trade.quarters).map_err(|error| {
            let message = format!("{} {}: {error}", trade.code, trade.name);
            refused(&[Fault::new(message, "give the files as they were published")])
        })?;
        Ok(SeoulTrade { trade, found })
    });
    let trades: Vec<SeoulTrade<'_>> = trades.collect::<Result<_, Error>>()?;
    let report = match arguments.format {
        Format::Json => view::profile::seoul_json(seoul, &trades),
        Format::Table => {
            let colour = colour && arguments.to_stdout();
            view::profile::seoul_page(seoul, &trades, arguments.lang.into(), colour)
        }
    };
    let files = seoul.files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    arguments.write(&report, &view::profile::of_seoul(&trades, &files))
}

fn named(days: &str, bundled: &str) -> Result<NamedDays, Error> {
    let read = match days {
        "none" => return Ok(NamedDays::default()),
        "kr" => NamedDays::read("kr", bundled.as_bytes()),
        file => {
            let hint = "write kr or none, or name a CSV file of date,kind";
            let bytes = std::fs::read(file).map_err(|error| Error::file(file, &error, hint))?;
            NamedDays::read(file, &bytes)
        }
    };
    read.map_err(|faults| refused(&faults))
}

fn refused(faults: &[Fault]) -> Error {
    let one = |fault: &Fault| {
        format!("error: {}\n  hint: {}", view::clean(&fault.message), view::clean(&fault.mend))
    };
    Error::Input(faults.iter().map(one).collect::<Vec<_>>().join("\n"))
}

impl Arguments {
    /// Whether the report goes to stdout; it makes room for a profile that goes there.
    fn to_stdout(&self) -> bool {
        self.output.as_ref().is_none_or(|path| path.as_os_str() != "-")
    }

    fn write(&self, report: &str, profile: &str) -> Result<(), Error> {
        let stdout = To::named(None, false);
        match &self.output {
            None => stdout.write(report.as_bytes()),
            Some(_) if !self.to_stdout() => {
                let _ = std::io::stderr().write_all(report.as_bytes());
                stdout.write(profile.as_bytes())
            }
            Some(path) => {
                To::named(Some(path.clone()), self.force).write(profile.as_bytes())?;
                stdout.write(report.as_bytes())
            }
        }
    }
}
