/**
 * How far one explanation lies from another, by the longer of the two: ‖b − a‖ / max(‖a‖, ‖b‖), in [0, 2]; 0 where both are 0.
 */
export function relativeChange(a: Float32Array, b: Float32Array): number {
  let [difference, lengthA, lengthB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    difference += (b[i]! - a[i]!) ** 2
    lengthA += a[i]! ** 2
    lengthB += b[i]! ** 2
  }
  const length = Math.max(lengthA, lengthB)
  return length === 0 ? 0 : Math.sqrt(difference / length)
}
