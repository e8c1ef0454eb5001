import { createServer, type Socket } from 'node:net';
import { rootCertificates } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MailParts } from '../../../../activities/adapters/notifiers/mail-carrier.js';
import type { TargetOf } from '../../../../domain/ports/letter-carriers.js';
import type { Notice } from '../../../../domain/ports/outbox.js';
import { allOf, errand, failureOf, secretsOf } from './errand.js';
import { mailCarrier, mailRoom } from './mail-room.js';

const target: TargetOf<'mail'> = {
  kind: 'mail',
  server: 'secret://server',
  from: 'ratchet@example.org',
  to: ['team@example.org'],
  about: ['run.failed'],
};

interface Sending {
  readonly change?: Partial<Notice>;
  readonly allow?: readonly string[];
  readonly addresses?: readonly string[];
  readonly to?: string[];
  readonly parts?: Partial<MailParts>;
}

async function send(
  server: string,
  { change, allow, addresses = [], to, parts }: Sending = {},
): Promise<void> {
  const mail = to === undefined ? target : { ...target, to };
  await mailCarrier(allow, parts).carry(errand<'mail'>(mail, change, { addresses }), secretsOf({ server }));
}

/** A header of a mail, with its folded lines put together. */
function header(raw: string, name: string): readonly string[] {
  const [head = ''] = raw.split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return lines
    .filter((line) => line.toLowerCase().startsWith(`${name}:`))
    .map((line) => line.slice(name.length + 2));
}

describe('a letter by mail', () => {
  it('is plain text, to the target and whom the notice is to, each once', async () => {
    const { port, seen } = await mailRoom({ secure: true });
    await send(`smtps://mail.example:${port}`, { addresses: ['ann@example.org', 'team@example.org'] });
    const [mail] = seen;
    expect(mail).toMatchObject({
      from: 'ratchet@example.org',
      to: ['team@example.org', 'ann@example.org'],
      isSecure: true,
    });
    const raw = mail?.raw ?? '';
    expect(header(raw, 'subject')).toEqual(['p/m: the run failed']);
    expect(header(raw, 'from')).toEqual(['Ratchet <ratchet@example.org>']);
    expect(header(raw, 'to')).toEqual(['team@example.org, ann@example.org']);
    expect(header(raw, 'auto-submitted')).toEqual(['auto-generated']);
    expect(header(raw, 'content-type')).toEqual(['text/plain; charset=utf-8']);
    expect(raw).toContain('step: train');
  });

  it('has the Message-ID of the letter, and so is the same mail when it comes twice', async () => {
    const { port, seen } = await mailRoom({ secure: true });
    for (let turn = 0; turn < 2; turn += 1) await send(`smtps://mail.example:${port}`);
    expect(seen.map(({ raw }) => header(raw, 'message-id'))).toEqual([
      ['<0f0e0d0c-0b0a-4908-8706-050403020100@example.org>'],
      ['<0f0e0d0c-0b0a-4908-8706-050403020100@example.org>'],
    ]);
  });

  it('signs in with what the secret says, percent-decoded, over TLS', async () => {
    const { port, seen } = await mailRoom();
    await send(`smtp://ann%40example.org:right%20word@mail.example:${port}`);
    expect(seen).toMatchObject([{ isSecure: true, user: 'ann@example.org' }]);
  });

  it.each([
    'x\r\nBcc: evil@example.net',
    'x\nBcc: evil@example.net\n\nanother body',
    '=?utf-8?q?x=0D=0ABcc:_evil=40example.net?=',
    'x\u2028Bcc: evil@example.net',
    'x\u0000\u001b[31m',
  ])('has no header, receiver or command that the title %j could bring in', async (title) => {
    const { port, seen } = await mailRoom({ secure: true });
    await send(`smtps://mail.example:${port}`, {
      change: { title, lines: ['\r\n.\r\nMAIL FROM:<evil@example.net>', '.', `${title}`], model: title },
    });
    expect(seen.length).toBe(1);
    const [mail] = seen;
    expect(mail?.to).toEqual(['team@example.org']);
    expect(header(mail?.raw ?? '', 'bcc')).toEqual([]);
    expect(header(mail?.raw ?? '', 'subject').length).toBe(1);
  });

  it.each([
    'evil@example.net, other@example.net',
    'a@example.org\r\nRCPT TO:<evil@example.net>',
    '"a\\" <evil@example.net>"@example.org',
    '<evil@example.net>',
    'evil@example.net\u0000',
    'a@[10.0.0.1]',
    'not an address',
  ])('does not go to %j, which is no address, and goes to the others', async (address) => {
    const { port, seen } = await mailRoom({ secure: true });
    const said: object[] = [];
    const parts = { log: (_: string, facts: object) => void said.push(facts) };
    await send(`smtps://mail.example:${port}`, { addresses: [address], parts });
    expect(seen.map(({ to }) => to)).toEqual([['team@example.org']]);
    expect(said).toMatchObject([{ missed: 1 }]);
  });

  it('that goes to nobody is refused', async () => {
    const error = await failureOf(send('smtps://mail.example:465', { to: [], addresses: ['none'] }));
    expect(error).toMatchObject({ code: 'NOTICE_REFUSED' });
    expect(error.message).toContain('nobody whom the notice is to has a mail address');
  });

  it('is taken where the server takes it for some, which is noted', async () => {
    const { port, seen } = await mailRoom({
      secure: true,
      onRcptTo: ({ address }, _, callback) => callback(address.startsWith('gone') ? new Error('gone') : null),
    });
    const said: object[] = [];
    const parts = { log: (_: string, facts: object) => void said.push(facts) };
    await send(`smtps://mail.example:${port}`, { addresses: ['gone@example.org'], parts });
    expect(seen.map(({ to }) => to)).toEqual([['team@example.org']]);
    expect(said).toEqual([{ letter: expect.any(String), missed: 1, of: 2 }]);
  });
});

