const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/** A Kubernetes quantity (`250m`, `1.5Gi`, `2e3`) as a number; undefined if it is none. */
export function parseQuantity(text: string): number | undefined {
  const groups = /^(?<number>[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?<suffix>[A-Za-z]*)$/.exec(text.trim())?.groups
  const factor = SUFFIXES[groups?.['suffix'] ?? '']
  return groups?.['number'] === undefined || factor === undefined ? undefined : Number(groups['number']) * factor
}
