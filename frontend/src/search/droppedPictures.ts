const pictures = new Map<string, string>();

/** Keeps a dropped picture to show it: the server knows it only as a reference. */
export function rememberPicture(referenceId: string, image: File): void {
  pictures.set(referenceId, URL.createObjectURL(image));
}

export const droppedPicture = (referenceId: string): string | undefined => pictures.get(referenceId);
