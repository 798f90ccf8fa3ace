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
        assert_eq!(longest_word("To Being or being not").as_deref(), Some("being"));
    }

    #[test]
    fn words_and_different_words() {
        assert_eq!(variety("to be or not to be"), (6, 4));
    }
}
`;

/** Functions of it that no test reaches. */
export const untested = { 'src/phrases.rs': [/^pub fn repeated/] } as const;

const red = '\x1b[1m\x1b[91m';
const blue = '\x1b[1m\x1b[94m';
const bold = '\x1b[1m';
const off = '\x1b[0m';

/** What clippy prints about it. */
export const findings = [
  {
    line: 9,
    column: 23,
    endColumn: 39,
    code: 'clippy::len_zero',
    message: 'length comparison to zero',
    rendered: `${red}error${off}${bold}: length comparison to zero${off}
 ${blue}--> ${off}src/phrases.rs:9:23
  ${blue}|${off}
${blue}9${off} ${blue}|${off}     if length == 0 || words.len() == 0 {
  ${blue}|${off}                       ${red}^^^^^^^^^^^^^^^^${off} ${red}help: using \`is_empty\` is clearer and more explicit: \`words.is_empty()\`${off}
  ${blue}|${off}
  ${blue}= ${off}${bold}help${off}: for further information visit https://rust-lang.github.io/rust-clippy/rust-1.99.0/index.html#len_zero
  ${blue}= ${off}${bold}note${off}: \`-D clippy::len-zero\` implied by \`-D warnings\`
  ${blue}= ${off}${bold}help${off}: to override \`-D warnings\` add \`#[allow(clippy::len_zero)]\`
`,
  },
  {
    line: 51,
    column: 5,
    endColumn: 17,
    code: 'clippy::needless_return',
    message: 'unneeded `return` statement',
    rendered: `${red}error${off}${bold}: unneeded \`return\` statement${off}
  ${blue}--> ${off}src/phrases.rs:51:5
   ${blue}|${off}
${blue}51${off} ${blue}|${off}     return found;
   ${blue}|${off}     ${red}^^^^^^^^^^^^${off}
   ${blue}|${off}
   ${blue}= ${off}${bold}help${off}: for further information visit https://rust-lang.github.io/rust-clippy/rust-1.99.0/index.html#needless_return
   ${blue}= ${off}${bold}note${off}: \`-D clippy::needless-return\` implied by \`-D warnings\`
   ${blue}= ${off}${bold}help${off}: to override \`-D warnings\` add \`#[allow(clippy::needless_return)]\`
`,
  },
] as const;
