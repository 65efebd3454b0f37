/** In groups of the same name, each where its first member stood. */
export function grouped<Each>(
  all: readonly Each[],
  nameOf: (each: Each) => string,
): readonly (readonly [name: string, members: readonly Each[]])[] {
  const groups = new Map<string, Each[]>();
  for (const each of all) {
    const name = nameOf(each);
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return [...groups];
}
