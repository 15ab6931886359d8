import type { Correlation } from '../contracts/correlation.js';
import type { Logger } from '../contracts/logger.js';

/** Adds the correlation id to every line that is written while one is being worked for. */
export function correlatedLogger(logger: Logger, correlation: Correlation): Logger {
  const marked = (fields: object): object => {
    const id = correlation.current();
    if (id === undefined || 'correlation' in fields) return fields;
    return { ...(fields instanceof Error ? { err: fields } : fields), correlation: id };
  };
  return {
    debug: (fields, message) => logger.debug(marked(fields), message),
    info: (fields, message) => logger.info(marked(fields), message),
    warn: (fields, message) => logger.warn(marked(fields), message),
    error: (fields, message) => logger.error(marked(fields), message),
  };
}
