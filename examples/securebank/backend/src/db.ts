import pg from 'pg';
import { secret } from './secret.js';

/** Connection settings come from the environment; the deployment sets them. */
export const pool = new pg.Pool({
  host: process.env.DB_HOST,
  user: process.env.DB_USER,
  password: secret('DB_PASSWORD'),
  database: process.env.DB_NAME ?? 'payments',
  max: 10,
});
