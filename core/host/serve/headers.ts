import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/**
 * What the page may do. `self` is the only source of anything; nothing is inline; nobody may frame it; it can't send a
 * form. `blob:` and `data:` images are drawings on their way to the clipboard or a file.
 */
function policy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob: data:",
    // Not all browsers count WebSockets to the same place as 'self'.
    `connect-src 'self' ws://${host}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** Headers of every answer. `host` is a Host header that was looked at. */
export function safeHeaders(host: string): OutgoingHttpHeaders {
  return {
    'Content-Security-Policy': policy(host),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), payment=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };
}

/** An answer to whoever may not ask, or asks something that isn't there: a page of one sentence, no script, no style. */
export function refuse(
  response: ServerResponse,
  status: number,
  sentence: string,
  extra: OutgoingHttpHeaders = {},
): void {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>Sipglass</title><p>${sentence}</p></html>\n`;
  response.writeHead(status, {
    ...safeHeaders('127.0.0.1'),
    'Cache-Control': 'no-store',
    'Content-Type': 'text/html; charset=utf-8',
    // What of a body may still come is not read.
    Connection: 'close',
    ...extra,
  });
  response.end(page);
}

export function json(response: ServerResponse, host: string, status: number, value: unknown): void {
  response.writeHead(status, {
    ...safeHeaders(host),
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json; charset=utf-8',
    ...(status >= 400 ? { Connection: 'close' } : {}),
  });
  response.end(JSON.stringify(value));
}
