//! Every label once, in Korean and in English: the glossary of what people see.

use crate::cost::Kind;
use crate::cover::{Form, OtherInsurance, Period, Reading};
use crate::measure::Part;
use crate::mitigation::Head;
use crate::outage::Cause;
use crate::projection::KinkCause;
use crate::reason::Reason;
use crate::scenario::Label;

/// The language of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 한국어
    Ko,
    /// English
    En,
}

impl Language {
    /// Returns the word of a pair in this language.
    #[must_use]
    pub fn of<'w>(self, korean: &'w str, english: &'w str) -> &'w str {
        match self {
            Self::Ko => korean,
            Self::En => english,
        }
    }

    /// Returns a label in this language.
    #[must_use]
    pub fn label(self, label: &Label) -> &str {
        self.of(&label.ko, &label.en)
    }
}

/// A word that stands in a table, a chart or an explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Duration,
    TimeLine,
    OutageName,
    Lasts,
    YearSoFar,
    LeftInYear,
    ReinstatementPremium,
    LostRevenue,
    Recaptured,
    Saved,
    Outflows,
    EconomicLoss,
    ProgrammeCost,
    PremiumAndCosts,
    NetLoss,
    Credits,
    Haircuts,
    MetByCredits,
    MetByPayouts,
    MetByThirdParty,
    MetByAnnualCovers,
    RecoveryAboveLoss,
    PaidOnHedges,
    NetLossByDuration,
    LossByLine,
    RetainedByReason,
    Kinks,
    WhatTurns,
    AnotherHour,
    OwnChange,
    Jump,
    DeadZones,
    Falls,
    AllMeasures,
    Without,
    WithMeasures,
    NetWithoutMeasures,
    WorthOfMeasures,
    CostOfMeasures,
    LeftOut,
    Assumptions,
    OverRecovery,
    Attribution,
    Together,
    Reported,
    ProgrammeCosts,
    CashView,
    Need,
    FromReserves,
    FromCash,
    Gap,
    Drawn,
    GapLeft,
    GapIfBlocked,
    InstalmentsDue,
    EquityView,
    NotDefined,
    ExpectedLoss,
    ExpectedPayout,
    Shortfall,
    Overpaid,
    Rmse,
    Correlation,
    VarianceRemoved,
    FalseNegatives,
    FalsePositives,
    HedgeRatio,
    BestVarianceRemoved,
    OffsetOfTotals,
    OffsetOfChanges,
    Contracts,
    BasisView,
    MarketValueLost,
    Payoff,
    CapitalRaised,
    Cost,
    CurrencyView,
    Hedge,
    Amount,
    Forward,
    ForwardPoints,
    Hedged,
    Unhedged,
    Gain,
    Unit,
    Start,
    Order,
    None,
}

