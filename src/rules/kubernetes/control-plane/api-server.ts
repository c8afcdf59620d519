import { posix } from 'node:path'
import type { Container } from '../../../resources/kubernetes/workloads.ts'
import { asString, type Place } from '../../../resources/place.ts'
import { notApplicable, type Outcome, type RuleDefinition } from '../../rule.ts'
import { type PodRule, podRule } from '../../shared/kubernetes-pods.ts'

/** A flag of a command line. */
interface Flag {
  /** The item that holds it. */
  readonly at: Place
  /** What follows `=`, or the next item; undefined if nothing does. */
  readonly value: string | undefined
}

/** The command line of a container that runs kube-apiserver. */
interface ApiServer {
  readonly container: Container
  /** The last one wins, as in the program. */
  flag(name: string): Flag | undefined
  /** A part of the command line that is not known, and could hold any flag. */
  readonly unknown: Place | undefined
  /** What a missing flag is shown at. */
  readonly at: Place
}

export type ApiServerRule<M extends string> = Omit<PodRule<M>, 'checkPod'> & {
  checkServer(server: ApiServer): Iterable<Outcome<M>>
}

/** A rule about the flags of kube-apiserver, as the static pod of a control plane starts it. */
export function apiServerRule<M extends string>(rule: ApiServerRule<M>): RuleDefinition<M> {
  const { checkServer, ...definition } = rule
  return podRule({
    ...definition,
    *checkPod(pod) {
      const servers = pod.containers.map(apiServer).filter((server) => server !== undefined)
      if (servers.length === 0) yield notApplicable('no container runs kube-apiserver')
      for (const server of servers) yield* checkServer(server)
    },
  })
}

function apiServer(container: Container): ApiServer | undefined {
  const command = container.place.get('command')
  const args = container.place.get('args')
  const items = [...command.items(), ...args.items()]
  if (!items.some(isProgram)) return undefined
  const words = items.flatMap((at) => wordsOf(at).map((word) => ({ at, word })))
  return {
    container,
    at: command.items().length > 0 ? command : args,
    unknown:
      [command, args].find((list) => list.mayHaveMore()) ?? items.find((item) => item.string().kind === 'unknown'),
    flag(name) {
      const index = words.findLastIndex(({ word }) => word === `--${name}` || word.startsWith(`--${name}=`))
      const found = words[index]
      if (found === undefined) return undefined
      const equals = found.word.indexOf('=')
      if (equals >= 0) return { at: found.at, value: found.word.slice(equals + 1) }
      const next = words[index + 1]?.word
      return { at: found.at, value: next?.startsWith('--') === true ? undefined : next }
    },
  }
}

/** `kube-apiserver`, with any path, alone or at the beginning of a shell's line. */
function isProgram(at: Place): boolean {
  return wordsOf(at).some((word) => posix.basename(word) === 'kube-apiserver')
}

/** An item is one word, unless it is a line for a shell. */
function wordsOf(at: Place): string[] {
  const text = (at.value && asString(at.value)) ?? ''
  return /(?:^|[\s/;&])kube-apiserver\s/.test(text)
    ? text.split(/\s+/).map((word) => word.replace(/^["']|["']$/g, ''))
    : [text]
}
