import { pino } from 'pino';
import type { Logger } from '../contracts/logger.js';

/** Logs go to standard error as JSON lines, with what names people taken out. */
export function createTerminalLogger(level: string): Logger {
  return pino(
    {
      level,
      redact: {
        paths: [
          '*.individualId',
          '*.phone',
          '*.firstName',
          '*.lastName',
          '*.authorization',
          '*.cookie',
          'authorization',
          'cookie',
        ],
        censor: '[redacted]',
      },
    },
    pino.destination(2),
  );
}
