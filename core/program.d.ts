/** A program for WebAssembly, compiled from its source by the build (vite.programs.config.ts). */
declare module '*?program' {
  export const program: Uint8Array<ArrayBuffer>;
}
