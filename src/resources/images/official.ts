import { parseImage, type ImageReference } from './reference.ts'

/** The account that an image's program ends up as. */
export interface ImageUser {
  readonly uid: number
  readonly gid: number
}

/** What is known of a published image without pulling it. */
export interface ImageFacts {
  /** Names on Docker Hub (`postgres`), or with another registry (`quay.io/...`). */
  readonly names: readonly string[]
  /** The service's own account; undefined for base images that have none. */
  readonly user?: ImageUser
  /** Where the Alpine variant's account differs. */
  readonly alpineUser?: ImageUser
  /** Who the image starts as: root that switches to `user` by itself, `user` straight away, or root for good. */
  readonly starts: 'root-then-user' | 'user' | 'root'
  /** Folders that the program writes to; an emptyDir or a volume has to lie on each. */
  readonly writable: readonly string[]
  /** Folders among them that hold the data worth keeping. */
  readonly data: readonly string[]
  readonly ports: readonly number[]
  /** Capabilities that the start-up as root needs; none once the container starts as `user`. */
  readonly capabilities: readonly string[]
  /** Commands of the image that tell whether the service works and whether it answers. */
  readonly probe?: { readonly liveness: readonly string[]; readonly readiness: readonly string[] }
  /** What differs from a major version on. */
  readonly since?: { readonly major: number; readonly writable: readonly string[]; readonly data: readonly string[] }
  /** Named accounts of the image that a Dockerfile's USER may mention. */
  readonly accounts?: Readonly<Record<string, ImageUser>>
}

const SWITCHING = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID']
const id = (uid: number, gid = uid): ImageUser => ({ uid, gid })
const shell = (command: string): readonly string[] => ['sh', '-c', command]

const redisProbe = {
  liveness: ['redis-cli', 'ping'],
  // `ping` answers PONG with status 0 also while the data set is loading; the word is what tells.
  readiness: shell('redis-cli ping | grep -q PONG'),
}
const postgresProbe = {
  // Status 1 means that it is starting, replaying its log perhaps for minutes: alive, and not to be killed.
  liveness: shell('pg_isready -q -U "${POSTGRES_USER:-postgres}"; [ "$?" -le 1 ]'),
  // Over TCP, since during its first set-up it listens on the socket only.
  readiness: shell('pg_isready -q -U "${POSTGRES_USER:-postgres}" -h 127.0.0.1'),
}

/**
 * The table was reviewed on 2026-11-21. The accounts of Postgres, Redis, nginx, MySQL and memcached were compared with published
 * image histories of 2026, the others taken from the publishers' Dockerfiles as they had been for years.
 */
