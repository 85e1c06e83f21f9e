import { expect, test } from 'vitest';
import { hostName } from '../../cli/host-names.ts';

/** What `--name` takes, and that everything else is refused with how it is written. */
test.each([
  ['SBC=10.0.0.1', 'SBC', [{ address: '10.0.0.1', port: null }]],
  ['SBC=10.0.0.1:5080', 'SBC', [{ address: '10.0.0.1', port: 5080 }]],
  [
    'SBC trunk = 10.0.0.1:5080, 192.0.2.9',
    'SBC trunk',
    [
      { address: '10.0.0.1', port: 5080 },
      { address: '192.0.2.9', port: null },
    ],
  ],
  ['a=b=2001:DB8:0::1', 'a=b', [{ address: '2001:db8::1', port: null }]],
  ['six=[2001:db8::1]:5061', 'six', [{ address: '2001:db8::1', port: 5061 }]],
  ['six=[2001:db8::1]', 'six', [{ address: '2001:db8::1', port: null }]],
] as const)('%s', (text, name, ends) => {
  expect(hostName(text)).toEqual({ name, role: null, ends });
});

test.each([
  '',
  'SBC',
  'SBC=',
  '=10.0.0.1',
  'SBC=sbc.example.org',
  'SBC=10.0.0.1:0',
  'SBC=10.0.0.1:70000',
  'SBC=10.0.0.1,',
])('“%s” is refused', (text) => {
  expect(() => hostName(text)).toThrow('NAME=address[:port]');
});
