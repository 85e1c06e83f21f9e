import * as v from 'valibot';
import { BPF, liveOptions } from './live-params.ts';
import type { RequestName, Requests } from './channels.ts';

/** Names of files merged at once. */
const FILES = 64;
/** Characters of a path; systems allow 4,096. */
const PATH = 8192;
/** Bytes of a picture, characters of a text for the clipboard. */
const COPIED = 256 << 20;

const path = v.pipe(v.string(), v.minLength(1), v.maxLength(PATH));
const paths = v.pipe(v.array(path), v.minLength(1), v.maxLength(FILES));
/** A word that stands for a capture that was left behind. */
const left = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const settings = v.object({
  ports: v.pipe(v.array(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65535))), v.maxLength(64)),
});

/** What each question's parameters have to be. */
const schemas: { readonly [Name in RequestName]: v.GenericSchema<unknown, Requests[Name]['params']> } = {
  ready: settings,
  use: settings,
  useTheme: v.picklist(['system', 'light', 'dark']),
  open: v.variant('kind', [
    v.object({ kind: v.literal('dialog') }),
    v.object({ kind: v.literal('sample') }),
    v.object({ kind: v.literal('recent'), paths }),
    v.object({ kind: v.literal('live'), live: liveOptions }),
    v.object({ kind: v.literal('left'), id: left }),
    v.object({ kind: v.literal('again') }),
  ]),
  openPaths: v.pipe(v.array(path), v.maxLength(FILES)),
  closeCapture: v.null(),
  recents: v.null(),
  forgetRecent: v.nullable(paths),
  chooseTarget: v.object({ id: v.pipe(v.number(), v.integer()), suggestedName: v.pipe(v.string(), v.maxLength(PATH)) }),
  liveInterfaces: v.null(),
  livePrograms: v.null(),
  checkBpf: v.pipe(v.string(), v.maxLength(BPF)),
  leftBehind: v.null(),
  removeLeft: left,
  saveLeft: left,
  copyText: v.pipe(v.string(), v.maxLength(COPIED)),
  copyPng: v.pipe(
    v.instance(Uint8Array),
    v.check((bytes) => bytes.length <= COPIED),
  ),
};

export const requestNames = Object.keys(schemas) as RequestName[];

/** `params` where they are what question `name` takes; throws a TypeError of one sentence otherwise. */
export function checkedParams<Name extends RequestName>(name: Name, params: unknown): Requests[Name]['params'] {
  const looked = v.safeParse(schemas[name], params, { abortEarly: true });
  if (looked.success) return looked.output;
  throw new TypeError(`“${name}” was asked with something it does not take`);
}
