/** Colours that readers with any common colour blindness can tell apart (Okabe and Ito, 2008). */
export const palette = {
  model: '#0072b2',
  mark: '#d55e00',
  reference: '#6b6b6b',
  ink: '#1a1a1a',
  /** Light enough for ink on it to be read. */
  shade: '#56b4e9',
  faint: '#d9d9d9',
  paper: '#ffffff',
} as const;

/** Line styles in order of use: no two share colour and dashes, so that none depends on colour alone. */
export const lineStyles = [
  { colour: '#0072b2', dashes: undefined },
  { colour: '#d55e00', dashes: '7 3' },
  { colour: '#009e73', dashes: '2 3' },
  { colour: '#cc79a7', dashes: '10 3 2 3' },
  { colour: '#56b4e9', dashes: '4 2' },
  { colour: '#e69f00', dashes: '12 4' },
] as const;
