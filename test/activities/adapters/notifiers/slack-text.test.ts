import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackMessage } from '../../../../activities/adapters/notifiers/slack-text.js';

describe('a message of the form of Slack', () => {
  it('has the notice as text and in blocks', () => {
    const message = slackMessage({ title: 'p/m: the run failed', lines: ['step: train', 'reason: x'] });
    expect(message.text).toBe('p/m: the run failed\nstep: train\nreason: x');
    expect(message.blocks).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: '*p/m: the run failed*', verbatim: true } },
      { type: 'section', text: { type: 'mrkdwn', text: 'step: train\nreason: x', verbatim: true } },
    ]);
  });

  it('escapes what Slack would obey', () => {
    const { text } = slackMessage({
      title: '<!channel> & <@U1> <https://evil.example|here>',
      lines: ['\u001b[31m\u202e'],
    });
    expect(text).toBe(
      '&lt;!channel&gt; &amp; &lt;@U1&gt; &lt;https://evil.example|here&gt;\n\\x1b[31m\\u202e',
    );
  });

  it('calls nobody, in programs that hear names in plain text either', () => {
    const { text } = slackMessage({
      title: '@channel @HERE @all @everyone',
      lines: ['ann@example.org @ann @alligator'],
    });
    expect(text).not.toMatch(/@(channel|here|all\b|everyone)/i);
    expect(text).toContain('ann@example.org @ann @alligator');
  });

  it('stays inside of what Slack takes, whatever it is given', () => {
    const line = fc.string({ unit: 'binary', maxLength: 3000 });
    fc.assert(
      fc.property(line, fc.array(line, { maxLength: 60 }), (title, lines) => {
        const { text, blocks } = slackMessage({ title, lines });
        expect(text.length).toBeLessThanOrEqual(3000);
        expect(blocks.length).toBeLessThanOrEqual(50);
        for (const block of blocks) {
          expect(block.text.text.length).toBeGreaterThan(0);
          expect(block.text.text.length).toBeLessThanOrEqual(3000);
          expect(block.text.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        }
        expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it('stays so where every sign is escaped', () => {
    const { text, blocks } = slackMessage({
      title: '&'.repeat(1000),
      lines: Array(60).fill('<'.repeat(1000)),
    });
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(Math.max(text.length, ...blocks.map((block) => block.text.text.length))).toBeLessThanOrEqual(3000);
  });
});
