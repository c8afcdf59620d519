import { containerFlagRule } from '../../../shared/terraform-containers.ts'

export default containerFlagRule({
  id: 'ecs-read-only-root-filesystem',
  title: 'Containers of ECS tasks cannot write to their root filesystem',
  severity: 'low',
  severityReason:
    'Whoever takes over the container can change programs and leave tools behind; it takes a hole in the application ' +
    'first and ends with the task.',
  controls: ['CM-7', 'SI-7'],
  sameAs: ['checkov:CKV_AWS_336'],
  flag: 'readonlyRootFilesystem',
  wanted: true,
  message: 'Container {container} can write to its root filesystem.',
  remediation: 'Set `readonlyRootFilesystem = true`, and mount volumes where the program has to write.',
  fix: {
    title: 'Make the root filesystem read-only',
    minutes: 20,
    reason: 'a program that writes outside its volumes fails',
  },
})
