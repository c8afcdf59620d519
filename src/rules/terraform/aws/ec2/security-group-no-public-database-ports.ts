import { publicIngressRule, single } from '../../../shared/terraform-security-groups.ts'

export default publicIngressRule({
  id: 'security-group-no-public-database-ports',
  title: 'Database ports are not open to the internet',
  severity: 'critical',
  severityReason:
    'Nothing stands between an attacker and the data but the database password, and caches and search clusters often ask ' +
    'for none.',
  controls: ['AC-4', 'SC-7', 'CM-7'],
  sameAs: [],
  guarded: [
    single('MySQL', 3306),
    single('PostgreSQL', 5432),
    single('SQL Server', 1433),
    single('Oracle', 1521),
    single('Oracle over TLS', 2484),
    single('Db2', 50_000),
    single('Redshift', 5439),
    single('MongoDB and DocumentDB', 27_017),
    single('Cassandra', 9042),
    single('Neptune', 8182),
    single('Redis', 6379),
    single('Memcached', 11_211, 'tcp', 'udp'),
    single('OpenSearch', 9200),
    single('OpenSearch nodes', 9300),
  ],
  message: 'Anyone on the internet ({cidr}) can reach database ports: {ports}.',
  remediation:
    'Let in only the security groups of the applications that use the database; partners come through a VPN, PrivateLink ' +
    'or named networks.',
})
