import { pino, type DestinationStream } from 'pino';
import { redactedFields, redactedText } from '../app/redacted-fields.js';
import type { Logger } from '../contracts/logger.js';

/** Logs go to standard error as JSON lines, without what is about people: see app/redacted-fields.ts. */
export function createTerminalLogger(
  level: string,
  destination: DestinationStream = pino.destination(2),
): Logger {
  return pino(
    {
      level,
      formatters: { log: redactedFields },
      hooks: {
        logMethod(given, method) {
          const [fields, message] = given;
          if (typeof message === 'string') method.apply(this, [fields, redactedText(message)]);
          else method.apply(this, given);
        },
      },
    },
    destination,
  );
}
