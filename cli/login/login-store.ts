import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Who is signed in at a sandbox, for the command line. Instants are milliseconds since 1970. */
const loginSchema = z.object({
  issuer: z.string(),
  token: z.string(),
  revocation: z.string(),
  username: z.string(),
  accessToken: z.string(),
  accessExpiresAt: z.number(),
  refreshToken: z.string().optional(),
});
export type Login = z.infer<typeof loginSchema>;

export interface LoginStore {
  /** Where it is kept. */
  readonly file: string;
  get(origin: string): Promise<Login | undefined>;
  set(origin: string, login: Login): Promise<void>;
  remove(origin: string): Promise<void>;
}

const storeSchema = z.record(z.string(), loginSchema);

/** One file in the user's state folder (XDG Base Directory specification) that nobody else can read. */
export function openLoginStore(environment: NodeJS.ProcessEnv = process.env): LoginStore {
  const stated = environment['XDG_STATE_HOME'];
  const state = stated !== undefined && stated.startsWith('/') ? stated : join(homedir(), '.local', 'state');
  const file = join(state, 'govstack-sandbox', 'logins.json');

  async function read(): Promise<Record<string, Login>> {
    try {
      // A file that cannot be read as ours holds no sign-in: signing in again writes it anew.
      return storeSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data ?? {};
    } catch (error) {
      if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
  }

  async function write(all: Record<string, Login>): Promise<void> {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    // A file that is renamed into place is whole, whoever else writes at the same time.
    const fresh = `${file}.${process.pid}`;
    await writeFile(fresh, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
    await chmod(fresh, 0o600);
    await rename(fresh, file);
  }

  return {
    file,
    get: async (origin) => (await read())[origin],
    set: async (origin, login) => write({ ...(await read()), [origin]: login }),
    remove: async (origin) => {
      const { [origin]: gone, ...others } = await read();
      if (gone !== undefined) await write(others);
    },
  };
}
