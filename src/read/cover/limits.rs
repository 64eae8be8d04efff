//! Limits of a cover by hour, by event and by year, and the order of its terms.

use crate::cover::{AggregateDeductible, Cover, Deductible, Order, PeriodLimits};
use crate::quantity::{Hours, Money, MoneyPerHour, Share};
use crate::read::section::{At, Section};
use crate::read::value::MoneyOrNone;

/// What the keys of this file say of a cover.
pub(super) struct Limits {
    hour: Option<At<Money>>,
    day: Option<At<Money>>,
    month: Option<(Share, Option<Money>)>,
    maximum_period: Option<At<Hours>>,
    relation: Option<At<&'static str>>,
    aggregate_limit: Option<At<MoneyOrNone>>,
    aggregate_deductible: Option<AggregateDeductible>,
    order: Option<At<Order>>,
}

const RELATIONS: [(&str, &str); 3] = [
    ("limit_above_deductible", "limit_above_deductible"),
    ("limit_first", "limit_first"),
    ("deductible_erodes_limit", "deductible_erodes_limit"),
];

impl Limits {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            hour: section
                .optional("hourly_limit", "most for an hour of the outage; part of one has that part"),
            day: section.optional("daily_limit", "most for 24 hours, counted from the outage's start"),
            month: section
                .section("monthly_limit", false, "most for 30 days, counted from the outage's start", month)
                .flatten(),
            maximum_period: section.optional(
                "maximum_period",
                "option in place of average: lost profit of so much time from the outage, such as \"120d\"",
            ),
            relation: section.choice(
                "limit_and_deductible",
                false,
                "how they stand to each other; limit_above_deductible unless said",
                &RELATIONS,
            ),
            aggregate_limit: section.optional("aggregate_limit", "most for the year; endless unless said"),
            aggregate_deductible: section
                .section(
                    "aggregate_deductible",
                    false,
                    "what the insured bears over the year",
                    aggregate_deductible,
                )
                .flatten(),
            order: section.choice(
                "order",
                false,
                "order in which the terms apply; standard unless said",
                &Order::ALL,
            ),
        }
    }

    /// Puts them into the cover, once all that they speak of is known.
    pub(super) fn apply(self, section: &Section<'_>, cover: &mut Cover) {
        self.check(section, cover);
        let month = self.month.and_then(|(share, of)| Some(of.or(cover.occurrence_limit)? * share));
        cover.period_limits = PeriodLimits {
            hour: self.hour.map(|at| MoneyPerHour(at.value.0)),
            day: self.day.map(|at| at.value),
            month,
        };
        cover.maximum_period = self.maximum_period.map(|at| at.value);
        cover.aggregate_limit = self.aggregate_limit.and_then(|at| at.value.0);
        cover.aggregate_deductible = self.aggregate_deductible;
        cover.order = self.order.map_or(Order::Standard, |at| at.value);
        match self.relation.map(|at| at.value) {
            Some("limit_first") => cover.order = Order::LimitFirst,
            Some("deductible_erodes_limit") => cover.deductible_erodes_limit = true,
            _ => {}
        }
    }

    fn check(&self, section: &Section<'_>, cover: &Cover) {
        let zero = [("hourly_limit", &self.hour), ("daily_limit", &self.day)];
        for (key, _) in
            zero.into_iter().filter(|(_, it)| it.as_ref().is_some_and(|at| at.value == Money::ZERO))
        {
            let message =
                format!("the cover can never pay lost profit: its {} is 0", key.replace('_', " "));
            section.error_at(key, message, "give the limit, or leave the key out");
        }
        if matches!(self.month, Some((_, None))) && cover.occurrence_limit.is_none() {
            let message = "monthly_limit is a share of the limit, and the cover has no occurrence_limit";
            section.error_at("monthly_limit", message, "give `of` beside `share`, or the occurrence_limit");
        }
        for key in ["monthly_limit", "maximum_period"] {
            if section.has(key) && section.has("average") {
                let message = format!("`{key}` stands in place of average, and the cover has both");
                section.error_at(key, message, "leave one of them out");
            }
        }
        if let Some(relation) = &self.relation {
            self.check_relation(section, relation, cover);
        }
        let aggregate = self.aggregate_limit.as_ref().and_then(|at| at.value.0);
        if aggregate == Some(Money::ZERO) {
            let message = "the cover can never pay: its aggregate limit is 0";
            section.error_at("aggregate_limit", message, "give the limit, or \"none\"");
        } else if let (Some(aggregate), Some(limit)) = (aggregate, cover.occurrence_limit)
            && aggregate < limit
        {
            let message = format!("an event can never use its limit of {limit}: the year's is {aggregate}");
            let mend = "let the aggregate limit be at least the occurrence limit";
            section.warning(section.span_of("aggregate_limit"), message, mend);
        }
        if let Some(AggregateDeductible::CapOnRetentions { .. }) = self.aggregate_deductible
            && (cover.deductible == Deductible::NONE || matches!(cover.deductible, Deductible::PerHead(_)))
        {
            let message =
                "\"cap_on_retentions\" caps the deductible of each event, and the cover has no such one";
            section.error_at("aggregate_deductible", message, "give `deductible`, or kind = \"absorb\"");
        }
        if self.order.as_ref().is_some_and(|at| at.value == Order::CapsAfterWaiting)
            && ![&"hourly_limit", &"daily_limit", &"monthly_limit"].into_iter().any(|key| section.has(key))
        {
            let message = "order \"caps_after_waiting\" speaks of limits of hours, and the cover has none";
            section.error_at(
                "order",
                message,
                "give hourly_limit, daily_limit or monthly_limit, or another order",
            );
        }
    }

    fn check_relation(&self, section: &Section<'_>, relation: &At<&'static str>, cover: &Cover) {
        let key = "limit_and_deductible";
        if relation.value != "limit_above_deductible"
            && (cover.occurrence_limit.is_none() || cover.deductible == Deductible::NONE)
        {
            let message =
                format!("{:?} speaks of a limit and a deductible, and one is missing", relation.value);
            section.error_at(
                key,
                message,
                "give both `occurrence_limit` and `deductible`, or leave the key out",
            );
        }
        if let Some(order) = &self.order
            && order.value != Order::Standard
            && (relation.value == "limit_first" || order.value == Order::LimitFirst)
            && !(relation.value == "limit_first" && order.value == Order::LimitFirst)
        {
            let message =
                format!("order = {:?} and {key} = {:?} are two orders", order.value.key(), relation.value);
            section.error_at(key, message, "keep one of the two keys");
        }
    }
}

