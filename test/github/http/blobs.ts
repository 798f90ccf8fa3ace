import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.js';

interface Blob {
  readonly bytes: () => Uint8Array;
  readonly contentType: string;
  readonly fileName: string;
  readonly expiresAt: number;
  /** The answer ends in the middle. */
  readonly cut: boolean;
}

/** How long a signed address is good for. */
const lifetime = 60_000;

/** The second origin: signed addresses that anybody may use for a minute, and that refuse tokens. */
export class Blobs {
  readonly #blobs = new Map<string, Blob>();
  readonly #clock: Clock;
  /** Where it can be reached. */
  url = '';

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A signed address for some bytes. */
  sign(bytes: () => Uint8Array, contentType: string, fileName: string, cut = false): string {
    const signature = randomBytes(16).toString('hex');
    this.#blobs.set(signature, { bytes, contentType, fileName, expiresAt: this.#clock.now + lifetime, cut });
    const expiry = new Date(this.#clock.now + lifetime).toISOString();
    return `${this.url}/actions-results/${encodeURIComponent(fileName)}?se=${encodeURIComponent(expiry)}&sig=${signature}`;
  }

  serve(request: IncomingMessage, response: ServerResponse): void {
    response.setHeader('access-control-allow-origin', '*');
    if (request.method === 'OPTIONS') {
      response.writeHead(204, { 'access-control-allow-headers': '*' }).end();
      return;
    }
    if (request.headers.authorization !== undefined) {
      refuse(response, 'InvalidAuthenticationInfo', 'Authentication information is not given in the correct format.');
      return;
    }
    const blob = this.#blobs.get(new URL(request.url ?? '/', this.url).searchParams.get('sig') ?? '');
    if (blob === undefined || blob.expiresAt < this.#clock.now) {
      refuse(response, 'AuthenticationFailed', 'Signature not valid in the specified time frame.');
      return;
    }
    const bytes = blob.bytes();
    response.writeHead(200, {
      'content-type': blob.contentType,
      'content-length': bytes.length,
      'content-disposition': `attachment; filename="${blob.fileName}"`,
    });
    if (!blob.cut) response.end(bytes);
    else response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  }
}

function refuse(response: ServerResponse, code: string, message: string): void {
  response.writeHead(403, { 'content-type': 'application/xml' });
  response.end(
    `﻿<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
}
