import { app, dialog, type BrowserWindow } from 'electron';
import { basename, extname, join } from 'node:path';

const captures = ['pcap', 'pcapng', 'cap', 'ntar', 'snoop', 'gz', 'zst'];

/** What files of each ending are called in the dialog. */
const kinds: Readonly<Record<string, string>> = {
  svg: 'SVG drawing',
  png: 'PNG picture',
  pdf: 'PDF document',
  html: 'HTML page',
  txt: 'Text',
  mmd: 'Mermaid diagram',
  puml: 'PlantUML diagram',
  md: 'Markdown',
  json: 'JSON',
  ndjson: 'JSON, one object a line',
  csv: 'Comma-separated values',
  pcapng: 'Capture (pcapng)',
  wav: 'Sound (WAV)',
  ogg: 'Sound (Ogg Opus)',
};

/** Captures that the user chose; empty where the dialog was closed. */
export async function askForCaptures(window: BrowserWindow): Promise<readonly string[]> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a capture; several are merged by time',
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: 'Captures', extensions: captures },
      { name: 'All files', extensions: ['*'] },
    ],
  });
  return canceled ? [] : filePaths;
}

let lastFolder: string | null = null;

/** Where to write something; null where the dialog was closed. The system's dialog asks before a file is replaced. */
export async function askForTarget(window: BrowserWindow, suggestedName: string): Promise<string | null> {
  const name = fileName(suggestedName);
  const ending = extname(name).slice(1).toLowerCase();
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export',
    defaultPath: join(lastFolder ?? app.getPath('documents'), name),
    filters: [
      ...(kinds[ending] === undefined ? [] : [{ name: kinds[ending], extensions: [ending] }]),
      { name: 'All files', extensions: ['*'] },
    ],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  // Typed otherwise, but older versions of Electron leave the path out.
  if (canceled || !filePath) return null;
  lastFolder = join(filePath, '..');
  return filePath;
}

/** A name that no system refuses, out of one that a page suggests: without folders and signs of their own meaning. */
function fileName(suggested: string): string {
  const plain = basename(suggested.replaceAll('\\', '/')).replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '_');
  const short = plain.slice(-120).replace(/^\.+/u, '');
  return short === '' ? 'sipglass' : short;
}
