//! The code of a statement: a digest of the scheme, the figures and the amount.
//!
//! The same file, scheme and program give the same code everywhere. It holds no
//! secret: whoever has the claim and the scheme can work it out, so it shows that a
//! paper and a computation agree, and not who issued the paper.

use sha2::{Digest, Sha256};

use crate::read::claims::Row;
use crate::scheme::{Assessment, Claim, Rate, Sales, Won};

/// Letters of a code, without those that are read for one another (I, L, O, U).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Returns the code of a claim's statement: eight letters, such as `7Q4K-2M9D`.
#[must_use]
pub fn code(scheme: &str, row: &Row, claim: &Claim<'_>, told: &Assessment) -> String {
    let mut digest = Sha256::new();
    // A file that passed through another system has other ends of lines and the same rules.
    digest.update(b"netloss.statement/1\n");
    digest.update(Sha256::digest(scheme.replace("\r\n", "\n").as_bytes()));
    digest.update(figures(row, claim).as_bytes());
    digest.update(format!("amount={}\nreason={}\n", told.amount.0, told.reason.key()).as_bytes());
    let bytes = digest.finalize();
    let bits = bytes[..5].iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
    let letter = |place: u64| char::from(LETTERS[(bits >> (35 - 5 * place) & 31) as usize]);
    let letters: String = (0..8).map(letter).collect();
    format!("{}-{}", &letters[..4], &letters[4..])
}

/// Reads a code as somebody types it: small letters, no dash, O for 0.
#[must_use]
pub fn typed(code: &str) -> Option<String> {
    let plain = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let letters: String = code.chars().filter(|c| !matches!(c, '-' | ' ')).map(plain).collect();
    let known = letters.bytes().all(|letter| LETTERS.contains(&letter));
    (known && letters.len() == 8).then(|| format!("{}-{}", &letters[..4], &letters[4..]))
}

/// Every figure that an amount depends on, a line each.
fn figures(row: &Row, claim: &Claim<'_>) -> String {
    let mut lines = format!("id={}\n", row.id);
    let mut say = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            lines.push_str(&format!("{name}={value}\n"));
        }
    };
    let won = |won: Option<Won>| won.map(|won| won.0.to_string());
    let rate = |rate: Option<Rate>| rate.map(|rate| format!("{}/{}", rate.parts(), rate.of()));
    say("sales", Some(sales(claim.sales)));
    say("class", claim.class.map(|class| class.to_string()));
    say("industry", claim.industry.map(|industry| industry.to_string()));
    say("outage_on", claim.outage_from.map(|from| from.date().to_string()));
    say("outage", claim.outage.map(|seconds| seconds.to_string()));
    say("outage_of_month", claim.outage_of_month.map(|seconds| seconds.to_string()));
    say("fee", won(claim.fee));
    say("annual_sales", won(claim.annual_sales));
    say("margin", rate(claim.margin));
    say("fixed_costs", rate(claim.fixed_costs));
    say("platform_share", rate(claim.platform_share));
    say("substitution", rate(claim.substitution));
    say("days", claim.days.map(|days| days.to_string()));
    say("papers", claim.papers.map(|papers| papers.to_string()));
    say("received", claim.received.map(|day| day.to_string()));
    say("assessed", won(claim.assessed));
    say("held", Some(claim.held.to_string()));
    lines
}

fn sales(sales: Sales<'_>) -> String {
    match sales {
        Sales::Unknown => "unknown".into(),
        Sales::Loss(loss) => format!("loss {}", loss.0),
        Sales::Pair { usual, outage } => format!("pair {} {}", usual.0, outage.0),
        Sales::Records(days) => {
            let days: Vec<_> = days.iter().map(i64::to_string).collect();
            format!("records {}", days.join(" "))
        }
        Sales::Modelled { week, part } => format!("modelled {} {}/{}", week.0, part.parts(), part.of()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        assert_eq!(typed("7q4k 2m9d").as_deref(), Some("7Q4K-2M9D"));
        assert_eq!(typed("OOil-0000").as_deref(), Some("0011-0000"));
        for wrong in ["", "7Q4K", "7Q4K-2M9D-1", "7Q4K-2M9U"] {
            assert_eq!(typed(wrong), None, "{wrong}");
        }
    }
}
