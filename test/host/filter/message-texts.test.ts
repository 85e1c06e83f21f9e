import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openInputs } from '../../../core/capture/inputs.ts';
import { needle, type Derivation, type TextColumn } from '../../../core/filter/index.ts';
import { MessageTexts } from '../../../core/host/filter/message-texts.ts';
import { Session } from '../../../core/host/session.ts';

const path = join(import.meta.dirname, '../../../fixtures/sample-day.pcapng');
const from: Derivation = { place: 'header', header: 'from', part: 'uri' };
const agent: Derivation = { place: 'header', header: 'user-agent', part: 'value' };
const waiting = { aborted: false };

let session: Session;
beforeAll(async () => {
  session = new Session([path], await openInputs([path], { spool: true }), { ports: [], streams: true });
  await session.run({ progress: () => undefined, warning: () => undefined });
});
afterAll(() => session.close());

function textsOf(column: TextColumn | undefined): (string | null)[] {
  const { count } = session.analysis.messages;
  return Array.from({ length: count }, (_, row) => column?.text(column.get(row)) ?? null);
}

async function all(part: Derivation): Promise<(string | null)[]> {
  return textsOf((await new MessageTexts(session).derive([part], waiting))[0]);
}

test('of messages without the text that is looked for nothing is read; of the others, what stands there', async () => {
  const whole = await all(from);
  const [word = ''] = /\w+@/u.exec(whole[50] ?? '') ?? [];
  const found = textsOf((await new MessageTexts(session).derive([from], waiting, [[needle(word)]]))[0]);
  expect(found.filter((text, row) => text !== null && text !== whole[row])).toEqual([]);
  expect(whole.filter((text, row) => text?.includes(word) === true && found[row] === null)).toEqual([]);
  expect(found.filter((text) => text === null).length).toBeGreaterThan(100);
});

test('a text that most messages hold spares nothing: the column is filled, and kept', async () => {
  const texts = new MessageTexts(session, 100);
  const sip = [[needle('sip')], [needle('sip')]];
  const [first, other] = await texts.derive([from, agent], waiting, sip);
  expect(textsOf(first)).toEqual(await all(from));
  expect(textsOf(other)).toEqual(await all(agent));
  const [again] = await texts.derive([from], waiting, [[needle('nobody')]]);
  expect(again).toBe(first);
  // Before it has seen so many messages, it does not know.
  const [passing] = await new MessageTexts(session, 1e6).derive([from], waiting, sip);
  expect(textsOf(passing)).toEqual(await all(from));
});

test('what was asked for of some messages is filled when there is time, if nobody stops it', async () => {
  const texts = new MessageTexts(session);
  await texts.derive([from], waiting);
  expect(texts.unfinished).toBe(false);
  await texts.derive([from], waiting, [[needle('nobody')]]);
  expect(texts.unfinished).toBe(false);
  await texts.derive([agent], waiting, [[needle('nobody')]]);
  await texts.derive([{ ...agent }], waiting, [[needle('somebody')]]);
  expect(texts.unfinished).toBe(true);
  await texts.finish({ aborted: true });
  expect(texts.unfinished).toBe(true);
  await texts.finish(waiting);
  expect(texts.unfinished).toBe(false);
  expect(textsOf((await texts.derive([agent], waiting, [[needle('nobody')]]))[0])).toEqual(await all(agent));
});

test('what is looked for together is the same as by itself, however much it is', async () => {
  const parts = Array.from({ length: 40 }, (_, number): Derivation => ({ ...agent, header: `x-${number}` }));
  const needles = [...parts.map((_, number) => [needle(`text ${number}`)]), [needle('@')], null];
  const columns = await new MessageTexts(session).derive([...parts, from, agent], waiting, needles);
  expect(columns.slice(0, 40).flatMap((column) => textsOf(column).filter((text) => text !== null))).toEqual([]);
  expect(textsOf(columns[40])).toEqual(await all(from));
  expect(textsOf(columns[41])).toEqual(await all(agent));
});

test('nobody waits any more: it stops, and goes on where it was', async () => {
  const texts = new MessageTexts(session);
  const [stopped] = await texts.derive([from], { aborted: true });
  expect(textsOf(stopped).every((text) => text === null)).toBe(true);
  let marks = 0;
  const anything = { region: 'message', test: () => true, needles: null, sure: false } as const;
  await texts.scan([anything], () => (marks += 1), { aborted: true });
  expect(marks).toBe(0);
  expect(textsOf((await texts.derive([from], waiting))[0])).toEqual(await all(from));
});

test('questions at the same time do not disturb each other', async () => {
  const texts = new MessageTexts(session);
  const marked = async (word: string): Promise<number> => {
    let marks = 0;
    const wanted = { region: 'message', test: () => false, needles: [needle(word)], sure: true } as const;
    await texts.scan([wanted], () => (marks += 1), waiting);
    return marks;
  };
  const one = [await marked('INVITE'), await marked('register'), await marked('nobody')];
  expect(await Promise.all([marked('INVITE'), marked('register'), marked('nobody')])).toEqual(one);
  expect(one[0]).toBeGreaterThan(10);
});
