import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readList } from '../../../core/analysis/dispatcher/list.ts';

/** What an administrator pastes: every form is read, and whatever else comes is answered with a sentence. */

const kamcmd = `{
	NRSETS: 1
	RECORDS: {
		SET: {
			ID: 7
			TARGETS: {
				DEST: {
					URI: sip:10.0.0.1:5060;transport=tcp
					FLAGS: AP
					PRIORITY: 5
					ATTRS: {
						BODY: weight=50;name=gw-1
						DUID: <null string>
					}
				}
				DEST: {
					URI: sip:[2001:db8::1]:5070
					FLAGS: DX
					PRIORITY: 0
					ATTRS: {
						BODY: <null string>
					}
				}
			}
		}
	}
}`;

describe('dispatcher lists', () => {
  test('as kamcmd prints them', () => {
    expect(readList(kamcmd)).toEqual({
      problem: null,
      entries: [
        { set: 7, uri: 'sip:10.0.0.1:5060;transport=tcp', flags: 'AP', name: 'gw-1' },
        { set: 7, uri: 'sip:[2001:db8::1]:5070', flags: 'DX', name: null },
      ],
    });
  });

  test('as JSON-RPC answers', () => {
    const answer = {
      jsonrpc: '2.0',
      result: {
        NRSETS: 1,
        RECORDS: [
          {
            SET: {
              ID: 2,
              TARGETS: [
                { DEST: { URI: 'sip:10.0.0.1:5060', FLAGS: 'ix', PRIORITY: 0, ATTRS: { BODY: 'name=a', DUID: '' } } },
                { DEST: { URI: 'sip:10.0.0.2:5060', FLAGS: 'TP', PRIORITY: 0 } },
              ],
            },
          },
        ],
      },
      id: 1,
    };
    for (const text of [JSON.stringify(answer), JSON.stringify(answer, null, 2)])
      expect(readList(text).entries).toEqual([
        { set: 2, uri: 'sip:10.0.0.1:5060', flags: 'IX', name: 'a' },
        { set: 2, uri: 'sip:10.0.0.2:5060', flags: 'TP', name: null },
      ]);
  });

  test('as the file that Kamailio loads: flags are bits', () => {
    const text =
      '# gateways\n1 sip:10.0.0.1:5060 8 10 name=up\n1 sip:10.0.0.2 0\n2 sips:gw.example.org 12 0\n2 sip:10.0.0.4 1';
    expect(readList(text).entries.map(({ set, flags, name }) => [set, flags, name])).toEqual([
      [1, 'AP', 'up'],
      [1, 'AX', null],
      [2, 'DX', null],
      [2, 'IX', null],
    ]);
  });

  test.each(['', '   ', 'hello', '{"a":1}', '{', 'URI: sip:10.0.0.1', 'FLAGS: AP'])(
    '%j: says what is wrong',
    (text) => {
      const { entries, problem } = readList(text);
      expect(entries).toEqual([]);
      expect(problem).not.toBeNull();
    },
  );

  test('whatever is pasted: an answer, and only flags that there are', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '"',
      'URI: sip:a',
      'FLAGS: AP',
      'FLAGS: ZZ',
      'ID: 99999999999',
      '\n',
      '1 sip:x 999',
      '[',
      ',',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 20 })), { maxLength: 60 }), (parts) => {
        for (const { flags } of readList(parts.join('')).entries) expect(flags).toMatch(/^[ATID][PX]$/u);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test('nested as deep as one likes: no overflow', () => {
    expect(readList(`${'['.repeat(50_000)}${']'.repeat(50_000)}`).entries).toEqual([]);
  });
});
