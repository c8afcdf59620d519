/**
 * Dockerfiles in Conftest's shape: one list of commands, `{Cmd, SubCmd, Flags, JSON, Value, Stage}`, read as BuildKit's parser reads them.
 * Comments before an instruction are commands too.
 */
import type { Span } from '../../../text/span.ts'
import type { Value } from '../../../rego/value/value.ts'
import { type InputNode, list, map, scalar } from '../node.ts'
import { fault } from './faults.ts'
import { flagsOf, jsonStrings, wordsOf } from './dockerfile-words.ts'

interface Command {
  readonly cmd: string
  readonly subCmd: string
  readonly flags: readonly string[] | null
  readonly json: boolean
  readonly value: readonly string[] | null
  readonly stage: number
  readonly span: Span
}

interface Line {
  readonly text: string
  readonly start: number
}

export function parseDockerfileInput(text: string): InputNode {
  const commands = new DockerfileReader(text).commands()
  // The list is wrapped once more: a list at the top would mean that each command is an input of its own.
  return list([list(commands.map(commandNode), { start: 0, end: 0 })])
}

function commandNode({ cmd, subCmd, flags, json, value, stage, span }: Command): InputNode {
  const texts = (items: readonly string[] | null): InputNode =>
    items === null
      ? scalar(null, span)
      : list(
          items.map((item) => scalar(item, span)),
          span,
        )
  const at = (one: Value): InputNode => scalar(one, span)
  return map(
    new Map<string, InputNode>([
      ['Cmd', at(cmd)],
      ['SubCmd', at(subCmd)],
      ['Flags', texts(flags)],
      ['JSON', at(json)],
      ['Value', texts(value)],
      ['Stage', at(stage)],
    ]),
    span,
  )
}

