import { describe, expect, test } from 'vitest';
import { endOf, meantInterface, readSetup, useLiveSetup, type LiveSetup } from '../../../renderer/state/live-setup.ts';
import { ofOneHost, presets } from '../../../renderer/views/live/presets.ts';

/** What is typed for a live capture becomes options that the host takes, or a sentence beside the field. */

const first: LiveSetup = useLiveSetup.getInitialState();
const there = [{ name: 'eth0' }, { name: 'lo' }];

describe('from this machine', () => {
  test('the interface chosen, else the first, and what captures where that was chosen', () => {
    expect(readSetup(first, there)).toEqual({
      options: { source: { from: 'interface', interface: 'eth0' }, fileBytes: 100_000_000, files: 20, calls: 100_000 },
      problems: {},
    });
    const { options } = readSetup({ ...first, interface: 'lo', backend: 'tcpdump', bpf: ' port 5060 ' }, there);
    expect(options).toMatchObject({
      source: { from: 'interface', interface: 'lo', backend: 'tcpdump' },
      bpf: 'port 5060',
    });
  });

  test('an interface that went away is not meant any more; without any there is nothing to start', () => {
    expect(meantInterface('tun0', there)).toBe('eth0');
    expect(readSetup(first, [])).toEqual({ options: null, problems: {} });
  });
});

describe('from another machine', () => {
  const ssh: LiveSetup = { ...first, from: 'ssh', sshHost: ' root@pbx1 ', sshPort: '2222' };

  test('with its host, port, interface and program', () => {
    expect(readSetup(ssh, []).options?.source).toEqual({
      from: 'ssh',
      host: 'root@pbx1',
      port: 2222,
      interface: 'any',
      program: 'tcpdump',
    });
  });

  test.each(['', '-oProxyCommand=x', 'two words', 'a\nb'])('“%s” is no host', (sshHost) => {
    const { options, problems } = readSetup({ ...ssh, sshHost }, []);
    expect(options).toBeNull();
    expect(Object.keys(problems)).toEqual(['sshHost']);
  });

  test.each(['0', '65536', 'ssh', '22 '.repeat(3)])('“%s” is no port', (sshPort) => {
    expect(Object.keys(readSetup({ ...ssh, sshPort }, []).problems)).toEqual(['sshPort']);
  });
});

describe('from agents', () => {
  const hep: LiveSetup = { ...first, from: 'hep', bpf: 'port 5060' };

  test('with the address to listen on, and without a packet filter, which has no meaning there', () => {
    const { options } = readSetup(hep, []);
    expect(options?.source).toEqual({ from: 'hep', address: '0.0.0.0', port: 9060 });
    expect(options).not.toHaveProperty('bpf');
    expect(readSetup({ ...hep, hepAddress: '[::]' }, []).options?.source).toMatchObject({ address: '::' });
  });

  test('what is no address or port is said', () => {
    expect(Object.keys(readSetup({ ...hep, hepAddress: 'a b', hepPort: '0' }, []).problems)).toEqual([
      'hepPort',
      'hepAddress',
    ]);
  });
});

describe('limits', () => {
  test.each([
    ['0.02', 1_000_000],
    ['0.5', 25_000_000],
    ['1,000', 50_000_000_000],
  ])('%s GB on disk are files of %i bytes', (disk, fileBytes) => {
    expect(readSetup({ ...first, disk }, there).options).toMatchObject({ fileBytes, files: 20 });
  });

  test.each(['', '0', '0.01', '1001', 'much', '-1', '1e3'])('“%s” GB are none', (disk) => {
    const { options, problems } = readSetup({ ...first, disk }, there);
    expect([options, Object.keys(problems)]).toEqual([null, ['disk']]);
  });

  test.each(['', '999', '10,000,001', '1000.5', '10,00'])('“%s” calls are none', (calls) => {
    expect(Object.keys(readSetup({ ...first, calls }, there).problems)).toEqual(['calls']);
  });

  test('where SIP is sent on to', () => {
    expect(readSetup({ ...first, hepTo: 'homer.example.org' }, there).options?.hepTo).toEqual({
      address: 'homer.example.org',
      port: 9060,
    });
    expect(endOf('[2001:db8::5]:9061', 9060)).toEqual({ address: '2001:db8::5', port: 9061 });
    expect(endOf('10.0.0.5', 9060)).toEqual({ address: '10.0.0.5', port: 9060 });
    for (const text of ['', ':9060', '10.0.0.5:', '10.0.0.5:0', '2001:db8::5', '-x', 'a b'])
      expect(endOf(text, 9060)).toBeNull();
  });
});

test('one host is added to what is chosen, and once only', () => {
  const [, sip] = presets;
  const bpf = sip?.bpf ?? '';
  expect(ofOneHost('')).toBe('host ');
  expect(ofOneHost('host 10.0.0.1')).toBe('host ');
  expect(ofOneHost(bpf)).toBe(`(${bpf}) and host `);
  expect(ofOneHost(`${ofOneHost(bpf)}10.0.0.1`)).toBe(`(${bpf}) and host `);
});