fn month(section: &mut Section<'_>) -> Option<(Share, Option<Money>)> {
    let share = section.required::<Share>("share", "part of the limit that 30 days may cost");
    let of =
        section.optional::<Money>("of", "the limit of which it is a part; occurrence_limit unless said");
    Some((share?.value, of.map(|at| at.value)))
}

fn aggregate_deductible(section: &mut Section<'_>) -> Option<AggregateDeductible> {
    let kinds = [("absorb", false), ("cap_on_retentions", true)];
    let kind = section.choice("kind", true, "what it does over the year", &kinds);
    let amount = section.required::<Money>("amount", "the amount of the year");
    let maintenance = section.optional::<Money>(
        "maintenance",
        "what each event bears once the cap is used up; needed with cap_on_retentions",
    );
    let (cap, amount) = (kind?.value, amount?.value);
    match (cap, maintenance) {
        (false, None) => Some(AggregateDeductible::Absorb(amount)),
        (true, Some(maintenance)) if maintenance.value > amount => {
            let message = format!(
                "each event bears {} at least, and all of them {amount} at most",
                maintenance.value
            );
            section.error_at(
                "maintenance",
                message,
                "let the maintenance deductible be the smaller of the two",
            );
            None
        }
        (true, Some(maintenance)) => {
            Some(AggregateDeductible::CapOnRetentions { amount, maintenance: maintenance.value })
        }
        (false, Some(_)) => {
            let message = "`maintenance` says nothing of an aggregate deductible that absorbs";
            section.error_at("maintenance", message, "leave `maintenance` out");
            None
        }
        (true, None) if section.has("maintenance") => None,
        (true, None) => {
            let message = "a cap on retentions needs `maintenance`: what each event still bears after it";
            section.error(section.head(), message, "give `maintenance = 0`, or the amount");
            None
        }
    }
}
