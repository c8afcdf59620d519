import { posix } from 'node:path'
import type { DockerfileFile, DockerfileStage } from '../../parse/dockerfile/ast.ts'
import { parseDockerfile } from '../../parse/dockerfile/parser.ts'
import { type ImageFacts, type ImageUser, officialImage } from './official.ts'
import { imageBaseName, parseImage } from './reference.ts'

/** What a Dockerfile of this repository says of the image that it builds. */
export interface OwnImage {
  readonly dockerfile: DockerfileFile
  /** The folder that the image is built from, relative to the project root. */
  readonly folder: string
  /** `undefined` if the user is not known; uid 0 is root. */
  readonly user: ImageUser | undefined
  /** True if the Dockerfile sets a user at all, known or not. */
  readonly setsUser: boolean
  readonly workdir: string
  readonly volumes: readonly string[]
  readonly ports: readonly number[]
  readonly hasHealthcheck: boolean
  /** The published image at the bottom, if it is in the table. */
  readonly base: ImageFacts | undefined
}

function isDockerfilePath(path: string): boolean {
  return /(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w-]+)?$|\.[Dd]ockerfile$/.test(path)
}

/**
 * The Dockerfile that builds an image, told by name: `shop/backend:1.4` is built in a folder `backend`, by
 * `Dockerfile.backend`, or beside a `package.json` of that name. Undefined if none, or several, fit.
 */
export function dockerfileFor(imageText: string, files: ReadonlyMap<string, string>): string | undefined {
  const image = parseImage(imageText)
  if (image === undefined) return undefined
  const name = imageBaseName(image).toLowerCase()
  const paths = dockerfilePaths(files)
  for (const fits of [exactly, byPackage, bySuffix]) {
    const found = paths.filter((path) => fits(path, name, files))
    if (found.length === 1) return found[0]
    if (found.length > 1) return plainOf(found)
  }
  return undefined
}

const DOCKERFILES = new WeakMap<ReadonlyMap<string, string>, readonly string[]>()

/** Asked for every image of a project, so the list is made once. */
function dockerfilePaths(files: ReadonlyMap<string, string>): readonly string[] {
  const known = DOCKERFILES.get(files) ?? [...files.keys()].filter(isDockerfilePath).sort()
  DOCKERFILES.set(files, known)
  return known
}

/** Of `backend/Dockerfile` and `backend/Dockerfile.dev` the first is what gets deployed. */
function plainOf(paths: readonly string[]): string | undefined {
  const plain = paths.filter((path) => /(?:^|\/)(?:Dockerfile|Containerfile)$/.test(path))
  return plain.length === 1 ? plain[0] : undefined
}

function exactly(path: string, name: string): boolean {
  return serviceNames(path).includes(name)
}

function bySuffix(path: string, name: string): boolean {
  return serviceNames(path).some((service) => name.endsWith(`-${service}`) || service.endsWith(`-${name}`))
}

function byPackage(path: string, name: string, files: ReadonlyMap<string, string>): boolean {
  const manifest = files.get(posix.join(posix.dirname(path), 'package.json'))
  const found = manifest === undefined ? undefined : /"name"\s*:\s*"(?:@[^"/]+\/)?([^"]+)"/.exec(manifest)?.[1]
  return found?.toLowerCase() === name
}

/** `services/backend/Dockerfile`: backend; `docker/Dockerfile.worker` and `worker.dockerfile`: worker. */
function serviceNames(path: string): string[] {
  const file = posix.basename(path)
  const folder = posix.basename(posix.dirname(path)).toLowerCase()
  const suffix =
    /^(?:Dockerfile|Containerfile)\.([\w-]+)$/.exec(file)?.[1] ?? /^([\w-]+)\.[Dd]ockerfile$/.exec(file)?.[1]
  if (suffix !== undefined) return [suffix.toLowerCase()]
  const generic = ['.', 'docker', 'build', 'src', 'deploy', '.devcontainer'].includes(folder)
  return generic ? [] : [folder]
}

export function readOwnImage(path: string, text: string): OwnImage | undefined {
  const dockerfile = parseDockerfile(path, text)
  const chain = stageChain(dockerfile)
  const bottom = chain.at(-1)
  if (bottom === undefined) return undefined
  const base = bottom.from.value === undefined ? undefined : officialImage(bottom.from.value)
  const userWord = chain.flatMap((stage) => stage.users.at(-1) ?? []).at(0)
  return {
    dockerfile,
    folder: posix.dirname(path),
    user: userWord === undefined ? inheritedUser(bottom.from.value, base) : userOf(userWord.value, base),
    setsUser: userWord !== undefined,
    workdir: workdirOf(chain),
    volumes: chain
      .flatMap((stage) => stage.volumes.flatMap((volume) => volume.value ?? []))
      .filter((path) => path.startsWith('/')),
    ports: chain.flatMap((stage) => stage.exposes.flatMap((port) => portOf(port.value))),
    hasHealthcheck: chain.some((stage) => stage.healthcheck !== undefined && !stage.healthcheck.none),
    base,
  }
}

/** The last stage and the earlier ones that it continues, from the top down. */
function stageChain(dockerfile: DockerfileFile): DockerfileStage[] {
  const chain: DockerfileStage[] = []
  let stage = dockerfile.stages.at(-1)
  while (stage !== undefined) {
    chain.push(stage)
    // A parent is always an earlier stage, so this ends.
    stage = stage.parent === undefined ? undefined : dockerfile.stages[stage.parent]
  }
  return chain
}

/** Without USER an image runs as its base does. */
function inheritedUser(from: string | undefined, base: ImageFacts | undefined): ImageUser | undefined {
  if (base !== undefined) return base.starts === 'user' ? base.user : { uid: 0, gid: 0 }
  // Distroless says in its tag who it runs as.
  return from !== undefined && /^gcr\.io\/distroless\/.*nonroot/.test(from) ? { uid: 65532, gid: 65532 } : undefined
}

function userOf(text: string | undefined, base: ImageFacts | undefined): ImageUser | undefined {
  if (text === undefined) return undefined
  const [user = '', group] = text.split(':')
  if (user === 'root') return { uid: 0, gid: 0 }
  if (/^\d+$/.test(user))
    return { uid: Number(user), gid: group !== undefined && /^\d+$/.test(group) ? Number(group) : Number(user) }
  return base?.accounts?.[user]
}

function workdirOf(chain: readonly DockerfileStage[]): string {
  // Stages run from the bottom up, and a relative WORKDIR goes on from the one before.
  const steps = [...chain].reverse().flatMap((stage) => stage.workdirs.map((workdir) => workdir.value ?? '.'))
  return posix.resolve('/', ...steps)
}

function portOf(text: string | undefined): number[] {
  const port = /^(\d+)(?:\/tcp)?$/.exec(text ?? '')?.[1]
  return port === undefined ? [] : [Number(port)]
}
