import { describe, expect, it } from 'vitest'
import { tensorflowVersion, unsupportedNode, wheelFor } from '../../../src/setup/native/requirements.js'

describe('unsupportedNode', () => {
  it.each(['20.19.0', '22.12.0', '24.0.0', '26.10.0'])('accepts Node %s', (version) => {
    expect(unsupportedNode(version)).toBeNull()
  })

  it.each(['18.20.4', '27.0.0', '100.1.2'])(
    'refuses Node %s in one line with the range that works',
    (version) => {
      const reason = unsupportedNode(version)
      expect(reason).toContain(version)
      expect(reason).toContain('20 to 26')
      expect(reason).not.toContain('\n')
    },
  )
})

describe('wheelFor', () => {
  it('pins version, checksum and tags that belong to one file', () => {
    const wheel = wheelFor({ platform: 'linux', arch: 'x64', glibc: true })
    expect(wheel.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(wheel.requirement).toContain(`==${tensorflowVersion}`)
    expect(wheel.file).toContain(`-${tensorflowVersion}-`)
    for (const option of ['--abi', '--platform']) {
      const tag = wheel.tags.find((word) => word.startsWith(`${option}=`))?.split('=')[1]
      expect(wheel.file).toContain(tag)
    }
  })

  it('names an unsupported machine and what is supported', () => {
    const mac = { platform: 'darwin', arch: 'arm64', glibc: false }
    expect(() => wheelFor(mac)).toThrow(/darwin-arm64 here, only for linux-x64/)
  })

  it('refuses a Linux without glibc', () => {
    expect(() => wheelFor({ platform: 'linux', arch: 'x64', glibc: false })).toThrow(/without glibc/)
  })
})
