/**
 * Browsers make no element higher than some 33 million pixels, which is 1.3 million rows. A longer list gets an element
 * as high as that goes, and a pixel of the scroll bar stands for more than one of the list.
 */
export const MOST_PIXELS = 30_000_000;

/** How a list of `height` pixels is scrolled in an element that shows `view` of them. */
export interface ScrollScale {
  /** Of the element in which is scrolled. */
  readonly height: number;
  /** Place in the list for a place of the scroll bar, and the other way round. */
  readonly toList: (scrolled: number) => number;
  readonly toBar: (place: number) => number;
}

export function scrollScale(height: number, view: number, most = MOST_PIXELS): ScrollScale {
  if (height <= most) return { height, toList: (scrolled) => scrolled, toBar: (place) => place };
  const factor = (height - view) / (most - view);
  return { height: most, toList: (scrolled) => scrolled * factor, toBar: (place) => place / factor };
}
