import type { LiveBackend, LiveOptions, LiveProgram } from '../contract/live.ts';
import type { Helper } from './child.ts';
import { builtInCommand, findBuiltIn } from './built-in.ts';
import { dumpcapCommand, tcpdumpCommand, type HelperCommand } from './helper-command.ts';
import { listenHep } from './hep-listener.ts';
import { CaptureError } from '../capture/reader.ts';
import { findProgram, needProgram } from './programs.ts';
import { sshCommand } from './ssh.ts';

/** What will capture. */
export interface Chosen {
  readonly backend: LiveBackend;
  /** For people: `dumpcap`, `ssh`. */
  readonly title: string;
  /** What is captured, for people. */
  readonly name: string;
  readonly path: string;
  readonly command: HelperCommand;
  /** Where nothing is started but something listens. */
  readonly listen?: (say: (line: string) => void) => Promise<Helper>;
  readonly notes: readonly string[];
}

const about: Readonly<Record<'dumpcap' | 'tcpdump', string>> = {
  dumpcap: 'the kernel’s times, and counts of what was dropped',
  tcpdump: 'the kernel’s times, and counts of what was dropped',
};

const COARSE =
  'times are taken when a packet arrives here, so that jitter is coarse, and nobody counts what the kernel drops';

/** Programs of this machine that capture, the best first. */
export async function livePrograms(): Promise<readonly LiveProgram[]> {
  const found: LiveProgram[] = [];
  for (const backend of ['dumpcap', 'tcpdump'] as const) {
    const path = await findProgram(backend);
    found.push({ backend, path, about: path === null ? `${backend} is not installed` : about[backend] });
  }
  const own = await findBuiltIn();
  const ssh = await findProgram('ssh');
  const more: readonly LiveProgram[] = [
    {
      backend: 'cap',
      path: own?.file ?? null,
      about:
        own === null
          ? 'the package cap is not installed: it needs the headers of libpcap (Debian: libpcap-dev)'
          : COARSE,
    },
    {
      backend: 'ssh',
      path: ssh,
      about: ssh === null ? 'ssh is not installed' : 'captures on another machine with tcpdump or dumpcap there',
    },
    { backend: 'hep', path: '', about: 'listens for HEP3 from Kamailio’s siptrace, captagent, heplify …' },
  ];
  return [...found, ...more];
}

/** Rejects with a CaptureError of one sentence where what was asked for is not there. */
export async function chooseHelper(options: LiveOptions): Promise<Chosen> {
  const { source } = options;
  if (source.from === 'ssh') {
    const path = await needProgram('ssh');
    const command = sshCommand(path, source, options);
    return { backend: 'ssh', title: 'ssh', name: `${source.host}:${source.interface}`, path, command, notes: [] };
  }
  if (source.from === 'hep') {
    const { address = '127.0.0.1', port = 9060 } = source;
    if (options.bpf !== undefined && options.bpf.trim() !== '')
      throw new CaptureError('what comes as HEP was filtered by its sender; a packet filter has no meaning here');
    return {
      backend: 'hep',
      title: 'the HEP listener',
      name: `HEP on ${address}:${port}`,
      path: '',
      command: { program: '', args: [] },
      listen: (say) => listenHep({ address, port }, say),
      notes: [],
    };
  }
  const wanted = source.backend === undefined ? (['dumpcap', 'tcpdump', 'cap'] as const) : [source.backend];
  for (const backend of wanted) {
    const chosen = await (backend === 'cap'
      ? ownOf(source.interface, options)
      : programOf(backend, source.interface, options));
    if (chosen !== null) return chosen;
  }
  const [only] = wanted;
  if (wanted.length === 1 && only === 'cap')
    throw new CaptureError(
      'the package cap is not installed: it needs the headers of libpcap; on Debian: sudo apt install libpcap-dev && npm install',
    );
  throw new CaptureError(
    wanted.length === 1
      ? `${only} is not installed; on Debian: sudo apt install ${only === 'dumpcap' ? 'wireshark-common' : 'tcpdump'}`
      : 'nothing that captures is installed; on Debian: sudo apt install wireshark-common (or tcpdump)',
  );
}

async function programOf(backend: 'dumpcap' | 'tcpdump', name: string, options: LiveOptions): Promise<Chosen | null> {
  const path = await findProgram(backend);
  if (path === null) return null;
  const make = backend === 'dumpcap' ? dumpcapCommand : tcpdumpCommand;
  return { backend, title: backend, name, path, command: make(path, name, options), notes: [] };
}

async function ownOf(name: string, options: LiveOptions): Promise<Chosen | null> {
  const own = await findBuiltIn();
  if (own === null) return null;
  const command = builtInCommand(own, name, options);
  return {
    backend: 'cap',
    title: 'the built-in capture',
    name,
    path: own.node,
    command,
    notes: [`captured with libpcap alone: ${COARSE}`],
  };
}