describe('a mail server', () => {
  it('is not sent a password or a letter without TLS, unless the settings name it', async () => {
    const signedIn: string[] = [];
    const { port, seen } = await mailRoom({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ username = '' }, _, callback) => {
        signedIn.push(username);
        callback(null, { user: username });
      },
    });
    const url = `smtp://ann:right%20word@mail.example:${port}`;
    const error = await failureOf(send(url, { parts: { mayBePlain: () => false } }));
    expect(error).toMatchObject({ code: 'NOTICE_REFUSED' });
    expect(error.message).toContain('refuses the letter (ETLS)');
    expect([seen, signedIn]).toEqual([[], []]);
    await send(url);
    expect(seen).toMatchObject([{ isSecure: false, user: 'ann' }]);
  });

  it('must have a certificate that is trusted and is for its name', async () => {
    const { port, seen } = await mailRoom({ secure: true });
    const other = await failureOf(send(`smtps://other.example:${port}`, { allow: ['other.example'] }));
    const publicOnes = { ca: rootCertificates.join('\n') };
    const unknown = await failureOf(send(`smtps://mail.example:${port}`, { parts: publicOnes }));
    for (const error of [other, unknown]) expect(error.code).toBe('EGRESS_FAILED');
    expect(other.message).toContain("does not match certificate's altnames");
    expect(unknown.message).toContain('self-signed certificate');
    expect(seen).toEqual([]);
  });

  it.each([
    ['smtp://10.0.0.1', 'EGRESS_REFUSED'],
    ['smtp://127.0.0.1:587', 'EGRESS_REFUSED'],
    ['smtp://2130706433', 'EGRESS_REFUSED'],
    ['smtp://0x7f.1', 'EGRESS_REFUSED'],
    ['smtp://0177.0.0.1', 'EGRESS_REFUSED'],
    ['smtp://127%2E0.0.1', 'EGRESS_REFUSED'],
    ['smtps://[::1]', 'EGRESS_REFUSED'],
    ['smtps://[::ffff:127.0.0.1]', 'EGRESS_REFUSED'],
    ['smtp://inside.example', 'EGRESS_REFUSED'],
    ['smtp://169.254.169.254', 'EGRESS_REFUSED'],
    ['smtp://mail.example:25', 'EGRESS_REFUSED'],
    ['smtp://mail.example:22', 'EGRESS_REFUSED'],
    ['http://mail.example', 'NOTICE_REFUSED'],
    ['smtp://mail.example/path', 'NOTICE_REFUSED'],
    ['smtp://mail.example?secure=false&tls.rejectUnauthorized=false', 'NOTICE_REFUSED'],
    ['smtp://%zz@mail.example', 'NOTICE_REFUSED'],
    ['smtp://', 'NOTICE_REFUSED'],
    ['mail.example', 'NOTICE_REFUSED'],
  ])('at %s is %s', async (server, code) => {
    const url = server.replace('://', '://canary-user:canary-word@');
    const error = await failureOf(send(server.includes('://') ? url : server, { allow: [] }));
    expect(error.code).toBe(code);
    expect(allOf(error)).not.toContain('canary');
  });

  it.each([
    [450, 'EGRESS_FAILED'],
    [421, 'EGRESS_FAILED'],
    [503, 'EGRESS_FAILED'],
    [550, 'NOTICE_REFUSED'],
    [554, 'NOTICE_REFUSED'],
  ])('that answers %i means %s, and is quoted', async (responseCode, code) => {
    const { port } = await mailRoom({
      secure: true,
      onData: (stream, _, callback) => {
        stream.resume().on('end', () => callback(Object.assign(new Error('no room'), { responseCode })));
      },
    });
    const error = await failureOf(send(`smtps://mail.example:${port}`));
    expect(error.code).toBe(code);
    expect(error.message).toMatch(new RegExp(`mail\\.example .* \\(EMESSAGE\\): ${responseCode} no room$`));
  });

  it('is quoted as one printable line of at most 200 characters', async () => {
    const port = await rawServer((socket) => socket.end(`554 no \u001b[31m${'x'.repeat(1000)}\r\n`));
    const error = await failureOf(send(`smtp://mail.example:${port}`));
    expect(error.code).toBe('NOTICE_REFUSED');
    expect(error.message).toMatch(/: 554 no \\x1b\[31mx{100,}…$/);
    expect(error.message.length).toBeLessThan(300);
  });

  it('that does not take the password refuses the letter, and the password is not told', async () => {
    const { port } = await mailRoom({ secure: true });
    const error = await failureOf(send(`smtps://ann:canary%20word@mail.example:${port}`));
    expect(error.code).toBe('NOTICE_REFUSED');
    expect(error.message).toContain('wrong: ***');
    expect(allOf(error)).not.toMatch(/canary/);
  });

  it('that offers no way to sign in is not sent the letter of somebody who would', async () => {
    const { port, seen } = await mailRoom({ secure: true, disabledCommands: ['AUTH'] });
    const error = await failureOf(send(`smtps://ann:right%20word@mail.example:${port}`));
    expect(error.entry.kind).toBeDefined();
    expect(seen).toEqual([]);
  });

  it.each([
    ['cuts the connection', (socket: Socket) => socket.destroy()],
    ['cuts it after the greeting', (socket: Socket) => socket.end('220 hello\r\n')],
    ['speaks another protocol', (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
  ])('that %s may be back later', async (_, greet) => {
    const port = await rawServer(greet);
    expect((await failureOf(send(`smtp://mail.example:${port}`))).code).toBe('EGRESS_FAILED');
  });

  it('that is not there may be back later', async () => {
    const error = await failureOf(send('smtp://mail.example:1'));
    expect(error).toMatchObject({ code: 'EGRESS_FAILED' });
    expect(error.message).toBe('mail.example gave no usable answer: nothing listens there');
  });
});

/** A server that speaks no SMTP of its own; its port. */
async function rawServer(greet: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy()).resume();
    greet(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
