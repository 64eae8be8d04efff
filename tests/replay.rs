//! Replays: what goes into each case comes from a row of the data, what it is held
//! against is a row as well, and a wrong input shows as a miss.

#![cfg(feature = "cli")]

use std::collections::BTreeSet;

use netloss::read::events::{self, Bound, SaidBy};
use netloss::read::library;
use netloss::read::replay::{Case, Replayed, Test, cases, cases_of, not_replayed};
use netloss::replay::{Comparison, Summary, Verdict};

fn case(id: &str) -> &'static Case {
    cases().iter().find(|case| case.id == id).unwrap_or_else(|| panic!("no case {id}"))
}

fn replayed(case: &Case) -> Replayed<'_> {
    case.replay().unwrap_or_else(|error| panic!("{error}"))
}

fn against(id: &str, figure: &str) -> Comparison {
    let case = case(id);
    let place = case.asked.iter().position(|asked| asked.figure == figure).unwrap();
    replayed(case).comparisons[place]
}

#[test]
fn every_event_and_figure_is_whole() {
    assert!(events::events().len() >= 30, "{} events", events::events().len());
    assert!(events::figures().len() >= 180, "{} figures", events::figures().len());
    let ids: BTreeSet<_> = events::events().iter().map(|event| &event.id).collect();
    assert_eq!(ids.len(), events::events().len(), "each event once");
    for event in events::events() {
        assert!(event.year().is_some_and(|year| (2001..=2025).contains(&year)), "{}", event.id);
    }
    let mut names = BTreeSet::new();
    for figure in events::figures() {
        let name = format!("{}/{}", figure.event, figure.id);
        assert!(ids.contains(&figure.event), "{name} is of no event");
        assert!(library::sources().contains_key(&figure.source), "{name} cites {}", figure.source);
        assert!(["high", "medium", "low"].contains(&figure.confidence.as_str()), "{name}");
        assert_eq!(figure.bound == Bound::Range, figure.up_to.is_some(), "{name}: a range has two ends");
        assert!(figure.end() >= figure.value && figure.value.is_finite(), "{name}");
        let ours = figure.said_by == SaidBy::Own;
        assert_eq!(ours, figure.source == "own-work", "{name}: ours, and nobody else's");
        assert!(!ours || !figure.how.is_empty(), "{name} is ours and does not say how");
        let other = &figure.conflicts_with;
        assert!(other.is_empty() || events::figure(&figure.event, other).is_some(), "{name}: {other}");
        assert!(names.insert(name.clone()), "{name} stands twice");
    }
}

