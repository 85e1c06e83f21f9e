import { captureTitle, fileName } from '../../app/export/file-name.ts';
import { save } from '../../app/export/write.ts';
import { useCapture } from '../../state/capture.ts';

/** Writes all that is kept of the live capture to a file that the user chooses. */
export function saveLive(): Promise<void> {
  const { names } = useCapture.getState();
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[:T]/gu, '-');
  return save({
    name: fileName([captureTitle(names), stamp], 'pcapng'),
    document: { method: 'exportCapture', params: {} },
  });
}
