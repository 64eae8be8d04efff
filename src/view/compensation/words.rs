//! Words of compensation, in Korean and in English.

use crate::scheme::{Baseline, By, Factor, Flag, Mode, Reason, Status};
use crate::view::Language;

/// Names what became of a claim.
pub fn status(status: Status, language: Language) -> &'static str {
    match status {
        Status::Paid => language.of("지급", "Paid"),
        Status::Zero => language.of("지급액 없음", "Nothing due"),
        Status::Review => language.of("심사 대기", "In review"),
        Status::Rejected => language.of("처리 불가", "Rejected"),
    }
}

/// Names a reason.
pub fn reason(reason: Reason, language: Language) -> &'static str {
    match reason {
        Reason::Paid => language.of("기준대로 지급", "paid as the rule gives"),
        Reason::PaidFloor => language.of("하한액 지급", "paid at the floor"),
        Reason::PaidCap => language.of("상한액 지급", "paid at the cap"),
        Reason::PaidAssessed => language.of("심사액 지급", "paid as assessed"),
        Reason::NoLoss => language.of("매출 손실 없음", "sales did not fall"),
        Reason::RoundsToNothing => language.of("끝수 처리 후 0원", "rounds to nothing"),
        Reason::TooShort => language.of("장애 시간 미달", "outage too short"),
        Reason::TooLarge => language.of("사업 규모 초과", "business too large"),
        Reason::OutsidePeriod => language.of("접수 기간 밖", "outside the period of claims"),
        Reason::NotInForce => {
            language.of("장애일에 시행되지 않은 기준", "not in force on the day of the outage")
        }
        Reason::Individual => language.of("개별 심사 구간", "size of loss is assessed by a person"),
        Reason::PaperMissing => language.of("서류 미비", "a paper is missing"),
        Reason::Undated => language.of("접수일 없음", "day of claim not given"),
        Reason::Flagged => language.of("중복·이상 의심", "flagged"),
        Reason::NoClass => language.of("대상 구분 없음", "class not given"),
        Reason::NoSales => language.of("매출 자료 없음", "sales not given"),
        Reason::NoBaseline => language.of("평소 매출 자료 부족", "too little usual sales on record"),
        Reason::NoOutage => language.of("장애 시간 없음", "length of outage not given"),
        Reason::NoFee => language.of("요금 없음", "fee not given"),
        Reason::NoAnnualSales => language.of("연 매출 없음", "annual sales not given"),
        Reason::NoRate => language.of("계산 비율 없음", "a rate is not given"),
        Reason::OutOfRange => language.of("계산 범위 초과", "beyond exact arithmetic"),
    }
}

/// Names a flag.
pub fn flag(flag: Flag, language: Language) -> &'static str {
    match flag {
        Flag::SameBusiness => language.of("같은 사업자등록번호", "same business number"),
        Flag::CheckDigit => language.of("사업자등록번호 검증 실패", "check digit does not fit"),
        Flag::SameAccount => language.of("다른 사업자와 같은 계좌", "same account, other business"),
        Flag::SamePapers => language.of("같은 증빙 파일", "same papers"),
        Flag::SameSales => language.of("원 단위까지 같은 매출", "same sales to the won"),
        Flag::Hours => language.of("있을 수 없는 장애 시간", "impossible hours"),
    }
}

/// Names by what claims are added up.
pub fn by(by: By, language: Language) -> &'static str {
    match by {
        By::Industry => language.of("업종", "Industry"),
        By::Region => language.of("지역", "Region"),
        By::Service => language.of("서비스", "Service"),
    }
}

/// Names a baseline.
pub fn baseline(baseline: Baseline, language: Language) -> String {
    match baseline {
        Baseline::BestWeek => language.of("가장 높은 주", "best week").into(),
        Baseline::MeanOfSameWeekday => language.of("같은 요일 평균", "mean of the same weekday").into(),
        Baseline::MedianOfWeeks(weeks) => match language {
            Language::Ko => format!("직전 {weeks}주의 중앙값"),
            Language::En => format!("median of the {weeks} weeks before"),
        },
        Baseline::SameWeekLastYear => {
            language.of("52주 전 같은 요일", "same weekdays 52 weeks before").into()
        }
        Baseline::AnnualByDays => language.of("연 매출 ÷ 365 × 일수", "annual sales ÷ 365 × days").into(),
        Baseline::Modelled => {
            language.of("업종 시간대별 추정", "modelled from the industry's hours").into()
        }
        Baseline::Given => language.of("신청 시 제출한 평소 매출", "usual sales as handed in").into(),
    }
}

/// Names a factor.
pub fn factor(factor: Factor, language: Language) -> &'static str {
    match factor {
        Factor::Margin => language.of("영업이익률", "operating margin"),
        Factor::MarginAndFixedCosts => {
            language.of("영업이익률 + 인건비·임차료 비중", "operating margin + labour and rent")
        }
        Factor::PlatformShare => language.of("플랫폼 비중", "platform share"),
        Factor::NotSubstituted => language.of("1 - 대체율", "1 - substitution"),
        Factor::Days => language.of("인정 일수", "days that count"),
        Factor::Times(_) => language.of("기준이 정한 비율", "rate of the scheme"),
    }
}

/// Names a way to round.
pub fn mode(mode: Mode, language: Language) -> &'static str {
    match mode {
        Mode::Down => language.of("절사", "rounded down"),
        Mode::Up => language.of("절상", "rounded up"),
        Mode::HalfUp => language.of("반올림", "rounded half up"),
        Mode::HalfEven => language.of("오사오입", "rounded half to even"),
    }
}

