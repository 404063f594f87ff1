//! The fourteen conversions, by OpenCC's names.

use std::fmt;
use std::str::FromStr;

/// One of OpenCC's configurations between Simplified, Traditional, Hong Kong and Taiwan forms. `p` stands for regional phrases.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scheme {
    Hk2s,
    S2hk,
    T2s,
    S2t,
    Tw2s,
    S2tw,
    Tw2sp,
    S2twp,
    T2hk,
    Hk2t,
    T2tw,
    Tw2t,
    Hk2sp,
    S2hkp,
}

/// A name no [`Scheme`] has. Its text lists the names there are.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownScheme(pub String);

impl Scheme {
    pub const ALL: [Scheme; 14] = [
        Scheme::Hk2s,
        Scheme::S2hk,
        Scheme::T2s,
        Scheme::S2t,
        Scheme::Tw2s,
        Scheme::S2tw,
        Scheme::Tw2sp,
        Scheme::S2twp,
        Scheme::T2hk,
        Scheme::Hk2t,
        Scheme::T2tw,
        Scheme::Tw2t,
        Scheme::Hk2sp,
        Scheme::S2hkp,
    ];

    pub const fn as_str(self) -> &'static str {
        match self {
            Scheme::Hk2s => "hk2s",
            Scheme::S2hk => "s2hk",
            Scheme::T2s => "t2s",
            Scheme::S2t => "s2t",
            Scheme::Tw2s => "tw2s",
            Scheme::S2tw => "s2tw",
            Scheme::Tw2sp => "tw2sp",
            Scheme::S2twp => "s2twp",
            Scheme::T2hk => "t2hk",
            Scheme::Hk2t => "hk2t",
            Scheme::T2tw => "t2tw",
            Scheme::Tw2t => "tw2t",
            Scheme::Hk2sp => "hk2sp",
            Scheme::S2hkp => "s2hkp",
        }
    }

    /// The conversion back, used to find what would not return.
    pub const fn reverse(self) -> Scheme {
        match self {
            Scheme::Hk2s => Scheme::S2hk,
            Scheme::S2hk => Scheme::Hk2s,
            Scheme::T2s => Scheme::S2t,
            Scheme::S2t => Scheme::T2s,
            Scheme::Tw2s => Scheme::S2tw,
            Scheme::S2tw => Scheme::Tw2s,
            Scheme::Tw2sp => Scheme::S2twp,
            Scheme::S2twp => Scheme::Tw2sp,
            Scheme::T2hk => Scheme::Hk2t,
            Scheme::Hk2t => Scheme::T2hk,
            Scheme::T2tw => Scheme::Tw2t,
            Scheme::Tw2t => Scheme::T2tw,
            Scheme::Hk2sp => Scheme::S2hkp,
            Scheme::S2hkp => Scheme::Hk2sp,
        }
    }
}

impl FromStr for Scheme {
    type Err = UnknownScheme;

    fn from_str(name: &str) -> Result<Scheme, UnknownScheme> {
        Scheme::ALL
            .into_iter()
            .find(|scheme| scheme.as_str() == name)
            .ok_or_else(|| UnknownScheme(name.to_owned()))
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for UnknownScheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Scheme::ALL.iter().map(|scheme| scheme.as_str()).collect();
        write!(
            f,
            "unknown conversion `{}`; there are {}",
            self.0,
            names.join(", ")
        )
    }
}

impl std::error::Error for UnknownScheme {}
