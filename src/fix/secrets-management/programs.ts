import { posix } from 'node:path'
import { knownImage, parseImage, publishedName } from '../../resources/images/index.ts'
import type { ImageReference } from '../../resources/images/reference.ts'
import type { Place } from '../../resources/place.ts'
import type { FixContext, FixValues } from '../fixer.ts'
import { textAt } from '../shared/text-at.ts'
import type { Use } from './uses.ts'

export const FILES_SETTING = 'values.secrets.files'

/** An official image whose entry point takes a variable's value from the file that its sibling with `_FILE` names. */
interface FileReader {
  /** First arguments with which the entry point prepares the server, and so reads the files. */
  readonly servers: readonly string[]
  readonly variables: ReadonlySet<string>
}

const named = (prefix: string, ...names: readonly string[]): readonly string[] => names.map((name) => prefix + name)
const MYSQL = ['ROOT_PASSWORD', 'ROOT_HOST', 'DATABASE', 'USER', 'PASSWORD']
const WORDPRESS_KEYS = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].flatMap((name) => [`${name}_KEY`, `${name}_SALT`])

/**
 * Which variables: as the images' pages on Docker Hub list them under "Docker Secrets" (text in github.com/docker-library/docs),
 * looked up on 2026-11-22. Postgres and MySQL read them as the user that the container starts as; MongoDB, and Postgres in
 * older images, after switching to its own; WordPress with each request.
 */
const OFFICIAL: ReadonlyMap<string, FileReader> = new Map([
  [
    'postgres',
    { servers: ['postgres'], variables: new Set(named('POSTGRES_', 'PASSWORD', 'USER', 'DB', 'INITDB_ARGS')) },
  ],
  ['mysql', { servers: ['mysqld'], variables: new Set(named('MYSQL_', ...MYSQL)) }],
  [
    'mariadb',
    {
      servers: ['mariadbd', 'mysqld'],
      variables: new Set([
        ...named('MYSQL_', ...MYSQL),
        ...named('MARIADB_', ...MYSQL, 'ROOT_PASSWORD_HASH', 'PASSWORD_HASH'),
      ]),
    },
  ],
  ['mongo', { servers: ['mongod'], variables: new Set(named('MONGO_INITDB_ROOT_', 'USERNAME', 'PASSWORD')) }],
  [
    'wordpress',
    {
      servers: ['apache2-foreground', 'php-fpm'],
      variables: new Set([
        ...named('WORDPRESS_', 'DB_HOST', 'DB_USER', 'DB_PASSWORD', 'DB_NAME', 'TABLE_PREFIX', 'DEBUG'),
        ...named('WORDPRESS_', ...WORDPRESS_KEYS),
      ]),
    },
  ],
])

/** Variables that a library or a client program reads by itself, whatever the program around it does. */
const OF_LIBRARIES = /^(?:AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH)$/

/** Why the program of a container is not known to read a variable from a file; undefined if it is. */
export function whyProgramReadsNoFile({ container, name }: Use, { values }: FixContext): string | undefined {
  const image = parseImage(textAt(container.place.get('image')) ?? '')
  const official = image === undefined ? undefined : OFFICIAL.get(publishedName(image))
  const declared = declaration(container.name, image, name, values)
  if (declared === 'variable') return undefined
  if (official !== undefined) return whyEntryPointReadsNoFile(official, container.place, name)
  if (declared === 'program') {
    if (!OF_LIBRARIES.test(name)) return undefined
    return `a library reads ${name}, and it knows no ${name}_FILE; if the program reads the file all the same, name the variable in ${FILES_SETTING}`
  }
  const program = image?.repository ?? container.name
  return `only the program can read a file: once that of container ${container.name} reads the files that variables ending in _FILE name, list ${program} in ${FILES_SETTING}`
}

/** What the configuration says of the program: that it reads files, or that it does so for this very variable. */
function declaration(
  container: string,
  image: ImageReference | undefined,
  variable: string,
  { secrets }: FixValues,
): 'program' | 'variable' | undefined {
  const entries = (secrets?.files ?? []).filter((entry) => {
    const program = typeof entry === 'string' ? entry : entry.program
    return program === '*' || program === container || program === image?.repository
  })
  if (entries.some((entry) => typeof entry !== 'string' && entry.variables.includes(variable))) return 'variable'
  return entries.some((entry) => typeof entry === 'string') ? 'program' : undefined
}

function whyEntryPointReadsNoFile(
  { servers, variables }: FileReader,
  container: Place,
  name: string,
): string | undefined {
  if (!variables.has(name))
    return `the image reads no ${name}_FILE; if the program does, name the variable in ${FILES_SETTING}`
  const [command, args] = [words(container.get('command')), words(container.get('args'))]
  const [entry, ...rest] = command ?? []
  const isEntryPoint = entry === undefined || posix.basename(entry) === 'docker-entrypoint.sh'
  const server = [...rest, ...(args ?? [])].at(0)
  const isServer = server === undefined || server.startsWith('-') || servers.includes(server)
  if (command !== undefined && args !== undefined && isEntryPoint && isServer) return undefined
  return `the container runs something else than the image's own entry point and server, which would read ${name}_FILE`
}

/** The items of a list of strings; none if it is absent, undefined if it is not known. */
function words(place: Place): readonly string[] | undefined {
  const reading = place.strings()
  if (reading.kind === 'absent') return []
  return reading.kind === 'known' ? reading.value : undefined
}

/** The Dockerfile of this repository that builds the container's image, if it mentions a variable. */
export function dockerfileNaming(name: RegExp, container: Place, { estate }: FixContext): string | undefined {
  const known = knownImage(estate, textAt(container.get('image')) ?? '')
  const dockerfile = known?.kind === 'own' ? known.image.dockerfile : undefined
  return dockerfile !== undefined && name.test(dockerfile.text) ? dockerfile.path : undefined
}
