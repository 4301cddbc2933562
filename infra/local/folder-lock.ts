import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const FILE = 'in-use.json';
const holderSchema = z.object({
  pid: z.number().int().positive(),
  /** Null until its tables answer. */
  connectionString: z.string().nullable(),
});
/** The holder of the lock on a data folder: its process, and where its tables are. */
export type Holder = z.infer<typeof holderSchema>;

export type FolderLock = {
  /** Lets other commands beside it find the tables. */
  share(connectionString: string): Promise<void>;
  release(): Promise<void>;
};

/**
 * Locks a data folder for this process, or gives back the holder where another process has it. Two Azurites on one folder
 * each write the whole file, and the last write wins: the other's data would be lost silently. A stale lock of a process
 * that was killed is taken over.
 */
export async function lockFolder(folder: string): Promise<FolderLock | Holder> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, FILE);
  const written = `${path}.${randomUUID()}`;
  const write = (connectionString: string | null) =>
    writeFile(written, JSON.stringify({ pid: process.pid, connectionString } satisfies Holder));
  await write(null);
  // Written aside and then linked, which is atomic: a lock file that is still empty would look stale.
  while (!(await isLinked(written, path))) {
    const holder = await holderOf(folder);
    if (holder !== null) {
      await rm(written, { force: true });
      return holder;
    }
    await rm(path, { force: true });
  }
  await rm(written, { force: true });
  return {
    async share(connectionString) {
      await write(connectionString);
      await rename(written, path);
    },
    release: () => rm(path, { force: true }),
  };
}

async function isLinked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Who uses a data folder now; null where nobody does. */
export async function holderOf(folder: string): Promise<Holder | null> {
  const text = await readFile(join(folder, FILE), 'utf8').catch(() => '');
  const read = holderSchema.safeParse(jsonIn(text));
  return read.success && isAlive(read.data.pid) ? read.data : null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No lock file, or not one of ours.
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
