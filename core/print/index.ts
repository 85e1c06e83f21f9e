/** Drawings as files of bytes, without a browser. To be loaded when one is asked for: fonts and renderer are megabytes. */
export { pdf } from './pdf.ts';
export { picture, png } from './png.ts';
