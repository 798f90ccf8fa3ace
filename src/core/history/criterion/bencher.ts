/** One line of `cargo bench -- --output-format bencher` (or of the unstable `#[bench]` harness). */
export interface BencherResult {
  readonly id: string;
  /** Of one iteration, in `unit`: Criterion prints the median. */
  readonly value: number;
  /** What stands behind `+/-`: Criterion's standard deviation. */
  readonly deviation: number;
  /** `ns` for time; custom measurements have other units. */
  readonly unit: string;
}

const line = /^test (?<id>.+?)\s+\.\.\. bench:\s+(?<value>[\d,.]+) (?<unit>\S+)\/iter \(\+\/- (?<deviation>[\d,.]+)\)/;

/** Every benchmark in the output; other lines (tests, compiler messages) are passed over. */
export function parseBencher(output: string): BencherResult[] {
  return output.split('\n').flatMap((text) => {
    const groups = line.exec(withoutColours(text))?.groups;
    if (!groups) return [];
    const value = number(groups['value']);
    const deviation = number(groups['deviation']);
    const { id = '', unit = '' } = groups;
    return Number.isFinite(value) && Number.isFinite(deviation) ? [{ id, value, deviation, unit }] : [];
  });
}

/** Thousands are separated by commas. */
function number(text = ''): number {
  return Number(text.replaceAll(',', ''));
}

function withoutColours(text: string): string {
  return text.replace(/\u001b\[[\d;]*m/g, '');
}
