import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Bytes of a token and of a session's secret: 256 bits. */
const SECRET = 32;
/** Browsers that can be signed in at a time; the one that came first goes. */
const MAX_SESSIONS = 64;
/** Addresses that were printed and not used yet. */
const MAX_TOKENS = 8;

/**
 * Who may ask: whoever brought a token that the command printed, once, and from then on the cookie that was given for
 * it. Tokens and secrets are kept as hashes and compared in constant time.
 */
export class Access {
  /** Cookies know no ports: a name of its own keeps two servers on one host apart. */
  readonly cookieName = `sipglass-${randomBytes(6).toString('hex')}`;
  private readonly tokens: Buffer[] = [];
  private readonly sessions: Buffer[] = [];

  /** A token for one more browser. */
  newToken(): string {
    return issue(this.tokens, MAX_TOKENS);
  }

  /** Uses up a token; false for one that is none, or was used before. */
  use(token: string): boolean {
    const at = find(this.tokens, token);
    if (at !== -1) this.tokens.splice(at, 1);
    return at !== -1;
  }

  /** A Set-Cookie header for a browser that brought a token. */
  newCookie(): string {
    return `${this.cookieName}=${issue(this.sessions, MAX_SESSIONS)}; Path=/; HttpOnly; SameSite=Strict`;
  }

  /** Whether a Cookie header holds the secret of a session. */
  knows(cookies: string | undefined): boolean {
    const start = `${this.cookieName}=`;
    return (cookies ?? '')
      .split(';')
      .map((cookie) => cookie.trim())
      .some((cookie) => cookie.startsWith(start) && find(this.sessions, cookie.slice(start.length)) !== -1);
  }
}

function issue(kept: Buffer[], most: number): string {
  const secret = randomBytes(SECRET).toString('base64url');
  kept.push(hash(secret));
  if (kept.length > most) kept.shift();
  return secret;
}

/** All are compared, so that the time says nothing about which. */
function find(kept: readonly Buffer[], secret: string): number {
  const hashed = hash(secret);
  let found = -1;
  for (const [at, one] of kept.entries()) if (timingSafeEqual(one, hashed)) found = at;
  return found;
}

function hash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
