/** How bad something is. Shapes go with it: `ok` and `info` a disc, `bad` a diamond, `warn` a triangle, `idle` a ring. */
export type Severity = 'ok' | 'info' | 'warn' | 'bad' | 'idle';
