/* What the core uses of its environment and what Node, Electron and browsers all have. The pure parts of the core are
   compiled with nothing else in scope, so that a stray `document` or `process` does not compile. */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare class AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}
interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(name: 'abort', handler: () => void, options?: { once?: boolean }): void;
  removeEventListener(name: 'abort', handler: () => void): void;
}
declare function queueMicrotask(task: () => void): void;
declare function setTimeout(task: () => void, milliseconds: number): unknown;
