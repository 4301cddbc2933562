/** The same function, made when it is called for the first time. */
export function lazy<Asked extends readonly unknown[], Answer>(
  make: () => (...asked: Asked) => Answer,
): (...asked: Asked) => Answer {
  let made: ((...asked: Asked) => Answer) | null = null;
  return (...asked) => {
    made ??= make();
    return made(...asked);
  };
}
