/** To hide a shorter one would blot out the text around it, and it would be found in files by accident. */
const leastCharacters = 6;

/** The forms in which programs write a secret; none where it is too short. */
export function formsOfSecret(secret: string): readonly string[] {
  if (secret.length < leastCharacters) return [];
  const bytes = Buffer.from(secret);
  const lines = secret.split(/\r?\n/).filter((line) => line.trim().length >= leastCharacters);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    ...lines,
    ...base64Forms(bytes),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...percentForms(secret),
    json,
    json.replace(/[^\0-\x7f]/g, escapeUnit),
  ];
}

/**
 * With nothing, one byte or two before it, as in the header of a sign-in: `user:secret` as Base64. The signs that also
 * depend on what stands beside the secret are left; they tell at most a few bits of it.
 */
function base64Forms(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const first = Math.ceil((before * 8) / 6);
    const own = Math.floor((whole.length * 8) / 6);
    const texts = [whole.toString('base64').replace(/=+$/, ''), whole.toString('base64url')];
    return texts.flatMap((text) => [text.slice(first), text.slice(first, own)]);
  });
}

/** As JavaScript does it, as strict as allowed, with slashes kept as Python does, and as a field of a form. */
function percentForms(secret: string): readonly string[] {
  const script = encodeURIComponent(secret);
  const strict = script.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const upper = [script, strict, strict.replaceAll('%2F', '/')];
  const forms = upper.flatMap((form) => [form, form.replaceAll('%20', '+')]);
  return forms.flatMap((form) => [form, form.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

const escapeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
