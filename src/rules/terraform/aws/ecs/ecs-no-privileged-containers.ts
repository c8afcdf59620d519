import { containerFlagRule } from '../../../shared/terraform-containers.ts'

export default containerFlagRule({
  id: 'ecs-no-privileged-containers',
  title: 'Containers of ECS tasks are not privileged',
  severity: 'high',
  severityReason:
    'Whoever takes over the container has root on the machine, with all its other tasks and its role; it takes a ' +
    'hole in the application first.',
  controls: ['AC-6', 'CM-7', 'SC-39'],
  sameAs: ['checkov:CKV_AWS_334'],
  flag: 'privileged',
  wanted: false,
  message: 'Container {container} is privileged: it has root on the machine.',
  remediation: 'Set `privileged = false`, and add the one capability that is needed in `linuxParameters`.',
  fix: {
    title: 'Run the container without privileges',
    minutes: 20,
    reason: 'a container that needs devices or mounts of the machine stops working',
  },
})
