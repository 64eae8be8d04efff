//! Whatever a scenario file holds, it is read or refused with a reason, and what
//! is read can be projected. Nothing makes the program panic.

#![cfg(feature = "cli")]

use netloss::projection::Projection;
use netloss::read::{Overrides, Severity, library, read};
use netloss::view::{Language, json, report};
use proptest::prelude::*;

/// Words that a careless hand could leave in a scenario.
const DEBRIS: [&str; 24] = [
    "0",
    "-1",
    "1e308",
    "nan",
    "inf",
    "\"\"",
    "\"none\"",
    "\"0h\"",
    "\"1000000000d\"",
    "\"100%\"",
    "\"9억\"",
    "[]",
    "{}",
    "true",
    "9223372036854775807",
    "\"end\"",
    "\"2022-02-30T25:00\"",
    "[[",
    "]",
    "=",
    "\"",
    "\n",
    "'''",
    "\u{202e}",
];

fn survives(text: &str) {
    let reading = read(text, None, &Overrides::default());
    let errors = reading.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    assert_eq!(
        reading.scenario.is_none(),
        errors > 0,
        "a file is refused if and only if an error says why"
    );
    for finding in &reading.findings {
        assert!(finding.span.end <= text.len() && !finding.mend.is_empty(), "{finding:?}");
    }
    if let Some(scenario) = reading.scenario {
        let projection = Projection::new(&scenario);
        let style = report::Style { language: Language::Ko, unit: None, width: 80 };
        assert!(!report::page(&scenario, &projection, style).is_empty());
        let value: serde_json::Value = serde_json::from_str(&json::write(&scenario, &projection)).unwrap();
        assert!(value["rows"].as_array().is_some_and(|rows| !rows.is_empty()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_spoilt_scenario_is_refused_with_a_reason(
        which in 0..library::SCENARIOS.len(),
        spoils in prop::collection::vec((any::<prop::sample::Index>(), 0..4usize, 0..DEBRIS.len()), 1..6),
    ) {
        let mut words: Vec<String> = library::SCENARIOS[which].1
            .split_inclusive([' ', '\n', ',', '='])
            .map(str::to_owned)
            .collect();
        for (place, how, debris) in spoils {
            let place = place.index(words.len());
            match how {
                0 => { words.remove(place); }
                1 => words[place] = DEBRIS[debris].to_owned(),
                2 => words.insert(place, DEBRIS[debris].to_owned()),
                _ => { let word = words[place].clone(); words.insert(place, word); }
            }
        }
        survives(&words.concat());
    }

    #[test]
    fn no_text_at_all_makes_it_panic(text in "\\PC{0,200}") {
        survives(&text);
    }
}

#[test]
fn the_bundled_scenarios_are_without_fault() {
    for (name, text) in library::SCENARIOS {
        let reading = read(text, None, &Overrides::default());
        let errors: Vec<_> = reading.findings.iter().filter(|f| f.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

#[test]
fn the_two_kakao_scenarios_lose_the_same() {
    let gross = |name: &str| {
        let reading = read(library::scenario(name).unwrap(), None, &Overrides::default());
        let scenario = reading.scenario.unwrap();
        Projection::new(&scenario).rows.iter().map(|row| row.economic_loss.0).collect::<Vec<_>>()
    };
    assert_eq!(gross("kakao-2022"), gross("kakao-2022-tower"));
}
