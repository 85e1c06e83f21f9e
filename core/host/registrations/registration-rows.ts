import type { KeptBinding } from '../../analysis/registrar/bindings.ts';
import type { KeptEvent, Registration } from '../../analysis/registrar/registration.ts';
import type { Binding, RegistrationEvent, RegistrationRow, RegistrationState } from '../../contract/registrations.ts';
import { endText } from '../end-text.ts';
import type { Session } from '../session.ts';

/** Challenges without credentials in a row from which on it is no accident that none came. */
const MANY = 2;

/** What a registration is at the end of the capture. A binding that is still valid makes it registered, whatever came later. */
export function stateOf(registration: Registration): RegistrationState {
  const { bindings, last, pending, onlyQueries, lastStatus } = registration;
  if (bindings.list.some(({ ended }) => ended === 'open')) return onlyQueries ? 'queried' : 'registered';
  if (pending && last === null) return 'pending';
  switch (last) {
    case 'challenged':
      return 'challenged';
    case 'refused':
    case 'failed':
      return lastStatus === 408 ? 'timed-out' : 'rejected';
    case 'unanswered':
      return 'timed-out';
    case 'expired':
      return 'expired';
    case 'queried':
      return onlyQueries ? 'queried' : 'unregistered';
    case 'bound':
    case 'refreshed':
      // Accepted, and the answer named nothing that was kept.
      return 'registered';
    default:
      return last === null ? 'pending' : 'unregistered';
  }
}

/** A registration as it is told. */
export function registrationRow(session: Session, registration: Registration, id: number): RegistrationRow {
  const { analysis, tally } = session;
  const { messages } = analysis;
  const { firstRow, latestRow, bindings, calls } = registration;
  const ts = (time: number): string => tally.when(time) ?? '';
  const numbers = [...calls].filter((call) => call !== 0);
  return {
    id,
    aor: registration.aor,
    state: stateOf(registration),
    explanation: explanation(session, registration),
    registrar: destination(session, firstRow),
    source: source(session, firstRow),
    active: bindings.active.length,
    bindings: bindings.list.map((binding) => bindingOf(session, binding)),
    registers: registration.registers,
    refreshes: registration.refreshes,
    challenged: registration.challenged,
    failures: registration.failures,
    challenges: registration.challenges.map((challenge) => ({ ...challenge })),
    answeredRealms: [...registration.answeredRealms],
    realmMismatch: mismatch(registration),
    thirdParty: registration.by !== null,
    by: registration.by,
    serviceRoute: registration.serviceRoute,
    associatedUris: registration.associated,
    callIds: numbers.map((call) => messages.callIds.text(call) ?? ''),
    calls: numbers,
    start: ts(messages.time.get(firstRow)),
    end: ts(messages.time.get(Math.max(latestRow, registration.lastRow))),
    events: registration.events.map((event) => eventOf(session, event)),
    moreEvents: registration.moreEvents,
  };
}

function source(session: Session, row: number): string {
  const { messages } = session.analysis;
  return endText(session, messages.src.get(row), messages.sport.get(row), messages.transport.get(row));
}

function destination(session: Session, row: number): string {
  const { messages } = session.analysis;
  return endText(session, messages.dst.get(row), messages.dport.get(row), messages.transport.get(row));
}

function bindingOf(session: Session, binding: KeptBinding): Binding {
  const { tally, analysis } = session;
  const { contact, until } = binding;
  return {
    contact: contact.uri,
    from: tally.when(binding.from) ?? '',
    until: tally.when(until),
    ended: binding.ended,
    expires: contact.expires,
    asked: binding.asked,
    refreshes: binding.refreshes,
    frame: analysis.messages.frame.get(binding.row),
    q: contact.q,
    instance: contact.instance,
    regId: contact.regId,
    pubGruu: contact.pubGruu,
    tempGruu: contact.tempGruu,
    path: binding.path,
    source: source(session, binding.sourceRow),
    userAgent: binding.userAgent,
    own: binding.own,
  };
}

function eventOf({ analysis, tally }: Session, { time, row, what, status, detail }: KeptEvent): RegistrationEvent {
  const { messages } = analysis;
  const call = messages.callId.get(row);
  return {
    ts: tally.when(time) ?? '',
    frame: messages.frame.get(row),
    callId: messages.callIds.text(call) ?? '',
    call: call === 0 ? null : call,
    what,
    status: status === 0 ? null : status,
    explanation: sentence(what, status, detail),
  };
}