const HEREDOC = /(?:^|\s)\d*<<(-?)\s*(["']?)([^\s<"']+)\2(?=\s|$)/g
const DIRECTIVE = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/
const INSTRUCTIONS = new Set(
  'add arg cmd copy entrypoint env expose from healthcheck label maintainer onbuild run shell stopsignal user volume workdir'.split(
    ' ',
  ),
)

class DockerfileReader {
  readonly #lines: Line[] = []
  #at = 0
  #escape = '\\'
  #stages = 0

  constructor(text: string) {
    let start = 0
    for (const line of text.split('\n')) {
      this.#lines.push({ text: line.replace(/\r$/, '').replace(/^\uFEFF/, ' '), start })
      start += line.length + 1
    }
  }

  commands(): readonly Command[] {
    const commands: Command[] = []
    let comments: Command[] = []
    let directives = true
    for (let line = this.#next(); line !== undefined; line = this.#next()) {
      const text = line.text.trim()
      if (text.startsWith('#')) {
        const [, name, value] = DIRECTIVE.exec(text) ?? []
        if (directives && name !== undefined) {
          if (name.toLowerCase() === 'escape' && (value === '`' || value === '\\')) this.#escape = value
          continue
        }
        directives = false
        const comment = text.slice(1).trim()
        if (comment === '') comments = []
        else comments.push(this.#comment(comment, line))
        continue
      }
      directives = false
      if (text === '') continue
      const command = this.#command(line)
      commands.push(...comments.map((each) => ({ ...each, stage: command.stage })), command)
      comments = []
    }
    if (commands.length === 0) {
      throw fault({ start: 0, end: 0 }, 'dockerfile-empty', 'This Dockerfile has no instructions.')
    }
    return commands
  }

  #next(): Line | undefined {
    return this.#lines[this.#at++]
  }

  #comment(text: string, { start, text: raw }: Line): Command {
    const span = { start, end: start + raw.length }
    return { cmd: 'comment', subCmd: '', flags: null, json: false, value: [text], stage: 0, span }
  }

  #command(first: Line): Command {
    const start = first.start + first.text.length - first.text.trimStart().length
    let { text, more } = this.#continued(first.text.trimStart())
    let end = first.start + first.text.trimEnd().length
    while (more) {
      const line = this.#next()
      if (line === undefined) break
      const trimmed = line.text.trim()
      if (trimmed.startsWith('#') || trimmed === '') continue
      const part = this.#continued(line.text)
      text += part.text
      more = part.more
      end = line.start + line.text.trimEnd().length
    }
    const span = { start, end }
    const { name, flags, rest } = this.#split(text)
    const cmd = name.toLowerCase()
    if (!INSTRUCTIONS.has(cmd)) {
      throw fault(span, 'dockerfile-unknown-instruction', `${name} is no instruction of a Dockerfile.`)
    }
    if (cmd === 'from') this.#stages++
    const stage = Math.max(0, this.#stages - 1)
    if (['add', 'copy', 'run', 'onbuild'].includes(cmd)) this.#heredocs(text, span)
    if (cmd === 'onbuild' && rest !== '') {
      const inner = this.#split(rest)
      const { value, json } = this.#value(inner.name.toLowerCase(), inner.rest, span)
      return { cmd, subCmd: inner.name, flags, json, value, stage, span }
    }
    return { cmd, subCmd: '', flags, stage, span, ...this.#value(cmd, rest, span) }
  }

  /** Without the escape character at the end, which goes on with the next line. */
  #continued(text: string): { text: string; more: boolean } {
    const trimmed = text.replace(/[ \t]+$/, '')
    const more = trimmed.endsWith(this.#escape) && trimmed.at(-2) !== this.#escape
    return more ? { text: trimmed.slice(0, -1), more } : { text, more }
  }

  #split(text: string): { name: string; flags: readonly string[]; rest: string } {
    const [, name = '', args = ''] = /^(\S+)[\t\v\f\r ]*([\s\S]*)$/.exec(text.trim()) ?? []
    const { flags, rest } = flagsOf(args, this.#escape)
    return { name, flags, rest: rest.trim() }
  }

  #heredocs(text: string, span: Span): void {
    for (const [, dash, , word] of text.matchAll(HEREDOC)) {
      for (;;) {
        const line = this.#next()
        if (line === undefined) throw fault(span, 'dockerfile-unclosed-heredoc', `Nothing ends the heredoc ${word}.`)
        if ((dash === '-' ? line.text.replace(/^\t+/, '') : line.text) === word) break
      }
    }
  }

  #value(cmd: string, rest: string, span: Span): { value: readonly string[] | null; json: boolean } {
    const plain = (value: readonly string[]): { value: readonly string[] | null; json: boolean } => ({
      value: value.length === 0 ? null : value,
      json: false,
    })
    if (rest === '') return { value: null, json: false }
    switch (cmd) {
      case 'add':
      case 'copy':
      case 'volume':
        return this.#json(rest, span) ?? plain(rest.split(/[\t\v\f\r ]+/))
      case 'cmd':
      case 'entrypoint':
      case 'run':
      case 'shell':
        return this.#json(rest, span) ?? plain([rest])
      case 'expose':
      case 'from':
        return plain(rest.split(/[\t\v\f\r ]+/))
      case 'arg':
        return plain(wordsOf(rest, this.#escape))
      case 'env':
      case 'label':
        return plain(this.#pairs(cmd, rest, span))
      case 'healthcheck': {
        const [, kind = '', command = ''] = /^(\S+)\s*([\s\S]*)$/.exec(rest) ?? []
        const list = this.#json(command, span)
        if (list !== undefined) return { value: [kind, ...(list.value ?? [])], json: true }
        return plain(command === '' ? [kind] : [kind, command])
      }
      default:
        return plain([rest])
    }
  }

  #json(rest: string, span: Span): { value: readonly string[] | null; json: boolean } | undefined {
    if (!rest.startsWith('[')) return undefined
    const value = jsonStrings(rest)
    if (value === 'mixed') {
      throw fault(span, 'dockerfile-json-form', 'A list in JSON form holds strings only.')
    }
    return value === undefined ? undefined : { value: value.length === 0 ? null : value, json: true }
  }

  /** `name value` in the old form; in the new one each pair is name, value and the sign between them. */
  #pairs(cmd: string, rest: string, span: Span): readonly string[] {
    const words = wordsOf(rest, this.#escape)
    if (words[0]?.includes('=') !== true) {
      const [, name, value] = /^(\S*)[\t\v\f\r ]+([\s\S]*)$/.exec(rest) ?? []
      if (name === undefined || value === undefined) {
        throw fault(span, 'dockerfile-missing-value', `${cmd.toUpperCase()} takes a name and a value.`)
      }
      return [name, value, '']
    }
    return words.flatMap((word) => {
      const at = word.indexOf('=')
      if (at < 0)
        throw fault(span, 'dockerfile-missing-value', `${cmd.toUpperCase()}: ${word.slice(0, 40)} has no "=".`)
      return [word.slice(0, at), word.slice(at + 1), '=']
    })
  }
}
