//! `netloss statement` and `netloss verify-statement`

use clap::Args;
use jiff::civil::Date;

use super::Lang;
use super::compensate::{Others, flags, not_on_record, open, unreadable};
use super::error::Error;
use super::output::To;
use super::schemes;
use crate::read::claims::{Claims, Field, Row};
use crate::scheme::{Assessor, Claim, Register, Step};
use crate::view;
use crate::view::statement::{Statement, code, page, typed};

/// One page that explains to a merchant how the amount came about (산정내역서)
#[derive(Debug, Args)]
#[command(
    after_help = "Names and numbers are masked. The code on the page is a digest of scheme, figures\n\
    and amount; `netloss verify-statement` works it out again. It shows that the amount\n\
    was worked out rightly, and neither that the figures are true nor who issued it.\n\
    It is over the scheme file as it stands: keep the one that you issue under\n\
    (`netloss schemes ID --format toml`).\n\n\
    Examples:\n  \
    netloss statement claims.csv --id C-001 --scheme kakao-1015-2022\n  \
    netloss statement claims.csv --id C-001 --scheme kakao-1015-2022 --lang en"
)]
pub struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Day on which it is issued, such as 2023-03-02 [default: none is printed]
    #[arg(long, value_name = "DATE", value_parser = day)]
    issued: Option<Date>,
    /// Language of the page
    #[arg(long, value_name = "LANG", default_value = "ko")]
    lang: Lang,
    #[command(flatten)]
    to: To,
}

/// Work the code of a statement out again, and tell whether it is the same
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 the same, 3 another one.\n\n\
    Example:\n  \
    netloss verify-statement 7Q4K-2M9D claims.csv --id C-001 --scheme kakao-1015-2022")]
pub struct Verify {
    /// The code on the statement
    #[arg(value_name = "CODE")]
    code: String,
    #[command(flatten)]
    which: Which,
    /// Language of the answer
    #[arg(long, value_name = "LANG", default_value = "ko")]
    lang: Lang,
}

#[derive(Debug, Args)]
struct Which {
    /// Claims, or `-` for stdin: CSV in UTF-8 or CP949
    #[arg(value_name = "CLAIMS.csv")]
    claims: String,
    /// The claim
    #[arg(long, value_name = "ID")]
    id: String,
    /// Scheme, by its id (`netloss schemes`) or by the path of its file
    #[arg(long, value_name = "ID|FILE")]
    scheme: String,
    /// What to do with columns whose heading is not known
    #[arg(long, value_name = "WHAT", default_value = "refuse")]
    other_columns: Others,
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a date, such as 2023-03-02".into())
}

pub fn run(arguments: &Arguments, colour: bool) -> Result<(), Error> {
    with(&arguments.which, colour, |statement| {
        let statement = Statement { issued: arguments.issued, ..statement };
        arguments.to.write(page(&statement, arguments.lang.into()).as_bytes())
    })
}

pub fn verify(arguments: &Verify, colour: bool) -> Result<(), Error> {
    let given = typed(&arguments.code).ok_or_else(|| {
        let message = format!("{:?} is no code of a statement", view::clean(&arguments.code));
        Error::usage(message, "it has eight letters and digits, such as 7Q4K-2M9D")
    })?;
    with(&arguments.which, colour, |statement| {
        let text = view::statement::verified(&statement, &given, arguments.lang.into());
        if given == statement.code {
            super::output::stdout(text.as_bytes())
        } else {
            Err(Error::Input(text.trim_end().to_owned()))
        }
    })
}

/// Works a claim out, with all that came before it, as `compensate` does.
fn with<T>(
    which: &Which,
    colour: bool,
    then: impl FnOnce(Statement<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let opened = schemes::open(&which.scheme, colour)?;
    let scheme = &opened.scheme;
    let name = if which.claims == "-" { "<stdin>" } else { which.claims.as_str() };
    let mut claims = Claims::new(open(&which.claims)?, scheme, which.other_columns == Others::Ignore)
        .map_err(|error| unreadable(name, error))?;
    let calendar = claims.heads().calendar.clone();
    let dated = claims.heads().has(Field::Received);
    let assessor = Assessor::new(scheme, &calendar).map_err(|unfit| not_on_record(name, &unfit))?;
    let (mut row, mut register) = (Row::default(), Register::default());
    let mut alike = None;
    loop {
        let read =
            claims.next(&mut row).map_err(|error| Error::file(name, &error, "read the file again"))?;
        if alike.is_none() && letters(&row.id).eq(letters(&which.id)) {
            alike = Some(row.id.clone());
        }
        match read {
            None => return Err(not_there(name, &which.id, alike.as_deref())),
            Some(Err(reject)) if row.id == which.id => {
                let (message, mend) = reject.why.words();
                let (name, value) = (view::clean(name), view::clean(&reject.value));
                let what = reject.field.map_or_else(String::new, |field| format!("{} ", field.key()));
                let value = if value.is_empty() { value } else { format!("{value:?} ") };
                return Err(Error::Input(format!(
                    "error: {name}:{}: {what}{value}{message}\n  hint: {mend}",
                    row.line
                )));
            }
            Some(Err(_)) => {}
            Some(Ok(())) => {
                let claim = row.claim();
                let (flags, first) = flags(&row, scheme, &claim, &mut register);
                if row.id != which.id {
                    continue;
                }
                let undated = dated && claim.received.is_none();
                let claim = Claim { held: flags.hold(), undated, ..claim };
                let mut steps: Vec<Step> = vec![];
                let told = assessor.assess(&claim, &mut steps);
                let code = code(&opened.text, &row, &claim, &told);
                return then(Statement {
                    scheme,
                    row: &row,
                    claim: &claim,
                    told: &told,
                    steps: &steps,
                    flags,
                    first,
                    windows: assessor.windows(),
                    calendar: &calendar,
                    issued: None,
                    code: &code,
                });
            }
        }
    }
}

fn not_there(name: &str, id: &str, alike: Option<&str>) -> Error {
    let (name, id) = (view::clean(name), view::clean(id));
    let hint = match alike {
        Some(alike) => format!("did you mean {:?}?", view::clean(alike)),
        None => "write it as the file does".into(),
    };
    Error::Input(format!("error: {name}: no claim has the id {id:?}\n  hint: {hint}"))
}

/// Returns what is left of an id where marks and the size of letters are no matter.
fn letters(id: &str) -> impl Iterator<Item = char> {
    id.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase)
}
