/** One run of the bench beside: opens a capture, links its paths, and prints what that took. */
import { openInputs } from '../../../core/capture/inputs.ts';
import { linkPaths } from '../../../core/host/paths/open-paths.ts';
import { Session } from '../../../core/host/session.ts';

const [capture = ''] = process.argv.slice(2);
const session = new Session([capture], await openInputs([capture], { spool: true }), { ports: [], streams: false });
await session.run({ progress: () => undefined, warning: () => undefined });

const before = process.cpuUsage();
const paths = linkPaths(session);
const { user, system } = process.cpuUsage(before);
const held = `${(paths.bytes / 1e6).toFixed(1)} MB`;
process.stdout.write(
  `${(user + system) / 1000} ${paths.count} transactions over ${paths.nodes.count} hops, ${paths.links.read} messages read, ${held}\n`,
);
await session.close();
