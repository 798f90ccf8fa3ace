import { matrixValues } from '../../model/matrix-values';
import { rule } from '../../rule';
import type { ScalarNode } from '../../yaml/node';
import { rustJob } from './examples';

const named =
  /^(?:rust|rustc|toolchain|toolchains|rust-toolchain|rust_toolchain|rust-version|rust_version|msrv|channel|version)$/i;

export const versionAsNumber = rule({
  code: 'version-as-number',
  category: 'rust',
  title: 'A version that YAML reads as a number',
  severity: 'error',
  description:
    '`1.80` without quotes is the number 1.8, and so Rust 1.8 of 2016 is installed, or nothing. Put versions into quotes.',
  bad: [rustJob('- uses: dtolnay/rust-toolchain@master\n  with:\n    toolchain: 1.80\n- run: cargo test')],
  good: [rustJob("- uses: dtolnay/rust-toolchain@master\n  with:\n    toolchain: '1.80'\n- run: cargo test")],
  check: ({ jobs, edit, report }) => {
    const check = (node: ScalarNode | undefined): void => {
      if (node?.style !== 'plain' || typeof node.value !== 'number' || !/^1\.\d*0$/.test(node.text)) return;
      report(node, `YAML reads ${node.text} as the number ${node.value}.`, {
        fixes: [edit.fix('Put it into quotes', edit.replace(node, `'${node.text}'`))],
      });
    };
    for (const job of jobs) {
      if (job.matrix?.kind === 'map')
        for (const { key } of job.matrix.entries)
          if (named.test(key.text))
            for (const value of matrixValues(job.matrix, key.text)) if (value.kind === 'scalar') check(value);
      if (job.matrix?.kind === 'map')
        for (const item of job.matrix.seq('include')?.items ?? [])
          if (item.kind === 'map')
            for (const { key, value } of item.entries)
              if (
                named.test(key.text) &&
                value.kind === 'scalar' &&
                !job.matrix.entries.some((row) => row.key.text === key.text)
              )
                check(value);
      for (const step of job.steps)
        if (/rust/i.test(step.uses?.slug ?? ''))
          for (const { key, value } of step.with?.entries ?? [])
            if (named.test(key.text) && value.kind === 'scalar') check(value);
    }
  },
});
