import { defineFramework } from '../framework.ts'
import network from './pci-dss-4.0.1/1-network.ts'
import logging from './pci-dss-4.0.1/10-logging.ts'
import testing from './pci-dss-4.0.1/11-testing.ts'
import organisation from './pci-dss-4.0.1/12-organisation.ts'
import configuration from './pci-dss-4.0.1/2-configuration.ts'
import storedData from './pci-dss-4.0.1/3-stored-data.ts'
import transitAndMalware from './pci-dss-4.0.1/4-5-transit-malware.ts'
import software from './pci-dss-4.0.1/6-software.ts'
import access from './pci-dss-4.0.1/7-8-access.ts'
import physical from './pci-dss-4.0.1/9-physical.ts'

/** The version in force, leaf by leaf; the appendices for shared hosting and designated entities are left out. */
export default defineFramework({
  id: 'pci-dss-4.0.1',
  title: 'PCI DSS 4.0.1',
  version: '4.0.1',
  requirements: [
    ...network,
    ...configuration,
    ...storedData,
    ...transitAndMalware,
    ...software,
    ...access,
    ...physical,
    ...logging,
    ...testing,
    ...organisation,
  ],
})
