import { parse, type ParserPlugin } from '@babel/parser'
import { diagnosticAt } from '../../text/diagnostic.ts'
import { LineMap } from '../../text/line-map.ts'
import type { JavaScriptFile } from './ast.ts'

/** The file names that `parseJavaScript` is for; type declarations declare nothing that runs. */
export function isJavaScriptPath(path: string): boolean {
  return /\.(?:[cm]?js|[cm]?ts|[jt]sx)$/.test(path) && !/\.d\.[cm]?ts$/.test(path)
}

/** Reads TypeScript or JavaScript, ES module or CommonJS. Never throws: what cannot be read becomes a diagnostic. */
export function parseJavaScript(path: string, text: string): JavaScriptFile {
  const lines = new LineMap(text)
  const base = { language: 'javascript', path, text, lines } as const
  try {
    const tree = parse(text, {
      sourceType: 'unambiguous',
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      errorRecovery: true,
      plugins: pluginsFor(path),
    })
    return { ...base, tree, diagnostics: [] }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const at = positionOf(error) ?? 0
    const span = { start: at, end: Math.min(at + 1, text.length) }
    return { ...base, tree: undefined, diagnostics: [diagnosticAt(path, lines, span, 'javascript-unreadable', reason)] }
  }
}

function pluginsFor(path: string): ParserPlugin[] {
  // In plain `.ts`, `<T>value` is a cast and not an element, so JSX has to be off there.
  if (/\.[cm]?ts$/.test(path)) return ['typescript', 'decorators']
  return path.endsWith('.tsx') ? ['typescript', 'jsx', 'decorators'] : ['jsx', 'decorators']
}

function positionOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('pos' in error)) return undefined
  return typeof error.pos === 'number' ? error.pos : undefined
}