/// Reasons for which a row is no claim, by their names in files.
const REJECTS: [(&str, &str, &str); 36] = [
    ("ambiguous_share", "비율인지 퍼센트인지 모호함", "percent, or times the whole"),
    ("bad_id", "접수번호로 쓸 수 없는 이름", "id is no plain name"),
    ("below_a_won", "1원 미만의 금액", "no whole number of won"),
    ("blank", "빈칸", "blank"),
    ("commas", "천 단위가 아닌 쉼표", "commas that part no thousands"),
    ("control_character", "제어문자가 있음", "control character"),
    ("dash", "0인지 없음인지 모를 줄표", "dash: zero, or nothing on record"),
    ("duration_without_unit", "단위 없는 시간", "duration without its unit"),
    ("empty_row", "빈 행", "empty row"),
    ("encoding", "파일과 다른 문자 인코딩", "not in the file's encoding"),
    ("end_before_start", "종료가 시작보다 이름", "outage ends before it begins"),
    ("exponent", "지수로 적힌 수 (자릿수가 잘림)", "exponent, which drops digits"),
    ("field_missing", "머리글보다 칸이 적음", "fewer fields than the head"),
    ("field_too_many", "머리글보다 칸이 많음", "more fields than the head"),
    ("negative", "음수", "below zero"),
    ("no_id", "접수번호 없음", "no id"),
    ("no_share", "0~100%를 벗어난 비율", "not a share of a whole"),
    ("not_a_business_number", "사업자등록번호가 아님", "no business number"),
    ("not_a_day", "날짜가 아님", "no day or time"),
    ("not_a_duration", "시간 길이가 아님", "no duration"),
    ("not_a_number", "숫자가 아님", "not a number"),
    ("not_a_number_of_days", "일수가 아님", "no number of days"),
    ("not_finite", "유한한 수가 아님", "not a finite number"),
    ("open_quote", "닫히지 않은 따옴표", "quote that is never closed"),
    ("out_of_range", "계산 범위 초과", "beyond exact arithmetic"),
    ("resident_number", "주민등록번호가 있음", "holds a resident registration number"),
    ("row_too_long", "지나치게 긴 행", "more than a mebibyte long"),
    ("same_id", "앞 행과 같은 접수번호", "same id as an earlier row"),
    ("spreadsheet_error", "스프레드시트 오류 값", "a spreadsheet's error"),
    ("too_fine", "소수점 여섯 자리를 넘음", "more than six decimals"),
    ("too_large", "10조원을 넘음", "more than 10 trillion won"),
    ("total", "합계 행", "a sum of claims, and no claim"),
    ("two_losses", "손실이 매출 차이와 다름", "loss is not the difference of sales"),
    ("two_outages", "장애 시간이 열마다 다름", "two lengths of the outage"),
    ("unknown_class", "기준에 없는 구분", "no class of the scheme"),
    ("unknown_paper", "기준에 없는 서류", "no paper of the scheme"),
];

/// Says why a row is no claim, by the reason's name in files.
pub fn reject(key: &str, language: Language) -> &'static str {
    let known = REJECTS.iter().find(|(known, ..)| *known == key);
    known.map_or("", |(_, korean, english)| language.of(korean, english))
}

/// Industries and services that bundled populations and schemes name, with their Korean names.
const GROUPS: [(&str, &str); 13] = [
    ("food service", "외식업"),
    ("services", "서비스업"),
    ("transport", "운수업"),
    ("wholesale and retail", "도소매업"),
    ("wholesale", "도매업"),
    ("retail", "소매업"),
    ("other", "기타"),
    ("order and owner centre", "주문하기·점주 센터"),
    ("talk channel", "톡채널"),
    ("kakao t taxi call", "카카오 T 택시 호출"),
    ("shopping", "쇼핑"),
    ("gift shop", "선물하기"),
    ("kakao login", "카카오 로그인"),
];

/// Names an industry or a service: where the glossary does not know it, as it stands in its file.
pub fn group(name: &str, language: Language) -> &str {
    let known = GROUPS.iter().find(|(english, _)| english.eq_ignore_ascii_case(name));
    known.map_or(name, |(_, korean)| language.of(korean, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{library, scheme};

    /// Industries and services of all bundled populations, and industries of all bundled schemes.
    fn bundled() -> Vec<String> {
        let mut names = Vec::new();
        for (_, text) in library::POPULATIONS {
            let rows = csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap);
            names.extend(rows.flat_map(|row| [row[0].to_owned(), row[1].to_owned()]));
        }
        for (_, text) in library::SCHEMES {
            let scheme = scheme(text).scheme.unwrap();
            let sizes = scheme.sizes.iter().flat_map(|size| &size.industries);
            let hours = scheme.industry_hours.iter().flat_map(|hours| &hours.industries);
            names.extend(sizes.chain(hours).cloned());
        }
        names
    }

    #[test]
    fn a_korean_page_names_every_bundled_group_in_korean() {
        let names = bundled();
        assert!(names.len() > 20, "{names:?}");
        for name in &names {
            let korean = group(name, Language::Ko);
            assert!(!korean.contains(|letter: char| letter.is_ascii_lowercase()), "{korean}");
            assert_eq!(group(name, Language::En), name);
        }
    }

    #[test]
    fn names_of_ones_own_stay_as_they_are() {
        assert_eq!(group("Food Service", Language::Ko), "외식업");
        assert_eq!(group("분식", Language::Ko), "분식");
        assert_eq!(group("noodles", Language::Ko), "noodles");
    }
}
