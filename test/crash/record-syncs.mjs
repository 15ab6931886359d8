/**
 * Loaded into the sandbox process with `--import`: writes down each file and folder that it hands to the disk, so that
 * a simulated power cut knows what survives. One line each: inode, time of its last change in nanoseconds, size.
 */
import { appendFileSync } from 'node:fs';
import { open } from 'node:fs/promises';

const log = process.env['SYNC_LOG'];
if (log !== undefined) {
  const handle = await open(import.meta.filename, 'r');
  const prototype = Object.getPrototypeOf(handle);
  await handle.close();
  const { sync } = prototype;
  prototype.sync = async function recordedSync() {
    const before = await this.stat({ bigint: true });
    await sync.call(this);
    appendFileSync(log, `${before.ino} ${before.mtimeNs} ${before.size}\n`);
  };
}
