/** What the command needs to serve the page. */
export { pageFolder } from './page-files.ts';
export { PageServer } from './server.ts';
export { processHosts } from './started-host.ts';
export { liveFolder } from '../../live/live-folder.ts';
