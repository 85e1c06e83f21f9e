import { protocol, type Session } from 'electron';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { pageScheme, pathAsked } from './page-address.ts';

/** Nothing from elsewhere, nothing inline: the page is its own files and what they draw. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.json': 'application/json',
  '.pcapng': 'application/octet-stream',
};

/** Before the app is ready: our scheme is like https, with an origin and storage of its own. */
export function announceScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the files that are in `folder` now, by their exact names and nothing else. */
export function servePage(session: Session, folder: string): void {
  const files: ReadonlyMap<string, string> = new Map(
    filesIn(folder).map((path) => [`/${relative(folder, path).split(sep).join('/')}`, path] as const),
  );
  session.protocol.handle(pageScheme, async (request) => {
    const path = files.get(pathAsked(request.url) ?? '');
    if (path === undefined || request.method !== 'GET') return new Response('not found', { status: 404 });
    return new Response(new Uint8Array(await readFile(path)), {
      headers: {
        'content-type': contentTypes[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cache-control': 'no-store',
      },
    });
  });
}

/** `recursive` of Node's own does not see into an archive of Electron. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}
