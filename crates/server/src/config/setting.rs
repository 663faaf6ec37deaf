//! How a setting is read from what was written, by type: each type says what it must be.
//!
//! **Must not:** know where a value came from, nor print one that is secret.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

/// A value as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Written {
    /// Text, or anything from the environment or the command line, which know nothing else.
    Text(String),
    Number(i64),
    Flag(bool),
    List(Vec<String>),
    /// A kind of value that no setting has.
    Other,
}

/// A type that settings have.
pub(crate) trait Setting: Sized {
    /// What a value must be, after "must be".
    fn expected() -> String;

    /// Reads a value; the error says what it must be.
    fn read(written: &Written) -> Result<Self, String>;

    /// The value as one would write it, for the documentation.
    fn show(&self) -> String;
}

impl Setting for String {
    fn expected() -> String {
        "text".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        match written {
            Written::Text(text) => Ok(text.clone()),
            _ => Err(Self::expected()),
        }
    }

    fn show(&self) -> String {
        format!("\"{self}\"")
    }
}

impl Setting for bool {
    fn expected() -> String {
        "true or false".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        match written {
            Written::Flag(flag) => Ok(*flag),
            Written::Text(text) => match text.as_str() {
                "true" | "1" | "on" | "yes" => Ok(true),
                "false" | "0" | "off" | "no" => Ok(false),
                _ => Err(Self::expected()),
            },
            _ => Err(Self::expected()),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// Reads a whole number from either way of writing it.
pub(crate) fn number(written: &Written) -> Option<u64> {
    match written {
        Written::Number(number) => u64::try_from(*number).ok(),
        Written::Text(text) => text.replace('_', "").parse().ok(),
        _ => None,
    }
}

impl Setting for u16 {
    fn expected() -> String {
        "a whole number from 0 to 65535".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        number(written).and_then(|number| number.try_into().ok()).ok_or_else(Self::expected)
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

/// A whole number within bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Within<const LEAST: u64, const MOST: u64>(pub(crate) u64);

impl<const LEAST: u64, const MOST: u64> Setting for Within<LEAST, MOST> {
    fn expected() -> String {
        format!("a whole number from {LEAST} to {MOST}")
    }

    fn read(written: &Written) -> Result<Self, String> {
        let within = number(written).filter(|number| (LEAST..=MOST).contains(number));
        within.map(Self).ok_or_else(Self::expected)
    }

    fn show(&self) -> String {
        self.0.to_string()
    }
}

impl Setting for Vec<String> {
    fn expected() -> String {
        "a list of texts".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        match written {
            Written::List(list) => Ok(list.clone()),
            Written::Text(text) => Ok(text
                .split(',')
                .map(|item| item.trim().to_owned())
                .filter(|item| !item.is_empty())
                .collect()),
            _ => Err(Self::expected()),
        }
    }

    fn show(&self) -> String {
        let items: Vec<_> = self.iter().map(|item| format!("\"{item}\"")).collect();
        format!("[{}]", items.join(", "))
    }
}

impl<T: Setting> Setting for Option<T> {
    fn expected() -> String {
        T::expected()
    }

    fn read(written: &Written) -> Result<Self, String> {
        match written {
            Written::Text(text) if text.is_empty() => Ok(None),
            _ => T::read(written).map(Some),
        }
    }

    fn show(&self) -> String {
        self.as_ref().map_or_else(|| "not set".to_owned(), Setting::show)
    }
}

impl Setting for PathBuf {
    fn expected() -> String {
        "a path".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        match written {
            Written::Text(text) if !text.is_empty() && !text.contains('\0') => Ok(Self::from(text)),
            _ => Err(Self::expected()),
        }
    }

    fn show(&self) -> String {
        format!("\"{}\"", self.display())
    }
}

impl Setting for IpAddr {
    fn expected() -> String {
        "an address to listen on, such as \"127.0.0.1\", \"0.0.0.0\" or \"::\"".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        match written {
            Written::Text(text) if text == "localhost" => Ok(Self::V4(Ipv4Addr::LOCALHOST)),
            Written::Text(text) => text.parse().map_err(|_| Self::expected()),
            _ => Err(Self::expected()),
        }
    }

    fn show(&self) -> String {
        format!("\"{self}\"")
    }
}
