import type { Command } from 'commander';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { callOption, callsOf, type CallOptions } from '../calls-asked.ts';
import { say } from '../complain.ts';
import { checkLegs, legChoices, legOptions, type LegOptions } from '../leg-options.ts';
import { withOutput } from '../output.ts';

interface ExtractOptions extends CaptureOptions, CallOptions, LegOptions {
  readonly output: string;
  readonly media: boolean;
  readonly decrypted?: boolean;
  readonly withLegs?: boolean;
}

export function extract(program: Command): void {
  legOptions(
    callOption(
      captureOptions(program.command('extract').description('only some calls, with their RTP, as a pcapng'), {
        filter: true,
      }),
    ),
  )
    .requiredOption('-o, --output <file>', 'the pcapng to write; “-” for standard output')
    .option('--decrypted', 'what was inside IPsec ESP, as plain packets')
    .option('--with-legs', 'also all other legs of the calls (across a B2BUA or SBC)')
    .option('--no-media', 'leave RTP and RTCP out')
    .action(async (inputs: readonly string[], options: ExtractOptions) => {
      const calls = callsOf(options);
      const { packets, messages, media, mixedLinks, sharedConnections } = await withCapture(
        inputs,
        options,
        {},
        async (client) => {
          await checkLegs(client, options);
          return withOutput(options.output, inputs, (output) =>
            client.ask(
              'extract',
              {
                ...calls,
                media: options.media,
                decrypted: options.decrypted === true,
                ...(options.withLegs === true ? { withLegs: true, ...legChoices(options) } : {}),
              },
              { onChunk: (chunk) => output.write(chunk) },
            ),
          );
        },
      );
      say(`${packets} packets written: ${messages} SIP messages, ${media} packets of media`);
      if (sharedConnections > 0) {
        const those = sharedConnections === 1 ? 'a TCP connection' : `${sharedConnections} TCP connections`;
        say(`note: ${those} also carried what is not of these calls; it was left out, so that bytes are missing there`);
      }
      if (mixedLinks)
        say('warning: the packets are of several link types; Wireshark reads such a file, tcpdump and sngrep do not');
    });
}
