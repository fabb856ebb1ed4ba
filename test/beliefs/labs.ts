/** Many small accounts, by name: more than one page of the organization's list, and more than may be changed at a time. */
export const labIds: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 18 }, (_, index) => [`Lab ${index + 1}`, String(700_000_000_001 + index)]),
);
