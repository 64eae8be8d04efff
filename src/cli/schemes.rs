//! `netloss schemes`

use std::path::Path;

use clap::{Args, ValueEnum};

use super::Lang;
use super::error::Error;
use super::output::To;
use crate::read::{self, Severity, library, nearest};
use crate::scheme::Scheme;
use crate::view;

/// Compensation schemes for small merchants: a list, or one of them as a page
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    netloss schemes\n  \
    netloss schemes kakao-1015-2022 --lang ko\n  \
    netloss schemes kakao-1015-2022 --format toml > my-scheme.toml")]
pub struct Arguments {
    /// One scheme, by its id or by the path of its file [default: list all]
    #[arg(value_name = "ID|FILE")]
    scheme: Option<String>,
    /// Form: a page, or the scheme file itself, to begin one of your own or to keep the
    /// one that statements were issued under
    #[arg(long, value_name = "FORM", default_value = "page", requires_if("toml", "scheme"))]
    format: Format,
    /// Language of the page
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    #[command(flatten)]
    to: To,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Page,
    Toml,
}

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    let language = arguments.lang.into();
    let text = match &arguments.scheme {
        Some(name) => {
            let opened = open(name, colour)?;
            match arguments.format {
                Format::Page => view::compensation::one(&opened.scheme, language),
                Format::Toml => opened.text,
            }
        }
        None => view::compensation::list(&bundled(), language),
    };
    arguments.to.write(text.as_bytes())
}

fn bundled() -> Vec<Scheme> {
    library::SCHEMES.iter().filter_map(|(_, text)| read::scheme(text).scheme).collect()
}

/// Largest scheme file: far above any that people write.
const MOST_BYTES: u64 = 1024 * 1024;

/// A scheme and the text that it was read from.
#[derive(Debug)]
pub struct Opened {
    /// The scheme.
    pub scheme: Scheme,
    /// Its text.
    pub text: String,
}

/// Opens a bundled scheme by its id, or a scheme file by its path.
pub fn open(name: &str, colour: bool) -> Result<Opened, Error> {
    let path = Path::new(name);
    let (file, text) = match library::scheme(name) {
        Some(text) if !path.exists() => (format!("{name}.toml"), text.to_owned()),
        _ => (name.to_owned(), file(name, path)?),
    };
    let reading = read::scheme(&text);
    let findings = view::findings::text(&reading.findings, &file, &text, colour);
    match reading.scheme {
        Some(scheme) => {
            if reading.findings.iter().any(|finding| finding.severity == Severity::Warning) {
                use std::io::Write;
                let _ = writeln!(std::io::stderr(), "{findings}");
            }
            Ok(Opened { scheme, text })
        }
        None => Err(Error::Input(findings)),
    }
}

fn file(name: &str, path: &Path) -> Result<String, Error> {
    let ids = library::SCHEMES.map(|(id, _)| id);
    let hint = match nearest(name, ids.into_iter()) {
        Some(near) => format!("did you mean {near}? `netloss schemes` lists the bundled ones"),
        None => {
            "`netloss schemes` lists the bundled ones; a scheme of your own is named by its path".into()
        }
    };
    let missing = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::File {
            message: format!("{}: no file and no bundled scheme has this name", view::clean(name)),
            hint: hint.clone(),
        },
        _ => Error::file(name, &error, &hint),
    };
    let size = std::fs::metadata(path).map_err(missing)?.len();
    if size > MOST_BYTES {
        let message = format!("{}: {size} bytes are too many for a scheme", view::clean(name));
        return Err(Error::File {
            message,
            hint: "name the file of the scheme, not that of the claims".into(),
        });
    }
    let bytes = std::fs::read(path).map_err(|error| Error::file(name, &error, &hint))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let line =
            error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count()
                + 1;
        Error::Input(format!(
            "error: {}:{line}: not UTF-8\n  hint: save the file as UTF-8",
            view::clean(name)
        ))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