impl Word {
    /// Returns the word.
    #[must_use]
    pub fn say(self, language: Language) -> &'static str {
        let (korean, english) = match self {
            Self::Duration => ("지속", "Outage"),
            Self::TimeLine => ("보험연도의 장애", "The policy year, outage by outage"),
            Self::OutageName => ("장애", "Outage"),
            Self::Lasts => ("지속", "Lasts"),
            Self::YearSoFar => ("연간 누계", "Year so far"),
            Self::LeftInYear => ("장애 후 남은 연간 한도", "What each outage leaves of the year"),
            Self::ReinstatementPremium => ("복원보험료", "Reinstatement premium"),
            Self::LostRevenue => ("매출 손실", "Lost revenue"),
            Self::Recaptured => ("이연 회복", "Made up later"),
            Self::Saved => ("절감 비용", "Costs saved"),
            Self::Outflows => ("추가 유출", "Outflows"),
            Self::EconomicLoss => ("손실", "Loss"),
            Self::ProgrammeCost => ("보험료", "Premium"),
            Self::PremiumAndCosts => ("보험료·비용", "Premium and costs"),
            Self::NetLoss => ("순손실", "Net loss"),
            Self::Credits => ("서비스 크레딧", "Supplier credits"),
            Self::Haircuts => ("회수 할인", "Haircuts"),
            Self::MetByCredits => ("서비스 크레딧 충당", "Met by supplier credits"),
            Self::MetByPayouts => ("지수형 지급 충당", "Met by payouts"),
            Self::MetByThirdParty => ("구상 회수 충당", "Met by those liable"),
            Self::MetByAnnualCovers => ("연간 담보 충당", "Met by annual covers"),
            Self::PaidOnHedges => ("헤지 지급액", "Paid on hedges"),
            Self::RecoveryAboveLoss => ("손실 초과 회수", "Recovery above loss"),
            Self::NetLossByDuration => ("지속시간별 순손실", "Net loss by duration"),
            Self::LossByLine => ("부문별 손실", "Loss by line"),
            Self::RetainedByReason => ("우리 부담의 사유", "What stays with us, and why"),
            Self::Kinks => ("꺾이는 점", "Where the curve turns"),
            Self::WhatTurns => ("원인", "What turns"),
            Self::AnotherHour => ("1시간 더 (전 → 후)", "Another hour costs"),
            Self::OwnChange => ("그 몫", "Its part"),
            Self::Jump => ("도약", "Jump"),
            Self::DeadZones => ("아무도 지급하지 않는 구간", "Nothing pays"),
            Self::Falls => {
                ("장애가 길어질수록 순손실이 주는 구간", "Net loss falls while the outage goes on")
            }
            Self::Attribution => (
                "누가 얼마를 부담하나 (모든 순서의 평균, Shapley)",
                "Who bears what, over every order (Shapley)",
            ),
            Self::OverRecovery => ("초과 회수 규칙", "Over-recovery rule"),
            Self::Together => ("합계", "Together"),
            Self::AllMeasures => ("모든 대비책", "all measures"),
            Self::Without => ("제외:", "without"),
            Self::WithMeasures => ("대비책 적용", "With all in force"),
            Self::NetWithoutMeasures => {
                ("대비책을 하나씩 뺐을 때의 순손실", "Net loss without each measure")
            }
            Self::WorthOfMeasures => {
                ("대비책의 가치 (비용을 뺀 뒤)", "What each measure is worth, after its cost")
            }
            Self::CostOfMeasures => {
                ("대비책의 비용 (이 사고에 실린 몫)", "What each measure costs this event")
            }
            Self::LeftOut => ("뺀 대비책", "Left out"),
            Self::Assumptions => ("가정", "Assumptions"),
            Self::Reported => {
                ("공표된 수치 (맞추지 않고 나란히 둠)", "Published, to set beside (not fitted)")
            }
            Self::ProgrammeCosts => ("프로그램 비용", "What the programme costs"),
            Self::CashView => (
                "현금으로 본 손실 (순손실에 들지 않음)",
                "With what money it is met (no part of the net loss)",
            ),
            Self::Need => ("필요액", "Needed"),
            Self::FromReserves => ("준비금 사용", "From reserves"),
            Self::FromCash => ("보유 현금", "From cash"),
            Self::Gap => ("부족액", "Gap"),
            Self::Drawn => ("신용공여 인출", "Drawn"),
            Self::GapLeft => ("남은 부족액", "Gap left"),
            Self::GapIfBlocked => ("인출이 막히면", "If lines are blocked"),
            Self::InstalmentsDue => ("앞으로 낼 보험료", "Premium still due"),
            Self::NotDefined => ("미정의", "not defined"),
            Self::ExpectedLoss => ("기대손실", "Expected loss"),
            Self::ExpectedPayout => ("기대지급", "Expected payout"),
            Self::Shortfall => ("기대부족", "Short"),
            Self::Overpaid => ("기대초과", "Over"),
            Self::Rmse => ("RMSE", "RMSE"),
            Self::Correlation => ("상관", "Correlation"),
            Self::VarianceRemoved => ("분산 감소", "Variance removed"),
            Self::FalseNegatives => ("미지급 오류", "Unpaid losses"),
            Self::FalsePositives => ("오지급", "Paid without loss"),
            Self::HedgeRatio => ("헤지비율", "Hedge ratio"),
            Self::BestVarianceRemoved => ("최적 분산 감소", "Removed at that ratio"),
            Self::OffsetOfTotals => ("상쇄율(합계)", "Offset of totals"),
            Self::OffsetOfChanges => ("상쇄율(변화)", "Offset of changes"),
            Self::Contracts => ("계약 수", "Contracts"),
            Self::BasisView => {
                ("베이시스 리스크 (순손실에 들지 않음)", "Basis risk (no part of the net loss)")
            }
            Self::EquityView => (
                "시장가치로 본 헤지 (순손실에 들지 않음)",
                "Hedges of market value (no part of the net loss)",
            ),
            Self::MarketValueLost => ("시가 하락", "value lost"),
            Self::Payoff => ("지급", "pays"),
            Self::CapitalRaised => ("자본 조달", "capital raised"),
            Self::Cost => ("비용", "costs"),
            Self::CurrencyView => {
                ("환헤지 (순손실에 들지 않음)", "Hedges of currency (no part of the net loss)")
            }
            Self::Hedge => ("헤지", "Hedge"),
            Self::Amount => ("금액", "Amount"),
            Self::Forward => ("선물환율", "Forward"),
            Self::ForwardPoints => ("스왑포인트", "Points"),
            Self::Hedged => ("헤지 시", "Hedged"),
            Self::Unhedged => ("헤지 없이", "Unhedged"),
            Self::Gain => ("이득", "Gain"),
            Self::Unit => ("단위", "Unit"),
            Self::Start => ("시작", "Starts"),
            Self::Order => ("적용 순서", "Order of terms"),
            Self::None => ("없음", "none"),
        };
        language.of(korean, english)
    }
}

