import type { Command } from './command.js';

export const benchmarks: Command = {
  name: 'benchmarks',
  summary: 'judge a history of benchmark runs',
  help: `usage: rust-ci benchmarks HISTORY.jsonl [OPTIONS]

Reads runs of Criterion benchmarks, one line of JSON each (the file history.jsonl of the branch benchmark-history), and
says of each benchmark whether it got slower, by how much and since which commit. Runs are judged in run order, each by
what was known when it arrived. Runs of another runner class, toolchain or branch are not compared. "-" in place of the
file reads standard input.

  --json               print the verdict of every run as a JSON array, in run order
  --baselines FILE     accepted changes (.github/rust-ci-baselines.json of the current folder, if it is there)

Exit code: 0 no benchmark is slower now, 1 one is, or a line could not be read, 2 wrong use or nothing to read.
`,
  // The other commands start without the statistics.
  run: async (args, terminal) => (await import('./benchmarks/judge-file.js')).benchmarksCommand(args, terminal),
};
