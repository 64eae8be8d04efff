//! Section `[[outflow]]`.

mod churn;
mod forms;

pub(super) use churn::communication;

use super::addition;
use super::damage::damage;
use super::lines::{MET, checked_steps, lines_named, steps};
use super::scenario::{Context, Heading};
use super::section::Section;
use crate::mitigation::{Amount, Head, Outflow};
use crate::quantity::{Hours, Money, MoneyPerHour, Share};
use crate::scenario::Named;

/// Every way to say how much.
const FORMS: [&str; 12] = [
    "amount",
    "per_hour",
    "share_of_lost_revenue",
    "steps",
    "daily",
    "sla",
    "refund",
    "goodwill",
    "fine",
    "churn",
    "data_loss",
    "damage",
];

pub(super) fn outflow(section: &mut Section<'_>, context: &Context<'_>) -> Option<Named<Outflow>> {
    let heading = Heading::read(section, context);
    let head = section.choice("head", true, "kind of loss, by which covers name it", &Head::ALL[1..]);
    let insurable = section.optional::<bool>(
        "insurable",
        "whether a cover may answer for it; true unless said, and false for a fine",
    );
    let fixed = section.optional::<Money>("amount", "the same for every outage");
    let per_hour = section.optional::<Money>("per_hour", "so much for each hour");
    let after = section.optional::<Hours>("after", "hours that pass before `per_hour` starts");
    let most = section.optional::<Money>("most", "most that `per_hour` comes to; no most unless said");
    let share = section
        .optional::<Share>("share_of_lost_revenue", "a share of revenue lost, before any is made up");
    let lines =
        section.optional::<Vec<String>>("lines", "lines whose lost revenue counts; all unless said");
    let steps = steps(section, "amounts by duration; the highest step reached counts");
    let met = section.choice("met", false, "how a step is reached; needed with `steps`", &MET);
    let addition = addition::read(section);
    let sla = section.section("sla", false, "credits owed where uptime of the month is missed", forms::sla);
    let refund = section.section("refund", false, "fees given back for the time lost", forms::refund);
    let goodwill =
        section.section("goodwill", false, "a gift to users, which some take up", forms::goodwill);
    let fine = section.section("fine", false, "a fine by a statute, as far as it is expected", forms::fine);
    let churn =
        section.section("churn", false, "customers who leave, and what goes with them", churn::churn);
    let data_loss = section.section("data_loss", false, "work done again after a failover", |part| {
        forms::data_loss(part, context)
    });
    let (damage, source) = damage(section, context).map_or((None, None), |it| (Some(it.damage), it.source));

    let given: Vec<_> = FORMS.into_iter().filter(|form| section.has(form)).collect();
    if given.len() != 1 {
        let message = match given.as_slice() {
            [] => "the outflow does not say how much".to_owned(),
            several => format!("the outflow's amount is given more than once: {}", several.join(", ")),
        };
        section.error(section.head(), message, format!("give one of {}", FORMS.join(", ")));
        return None;
    }
    for (key, form) in
        [("after", "per_hour"), ("most", "per_hour"), ("lines", "share_of_lost_revenue"), ("met", "steps")]
    {
        if section.has(key) && !section.has(form) {
            section.error_at(
                key,
                format!("`{key}` says nothing without `{form}`"),
                format!("leave `{key}` out"),
            );
        }
    }
    let lines = lines_named(section, lines, context);
    let amount = match given[0] {
        "amount" => Amount::Fixed(fixed?.value),
        "daily" => Amount::Daily(addition.daily.clone()?),
        "per_hour" => Amount::PerHour {
            rate: MoneyPerHour(per_hour?.value.0),
            after: after.map_or(Hours::ZERO, |at| at.value),
            most: most.map(|at| at.value),
        },
        "share_of_lost_revenue" => Amount::ShareOfLostRevenue { share: share?.value, lines },
        "steps" => Amount::Tiered(checked_steps(section, steps, met.map(|at| at.value))?),
        "sla" => Amount::Sla(sla??),
        "refund" => Amount::Refund(refund??),
        "goodwill" => Amount::Goodwill(goodwill??),
        "fine" => Amount::Fine(fine??),
        "churn" => Amount::Churn(churn??),
        "data_loss" => Amount::DataLoss(data_loss??),
        _ => Amount::Damage(damage?),
    };
    let head = head?.value;
    let insurable = insurable.map_or(head != Head::Fine, |at| at.value);
    let outflow = Outflow { insurable, ..Outflow::new(head, amount) };
    let mut outflow = heading?.over(addition.onto(section, outflow));
    outflow.sources.extend(source);
    Some(outflow)
}