export const OFFICIAL_IMAGES: readonly ImageFacts[] = [
  {
    names: ['postgres', 'postgis/postgis', 'timescale/timescaledb'],
    user: id(999),
    alpineUser: id(70),
    starts: 'root-then-user',
    writable: ['/var/lib/postgresql/data', '/var/run/postgresql', '/tmp'],
    data: ['/var/lib/postgresql/data'],
    ports: [5432],
    capabilities: SWITCHING,
    probe: postgresProbe,
    accounts: { postgres: id(999) },
    since: {
      major: 18,
      writable: ['/var/lib/postgresql', '/var/run/postgresql', '/tmp'],
      data: ['/var/lib/postgresql'],
    },
  },
  {
    names: ['redis'],
    user: id(999),
    alpineUser: id(999, 1000),
    starts: 'root-then-user',
    writable: ['/data'],
    data: ['/data'],
    ports: [6379],
    capabilities: SWITCHING,
    probe: redisProbe,
    accounts: { redis: id(999) },
  },
  {
    names: ['valkey/valkey'],
    user: id(999),
    alpineUser: id(999, 1000),
    starts: 'root-then-user',
    writable: ['/data'],
    data: ['/data'],
    ports: [6379],
    capabilities: SWITCHING,
    probe: { liveness: ['valkey-cli', 'ping'], readiness: shell('valkey-cli ping | grep -q PONG') },
  },
  {
    names: ['nginx'],
    user: id(101),
    starts: 'root-then-user',
    writable: ['/var/cache/nginx', '/var/run', '/tmp'],
    data: [],
    ports: [80],
    capabilities: ['CHOWN', 'NET_BIND_SERVICE', 'SETGID', 'SETUID'],
    accounts: { nginx: id(101) },
  },
  {
    names: ['nginxinc/nginx-unprivileged', 'ghcr.io/nginxinc/nginx-unprivileged'],
    user: id(101),
    starts: 'user',
    writable: ['/tmp'],
    data: [],
    ports: [8080],
    capabilities: [],
    accounts: { nginx: id(101) },
  },
  {
    names: ['mysql'],
    user: id(999),
    starts: 'root-then-user',
    writable: ['/var/lib/mysql', '/var/run/mysqld', '/tmp'],
    data: ['/var/lib/mysql'],
    ports: [3306],
    capabilities: SWITCHING,
    accounts: { mysql: id(999) },
  },
  {
    names: ['mariadb'],
    user: id(999),
    starts: 'root-then-user',
    writable: ['/var/lib/mysql', '/run/mysqld', '/tmp'],
    data: ['/var/lib/mysql'],
    ports: [3306],
    capabilities: SWITCHING,
    accounts: { mysql: id(999) },
  },
  {
    names: ['mongo'],
    user: id(999),
    starts: 'root-then-user',
    writable: ['/data/db', '/data/configdb', '/tmp'],
    data: ['/data/db'],
    ports: [27017],
    capabilities: SWITCHING,
    accounts: { mongodb: id(999) },
  },
  {
    names: ['rabbitmq'],
    user: id(999),
    alpineUser: id(100, 101),
    starts: 'root-then-user',
    writable: ['/var/lib/rabbitmq', '/var/log/rabbitmq', '/tmp'],
    data: ['/var/lib/rabbitmq'],
    ports: [5672, 15672],
    capabilities: SWITCHING,
    accounts: { rabbitmq: id(999) },
  },
  {
    names: ['memcached'],
    user: id(11211),
    starts: 'user',
    writable: [],
    data: [],
    ports: [11211],
    capabilities: [],
    accounts: { memcache: id(11211) },
  },
  {
    names: ['httpd'],
    user: id(33),
    alpineUser: id(82),
    starts: 'root-then-user',
    writable: ['/usr/local/apache2/logs', '/tmp'],
    data: [],
    ports: [80],
    capabilities: ['NET_BIND_SERVICE', 'SETGID', 'SETUID'],
    accounts: { 'www-data': id(33) },
  },
  {
    names: ['haproxy'],
    user: id(99),
    starts: 'user',
    writable: ['/tmp'],
    data: [],
    ports: [],
    capabilities: [],
    accounts: { haproxy: id(99) },
  },
  {
    names: ['grafana/grafana'],
    user: id(472, 0),
    starts: 'user',
    writable: ['/var/lib/grafana', '/tmp'],
    data: ['/var/lib/grafana'],
    ports: [3000],
    capabilities: [],
  },
  {
    names: ['prom/prometheus', 'quay.io/prometheus/prometheus'],
    user: id(65534),
    starts: 'user',
    writable: ['/prometheus'],
    data: ['/prometheus'],
    ports: [9090],
    capabilities: [],
  },
  {
    names: ['node'],
    starts: 'root',
    writable: ['/tmp'],
    data: [],
    ports: [],
    capabilities: [],
    accounts: { node: id(1000) },
  },
  ...['python', 'ruby', 'golang', 'eclipse-temurin', 'php', 'rust'].map((name) => baseImage(name)),
  ...['alpine', 'busybox', 'debian', 'ubuntu', 'amazonlinux', 'fedora'].map((name) => baseImage(name)),
]

/** Images without a service: what they write depends on the command they are given. */
function baseImage(name: string): ImageFacts {
  const accounts =
    name === 'alpine' || name === 'busybox' ? { nobody: id(65534) } : { nobody: id(65534), 'www-data': id(33) }
  return { names: [name], starts: 'root', writable: ['/tmp'], data: [], ports: [], capabilities: [], accounts }
}

const BY_NAME = new Map(OFFICIAL_IMAGES.flatMap((facts) => facts.names.map((name) => [name, facts] as const)))

/** Mirrors that serve Docker Hub's official images under a prefix of their own. */
const MIRRORS: readonly RegExp[] = [
  /^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|mirror\.gcr\.io)\//,
  /^public\.ecr\.aws\/docker\/library\//,
]

/** Facts of a published image, with the account of the variant that the tag names; undefined if it is not in the table. */
export function officialImage(text: string): ImageFacts | undefined {
  const image = parseImage(text)
  const facts = image === undefined ? undefined : BY_NAME.get(publishedName(image))
  if (image === undefined || facts === undefined) return undefined
  return variantOf(facts, image.tag ?? 'latest')
}

function variantOf(facts: ImageFacts, tag: string): ImageFacts {
  const { since, alpineUser } = facts
  // A tag without a version (`latest`, `alpine`) is the newest one.
  const major = Number(/^v?(\d+)/.exec(tag)?.[1] ?? Number.POSITIVE_INFINITY)
  const isNewer = since !== undefined && major >= since.major
  return {
    ...facts,
    ...(tag.includes('alpine') && alpineUser !== undefined && { user: alpineUser }),
    ...(isNewer && { writable: since.writable, data: since.data }),
  }
}

/** The name on Docker Hub, whichever mirror it comes from: `postgres` for `mirror.gcr.io/library/postgres:16`. */
export function publishedName({ registry, repository }: ImageReference): string {
  const full = registry === '' ? repository : `${registry}/${repository}`
  return MIRRORS.reduce((name, mirror) => name.replace(mirror, ''), full).replace(/^library\//, '')
}
