//! Sentences of a fit: how its tables are read, and what they amount to.

use super::say;
use super::words::{law, length, probability, three, with_error};
use crate::fit::{Family, Figure, Fit, Study};
use crate::view::Language;

/// A law that is refused less often than this by chance is not kept: one in twenty.
const REFUSED: f64 = 0.05;

/// What the columns of the laws mean.
pub fn how_to_read(study: &Study, language: Language) -> String {
    let drawn = study.resamples;
    say(
        language,
        format!(
            "± 표준오차. AIC: 가장 나은 법칙과의 차이, 2 미만은 차이가 아닙니다. KS·AD: 이력과 법칙의 거리. p: 그 \
             법칙에서 뽑은 이력 {drawn}개 가운데 그만큼 먼 것의 비율, 0.05 미만이면 맞지 않는 법칙입니다."
        ),
        format!(
            "± standard error. AIC: above the best law; less than 2 is no difference. KS, AD: how far the \
             history lies from the law, after Kolmogorov-Smirnov and Anderson-Darling. p: the share of {drawn} \
             histories drawn from the law that lie as far; under 0.05 the law does not fit."
        ),
    )
}

/// The laws that have no best fit.
pub fn unfitted(study: &Study, language: Language) -> String {
    let without: Vec<&str> = study
        .fits
        .iter()
        .filter(|(_, fit)| fit.is_none())
        .map(|(family, _)| law(*family, language))
        .collect();
    if without.is_empty() {
        return String::new();
    }
    let names = without.join(", ");
    say(
        language,
        format!("맞출 수 없음: {names}. 기록 하한 위의 꼬리가 이 법칙에는 너무 무겁습니다."),
        format!(
            "Not fitted: {names}. Above the least duration reported, the tail is too heavy for such a law."
        ),
    )
}

fn refused(fit: &Fit) -> bool {
    fit.goodness.probability.anderson_darling < REFUSED
}

/// What the best law says of one outage in a hundred, and how far the others differ.
pub fn verdict(study: &Study, language: Language) -> String {
    let Some(best) = study.best() else { return String::new() };
    let one_in_100 = |fit: &Fit| fit.exceeded_by(0.01, study.sample.at_least()).0;
    let fits = study.fits.iter().filter_map(|(_, fit)| fit.as_ref());
    let kept: Vec<f64> = fits.filter(|fit| !refused(fit)).map(one_in_100).collect();
    if kept.is_empty() {
        return say(
            language,
            "이력에 맞는 법칙이 없습니다. 가장 나은 법칙도 계산용 가정일 뿐입니다.".into(),
            "No law fits the history: the best of them is no more than an assumption to reckon with."
                .into(),
        );
    }
    let low = three(kept.iter().copied().fold(f64::INFINITY, f64::min));
    let high = three(kept.iter().copied().fold(0.0, f64::max));
    let (name, says) = (law(best.curve.family, language), three(one_in_100(best)));
    if kept.len() == 1 || low == high {
        return say(
            language,
            format!("{name} 법칙으로는 100건 가운데 1건이 {says}시간을 넘습니다."),
            format!("By the {name} law 1 outage in 100 lasts longer than {says} h."),
        );
    }
    say(
        language,
        format!(
            "100건 가운데 1건이 넘는 시간: 가장 나은 {name} 법칙으로 {says}시간, 이력이 부정하지 않는 법칙들로는 \
             {low}에서 {high}시간."
        ),
        format!(
            "1 outage in 100 lasts longer than {says} h by the best law, {name}; the laws that the history \
             does not refute say {low} to {high} h."
        ),
    )
}

/// What the signs of the picture mean.
pub fn legend(language: Language) -> String {
    say(
        language,
        "o 장애 1건, O 여러 건, · 법칙과 이력이 같은 선. 오른쪽 위에서 선보다 높으면 법칙이 긴 장애를 얕봅니다.".into(),
        "o one outage, O several, · where law and history agree. Points above the line at the upper right: \
         the law makes too little of the longest."
            .into(),
    )
}

