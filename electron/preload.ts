/** Between the page and the main process: offers `window.sipglassDesktop`, and nothing of Electron. */
import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopBridge, DesktopCapture, DesktopPortMessage } from '../core/contract/desktop.ts';
import { captureChannel, channelOf, type Notices, type Reply, type RequestName, type Requests } from './channels.ts';
import { pathOfFile } from './compat.ts';

async function ask<Name extends RequestName>(
  name: Name,
  params: Requests[Name]['params'],
): Promise<Requests[Name]['result']> {
  const reply = (await ipcRenderer.invoke(channelOf(name), params)) as Reply<Requests[Name]['result']>;
  if (!reply.ok) throw new Error(reply.text);
  return reply.value;
}

function listen<Name extends keyof Notices>(name: Name, handler: (value: Notices[Name]) => void): () => void {
  const take = (_event: unknown, value: Notices[Name]): void => handler(value);
  ipcRenderer.on(channelOf(name), take);
  return () => {
    ipcRenderer.removeListener(channelOf(name), take);
  };
}

async function nothing(answer: Promise<null>): Promise<void> {
  await answer;
}

const bridge: DesktopBridge = {
  platform: process.platform,
  version: SIPGLASS_VERSION,
  ready: (settings) => void ask('ready', settings),
  use: (settings) => void ask('use', settings),
  useTheme: (theme) => void ask('useTheme', theme),
  open: (request) => ask('open', request),
  openDropped: (files) =>
    ask(
      'openPaths',
      files.map((file) => (file instanceof File ? pathOfFile(file) : '')).filter((path) => path !== ''),
    ),
  closeCapture: () => nothing(ask('closeCapture', null)),
  recents: () => ask('recents', null),
  forgetRecent: (paths) => nothing(ask('forgetRecent', paths)),
  chooseTarget: (id, suggestedName) => ask('chooseTarget', { id, suggestedName }),
  liveInterfaces: () => ask('liveInterfaces', null),
  livePrograms: () => ask('livePrograms', null),
  checkBpf: (bpf) => ask('checkBpf', bpf),
  leftBehind: () => ask('leftBehind', null),
  removeLeft: (id) => nothing(ask('removeLeft', id)),
  saveLeft: (id) => ask('saveLeft', id),
  copyText: (text) => nothing(ask('copyText', text)),
  copyPng: (bytes) => nothing(ask('copyPng', bytes)),
  onCommand: (handler) => listen('command', handler),
  onHostGone: (handler) => listen('hostGone', handler),
};
contextBridge.exposeInMainWorld('sipglassDesktop', bridge);

// A port cannot go through the bridge; a message of the window's own can carry it.
ipcRenderer.on(captureChannel, (event, capture: DesktopCapture) => {
  const message: DesktopPortMessage = { sipglass: 'capture', capture };
  globalThis.postMessage(message, globalThis.location.origin, [...event.ports]);
});
