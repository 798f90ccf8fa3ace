/** What the branch of the demo adds: it works, is hardly tested, and clippy finds two things in it. */
export const phrases = `//! Phrases: words that follow one another.

use std::collections::BTreeMap;

/// How often each phrase of \`length\` words occurs.
pub fn phrases(text: &str, length: usize) -> BTreeMap<String, usize> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let mut counts = BTreeMap::new();
    if length == 0 || words.len() == 0 {
        return counts;
    }
    for start in 0..=words.len().saturating_sub(length) {
        let Some(phrase) = words.get(start..start + length) else {
            break;
        };
        *counts.entry(phrase.join(" ")).or_insert(0) += 1;
    }
    counts
}

/// The longest of the words, in lower case; the first of them where there are several.
pub fn longest_word(text: &str) -> Option<String> {
    let mut longest: Option<String> = None;
    for word in text.split_whitespace() {
        let length = longest.as_ref().map_or(0, String::len);
        if word.len() > length {
            longest = Some(word.to_lowercase());
        }
    }
    longest
}

/// How many words there are, and how many different ones.
pub fn variety(text: &str) -> (usize, usize) {
    let counts = crate::count(text);
    (counts.values().sum(), counts.len())
}

/// The phrases that occur more than once, the longest first.
pub fn repeated(text: &str, longest: usize) -> Vec<(String, usize)> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for length in (2..=longest).rev() {
        for (phrase, count) in phrases(text, length) {
            let known = found.iter().any(|(longer, _)| longer.contains(&phrase));
            if count < 2 || known {
                continue;
            }
            found.push((phrase, count));
        }
    }
    return found;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_follow_one_another() {
        let counts = phrases("to be or not to be", 2);
        assert_eq!(counts.get("to be"), Some(&2));
    }

    #[test]
    fn the_first_of_the_longest_words() {
        assert_eq!(longest_word("Be or being not").unwrap(), "being");
    }

    #[test]
    fn words_and_different_words() {
        assert_eq!(variety("to be or not to be"), (6, 4));
    }
}
`;

/** The benchmarks of the demo. */
export const benches = `use criterion::{black_box, criterion_group, criterion_main, Criterion};

fn count(c: &mut Criterion) {
    for size in [9_000, 90_000] {
        let text = "the quick brown fox jumps over the lazy dog ".repeat(size / 9);
        c.bench_function(&format!("count/{size}"), |b| {
            b.iter(|| tally::count(black_box(&text)))
        });
    }
}

fn top(c: &mut Criterion) {
    let text: String = (0..1_000).map(|n| format!("word{} ", n % 137)).collect();
    let counts = tally::count(&text);
    c.bench_function("top/10", |b| {
        b.iter(|| tally::top(black_box(&counts), 10).len())
    });
}

fn read(c: &mut Criterion) {
    let bytes = vec![b'a'; 1_000_000];
    c.bench_function("read/1MB", |b| {
        b.iter(|| String::from_utf8(black_box(bytes.clone())))
    });
}

criterion_group!(benches, count, top, read);
criterion_main!(benches);
`;