/// Returns the name of a reason for which loss is retained.
#[must_use]
pub fn reason(reason: Reason, language: Language) -> &'static str {
    let (korean, english) = match reason {
        Reason::NotCovered => ("무담보", "Not covered"),
        Reason::ExcludedPeril => ("면책 사유", "Excluded peril"),
        Reason::ProviderNotNamed => ("미지정 사업자", "Provider not named"),
        Reason::PolicyMeasure => ("증권상 산정 차이", "Measured otherwise"),
        Reason::WaitingPeriod => ("대기기간", "Waiting period"),
        Reason::IndemnityPeriod => ("보상기간 경과", "After indemnity period"),
        Reason::PeriodLimit => ("시간·일·월 한도 초과", "Above limit of the period"),
        Reason::EconomicLimit => ("경제성 한도 초과", "Above economic limit"),
        Reason::NotAttributed => ("사고와 무관한 몫", "Not put down to the event"),
        Reason::Average => ("비례보상", "Average clause"),
        Reason::Sublimit => ("담보별 한도 초과", "Above sublimit"),
        Reason::Deductible => ("자기부담금", "Deductible"),
        Reason::InsuredShare => ("공동부담", "Insured's share"),
        Reason::AboveLimit => ("한도 초과", "Above limit"),
        Reason::OtherInsurance => ("중복보험", "Other insurance"),
        Reason::AggregateDeductible => ("연간 누적 자기부담금", "Aggregate deductible"),
        Reason::AggregateLimit => ("연간 총보상한도 소진", "Aggregate limit used up"),
        Reason::NotFollowed => ("조건 불추종", "Not followed by layer"),
        Reason::LayerGap => ("계층 공백", "Layer gap"),
        Reason::Corridor => ("손해 코리더", "Corridor"),
        Reason::LayerExhausted => ("계층 소진", "Layer used up"),
        Reason::CaptiveLayer => ("캡티브 계층", "Captive layer"),
        Reason::UnplacedShare => ("미인수 지분", "Unplaced share"),
        Reason::OverRecovery => ("초과 회수 조정", "Given up: paid by others"),
        Reason::Dispute => ("분쟁", "Dispute"),
        Reason::CounterpartyDefault => ("거래상대방 부도", "Default of a payer"),
        Reason::TimeValue => ("지급 지연", "Time value"),
    };
    language.of(korean, english)
}

