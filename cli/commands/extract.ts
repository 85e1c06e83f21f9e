import type { Command } from 'commander';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { callOption, callsOf, type CallOptions } from '../calls-asked.ts';
import { say } from '../complain.ts';
import { withOutput } from '../output.ts';

interface ExtractOptions extends CaptureOptions, CallOptions {
  readonly output: string;
  readonly media: boolean;
  readonly decrypted?: boolean;
}

export function extract(program: Command): void {
  callOption(
    captureOptions(program.command('extract').description('only some calls, with their RTP, as a pcapng'), {
      filter: true,
    }),
  )
    .requiredOption('-o, --output <file>', 'the pcapng to write; “-” for standard output')
    .option('--decrypted', 'what was inside IPsec ESP, as plain packets')
    .option('--no-media', 'leave RTP and RTCP out')
    .action(async (inputs: readonly string[], options: ExtractOptions) => {
      const calls = callsOf(options);
      const { packets, messages, media, mixedLinks, sharedConnections } = await withCapture(
        inputs,
        options,
        {},
        (client) =>
          withOutput(options.output, inputs, (output) =>
            client.ask(
              'extract',
              { ...calls, media: options.media, decrypted: options.decrypted === true },
              { onChunk: (chunk) => output.write(chunk) },
            ),
          ),
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
