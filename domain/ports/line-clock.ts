/**
 * The instant, ISO-8601, by which cool-downs and budgets of automatic runs are reckoned: that of the machine, or the one
 * that traffic of the past is played at. Error: `SETTING_INVALID`.
 */
export type LineClock = () => string;
