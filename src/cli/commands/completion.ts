import { Argument, type Command, type Option } from 'commander'
import type { SetExit } from '../program.ts'

type Shell = 'bash' | 'zsh' | 'fish'

export function registerCompletion(program: Command, _setExit: SetExit): void {
  program
    .command('completion')
    .description('Print a completion script for your shell')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Examples:
  $ source <(secops completion bash)
  $ secops completion zsh > "\${fpath[1]}/_secops"
  $ secops completion fish > ~/.config/fish/completions/secops.fish`,
    )
    .action((shell: Shell) => {
      process.stdout.write(completionScript(program, shell))
    })
}

/** Commands, their options and the choices of options; paths are left to the shell. */
function completionScript(program: Command, shell: Shell): string {
  if (shell === 'fish') return fishScript(program)
  const script = bashScript(program)
  return shell === 'bash' ? script : `#compdef secops\nautoload -U +X bashcompinit && bashcompinit\n${script}`
}

function bashScript(program: Command): string {
  const names = program.commands.map((command) => command.name()).join(' ')
  const cases = program.commands.flatMap((command) => [
    `    ${command.name()}) words="${flags(command).join(' ')}" ;;`,
    ...command.commands.map((one) => `    "${command.name()} ${one.name()}") words="${flags(one).join(' ')}" ;;`),
  ])
  const groups = program.commands
    .filter((command) => command.commands.length > 0)
    .flatMap((group) => [
      `    ${group.name()})`,
      `      if [ "$COMP_CWORD" -eq 2 ]; then COMPREPLY=($(compgen -W "${subcommands(group)}" -- "$current")); return; fi`,
      '      place="$place ${COMP_WORDS[2]}" ;;',
    ])
  const choices = optionsWithChoices(program).map(
    ({ flag, values }) => `    ${flag}) COMPREPLY=($(compgen -W "${values.join(' ')}" -- "$current")); return ;;`,
  )
  return [
    '_secops() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" place="${COMP_WORDS[1]}" words=""',
    '  case "$previous" in',
    ...choices,
    '  esac',
    '  if [ "$COMP_CWORD" -eq 1 ]; then',
    `    COMPREPLY=($(compgen -W "${names}" -- "$current")); return`,
    '  fi',
    '  case "$place" in',
    ...groups,
    '  esac',
    '  case "$place" in',
    ...cases,
    '  esac',
    '  if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$current")); else COMPREPLY=($(compgen -f -- "$current")); fi',
    '}',
    'complete -o filenames -F _secops secops',
    '',
  ].join('\n')
}

function fishScript(program: Command): string {
  return [
    ...program.commands.flatMap((command) => {
      const within = `__fish_seen_subcommand_from ${command.name()}`
      return [
        fishCommand('__fish_use_subcommand', command),
        ...fishOptions(within, command),
        ...command.commands.flatMap((one) => [
          fishCommand(`${within}; and not __fish_seen_subcommand_from ${subcommands(command)}`, one),
          ...fishOptions(`${within}; and __fish_seen_subcommand_from ${one.name()}`, one),
        ]),
      ]
    }),
    '',
  ].join('\n')
}

function fishCommand(condition: string, command: Command): string {
  return `complete -c secops -n '${condition}' -a ${command.name()} -d ${quote(command.description())}`
}

function fishOptions(condition: string, command: Command): string[] {
  return command.options
    .filter((option) => option.long !== undefined && option.long !== null)
    .map((option) => {
      const values = option.argChoices === undefined ? '' : ` -xa ${quote(option.argChoices.join(' '))}`
      const name = (option.long ?? '').replace(/^--/, '')
      return `complete -c secops -n '${condition}' -l ${name}${values} -d ${quote(option.description)}`
    })
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`\'`)}'`
}

function subcommands(group: Command): string {
  return group.commands.map((command) => command.name()).join(' ')
}

function flags(command: Command): string[] {
  return command.options.flatMap((option) => option.long ?? [])
}

function optionsWithChoices(program: Command): { flag: string; values: readonly string[] }[] {
  const found = new Map<string, readonly string[]>()
  const add = (option: Option): void => {
    if (option.long !== undefined && option.long !== null && option.argChoices !== undefined) {
      found.set(option.long, [...new Set([...(found.get(option.long) ?? []), ...option.argChoices])])
    }
  }
  for (const command of program.commands) for (const one of [command, ...command.commands]) one.options.forEach(add)
  return [...found].map(([flag, values]) => ({ flag, values }))
}
