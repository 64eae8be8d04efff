//! `netloss profile show` and `netloss profile list`

use std::path::Path;

use clap::{Args, ValueEnum};

use crate::cli::Lang;
use crate::cli::error::Error;
use crate::cli::output::To;
use crate::read::profile::{Made, profiles};
use crate::read::{library, nearest};
use crate::view;

/// Draw a bundled shape or a profile file
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    netloss profile show kr-taxi\n  \
    netloss profile show my-profile.toml\n  \
    netloss profile show lines.toml#taxi --lang ko")]
pub struct Show {
    /// Bundled shape, or profile file, with #ID for one of several
    #[arg(value_name = "NAME|FILE")]
    name: String,
    /// Form of the result; json holds unrounded weights
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of the page
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    #[command(flatten)]
    to: To,
}

/// List the bundled shapes
#[derive(Debug, Args)]
pub struct List {
    /// Form of the result
    #[arg(long, value_name = "FORM", default_value = "table")]
    format: Format,
    /// Language of the page
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: Lang,
    #[command(flatten)]
    to: To,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Table,
    Json,
}

pub fn run(arguments: &Show, colour: bool) -> Result<(), Error> {
    let language = arguments.lang.into();
    let colour = colour && arguments.to.stdout();
    let name = arguments.name.as_str();
    if !Path::new(name).exists()
        && let Some(shape) = library::shape(name)
    {
        let text = match arguments.format {
            Format::Json => view::profile::bundled(shape),
            Format::Table => view::profile::bundled_page(shape, language, colour),
        };
        return arguments.to.write(text.as_bytes());
    }
    let (file, id) = name.rsplit_once('#').map_or((name, None), |(file, id)| (file, Some(id)));
    let all = open(file)?;
    let chosen: Vec<&Made> = all.iter().filter(|made| id.is_none_or(|id| made.id == id)).collect();
    if chosen.is_empty() {
        let ids = all.iter().map(|made| made.id.as_str()).collect::<Vec<_>>().join(", ");
        let message = format!("{} holds no profile {:?}", view::clean(file), id.unwrap_or_default());
        return Err(Error::usage(message, format!("it holds: {}", view::clean(&ids))));
    }
    let text = match arguments.format {
        Format::Json => view::profile::made(&chosen),
        Format::Table => {
            let pages = chosen.iter().map(|made| view::profile::made_page(made, language, colour));
            pages.collect::<Vec<_>>().join("\n")
        }
    };
    arguments.to.write(text.as_bytes())
}

fn open(file: &str) -> Result<Vec<Made>, Error> {
    let hint = match nearest(file, library::shape_names()) {
        Some(near) => format!("did you mean {near}? `netloss profile list` lists the bundled shapes"),
        None => "name a profile file, or a bundled shape: `netloss profile list`".to_owned(),
    };
    let bytes = std::fs::read(file).map_err(|error| Error::file(file, &error, hint))?;
    let name = view::clean(file);
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::Input(format!("error: {name}: not UTF-8\n  hint: is it a profile file? Save it as UTF-8"))
    })?;
    profiles(&text).map_err(|findings| Error::Input(view::findings::text(&findings, &name, &text, false)))
}

pub fn list(arguments: &List) -> Result<(), Error> {
    let shapes: Vec<_> = library::shape_names().filter_map(library::shape).collect();
    let text = match arguments.format {
        Format::Json => view::profile::list_json(&shapes),
        Format::Table => view::profile::list(&shapes, arguments.lang.into()),
    };
    arguments.to.write(text.as_bytes())
}
