import type { Estate } from '../../resources/estate.ts'

/** Below `vendor/` and the like, or in the `charts/` of a Helm chart, where `helm dependency update` puts others. */
export function isVendored(path: string, estate: Estate): boolean {
  if (/(?:^|\/)(?:vendor|third_party|node_modules)\//.test(path)) return true
  const parent = /^(?<parent>.*?\/|)charts\//.exec(path)?.groups?.['parent']
  return parent !== undefined && estate.files.has(`${parent}Chart.yaml`)
}
