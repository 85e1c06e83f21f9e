/** The fields of the filter language, as a table for people. */
export { fieldTable } from '../../filter/index.ts';
