//! Lost profit: lost revenue less what is made up later and what stops costing.

use super::{Allocation, Discontinued, Recapture, Served};
use crate::loss::LostRevenue;
use crate::quantity::{Hours, Money, Share};

/// Profit that one line loses in one outage, over any interval of it.
///
/// # Formula
///
/// With `v` the rate of costs that stop with the sales, and ρ the part of lost
/// revenue that is made up later:
///
/// ```text
/// recaptured    = ρ · lost revenue
/// saved         = v · (lost revenue - recaptured) + discontinued + salvage - overtime
/// between(a, b) = (1 - ρ) · (1 - v) · lost revenue between(a, b)
/// total         = lost revenue - recaptured - saved
/// ```
///
/// Sales made up later shrink each lost hour by the same factor (pro rata), so
/// the hours that a waiting period removes are measured net of them. Discontinued
/// charges, overtime and salvage are amounts of the outage and of none of its
/// hours; a policy that counts overtime puts it on the hours made up.
#[derive(Clone, Debug)]
pub struct LostProfit<'a> {
    lost_revenue: LostRevenue<'a>,
    recaptured: Share,
    served: Option<Served>,
    saved_cost_rate: Share,
    discontinued: Money,
    overtime: Money,
    salvage: Money,
}

impl<'a> LostProfit<'a> {
    /// Applies a line's recapture and saved costs to what it lost.
    #[must_use]
    pub fn new(
        lost_revenue: LostRevenue<'a>,
        recapture: Recapture,
        saved_cost_rate: Share,
        duration: Hours,
    ) -> Self {
        let (waits, lost) = (recapture.after(duration), lost_revenue.total());
        let served = recapture.queue.map(|queue| {
            let back = lost_revenue.restored();
            queue.serve(lost * waits, |from, to| lost_revenue.normally(back + from, back + to))
        });
        let recaptured = served.map_or(waits, |served| served.made_up.part_of(lost));
        let overtime = recapture.overtime.of(lost * recaptured);
        let discontinued = Money::ZERO;
        let salvage = Money::ZERO;
        Self { lost_revenue, recaptured, served, saved_cost_rate, discontinued, overtime, salvage }
    }

    /// Takes off the charges that stop with the outage, as far as there is profit.
    #[must_use]
    pub fn with_discontinued(self, charges: Discontinued, duration: Hours) -> Self {
        let discontinued = charges.of(duration).min(self.by_hours());
        Self { discontinued, ..self }
    }

    /// Takes off what stock that was not sold brings, as far as there is profit.
    #[must_use]
    pub fn with_salvage(self, salvage: Money) -> Self {
        let salvage = salvage.min(self.by_hours() - self.discontinued);
        Self { salvage, ..self }
    }

