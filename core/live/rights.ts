import { readFileSync, statSync } from 'node:fs';
import { platform, userInfo } from 'node:os';
import { quoted } from './ssh.ts';

/**
 * What to type where rights to capture are missing: the small program gets them, once; the app never runs as root.
 * `path`: the program that was refused.
 */
export function rightsHint(backend: 'dumpcap' | 'tcpdump' | 'cap', path: string): string {
  if (platform() === 'darwin') {
    return 'capturing needs access to /dev/bpf*: install Wireshark’s ChmodBPF, or type: sudo chgrp admin /dev/bpf* && sudo chmod g+rw /dev/bpf*';
  }
  // Node itself would get the rights, and with it everything that is written for Node.
  if (backend === 'cap')
    return 'capturing needs rights; install dumpcap, which can have them alone: sudo apt install wireshark-common (answer yes), then: sudo usermod -aG wireshark "$USER" and log in again';
  const capabilities = `sudo setcap cap_net_raw,cap_net_admin=eip ${quoted(path)}`;
  if (backend !== 'dumpcap')
    return `capturing needs rights; give them to the small program that captures: ${capabilities}`;
  // Debian's package makes the group; a login is needed for it to count.
  return (
    'capturing needs rights; where dumpcap belongs to the group wireshark (Debian: sudo dpkg-reconfigure wireshark-common), ' +
    `type: sudo usermod -aG wireshark ${quoted(userName())} and log in again; else: ${capabilities}`
  );
}

/** The lines to type, one after the other, where rights to capture are missing; they give them to the small program alone. */
export function rightsCommands(backend: 'dumpcap' | 'tcpdump' | 'cap', path: string): readonly string[] {
  if (platform() === 'darwin') return ['sudo chgrp admin /dev/bpf* && sudo chmod g+rw /dev/bpf*'];
  const join = `sudo usermod -aG wireshark ${quoted(userName())}`;
  if (backend === 'cap') return ['sudo apt install wireshark-common', 'sudo dpkg-reconfigure wireshark-common', join];
  if (backend === 'dumpcap' && isOfGroup(path, 'wireshark')) return [join];
  return [`sudo setcap cap_net_raw,cap_net_admin=eip ${quoted(path)}`];
}

/** Whether a file belongs to a group of this name. */
function isOfGroup(path: string, name: string): boolean {
  try {
    const { gid } = statSync(path);
    return readFileSync('/etc/group', 'utf8')
      .split('\n')
      .some((line) => line.startsWith(`${name}:`) && line.split(':')[2] === String(gid));
  } catch {
    return false;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'USER';
  }
}
