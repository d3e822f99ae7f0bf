/** Whether fingers are what is pointed with: nothing can be dragged here from elsewhere. */
export const isTouch = (): boolean => matchMedia("(pointer: coarse)").matches;
