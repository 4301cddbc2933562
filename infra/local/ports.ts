import { createServer } from 'node:net';

/** The address that all of the local try-out listens on. */
export const LOOPBACK = '127.0.0.1';

/** Whether nothing listens on a port of this machine yet. */
export async function isFree(port: number): Promise<boolean> {
  return (await tryListen(port)) !== null;
}

/** The port itself, or for 0 one that is free now. Throws where none is. */
export async function settlePort(port: number): Promise<number> {
  if (port !== 0) return port;
  const found = await tryListen(0);
  if (found === null) throw new Error('No port is free on this machine.');
  return found;
}

function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen(port, LOOPBACK, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : null));
    });
  });
}
