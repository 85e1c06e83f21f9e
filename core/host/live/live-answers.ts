import type { LiveMethods } from '../../contract/live.ts';
import type { Handlers } from '../../contract/channel.ts';
import type { LiveCapture } from '../../live/live-capture.ts';
import type { OpenCapture } from '../open-capture.ts';

/** Questions about live capture. `capture`: the one that was begun, null where none was. */
export function liveHandlers(
  capture: () => LiveCapture | null,
  asked: () => Promise<OpenCapture>,
): Pick<Handlers, keyof LiveMethods> {
  return {
    interfaces: async () => (await import('../../live/interfaces.ts')).liveInterfaces(),
    livePrograms: async () => (await import('../../live/sources.ts')).livePrograms(),
    checkBpf: async ({ bpf }) => (await import('../../live/check-bpf.ts')).checkBpf(bpf),
    liveState: () => capture()?.state ?? null,
    liveStop: async () => {
      await capture()?.stop();
      return capture()?.state ?? null;
    },
    callChanges: async (query, { signal }) => {
      const { callChanges } = await import('./call-changes.ts');
      return callChanges(await asked(), query, signal);
    },
    exportCapture: async (_, answering) => {
      const { exportCapture } = await import('./export-capture.ts');
      return { bytes: await exportCapture(capture(), answering) };
    },
    leftCaptures: async () => (await import('../../live/left-behind.ts')).leftBehind(),
    forgetLeft: async ({ files }) => {
      const { forgetLeft } = await import('../../live/left-behind.ts');
      return { removed: await forgetLeft(files) };
    },
  };
}
