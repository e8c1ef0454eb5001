/** A number in 0..1 that depends on the row alone. */
const chance = (salt: number) => `(hash(i * 1000003 + ${salt}) % 1000003) / 1000003.0`;

const kinds = {
  carrier: ['UA', 'B6', 'EV', 'DL', 'AA'],
  origin: ['EWR', 'JFK', 'LGA'],
  dest: ['ATL', 'ORD', 'LAX', 'BOS', 'MCO', 'SFO'],
};

/** Three hundredths of each number are missing, and a few texts. */
const gaps = (salt: number, value: string) => `case when ${chance(salt)} > 0.03 then ${value} end`;

/**
 * Rows like those of the flight-delay example, none of them real: late or not depends on a few columns. Every fourth
 * row validates.
 */
export function madeUpFlights(rows: number, inputs: readonly string[], label = 'late'): string {
  const texts = Object.entries(kinds).filter(([name]) => inputs.includes(name));
  const columns = inputs.map((name, at) => {
    const found = texts.find(([text]) => text === name)?.[1];
    if (found === undefined) return `${gaps(at + 500, `${chance(at)} * ${at + 1}`)} as ${name}`;
    const listed = found.map((value) => `'${value}'`).join(', ');
    return `${gaps(at + 500, `[${listed}][1 + (hash(i + ${at}) % ${found.length})::int]`)} as ${name}`;
  });
  const score = `${chance(0)} * 3 + ${chance(1)} * 2 - 3`;
  const late = `(${chance(77)} < 1 / (1 + exp(-(${score}))))::int`;
  const answer = label === 'late' ? late : `round(${score} * 20 + ${chance(78)} * 30, 0)`;
  return `select case when i % 4 = 0 then 'validation' else 'train' end as part, ${columns.join(', ')},
    ${answer} as ${label} from range(${rows}) r(i)`;
}
