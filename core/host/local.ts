import { connect, serve, type Client } from '../contract/channel.ts';
import { memoryPair } from '../contract/pipe.ts';
import { CaptureHost } from './handlers.ts';

/** A client whose host lives and ends with it. */
export type LocalClient = Omit<Client, 'close'> & { close(): Promise<void> };

/** A host in this process, behind the same bytes as any other. Closing the client ends the host. */
export function localHost(): LocalClient {
  const [ours, theirs] = memoryPair();
  const host = new CaptureHost();
  host.tell(serve(theirs, host.handlers));
  const client = connect(ours);
  return {
    ask: (name, params, asking) => client.ask(name, params, asking),
    on: (name, handler) => client.on(name, handler),
    close: async () => {
      await host.close();
      client.close();
    },
  };
}
