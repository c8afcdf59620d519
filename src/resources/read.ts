import { parseHclJson } from '../parse/hcl/json.ts'
import { parseHcl } from '../parse/hcl/parser.ts'
import { parseYaml } from '../parse/yaml/parser.ts'
import type { HclDocument } from '../parse/hcl/ast.ts'
import type { YamlFile } from '../parse/yaml/ast.ts'
import { Estate, type EstateFiles, type EstateOptions, type SourceDocument } from './estate.ts'
import { readKubernetes } from './kubernetes/index.ts'
import { mayHoldObjects } from './kubernetes/layout.ts'
import type { TerraformResource } from './resource.ts'
import { readServers } from './source/servers.ts'
import { readPlan, readTerraform, type TerraformMemory } from './terraform/index.ts'

/** Documents by path, reused while the text is the same string: an edit of one file re-parses that file only. */
export type DocumentCache = Map<string, SourceDocument>

/**
 * Reads everything that a project declares. Never throws on input: what cannot be read is a diagnostic.
 * @param memory of earlier readings of the same project, where only the newest one is looked at from now on
 */
export function readEstate(
  input: EstateFiles,
  options: EstateOptions = {},
  cache: DocumentCache = new Map(),
  memory?: TerraformMemory,
): Estate {
  const hcl = new Map<string, HclDocument>()
  const yaml = new Map<string, YamlFile>()
  const planned: TerraformResource[] = []
  for (const [path, text] of input.files) {
    const document = parseDocument(path, text, cache)
    if (document === undefined) planned.push(...(readPlanFile(path, text) ?? []))
    else if (document.language === 'hcl') hcl.set(path, document)
    else yaml.set(path, document)
  }
  const vendored = new Map<string, HclDocument>()
  for (const [path, text] of input.vendored) {
    const document = parseDocument(path, text, cache)
    if (document?.language === 'hcl') vendored.set(path, document)
  }

  const terraform = readTerraform(hcl, vendored, input, options, memory)
  const configured = new Set(terraform.resources.map(({ root }) => root))
  const explicit = new Set(
    planned.filter(({ header }) => header.document.path === options.named).map(({ root }) => root),
  )
  const kubernetes = readKubernetes(yaml)
  const documents = new Map<string, SourceDocument>([...hcl, ...yaml])
  return new Estate({
    resources: [
      ...terraform.resources.filter(({ root }) => !explicit.has(root)),
      // A plan beside its own configuration would say everything twice.
      ...planned.filter(({ root }) => explicit.has(root) || !configured.has(root)),
      ...kubernetes.resources,
      ...readServers(input.files),
    ],
    documents,
    diagnostics: [
      ...[...hcl.values()].flatMap((document) => document.diagnostics),
      ...terraform.diagnostics,
      ...kubernetes.diagnostics,
    ],
    unavailableModules: terraform.unavailableModules,
    files: input.files,
    folders: terraform.folders,
  })
}

function parseDocument(path: string, text: string, cache: DocumentCache): SourceDocument | undefined {
  const known = cache.get(path)
  if (known !== undefined && known.text === text) return known
  const document = parseNew(path, text)
  if (document !== undefined) cache.set(path, document)
  return document
}

function parseNew(path: string, text: string): SourceDocument | undefined {
  if (/\.(?:tf|tofu|tfvars)$/.test(path)) return parseHcl(path, text)
  if (/\.(?:tf|tofu|tfvars)\.json$/.test(path)) return parseHclJson(path, text)
  if (/\.ya?ml$/.test(path)) return parseYaml(path, text)
  if (/(?:^|\/)Kustomization$/.test(path)) return parseYaml(path, text)
  // Package manifests and other JSON are nobody's infrastructure, and parsing them would take most of the time.
  if (path.endsWith('.json') && mayHoldObjects(text)) return parseYaml(path, text)
  return undefined
}

/** The output of `terraform show -json`, recognised by the keys that every plan and state of it has. */
function readPlanFile(path: string, text: string): readonly TerraformResource[] | undefined {
  if (!path.endsWith('.json') || !/"format_version"\s*:/.test(text)) return undefined
  return readPlan(path, text)
}
