import type { IncomingMessage } from 'node:http';
import * as v from 'valibot';
import { ContractError } from '../../contract/api.ts';
import { bounds } from '../guard-schemas.ts';

/** Bytes of a question in JSON. */
const MAX_BODY = 64 << 10;

const ports = v.pipe(
  v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(65_535))),
  v.maxLength(bounds.ports),
  v.readonly(),
);
const number = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(4096));

export const openSchema = v.strictObject({
  what: v.variant('kind', [
    v.strictObject({ kind: v.literal('sample') }),
    v.strictObject({ kind: v.literal('offered'), id: text }),
    v.strictObject({
      kind: v.literal('uploads'),
      ids: v.pipe(v.array(v.pipe(v.string(), v.maxLength(64))), v.minLength(1), v.maxLength(512), v.readonly()),
    }),
    v.strictObject({ kind: v.literal('again'), id: number }),
  ]),
  ports,
});
export const closeSchema = v.strictObject({ id: number });

/** The body of a question, if it is one of `schema`; throws ContractError `bad-request`. */
export async function bodyOf<Schema extends v.GenericSchema>(
  request: IncomingMessage,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  // Not destroyed when it is too long: the answer goes over the same socket.
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BODY) throw wrong();
    parts.push(part);
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    throw wrong();
  }
  const looked = v.safeParse(schema, value, { abortEarly: true });
  if (!looked.success) throw wrong();
  return looked.output;
}

function wrong(): ContractError {
  return new ContractError('bad-request', 'The server does not understand this question.');
}
