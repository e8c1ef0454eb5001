/** A step of no work. */
export async function nothing(): Promise<null> {
  return null;
}
