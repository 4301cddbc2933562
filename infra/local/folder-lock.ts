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
/** Who uses a data folder now: its process, and where its tables are. */
export type Holder = z.infer<typeof holderSchema>;

export type FolderLock = {
  /** Lets other commands beside it find the tables. */
  share(connectionString: string): Promise<void>;
  release(): Promise<void>;
};

/**
 * Takes a data folder for this process. Two Azurites on one folder each write the whole file, and the last one wins: what
 * the other kept is gone without a word. Where somebody has it, that holder comes back instead. A file that a killed
 * process left behind holds nobody up.
 */
export async function lockFolder(folder: string): Promise<FolderLock | Holder> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, FILE);
  const written = `${path}.${randomUUID()}`;
  const write = (connectionString: string | null) =>
    writeFile(written, JSON.stringify({ pid: process.pid, connectionString } satisfies Holder));
  await write(null);
  // Linked when it is whole: a file that is made and then written is empty for a moment, and looks left behind.
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
    // None, or one of another making.
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
