const longestReason = 300;
const longestMessage = 8_192;

/** Parts of onnxruntime's messages that tell about its own source or this machine. */
const noise: readonly (readonly [RegExp, string])[] = [
  [/^Load model (from .* )?failed:\s*/s, ''],
  [
    /^Non-zero status code returned while running (\S+) node\. Name:'([^']*)' Status Message:\s*/,
    '$1 node: ',
  ],
  /** `/src/file.cc:12 type scope::function(arguments) const [with T = ...] ` and `file.cc:12 Function `. */
  [
    /\S+\.(?:cc|cpp|h|hpp):\d+ [^()]*::[^()]*\((?:[^()]|\([^()]*\))*\)(?: const)?(?: \[with [^\]]*\])?:?\s*/g,
    '',
  ],
  [/\S+\.(?:cc|cpp|h|hpp):\d+ \w+ /g, ''],
  [/(?<![\w.])\/[^\s'":,)]+/g, '(path)'],
];

/** One line for people out of a runtime's message: no paths, no source positions, no control characters. */
export function cleanReason(message: string): string {
  const short = message.slice(0, longestMessage);
  const told = noise.reduce((text, [pattern, by]) => text.replace(pattern, by), short);
  const line = told
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/\.$/, '');
  if (line === '') return 'no reason was given';
  return line.length > longestReason ? `${line.slice(0, longestReason)}...` : line;
}
