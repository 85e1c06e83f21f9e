import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { CaptureWindow } from './capture-window.ts';
import { channelOf, type Reply, type RequestName, type Requests } from './channels.ts';
import { isOurPage } from './page-address.ts';
import { checkedParams, requestNames } from './request-params.ts';

/** The answer to each question of a window. */
export type Answers = {
  readonly [Name in RequestName]: (
    window: CaptureWindow,
    params: Requests[Name]['params'],
  ) => Promise<Requests[Name]['result']> | Requests[Name]['result'];
};

/** Answers what our own page asks in its window; nobody else, and nothing that a question does not take. */
export function answerRequests(answers: Answers, windowOf: (event: IpcMainInvokeEvent) => CaptureWindow | null): void {
  for (const name of requestNames) ipcMain.handle(channelOf(name), (event, params) => reply(name, event, params));

  async function reply<Name extends RequestName>(
    name: Name,
    event: IpcMainInvokeEvent,
    params: unknown,
  ): Promise<Reply<Requests[Name]['result']>> {
    try {
      const window = isFromOurPage(event) ? windowOf(event) : null;
      if (window === null) throw new TypeError('a stranger asked');
      return { ok: true, value: await answers[name](window, checkedParams(name, params)) };
    } catch (error) {
      return { ok: false, text: error instanceof Error ? error.message : String(error) };
    }
  }
}

function isFromOurPage({ senderFrame, sender }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurPage(senderFrame.url);
}