/// Returns the name of a kind of cost.
#[must_use]
pub fn cost(kind: Kind, language: Language) -> &'static str {
    let (korean, english) = match kind {
        Kind::Premium => ("보험료", "premium"),
        Kind::Swing => ("손해율 연동", "swing"),
        Kind::Reinstatement => ("복원보험료", "reinstatement"),
        Kind::CaptiveExpenses => ("캡티브 운영비", "captive expenses"),
        Kind::FrontingFee => ("프런팅 수수료", "fronting fee"),
        Kind::Tax => ("세금", "tax"),
        Kind::Fee => ("수수료", "fee"),
        Kind::NoClaimsBonus => ("무사고 환급", "no-claims bonus"),
        Kind::ProfitCommission => ("이익수수료", "profit commission"),
        Kind::Collateral => ("담보금 비용", "collateral"),
        Kind::Roll => ("갱신 비용", "roll"),
        Kind::Commitment => ("약정 수수료", "commitment"),
        Kind::FrontEndFee => ("개설 수수료", "front-end fee"),
        Kind::StandbyFee => ("미사용 수수료", "standby fee"),
        Kind::Interest => ("이자", "interest"),
        Kind::OpportunityCost => ("기회비용", "opportunity cost"),
        Kind::Upkeep => ("유지비", "upkeep"),
        Kind::FalseAlarms => ("오경보 비용", "false alarms"),
    };
    language.of(korean, english)
}

/// Returns the name of a part of the plan.
#[must_use]
pub fn part(part: Part, language: Language) -> &'static str {
    let (korean, english) = match part {
        Part::Contingency => ("우발상황 대비", "contingency"),
        Part::ContinuityPlan => ("업무연속성계획", "continuity plan"),
        Part::CrisisCommunication => ("위기소통", "crisis communication"),
        Part::FinancialRiskTransfer => ("재무적 위험 전가", "financial risk transfer"),
        Part::EarlyWarning => ("조기경보", "early warning"),
    };
    language.of(korean, english)
}

/// Returns the name of a head of loss.
#[must_use]
pub fn head(head: Head, language: Language) -> &'static str {
    let (korean, english) = match head {
        Head::LostProfit => ("상실이익", "lost profit"),
        Head::ExtraExpense => ("특별비용", "extra expense"),
        Head::Communication => ("위기소통비", "communication"),
        Head::SlaPenalty => ("SLA 위약금", "SLA penalty"),
        Head::Refund => ("환불", "refund"),
        Head::Goodwill => ("도의적 보상", "goodwill"),
        Head::Compensation => ("손해 보상", "compensation"),
        Head::Fine => ("과징금", "fine"),
        Head::Churn => ("이탈", "churn"),
        Head::IncreasedCost => ("영업계속비용", "increased cost of working"),
        Head::Reputation => ("평판손해", "reputational harm"),
        Head::ClaimsPreparation => ("청구 준비비용", "claims preparation"),
        Head::Other => ("기타", "other"),
    };
    language.of(korean, english)
}

/// Returns the name of a cause of outage.
#[must_use]
pub fn cause(cause: Cause, language: Language) -> &'static str {
    let (korean, english) = match cause {
        Cause::SecurityFailure => ("보안사고", "security failure"),
        Cause::SystemFailure => ("시스템 장애", "system failure"),
        Cause::DependentSecurityFailure => ("의존 사업자 보안사고", "security failure of a provider"),
        Cause::DependentSystemFailure => ("의존 사업자 시스템 장애", "system failure of a provider"),
        Cause::PhysicalDamage => ("물적 손해", "physical damage"),
        Cause::UtilityFailure => ("공익설비 중단", "utility failure"),
        Cause::DenialOfAccess => ("출입 제한", "denial of access"),
        Cause::PlannedMaintenance => ("계획된 작업", "planned maintenance"),
    };
    language.of(korean, english)
}

/// Returns the name of a policy's form.
#[must_use]
pub fn form(form: Form, language: Language) -> &'static str {
    let (korean, english) = match form {
        Form::GrossProfit => ("총이익 방식", "gross profit form"),
        Form::GrossEarnings => ("총수익 방식", "gross earnings form"),
    };
    language.of(korean, english)
}

/// Returns what a waiting period does under a reading.
#[must_use]
pub fn reading(reading: Reading, language: Language) -> &'static str {
    let (korean, english) = match reading {
        Reading::TimeDeductible => (
            "시간 자기부담: 그 시간의 실제 손실은 우리 부담",
            "its hours stay with us at what was lost in them",
        ),
        Reading::TimeDeductibleProRata => (
            "시간 자기부담(평균): 담보 구간 평균으로 우리 부담",
            "its hours stay with us at the average of the covered span",
        ),
        Reading::Qualifying => {
            ("시간 프랜차이즈: 넘으면 처음부터 담보", "once over, cover goes back to the first minute")
        }
        Reading::GreaterOf => (
            "대기기간 손실과 자기부담금 중 큰 금액",
            "the larger of the loss in it and the deductible is taken",
        ),
        Reading::Cumulative => {
            ("대기기간 손실과 자기부담금을 모두 공제", "its hours stay with us, and the deductible as well")
        }
        Reading::QualifyingThenMoney => (
            "넘으면 처음부터 담보하고 자기부담금 공제",
            "once over, cover goes back to the first minute, less the deductible",
        ),
    };
    language.of(korean, english)
}

