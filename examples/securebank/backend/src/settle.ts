import { pool } from './db.js';

// Run by the nightly CronJob: everything authorised before midnight is settled.
const result = await pool.query(
  "update payments set status = 'settled' where status = 'authorised' and created_at < current_date",
);
console.log(`settled ${result.rowCount ?? 0} payments`);
await pool.end();
