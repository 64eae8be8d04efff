//! Files of claims: no row is lost, and each that is refused says why.

#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::io::BufReader;

use netloss::read::claims::{Claims, Encoding, Row, Unreadable};
use netloss::read::{library, scheme};
use netloss::scheme::Scheme;

fn kakao() -> Scheme {
    scheme(library::scheme("kakao-1015-2022").unwrap()).scheme.unwrap()
}

/// A row that is no claim: its number, its line and its reason.
type Refused = (u64, u64, &'static str);

/// Reads a file, and returns the claims in it, the rows that are none, and its encoding.
fn read(bytes: &[u8]) -> (Vec<String>, Vec<Refused>, Encoding) {
    let scheme = kakao();
    let mut claims = Claims::new(BufReader::with_capacity(7, bytes), &scheme, false).unwrap();
    let (mut row, mut good, mut bad) = (Row::default(), vec![], vec![]);
    while let Some(read) = claims.next(&mut row).unwrap() {
        match read {
            Ok(()) => good.push(row.id.clone()),
            Err(reject) => bad.push((row.number, row.line, reject.why.key())),
        }
    }
    (good, bad, claims.encoding())
}

#[test]
fn thirty_six_bad_rows_are_each_refused_for_their_own_reason_and_none_is_lost() {
    let mut bytes = include_bytes!("cli/compensate.in/bad.csv").to_vec();
    // No file of a repository needs a row of a mebibyte.
    bytes.extend(format!("B-36,{}\n", "9".repeat(1 << 20)).into_bytes());
    bytes.extend(b"GOOD-11,,,1300000,1000000,,,,,,,,,,\n");
    let (good, bad, _) = read(&bytes);
    let named: Vec<_> = (1..=11).map(|number| format!("GOOD-{number}")).collect();
    assert_eq!(good, named, "every good row among them is read");
    assert_eq!(bad.len(), 36);
    let numbers: Vec<_> = bad.iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, (2..=36).chain([46]).collect::<Vec<_>>());
    assert!(bad.iter().all(|(number, line, _)| *line == number + 1), "below the head, a line each");
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for (.., why) in bad {
        *reasons.entry(why).or_default() += 1;
    }
    assert_eq!(reasons.len(), 32, "{reasons:?}");
}

#[test]
fn encodings_as_korean_spreadsheets_save_them() {
    let text = "접수번호,평소매출,장애매출,지역\nA-1,\"1,300,000\",1000000,서울\n";
    let (korean, ..) = encoding_rs::EUC_KR.encode(text);
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Encoding::Utf8),
        (korean.to_vec(), Encoding::Cp949),
        (text.replace('\n', "\r\n").into_bytes(), Encoding::Utf8),
    ] {
        let (good, bad, found) = read(&bytes);
        assert_eq!((good.as_slice(), bad.len(), found), (&["A-1".to_owned()][..], 0, encoding));
    }
}

#[test]
fn a_file_that_is_no_table_of_claims_is_refused_with_a_mend() {
    let scheme = kakao();
    for (bytes, said) in [
        (&b""[..], "empty"),
        (b"\xff\xfei\0d\0", "UTF-16"),
        (b"PK\x03\x04....", "workbook"),
        (b"id;loss\nA;3\n", "commas"),
        (b"loss\n3\n", "names the claims"),
        (b"id,lss\nA,3\n", "\"loss\""),
    ] {
        match Claims::new(bytes, &scheme, false).err() {
            Some(Unreadable::Head(faults)) => {
                let told: Vec<_> = faults.iter().map(ToString::to_string).collect();
                assert!(told.concat().contains(said), "{told:?}");
            }
            other => panic!("{said}: {other:?}"),
        }
    }
}
