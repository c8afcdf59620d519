import { networkAclRule } from '../../../shared/terraform-network-acls.ts'
import { single } from '../../../shared/terraform-security-groups.ts'

export default networkAclRule({
  id: 'network-acl-no-public-ftp',
  title: 'Network ACLs keep FTP from the internet away',
  severity: 'low',
  severityReason:
    'The second wall is missing: an FTP server that somebody starts, and that takes passwords in clear text, is reachable as ' +
    'soon as a group is open.',
  controls: ['SC-7', 'CM-7'],
  sameAs: ['checkov:CKV_AWS_229', 'trivy:AWS-0105'],
  guarded: single('FTP', 21),
  message: 'This entry lets anyone on the internet ({cidr}) through to FTP (21).',
  remediation: 'Remove the entry, narrow it, or deny port 21 with a lower number. Use SFTP to exchange files.',
})
