//! Counts words.
//!
//! ```
//! let counts = tally::count("to be or not to be");
//! assert_eq!(counts["be"], 2);
//! ```

use std::collections::BTreeMap;

/// How often each word occurs; words are compared in lower case, without the punctuation around them.
pub fn count(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split_whitespace().filter_map(normalise) {
        *counts.entry(word).or_insert(0) += 1;
    }
    counts
}

/// The `limit` most frequent words, the most frequent first; words of the same frequency in alphabetical order.
pub fn top(counts: &BTreeMap<String, usize>, limit: usize) -> Vec<(&str, usize)> {
    let mut words: Vec<(&str, usize)> =
        counts.iter().map(|(word, n)| (word.as_str(), *n)).collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    words.truncate(limit);
    words
}

fn normalise(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    (!word.is_empty()).then(|| word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn punctuation_and_case_do_not_matter() {
        assert_eq!(count("Stop. STOP, stop!").get("stop"), Some(&3));
    }

    #[test]
    fn lone_punctuation_is_no_word() {
        assert!(count("-- ... !").is_empty());
    }
}
