/** Edits to Terraform files that leave every other byte alone. */
export { findAttribute, findBlocks, HclEdits, valueText } from './edits.ts'
export { setNested } from './nested.ts'
export {
  attributeOf,
  containerOf,
  isWrittenLiteral,
  literalText,
  notEditable,
  setOwnAttribute,
  setPlace,
  type WrittenContainer,
} from './place.ts'
export type { EditRefusal } from './refusal.ts'
export {
  attribute,
  block,
  type BlockSpec,
  GAP,
  type HclValue,
  type ItemSpec,
  raw,
  renderValue,
  resource,
  template,
} from './spec.ts'
export { rewriteAttributes } from './rewrite.ts'
export { documentStyle, indentAt } from './style.ts'
export { addTopBlocks, addVariable, folderOf, type VariableSpec } from './variables.ts'
