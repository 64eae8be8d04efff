//! Sections `[[parametric]]` and `[[hedge]]`, with the index that they measure.

mod basis;
mod contract;
mod index;
mod parametric;

pub(super) use basis::basis;
pub(super) use contract::hedge;
pub(super) use parametric::parametric;

use super::section::{At, Section};
use super::value::Strike;
use crate::hedge::{Index, Level};

/// Notes the keys that a form needs and lacks, and those that say nothing of it.
/// Returns whether none is lacking.
fn keys_of(section: &Section<'_>, form: &str, needs: &[&str], may: &[&str], all: &[&str]) -> bool {
    let mut complete = true;
    for key in needs.iter().filter(|key| !section.has(key)) {
        complete = false;
        section.error(section.head(), format!("{form} needs `{key}` beside it"), give(key));
    }
    for key in all.iter().filter(|key| section.has(key)) {
        if !needs.contains(key) && !may.contains(key) {
            let message = format!("`{key}` says nothing beside {form}");
            section.error_at(key, message, format!("leave `{key}` out"));
        }
    }
    complete
}

/// Says how a key is given.
fn give(key: &str) -> String {
    match key {
        "met" => "give met = \"more_than\" or met = \"at_least\"".to_owned(),
        "to" => "give to = \"24h\", or \"none\" where hours are paid to the end".to_owned(),
        "cap" => "give cap = 500_000_000, or \"none\"; of a collar its strike, such as \"10h\"".to_owned(),
        "index" => {
            "give index = \"outage_hours\", \"economic_loss\" or \"after_covers\", or a section".to_owned()
        }
        "at" | "from" | "period" => format!("give {key} = \"6h\""),
        "strike" | "floor" | "attachment" | "exhaustion" => {
            format!("give {key} = \"8h\", or an amount where the index reads money")
        }
        "below" => "give below = \"50%\"".to_owned(),
        "notional" | "spread" | "collateral_yield" => format!("give {key} = \"5%\""),
        "runs" => "give runs = [{ from = \"0m\", to = \"47m\" }]".to_owned(),
        "samples" => "give samples = [1, 1, 0, 0.4], one for each minute".to_owned(),
        "form" => "give form = \"binary\", \"indemnity\" or \"pro_rata\"".to_owned(),
        _ => format!("give {key} = 500_000_000"),
    }
}

/// Returns the level of a strike, if it is of the kind that the index reads.
fn level(section: &Section<'_>, index: &Index, strike: Option<At<Strike>>) -> Option<Level> {
    let At { value, span } = strike?;
    match (value, index.is_of_hours()) {
        (Strike::Hours(hours), true) => Some(hours.into()),
        (Strike::Amount(amount), false) => Some(amount.into()),
        (Strike::Amount(_), true) => {
            section.error(
                span,
                "the index reads hours, and this is an amount",
                "write hours, such as \"8h\"",
            );
            None
        }
        (Strike::Hours(_), false) => {
            let mend = "write an amount, such as 500_000_000 or \"5억\"";
            section.error(span, "the index reads money, and these are hours", mend);
            None
        }
    }
}
