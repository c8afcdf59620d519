import type { Place } from '../../../../resources/place.ts'
import { defineRule, type Outcome, undecided } from '../../../rule.ts'
import { unlessExempt } from '../../../shared/terraform-companions.ts'
import { asItsSource } from '../../../shared/terraform-databases.ts'
import { encryptedByDefault } from '../../../shared/terraform-default-encryption.ts'
import { withFix } from '../../../shared/terraform-fixes.ts'
import { settingFix } from '../../../shared/terraform-settings.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'instance-volumes-encrypted',
  title: 'Disks of instances are encrypted',
  severity: 'high',
  severityReason:
    'Whoever may snapshot the disk reads everything on it, keys and caches included; it takes access to the account ' +
    'first.',
  // An image may be encrypted itself, which is not in the code.
  confidence: 'medium',
  controls: ['SC-28', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_8', 'trivy:AWS-0008', 'trivy:AWS-0131'],
  kind: 'terraform',
  resources: ['aws_instance', 'aws_launch_configuration'],
  messages: { plain: 'The disk of this machine ({disk}) is not encrypted.' },
  remediation:
    'Set `encrypted = true` in `root_block_device` and in each `ebs_block_device`, or switch encryption by default ' +
    'on for the region.',
  *check(machine, context) {
    yield* unlessExempt(judge(), () => encryptedByDefault(machine, context))

    function* judge(): Iterable<Outcome<'plain'>> {
      const template = machine.get('launch_template')
      const roots = machine.get('root_block_device')
      const [root = roots] = roots.items()
      const at = root.get('encrypted')
      if (at.absent && template.items().length > 0)
        yield undecided(template, 'its launch template may encrypt the disk')
      else if (roots.items().length > 0 && !root.certain)
        yield undecided(roots, 'whether the block is there is not known')
      else
        yield* disk(roots.items().length > 0 ? at : machine.get('root_block_device', 'encrypted'), 'root_block_device')
      const others = machine.get('ebs_block_device')
      for (const device of others.items()) {
        const copied = asItsSource('encrypted', ['snapshot_id'])(device, context)
        if (copied === undefined) yield* disk(device.get('encrypted'), 'ebs_block_device')
        else yield copied
      }
      if (others.mayHaveMore()) yield undecided(others)
    }

    function* disk(at: Place, name: string): Iterable<Outcome<'plain'>> {
      const outcomes = withFix<'plain'>(requireFlag({ at, wanted: true, fallback: false, message: 'plain' }), () =>
        settingFix(context.estate, at, {
          fixer: 'ebs',
          rank: 'B',
          title: 'Encrypt the disk',
          minutes: 60,
          reason: 'Terraform replaces the machine and what is on its disks is lost',
          value: true,
        }),
      )
      for (const outcome of outcomes)
        yield outcome.outcome === undefined ? { ...outcome, data: { disk: name } } : outcome
    }
  },
})