/// Returns the name of the limit of an hour, a day or a month.
#[must_use]
pub fn period_limit(period: Period, language: Language) -> &'static str {
    let (korean, english) = match period {
        Period::Hour => ("시간당 한도", "hourly limit"),
        Period::Day => ("일 한도", "daily limit"),
        Period::Month => ("월 한도", "monthly limit"),
    };
    language.of(korean, english)
}

/// Returns how a cover shares a loss with others.
#[must_use]
pub fn other_insurance(clause: OtherInsurance, language: Language) -> &'static str {
    let (korean, english) = match clause {
        OtherInsurance::ByLimits => ("한도 비례", "in proportion to limits"),
        OtherInsurance::IndependentLiability => {
            ("독립책임액 비례", "in proportion to what each would pay alone")
        }
        OtherInsurance::Excess => ("초과보험", "after all others"),
    };
    language.of(korean, english)
}

/// Returns what turns the curve at a kink.
#[must_use]
pub fn kink(cause: KinkCause, language: Language) -> String {
    let (korean, english) = match cause {
        KinkCause::RestorationStep => ("복구 단계", "restoration step"),
        KinkCause::LineRestored => ("복구", "restored"),
        KinkCause::RecaptureGone => ("이연 회복 소멸", "nothing is made up any more"),
        KinkCause::FailoverTakesOver => ("예비 설비 가동", "spare takes over"),
        KinkCause::ChargesStop => ("비용 중단 시작", "charges stop"),
        KinkCause::ChargesCapped => ("중단 비용이 이익에 이름", "charges that stop reach the profit"),
        KinkCause::DamageBand => ("피해함수 다음 구간", "next band of the damage function"),
        KinkCause::QueueHour => ("대기 수요 처리 1시간 추가", "queue needs another hour"),
        KinkCause::OutflowStarts => ("유출 시작", "starts to grow"),
        KinkCause::OutflowBends => ("유출 속도 변경", "grows at another rate"),
        KinkCause::OutflowStep => ("유출 단계", "next step"),
        KinkCause::OutflowCapped => ("유출 한도 도달", "comes to its most"),
        KinkCause::WaitingPeriodOver => ("대기기간 종료", "waiting period over"),
        KinkCause::WaitBeginsAnew => ("다시 중단되어 새로 대기", "out again, and waits anew"),
        KinkCause::RestorationPassesWait => {
            ("복구 단계가 대기기간을 넘음", "a stage outlasts the waiting period")
        }
        KinkCause::RestorationPassesIndemnity => {
            ("복구 단계가 보상기간을 넘음", "a stage outlasts the indemnity period")
        }
        KinkCause::CoverStarts => ("지급 시작", "starts to pay"),
        KinkCause::WaitingLossOutgrows => {
            ("대기기간 손실이 자기부담금을 넘음", "loss in the wait outgrows the deductible")
        }
        KinkCause::WindowMoves => ("시간조항의 구간 이동", "window of the hours clause moves"),
        KinkCause::DeductibleBends => ("자기부담금 변경점", "deductible takes another course"),
        KinkCause::DeductibleUsed => ("자기부담금 소진", "deductible used up"),
        KinkCause::SublimitReached(at) => {
            let (which, reached) = (head(at, language), language.of("한도 도달", "sublimit reached"));
            return format!("{which} {reached}");
        }
        KinkCause::DeclarationReached => ("신고액 연동 한도 도달", "limit of the declaration reached"),
        KinkCause::PeriodLimit(period) => {
            let (name, turns) =
                (period_limit(period, language), language.of("도달·재개", "reached, or begun anew"));
            return format!("{name} {turns}");
        }
        KinkCause::AggregateDeductibleUsed => ("연간 누적 자기부담금 소진", "aggregate deductible used up"),
        KinkCause::AggregateLimitExhausted => ("연간 총보상한도 소진", "aggregate limit used up"),
        KinkCause::MinimumClosure => ("최소 폐쇄시간 도달", "closure is long enough"),
        KinkCause::MeasureStep => ("조치가 없을 때의 복구 단계", "stage without the measure"),
        KinkCause::EconomicLimitReached => ("경제성 한도 도달", "costs more than it saves"),
        KinkCause::AdditionalUsedUp => ("추가 비용 한도 소진", "additional cost used up"),
        KinkCause::ExtensionLimit => ("확장담보 한도 소진", "limit of the extension used up"),
        KinkCause::OtherInsuranceShares => {
            ("다른 보험과의 분담 변경점", "sharing with other insurance turns")
        }
        KinkCause::LimitExhausted => ("보상한도 소진", "limit used up"),
        KinkCause::IndemnityPeriodOver => ("보상기간 종료", "indemnity period over"),
        KinkCause::RetentionUsed => ("자기보유 소진", "retention used up"),
        KinkCause::CorridorEntered(_) => ("코리더 진입", "corridor begins"),
        KinkCause::CorridorLeft(_) => ("코리더 종료", "corridor ends"),
        KinkCause::ReinstatementStarts(_) => ("복원보험료 시작", "reinstatement premium starts"),
        KinkCause::ReinstatementStep(_) => ("다음 복원", "next reinstatement"),
        KinkCause::ReinstatementUsed(_) => ("복원 소진", "nothing more is reinstated"),
        KinkCause::AnnualAttached => ("연간 담보 개시", "the year comes to its attachment"),
        KinkCause::AnnualExhausted => ("연간 담보 소진", "used up for the year"),
        KinkCause::LayerUnfollowed(_) => ("추종하지 않는 손해 발생", "loss that it does not follow"),
        KinkCause::LayerAttached(_) => ("계층 개시", "layer attaches"),
        KinkCause::LayerExhausted(_) => ("계층 소진", "layer used up"),
        KinkCause::CreditTier => ("가동률 단계 미달", "next uptime tier missed"),
        KinkCause::ClaimPursued => ("구상 실익 발생", "worth claiming"),
        KinkCause::LiabilityCap => ("책임한도 도달", "liability cap reached"),
        KinkCause::MadeWhole => ("우리 손실 전보", "made whole: the rest is the insurers'"),
        KinkCause::GivesUp => ("초과 회수로 감액", "gives up what others paid"),
        KinkCause::PayoutStarts => ("지급 시작", "starts to pay"),
        KinkCause::PayoutStep | KinkCause::HedgeStep => ("지급 단계", "next step paid"),
        KinkCause::PayoutEnds => ("최대시간 도달", "pays no more hours"),
        KinkCause::PayoutLimit | KinkCause::HedgeLimit => ("지급한도 소진", "limit used up"),
        KinkCause::IndexTurns => ("지수 변경점", "what it measures takes another course"),
        KinkCause::TriggerMet => ("손해 조건 충족", "the loss meets its trigger"),
        KinkCause::HedgeStarts => ("지급 시작", "starts to pay"),
        KinkCause::HedgeEnds => ("상한 도달", "pays no more"),
        KinkCause::FloorLeft => ("매도 플로어 이탈", "the sold floor costs no more"),
        KinkCause::PremiumSwings => ("보험료가 손해를 따라 오름", "premium starts to follow the losses"),
        KinkCause::PremiumAtMost => ("보험료 최고액 도달", "premium at its most"),
        KinkCause::BonusLost => ("무사고 환급 상실", "no-claims bonus lost"),
        KinkCause::CommissionStarts => ("이익수수료 감소 시작", "profit commission starts to fall"),
        KinkCause::CommissionGone => {
            ("이익수수료 소멸 또는 재개", "profit commission is gone, or comes again")
        }
        KinkCause::FundUsed => ("준비금 소진, 신용공여 인출", "drawn once the reserve is used up"),
        KinkCause::LineDrawn => ("신용공여 인출 시작 또는 끝", "starts or stops to be drawn"),
        KinkCause::LineUsed => ("신용공여 한도 도달", "drawn as far as it goes"),
    };
    language.of(korean, english).to_owned()
}
