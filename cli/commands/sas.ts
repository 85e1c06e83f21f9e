import type { Command } from 'commander';
import type {
  SecurityAssociationRow,
  SecurityList,
  SecurityRegistration,
  TypedKeyRow,
} from '../../core/contract/security.ts';
import { captureOptions, withCapture, type CaptureOptions } from '../capture.ts';
import { say } from '../complain.ts';
import { colours, withOutput } from '../output.ts';
import { forTerminal } from '../wire-text.ts';

export function sas(program: Command): void {
  captureOptions(
    program
      .command('sas')
      .description('IPsec security associations: whose, what opened them, and why the others stayed closed'),
  )
    .option('--json', 'one JSON object a line: registrations, then associations, then typed keys')
    .action(async (inputs: readonly string[], options: CaptureOptions & { readonly json?: boolean }) => {
      const found = await withCapture(inputs, options, {}, (client) => client.ask('securityAssociations', {}));
      await withOutput(undefined, inputs, (output) =>
        output.write(options.json === true ? asJson(found) : asText(found)),
      );
      if (found.leftOut > 0) say(`warning: ${found.leftOut} more were met than are listed`);
      if (found.registrations.length + found.associations.length === 0) {
        say('there is neither IPsec ESP in this capture nor a REGISTER that agrees on it');
      }
    });
}

function asJson({ registrations, associations, typed }: SecurityList): string {
  const lines = [
    ...registrations.map((row) => ({ type: 'registration', ...row })),
    ...associations.map((row) => ({ type: 'association', ...row })),
    ...typed.map((row) => ({ type: 'key', ...row })),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

function asText({ registrations, associations, typed }: SecurityList): string {
  const lines: string[] = [];
  for (const one of registrations) {
    lines.push(...registrationLines(one));
    for (const row of associations) if (row.registration === one.id) lines.push(...associationLines(row));
    lines.push('');
  }
  const others = associations.filter(({ registration }) => registration === null);
  if (others.length > 0) {
    lines.push(colours.bold('Security associations that no registration in the capture names'));
    for (const row of others) lines.push(...associationLines(row));
    lines.push('');
  }
  if (typed.length > 0) {
    lines.push(colours.bold('Keys that were typed'));
    for (const key of typed) lines.push(typedLine(key));
    lines.push('');
  }
  return lines.map((line) => `${line}\n`).join('');
}

function registrationLines(one: SecurityRegistration): string[] {
  const { id, impi, impu, callId, frame, ue, pcscf, chosen, keys, replacedBy, differences } = one;
  const who = impi ?? impu ?? 'unknown subscriber';
  const agreed = chosen === null ? 'no algorithms in common' : `${chosen.alg ?? 'no alg'}, ${chosen.ealg}`;
  const source = keys === null ? 'no IK and CK known' : `keys: ${keys.text}`;
  const after = replacedBy === null ? '' : `; registration ${replacedBy} took its place`;
  return [
    colours.bold(forTerminal(`Registration ${id}: ${who}`)),
    forTerminal(`  ${ue} ↔ ${pcscf}, frame ${frame}, Call-ID ${callId}`),
    forTerminal(`  ${agreed}; ${source}${after}`),
    ...differences.map(({ text, frames }) =>
      colours.yellow(forTerminal(`  ! ${text}${frames.length === 0 ? '' : ` (frames ${frames.join(', ')})`}`)),
    ),
  ];
}

const marks = {
  open: '✓ open',
  guessed: '~ guessed',
  'wrong-key': '✗ wrong key',
  closed: '✗ closed',
  unseen: '- unseen',
} as const;

function associationLines(row: SecurityAssociationRow): string[] {
  const { state, spi, src, sport, dst, dport, encryption, authentication, packets, opened, icv, replays, mode } = row;
  const end = (address: string, port: number | null): string =>
    `${address.includes(':') ? `[${address}]` : address}${port === null ? '' : `:${port}`}`;
  const colour = state === 'open' ? colours.green : state === 'unseen' ? colours.dim : colours.yellow;
  const verdicts = [
    ...(icv.good > 0 ? [`ICV good ${icv.good}`] : []),
    ...(icv.bad > 0 ? [`bad ${icv.bad}`] : []),
    ...(icv.unchecked > 0 ? [`unchecked ${icv.unchecked}`] : []),
    ...(replays > 0 ? [`replayed ${replays}`] : []),
  ];
  const counts = packets === 0 ? '' : `  ${[`${opened} of ${packets} packets`, ...verdicts].join(', ')}`;
  const tunnel = mode === 'tunnel' ? ', tunnel' : '';
  return [
    `  ${colour(marks[state].padEnd(11))}  ${spi}  ${end(src, sport)} → ${end(dst, dport)}  ${encryption}, ${authentication}${tunnel}${counts}`,
    ...(row.keys === null || state === 'unseen'
      ? []
      : [colours.dim(forTerminal(`               key: ${keyText(row)}`))]),
    ...(row.reason === '' ? [] : [colours.dim(forTerminal(`               ${row.reason}`))]),
  ];
}

function keyText({ keys, encryptionKey, authenticationKey }: SecurityAssociationRow): string {
  const parts = [
    ...(encryptionKey === null ? [] : [`encryption ${encryptionKey.bits} bits #${encryptionKey.fingerprint}`]),
    ...(authenticationKey === null
      ? []
      : [`authentication ${authenticationKey.bits} bits #${authenticationKey.fingerprint}`]),
  ];
  return [keys?.text ?? '', ...parts].join(', ');
}

function typedLine({ kind, source, subscriber, spi, state, reason }: TypedKeyRow): string {
  const what =
    kind === 'pair' ? `IK/CK${subscriber === null ? '' : ` of ${subscriber}`}` : `SA ${spi ?? 'for any SPI'}`;
  const colour = state === 'used' ? colours.green : colours.yellow;
  return `  ${colour(state.padEnd(6))}  ${forTerminal(`${what} (${source}): ${reason}`)}`;
}
