//! Past outages, each as likely to come again as another.

use crate::quantity::Hours;
use crate::read::rows;
use crate::read::scenario::Context;
use crate::read::section::{At, Section};
use crate::read::value::{Fault, Past, parse_duration};

/// Headings under which the duration is looked for.
const HOURS_COLUMNS: [&str; 4] = ["hours", "duration", "시간", "지속시간"];

/// Reads durations of past outages, in hours and in order.
pub(super) fn durations(section: &mut Section<'_>, context: &Context<'_>) -> Option<Vec<f64>> {
    let At { value, span } = section.optional::<Past>(
        "empirical",
        "past outages, each as likely as another: durations, or a CSV file with a column `hours`",
    )?;
    let read = match value {
        Past::Listed(durations) => Ok(durations),
        Past::File(name) => file(&name, context),
    };
    match read {
        Ok(durations) => Some(in_order(durations.into_iter().map(|hours| hours.0).collect())),
        Err(faults) => {
            for fault in faults {
                section.error(span.clone(), fault.message, fault.mend);
            }
            None
        }
    }
}

/// Reads past severities, in order.
pub(super) fn factors(section: &mut Section<'_>) -> Option<Vec<f64>> {
    let past = section.optional::<Vec<f64>>("empirical", "past factors, each as likely as another")?;
    Some(in_order(past.value))
}

fn in_order(mut past: Vec<f64>) -> Vec<f64> {
    past.sort_by(f64::total_cmp);
    past
}

fn file(name: &str, context: &Context<'_>) -> Result<Vec<Hours>, Vec<Fault>> {
    let words = ("past outages", "keep one row for each outage");
    let path = rows::locate(name, context.folder, words)?;
    from_csv(name, &rows::bytes(name, &path)?)
}

fn from_csv(name: &str, bytes: &[u8]) -> Result<Vec<Hours>, Vec<Fault>> {
    let head = "give a head, such as hours, and a row for each outage";
    let durations = rows::read(name, bytes, head, [&HOURS_COLUMNS], |_, [text]| {
        let hours = text.parse().map(Hours).or_else(|_| parse_duration(text));
        let good = hours.ok().filter(|hours| hours.0.is_finite() && *hours > Hours::ZERO);
        good.ok_or_else(|| {
            let message = format!("{text:?} is no duration of an outage");
            Fault::new(message, "give more than 0 hours, such as 4.5, or a duration, such as 12h30m")
        })
    })?;
    if durations.is_empty() {
        return Err(vec![Fault::new(format!("{name} has no outage"), "give a row for each outage")]);
    }
    Ok(durations)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_numbers_or_durations_under_either_heading() {
        for csv in ["id,hours\na,4\nb,12h 30m\nc,1e2\n", "시간,원인\n4,전원\n12시간30분,화재\n100,화재\n"]
        {
            let hours = from_csv("outages.csv", csv.as_bytes()).unwrap();
            assert_eq!(hours, [Hours(4.0), Hours(12.5), Hours(100.0)]);
        }
    }

    #[test]
    fn every_bad_row_is_told_with_its_line() {
        let csv = "hours\n4\n0\n-2\nlong\nNaN\n7\n";
        let faults = from_csv("outages.csv", csv.as_bytes()).unwrap_err();
        let told: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
        assert_eq!(
            told,
            [
                "outages.csv line 3: \"0\" is no duration of an outage",
                "outages.csv line 4: \"-2\" is no duration of an outage",
                "outages.csv line 5: \"long\" is no duration of an outage",
                "outages.csv line 6: \"NaN\" is no duration of an outage",
            ]
        );
        assert!(from_csv("outages.csv", b"hours\n").is_err());
    }
}
