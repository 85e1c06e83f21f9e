#!/usr/bin/env node
/**
 * Writes expected.tsv: what tshark sees of the captures in ../shared/captures. For each, the number of packets and a
 * digest over time, lengths and encapsulation of each. Needs tshark (4.0).
 *
 *   node test/capture/corpus/make.mjs
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const captures = join(import.meta.dirname, '../../../../shared/captures');
const fields = ['frame.time_epoch', 'frame.cap_len', 'frame.len', 'frame.encap_type'];

/** @param {string} file @returns {string} */
function row(file) {
  const options = ['-n', '-r', join(captures, file), '-T', 'fields', ...fields.flatMap((field) => ['-e', field])];
  // A damaged capture makes tshark fail after it has printed what came before.
  const { stdout } = spawnSync('tshark', options, { encoding: 'utf8', maxBuffer: 1 << 28 });
  const lines = stdout.split('\n').filter((line) => line !== '');
  const digest = createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex')
    .slice(0, 16);
  return `${file}\t${lines.length}\t${digest}`;
}

/** @type {string[]} */
const rows = [];
for (const folder of ['corpus/captures', 'corpus/malformed', 'lab']) {
  for (const name of readdirSync(join(captures, folder)).sort()) {
    if (!name.endsWith('.json')) rows.push(row(`${folder}/${name}`));
  }
}
writeFileSync(join(import.meta.dirname, 'expected.tsv'), `${rows.join('\n')}\n`);
