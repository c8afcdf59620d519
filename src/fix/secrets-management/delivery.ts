import type { YamlChange } from '../../edit/yaml/index.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { Value } from '../../resources/value.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import type { FixContext, FixRefusal } from '../fixer.ts'
import { objectEdit } from '../shared/anchors.ts'
import { deployedNamespace } from '../shared/namespace.ts'
import { textAt } from '../shared/text-at.ts'
import { mountFiles } from './mounts.ts'
import { dockerfileNaming, whyProgramReadsNoFile } from './programs.ts'
import { byReference, type Use } from './uses.ts'

/** How the containers of one object get their credentials from now on. */
export interface Delivery {
  readonly edit: WorkspaceEdit
  readonly files: readonly Use[]
  /** What stays a variable, from a Secret, and why. */
  readonly variables: readonly { readonly use: Use; readonly why: string }[]
}

/**
 * Gives the containers of an object their credentials: as files where that works, else by reference.
 * @param more changes to the same object that go with it
 */
export function deliver(
  resource: KubernetesResource,
  uses: readonly Use[],
  more: readonly YamlChange[],
  context: FixContext,
): Delivery | FixRefusal {
  const reasons = new Map(uses.map((use) => [use, whyNoFile(use, context)]))
  const files = uses.filter((use) => reasons.get(use) === undefined)
  const first = attempt(files)
  if (!('refused' in first) || files.length === 0) return first
  // Such as an anchor that shares the variable with a container whose program reads no file.
  for (const use of files) reasons.set(use, first.refused)
  return attempt([])

  function attempt(asFiles: readonly Use[]): Delivery | FixRefusal {
    const variables = uses.filter((use) => !asFiles.includes(use))
    const changes = [...mountFiles(asFiles), ...variables.flatMap(byReference), ...more]
    const edit = objectEdit(resource, changes)
    if ('refused' in edit) return edit
    return { edit, files: asFiles, variables: variables.map((use) => ({ use, why: reasons.get(use) ?? '' })) }
  }
}

/** Why a container cannot take a credential as a file; undefined if it can. */
export function whyNoFile(use: Use, context: FixContext): string | undefined {
  const { container, name, item, key } = use
  const { place } = container
  if (container.role === 'ephemeral') return 'an ephemeral container is made by hand, in a pod that runs'
  // A key becomes the name of a file.
  if (!/^[\w-][\w.-]*$/.test(key)) return `the key ${key} is no name of a file`
  const program = whyProgramReadsNoFile(use, context)
  if (program !== undefined) return program
  const env = place.get('env')
  if (env.mayHaveMore() || place.get('envFrom').mayHaveMore())
    return `not all variables of container ${container.name} are known`
  if (env.items().some((other) => textAt(other.get('name')) === `${name}_FILE`))
    return `${name}_FILE is set already, beside ${name}`
  if (env.items().some((one) => textAt(one.get('name')) === name && one.pathText !== item?.pathText))
    return `${name} is listed twice`
  const word = new RegExp(`(?<!\\w)${name.replaceAll(/\W/g, '\\$&')}(?!\\w)`)
  for (const part of ['command', 'args', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle']) {
    if (mentions(place.get(part).value, word))
      return `\`${part}\` of container ${container.name} uses ${name}: let it read the file that ${name}_FILE names first`
  }
  // The path of a file may end in any name.
  const others = env
    .items()
    .filter((one) => one.pathText !== item?.pathText && textAt(one.get('name'))?.endsWith('_FILE') !== true)
  const other = others.find((one) => mentions(one.get('value').value, word))
  if (other !== undefined)
    return `the variable ${textAt(other.get('name')) ?? ''} of container ${container.name} is made of ${name}`
  const path = dockerfileNaming(word, place, context)
  if (path !== undefined) return `${path} names ${name}: see there how the program gets it, and remove it first`
  return whyStillGiven(use, context)
}

/** Images refuse to start if both variables are set, and `envFrom` may give the old one although `env` no longer does. */
function whyStillGiven({ container, name, from, resource }: Use, { estate }: FixContext): string | undefined {
  const namespace = deployedNamespace(resource, estate)
  for (const source of container.place.get('envFrom').items()) {
    const prefix = textAt(source.get('prefix')) ?? ''
    if (!name.startsWith(prefix)) continue
    const given = textAt(source.get('configMapRef', 'name'))
    const map = estate
      .kubernetes('ConfigMap')
      .find((one) => one.name === given && deployedNamespace(one, estate) === namespace)
    const data = map === undefined ? undefined : Place.of(map).get('data')
    const entry = name.slice(prefix.length)
    const isLost = map !== undefined && map === from?.map && entry === from.entry
    if (data === undefined || data.mayHaveMore() || (data.keys().includes(entry) && !isLost))
      return `\`envFrom\` of container ${container.name} may give ${name} too, beside ${name}_FILE: list what it needs in \`env\``
  }
  return undefined
}

/** True if a text anywhere in the value has the word, or the value is not known. */
function mentions(value: Value | undefined, word: RegExp): boolean {
  switch (value?.kind) {
    case 'string':
      return word.test(value.value)
    case 'list':
      return value.rest !== undefined || value.items.some((item) => mentions(item, word))
    case 'map':
      return value.rest !== undefined || [...value.entries.values()].some((item) => mentions(item, word))
    case 'unknown':
      return true
    default:
      return false
  }
}
