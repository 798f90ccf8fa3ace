/** Gates whose scripts change manifests or write into the checkout, which on GitHub is thrown away afterwards. */
const always = new Set(['deny', 'minimal-versions', 'coverage', 'benchmarks']);
/** Gates that make a Cargo.lock where none is committed. */
const withoutLock = new Set(['audit', 'msrv', 'trivy']);

/** Whether a gate would change files here. @param outputs of `detect` */
export function changesFiles(gate: string, outputs: Readonly<Record<string, string>>): boolean {
  if (always.has(gate)) return true;
  const found = outputs[gate === 'msrv' ? 'msrv' : 'cargo'] ?? '';
  return withoutLock.has(gate) && /"locked":\s*""/.test(found);
}