    /// Returns the lost revenue that the profit is part of.
    #[must_use]
    pub fn lost_revenue(&self) -> &LostRevenue<'a> {
        &self.lost_revenue
    }

    /// Returns the share of lost revenue that is made up later.
    #[must_use]
    pub fn recaptured_share(&self) -> Share {
        self.recaptured
    }

    /// Returns what became of the queue, where sales wait in one.
    #[must_use]
    pub fn served(&self) -> Option<Served> {
        self.served
    }

    /// Returns the revenue made up later.
    #[must_use]
    pub fn recaptured(&self) -> Money {
        self.lost_revenue.total() * self.recaptured
    }

    /// Returns the charges that stop with the outage.
    #[must_use]
    pub fn discontinued(&self) -> Money {
        self.discontinued
    }

    /// Returns what making up costs.
    #[must_use]
    pub fn overtime(&self) -> Money {
        self.overtime
    }

    /// Returns what stock that was not sold brings.
    #[must_use]
    pub fn salvage(&self) -> Money {
        self.salvage
    }

    /// Returns the costs that stop with the sales that stay lost.
    #[must_use]
    pub fn saved_with_sales(&self) -> Money {
        (self.lost_revenue.total() - self.recaptured()) * self.saved_cost_rate
    }

    /// Returns the sales lost in `[from, to)` and not made up later, before any cost
    /// is saved.
    #[must_use]
    pub fn lost_sales_between(&self, from: Hours, to: Hours) -> Money {
        self.lost_revenue.between(from, to) * self.recaptured.rest()
    }

    /// Returns the same, where the sales made up later are taken from the hours
    /// before or after `wait` first.
    ///
    /// It comes to the same over the whole outage; see [`Allocation`].
    #[must_use]
    pub fn lost_sales_allocated(
        &self,
        allocation: Allocation,
        wait: Hours,
        (from, to): (Hours, Hours),
    ) -> Money {
        if allocation == Allocation::ProRata || self.recaptured == Share::NONE {
            return self.lost_sales_between(from, to);
        }
        let lost =
            |from, to: Hours| if to > from { self.lost_revenue.between(from, to) } else { Money::ZERO };
        let ends = self.lost_revenue.ends();
        let wait = wait.min(ends);
        let left = allocation.left(lost(Hours::ZERO, wait), lost(wait, ends), self.recaptured);
        lost(from, to.min(wait)) * left.inside + lost(from.max(wait), to) * left.after
    }

    /// Returns all costs that stop and what stock brings, less what making up costs.
    #[must_use]
    pub fn saved(&self) -> Money {
        self.saved_with_sales() + self.discontinued + self.salvage - self.overtime
    }

    /// Returns the profit lost in `[from, to)`, hours after the outage's start.
    #[must_use]
    pub fn between(&self, from: Hours, to: Hours) -> Money {
        self.lost_sales_between(from, to) * self.saved_cost_rate.rest()
    }

    /// Returns the same, where the sales made up later are taken from the hours
    /// before or after `wait` first.
    #[must_use]
    pub fn allocated(&self, allocation: Allocation, wait: Hours, span: (Hours, Hours)) -> Money {
        self.lost_sales_allocated(allocation, wait, span) * self.saved_cost_rate.rest()
    }

    /// Returns the profit lost in all hours together, before what belongs to none.
    #[must_use]
    pub fn by_hours(&self) -> Money {
        self.lost_revenue.total() - self.recaptured() - self.saved_with_sales()
    }

    /// Returns what a policy may measure: the profit of all hours, with what making
    /// up costs and without what stock brings. Charges that stop are a matter of the
    /// policy's own savings.
    #[must_use]
    pub fn measured(&self) -> Money {
        self.by_hours() + self.overtime - self.salvage
    }

    /// Returns what making up the sales of `span` costs: overtime goes with the sales
    /// that it makes up.
    #[must_use]
    pub fn overtime_allocated(&self, allocation: Allocation, wait: Hours, span: (Hours, Hours)) -> Money {
        if self.overtime == Money::ZERO || span.1 <= span.0 {
            return Money::ZERO;
        }
        let lost = self.lost_revenue.between(span.0, span.1);
        let made_up = lost - self.lost_sales_allocated(allocation, wait, span);
        self.overtime * made_up.part_of(self.recaptured())
    }

    /// Returns the profit that `[from, to)` of the outage would have brought.
    #[must_use]
    pub fn normally(&self, from: Hours, to: Hours) -> Money {
        self.lost_revenue.normally(from, to) * self.saved_cost_rate.rest()
    }

    /// Returns all the profit lost.
    #[must_use]
    pub fn total(&self) -> Money {
        self.measured() - self.discontinued
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mitigation::{Headroom, Overtime, Queue};
    use crate::outage::{BreakPoint, ServicePath, Stage};
    use crate::profile::Profile;
    use crate::quantity::MoneyPerHour;

    #[test]
    fn half_of_the_lost_sales_wait_behind_a_quarter_of_spare_capacity() {
        let share = |number| Share::new(number).unwrap();
        let rates = [[40.0; 6], [60.0; 6], [80.0; 6], [50.0; 6]].concat();
        let profile = Profile::new(rates.into_iter().map(MoneyPerHour).collect()).unwrap();
        let stage = |hours, from, to| Stage {
            until: BreakPoint::after(Hours(hours)),
            lost_from: share(from),
            lost_to: share(to),
        };
        let stages = vec![stage(5.0, 1.0, 1.0), stage(9.0, 1.0, 0.2), stage(12.0, 0.2, 0.2)];
        let path = ServicePath::new(stages, Hours::ZERO).unwrap();
        let lost = LostRevenue::new(&profile, Hours::ZERO, Share::ALL, &path, Hours(12.0));
        let queue =
            Some(Queue { headroom: Headroom::Share(share(0.25)), abandon: share(0.05), within: None });
        let overtime = Overtime { fixed: Money(8.0), share: Share::NONE };
        let recapture = Recapture { queue, overtime, ..Recapture::even(share(0.5)) };
        let charges = Discontinued { amount: Money(10.0), ..Discontinued::default() };
        let profit = LostProfit::new(lost, recapture, share(0.45), Hours(12.0))
            .with_discontinued(charges, Hours(12.0));
        let served = profit.served().unwrap();
        for (what, amount, expected) in [
            ("gross", profit.lost_revenue().total().0, 362.0),
            ("queue", served.waited.0, 181.0),
            ("recaptured", profit.recaptured().0, 151.072_611_953),
            ("abandoned", served.abandoned.0, 29.927_388_047),
            ("left", served.left().0, 0.0),
            ("fraction", profit.recaptured_share().get(), 0.417_327_657),
            ("saved with sales", profit.saved_with_sales().0, 94.917_324_621),
            ("by hours", profit.by_hours().0, 116.010_063_426),
            ("total", profit.total().0, 114.010_063_426),
            ("after six hours", profit.between(Hours(6.0), Hours(12.0)).0, 40.379_193_347),
        ] {
            assert!((amount - expected).abs() < 1e-8, "{what} is {amount}");
        }
    }
}