#[test]
fn events_in_order_of_time() {
    let starts: Vec<&str> = events::events().iter().map(|event| event.start.as_str()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
}

/// The Kakao files of the data directory and the library are not to drift apart.
#[test]
fn amounts_of_the_kakao_outage_stand_in_its_own_file_too() {
    let mut reader = csv::Reader::from_path("data/kakao-2022/figures.csv").unwrap();
    let known: BTreeSet<(String, String)> = reader
        .records()
        .map(|row| row.unwrap())
        .map(|row| (row[6].to_owned(), row[1].to_owned()))
        .collect();
    let told_there = ["taxi-fee", "driver-fee", "osan-normal", "osan-lost", "yongin-normal", "yongin-lost"];
    let mut held = 0;
    for figure in events::event("kakao-2022").unwrap().figures() {
        if !figure.is_money() || figure.said_by == SaidBy::Own || told_there.contains(&figure.id.as_str()) {
            continue;
        }
        for end in [figure.value, figure.end()].into_iter().filter(|end| *end != 0.0) {
            let row = (figure.source.clone(), end.to_string());
            assert!(known.contains(&row), "{}: {row:?} is not in figures.csv", figure.id);
            held += 1;
        }
    }
    assert!(held >= 14, "only {held} amounts were held together");
}

#[test]
fn every_event_is_replayed_or_says_why_not() {
    let done: BTreeSet<_> = cases().iter().map(|case| case.event.clone()).collect();
    let left: BTreeSet<_> = not_replayed().into_iter().map(|left| left.event).collect();
    assert!(done.is_disjoint(&left), "{:?}", done.intersection(&left));
    let all: BTreeSet<_> = events::events().iter().map(|event| event.id.clone()).collect();
    assert_eq!(done.union(&left).cloned().collect::<BTreeSet<_>>(), all);
}

#[test]
fn every_input_is_what_its_figures_make() {
    let mut traced = 0;
    for case in cases() {
        for input in case.traced() {
            assert!(input.agrees(), "{}: {input:?}", case.id);
            traced += 1;
        }
        // What the bundled scenario is made of, tests/data.rs holds.
        let untraced = if case.bundled.is_some() { vec![] } else { case.untraced() };
        assert!(untraced.is_empty(), "{}: neither traced nor assumed: {untraced:?}", case.id);
        for path in &case.assumed {
            assert!(case.used(path).is_some(), "{}: nothing is assumed at {path}", case.id);
        }
    }
    assert!(traced >= 70, "only {traced} inputs were traced");
}

#[test]
fn every_scenario_is_read_without_a_finding() {
    for case in cases() {
        let findings = replayed(case).reading.findings;
        assert!(findings.is_empty(), "{}: {findings:?}", case.id);
    }
}

#[test]
fn every_miss_has_a_reason() {
    for case in cases() {
        for (asked, comparison) in case.asked.iter().zip(replayed(case).comparisons) {
            let missed = comparison.verdict == Verdict::Missed;
            assert!(!missed || asked.reason().is_some(), "{}: {}", case.id, asked.figure);
        }
    }
}

/// A figure that is an input cannot be foretold by it.
#[test]
fn what_is_put_in_is_not_counted_as_foretold() {
    use netloss::read::replay::Factor;
    for case in cases() {
        let factors = case.inputs.iter().flat_map(|input| input.times.iter().chain(&input.over));
        let put_in: Vec<&String> = factors
            .filter_map(|factor| match factor {
                Factor::Figure(name) => Some(name),
                Factor::Number(_) => None,
            })
            .collect();
        for asked in case.asked.iter().filter(|asked| asked.test != Test::Arithmetic) {
            assert!(
                !put_in.contains(&&asked.figure),
                "{}: {} goes in and comes out",
                case.id,
                asked.figure
            );
        }
    }
}

#[test]
fn one_day_of_kb_and_six_hours_of_facebook() {
    let kb = against("kakao-kb-day", "loss-kb");
    assert!((kb.ours - 22e9).abs() < 1.0 && kb.verdict == Verdict::Reproduced, "{kb:?}");
    let facebook = against("facebook-rate", "loss");
    assert_eq!(facebook.ours, 13_231_481.0 * 6.0);
    assert_eq!((facebook.ours / 1e6).round(), 79.0, "79.388886m are told as 79m");
    assert_eq!(facebook.verdict, Verdict::Reproduced);
    let delta = against("delta-parts", "loss");
    assert!((delta.ours - (380e6 + 170e6 - 50e6)).abs() < 1.0, "{delta:?}");
}

/// By hand: the bundled shape of taxis has 36.397 % of a day evenly over 10 to 21 and
/// 17.025 % over 21 to 24; from 15:30 on, 5.5 of those 11 hours and all of these 3.
#[test]
fn the_part_of_a_saturday_from_half_past_three_on() {
    let by_hand = 36.397 * 5.5 / 11.0 + 17.025;
    let taxi = against("use-kakao-t-taxi", "use-kakao-t");
    assert!((taxi.ours * 100.0 - by_hand).abs() < 1e-6, "{} and {by_hand}", taxi.ours);
    assert_eq!(taxi.verdict, Verdict::Missed, "38.17 % were reported, and nothing is tuned");
    let even = against("use-kakaotalk-even", "use-kakaotalk");
    assert!((even.ours - 8.5 / 24.0).abs() < 1e-9, "8.5 of 24 hours: {}", even.ours);
}

/// By hand: 94.57bn less 31.8bn of insurance leaves 62.77bn, of which 60 %.
#[test]
fn recourse_at_sixty_percent_of_what_insurance_left() {
    let award = against("sds-recourse", "recourse");
    assert!((award.ours - 0.6 * (94.57e9 - 31.8e9)).abs() < 1.0, "{award:?}");
    assert_eq!(award.verdict, Verdict::Missed);
}

/// By hand: 581m over the 7.5 h beyond eight hours; beyond twelve are 3.5 of them.
#[test]
fn four_more_hours_of_wait() {
    let low = against("aws-wait", "insured-low");
    assert!((low.ours - 581e6 * 3.5 / 7.5).abs() < 10.0, "{low:?}");
}

#[test]
fn a_wrong_input_shows_as_a_miss_and_as_a_number_of_nobody() {
    let text = include_str!("../data/replay/facebook-2021.toml");
    let wrong = text.replace("13_231_481", "14_231_481");
    assert_ne!(wrong, text, "the input is where the test looks for it");
    let cases = cases_of(&wrong).unwrap();
    let case = cases.iter().find(|case| case.id == "facebook-rate").unwrap();
    assert_eq!(replayed(case).comparisons[0].verdict, Verdict::Missed);
    assert!(case.traced().iter().any(|input| !input.agrees()), "14,231,481 is no figure");
    let unsaid =
        text.replace("{ key = \"line.ads.revenue.per_hour\", times = [\"revenue-per-hour\"] },", "");
    let cases = cases_of(&unsaid).unwrap();
    assert_eq!(cases[0].untraced(), ["line.ads.revenue.per_hour"], "a number without a source is found");
}

#[test]
fn a_case_that_names_nothing_known_is_refused() {
    let text = include_str!("../data/replay/facebook-2021.toml");
    for (old, new, part) in [
        ("figure = \"loss\"", "figure = \"lose\"", "no figure \"lose\""),
        ("of = \"lost_revenue\"", "of = \"revenue_lost\"", "no measure \"revenue_lost\""),
        ("format = 1", "format = 2", "format 2 is not known"),
    ] {
        let wrong = cases_of(&text.replacen(old, new, 1)).unwrap();
        let error = wrong[0].replay().unwrap_err();
        assert!(error.contains(part), "{error}");
    }
    assert!(cases_of("event = \"x\"\n[[case]]\nid = \"y\"\n").is_err());
}

#[test]
fn the_page_of_documentation_is_what_the_command_writes() {
    let all: Vec<Replayed<'_>> = cases().iter().map(replayed).collect();
    let page = include_str!("../docs/replay.md");
    let same = page == netloss::view::replay::markdown(&all, &not_replayed());
    assert!(same, "docs/replay.md is old: netloss replay --format markdown -o docs/replay.md --force");
}

#[test]
fn the_readme_says_what_came_out() {
    let comparisons = |test| {
        let of_case = |case: &'static Case| {
            let asked = case.asked.iter().zip(replayed(case).comparisons);
            asked.filter(|(asked, _)| asked.test == test).map(|(_, one)| one).collect::<Vec<_>>()
        };
        Summary::of(&cases().iter().flat_map(of_case).collect::<Vec<_>>())
    };
    let readme = include_str!("../README.md").replace('\n', " ");
    let [sums, outcomes, hours] = [Test::Arithmetic, Test::Forecast, Test::Profile].map(comparisons);
    for said in [
        format!("lists {} outages", events::events().len()),
        format!("{} of {} come out within 1 %", sums.reproduced, sums.of),
        format!("{} of {} do", outcomes.reproduced, outcomes.of),
        format!("{} lie inside a reported range", outcomes.within),
        format!("median error of the others is {:.0} %", outcomes.median_error.unwrap() * 100.0),
        format!("{} of {} parts of a day", hours.reproduced, hours.of),
    ] {
        assert!(readme.contains(&said), "README.md does not say: {said}");
    }
}
