//! Findings as people read them: the line itself, a caret, and the mend.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::json;

use super::table::{clean, stand_in};
use crate::read::{Finding, Place, Severity};

/// Writes findings with the lines they stand in.
#[must_use]
pub fn text(findings: &[Finding], file: &str, text: &str, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let (source, file) = (stand_in(text), clean(file));
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(100);
    let reports: Vec<String> = findings
        .iter()
        .map(|finding| {
            let level = match finding.severity {
                Severity::Error => Level::ERROR,
                Severity::Warning => Level::WARNING,
            };
            let (message, mend) = (clean(&finding.message), clean(&finding.mend));
            let at = first_line(text, finding);
            let snippet = Snippet::source(&source)
                .path(&file)
                .fold(true)
                .annotation(AnnotationKind::Primary.span(at));
            let report = [level.primary_title(message).element(snippet).element(Level::HELP.message(mend))];
            renderer.render(&report)
        })
        .collect();
    reports.join("\n\n")
}

/// Writes findings as JSON, `netloss.check/1`.
#[must_use]
pub fn json(findings: &[Finding], file: &str, text: &str) -> String {
    let one = |finding: &Finding| {
        let Place { line, column } = Place::of(text, finding.span.start);
        let severity = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let (message, mend) = (&finding.message, &finding.mend);
        json!({ "severity": severity, "file": file, "line": line, "column": column, "message": message, "mend": mend })
    };
    let findings: Vec<_> = findings.iter().map(one).collect();
    format!("{:#}\n", json!({ "schema": "netloss.check/1", "findings": findings }))
}

/// A caret under a whole section would hide the line that begins it.
fn first_line(text: &str, finding: &Finding) -> std::ops::Range<usize> {
    let start = finding.span.start.min(text.len());
    let end = finding.span.end.clamp(start, text.len());
    let line = text[start..end].find('\n').map_or(end, |newline| start + newline);
    start..line.max(start)
}
