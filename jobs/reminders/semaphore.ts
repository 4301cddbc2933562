/** So many seats: taken together by those who come together, given up one by one. */
export type Semaphore = {
  /** Waits until there are so many free seats. Who came first sits first. */
  acquire(count: number): Promise<void>;
  release(count: number): void;
};

/** Nobody may ask for more than there are. */
export function createSemaphore(count: number): Semaphore {
  const line: { readonly count: number; readonly sit: () => void }[] = [];
  let free = count;
  const seat = () => {
    for (let next = line[0]; next !== undefined && next.count <= free; next = line[0]) {
      line.shift();
      free -= next.count;
      next.sit();
    }
  };
  return {
    acquire: (wanted) =>
      new Promise((sit) => {
        line.push({ count: wanted, sit });
        seat();
      }),
    release(given) {
      free += given;
      seat();
    },
  };
}
