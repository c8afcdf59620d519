import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'transfer-no-ftp',
  title: 'Transfer servers do not speak FTP',
  severity: 'high',
  severityReason:
    'FTP sends passwords and files in clear text, and who reads the password once can come back; it takes a place on the way.',
  controls: ['SC-8', 'IA-5', 'CM-7'],
  sameAs: ['checkov:CKV_AWS_357'],
  resources: ['aws_transfer_server'],
  path: 'protocols',
  read: (at) => at.strings(),
  holds: (protocols) => protocols?.includes('FTP') !== true,
  bad: [],
  message: 'This server takes FTP, which sends passwords in clear text ({value}).',
  remediation: 'Leave `FTP` out of `protocols`: SFTP is the default, FTPS needs a certificate.',
})