/// How many a year brings, and what an unknown span does to it.
pub fn pace(study: &Study, language: Language) -> String {
    let Some(pace) = study.pace else {
        return say(
            language,
            "관찰한 기간에 길이가 없어 빈도를 말할 수 없습니다. --from과 --to를 주십시오.".into(),
            "The span has no length, so that nothing can be said of how often: give --from and --to."
                .into(),
        );
    };
    let (mean, years) = (with_error(pace.mean), three(pace.years));
    let mut said = vec![say(
        language,
        format!("한 해 {mean}건 (푸아송, {years}년에 {}건).", pace.outages),
        format!("{mean} a year (Poisson; {} outages in {years} years).", pace.outages),
    )];
    if !study.span.stated {
        let (n, within) = (pace.outages + 1, pace.outages);
        let counted = three(f64::from(n) / pace.years);
        let more = three(100.0 / f64::from(within));
        said.push(say(
            language,
            format!(
                "관찰 기간이 주어지지 않아 첫 장애에서 마지막 장애까지로 봅니다. 장애로 시작해 장애로 끝나는 \
                 기간이므로 빈도가 과장됩니다. {n}건을 모두 세면 한 해 {counted}건, {more}% 많습니다. 그래서 (n-1)/기간을 \
                 씁니다. --from과 --to를 주면 조용했던 앞뒤 시간도 셉니다."
            ),
            format!(
                "No span is given, so it runs from the first outage to the last. That overstates how often: it \
                 leaves out the quiet before and after. Counting all {n} would give {counted} a year, {more}% \
                 more; (n-1)/span is used, in which the first outage only opens the clock. Give --from and \
                 --to."
            ),
        ));
    }
    said.join("\n")
}

/// Whether the number of a year differs more than chance makes it.
pub fn clusters(study: &Study, language: Language) -> String {
    let Some((pace, clusters)) = study.pace.and_then(|pace| Some((pace, pace.clusters?))) else {
        return String::new();
    };
    let (variance, mean) = (three(clusters.variance), three(pace.mean.value));
    let p = probability(clusters.probability);
    let index = three(clusters.index);
    let Some(error) = clusters.mean_error else {
        return say(
            language,
            format!(
                "한 해 건수의 분산 {variance}이 평균 {mean}을 넘지 않습니다: 뭉친다는 증거가 없습니다."
            ),
            format!(
                "The variance of a year's number, {variance}, is not above its mean, {mean}: no clusters."
            ),
        );
    };
    let mean = with_error(Figure { value: pace.mean.value, error: Some(error) });
    let [korean, english] = if clusters.plain() {
        [
            "우연으로 보기 어렵습니다: 음이항 법칙을 씁니다.",
            "More than chance explains: outages come in clusters, and the peril is negative binomial.",
        ]
    } else {
        [
            "우연으로도 이만큼은 벌어집니다: 푸아송 법칙을 씁니다.",
            "Chance alone does as much: the peril stays Poisson.",
        ]
    };
    say(
        language,
        format!(
            "음이항: 분산 {variance}, 평균 {mean}. 산포지수 {index}, 우연이면 이만큼 클 확률 p {p}. {korean}"
        ),
        format!(
            "Negative binomial: mean {mean}, variance {variance}. Index of dispersion {index}, p {p}. \
             {english}"
        ),
    )
}

/// What a reader has to know before he pastes the peril.
pub fn before_pasting(study: &Study, language: Language) -> String {
    let Some(proposal) = study.proposal() else { return String::new() };
    let mut said = Vec::new();
    if let Some(least) = study.sample.at_least().filter(|_| proposal.reported < 1.0) {
        let (least, percent) = (length(least, language), three(100.0 * proposal.reported));
        let mean = three(proposal.mean);
        said.push(say(
            language,
            format!(
                "법칙으로는 {percent}%만 {least}에 이릅니다. 그래서 위험은 한 해 {mean}건이고, 기록될 만큼 긴 것이 \
                 위의 빈도입니다."
            ),
            format!(
                "By the law {percent}% of outages reach {least}: the peril has {mean} a year, of which those \
                 long enough to be reported are as many as above."
            ),
        ));
    }
    if proposal.at_most.is_some() {
        said.push(endless(language));
    }
    if proposal.curve.family == Family::Pareto && study.sample.at_least().is_none() {
        said.push(say(
            language,
            "최소는 이력의 최단입니다: 더 짧은 장애는 없는 것이 됩니다.".into(),
            "Its minimum is the shortest of the history: the law knows no shorter outage.".into(),
        ));
    }
    said.join("\n")
}

/// Why there is an `at_most`, and what to make of it.
pub fn endless(language: Language) -> String {
    say(
        language,
        "평균이 끝없으므로 at_most가 필요합니다. 이력의 최장을 적어 두었으니 스스로 정하십시오.".into(),
        "Its mean is endless, so at_most has to be given: the longest of the history stands there; set \
         your own."
            .into(),
    )
}
