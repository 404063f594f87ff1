//! The time zone that a site names, from the system's tables.

use std::env;
use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;

/// Where systems keep them, a file for each zone. (Where there is none, as on Windows, the library's own way is the only one.)
const FOLDERS: [&str; 2] = ["/usr/share/zoneinfo", "/etc/zoneinfo"];

/// The zone of that IANA name.
///
/// # Errors
/// What the library says of a name it does not know.
pub fn named(name: &str) -> Result<TimeZone, jiff::Error> {
    // The library reads the names of all zones before it looks for one: a fourteenth of what building a site of one
    // page takes. It goes by `TZDIR`, and by any spelling of a name; both are left to it.
    if is_usual(name) && env::var_os("TZDIR").is_none() {
        let mut tables = FOLDERS.iter().map(|folder| Path::new(folder).join(name));
        let table = tables.find_map(|table| fs::read(table).ok());
        if let Some(zone) = table.and_then(|table| TimeZone::tzif(name, &table).ok()) {
            return Ok(zone);
        }
    }
    TimeZone::get(name)
}

/// Whether it is spelled as names of zones are, and leads out of no folder. What begins with a small letter are other files, and
/// tables of another time.
fn is_usual(name: &str) -> bool {
    let is_part = |part: &str| {
        let mut bytes = part.bytes();
        bytes.next().is_some_and(|first| first.is_ascii_uppercase())
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
    };
    name.split('/').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_the_one_that_the_library_knows() {
        let midsummer = jiff::Timestamp::from_second(1_720_000_000).unwrap();
        for name in [
            "UTC",
            "Asia/Hong_Kong",
            "Europe/Berlin",
            "asia/taipei",
            "Etc/GMT+8",
            "America/Port-au-Prince",
        ] {
            let (found, known) = (named(name).ok(), TimeZone::get(name).ok());
            let offset =
                |zone: &Option<TimeZone>| zone.as_ref().map(|zone| zone.to_offset(midsummer));
            assert_eq!(offset(&found), offset(&known), "{name}");
        }
        for name in [
            "",
            "/etc/passwd",
            "../localtime",
            "Asia/../UTC",
            "Asia/",
            "Asia",
            "right/UTC",
            "zone.tab",
            "火星/基地",
        ] {
            assert_eq!(named(name).is_ok(), TimeZone::get(name).is_ok(), "{name}");
        }
    }
}
