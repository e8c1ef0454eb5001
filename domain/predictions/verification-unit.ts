/** The unit of what a release asks an endpoint for, to prove that it answers as the model does. */
export const verificationUnit = 'ratchet/verification';
