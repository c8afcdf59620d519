import { decide, type Place, type Reading, type Tri } from '../../resources/place.ts'
import { notApplicable, type NotApplicable, undecided, type Undecided } from '../rule.ts'
import type { Exemption } from './terraform-settings.ts'

/**
 * A database's engine. A cluster that states none is of Aurora MySQL: the provider's default up to version 4, and refused by
 * later ones. An instance that states none has that of what it copies or is restored from.
 */
export function engineOf(database: Place): Reading<string> {
  const engine = database.get('engine').string()
  return engine.kind === 'absent' && database.resource.type === 'aws_rds_cluster'
    ? { kind: 'known', value: 'aurora' }
    : engine
}

/** Whether a database's engine is one of these; no engine is none of them. */
export function isEngine(database: Place, pattern: RegExp): Tri {
  return decide(engineOf(database), (engine) => engine !== undefined && pattern.test(engine))
}

/** What a cluster decides for the instances in it is judged there. */
export function inCluster(what: string): Exemption {
  return (database) =>
    database.resource.type === 'aws_db_instance' && isEngine(database, /^aurora/) === 'yes'
      ? notApplicable(`an Aurora instance has the ${what} of its cluster`)
      : undefined
}

/** A read replica goes by the database that it copies. */
export function ofReplica(reason: string): Exemption {
  return (database) => {
    const source = database.get('replicate_source_db')
    const set = source.value?.refs?.some(({ address }) => address.includes('aws_db_instance.')) ? 'yes' : source.isSet()
    if (set === 'unknown') return undecided(source, 'whether it is a replica is not known')
    return set === 'yes' ? notApplicable(reason) : undefined
  }
}

export function firstOf(...exemptions: readonly Exemption[]): Exemption {
  return (resource, context) => {
    for (const exemption of exemptions) {
      const outcome = exemption(resource, context)
      if (outcome !== undefined) return outcome
    }
    return undefined
  }
}

/**
 * Copies, restored snapshots and members of a global database are as encrypted as what they come from, unless a setting
 * says something.
 * @param sources attributes that name what it comes from
 */
export function asItsSource(setting: string, sources: readonly string[]): Exemption {
  return (resource) => {
    if (!resource.get(setting).absent) return undefined
    const source = sources.map((name) => resource.get(name)).find((place) => place.isSet() !== 'no')
    return source === undefined ? undefined : sameAs(source)
  }
}

function sameAs(source: Place): NotApplicable | Undecided {
  const declared = source.value?.refs?.find(
    ({ address }) => /(?:^|\.)aws_/.test(address) && !/(?:^|\.)data\./.test(address),
  )
  return declared === undefined
    ? undecided(source, `it is encrypted if and only if what ${source.pathText} names is`)
    : notApplicable(`it is encrypted if and only if ${declared.address} is`)
}
