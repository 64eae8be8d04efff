//! Populations: groups of businesses whose claims are estimated, a row each.

use jiff::civil::DateTime;

use super::exact::{parse_amount, parse_part};
use super::library;
use super::rows;
use super::value::{Fault, parse_money};
use crate::scheme::lab::{Group, Range};
use crate::scheme::{IndustryHours, Scheme, Won};

/// The headings, each with its Korean one; those that may be missing come last.
const COLUMNS: [&[&str]; 16] = [
    &["industry", "업종"],
    &["businesses", "사업체수"],
    &["annual_sales", "연매출"],
    &["spread", "매출편차"],
    &["outage_start", "장애시작"],
    &["outage_end", "장애종료"],
    &["platform_share", "플랫폼비중"],
    &["substitution", "대체율"],
    &["claim_rate", "신청률"],
    &["service", "서비스"],
    &["profile", "시간대"],
    &["class", "구분"],
    &["margin", "영업이익률"],
    &["fee", "월요금"],
    &["assumed", "가정"],
    &["source", "출처"],
];

/// How many of them have to be there.
const NEEDED: usize = 9;

/// The most businesses of a group: more than there are anywhere.
const MOST_BUSINESSES: f64 = 1e9;

/// Reads a population for a scheme.
///
/// # Errors
///
/// Returns every fault of the file, up to twenty.
pub fn population(name: &str, text: &str, scheme: &Scheme) -> Result<Vec<Group>, Vec<Fault>> {
    let head = "head its columns industry, businesses, annual_sales, … (netloss compensate --help has all)";
    headings(name, text)?;
    let row = |_: usize, cells: [&str; 16]| group(cells, scheme);
    let groups = rows::read_each(name, text.as_bytes(), head, (COLUMNS, NEEDED), row)?;
    if groups.is_empty() {
        return Err(vec![Fault::new(
            format!("{name} has no row below its head"),
            "give a row for each group",
        )]);
    }
    Ok(groups)
}

/// Refuses headings that nobody would read, those that stand twice, and a lack of others.
fn headings(name: &str, text: &str) -> Result<(), Vec<Fault>> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let Ok(headers) = reader.headers() else { return Ok(()) };
    if headers.len() < 2 {
        return Ok(());
    }
    let mut seen = Vec::new();
    let mut faults = Vec::new();
    for heading in headers {
        let heading = heading.trim_start_matches('\u{feff}').to_lowercase();
        match COLUMNS.iter().position(|names| names.contains(&heading.as_str())) {
            Some(place) if seen.contains(&place) => {
                let message = format!("{name}: two columns are {:?}", COLUMNS[place][0]);
                faults.push(Fault::new(message, "keep one of them"));
            }
            Some(place) => seen.push(place),
            None => {
                let known = COLUMNS.map(|names| names[0]).join(", ");
                let message = format!("{name}: nothing reads a column {heading:?}");
                faults.push(Fault::new(message, format!("take it out, or head it with one of {known}")));
            }
        }
    }
    for (_, names) in COLUMNS[..NEEDED].iter().enumerate().filter(|(place, _)| !seen.contains(place)) {
        let message = format!("{name}: no column {:?}", names[0]);
        faults.push(Fault::new(message, format!("head the column with one of {}", names.join(", "))));
    }
    if faults.is_empty() { Ok(()) } else { Err(rows::few(name, faults)) }
}

fn group(cells: [&str; 16], scheme: &Scheme) -> Result<Group, Vec<Fault>> {
    let [industry, businesses, annual, spread, from, to, share, kept, rate, service, profile, class, ..] =
        cells;
    let [.., margin, fee, assumed, sources] = cells;
    let mut faults = Vec::new();
    let mut noted = Noted(&mut faults);
    let businesses = noted.take(numbers("businesses", businesses, MOST_BUSINESSES));
    let annual_sales = noted.take(numbers("annual_sales", annual, Won::MOST.0 as f64));
    let spread = noted.take(deviation(spread));
    let from = noted.take(time("outage_start", from));
    let until = noted.take(times(to));
    if let (Some(from), Some((earliest, latest))) = (from, until)
        && (earliest < from || latest < earliest)
    {
        let mend = "put outage_start first, then outage_end, the earlier end before the later one";
        noted.take::<()>(Err(Fault::new("the outage ends before it begins", mend)));
    }
    let hours = noted.take(hours(profile, industry, scheme));
    let class = match class {
        "" => None,
        class => noted.take(scheme.class(class).ok_or_else(|| {
            let mend = format!("netloss schemes {} tells its classes", scheme.id);
            Fault::new(format!("{class:?} is no class of {}", scheme.id), mend)
        })),
    };
    let platform_share = noted.take(shares("platform_share", share));
    let substitution = noted.take(shares("substitution", kept));
    let claim_rate = noted.take(shares("claim_rate", rate));
    let margin = if margin.is_empty() { None } else { noted.take(shares("margin", margin)) };
    let fee = match fee {
        "" => None,
        fee => noted.take(parse_amount(fee).map_err(|wrong| {
            let (message, mend) = wrong.words();
            Fault::new(format!("fee {fee:?} {message}"), mend)
        })),
    };
    let assumed: Vec<&'static str> =
        assumed.split_whitespace().filter_map(|word| noted.take(heading(word))).collect();
    let all =
        (businesses, annual_sales, spread, from, until, hours, platform_share, substitution, claim_rate);
    match all {
        (
            Some(businesses),
            Some(annual_sales),
            Some(spread),
            Some(from),
            Some(until),
            Some(hours),
            Some(platform_share),
            Some(substitution),
            Some(claim_rate),
        ) if faults.is_empty() => Ok(Group {
            industry: industry.to_owned(),
            service: service.to_owned(),
            class,
            of_size: scheme.industry(&industry.to_lowercase()),
            businesses,
            annual_sales,
            spread,
            hours,
            from,
            until,
            platform_share,
            substitution,
            margin,
            fee,
            claim_rate,
            assumed,
            sources: sources.to_owned(),
        }),
        _ => Err(faults),
    }
}

