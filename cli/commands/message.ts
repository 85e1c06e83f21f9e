import type { Command } from 'commander';
import type { MessageDetail, Sdp } from '../../core/contract/model.ts';
import { captureOptions, wholeNumber, withCapture, type CaptureOptions } from '../capture.ts';
import { say, UsageError } from '../complain.ts';
import type { LocalClient } from '../../core/host/local.ts';
import { colours, withOutput } from '../output.ts';
import { forTerminal, where } from '../wire-text.ts';

/** Rows asked for at a time. */
const PAGE = 1000;

interface MessageOptions extends CaptureOptions {
  readonly frame?: number;
  readonly json?: boolean;
}

export function message(program: Command): void {
  captureOptions(program.command('message').description('messages in full: headers, body, decoded SDP'), {
    filter: true,
  })
    .option('--frame <number>', 'the packet that completed it', wholeNumber)
    .option('--json', 'one JSON object a message')
    .action(async (inputs: readonly string[], options: MessageOptions) => {
      const { frame, filter } = options;
      if ((frame === undefined) === (filter === undefined)) {
        throw new UsageError('which message? Name its frame with --frame, or select some with --filter');
      }
      await withCapture(inputs, options, {}, (client) =>
        withOutput(undefined, inputs, async (output) => {
          const show = (detail: MessageDetail): Promise<void> =>
            output.write(options.json === true ? `${JSON.stringify(detail)}\n` : `${asText(detail)}\n`);
          if (frame !== undefined) for (const detail of await client.ask('message', { frame })) await show(detail);
          if (filter !== undefined) await eachMatching(client, filter, show);
        }),
      );
    });
}

/** Looks at one message after the other, so that any number of them can match. */
async function eachMatching(
  client: LocalClient,
  filter: string,
  show: (detail: MessageDetail) => Promise<void>,
): Promise<void> {
  for (let from = 0, total = 1; from < total; from += PAGE) {
    const page = await client.ask('messages', { from, count: PAGE, filter });
    ({ total } = page);
    if (total === 0) say('no message matches');
    for (const { row } of page.rows) for (const detail of await client.ask('message', { row })) await show(detail);
  }
}

function asText(detail: MessageDetail): string {
  const { dim, bold, yellow, cyan } = colours;
  const { call, retransmissionOf, copyOf } = detail.row;
  const notes = [
    call === null ? 'no call' : `call ${call}`,
    ...(retransmissionOf === null ? [] : [`retransmission of #${retransmissionOf}`]),
    ...(copyOf === null ? [] : [`copy of #${copyOf}`]),
  ];
  const lines = [dim(`${where(detail.row)}  ${notes.join(', ')}`), bold(forTerminal(detail.startLine))];
  for (const { name, value } of detail.headers) lines.push(`${cyan(forTerminal(name))}: ${forTerminal(value)}`);
  for (const part of detail.parts) {
    lines.push(
      '',
      dim(`${forTerminal(part.contentType ?? 'body without Content-Type')}, ${part.end - part.at} bytes`),
      part.text === null ? dim('(not text)') : forTerminal(part.text.trimEnd(), true),
    );
    if (part.sdp !== null) lines.push('', ...sdpLines(part.sdp));
  }
  for (const { text, at } of detail.faults)
    lines.push(yellow(`! ${forTerminal(text)}${at === null ? '' : ` (byte ${at})`}`));
  return `${lines.join('\n')}\n`;
}

/** One line a media section: what it asks for, in the words one would use on the phone. */
function sdpLines(sdp: Sdp): string[] {
  const lines = sdp.media.map((media) => {
    const codecs = media.codecs.map(
      ({ payloadType, name, clockRate, channels, parameters }) =>
        `${payloadType} ${name}/${clockRate}${channels > 1 ? `/${channels}` : ''}${parameters === null ? '' : ` (${parameters})`}`,
    );
    const facts = [
      `${media.type} ${media.address ?? '?'}:${media.port}`,
      media.protocol,
      media.direction,
      codecs.length > 0 ? codecs.join(', ') : media.formats.join(' '),
      media.ptimeMs === null ? 'no ptime' : `ptime ${media.ptimeMs} ms`,
      media.maxptimeMs === null ? '' : `maxptime ${media.maxptimeMs} ms`,
    ];
    return colours.green(forTerminal(`SDP  ${facts.filter((fact) => fact !== '').join('  ')}`));
  });
  for (const { line, text } of sdp.faults) lines.push(colours.yellow(forTerminal(`! SDP line ${line}: ${text}`)));
  return lines;
}
