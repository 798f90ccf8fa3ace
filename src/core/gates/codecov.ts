import type { Check } from '../actions/check.js';

/**
 * The line coverage in per cent that Codecov's check or status of the project tells, as in "81.90% (+0.20%) compared to
 * 1a2b3c4"; null for other checks, and for what says no percentage.
 */
export function codecovCoverage(check: Check): number | null {
  if (check.app !== 'codecov' && !check.name.startsWith('codecov/')) return null;
  if (check.name.includes('patch')) return null;
  const share = /(\d{1,3}(?:\.\d+)?)\s*%/.exec(check.summary ?? '')?.[1];
  if (share === undefined) return null;
  const value = Number(share);
  return value <= 100 ? value : null;
}
