import { entries } from '../entry.js';

export const gateErrors = entries({
  ACCOUNT_NOT_FOUND: { kind: 'notFound', retry: false, about: 'there is no such account' },
  TOKEN_NOT_FOUND: { kind: 'notFound', retry: false, about: 'the account has no such token' },
  APPROVAL_NOT_FOUND: { kind: 'notFound', retry: false, about: 'there is no such approval' },
  VOTE_REFUSED: { kind: 'refused', retry: false, about: 'a vote is not taken, or does not count' },
  AUDIT_BROKEN: { kind: 'refused', retry: false, about: 'the chain of the audit does not hold' },
  PROMOTION_REFUSED: {
    kind: 'refused',
    retry: false,
    about: 'a version may not become champion, or there is none to go back to',
  },
});
