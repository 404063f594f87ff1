//! Dates as people write them: a day, a month, or only a year; and moments for publication.
//!
//! No clock and no time zone data here: a date is what the author wrote, and today is a value that the
//! shell hands in.

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

/// A date of which the day, or the month too, may be unknown. Ordered by its first possible day, the
/// vaguer before the exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    year: i16,
    month: Option<u8>,
    day: Option<u8>,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the year.
    Year,
    /// The year and the month.
    Month,
    /// The day.
    Day,
}

/// A day, perhaps with a time and an offset, as `date` and `updated` give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day, as written.
    pub date: Date,
    /// The time of day, if written.
    pub time: Option<Time>,
    /// The distance from UTC, if written.
    pub offset: Option<Offset>,
}

impl PartialDate {
    /// Reads `2014-11-10`, `2014-11` or `2014`: years from 0001 to 9999, days that exist.
    pub fn parse(text: &str) -> Option<PartialDate> {
        let mut parts = text.split('-');
        let year: i16 = digits(parts.next()?, 4)?.try_into().ok()?;
        let month = match parts.next() {
            Some(part) => Some(u8::try_from(digits(part, 2)?).ok()?),
            None => None,
        };
        let day = match parts.next() {
            Some(part) => Some(u8::try_from(digits(part, 2)?).ok()?),
            None => None,
        };
        if parts.next().is_some() || year == 0 {
            return None;
        }
        let first = |part: Option<u8>| part.map_or(Some(1), |number| i8::try_from(number).ok());
        Date::new(year, first(month)?, first(day)?).ok()?;
        Some(PartialDate { year, month, day })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12, if known.
    pub fn month(self) -> Option<u8> {
        self.month
    }

    /// The day of the month, if known.
    pub fn day(self) -> Option<u8> {
        self.day
    }

    /// How much is known.
    pub fn precision(self) -> Precision {
        match (self.month, self.day) {
            (Some(_), Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, _) => Precision::Year,
        }
    }

    /// The same date with no more than `precision` known.
    pub fn at_most(self, precision: Precision) -> PartialDate {
        PartialDate {
            year: self.year,
            month: self.month.filter(|_| precision >= Precision::Month),
            day: self.day.filter(|_| precision >= Precision::Day),
        }
    }

    /// The first day it can mean.
    pub fn first_day(self) -> Date {
        self.civil(self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it can mean.
    pub fn last_day(self) -> Date {
        let month = self.civil(self.month.unwrap_or(12), 1);
        match self.day {
            Some(day) => self.civil(self.month.unwrap_or(12), day),
            None => month.last_of_month(),
        }
    }

    /// ISO 8601, as precise as the date is: `2014-11-10`, `2014-11`, `2014`.
    pub fn to_iso(self) -> String {
        self.to_string()
    }

    /// The date as a number of years, for distances drawn to scale; what is unknown counts as the middle.
    pub fn year_fraction(self) -> f64 {
        let start = Date::constant(self.year, 1, 1);
        let days = f64::from(start.days_in_year());
        let position = |date: Date| f64::from(date.day_of_year() - 1);
        let middle = (position(self.first_day()) + position(self.last_day()) + 1.0) / 2.0;
        f64::from(self.year) + middle / days
    }

    fn civil(self, month: u8, day: u8) -> Date {
        // Checked when the date was made.
        Date::new(self.year, month as i8, day as i8)
            .unwrap_or_else(|_| Date::constant(self.year, 1, 1))
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> PartialDate {
        PartialDate {
            year: date.year(),
            month: Some(date.month() as u8),
            day: Some(date.day() as u8),
        }
    }
}

impl Precision {
    /// `year`, `month` or `day`.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Year => "year",
            Precision::Month => "month",
            Precision::Day => "day",
        }
    }
}

impl Moment {
    /// Reads `2026-02-10`, or RFC 3339: `2026-02-10T09:30:00+08:00`, also with a space for the `T`,
    /// without seconds, or without an offset (then it is in the site's time zone).
    pub fn parse(text: &str) -> Option<Moment> {
        let day = PartialDate::parse(text.get(..10)?)?;
        let date = (day.precision() == Precision::Day).then(|| day.first_day())?;
        let rest = &text[10..];
        if rest.is_empty() {
            return Some(Moment {
                date,
                time: None,
                offset: None,
            });
        }
        let clock = rest.strip_prefix(['T', 't', ' '])?;
        let zone = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
        let (clock, zone) = clock.split_at(zone);
        Some(Moment {
            date,
            time: Some(time(clock)?),
            offset: if zone.is_empty() {
                None
            } else {
                Some(offset(zone)?)
            },
        })
    }

    /// The instant, for feeds and for ordering; midnight where no time is written, and `zone` where no
    /// offset is.
    pub fn timestamp(self, zone: &TimeZone) -> jiff::Timestamp {
        let clock = self.date.to_datetime(self.time.unwrap_or(Time::midnight()));
        let fixed = self.offset.map(TimeZone::fixed);
        let zone = fixed.as_ref().unwrap_or(zone);
        zone.to_timestamp(clock)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(f, "T{time}")?;
        }
        if let Some(offset) = self.offset {
            let minutes = offset.seconds() / 60;
            let sign = if minutes < 0 { '-' } else { '+' };
            write!(
                f,
                "{sign}{:02}:{:02}",
                minutes.abs() / 60,
                minutes.abs() % 60
            )?;
        }
        Ok(())
    }
}

/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction`; the fraction is dropped.
fn time(text: &str) -> Option<Time> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut parts = clock.split(':');
    let mut part = || parts.next().map(|part| digits(part, 2));
    let hour = part()??;
    let minute = part()??;
    let second = part().unwrap_or(Some(0))?;
    if parts.next().is_some() {
        return None;
    }
    Time::new(hour as i8, minute as i8, second as i8, 0).ok()
}

/// `Z`, `+08:00` or `-0330`, within a day.
fn offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let (sign, digits_only) = text.split_at_checked(1)?;
    let (hours, minutes) = match digits_only.split_once(':') {
        Some(parts) => parts,
        None => digits_only.split_at_checked(2)?,
    };
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
    Offset::from_seconds(if sign == "-" { -seconds } else { seconds }).ok()
}

/// Exactly `count` ASCII digits, at most four.
fn digits(text: &str, count: usize) -> Option<u32> {
    let sound = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates() {
        for (text, days) in [
            ("2014-11-10", Some(("2014-11-10", "2014-11-10"))),
            ("2014-11", Some(("2014-11-01", "2014-11-30"))),
            ("2024-02", Some(("2024-02-01", "2024-02-29"))),
            ("2014", Some(("2014-01-01", "2014-12-31"))),
            ("2024-02-29", Some(("2024-02-29", "2024-02-29"))),
            ("2023-02-29", None),
            ("2014-13", None),
            ("2014-00", None),
            ("2014-11-31", None),
            ("2014-1-1", None),
            ("0000", None),
            ("14", None),
            ("2014-11-10-1", None),
            ("2014-11-", None),
            ("二〇一四", None),
            ("+014-11", None),
            ("", None),
        ] {
            let read = PartialDate::parse(text);
            let range =
                read.map(|date| (date.first_day().to_string(), date.last_day().to_string()));
            let expected = days.map(|(first, last)| (first.to_string(), last.to_string()));
            assert_eq!(range, expected, "{text}");
            if let Some(date) = read {
                assert_eq!(date.to_iso(), text);
            }
        }
    }

    #[test]
    fn dates_in_order_and_to_scale() {
        let dates: Vec<PartialDate> = ["1989", "1989-01", "1989-11-06", "1989-12", "1990"]
            .iter()
            .filter_map(|text| PartialDate::parse(text))
            .collect();
        assert_eq!(dates.len(), 5);
        assert!(dates.is_sorted());
        let fraction = |text| PartialDate::parse(text).map(PartialDate::year_fraction);
        assert_eq!(fraction("2001"), Some(2001.5));
        assert_eq!(fraction("2001-01-01"), Some(2001.0 + 0.5 / 365.0));
        assert_eq!(fraction("2001-12-31"), Some(2001.0 + 364.5 / 365.0));
    }

    #[test]
    fn moments() {
        for (text, shown) in [
            ("2026-02-10", Some("2026-02-10")),
            (
                "2026-02-10T09:30:00+08:00",
                Some("2026-02-10T09:30:00+08:00"),
            ),
            ("2026-02-10 09:30", Some("2026-02-10T09:30:00")),
            ("2026-02-10T09:30:00Z", Some("2026-02-10T09:30:00+00:00")),
            (
                "2026-02-10T09:30:00.25-0330",
                Some("2026-02-10T09:30:00-03:30"),
            ),
            ("2026-02", None),
            ("2026-02-30", None),
            ("2026-02-10T24:00:00", None),
            ("2026-02-10T09:30:00+24:00", None),
            ("2026-02-10T09:30:00.", None),
            ("2026-02-10 早上", None),
            ("二〇二六年二月", None),
        ] {
            let read = Moment::parse(text).map(|moment| moment.to_string());
            assert_eq!(read.as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn a_written_offset_beats_the_zone() {
        let zone = TimeZone::fixed(Offset::constant(8));
        let instant = |text| Moment::parse(text).map(|moment| moment.timestamp(&zone).to_string());
        assert_eq!(
            instant("2026-02-10").as_deref(),
            Some("2026-02-09T16:00:00Z")
        );
        assert_eq!(
            instant("2026-02-10T00:00Z").as_deref(),
            Some("2026-02-10T00:00:00Z")
        );
    }
}
