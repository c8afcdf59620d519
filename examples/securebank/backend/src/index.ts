import express from 'express';
import type { NextFunction, Request, Response } from 'express';
import { payments } from './routes/payments.js';

const app = express();
const port = Number(process.env.PORT ?? 8080);

app.disable('x-powered-by');
app.use(express.json({ limit: '64kb' }));

app.use('/api/payments', payments);

app.get('/', (_request, response) => {
  response.json({ service: 'securebank', version: '1.8.2' });
});

app.use((error: Error, _request: Request, response: Response, _next: NextFunction) => {
  console.error(error.message);
  response.status(500).json({ error: 'internal error' });
});

app.listen(port, () => {
  console.log(`listening on ${port}`);
});
