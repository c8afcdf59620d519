/** Edits to Terraform files that leave every other byte alone. */
export { findAttribute, findBlocks, HclEdits } from './edits.ts'
export {
  attributeOf,
  containerOf,
  isOwnFile,
  isWrittenLiteral,
  literalText,
  notEditable,
  setOwnAttribute,
  setPlace,
} from './place.ts'
export type { EditRefusal } from './refusal.ts'
export { attribute, block, type BlockSpec, GAP, type HclValue, type ItemSpec, raw, resource, template } from './spec.ts'
export { documentStyle, indentAt } from './style.ts'
export { addTopBlocks, addVariable, folderOf, moduleDocuments } from './variables.ts'
