import * as v from 'valibot';
import { ContractError, type MethodName } from '../contract/api.ts';
import type { Answering, Handlers } from '../contract/channel.ts';
import { visible } from '../ladder/visible.ts';
import { schemas } from './guard-schemas.ts';

/** Characters of a stranger's word that are repeated to them. */
const WORD = 60;

type Handler = (params: unknown, answering: Answering) => unknown;

/**
 * Handlers for a pipe that anybody may talk into (a browser's page, a window): parameters are looked at first, and what
 * no question takes is answered with `bad-request` and one sentence. `open` is refused: which files are read is for the
 * surroundings to say, and the page asks `opened`.
 */
export function guarded(handlers: Handlers): Handlers {
  const entries = Object.entries(handlers as Readonly<Record<MethodName, Handler>>) as [MethodName, Handler][];
  const checked = entries.map(([name, handler]) => [name, name === 'open' ? refuse : check(name, handler)] as const);
  return Object.fromEntries(checked) as unknown as Handlers;
}

function refuse(): never {
  throw new ContractError('bad-request', 'this host was given its capture already; ask “opened”');
}

function check(name: MethodName, handler: Handler): Handler {
  const schema: v.GenericSchema = schemas[name];
  return (params, answering) => {
    const looked = v.safeParse(schema, params, { abortEarly: true });
    if (!looked.success) throw new ContractError('bad-request', wrong(name, looked.issues[0]));
    return handler(looked.output, answering);
  };
}

function wrong(name: MethodName, issue: v.BaseIssue<unknown>): string {
  const place = (issue.path ?? []).map(({ key }) => String(key)).join('.');
  const where = place === '' ? 'its parameters' : `“${visible(place.slice(0, WORD))}”`;
  const expected = issue.expected === 'never' || issue.expected === null ? '' : ` (expected: ${issue.expected})`;
  return `the question “${name}” does not take this for ${where}${expected}`;
}
