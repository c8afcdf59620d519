import * as fc from 'fast-check'

// The same cases on every machine, so that a red run is about the change; FC_SEED explores others.
fc.configureGlobal({ seed: Number(process.env['FC_SEED'] ?? 20261121) })
