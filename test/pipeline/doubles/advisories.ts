import { createRepository } from '../projects/repository.js';

const databases = ['https://github.com/RustSec/advisory-db', 'https://github.com/rustsec/advisory-db'];

/** An advisory in the format of RustSec, against every version of a package. */
function advisory(name: string): string {
  return `\`\`\`toml
[advisory]
id = "RUSTSEC-2020-9999"
package = "${name}"
date = "2020-01-01"

[versions]
patched = [">= 9999.0.0"]
\`\`\`

# Invented for a test

There is nothing wrong with this package.
`;
}

/** The advisory database with one advisory, against a package: where git finds it in the place of RustSec's. */
export async function advisoryDatabase(name: string): Promise<Record<string, string>> {
  const { folder } = await createRepository({ [`crates/${name}/RUSTSEC-2020-9999.md`]: advisory(name) });
  return Object.fromEntries(databases.flatMap((url) => [url, `${url}.git`]).map((url) => [url, folder]));
}

let harmless: Promise<Record<string, string>> | undefined;

/** A database that says nothing of the packages that the tests use. */
export function withoutAdvisories(): Promise<Record<string, string>> {
  harmless ??= advisoryDatabase('nobody-uses-this');
  return harmless;
}
