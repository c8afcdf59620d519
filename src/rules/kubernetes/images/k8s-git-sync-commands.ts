import { imageBaseName, parseImage } from '../../../resources/images/reference.ts'
import { asString, type Place } from '../../../resources/place.ts'
import { notApplicable, undecided } from '../../rule.ts'
import { podRule } from '../../shared/kubernetes-pods.ts'

/** git-sync's settings that name a program to run, or let Git run one (`core.sshCommand`). */
const FLAGS: ReadonlySet<string> = new Set([
  'git',
  'git-config',
  'exechook-command',
  'sync-hook-command',
  'askpass-url',
])
const VARIABLE = /^(?:GITSYNC|GIT_SYNC)_(?:GIT|GIT_CONFIG|EXECHOOK_COMMAND|HOOK_COMMAND|ASKPASS_URL)$/

export default podRule({
  id: 'k8s-git-sync-commands',
  title: 'git-sync runs no programs and asks no URLs that its settings name',
  severity: 'medium',
  severityReason:
    'Whoever may edit this workload, or write to the repository that it fetches, runs a program of their choice in the pod ' +
    "with the pod's credentials, unseen by policies that look at commands and images. Either right has to be there first.",
  confidence: 'medium',
  controls: ['CM-7', 'SI-10'],
  sameAs: ['checkov:CKV_K8S_159'],
  messages: {
    flag: 'git-sync in container {container} is told by --{setting} what to run or whom to ask for credentials.',
    variable: 'git-sync in container {container} is told by {setting} what to run or whom to ask for credentials.',
  },
  remediation:
    'Leave `--git`, `--git-config`, `--exechook-command` and `--askpass-url` out, and let the container that uses the files ' +
    'notice that they changed.',
  *checkPod(pod) {
    const syncs = pod.containers.filter(({ place }) => isGitSync(place.get('image')))
    if (syncs.length === 0) return yield notApplicable('no container runs git-sync')
    for (const { place, name: container } of syncs) {
      for (const list of [place.get('command'), place.get('args'), place.get('env')]) {
        if (list.mayHaveMore()) yield undecided(list)
      }
      for (const at of [...place.get('command').items(), ...place.get('args').items()]) {
        const setting = /^--?(?<name>[\w-]+)/.exec(text(at))?.groups?.['name']
        if (setting === undefined || !FLAGS.has(setting)) continue
        yield { at, message: 'flag', data: { container, setting }, key: setting }
      }
      for (const variable of place.get('env').items()) {
        const setting = text(variable.get('name'))
        if (!VARIABLE.test(setting) || (variable.get('valueFrom').absent && text(variable.get('value')) === ''))
          continue
        yield { at: variable.get('name'), message: 'variable', data: { container, setting }, key: setting }
      }
    }
  },
})

function isGitSync(at: Place): boolean {
  const reference = parseImage(text(at))
  return reference !== undefined && imageBaseName(reference) === 'git-sync'
}

function text(at: Place): string {
  return (at.value && asString(at.value)) ?? ''
}
