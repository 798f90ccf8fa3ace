import type { Files } from './repository.js';

export interface Crate {
  name?: string;
  /** More lines of the `[package]` table, and tables after it. */
  manifest?: string;
  /** Code before the test module. */
  code?: string;
  /** Statements of the one test. */
  test?: string;
  /** Folder of the crate in the repository. */
  folder?: string;
}

/** A library, formatted and tested, all of whose lines are covered unless a test says otherwise. */
export function library(crate: Crate = {}): Files {
  const {
    name = 'sample',
    manifest = 'license = "MIT"',
    code = '/// Adds two numbers.\npub fn add(left: u32, right: u32) -> u32 {\n    left + right\n}\n',
    test = 'assert_eq!(super::add(2, 2), 4);',
    folder = '.',
  } = crate;
  const at = folder === '.' ? '' : `${folder}/`;
  return {
    [`${at}Cargo.toml`]: `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${manifest}\n`,
    [`${at}src/lib.rs`]: `${code}
#[cfg(test)]
mod tests {
    #[test]
    fn works() {
${test.replace(/^/gm, '        ')}
    }
}
`,
  };
}

/** A library of ten one-line functions, of which the given number is covered. */
export function partlyCovered(covered: number): Files {
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  return library({
    code: numbers.map((index) => `pub fn f${index}() -> u32 {\n    ${index}\n}\n`).join('\n'),
    test: numbers
      .slice(0, covered)
      .map((index) => `assert_eq!(super::f${index}(), ${index});`)
      .join('\n'),
  });
}

/** A program that prints its name; the crate has a name that nobody published. */
export function program(version = '0.1.0'): Files {
  return {
    'Cargo.toml': `[package]
name = "rust-ci-sample-program"
version = "${version}"
edition = "2021"
license = "MIT"
description = "A sample"
`,
    'src/main.rs': 'fn main() {\n    println!(env!("CARGO_PKG_NAME"));\n}\n',
    'README.md': '# Sample\n',
  };
}
