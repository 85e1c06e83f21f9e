import { ContractError } from '../../core/contract/api.ts';
import type { ServeProblem } from '../../core/contract/serve.ts';

const unreachable =
  '“sipglass serve” does not answer: it was ended, or the connection to its machine is gone. Start it again and open the address it prints.';

/** Asks the server this page came from; rejects with a ContractError of one sentence. */
export async function fromServer<Answer>(address: string, question?: object, signal?: AbortSignal): Promise<Answer> {
  const how: RequestInit =
    question === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(question) };
  let response: Response;
  try {
    response = await fetch(address, { ...how, cache: 'no-store', ...(signal === undefined ? {} : { signal }) });
  } catch {
    throw signal?.aborted === true ? cancelled() : new ContractError('internal', unreachable);
  }
  return answerOf(response.status, await response.text()) as Answer;
}

/** What the server said, or what it says is wrong. */
export function answerOf(status: number, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ContractError('internal', unreachable);
  }
  if (status === 200) return value;
  throw new ContractError(status === 404 ? 'not-found' : 'bad-request', isProblem(value) ? value.message : unreachable);
}

export function cancelled(): ContractError {
  return new ContractError('cancelled', 'cancelled');
}

export function serverGone(): ContractError {
  return new ContractError('internal', unreachable);
}

function isProblem(value: unknown): value is ServeProblem {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';
}
