/** A weighted semaphore: a group acquires its places together and releases them one by one. */
export type Semaphore = {
  /** Resolves when `count` places are free, in the order of the calls. Never resolves for more places than there are. */
  acquire(count: number): Promise<void>;
  release(count: number): void;
};

export function createSemaphore(places: number): Semaphore {
  const waiting: { readonly count: number; readonly grant: () => void }[] = [];
  let free = places;
  const grantWaiting = () => {
    for (let next = waiting[0]; next !== undefined && next.count <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.count;
      next.grant();
    }
  };
  return {
    acquire: (count) =>
      new Promise((grant) => {
        waiting.push({ count, grant });
        grantWaiting();
      }),
    release(count) {
      free += count;
      grantWaiting();
    },
  };
}
