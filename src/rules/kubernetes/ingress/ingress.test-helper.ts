import type { Snippet } from '../../../testing/index.ts'

/** An Ingress around the lines of its annotations, which begin on line 6, with one more before them. */
export function ingress(lines: string): Snippet {
  const indented = lines.split('\n').map((line) => `    ${line}\n`)
  return {
    path: 'ingress.yaml',
    text: `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n    a: b # kept\n${indented.join('')}spec: {}\n`,
  }
}

export const without: Snippet = {
  path: 'ingress.yaml',
  text: 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n    a: b # kept\nspec: {}\n',
}

/** An Ingress of a chart whose snippet Helm fills in. */
export const templated = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
  'chart/templates/ingress.yaml': ingress(`nginx.ingress.kubernetes.io/server-snippet: '{{ .Values.snippet }}'`).text,
}
