import { useEffect, useRef } from 'preact/hooks'

/** A picture of pixels, as large as its place; `label` is what it shows in words, none where the words stand beside it. */
export function Pixels({ image, label, class: name }: { image: ImageData; label?: string; class?: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(image, 0, 0)
  }, [image])
  const role =
    label === undefined ? ({ 'aria-hidden': true } as const) : ({ role: 'img', 'aria-label': label } as const)
  return (
    <canvas ref={canvas} width={image.width} height={image.height} class={`pixels ${name ?? ''}`} {...role} />
  )
}