function sentence(what: KeptEvent['what'], status: number, detail: string): string {
  switch (what) {
    case 'bound':
      return `Bound ${detail}`;
    case 'refreshed':
      return `Refreshed ${detail}`;
    case 'removed':
      return detail === '' ? 'Removed; nothing was bound' : `Removed ${detail}`;
    case 'queried':
      return detail === '' ? 'Asked for the bindings: there are none' : `Asked for the bindings: ${detail}`;
    case 'challenged':
      return `Challenged with ${status}: ${detail === '' ? 'without a realm' : detail}`;
    case 'refused':
      return `Credentials refused with ${status}${detail === '' ? '' : `: ${detail}`}`;
    case 'failed':
      return `Refused with ${status}${detail === '' ? '' : `; ${detail}`}`;
    case 'unanswered':
      return 'Nobody answered';
    default:
      return `Expired: ${detail} was not refreshed in time`;
  }
}

function realmsOf({ challenges }: Registration): string {
  const realms = new Set(challenges.flatMap(({ realm }) => realm ?? []));
  return [...realms].map((realm) => `“${realm}”`).join(', ');
}

/** Where the client answers for another realm than it is asked for, or never answers although it keeps trying. */
function mismatch(registration: Registration): string | null {
  const { wrongRealm, unansweredChallenges, answeredRealms } = registration;
  if (wrongRealm !== null)
    return `The registrar asks for realm “${wrongRealm.asked}”, and the client answers for “${wrongRealm.given}”: set the client to the registrar's realm`;
  if (unansweredChallenges < MANY || realmsOf(registration) === '') return null;
  const before = answeredRealms.size === 0 ? 'never' : 'no longer';
  return `The client was asked for realm ${realmsOf(registration)} ${unansweredChallenges} times and ${before} answered: it is probably set to another realm (Kamailio's uac logs “realms do not match”), or has no password for this one`;
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** What is wrong, else what is. */
function explanation(session: Session, registration: Registration): string {
  const { refused, challenged, bindings, refreshes, lastStatus, last, by } = registration;
  const wrong = mismatch(registration);
  if (wrong !== null) return wrong;
  const { messages } = session.analysis;
  const frame = `frame ${messages.frame.get(registration.lastRow)}`;
  switch (stateOf(registration)) {
    case 'registered': {
      const [first] = bindings.active;
      const granted = first?.contact.expires ?? null;
      const late = last === 'refused' || last === 'failed' || last === 'unanswered';
      const now = `${bindings.active.length} contact${bindings.active.length === 1 ? '' : 's'} bound${granted === null ? '' : ` for ${granted} s`}, ${refreshes === 0 ? 'not refreshed yet' : `refreshed ${times(refreshes)}`}`;
      const third = by === null ? '' : `, by ${by} on its behalf`;
      return late
        ? `${now}; the latest REGISTER ${last === 'unanswered' ? 'was not answered' : `was refused with ${lastStatus}`} (${frame}), so the binding will run out`
        : `${now}${third}`;
    }
    case 'rejected':
      return last === 'refused'
        ? `The registrar refused the credentials ${times(refused)}, last with ${lastStatus} (${frame}): wrong password, user or algorithm`
        : `The REGISTER was refused with ${lastStatus} (${frame})`;
    case 'challenged':
      return `Challenged${realmsOf(registration) === '' ? '' : ` for realm ${realmsOf(registration)}`} (${frame}), and no credentials followed in what the capture shows`;
    case 'timed-out':
      return lastStatus === 408 ? `Refused with 408 (${frame})` : `Nobody answered the REGISTER (${frame})`;
    case 'expired':
      return 'The binding ran out: it was not refreshed in time';
    case 'unregistered':
      return `Removed by the client (${frame})`;
    case 'queried':
      return `Only asked for the bindings: ${bindings.active.length === 0 ? 'there are none' : bindings.active.length}`;
    default:
      return challenged > 0 ? 'Challenged; the answer is not in the capture' : 'The answer is not in the capture yet';
  }
}
