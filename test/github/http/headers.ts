import { randomBytes } from 'node:crypto';
import { sha256 } from '../state/artifact.js';
import type { Token } from '../state/user.js';
import type { World } from '../state/world.js';
import type { Limit } from './rate-limits.js';

export const apiVersion = '2022-11-28';

const exposed =
  'ETag, Link, Location, Retry-After, X-GitHub-OTP, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Used, X-RateLimit-Resource, X-RateLimit-Reset, X-OAuth-Scopes, X-Accepted-OAuth-Scopes, X-Poll-Interval, X-GitHub-Media-Type, X-GitHub-SSO, X-GitHub-Request-Id, Deprecation, Sunset, X-GitHub-Enterprise-Version, Date';

/** The headers of every answer. */
export function commonHeaders(world: World): Record<string, string> {
  return {
    server: 'github.com',
    date: new Date(world.clock.now).toUTCString(),
    'access-control-allow-origin': '*',
    'access-control-expose-headers': exposed,
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': randomBytes(12).toString('hex').toUpperCase(),
    ...(world.profile === 'github.com' ? {} : { 'x-github-enterprise-version': '3.19.1' }),
    vary: 'Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding, Accept, X-Requested-With',
  };
}

export function scopeHeaders(token: Token | undefined, accepted: readonly string[]): Record<string, string> {
  if (token === undefined) return {};
  if (token.scopes === null) return { 'x-accepted-github-permissions': 'metadata=read' };
  return { 'x-oauth-scopes': token.scopes.join(', '), 'x-accepted-oauth-scopes': accepted.join(', ') };
}

/** None on an Enterprise Server, which has no limits unless somebody sets them. */
export function limitHeaders(limit: Limit | undefined): Record<string, string> {
  if (limit === undefined) return {};
  return {
    'x-ratelimit-limit': String(limit.limit),
    'x-ratelimit-remaining': String(limit.remaining),
    'x-ratelimit-used': String(limit.used),
    'x-ratelimit-reset': String(limit.reset),
    'x-ratelimit-resource': 'core',
  };
}

/** It depends on the token: another token, another ETag for the same body. */
export function etagOf(token: string | undefined, body: string): string {
  return `W/"${sha256(`${token ?? ''}\0${body}`)}"`;
}
