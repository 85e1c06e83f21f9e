import type { OpenOptions } from '../core/contract/api.ts';
import type { CallRow, MessageRow } from '../core/contract/model.ts';
import type { StreamRow } from '../core/contract/streams.ts';
import { localHost, type LocalClient } from '../core/host/local.ts';

/** An open capture that was read to its end, with what the host warned of. */
export async function opened(
  inputs: string | readonly string[],
  options: Partial<OpenOptions> = {},
): Promise<{ client: LocalClient; warnings: string[] }> {
  const client = localHost();
  const warnings: string[] = [];
  client.on('warning', ({ text }) => warnings.push(text));
  await client.ask('open', { inputs: typeof inputs === 'string' ? [inputs] : inputs, ...options });
  await client.ask('done', {});
  return { client, warnings };
}

/** A table of the session as objects, through the same door as `--json`. */
export async function table<Row>(
  client: LocalClient,
  what: 'messages' | 'calls' | 'streams' | 'paths' | 'forks',
  filter?: string,
): Promise<Row[]> {
  let text = '';
  const decoder = new TextDecoder();
  await client.ask(
    'exportTable',
    { what, format: 'ndjson', ...(filter === undefined ? {} : { filter }) },
    {
      onChunk: (bytes) => {
        text += decoder.decode(bytes, { stream: true });
      },
    },
  );
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** All messages of a capture. */
export async function readAll(path: string, options: Partial<OpenOptions> = {}): Promise<MessageRow[]> {
  const { client } = await opened(path, options);
  try {
    return await table<MessageRow>(client, 'messages');
  } finally {
    await client.close();
  }
}

/** All calls of a capture. */
export async function readCalls(path: string, options: Partial<OpenOptions> = {}): Promise<CallRow[]> {
  const { client } = await opened(path, options);
  try {
    return await table<CallRow>(client, 'calls');
  } finally {
    await client.close();
  }
}

/** All RTP streams of a capture. */
export async function readStreams(path: string, options: Partial<OpenOptions> = {}): Promise<StreamRow[]> {
  const { client } = await opened(path, options);
  try {
    return await table<StreamRow>(client, 'streams');
  } finally {
    await client.close();
  }
}
