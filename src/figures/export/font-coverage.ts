import { readFileSync } from 'node:fs'

const coverages = new Map<string, ReadonlySet<number>>()

/** The code points for which a TrueType file has a glyph. */
export function fontCoverage(file: string): ReadonlySet<number> {
  let coverage = coverages.get(file)
  if (!coverage) {
    coverage = readCoverage(readFileSync(file), file)
    coverages.set(file, coverage)
  }
  return coverage
}

/** Reads the `cmap` table, format 4 (characters up to U+FFFF, in segments), which every Unicode TrueType font has. */
function readCoverage(font: Buffer, file: string): ReadonlySet<number> {
  const table = (tag: string) => {
    for (let i = 0; i < font.readUInt16BE(4); i++) {
      const record = 12 + 16 * i
      if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8)
    }
    throw new Error(`${file} has no "${tag}" table: it is not a TrueType font`)
  }
  const cmap = table('cmap')
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const subtable = cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4)
    if (font.readUInt16BE(subtable) === 4) return readSegments(font, subtable)
  }
  throw new Error(`${file} has no character map of format 4`)
}

function readSegments(font: Buffer, subtable: number): ReadonlySet<number> {
  const bytes = font.readUInt16BE(subtable + 6) // twice the number of segments, two bytes each
  const ends = subtable + 14
  const starts = ends + bytes + 2
  const deltas = starts + bytes
  const offsets = deltas + bytes
  const covered = new Set<number>()
  for (let at = 0; at < bytes; at += 2) {
    const [start, end] = [font.readUInt16BE(starts + at), font.readUInt16BE(ends + at)]
    const offset = font.readUInt16BE(offsets + at)
    for (let code = start; code <= end && code < 0xffff; code++) {
      const listed = offset === 0 ? code : font.readUInt16BE(offsets + at + offset + 2 * (code - start))
      const glyph = listed === 0 ? 0 : offset === 0 ? code + font.readUInt16BE(deltas + at) : listed
      if (glyph % 0x10000 !== 0) covered.add(code) // glyph 0 is "not defined"
    }
  }
  return covered
}
