import { expect, test } from 'vitest';
import { bodyPieces, headerOf, headerPieces, wireLines } from '../../../renderer/views/message/pieces.ts';

/** What a line says, with the marked stretches in brackets. */
function told(line: string, header = ''): string {
  return headerPieces(line, header)
    .map(({ text, mark }) => (mark === 'plain' ? text : `[${mark} ${text}]`))
    .join('');
}

test('names, tags, branches, Call-IDs and what a hop noted are marked', () => {
  expect(told('From: "A" <sip:a@x>;tag=7f3a')).toBe('[name From:] "A" <sip:a@x>;tag=[tag 7f3a]');
  expect(told('Via: SIP/2.0/UDP h;branch=z9hG4bK1;received=10.0.0.1')).toBe(
    '[name Via:] SIP/2.0/UDP h;branch=[branch z9hG4bK1];received=[place 10.0.0.1]',
  );
  expect(told('i : abc@h')).toBe('[name i :][id  abc@h]');
  expect(told('Subject: tag=no parameter')).toBe('[name Subject:] tag=no parameter');
});

test('a folded line belongs to the header above it', () => {
  expect(headerOf('Call-ID:', '')).toBe('call-id');
  expect(headerOf('\tabc@h', 'call-id')).toBe('call-id');
  expect(told('\tabc@h', 'call-id')).toBe(String.raw`[id \tabc@h]`);
});

test('nothing of a line is lost, and what acts is shown', () => {
  for (const line of ['', ':', 'a:b;tag=', 'To: x;tag=1;tag=2', 'X: \u202Eevil\u0007;tag=\u001B[31m', 'no colon']) {
    const text = headerPieces(line, '')
      .map((piece) => piece.text)
      .join('');
    expect(text).not.toMatch(/[\u0000-\u001F\u202E]/u);
    if (!/[^\u0020-\u007E]/u.test(line)) expect(text).toBe(line);
  }
  expect(bodyPieces('a=x\u0000')).toEqual([
    { text: 'a=', mark: 'name' },
    { text: String.raw`x\0`, mark: 'plain' },
  ]);
});

test('lines end with CRLF or LF; a lone CR ends none, so that nothing hides behind it', () => {
  expect(wireLines('a\r\nb\nc\rd\r\n')).toEqual(['a', 'b', 'c\rd']);
});
