/** Lazy initialisation: the same function, which is made when it is first called. */
export function lazy<Asked extends readonly unknown[], Answer>(
  make: () => (...asked: Asked) => Answer,
): (...asked: Asked) => Answer {
  let made: ((...asked: Asked) => Answer) | null = null;
  return (...asked) => {
    made ??= make();
    return made(...asked);
  };
}
