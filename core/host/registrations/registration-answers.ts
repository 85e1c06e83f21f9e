import { MOST_AORS, MOST_REGISTERS, registrations, type Registered } from '../../analysis/registrar/index.ts';
import type { Registration } from '../../analysis/registrar/registration.ts';
import { replication, type Replicated } from '../../analysis/registrar/replication.ts';
import type {
  RegistrationRow,
  RegistrationState,
  RegistrationsQuery,
  RegistrationsView,
  ReplicationRow,
} from '../../contract/registrations.ts';
import { endText } from '../end-text.ts';
import type { Exported } from '../export-table.ts';
import { Kept, Turns } from '../kept.ts';
import type { OpenCapture } from '../open-capture.ts';
import {
  registrationCells,
  registrationColumns,
  replicationCells,
  replicationColumns,
} from './registration-columns.ts';
import { registrationRow, stateOf } from './registration-rows.ts';
import { replicationView } from './replication-rows.ts';
import type { Session } from '../session.ts';

/** Rows that one answer holds at most. */
const MOST_ROWS = 1000;
/** Registrations looked at between two stops. */
const STOP = 4096;

interface Found {
  readonly registered: Registered;
  readonly replicated: Replicated;
}

/** Made with the first question, after all of the capture was read. */
const known = new WeakMap<OpenCapture, Kept<Found>>();

function foundIn(open: OpenCapture, signal: AbortSignal): Promise<Found> {
  let kept = known.get(open);
  if (kept === undefined) {
    kept = new Kept(open.session, (stop) => find(open.session, stop));
    known.set(open, kept);
  }
  return kept.get(signal);
}

async function find(session: Session, signal: AbortSignal): Promise<Found> {
  const { analysis, lookBack } = session;
  const bytesOf = (row: number): Uint8Array => lookBack.bytesOf(row);
  const turns = new Turns(signal);
  const registered = await run(registrations(analysis, bytesOf, analysis.now), turns);
  const source = (row: number): string => endOfRow(session, row);
  const replicated = await run(replication(analysis, bytesOf, source, analysis.now), turns);
  return { registered, replicated };
}

async function run<Result>(work: Generator<void, Result>, turns: Turns): Promise<Result> {
  let step = work.next();
  while (step.done !== true) {
    await turns.next();
    step = work.next();
  }
  return step.value;
}

function endOfRow(session: Session, row: number): string {
  const { messages } = session.analysis;
  return endText(session, messages.src.get(row), messages.sport.get(row), messages.transport.get(row));
}

export async function registrationsView(
  open: OpenCapture,
  query: RegistrationsQuery,
  signal: AbortSignal,
): Promise<RegistrationsView> {
  const { registered, replicated } = await foundIn(open, signal);
  const { session } = open;
  const { list, left } = registered;
  const states: Partial<Record<RegistrationState, number>> = {};
  const picked: number[] = [];
  const search = query.search?.trim().toLowerCase() ?? '';
  const wanted = query.states === undefined ? null : new Set(query.states);
  const turns = new Turns(signal);
  for (const [index, registration] of list.entries()) {
    if (index % STOP === STOP - 1) await turns.next();
    if (!matches(session, registration, search)) continue;
    const state = stateOf(registration);
    states[state] = (states[state] ?? 0) + 1;
    if (wanted === null || wanted.has(state)) picked.push(index);
  }
  const rows = picked
    .slice(query.from, query.from + Math.min(MOST_ROWS, query.count))
    .map((index) => registrationRow(session, list[index] as Registration, index + 1));
  return {
    rows,
    total: picked.length,
    all: list.length,
    states,
    replication: replicationView(session, replicated),
    start: session.tally.when(session.tally.start),
    end: session.tally.when(session.tally.end),
    notes: notesOf(left, replicated.left),
  };
}

function notesOf(registers: number, replicated: number): string[] {
  const notes: string[] = [];
  if (registers > 0)
    notes.push(
      `${registers} REGISTERs were not looked at: no more than ${MOST_REGISTERS} are, of no more than ${MOST_AORS} addresses of record`,
    );
  if (replicated > 0) notes.push(`${replicated} KDMQ requests were not looked at`);
  return notes;
}

function matches(session: Session, registration: Registration, search: string): boolean {
  if (search === '') return true;
  const { aor, by, bindings, latestRow, firstRow } = registration;
  const { messages } = session.analysis;
  const texts = [
    aor,
    by ?? '',
    endOfRow(session, firstRow),
    session.addresses.text(messages.dst.get(latestRow)),
    ...bindings.list.map(({ contact }) => contact.uri),
  ];
  return texts.some((text) => text.toLowerCase().includes(search));
}

export async function registrationTable(open: OpenCapture, signal: AbortSignal): Promise<Exported<RegistrationRow>> {
  const { registered } = await foundIn(open, signal);
  const { session } = open;
  const made = function* made(): Generator<RegistrationRow> {
    for (const [index, registration] of registered.list.entries())
      yield registrationRow(session, registration, index + 1);
  };
  return { rows: made(), columns: registrationColumns, cells: registrationCells };
}

export async function replicationTable(open: OpenCapture, signal: AbortSignal): Promise<Exported<ReplicationRow>> {
  const { replicated } = await foundIn(open, signal);
  const { rows } = replicationView(open.session, replicated);
  return { rows, columns: replicationColumns, cells: replicationCells };
}
