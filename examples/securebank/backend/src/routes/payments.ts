import { Router } from 'express';
import { pool } from '../db.js';

export const payments = Router();

interface PaymentRequest {
  merchant: string;
  amountCents: number;
  currency: string;
  /** Token of the card, issued by the vault; card numbers never come here. */
  cardToken: string;
}

function isPaymentRequest(body: unknown): body is PaymentRequest {
  if (typeof body !== 'object' || body === null) return false;
  const { merchant, amountCents, currency, cardToken } = body as Record<string, unknown>;
  return (
    typeof merchant === 'string' &&
    typeof currency === 'string' &&
    typeof cardToken === 'string' &&
    Number.isSafeInteger(amountCents) &&
    Number(amountCents) > 0
  );
}

payments.post('/', async (request, response, next) => {
  if (!isPaymentRequest(request.body)) {
    response.status(400).json({ error: 'merchant, amountCents, currency and cardToken are required' });
    return;
  }
  const { merchant, amountCents, currency, cardToken } = request.body;
  try {
    const result = await pool.query(
      `insert into payments (merchant, amount_cents, currency, card_token, status)
       values ($1, $2, $3, $4, 'authorised') returning id`,
      [merchant, amountCents, currency, cardToken],
    );
    response.status(201).json({ id: result.rows[0].id, status: 'authorised' });
  } catch (error) {
    next(error);
  }
});

payments.get('/:id', async (request, response, next) => {
  try {
    const result = await pool.query('select id, merchant, amount_cents, currency, status from payments where id = $1', [
      request.params.id,
    ]);
    if (result.rows.length === 0) response.status(404).json({ error: 'no such payment' });
    else response.json(result.rows[0]);
  } catch (error) {
    next(error);
  }
});
