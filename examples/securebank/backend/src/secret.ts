import { readFileSync } from 'node:fs';

/** A credential: what is in the file that `NAME_FILE` names, as a mounted Secret is read, or else the variable `NAME`. */
export function secret(name: string): string | undefined {
  const file = process.env[`${name}_FILE`];
  return file === undefined ? process.env[name] : readFileSync(file, 'utf8').trimEnd();
}
