//! Which lines an outage of a peril hits.

use crate::outage::Struck;
use crate::peril::Hits;
use crate::quantity::Share;
use crate::read::lines::line_place;
use crate::read::scenario::Context;
use crate::read::section::{At, Section};
use crate::read::value::Shares;

pub(super) fn hits(section: &mut Section<'_>, context: &Context<'_>) -> Option<Hits> {
    let hits = section.optional::<Shares>(
        "hits",
        "chance that each line is hit; a line that is not named here is never hit. Every line always \
         unless said",
    );
    let together = section.optional::<Share>(
        "hits_together",
        "how far lines are hit together: correlation of a Gaussian copula, from 0, each for itself, to 1, \
         where one draw decides for all; 1 unless said",
    );
    if section.has("hits_together") && !section.has("hits") {
        let mend = "give `hits` with the chance of each line, or leave it out";
        section.error_at("hits_together", "every line is hit in every outage", mend);
        return None;
    }
    if !section.has("hits") {
        return Some(Hits::every_line());
    }
    if section.has("hits_together") && together.is_none() {
        return None;
    }
    let At { value: Shares(shares), span } = hits?;
    if context.lines.len() > Struck::LINES {
        let message = format!("a file of {} lines cannot tell which are hit", context.lines.len());
        section.error(span, message, format!("keep to {} lines, or leave `hits` out", Struck::LINES));
        return None;
    }
    if shares.iter().all(|(_, chance)| *chance == Share::NONE) {
        section.error(span, "no line is ever hit", "give a line that the peril hits, with its chance");
        return None;
    }
    let mut chances = vec![Share::NONE; context.lines.len()];
    let mut sound = true;
    for (name, chance) in shares {
        match line_place(section, &At { value: name, span: span.clone() }, context) {
            Some(line) => chances[line] = chance,
            None => sound = false,
        }
    }
    sound.then(|| Hits::new(&chances, together.map_or(Share::ALL, |at| at.value)))
}
