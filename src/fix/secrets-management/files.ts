import { imageBaseName, parseImage } from '../../resources/images/reference.ts'
import type { Complaint, FixRefusal } from '../fixer.ts'
import { textAt } from '../shared/text-at.ts'

export const FILES_RULE = 'k8s-secrets-as-files'

/** Official images that read a variable's value from the file that its sibling with `_FILE` names. */
const READS_FILES: ReadonlySet<string> = new Set(['mariadb', 'mongo', 'mysql', 'postgres', 'wordpress'])

/** Whether a program can read its secret from a file is the program's matter; this says what is known of it. */
export function assessFile({ at, data }: Complaint): FixRefusal {
  // env[i].valueFrom.secretKeyRef, or envFrom[i].secretRef
  const container = at.path.at(-1) === 'secretKeyRef' ? at.parent?.parent?.parent?.parent : at.parent?.parent?.parent
  const image = parseImage((container === undefined ? undefined : textAt(container.get('image'))) ?? '')
  const name = typeof data['name'] === 'string' ? data['name'] : undefined
  if (name !== undefined && image !== undefined && READS_FILES.has(imageBaseName(image))) {
    const refused =
      `mount the Secret as a volume and set ${name}_FILE to the path of the file in place of ${name}: the image reads it. ` +
      'Who else reads the variable, such as a probe or a script in the volume, has to be changed with it'
    return { code: 'no-fix', refused }
  }
  return {
    code: 'no-fix',
    refused: 'the program has to read the file: mount the Secret as a volume once its code does, and drop the variable',
  }
}
