//! What a verdict means for the person who decides on a held message.

use std::env;

use macrosift::Verdict;

/// The language of the advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Japanese,
}

impl Language {
    /// By the variables that decide it on POSIX systems, the strongest first.
    pub(crate) fn of_environment() -> Self {
        let names = ["LC_ALL", "LC_MESSAGES", "LANG"];
        let mut values = names.iter().filter_map(|name| env::var(name).ok());
        Self::of_locale(&values.find(|value| !value.is_empty()).unwrap_or_default())
    }

    fn of_locale(locale: &str) -> Self {
        let language = locale.split(['_', '.', '@']).next();
        if language == Some("ja") {
            Self::Japanese
        } else {
            Self::English
        }
    }
}

/// What to do with the message. In English, nothing is said where nothing is to be done.
pub(crate) const fn advice(verdict: Verdict, language: Language) -> Option<&'static str> {
    match language {
        Language::English => match verdict {
            Verdict::Macro => Some("may be released; what it can do is listed below"),
            Verdict::Unscannable => Some("hold; ask the sender, some part could not be inspected"),
            Verdict::Suspicious => Some("hold until somebody has looked at it"),
            Verdict::Malicious => Some("block; do not open"),
            _ => None,
        },
        Language::Japanese => match verdict {
            Verdict::Other => {
                Some("Officeのマクロを含みうる種類のファイルではないため、判定の対象外です。")
            }
            Verdict::Clean => Some(
                "全体を検査しましたが、マクロなど自動的に動作するものは含まれていませんでした。\
                 隔離を解除して差し支えありません。",
            ),
            Verdict::Macro => Some(
                "マクロなどを含みますが、危険な動作につながるものは見つかりませんでした。\
                 下記の内容を確認のうえ、隔離を解除できます。",
            ),
            Verdict::Unscannable => Some(
                "検査できなかった部分があります。下記の理由を確認し、\
                 安全と判断できるまで隔離を続けてください。",
            ),
            Verdict::Suspicious => {
                Some("疑わしい内容が含まれています。担当者が確認するまで隔離を続けてください。")
            }
            Verdict::Malicious => Some(
                "危険な内容が含まれています。この添付ファイルは絶対に開かず、ブロックしてください。",
            ),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_is_told_by_the_language_alone() {
        for (locale, expected) in [
            ("ja", Language::Japanese),
            ("ja_JP.UTF-8", Language::Japanese),
            ("ja.UTF-8", Language::Japanese),
            ("jam_JM", Language::English),
            ("en_US.UTF-8", Language::English),
            ("C", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::of_locale(locale), expected, "{locale}");
        }
    }

    #[test]
    fn japanese_advice_is_there_for_every_verdict_and_no_two_are_alike() {
        let mut seen = Vec::new();
        for verdict in Verdict::ALL {
            let text = advice(verdict, Language::Japanese).unwrap();
            assert!(text.ends_with('。') && !text.contains(' '), "{text}");
            assert!(!seen.contains(&text));
            seen.push(text);
        }
    }
}
