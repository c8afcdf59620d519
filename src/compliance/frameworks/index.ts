import type { Framework } from '../framework.ts'
import pciDss321 from './pci-dss-3.2.1.ts'
import pciDss401 from './pci-dss-4.0.1.ts'

export const FRAMEWORKS: readonly Framework[] = [pciDss321, pciDss401]

export function frameworkById(id: string): Framework | undefined {
  return FRAMEWORKS.find((framework) => framework.id === id)
}
