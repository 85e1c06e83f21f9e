import { notify } from '../../state/view.ts';

/** Shows the stream view of a call's media, or of one stream (`StreamRow.id`). */
export function openMedia(target: { readonly stream: number } | { readonly call: number }): void {
  notify('stream' in target ? `Stream ${target.stream}` : `Media of call ${target.call}`);
}
