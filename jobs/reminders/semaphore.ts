/** So many seats: taken together by those who come together, given up one by one. */
export type Seats = {
  /** Waits until there are so many free seats. Who came first sits first. */
  take(count: number): Promise<void>;
  leave(count: number): void;
};

/** Nobody may ask for more than there are. */
export function openSeats(count: number): Seats {
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
    take: (wanted) =>
      new Promise((sit) => {
        line.push({ count: wanted, sit });
        seat();
      }),
    leave(given) {
      free += given;
      seat();
    },
  };
}
