/** A share as a percentage. @param share 0..1 */
export function percentText(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
