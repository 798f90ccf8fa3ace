import type { ServerResponse } from 'node:http';
import { milliseconds } from '../duration.js';
import type { Fault } from '../faults.js';
import { ApiError } from './call.js';

/** What GitHub answers when something goes wrong that has nothing to do with the operation. Undefined: the fault spoils the answer itself. */
export function failureOf(fault: Fault, now: number, byId: string): ApiError | undefined {
  switch (fault.kind) {
    case 'primary-limit': {
      const reset = Math.ceil((now + milliseconds(fault.resetIn ?? '20m')) / 1000);
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-used': '5000', 'x-ratelimit-reset': String(reset) };
      return new ApiError(fault.status ?? 403, 'API rate limit exceeded for user ID 100007.', {}, headers);
    }
    case 'secondary-limit': {
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
      return new ApiError(fault.status ?? 403, message, {}, headers);
    }
    case 'moved':
      return new ApiError(301, 'Moved Permanently', { url: byId }, { location: byId });
    case 'gone':
      return new ApiError(410, 'Artifact has expired');
    case 'sso': {
      const url = `https://github.com/orgs/${fault.organization ?? 'example'}/sso?authorization_request=A4YWQYLE`;
      const message = 'Resource protected by organization SAML enforcement.';
      return new ApiError(403, message, {}, { 'x-github-sso': `required; url=${url}` });
    }
    case 'timeout':
      return new ApiError(502, 'Server Error');
    case 'status':
      return new ApiError(fault.status, fault.message ?? 'Something went wrong.', {}, fault.headers);
    // These spoil an answer that was right.
    case 'server-error':
    case 'slow-headers':
    case 'slow-body':
    case 'silence':
    case 'reset':
    case 'truncated':
    case 'invalid-json':
    case 'content-type':
    case 'empty-page':
    case 'stale-list':
    case 'not-modified':
    case 'not-a-zip':
    case 'cut-download':
      return undefined;
  }
}

export interface Rendered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: no body. */
  readonly text: string | undefined;
}

/** Sends an answer, spoilt by a fault of the transport if there is one. */
export async function send(response: ServerResponse, answer: Rendered, fault: Fault | undefined): Promise<void> {
  if (fault?.kind === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (fault?.kind === 'silence') return;
  const { status, headers, text } = spoilt(answer, fault);
  const bytes = text === undefined ? undefined : Buffer.from(text);
  if (fault?.kind === 'slow-headers') await wait(fault.wait);
  if (fault?.kind === 'timeout') await wait(fault.wait ?? '10s');
  const length = (bytes?.length ?? 0) + (fault?.kind === 'truncated' ? 100 : 0);
  response.writeHead(status, bytes === undefined ? headers : { ...headers, 'content-length': String(length) });
  if (bytes === undefined) response.end();
  else if (fault?.kind === 'truncated') response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  else if (fault?.kind === 'slow-body') {
    response.write(bytes.subarray(0, bytes.length / 2));
    await wait(fault.wait);
    response.end(bytes.subarray(bytes.length / 2));
  } else response.end(bytes);
}

function spoilt(answer: Rendered, fault: Fault | undefined): Rendered {
  const { headers, text = '' } = answer;
  if (fault?.kind === 'server-error') {
    return { status: fault.status ?? 502, headers: { ...headers, 'content-type': html }, text: unicorn };
  }
  if (fault?.kind === 'invalid-json') return { ...answer, text: text.slice(0, Math.ceil(text.length / 2)) };
  if (fault?.kind === 'content-type')
    return { ...answer, headers: { ...headers, 'content-type': fault.value ?? html } };
  if (fault?.kind === 'not-modified') return { status: 304, headers, text: undefined };
  return answer;
}

const html = 'text/html; charset=utf-8';
const unicorn = `<!DOCTYPE html>
<html><head><title>Unicorn! &middot; GitHub</title></head>
<body><p>We had issues producing the response to your request.</p></body></html>
`;

function wait(duration: Parameters<typeof milliseconds>[0]): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds(duration)));
}
