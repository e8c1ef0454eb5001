/** Effects that happen once a key. */
export interface Effects {
  /**
   * The stored result of the key, or that of the effect, which is stored first. Callers at the same time may each run
   * the effect, which therefore has a key of its own where it acts; all of them get the one result that was stored.
   * Results go through JSON.
   */
  once<T>(key: string, effect: () => Promise<T>): Promise<T>;
}
