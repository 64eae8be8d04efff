//! What a file of claims, or a population, does not say and a scheme asks for.

use crate::scheme::{Reason, Scheme, Totals};

/// Returns what is missing of every claim, where it is one and the same.
pub fn of_all(totals: &Totals) -> Option<Reason> {
    let claims: u64 = Reason::ALL.into_iter().map(|reason| totals.all.of(reason)).sum();
    let missing = |reason: &Reason| columns(*reason).is_some() && totals.all.of(*reason) == claims;
    Reason::ALL.into_iter().find(missing).filter(|_| claims > 0)
}

/// Names the columns that give what is missing.
pub fn columns(reason: Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::NoClass => "class (구분)",
        Reason::NoSales => {
            "usual_sales and outage_sales (평소매출, 장애매출), loss (손실), or sales of each day under \
             headings such as 2022-10-15"
        }
        Reason::NoBaseline => "sales of more days before the outage, under headings such as 2022-10-01",
        Reason::NoOutage => "outage (장애), outage_hours (장애시간), or outage_start and outage_end",
        Reason::NoFee => "fee (월요금)",
        Reason::NoAnnualSales => "annual_sales (연매출)",
        Reason::NoRate => {
            "margin (영업이익률), fixed_costs (고정비율), platform_share (플랫폼비중), substitution \
             (대체율) or days (이행일수), whichever its formula has"
        }
        _ => return None,
    })
}

/// Says how to give what is missing under a scheme.
pub fn hint(reason: Reason, scheme: &Scheme) -> String {
    let columns = columns(reason).unwrap_or("what the scheme asks for");
    format!("fill {columns}; `netloss schemes {}` tells what it asks for", scheme.id)
}