/// Keeps what is right and notes what is not.
struct Noted<'f>(&'f mut Vec<Fault>);

impl Noted<'_> {
    fn take<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.0.push(fault)).ok()
    }
}

/// Reads `4,000` or `4,000~5,000`.
fn numbers(what: &str, text: &str, most: f64) -> Result<Range, Fault> {
    range(what, text, "4000~5000", |part| {
        let good = parse_money(part).ok().filter(|number| (0.0..=most).contains(number));
        good.ok_or_else(|| {
            let mend = format!("give a number from 0 to {most}, or a range: 4000~5000");
            Fault::new(format!("{what} is {text:?}"), mend)
        })
    })
}

fn deviation(text: &str) -> Result<f64, Fault> {
    let spread = text.parse::<f64>().ok().filter(|spread| (0.0..=10.0).contains(spread));
    spread.ok_or_else(|| {
        let mend = "give the deviation over the mean, 0 to 10; 0 where all are of one size";
        Fault::new(format!("spread is {text:?}"), mend)
    })
}

fn time(what: &str, text: &str) -> Result<DateTime, Fault> {
    // An offset would be dropped, and a day alone taken for its midnight.
    let time: Option<DateTime> = text.parse().ok().filter(|_| text.contains(':') && !text.contains('+'));
    time.ok_or_else(|| Fault::new(format!("{what} is {text:?}"), "write local time: 2022-10-15T15:30"))
}

/// Reads the end of an outage: a time, or the earliest and the latest.
fn times(text: &str) -> Result<(DateTime, DateTime), Fault> {
    let of = |text: &str| time("outage_end", text.trim());
    match text.split_once('~') {
        Some((earliest, latest)) => Ok((of(earliest)?, of(latest)?)),
        None => of(text).map(|end| (end, end)),
    }
}

fn heading(word: &str) -> Result<&'static str, Fault> {
    let names = COLUMNS.iter().find(|names| names.contains(&word.to_lowercase().as_str()));
    names.map(|names| names[0]).ok_or_else(|| {
        let mend = "name the columns whose figures are assumed, parted by spaces";
        Fault::new(format!("assumed: there is no column {word:?}"), mend)
    })
}

/// The hours in which a group sells: of a bundled shape, or of the scheme's own.
fn hours(profile: &str, industry: &str, scheme: &Scheme) -> Result<IndustryHours, Fault> {
    let names = || library::shape_names().collect::<Vec<_>>().join(", ");
    if profile.is_empty() {
        let own = scheme.hours_of(industry).and_then(|place| scheme.industry_hours.get(usize::from(place)));
        return own.cloned().ok_or_else(|| {
            let message = format!("nothing says when {industry:?} sells");
            Fault::new(message, format!("give a profile: {}", names()))
        });
    }
    let shape = library::shape(profile)
        .and_then(|shape| IndustryHours::new(vec![], shape.whole_weights().into_iter()));
    shape.ok_or_else(|| {
        let message = format!("no bundled shape is called {profile:?}");
        Fault::new(message, format!("write one of {}", names()))
    })
}

/// Reads `40%` or `30%~50%`.
fn shares(what: &str, text: &str) -> Result<Range, Fault> {
    range(what, text, "30%~50%", |part| {
        let rate = parse_part(part).map_err(|wrong| {
            let (message, mend) = wrong.words();
            let mend = if text.contains('~') { "write both ends as shares: 30%~50%" } else { mend };
            Fault::new(format!("{what} {text:?} {message}"), mend)
        })?;
        Ok(rate.parts() as f64 / rate.of() as f64)
    })
}

/// Reads one figure, or the least and the most with `~` between them.
fn range(
    what: &str,
    text: &str,
    example: &str,
    one: impl Fn(&str) -> Result<f64, Fault>,
) -> Result<Range, Fault> {
    let (low, high) = text.split_once('~').unwrap_or((text, text));
    let (low, high) = (one(low.trim())?, one(high.trim())?);
    if low <= high {
        Ok(Range { low, high })
    } else {
        Err(Fault::new(format!("{what} {text:?} falls"), format!("put the least first: {example}")))
    }
}
