import { describe, expect, it } from '@jest/globals';
import { checkCron } from '../../app/validation/check-cron.js';

describe('the check of cron expressions', () => {
  it.each(['0 8 * * 1', '*/5 0-6 1,15 jan-mar sun', 'CRON_TZ=Africa/Nairobi 0 8 * * 1', 'TZ=UTC 0 8 * * *'])(
    'takes what the schedules keep: %s',
    (cron) => expect(checkCron(cron)).toBeUndefined(),
  );

  it.each(['0 8 * *', '61 8 * * 1', '0 8 * * 1 2026', 'CRON_TZ=Nowhere/At-all 0 8 * * 1', 'daily'])(
    'says what is wrong with %s',
    (cron) => expect(checkCron(cron)).toContain(cron),
  );
});
