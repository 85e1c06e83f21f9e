import type { Change } from '../core/contract/model.ts';
import type { Fork, ForkBranch, Path, PathHop } from '../core/contract/paths.ts';
import { colours } from './output.ts';
import { when } from './when.ts';
import { endpoint, forTerminal } from './wire-text.ts';

const marks = { added: '+', removed: '-', changed: '~', moved: '↕' } as const;
const verdictColour = { ok: colours.green, loop: colours.red, spiral: colours.cyan, 'max-forwards': colours.red };

/** A path for people: a head, a line for each hop under the one before, what it changed, and the answers. */
export function pathText(path: Path): string {
  const { bold, dim } = colours;
  const lines = [
    `${bold(forTerminal(`${path.cseq.method} ${path.cseq.number}`))}  ${verdictColour[path.verdict](path.verdict)}  ${dim(`${when(path.start)}  call ${path.call}  ${forTerminal(path.callId)}`)}`,
    forTerminal(path.explanation),
    '',
  ];
  const depths: number[] = [];
  for (const hop of path.hops) {
    const depth = hop.before === null ? 0 : (depths[hop.before] ?? 0) + 1;
    depths.push(depth);
    lines.push(...hopLines(hop, '  '.repeat(Math.min(depth, 12))));
  }
  if (path.fork !== null) lines.push('', forkText(path.fork).trimEnd());
  if (path.roles.length > 0) {
    lines.push('');
    for (const { host, role, reasons } of path.roles)
      lines.push(forTerminal(`${host}  ${role}: ${reasons.join('; ')}`));
  }
  return `${lines.join('\n')}\n`;
}

function hopLines(hop: PathHop, indent: string): string[] {
  const { dim, bold } = colours;
  const facts = [
    hop.delayMs === null ? '' : `+${hop.delayMs} ms`,
    hop.maxForwards === null ? '' : `Max-Forwards ${hop.maxForwards}`,
    hop.sendings > 1 ? `sent ${hop.sendings} times` : '',
    hop.visit > 1 ? `time ${hop.visit} there` : '',
    hop.byResponse ? 'only responses captured' : '',
  ].filter((fact) => fact !== '');
  const lines = [
    forTerminal(`${indent}#${hop.frame}  ${endpoint(hop.src, hop.sport)} → `) +
      bold(forTerminal(endpoint(hop.dst, hop.dport))) +
      forTerminal(`  ${hop.requestUri ?? ''}`) +
      (facts.length === 0 ? '' : `  ${dim(facts.join(', '))}`),
  ];
  for (const change of hop.changes) lines.push(`${indent}      ${changeText(change)}`);
  const answers = hop.answers.map(
    ({ frame, status, reason, afterMs, delayMs }) =>
      `#${frame} ${status} ${reason ?? ''} after ${afterMs} ms${delayMs === null ? '' : ` (+${delayMs} ms)`}`,
  );
  if (answers.length > 0) lines.push(dim(forTerminal(`${indent}      ← ${answers.join(', ')}`)));
  return lines;
}

function changeText({ header, kind, before, after }: Change): string {
  const { green, red, yellow } = colours;
  const paint = kind === 'added' ? green : kind === 'removed' ? red : yellow;
  const what = before === null || after === null ? (before ?? after ?? '') : `${before} → ${after}`;
  return paint(forTerminal(`${marks[kind]} ${header}: ${what}`));
}

/** A fork for people: who forked, and a line for each branch, forks behind it further in. */
export function forkText(fork: Fork): string {
  const lines: string[] = [
    `${colours.bold(forTerminal(`${fork.method} ${fork.cseq} at ${fork.host}`))}  ${colours.dim(`${when(fork.ts)}  call ${fork.call}  ${forTerminal(fork.callId)}${fork.frame === null ? '' : `  #${fork.frame}`}`)}`,
    forTerminal(fork.explanation),
  ];
  branchLines(fork.branches, fork.kind !== 'parallel', '', lines);
  return `${lines.join('\n')}\n`;
}

const ends = {
  answered: colours.green,
  cancelled: colours.dim,
  redirected: colours.cyan,
  rejected: colours.red,
  'timed-out': colours.red,
  pending: colours.cyan,
};

function branchLines(branches: readonly ForkBranch[], numbered: boolean, indent: string, lines: string[]): void {
  for (const [at, branch] of branches.entries()) {
    const last = at === branches.length - 1;
    const attempt = numbered ? `try ${branch.attempt}  ` : '';
    lines.push(
      forTerminal(`${indent}${last ? '└─' : '├─'} ${attempt}#${branch.frame} +${branch.startMs} ms  `) +
        ends[branch.outcome](`${branch.outcome}${branch.won ? ' ✓' : ''}`) +
        forTerminal(`  ${branch.said}`),
    );
    const below = `${indent}${last ? '   ' : '│  '}`;
    for (const fork of branch.forks) {
      lines.push(forTerminal(`${below}at ${fork.host}: ${fork.explanation}`));
      branchLines(fork.branches, fork.kind !== 'parallel', below, lines);
    }
  }
}
