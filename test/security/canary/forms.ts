/** A secret under a name for people. */
export interface Canary {
  readonly name: string;
  readonly value: string;
}

/** A form in which a secret may stand somewhere, as text with one character for each byte. */
export interface Needle {
  readonly name: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Every form of every secret. */
export function needlesOf(canaries: readonly Canary[]): readonly Needle[] {
  return canaries.flatMap(({ name, value }) => {
    const forms = Object.entries(formsOf(value)).map(([form, text]) => ({
      name,
      form,
      bytes: Buffer.from(text),
    }));
    return forms.filter(
      ({ bytes }, index) => forms.findIndex((other) => other.bytes.equals(bytes)) === index,
    );
  });
}

function formsOf(value: string): Readonly<Record<string, string>> {
  const bytes = Buffer.from(value);
  const percent = encodeURIComponent(value);
  const strict = percent.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return {
    'as it stands': value,
    'escaped as JSON': JSON.stringify(value).slice(1, -1),
    'percent-encoded': percent,
    'percent-encoded by Python': strict.replaceAll('%2F', '/'),
    'as a field of a form': strict.replaceAll('%20', '+'),
    hex: bytes.toString('hex'),
    HEX: bytes.toString('hex').toUpperCase(),
    ...Object.fromEntries([0, 1, 2].flatMap((before) => base64Within(bytes, before))),
  };
}

/** The signs of Base64 that depend on nothing but the secret, with so many bytes of something else before it. */
function base64Within(bytes: Buffer, before: number): [string, string][] {
  const whole = Buffer.concat([Buffer.alloc(before), bytes]);
  const first = Math.ceil((before * 8) / 6);
  const last = Math.floor((whole.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((encoding) => [
    `${encoding} after ${before} bytes`,
    whole.toString(encoding).slice(first, last),
  ]);
}
