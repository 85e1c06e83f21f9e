/** What the host offers besides answers: for help texts, and for writing what it sent. */
export { openOutput, type Output } from '../capture/write-file.ts';
export { terminal as escapeTerminal } from '../export/escape.ts';
