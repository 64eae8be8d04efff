//! The reference: every term that a programme can state, in the order of the flow.

use crate::annual;
use crate::attribution;
use crate::cost;
use crate::cover;
use crate::hedge;
use crate::loss;
use crate::measure;
use crate::mitigation;
use crate::outage;
use crate::profile;
use crate::recovery;
use crate::term::Term;
use crate::tower;

/// Every term, in the order in which terms apply.
pub const ALL: &[Term] = &[
    // What would have been earned.
    profile::STANDARD_TURNOVER,
    // The outage and what it takes.
    loss::LOST_REVENUE,
    outage::SERVICE_PATH,
    outage::FAILOVER,
    outage::EARLY_WARNING,
    outage::RAMP_UP,
    loss::DAMAGE,
    mitigation::RECAPTURE,
    mitigation::QUEUE,
    mitigation::DISCONTINUED,
    mitigation::MAKE_UP,
    mitigation::RESILIENCE,
    mitigation::SLA_PENALTY,
    mitigation::REFUND,
    mitigation::GOODWILL,
    mitigation::FINE,
    mitigation::CHURN,
    mitigation::COMMUNICATION,
    mitigation::LIFETIME_VALUE,
    mitigation::DATA_LOSS,
    measure::MEASURE,
    // Covers.
    cover::GROSS_PROFIT_FORM,
    cover::GROSS_EARNINGS_FORM,
    cover::RATE_OF_GROSS_PROFIT,
    cover::INDEMNITY_PERIOD,
    cover::EXTENDED_PERIOD,
    cover::MAXIMUM_PERIOD,
    cover::HOURLY_LIMIT,
    cover::DAILY_LIMIT,
    cover::MONTHLY_LIMIT,
    outage::PERILS,
    cover::WAITING_PERIOD,
    cover::WAITING_CLOCK,
    cover::AVERAGE,
    cover::SUBLIMIT,
    cover::DEDUCTIBLE,
    cover::FRANCHISE,
    cover::DISAPPEARING_DEDUCTIBLE,
    cover::PERCENTAGE_DEDUCTIBLE,
    cover::AVERAGE_DAILY_VALUE,
    cover::INSURED_SHARE,
    cover::OCCURRENCE_LIMIT,
    cover::AGGREGATE_DEDUCTIBLE,
    cover::AGGREGATE_LIMIT,
    cover::ORDER,
    // Towers.
    tower::LAYER,
    tower::DROP_DOWN,
    tower::FOLLOW_FORM,
    tower::CORRIDOR,
    tower::QUOTA_SHARE,
    tower::REINSTATEMENT,
    tower::CAPTIVE,
    // Hedges.
    hedge::TRIGGER_MEASUREMENT,
    hedge::BINARY_TRIGGER,
    hedge::STEPPED_TRIGGER,
    hedge::HOURLY_TRIGGER,
    hedge::INDEX_COVER,
    hedge::DOUBLE_TRIGGER,
    hedge::CAT_BOND,
    hedge::INDUSTRY_LOSS_WARRANTY,
    hedge::HOURS_CALL,
    hedge::SWAP,
    hedge::REVENUE_SWAP,
    hedge::BASIS_RISK,
    hedge::HEDGE_RATIO,
    cover::INCREASED_COST,
    cover::ADDITIONAL_INCREASED_COST,
    cover::EXTRA_EXPENSE,
    cover::DEPENDENT,
    cover::SERVICE_INTERRUPTION,
    cover::DENIAL_OF_ACCESS,
    cover::REPUTATION,
    cover::CLAIMS_PREPARATION,
    cover::HOURS_CLAUSE,
    cover::OTHER_INSURANCE,
    // The year.
    annual::BASKET,
    annual::STOP_LOSS,
    // Recoveries from others, and what they are worth.
    recovery::SUPPLIER_CREDIT,
    recovery::LIABILITY_CAP,
    recovery::SUBROGATION,
    recovery::OVER_RECOVERY,
    recovery::DISPUTE,
    recovery::COUNTERPARTY_DEFAULT,
    recovery::TIME_VALUE,
    attribution::ATTRIBUTION,
    // Cost of the programme.
    cost::PREMIUM,
    cost::INSTALMENTS,
    cost::SWING,
    cost::NO_CLAIMS_BONUS,
    cost::PROFIT_COMMISSION,
    cost::CARRY,
    cost::ALLOCATION,
    // Beside the net loss.
    cost::CASH_VIEW,
    cost::RESERVE,
    cost::CREDIT_LINE,
    hedge::EQUITY_PUT,
    hedge::CURRENCY_FORWARD,
];

/// Returns the term of a name, by its key or by one of its names.
#[must_use]
pub fn named(name: &str) -> Option<&'static Term> {
    let name = name.to_lowercase();
    ALL.iter().find(|term| term.key == name || term.english.to_lowercase() == name || term.korean == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_term_has_a_name_of_its_own_and_all_of_its_words() {
        for (place, term) in ALL.iter().enumerate() {
            assert!(ALL[..place].iter().all(|other| other.key != term.key), "{} stands twice", term.key);
            for words in
                [term.key, term.korean, term.english, term.unit, term.formula, term.order, term.source]
            {
                assert!(!words.trim().is_empty(), "{} lacks words", term.key);
            }
            let hangul = |c: char| ('가'..='힣').contains(&c);
            assert!(term.korean.chars().any(hangul), "{}: {}", term.key, term.korean);
            assert_eq!(named(term.key), Some(term));
            assert!(!term.order.ends_with('.') && !term.source.ends_with('.'), "{}", term.key);
        }
    }
}
